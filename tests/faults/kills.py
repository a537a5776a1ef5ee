"""The program killed at any moment of a day's work: it is a process of its own, and tells of each deed done."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from desktopapp.storage import close_file
from desktopapp.storage.unit import Store
from tests.faults import deeds
from tests.faults.program import Program
from tests.faults.verdict import Report, Verdict

LONG, SHORT = 2_000, 40
SAVES = 28
"""Saves of a day that is broken off."""


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """Kill it so often, half the times at any moment, half in a deed of each kind as often as in any other."""
    chance = random.Random(seed)
    firm, work = deeds.make(place / "firm"), deeds.day(SAVES)
    states = deeds.states(deeds.copied(firm, place / "reference"), work)
    taken = _taken(deeds.copied(firm, place / "worked"), work)
    verdict, whole = Verdict(), 0
    for turn in range(SHORT if short else LONG):
        folder = deeds.copied(firm, place / "worked")
        nth = chance.choices(range(len(work)), chance.choice((taken, [1.0] * len(work))))[0]
        acknowledged = Program(folder, work).killed(done=nth, after=chance.uniform(0, taken[nth]))
        whole += acknowledged == len(work)
        verdict.judge(folder, states, acknowledged, f"kill {turn}, {deeds.under_way(work, acknowledged)}")
    figures = f"{verdict.turns} kills, {verdict.turns - whole} of them in the middle of work: {verdict}"
    return Report(figures, verdict.wrong)


def _taken(folder: Path, work: Sequence[deeds.Deed]) -> list[float]:
    """Seconds each deed takes."""
    deeds.open_(folder)
    taken = []
    for deed in work:
        begun = time.perf_counter()
        deed.do()
        taken.append(time.perf_counter() - begun)
    close_file()
    return taken


def break_() -> None:
    """Have each statement kept by itself, instead of a request as a whole."""
    Store.begin = lambda store, _kind=None: store._make_ready()
