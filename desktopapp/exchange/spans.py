"""Periods as people write them into a cell, a title or the name of a file."""

from __future__ import annotations

import re
import unicodedata

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
                "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")  # fmt: skip
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


_PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月"), "-"),
    (re.compile(rf"(?<![a-z])({'|'.join(_MONTH_NAMES)})(?![a-z])", re.IGNORECASE), "-"),
    (re.compile(r"第?([1-4一二三四])季度?"), "Q"),
    (re.compile(r"(?<![a-z])Q([1-4])(?!\d)", re.IGNORECASE), "Q"),
    (re.compile(r"([上下])半年"), "H"),
)
"""The parts of a year where no year stands beside them."""


def found(text: str) -> Period | None:
    """The first period a text names, the shortest way it can be read; nothing where it names none."""
    plain = "".join(unicodedata.normalize("NFKC", text[:200]).split())
    for pattern, kind in _WAYS:
        if match := pattern.search(plain):
            return _of(match, kind)
    return None


def part_of(year: Period, text: str) -> Period | None:
    """The month, quarter or half of a year a text names, as the sheets of a year's workbook do: 10月, 三季度."""
    plain = "".join(unicodedata.normalize("NFKC", text[:200]).split())
    for pattern, kind in _PARTS:
        if match := pattern.search(plain):
            nth = match[1].lower()
            number = _MONTHS.index(nth[:3]) + 1 if nth[:3] in _MONTHS else _NTH.get(nth, nth)
            return Period.parse(f"{year}-{int(number):02d}" if kind == "-" else f"{year}{kind}{number}")
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
