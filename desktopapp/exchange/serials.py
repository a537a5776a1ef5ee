"""Digits that are a name and no figure: numbers of records, of people, of phones, as spreadsheets spoil them.

A spreadsheet that takes them for figures writes 1562.0 and 1.38E+10. What can be told from that is put
right; of a long number only the first digits are left, which several records may share, so it is none.
Digits and letters typed wide (Ｄ－０１) are the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

LONGEST = 15
"""The most digits of a number that a spreadsheet keeps."""
_WHOLE = re.compile(r"(\d+)\.0+")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_MARKS = (".0", "E+", "e+")


def unspoiled(cells: Sequence[str], *, is_key: bool = True) -> tuple[Sequence[str], str]:
    """The cells as they were before, and the first that could not be put right, which is empty where it is a key."""
    together = "\n".join(cells)
    if not together.isascii():
        cells = [cell if cell.isascii() else unicodedata.normalize("NFKC", cell) for cell in cells]
        together = "\n".join(cells)
    if not any(mark in together for mark in _MARKS):
        return cells, ""
    filled = {cell for cell in cells if cell}
    if all(map(_WHOLE.fullmatch, filled)):
        known = {cell: cell.partition(".")[0] for cell in filled}
        known = {cell: whole if len(whole) <= LONGEST else cell for cell, whole in known.items()}
    else:
        known = {cell: _exact(cell) for cell in filled if _POWER.fullmatch(cell)}
    lost = {cell for cell, whole in known.items() if whole == cell}
    said = {cell: "" if cell in lost and is_key else whole for cell, whole in known.items()}
    return [said.get(cell, cell) for cell in cells], next((cell for cell in cells if cell in lost), "")


def _exact(cell: str) -> str:
    """The digits behind a number written by its power of ten; the cell itself where some of them are gone."""
    value = Decimal(cell)
    digits = value.as_tuple()
    is_whole = isinstance(digits.exponent, int) and digits.exponent <= 0 and len(digits.digits) <= LONGEST
    return f"{value:f}" if is_whole and value == value.to_integral_value() else cell
