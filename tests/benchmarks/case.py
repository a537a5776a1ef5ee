"""One figure to reach: what ours costs beside its reference, both taken in the same run, turn by turn.

The ratio of the two holds from one machine to the next, and while others use the machine;
seconds do not. So a goal is a ratio, and of CPU time: the clock is shown and never judged.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
QUICK = "TEAMHELM_BENCH_QUICK"
"""Set where fewer rows and turns will do."""
TURNS, QUICK_TURNS = 7, 3
PATIENCE = 600
"""Seconds a process may take."""
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Not handed on: who installs the program has it compiled, so that is what is timed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one turn took, in CPU seconds; by the clock too, where it was looked at."""

    cpu: float
    wall: float | None = None
    others: Mapping[str, float] = field(default_factory=dict)
    """Other figures of the same turn, by name."""

    def of(self, figure: str) -> float:
        return self.others.get(figure, self.cpu)


Way = Callable[[], Taken | float]
"""Does a thing once and says what it took; what is timed runs in a process of its own (`called`, `run`)."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured, and how many times its reference it may cost.

    Cases of the same two ways are measured together, each by its own figure of a turn.
    """

    name: str
    what: str
    ours: Way
    reference: Way
    goal: float
    figure: str = "cpu"
    more: Callable[[], Sequence[str]] = tuple
    """Lines to be printed below it."""


@dataclass(frozen=True, slots=True)
class Result:
    """A case with its turns: what ours took in each, and the reference."""

    case: Case
    turns: Sequence[tuple[Taken, Taken]]

    @property
    def ours(self) -> float:
        return median(ours.of(self.case.figure) for ours, _ in self.turns)

    @property
    def reference(self) -> float:
        return median(reference.of(self.case.figure) for _, reference in self.turns)

    @property
    def ratio(self) -> float:
        figure = self.case.figure
        return median(ours.of(figure) / reference.of(figure) for ours, reference in self.turns)

    @property
    def wall(self) -> float | None:
        walls = [ours.wall for ours, _ in self.turns if ours.wall is not None]
        return median(walls) if walls and self.case.figure == "cpu" else None

    @property
    def reached(self) -> bool:
        return self.ratio <= self.case.goal


def is_quick() -> bool:
    """Whether fewer rows and turns will do."""
    return bool(os.environ.get(QUICK))


def timed(cases: Iterable[Case]) -> Iterator[Result]:
    """Each case measured, ours and its reference in turns; what misses its goal is heard again, for longer."""
    wanted = list(cases)
    turns = QUICK_TURNS if is_quick() else TURNS
    for ways in dict.fromkeys((case.ours, case.reference) for case in wanted):
        alike = [case for case in wanted if (case.ours, case.reference) == ways]
        results = _heard(alike, turns)
        if not all(result.reached for result in results):
            results = _heard(alike, 2 * turns + 1)
        yield from results


def _heard(alike: Sequence[Case], count: int) -> list[Result]:
    first = alike[0]
    turns = [(_taken(first.ours()), _taken(first.reference())) for _ in range(count + 1)]
    return [Result(case, turns[1:]) for case in alike]  # the first turn warms the machine up


def _taken(figure: Taken | float) -> Taken:
    return figure if isinstance(figure, Taken) else Taken(figure)


def called(module: str, function: str, **environment: str) -> Taken:
    """A function of a module, called and timed in a fresh process. The figures it gives take precedence."""
    return run("-m", "tests.benchmarks.call", module, function, **environment)


def run(*arguments: str, **environment: str) -> Taken:
    """A Python process that prints its figures as JSON in its last line: "cpu", and whatever else it took."""
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    kept.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=kept | environment, capture_output=True, text=True,
        check=False, timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
    figures = json.loads(done.stdout.splitlines()[-1])
    return Taken(figures.pop("cpu"), figures.pop("wall", None), figures)
