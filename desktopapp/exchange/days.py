"""Dates as people write them into a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from desktopapp.exchange.figures import LONGEST
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M

FIRST, LAST = 1900, 2200
"""The years a date may be of."""
CENTURY = 70
"""Years written with two digits are of the last century from here on."""

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_CLOCKED = re.compile(
    r"(.+?)"
    r"(?:(?:\s*[\sT]\s*|(?<=日))(?:上午|下午)?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?"
    r"\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
)


def day(cell: str, *, day_first: bool | None = None) -> date:
    """The day a cell means, whatever the time of day. Raises `Refused` where it means none, or one that cannot be."""
    text = unicodedata.normalize("NFKC", cell[: LONGEST + 1]).strip()
    clocked = _CLOCKED.fullmatch(text) if len(cell) <= LONGEST else None
    parts = _parts("".join(clocked[1].split()), day_first=day_first) if clocked else None
    if parts is None:
        raise Refused(M("“{cell}” is not a date.", cell=cell if len(cell) <= LONGEST else f"{cell[:20]}…"))
    try:
        found = date(*parts)
    except ValueError as no:
        raise Refused(M("There is no such day as {cell}.", cell=cell)) from no
    if not FIRST <= found.year <= LAST:
        raise Refused(M("“{cell}” is not a date.", cell=cell))
    return found


def _parts(text: str, *, day_first: bool | None) -> tuple[int, int, int] | None:
    """Year, month and day."""
    if found := _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if not (found := _YEAR_LAST.fullmatch(text)):
        return None
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 1900 if year >= CENTURY else 2000
    return (year, other, one) if day_first else (year, one, other)


def is_day_first(heading: str, cells: Iterable[str]) -> bool | None:
    """Whether the day stands before the month in a column, where the year stands last; nothing where it never does.

    Raises `Refused` where the cells do not tell, or tell both: it has to be asked.
    """
    written = [cell for cell in set(cells) if cell and cell[4:5] != "-" and len(cell) <= LONGEST]
    found = [(cell, _YEAR_LAST.match(unicodedata.normalize("NFKC", cell).strip())) for cell in written]
    pairs = [(cell, int(each[1]), int(each[3])) for cell, each in found if each]
    days, months = any(one > 12 for _, one, _ in pairs), any(other > 12 for _, _, other in pairs)
    if days != months or not pairs:
        return days if pairs else None
    example = min(pairs, key=lambda pair: (max(pair[1:]) > 12, pair))[0]
    which = M("Column “{heading}”: which comes first in {cell}, the day or the month?", heading=heading, cell=example)
    raise Refused(which, heading)
