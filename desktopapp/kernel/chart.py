"""Charts as plain data: what is to be seen, said once for the screen and for paper.

The words in them are worded already, in one language. `layout` turns a chart into shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktopapp.kernel.frozen import frozen

Write = Callable[[float], str]
"""How a chart's numbers are written."""
Values = Sequence[float | None]
"""Numbers of which some may not be known."""


def plain(value: float) -> str:
    """A number with thousands set off and no more places than it needs: one, or two where it is below 1."""
    if abs(value - round(value)) < 0.005:
        return f"{round(value):,}"
    return f"{value:,.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.2f}".rstrip("0")


def percent(share: float) -> str:
    """A part of one: 0.455 is 46%."""
    return f"{share * 100:,.0f}%"


@frozen
class Bars:
    """A bar for each label, a dashed line of targets over them; `current` is the one still running.

    A value of `None` has no bar, a target of `None` leaves a gap in the line. `names` are those
    of the bars and of the line, for a legend within the chart.
    """

    labels: Sequence[str]
    values: Values
    target: Values = ()
    current: int | None = None
    write: Write = plain
    names: Sequence[str] = ()


@frozen
class Lines:
    """Named lines over the same labels; `None` leaves a gap. The first is the main one.

    The scale begins at nought, unless `least` says where.
    """

    labels: Sequence[str]
    series: Sequence[tuple[str, Values]]
    write: Write = plain
    least: float | None = None
    most: float | None = None


@frozen
class Radar:
    """A value from 0 to 1 on each axis, and those of the period before, dashed; `None` leaves its axis out."""

    axes: Sequence[str]
    now: Values
    before: Values = ()
    rings: int = 5
    write: Write = percent
    names: Sequence[str] = ()
    """Of now and before, for a legend within the chart."""


@frozen
class Progress:
    """A part of one, its mood, and how much of the time has passed."""

    share: float
    mood: str = "accent"
    mark: float | None = None
    text: str = ""


@frozen
class Stage:
    """One stage on the way to a sale: how many are there, and what they come to."""

    name: str
    count: float
    sum: float | None = None


@frozen
class Funnel:
    """Stages from first to last, each with the part of the stage before that came so far."""

    stages: Sequence[Stage]
    write: Write = plain
    write_sum: Write = plain
    passed: str = ""
    """What that part is called."""


@frozen
class Band:
    """What a value means that is at least so much, and below the next band's least."""

    least: float
    word: str
    mood: str = "neutral"


@frozen
class Heat:
    """A grid of people by columns, each cell with its value and the colour of its band.

    `bands` are in order of their least; what is below the first of them is in none.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Values]
    bands: Sequence[Band] = ()
    write: Write = plain

    def band(self, value: float | None) -> Band | None:
        """The band a value is in."""
        if value is None:
            return None
        return next((band for band in reversed(self.bands) if value >= band.least), None)


Chart = Bars | Lines | Radar | Progress | Funnel | Heat
