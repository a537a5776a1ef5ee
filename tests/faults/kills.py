"""The program killed at any moment of a day's work: it is a process of its own, and tells of each deed done."""

from __future__ import annotations

import random
import time
from pathlib import Path

from desktopapp.storage.unit import Store
from tests.faults import deeds
from tests.faults.program import Program
from tests.faults.verdict import Report, Verdict

LONG, SHORT = 2_000, 40
SAVES = 28
"""Saves of a day that is broken off."""
MARGIN = 1.1
"""A kill may come so much later than the day took, measured once: some come when all is done."""


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """Kill it so often."""
    chance = random.Random(seed)
    firm, work = deeds.make(place / "firm"), deeds.day(SAVES)
    states = deeds.states(deeds.copied(firm, place / "reference"), work)
    program, begun = Program(deeds.copied(firm, place / "worked"), work), time.perf_counter()
    program.closed()
    taken = time.perf_counter() - begun
    verdict, whole = Verdict(), 0
    for turn in range(SHORT if short else LONG):
        folder = deeds.copied(firm, place / "worked")
        acknowledged = Program(folder, work).killed(after=chance.uniform(0, taken * MARGIN))
        whole += acknowledged == len(work)
        verdict.judge(folder, states, acknowledged, f"kill {turn}, {deeds.under_way(work, acknowledged)}")
    figures = f"{verdict.turns} kills, {verdict.turns - whole} of them in the middle of work: {verdict}"
    return Report(figures, verdict.wrong)


def break_() -> None:
    """Have each statement kept by itself, instead of a request as a whole."""
    Store.begin = lambda store, _kind=None: store._make_ready()
