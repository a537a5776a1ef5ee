"""A file of an older schema brought up to date, killed and cut off at any moment: it is the old file or the new one,
and the next start brings it to its end."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from desktopapp.storage import copy, migrations, slots
from desktopapp.storage.file import NAME
from tests.faults import deeds
from tests.faults.power import FORGETFUL, LOOSE, ORDERED, Disk, emptied, recorded
from tests.faults.program import Program
from tests.faults.verdict import Report, Verdict

LONG, SHORT = 1_000, 30
"""Power cuts; of kills half as many."""
BEFORE, AFTER, TORN = 1, 2, 0
END = 12
"""Things asked of the disk after the new file is ready."""
SAVES = 14


def nickname(connection: Any) -> None:
    """A migration as one may come: a column, filled in for everybody, and a table."""
    connection.execute("alter table person add column nickname text not null default ''")
    connection.execute("update person set nickname = name || note")
    connection.execute("create table award(id integer primary key, person integer references person(id))")


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """Kill it, and cut the power."""
    chance, verdict, count = random.Random(seed), Verdict(), SHORT if short else LONG
    firm, versions = deeds.make(place / "firm"), Counter[int]()
    deeds.states(firm, [*deeds.saves(SAVES), deeds.IMPORT])
    with patch.multiple(migrations, MIGRATIONS=(nickname,), SCHEMA=AFTER):
        begun = time.perf_counter()
        after = deeds.found(deeds.copied(firm, place / "reference"))
        taken = time.perf_counter() - begun
        log = recorded(deeds.copied(firm, place / "worked"), [])
        for turn in range(count // 2):
            folder = deeds.copied(firm, place / "worked")
            Program(folder, [_start(folder)], is_open=False).killed(after=chance.uniform(0, taken))
            versions[_version(folder)] += 1
            verdict.judge(folder, [after] * 2, 0, f"kill {turn}")
        disk, at = Disk(deeds.copied(firm, place / "worked")), 0
        for instant in sorted(_instant(len(log), chance) for _ in range(count)):
            for each in log[at:instant]:
                disk.hear(each)
            at = instant
            emptied(place / "cut")
            disk.cut(place / "cut", chance.choice((FORGETFUL, ORDERED, LOOSE)), chance)
            versions[_version(place / "cut")] += 1
            verdict.judge(place / "cut", [after] * 2, 0, f"power cut at {instant} of {len(log)}")
    figures = (f"{verdict.turns} upgrades broken off: {versions[BEFORE]} were the old file then, {versions[AFTER]} the "
               f"new one, all brought to their end; {verdict}")  # fmt: skip
    torn = [f"{versions[TORN]} files were neither"] if versions[TORN] else []
    return Report(figures, [*torn, *verdict.wrong])


def _instant(length: int, chance: random.Random) -> int:
    """Anywhere, or about where the new file takes the place of the old one."""
    return chance.choice((chance.randrange(length + 1), length - chance.randrange(min(length, END))))


def break_() -> None:
    """Have the finished copy written over the file instead of put in its place."""
    migrations.swap = lambda made, path: path.write_bytes(made.read_bytes())


def _start(folder: Path) -> deeds.Deed:
    return deeds.Deed("start", lambda: deeds.open_(folder))


def _version(folder: Path) -> int:
    """The schema of the file in a folder, or `TORN`."""
    with copy.connected(folder / NAME, slots.opened(slots.load(folder)).file) as connection:
        try:
            copy.look_through(connection)
            number: int = connection.execute("pragma user_version").fetchone()[0]
        except apsw.Error:
            return TORN
    return number
