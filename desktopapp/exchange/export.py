"""Tables out of the program, for Excel and for taking in again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from desktopapp.kernel.clean import clean
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money

_FORMULA = tuple("=+-@＝＋－＠")
_BREAKS = ("\t", "\r", "\n")


def write_csv(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table as Excel opens it by double click, all of it or none; gives the number of rows.

    Texts that a spreadsheet would run as a formula are disarmed; sums and dates stay plain figures.
    Raises `Fault` where the place cannot be written.
    """
    partial = path.with_name(path.name + ".new")
    kept = list(rows)
    try:
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file, quoting=csv.QUOTE_ALL)
            out.writerow(map(_written, heading))
            out.writerows(map(_written, row) for row in kept)
        partial.replace(path)
    except OSError as no:
        partial.unlink(missing_ok=True)
        raise Fault(M("“{file}” cannot be written. Close it in Excel or choose another place.", file=path.name)) from no
    return len(kept)


def _written(value: object) -> str:
    if isinstance(value, str):
        return guarded(clean(value))
    if isinstance(value, Money):
        return f"{value.in_yuan:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what it would run."""
    return f"'{text}" if _is_risky(text) else text


def unguarded(text: str) -> str:
    """The text before it was guarded."""
    return text[1:] if text.startswith("'") and _is_risky(text) else text


def _is_risky(text: str) -> bool:
    """Whether its first visible character begins a formula; apostrophes do not count, so guarding can be undone."""
    return text.lstrip("'").startswith(_BREAKS) or text.lstrip("' \u00a0\u3000").startswith(_FORMULA)
