"""Periods as people write them into a cell, a title or the name of a file."""

from __future__ import annotations

import re
import unicodedata

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NTH = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2"}
_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_WAYS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_YEAR}年?(?:第?([1-4一二三四])季度?|Q([1-4]))", re.IGNORECASE), "Q"),
    (re.compile(rf"{_YEAR}年?(?:([上下])半年|H([12]))", re.IGNORECASE), "H"),
    (re.compile(rf"{_YEAR}(?:年|[-/._])(1[0-2]|0?[1-9])(?:月份?|(?![\d]))"), "-"),
    (re.compile(rf"{_YEAR}(1[0-2]|0[1-9])(?!\d)"), "-"),
    (re.compile(rf"({'|'.join(_MONTHS)})[a-z]*[-/,.]*((?:19|20)\d\d)", re.IGNORECASE), "name"),
    (re.compile(rf"{_YEAR}(?:年度?)?(?!\d)"), ""),
)


def found(text: str) -> Period | None:
    """The first period a text names, the shortest way it can be read; nothing where it names none."""
    plain = "".join(unicodedata.normalize("NFKC", text[:200]).split())
    for pattern, kind in _WAYS:
        if match := pattern.search(plain):
            return _of(match, kind)
    return None


def period(cell: str) -> Period:
    """The period a cell is, with nothing else in it. Raises `Refused`."""
    plain = "".join(unicodedata.normalize("NFKC", cell[:200]).split())
    for pattern, kind in _WAYS:
        if match := pattern.fullmatch(plain):
            return _of(match, kind)
    return Period.parse(cell)


def _of(match: re.Match[str], kind: str) -> Period:
    if kind == "name":
        return Period.parse(f"{match[2]}-{_MONTHS.index(match[1].lower()) + 1:02d}")
    if kind == "-":
        return Period.parse(f"{match[1]}-{int(match[2]):02d}")
    nth = next((each for each in match.groups()[1:] if each), "")
    return Period.parse(f"{match[1]}{kind}{_NTH.get(nth, nth)}")


def is_period(text: str) -> bool:
    """Whether a text can be read as a period."""
    try:
        period(text)
    except Refused:
        return False
    return True
