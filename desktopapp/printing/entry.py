"""Places on a form that are filled in on the screen instead of by hand."""

from __future__ import annotations

from desktopapp.kernel.frozen import frozen
from desktopapp.printing.setter import Line, Setter
from desktopapp.printing.style import Type

TYPED = 9.5
"""The size of what is typed."""
LEADING = 1.3
CIRCLE = 11.0
"""A circle to click, across."""
_DIGIT = Type(7.5)


@frozen
class Entry:
    """One place; `name` is what it is known by when the form comes back, `tip` what is read out for it."""

    name: str
    tip: str

    @property
    def least(self) -> float:
        """How tall it is at least."""
        return CIRCLE + 4


@frozen
class TextEntry(Entry):
    """Room to type in, so many characters at most; more than one of `lines` wraps."""

    most: int
    lines: int = 1
    value: str = ""

    @property
    def least(self) -> float:
        return self.lines * TYPED * LEADING + 5


@frozen
class RatingEntry(Entry):
    """Circles side by side of which one is chosen, each with its figure above it, or with its word where it has one."""

    choices: tuple[str, ...]
    words: tuple[str, ...] = ()

    def figures(self, setter: Setter, width: float) -> tuple[Line, ...]:
        """The figures above the circles, and the room the circles take."""
        step = width / len(self.choices)
        lines = [setter.line(each, _DIGIT) for each in self.words or self.choices]
        runs = tuple(run for nth, line in enumerate(lines)
                     for run in line.moved(step * (nth + 0.5) - line.width / 2).runs)
        figures = Line(width, lines[0].height, lines[0].baseline, runs)
        return (figures, Line(width, CIRCLE + 1, CIRCLE))


@frozen
class CheckEntry(Entry):
    """A box to tick."""
