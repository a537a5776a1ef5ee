"""Sets words in type: chooses the wording, breaks the lines, encodes them for the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import ceil

from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Both, Message
from desktopapp.printing.fonts import Font, Fonts
from desktopapp.printing.style import MM, Type
from desktopapp.printing.text import printable, widest_word, wrap

TICK = 3.0 * MM
"""The side of a box to tick."""
_LEAST_SIZE, _LEAST_VALUE = 6.0, 7.0
"""How small a label and a value may become before a word of theirs is parted."""
_LEAST_DATE = 7.5
_WORD = 30
"""A text up to this long may be one word, a number or a code."""
_MIDDLE = 0.38
"""Half the height of a Han character above its baseline, in type sizes."""


@frozen
class Tick:
    """A value that is a box, ticked or not."""

    ticked: bool = False


@frozen
class Run:
    """Words in one type, so far from the beginning of their line."""

    at: float
    type: str
    codes: str


@frozen
class Line:
    """A line ready to be drawn: words, and boxes to tick."""

    width: float
    height: float
    baseline: float
    """So far below its top."""
    runs: tuple[Run, ...] = ()
    ticks: tuple[tuple[float, bool], ...] = ()

    def moved(self, by: float) -> Line:
        """The same line, further right."""
        return replace(
            self, width=self.width + by,
            runs=tuple(replace(run, at=run.at + by) for run in self.runs),
            ticks=tuple((at + by, ticked) for at, ticked in self.ticks),
        )


def side_by_side(lines: Iterable[Line], gap: float) -> Line:
    """Lines made into one, on one baseline."""
    parts: list[Line] = []
    end = -gap
    for line in lines:
        parts.append(line.moved(end + gap))
        end = parts[-1].width
    tallest = max(parts, key=lambda part: part.height)
    return Line(end, tallest.height, tallest.baseline, tuple(run for part in parts for run in part.runs),
                tuple(tick for part in parts for tick in part.ticks))


class Setter:
    """Sets words in one language, or in two: the second smaller, beneath the first."""

    def __init__(self, fonts: Fonts, languages: tuple[Language, ...]) -> None:
        self.fonts, self.languages = fonts, languages
        self.lines = lru_cache(maxsize=1024)(self._lines)

    @property
    def first(self) -> Language:
        return self.languages[0]

    def words(self, value: object) -> tuple[str, str]:
        """A value in the first language, and in the second where there is one and it differs."""
        said = printable(self.first.show(value))
        if len(self.languages) == 1 or not isinstance(value, (Both, Message)):
            return said, ""
        second = printable(self.languages[1].show(value))
        return said, second if second != said else ""

    def font(self, type_: Type) -> Font:
        """The weight a type is set in."""
        return self.fonts.bold if type_.bold else self.fonts.regular

    def width(self, text: str, type_: Type) -> float:
        """How wide a text is on one line."""
        return self.font(type_).width(text) * type_.size

    def line(self, text: str, type_: Type) -> Line:
        """A text on one line, however long."""
        font, height = self.font(type_), type_.size * type_.spacing
        run = Run(0, f"/{font.resource} {type_.size:.3g} Tf {type_.ink:.3g} g", font.encode(text))
        return Line(font.width(text) * type_.size, height, height / 2 + _MIDDLE * type_.size, (run,) if text else ())

    def cut(self, text: str, type_: Type, width: float) -> Line:
        """A text on one line, its end left out where it is too long."""
        shown = next(wrap(text, width / type_.size - 1, self.font(type_).ems))
        return self.line(shown if shown == text.rstrip() else f"{shown}…", type_)

    def tick(self, type_: Type, *, ticked: bool) -> Line:
        """A box to tick, as tall as a line of that type."""
        height = type_.size * type_.spacing
        return Line(TICK, height, height / 2 + _MIDDLE * type_.size, ticks=((0, ticked),))

    def _lines(self, text: str, type_: Type, width: float) -> tuple[Line, ...]:
        """A text in a column; no lines for no text."""
        if not text:
            return ()
        if len(text) <= _WORD and self.width(text, type_) > width:
            type_ = self.snug(text, type_, width, _LEAST_VALUE)
        broken = wrap(text, width / type_.size, self.font(type_).ems)
        return tuple(self.line(each, type_) for each in broken)

    def snug(self, text: str, type_: Type, width: float, least: float = _LEAST_SIZE) -> Type:
        """The type, smaller where else a word of the text would be parted, unless it were too small to read."""
        widest = widest_word(text, self.font(type_).ems) * type_.size
        size = type_.size * width / widest * 0.99 if widest > width else type_.size
        return replace(type_, size=size) if least <= size < type_.size else type_

    def pair(self, value: object, types: tuple[Type, Type], width: float) -> tuple[Line, ...]:
        """A value in a column, the second language beneath the first."""
        return tuple(line for text, type_ in zip(self.words(value), types, strict=True)
                     for line in self.lines(text, type_, width))

    def label(self, label: Both | Message, types: tuple[Type, Type], width: float) -> tuple[Line, ...]:
        """The same for a label, whose words are made smaller rather than parted, in lines about as long."""
        return tuple(line for text, type_ in zip(self.words(label), types, strict=True)
                     for line in self._even(text, self.snug(text, type_, width), width))

    def _even(self, text: str, type_: Type, width: float) -> tuple[Line, ...]:
        lines = self.lines(text, type_, width)
        if len(lines) < 2:
            return lines
        narrower = ceil(self.width(text, type_) / len(lines) / type_.size) * type_.size + 1
        even = self.lines(text, type_, min(narrower, width))
        return even if len(even) == len(lines) else lines

    def day(self, day: date, type_: Type, width: float) -> tuple[Line, ...]:
        """A date in a column: a little smaller where it is too wide, else parted after its year."""
        said = self.first.show(day)
        size = type_.size * min(0.995 * width / self.width(said, type_), 1)
        if size < _LEAST_DATE:
            return self.lines(said.replace("年", "年\n"), type_, width)
        return self.lines(said, replace(type_, size=size), width)

    def in_line(self, value: object, types: tuple[Type, Type], width: float) -> tuple[Line, ...]:
        """A value with the second language after the first where one line holds both, else beneath it."""
        said, second = self.words(value)
        if second:
            together = side_by_side((self.line(said, types[0]), self.line(second, types[1])), types[0].size * 0.6)
            if together.width <= width and "\n" not in said + second:
                return (together,)
        return self.pair(value, types, width)

    def natural(self, value: object, types: tuple[Type, Type]) -> float:
        """How wide a value would like its column to be."""
        return max((self.width(line, type_) for text, type_ in zip(self.words(value), types, strict=True)
                    for line in text.split("\n")), default=0.0)
