"""Numbers as people write them: full-width digits, thousands set off, 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.pattern import pattern

MOST = Decimal(10) ** 13
"""No figure of a small firm reaches it; what does is a slip, a phone number or a card number."""

_UNITS = {
    "百": 10**2, "千": 10**3, "k": 10**3, "万": 10**4, "w": 10**4, "十万": 10**5, "百万": 10**6, "m": 10**6,
    "千万": 10**7, "亿": 10**8,
}  # fmt: skip
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = pattern(rf"({_FIGURE})({_UNIT})?", re.ASCII)
_WHOLE = pattern(rf"(?:(?:{_FIGURE})(?:{_UNIT}))*(?:{_FIGURE})(?:{_UNIT})?", re.ASCII)
_SIGNED = pattern(r"([+-]?)([^()]+)|\(([^()]+)\)")
_STOP = pattern(r"(?<=\d)。(?=\d)")


def number(text: str) -> Decimal:
    """The number so written: 12,345.6 · １２３ · 3.5万 · 1亿2000万 · -5 · (5).

    Raises `Refused` on anything else, on two dots and on commas in the wrong places.
    """
    written = plain(text)
    signed = _SIGNED.fullmatch(written)
    figure = (signed[2] or signed[3]) if signed else ""
    if not _WHOLE.fullmatch(figure):
        raise Refused(M("“{text}” is not a number.", text=text.strip()[:40]))
    value = _sum(figure, text)
    return -value if written[0] in "-(" else value


def plain(text: str) -> str:
    """The text in half-width characters without spaces, its dot a dot."""
    narrow = _STOP.sub(".", unicodedata.normalize("NFKC", text)).replace("\u2212", "-").lower()
    return "".join(narrow.split())


def _sum(figure: str, text: str) -> Decimal:
    """The parts added up; each unit is smaller than the one before, and the last part has one too."""
    parts = [(Decimal(digits.replace(",", "")), _UNITS.get(unit, 1)) for digits, unit in _PART.findall(figure)]
    units = [unit for _, unit in parts]
    if len(parts) > 1 and (units[-1] == 1 or units != sorted(set(units), reverse=True)):
        raise Refused(M("“{text}” is not a number.", text=text.strip()[:40]))
    value = sum((digits * unit for digits, unit in parts), Decimal(0))
    if value >= MOST:
        raise Refused(M("“{text}” is too large.", text=text.strip()[:40]))
    return value
