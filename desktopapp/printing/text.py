"""Text on its way to paper: what may be drawn of it, and where its lines end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktopapp.kernel.clean import clean

LONGEST_LINE = 1000
"""No drawn line has more characters, however narrow they are."""

_UNDRAWN = re.compile("[\u00ad\u200c-\u200f\ufe00-\ufe0f\U000e0000-\U000e01ef]")
"""Joiners, direction marks and variant selectors: they shape what stands beside them and are no glyphs."""

_CLOSE = "，。、；：？！）》〉」』】〕〗］｝”’…—～·％‰℃,.;:?!)\\]}%"
_OPEN = "（《〈「『【〔〖［｛“‘(\\[{¥￥$"
_HAN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\uffef\U00010000-\U0010ffff"
_LETTER = f"[^\\s{_CLOSE}{_OPEN}{_HAN}]"
_UNIT = re.compile(
    f"[{_OPEN}]{{0,4}}(?:{_LETTER}+(?:[,.:’'/]{{1,3}}{_LETTER}+)*|[{_HAN}])[{_CLOSE}]{{0,6}}|\\s+|."
)
"""What is not parted at the end of a line: a word, a Han character, either with the marks that belong to it."""


def printable(text: str) -> str:
    """A text as it may be drawn. Everything a person wrote passes here on its way to paper.

    Nothing in it is a command: pages are drawn from character codes, so `<b>` and `&` are
    just what they look like.
    """
    return _UNDRAWN.sub("", clean(text)).replace("\t", "    ")


def wrap(text: str, width: float, ems: Mapping[str, float]) -> Iterator[str]:
    """The lines of a text in a column `width` type sizes wide, each character as wide as `ems` says.

    Words stay whole where a line can hold them; no line begins with a closing mark or ends
    with an opening one. Takes time in proportion to the text.
    """
    for paragraph in text.split("\n"):
        if len(paragraph) <= LONGEST_LINE and sum(map(ems.__getitem__, paragraph)) <= width:
            yield paragraph.rstrip()
        else:
            yield from _break(paragraph, width, ems)


def _break(paragraph: str, width: float, ems: Mapping[str, float]) -> Iterator[str]:
    line: list[str] = []
    used, count = 0.0, 0
    for unit in _units(paragraph, width, ems):
        wide = ems[unit] if len(unit) == 1 else sum(map(ems.__getitem__, unit))
        if line and (used + wide > width or count + len(unit) > LONGEST_LINE):
            if unit.isspace():
                continue
            yield "".join(line).rstrip()
            line, used, count = [], 0.0, 0
        line.append(unit)
        used += wide
        count += len(unit)
    yield "".join(line).rstrip()


def _units(paragraph: str, width: float, ems: Mapping[str, float]) -> Iterator[str]:
    """The parts a line is made of; one that no line can hold comes a character at a time."""
    for found in _UNIT.finditer(paragraph):
        unit = found.group()
        if len(unit) > 1 and not unit.isspace() and (
            len(unit) > LONGEST_LINE or sum(map(ems.__getitem__, unit)) > width
        ):
            yield from unit
        else:
            yield unit


def widest_word(text: str, ems: Mapping[str, float]) -> float:
    """How wide a column must be, in type sizes, to part no word of a text."""
    return max((sum(map(ems.__getitem__, each.group().strip())) for each in _UNIT.finditer(text)), default=0.0)
