"""Shapes: what a chart is drawn with, in colours named by their work, for whoever holds the brush.

Lengths are pixels on the screen and points on paper; y runs down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field

from desktopapp.kernel.frozen import frozen

START, MIDDLE, END = 0.0, 0.5, 1.0
"""Which part of a text stands left of its place."""

Point = tuple[float, float]


@frozen
class Ink:
    """A colour by its role in the look, mixed with the sheet: always opaque, or the grid would show through."""

    role: str
    part: float = 1.0
    hatched: bool = False
    """It means something, and so must show where there are no colours."""


@frozen
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    ink: Ink
    weight: float = 1.0
    dashed: bool = False


@frozen
class Rect:
    """A filled rectangle, its corners rounded, or the upper ones only."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink
    round: float = 0.0
    crown: bool = False
    """Only its upper corners are rounded."""


@frozen
class Polygon:
    """A closed line, what is within filled, or not."""

    points: tuple[Point, ...]
    fill: Ink | None = None
    stroke: Ink | None = None
    weight: float = 1.0
    dashed: bool = False


@frozen
class Ellipse:
    """A dot about its middle."""

    x: float
    y: float
    across: float
    down: float
    fill: Ink
    stroke: Ink
    weight: float = 1.0


@frozen
class Text:
    """Words on one line; y is the middle of their height."""

    x: float
    y: float
    words: str
    anchor: float = START
    ink: Ink = field(default_factory=lambda: Ink("text2"))


@frozen
class Spot:
    """A place to point at, and what it tells. Nothing is drawn there."""

    x: float
    y: float
    width: float
    height: float
    tip: str

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


Shape = Line | Rect | Polygon | Ellipse | Text | Spot
Measure = Callable[[str], float]
"""How wide words are."""


@frozen
class Room:
    """Where a chart is laid out: the space, and the letters to be used in it."""

    width: float
    height: float
    measure: Measure
    line: float
    """How tall a line of text is."""
    tells: bool = False
    """Values stand beside their marks, because nothing can be pointed at."""

    def elided(self, words: str, width: float) -> str:
        """Words that fit a width: their end left out where they are too long, nothing where no letter fits."""
        if self.measure(words) <= width:
            return words
        kept = len(words)
        while kept and self.measure(f"{words[:kept].rstrip()}…") > width:
            kept -= 1
        return f"{words[:kept].rstrip()}…" if kept else ""

    def widest(self, many: Iterable[str]) -> float:
        """The width of the widest of them."""
        return max(map(self.measure, many), default=0.0)


def hit(shapes: Iterable[Shape], x: float, y: float) -> Spot | None:
    """What is pointed at: of several, what was laid out last."""
    spots = [shape for shape in shapes if isinstance(shape, Spot) and shape.holds(x, y)]
    return spots[-1] if spots else None
