"""Two programs at one folder: one has it open, and the other is refused until that one ends, however it ends."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import LOCK
from desktopapp.storage import CLEAN, DB, InUse, close_file, lock, open_file
from tests.faults import deeds
from tests.faults.program import Program
from tests.faults.verdict import PATIENCE, Report

ROUNDS = 30
SAVES = 8
"""Saves of the one that has the folder open, in each round."""
MOMENT = 0.02
"""Seconds within which it is looked at, and killed."""
KILLED, CLOSED, ELSEWHERE = "killed", "closed", "killed, under the name of another PC"
"""How the first one ends."""
OTHER = "ANOTHER-PC"


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """So many rounds; there is no shorter form."""
    chance, wrong, slowest, refused, let_in = random.Random(seed), list[str](), 0.0, 0, 0
    firm, work = deeds.make(place / "firm"), deeds.saves(SAVES)
    states = deeds.states(deeds.copied(firm, place / "reference"), work)
    for nth in range(ROUNDS):
        folder, ending = deeds.copied(firm, place / "worked"), (KILLED, CLOSED, ELSEWHERE)[nth % 3]
        first = Program(folder, work)
        time.sleep(chance.uniform(0, MOMENT))
        amiss = [*_held(folder, states)]
        refused += not amiss
        acknowledged = first.closed() if ending == CLOSED else first.killed(after=chance.uniform(0, MOMENT))
        if ending == ELSEWHERE:
            amiss += _elsewhere(folder)
        begun = time.perf_counter()
        after = [*_let_in(folder, states[acknowledged : acknowledged + 2], ending)]
        let_in += not after
        slowest = max(slowest, time.perf_counter() - begun)
        wrong += [f"round {nth}, {ending}: {each}" for each in (*amiss, *after)]
    if slowest > PATIENCE:
        wrong.append(f"opening took {slowest:.1f} s")
    figures = (f"{ROUNDS} rounds of two programs: {refused} refused while the other was there, {let_in} let in "
               f"after it with all it had kept, in {slowest * 1000:.0f} ms at most")  # fmt: skip
    return Report(figures, wrong)


def _held(folder: Path, states: Sequence[str]) -> Iterator[str]:
    """What is amiss while the other one is there: it is told so, and the file can be looked at."""
    try:
        deeds.open_(folder)
    except InUse:
        pass
    else:
        close_file()
        yield "let in beside another"
    open_file(folder, TABLES, look_only=True, anywhere=True)
    DB.execute_sql("begin")  # one moment of it, for the other one goes on writing
    if deeds.state() not in states:
        yield "looked at it shows what never was"
    DB.execute_sql("rollback")
    close_file()


def _elsewhere(folder: Path) -> Iterator[str]:
    """What is amiss where the one that was killed was on another PC, as far as its lock can tell."""
    (folder / LOCK).write_text(json.dumps({"host": OTHER, "since": "2026-11-23T08:00"}), encoding="utf-8")
    try:
        deeds.open_(folder)
    except lock.Elsewhere as no:
        if no.holder.host != OTHER:
            yield f"told of {no.holder.host}"
    else:
        close_file()
        yield "let in though another PC may have it open"


def _let_in(folder: Path, allowed: Sequence[str], ending: str) -> Iterator[str]:
    """What is amiss once the other one has ended."""
    try:
        opened = open_file(folder, TABLES, now=deeds.NOW, anywhere=True, take_over=ending == ELSEWHERE)
    except Fault as no:
        yield f"not let in: {no}"
        return
    if deeds.state() not in allowed:
        yield "not what the other one had kept"
    if (opened.found == CLEAN) != (ending == CLOSED):
        yield f"found {opened.found}"
    close_file()


def break_() -> None:
    """Have the lock hold nobody out."""
    lock._hold = lambda _file: None
