"""Figures as people write them into a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M

LONGEST = 60
"""The most characters a figure or a date can have."""
LARGEST = 10**15
"""The most fen, or ten-thousandths, a cell may mean: far above any firm, far below what the file holds."""

POINT, COMMA = ".", ","
"""What stands before the part below one: 1,234.50 or 1.234,50."""

_CURRENCIES = {
    "CNY": "", "RMB": "", "¥": "", "人民币": "", "USD": "USD", "US$": "USD", "$": "USD", "HKD": "HKD", "HK$": "HKD",
    "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "JPY": "JPY", "TWD": "TWD", "NT$": "TWD",
}  # fmt: skip
"""Whose money a sign means; the firm's own has no name."""
_SIGN = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<sign>[-+]?)(?P<before>{_SIGN})?(?P<inner>-?)"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?P<part>\.\d*)?(?:[eE](?P<tens>[+-]?\d{1,2}))?"
    rf"(?P<unit>百万|千万|万亿|[千万亿KkMm]?)(?:元整?|圆|块|(?P<after>{_SIGN}))?"
)
_MONEY_OF = re.compile(rf"[-+(]*({_SIGN})?[-+(]*\d[^A-Z$€£¥]*?(?:[万亿千KM]|百万)?元?({_SIGN})?\)?")
_DASH = re.compile(rf"(?:{_SIGN})?-+")
_TENS = {"": 0, "千": 3, "k": 3, "万": 4, "百万": 6, "m": 6, "千万": 7, "亿": 8, "万亿": 12}
_COUNTED_IN = "(?:百万|千万|千|万|亿)"
_UNITS = re.compile(
    rf"(?:\(|单位:)\s*(?:人民币)?\s*({_COUNTED_IN}元?|元)\s*(?:\)|$|[\s,;、/])|({_COUNTED_IN}元)$|[-/:_ ](元)$"
)
_SWAP = str.maketrans(".,", ",.")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")
_POWER = re.compile(r"[eE][+-]?\d{1,2}$")
_AROUND = "()+-$€£¥%元圆块百千万亿KkMm"
"""What may stand around the digits and tells nothing of their signs."""
_LONE = re.compile(r"\d*([.,])\d*")


def number(cell: str, *, decimal: str = POINT) -> Decimal:
    """The figure a cell means: 1,234.50, ￥1.2万, （300）, １２３元. Raises `Refused`."""
    if len(cell) > LONGEST:
        raise Refused(M("“{cell}” is not a figure.", cell=f"{cell[:20]}…"))
    text = _plain(cell)
    if decimal == COMMA:
        text = text.translate(_SWAP)
    bracketed = text.startswith("(") and text.endswith(")")
    found = _FIGURE.fullmatch(text[1:-1] if bracketed else text)
    if found is None or bool(found["sign"]) + bool(found["inner"]) + bracketed > 1:
        raise Refused(M("“{cell}” is not a figure.", cell=cell))
    digits = found["whole"].replace(",", "") + (found["part"] or "")
    if not digits.strip("."):
        raise Refused(M("“{cell}” is not a figure.", cell=cell))
    value = Decimal(digits).scaleb(int(found["tens"] or 0) + _TENS[found["unit"].lower()])
    return -value if bracketed or "-" in (found["sign"], found["inner"]) else value


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).replace(" ", "").replace("\u2212", "-").replace("'", "")


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is no sum, as books do: $-."""
    return len(cell) <= LONGEST and _DASH.fullmatch(_plain(cell)) is not None


def scaled(cell: str, by: int, *, decimal: str = POINT) -> int:
    """The figure of a cell in whole parts, `by` to one. Raises `Refused`."""
    value = number(cell, decimal=decimal) * by
    if abs(value) > LARGEST:
        raise Refused(M("“{cell}” is too large.", cell=cell))
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def unit_of(text: str) -> int | None:
    """By how many places the figures under a heading or a title are to be moved: 4 for 金额（万元）, 0 for 元."""
    found = _UNITS.search(unicodedata.normalize("NFKC", text).strip())
    return _TENS[(found[1] or found[2] or found[3]).removesuffix("元")] if found else None


def currency_of(cell: str) -> str | None:
    """Whose money a sum says it is, empty for the firm's own; None where it says nothing."""
    found = _MONEY_OF.fullmatch(_plain(cell[:LONGEST]).upper())
    return _CURRENCIES.get(found[1] or found[2] or "") if found else None


def currency(word: str) -> str:
    """The code of a currency by its name or code, empty for the firm's own."""
    text = _plain(word).upper()
    return _CURRENCIES.get(text, "" if text in ("元", "人民币元") else text)


@frozen
class Style:
    """How the figures of a column are written, by all of its cells together."""

    decimal: str = POINT
    is_sure: bool = True
    """False where cells contradict each other, or no cell says which sign is which."""
    example: str = ""


def style(cells: Iterable[str]) -> Style:
    """What stands before the part below one in a column: the last sign where a cell has both, the only one where
    it comes once and not before three digits."""
    said: dict[str, str] = {}
    unsure: list[str] = []
    for cell in dict.fromkeys(cells):
        if "," not in cell and "." not in cell and "，" not in cell:
            continue
        text = _POWER.sub("", _plain(cell[:LONGEST])).strip(_AROUND)
        points, commas = text.count("."), text.count(",")
        if points and commas:
            said.setdefault(POINT if text.rfind(".") > text.rfind(",") else COMMA, cell)
        elif points > 1 or commas > 1:
            said.setdefault(COMMA if points else POINT, cell)
        elif (found := _LONE.fullmatch(text)) and not _GROUPED.fullmatch(text):
            said.setdefault(found[1], cell)
        elif text:
            unsure.append(cell)
    if len(said) == 1:
        return Style(next(iter(said)))
    pointed = next((cell for cell in unsure if "." in cell), "")
    example = said.get(COMMA, pointed or next(iter(unsure), ""))
    return Style(POINT, is_sure=not said and not pointed, example=example)
