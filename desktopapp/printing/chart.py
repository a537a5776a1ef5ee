"""A chart on paper: the shapes the screen shows too, in greys and strokes that a copier keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatchmethod

from desktopapp.kernel.chart import Chart
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.layout import height, layout
from desktopapp.kernel.shape import Ellipse, Ink, Line, Point, Polygon, Rect, Room, Shape, Spot, Text
from desktopapp.printing.setter import Setter
from desktopapp.printing.style import PAD, Type
from desktopapp.printing.text import printable

GREYS = {
    "surface": 1.0, "track": 0.9, "grid": 0.85, "border": 0.6, "text": 0.0, "text2": 0.15, "text3": 0.35,
    "accent": 0.25, "accent_text": 0.0, "accent_soft": 0.86, "good": 0.4, "good_soft": 0.95,
    "warn": 0.2, "warn_soft": 0.78, "bad": 0.2, "bad_soft": 0.68,
}
"""How light each colour of the look is on paper. What reads well stays light, what is amiss darkens."""
_WORDS = frozenset({"good", "warn", "bad"})
"""As words they are black; as surfaces they are told apart by their grey."""

_ROUND = 0.5523
"""How far a curve's handles reach to look like a quarter of a circle."""
_STROKES = 3.2
"""From one stroke of a hatch to the next."""
_EDGE = 0.5


def grey(ink: Ink) -> float:
    """How light a colour is on paper: 0 is black, 1 the sheet."""
    return 1 - ink.part * (1 - GREYS[ink.role])


@frozen
class Picture:
    """A chart that waits for its place on a page."""

    chart: Chart
    setter: Setter
    type: Type

    @property
    def height(self) -> float:
        """What it needs at least."""
        return height(self.chart, self._line) + 2 * PAD

    @property
    def _line(self) -> float:
        return self.type.size * self.type.spacing

    def draw(self, left: float, top: float, width: float, deep: float) -> list[str]:
        """The operators that draw it there; `top` is measured as a PDF does, from the foot of the page."""
        room = Room(width - 2 * PAD, deep - 2 * PAD, self._measure, self._line, tells=True)
        return paint(layout(self.chart, room), self.setter, self.type, left + PAD, top - PAD)

    def _measure(self, words: str) -> float:
        return self.setter.width(printable(words), self.type)


def paint(shapes: Sequence[Shape], setter: Setter, type_: Type, left: float, top: float) -> list[str]:
    """The operators that draw shapes, nothing of their pen left behind."""
    pen = _Pen(setter, type_, left, top)
    return ["q", *(operator for shape in shapes for operator in pen.draw(shape)), "Q"]


class _Pen:
    """Writes operators; turns y, which runs down in a chart, upwards."""

    def __init__(self, setter: Setter, type_: Type, left: float, top: float) -> None:
        self._setter, self._type, self._left, self._top = setter, type_, left, top

    def _at(self, x: float, y: float) -> str:
        return f"{self._left + x:.2f} {self._top - y:.2f}"

    def _path(self, points: Sequence[Point]) -> str:
        return " ".join(f"{self._at(*point)} {'l' if n else 'm'}" for n, point in enumerate(points))

    @singledispatchmethod
    def draw(self, shape: Shape) -> Iterator[str]:
        """The operators of one shape."""
        raise TypeError(shape)

    @draw.register
    def _(self, _spot: Spot) -> Iterator[str]:
        return iter(())

    @draw.register
    def _(self, line: Line) -> Iterator[str]:
        yield f"{_stroke(line.ink, line.weight, dashed=line.dashed)} {self._path(line.points)} S"

    @draw.register
    def _(self, shape: Polygon) -> Iterator[str]:
        path = f"{self._path(shape.points)} h"
        if shape.fill:
            yield f"{grey(shape.fill):.3g} g {path} f"
        if shape.stroke:
            yield f"{_stroke(shape.stroke, shape.weight, dashed=shape.dashed)} {path} S"

    @draw.register
    def _(self, dot: Ellipse) -> Iterator[str]:
        path = self._round(dot.x - dot.across, dot.y - dot.down, 2 * dot.across, 2 * dot.down, dot.across, dot.down)
        yield f"{grey(dot.fill):.3g} g {_stroke(dot.stroke, dot.weight, dashed=False)} {path} B"

    @draw.register
    def _(self, rect: Rect) -> Iterator[str]:
        if rect.width <= 0 or rect.height <= 0:
            return
        path = self._round(rect.x, rect.y, rect.width, rect.height, rect.round, 0 if rect.crown else rect.round)
        if not rect.fill.hatched:
            yield f"{grey(rect.fill):.3g} g {path} f"
            return
        ink = Ink(rect.fill.role)
        yield f"q {path} W n {_stroke(ink, _EDGE, dashed=False)} {' '.join(self._hatch(rect))} S Q"
        yield f"{_stroke(ink, 2 * _EDGE, dashed=False)} {path} S"

    def _hatch(self, rect: Rect) -> Iterator[str]:
        """Strokes that rise to the right, over all of a rectangle."""
        for n in range(int((rect.width + rect.height) / _STROKES) + 1):
            x = rect.x - rect.height + n * _STROKES
            yield self._path(((x, rect.y + rect.height), (x + rect.height, rect.y)))

    @draw.register
    def _(self, text: Text) -> Iterator[str]:
        words = printable(text.words)
        if not words:
            return
        ink = 0.0 if text.ink.role in _WORDS else grey(text.ink)
        line = self._setter.line(words, Type(self._type.size, self._type.bold, ink, self._type.spacing))
        at = self._at(text.x - line.width * text.anchor, text.y - line.height / 2 + line.baseline)
        for run in line.runs:
            yield f"{run.type} BT 1 0 0 1 {at} Tm <{run.codes}> Tj ET"

    def _round(self, x: float, y: float, width: float, height: float, above: float, below: float) -> str:
        """A rectangle whose upper and lower corners are so round."""
        if not above and not below:
            return f"{self._at(x, y + height)} {width:.2f} {height:.2f} re"
        above, below = min(above, width / 2, height), min(below, width / 2, height)
        right, bottom = x + width, y + height
        return " ".join((
            f"{self._at(x, y + above)} m",
            self._corner((x, y + above), (x, y), (x + above, y)),
            f"{self._at(right - above, y)} l",
            self._corner((right - above, y), (right, y), (right, y + above)),
            f"{self._at(right, bottom - below)} l",
            self._corner((right, bottom - below), (right, bottom), (right - below, bottom)),
            f"{self._at(x + below, bottom)} l",
            self._corner((x + below, bottom), (x, bottom), (x, bottom - below)),
            "h",
        ))

    def _corner(self, start: Point, corner: Point, end: Point) -> str:
        """A quarter of a circle from one side of a corner to the other."""
        handles = [(side[0] + (corner[0] - side[0]) * _ROUND, side[1] + (corner[1] - side[1]) * _ROUND)
                   for side in (start, end)]
        return f"{' '.join(self._at(*point) for point in (*handles, end))} c"


def _stroke(ink: Ink, weight: float, *, dashed: bool) -> str:
    """A pen: lines on paper are three quarters as thick as on a screen."""
    return f"{'[4 3]' if dashed else '[]'} 0 d {0.75 * weight:.3g} w {grey(ink):.3g} G"
