"""Cells on the clipboard, as Excel and WPS put them there and take them: tabs between, a line a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from desktopapp.exchange.export import unguarded, written


def tabbed(rows: Iterable[Sequence[object]]) -> str:
    """Rows as a spreadsheet takes them; what it would run as a formula is disarmed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(map(written, row) for row in rows)
    return out.getvalue()


def untabbed(text: str) -> list[list[str]]:
    """The cells of what was copied, a guard taken off each. A quotation mark that is never closed is just a mark."""
    plain = text.removeprefix("\ufeff")
    try:
        rows = list(csv.reader(io.StringIO(plain, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in plain.splitlines()]
    return [[unguarded(cell) for cell in row] for row in rows if row]
