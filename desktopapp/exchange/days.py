"""Dates as people write them into a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

from desktopapp.exchange.figures import LONGEST
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M

FIRST, LAST = 1900, 2200
"""The years a date may be of."""
CENTURY = 70
"""Years written with two digits are of the last century from here on."""
DMY, MDY, YMD = "dmy", "mdy", "ymd"
ORDERS = (DMY, MDY, YMD)
"""How day, month and year may follow each other where nothing in a cell says which is which."""
CHINA = timezone(timedelta(hours=8))
"""Whose day it is where a file counts seconds."""

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_THREE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[-/.,]?(?:{'|'.join(f'({each})[a-z]*' for each in _NAMES)})|"
    rf"(?:{'|'.join(f'({each})[a-z]*' for each in _NAMES)})[-/.,]?(\d{{1,2}})(?:st|nd|rd|th)?)\.?,?[-/.]?(\d{{4}})",
    re.IGNORECASE,
)
_NAMED_SHORT = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/.,]?({'|'.join(_NAMES)})[a-z]*\.?,?[-/.]?(\d\d)", re.IGNORECASE
)
"""1-Dec-26; only with the day before its month, for Dec-26 is a month."""
_YEARLESS = re.compile(r"\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}\s*日?")
_CLOCKED = re.compile(
    r"(.+?)"
    r"(?:(?:\s*[\sT]\s*|(?<=日))(?:上午|下午)?"
    r"(?:\d{1,2}[时点]整?|\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?)"
    r"\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
)
_COUNTED = re.compile(r"\d{13}|\d{10}|\d{5}(?:\.\d+)?")
SERIAL = 5
"""The digits of a day counted since 1899."""
_SERIALS = (20_000, 80_000)
"""Days since 1899 that are dates of our time: 1954 to 2119."""


@frozen
class Vote:
    """In which order the dates of a column are written, by all of its cells together."""

    orders: tuple[str, ...] = ()
    """Those that all cells allow, or most where none does for all; none where each cell tells for itself."""
    is_mixed: bool = False
    """Whether no order suits all cells."""
    example: str = ""
    """A cell that can be read in more than one way."""

    @property
    def is_clear(self) -> bool:
        """Whether nothing has to be asked."""
        return len(self.orders) < 2 and not self.is_mixed


def day(cell: str, *, order: str | None = None) -> date:
    """The day a cell means, whatever the time of day. Raises `Refused` where it means none, or one that cannot be."""
    text = unicodedata.normalize("NFKC", cell[: LONGEST + 1]).strip()
    clocked = _CLOCKED.fullmatch(text) if len(cell) <= LONGEST else None
    parts = _parts("".join(clocked[1].split()), order or MDY) if clocked else None
    if parts is None and _YEARLESS.fullmatch(text):
        raise Refused(M("“{cell}” names no year.", cell=cell))
    if parts is None:
        raise Refused(M("“{cell}” is not a date.", cell=cell if len(cell) <= LONGEST else f"{cell[:20]}…"))
    try:
        found = date(*parts)
    except ValueError as no:
        raise Refused(M("There is no such day as {cell}.", cell=cell)) from no
    if not FIRST <= found.year <= LAST:
        raise Refused(M("“{cell}” is not a date.", cell=cell))
    return found


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    """Year, month and day."""
    if found := _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _THREE.fullmatch(text):
        return _ordered(found, order)
    if found := _NAMED.fullmatch(text):
        groups = found.groups()
        month = next(at for at, name in enumerate((*groups[1:13], *groups[13:25])) if name) % 12 + 1
        return int(groups[26]), month, int(groups[0] or groups[25])
    if found := _NAMED_SHORT.fullmatch(text):
        return _full(int(found[3])), _NAMES.index(found[2].lower()) + 1, int(found[1])
    return None


def _ordered(found: re.Match[str], order: str) -> tuple[int, int, int]:
    one, other, last = int(found[1]), int(found[3]), int(found[4])
    if order == YMD and len(found[4]) == 2:
        return _full(one), other, last
    year = last if len(found[4]) == 4 else _full(last)
    return (year, one, other) if order == MDY else (year, other, one)


def _full(year: int) -> int:
    return year + (1900 if year >= CENTURY else 2000)


def counted(cells: Iterable[str]) -> bool:
    """Whether a column counts its days as machines do: in seconds, in thousandths of them, or in days since 1899."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_COUNTED.fullmatch(cell) and _from_count(cell) for cell in filled)


def day_counted(cell: str) -> date:
    """The day such a number means. Raises `Refused`."""
    found = _from_count(cell) if _COUNTED.fullmatch(cell) else None
    if found is None:
        raise Refused(M("“{cell}” is not a date.", cell=cell[:LONGEST]))
    return found


def _from_count(cell: str) -> date | None:
    whole = int(cell.partition(".")[0])
    if len(cell) in (10, 13) and "." not in cell:
        found = datetime.fromtimestamp(whole // (1000 if len(cell) == 13 else 1), UTC).astimezone(CHINA).date()
        return found if 1980 <= found.year <= 2100 else None
    return date(1899, 12, 30) + timedelta(whole) if _SERIALS[0] <= whole <= _SERIALS[1] else None


def vote(cells: Iterable[str]) -> Vote:
    """Ask all cells of a column in which order their dates can be written."""
    written = [cell for cell in set(cells) if cell and cell[4:5] != "-" and len(cell) <= LONGEST]
    matched = ((cell, _THREE.match(unicodedata.normalize("NFKC", cell).strip())) for cell in written)
    found = [(cell, each) for cell, each in matched if each]
    if not found:
        return Vote()
    allowed = {cell: tuple(order for order in ORDERS if _is_possible(each, order)) for cell, each in found}
    times = {order: sum(order in orders for orders in allowed.values()) for order in ORDERS}
    best = max(times.values())
    if best < len(allowed):
        example = max(allowed, key=lambda cell: (len(allowed[cell]), cell))
        return Vote(tuple(order for order in ORDERS if times[order]), is_mixed=True, example=example)
    example = min(allowed, key=lambda cell: (-len(allowed[cell]), len(cell), cell))
    suiting = [order for order in ORDERS if times[order] == best]
    return Vote(_likely(suiting, [each for _, each in found]), example=example)


def _likely(orders: list[str], found: list[re.Match[str]]) -> tuple[str, ...]:
    """The orders left where years have two digits: days are many and years are few, whichever side they stand on."""
    if YMD in orders and len(orders) > 1:
        first, last = len({each[1] for each in found}), len({each[4] for each in found})
        if first > 2 * last:
            orders.remove(YMD)
        elif last > 2 * first:
            orders = [YMD]
    return tuple(orders)


def _is_possible(found: re.Match[str], order: str) -> bool:
    if order == YMD and len(found[4]) == 4:
        return False
    try:
        date(*_ordered(found, order))
    except ValueError:
        return False
    return True
