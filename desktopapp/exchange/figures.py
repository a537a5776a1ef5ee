"""Figures as people write them into a cell."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M

LONGEST = 60
"""The most characters a figure or a date can have."""
LARGEST = 10**15
"""The most fen, or ten-thousandths, a cell may mean: far above any firm, far below what the file holds."""

_FIGURE = re.compile(
    r"(?P<sign>[-+]?)(?:CNY|RMB|USD|US\$|HKD|[¥$€£])?(?P<inner>-?)"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?P<part>\.\d*)?(?:[eE](?P<tens>[+-]?\d{1,2}))?"
    r"(?P<unit>百万|千万|万亿|[千万亿KkMm]?)(?:元整?|圆|块|CNY|RMB|USD)?"
)
_TENS = {"": 0, "千": 3, "k": 3, "万": 4, "百万": 6, "m": 6, "千万": 7, "亿": 8, "万亿": 12}


def number(cell: str) -> Decimal:
    """The figure a cell means: 1,234.50, ￥1.2万, （300）, １２３元. Raises `Refused`."""
    if len(cell) > LONGEST:
        raise Refused(M("“{cell}” is not a figure.", cell=f"{cell[:20]}…"))
    text = unicodedata.normalize("NFKC", cell).replace(" ", "").replace("\u2212", "-")
    bracketed = text.startswith("(") and text.endswith(")")
    found = _FIGURE.fullmatch(text[1:-1] if bracketed else text)
    if found is None or bool(found["sign"]) + bool(found["inner"]) + bracketed > 1:
        raise Refused(M("“{cell}” is not a figure.", cell=cell))
    digits = found["whole"].replace(",", "") + (found["part"] or "")
    if not digits.strip("."):
        raise Refused(M("“{cell}” is not a figure.", cell=cell))
    value = Decimal(digits).scaleb(int(found["tens"] or 0) + _TENS[found["unit"].lower()])
    return -value if bracketed or "-" in (found["sign"], found["inner"]) else value


def scaled(cell: str, by: int) -> int:
    """The figure of a cell in whole parts, `by` to one. Raises `Refused`."""
    value = number(cell) * by
    if abs(value) > LARGEST:
        raise Refused(M("“{cell}” is too large.", cell=cell))
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
