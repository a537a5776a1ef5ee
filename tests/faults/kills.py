"""The program killed at any moment of a day's work: it is a process of its own, and tells of each deed done."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from desktopapp.storage.unit import Store
from tests.faults import deeds
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
    taken, _ = _worked(deeds.copied(firm, place / "worked"), work)
    verdict, whole = Verdict(), 0
    for turn in range(SHORT if short else LONG):
        folder = deeds.copied(firm, place / "worked")
        after = chance.uniform(0, taken * MARGIN)
        _, acknowledged = _worked(folder, work, after)
        whole += acknowledged == len(work)
        verdict.judge(folder, states, acknowledged, f"kill {turn}, {deeds.under_way(work, acknowledged)}")
    figures = f"{verdict.turns} kills, {verdict.turns - whole} of them in the middle of work: {verdict}"
    return Report(figures, verdict.wrong)


def _worked(folder: Path, work: Sequence[deeds.Deed], after: float | None = None) -> tuple[float, int]:
    """Have a process do the work, and kill it so many seconds after it began; how long it took, how many deeds it
    acknowledged."""
    reading, telling = os.pipe()
    if not (child := os.fork()):
        _work(folder, work, telling)
    os.close(telling)
    try:
        os.read(reading, 1)  # the file is open
        begun = time.perf_counter()
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        acknowledged = 0
        while told := os.read(reading, 1024):
            acknowledged += len(told)
        return time.perf_counter() - begun, acknowledged
    finally:
        os.close(reading)
        os.waitpid(child, 0)


def _work(folder: Path, work: Sequence[deeds.Deed], telling: int) -> None:
    """In the process: do the deeds, telling of each once it is kept. Does not come back."""
    try:
        deeds.open_(folder)
        os.write(telling, b"o")
        for deed in work:
            deed.do()
            os.write(telling, b"d")
    finally:
        os._exit(0)


def break_() -> None:
    """Have each statement kept by itself, instead of a request as a whole."""
    Store.begin = lambda store, _kind=None: store._make_ready()
