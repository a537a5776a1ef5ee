"""Tables out of the program, for Excel and for taking in again."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktopapp.kernel.clean import clean
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share

_FORMULA = tuple("=+-@＝＋－＠")
_BREAKS = ("\t", "\r", "\n")
MOST_ROWS = 1_048_575
"""Rows a sheet of Excel's holds below its headings."""
LONGEST = 32_767
"""Characters a cell of Excel's holds."""
_FIRST = date(1900, 3, 1)
"""The first day all spreadsheets count alike."""
_NAME = re.compile(r"[\[\]:*?/\\']")
_SUM, _DAY, _MOMENT, _SHARE = "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0.00%"


def write_csv(
    path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "utf-8-sig"
) -> int:
    """Write a table as Excel opens it by double click, all of it or none; gives the number of rows.

    Texts that a spreadsheet would run as a formula are disarmed; sums and dates stay plain figures.
    Raises `Fault` where the place cannot be written.
    """
    count = 0
    with whole_place(path) as partial, partial.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(map(written, heading))
        for row in rows:
            out.writerow(map(written, row))
            count += 1
    return count


def write_xlsx(
    path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]], *, name: str = "", widths: Sequence[int] = ()
) -> int:
    """Write a workbook, all of it or none; gives the number of rows.

    Texts are texts whatever they begin with; sums, numbers, shares and dates are figures in a format.
    The headings stay in sight and can be filtered by. `widths` are in characters.
    """
    from xlsxwriter import Workbook  # here, because nothing else of the program needs it
    from xlsxwriter.exceptions import FileCreateError

    with whole_place(path) as partial, partial.open("wb") as file:
        options = {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": _DAY}
        try:
            with Workbook(file, options) as book:
                sheet = book.add_worksheet(_NAME.sub(" ", name)[:31].strip() or None)
                for at, width in enumerate(widths):
                    sheet.set_column(at, at, width)
                strong = book.add_format({"bold": True, "bottom": 1})
                for at, words in enumerate(heading):
                    sheet.write_string(0, at, clean(words), strong)
                sheet.freeze_panes(1, 0)
                count = _fill(_writer(book, sheet), rows)
                sheet.autofilter(0, 0, count, max(len(heading) - 1, 0))
        except FileCreateError as no:
            raise OSError(*no.args) from no
    return count


def _fill(write: Callable[[int, int, object], object], rows: Iterable[Sequence[object]]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Refused(M("A sheet of Excel holds {most} rows. Narrow the list, or choose CSV.", most=MOST_ROWS))
        for at, value in enumerate(row):
            write(count, at, value)
    return count


def _writer(book: Any, sheet: Any) -> Callable[[int, int, object], object]:
    """Writes a cell as what its value is."""
    formats = {name: book.add_format({"num_format": name}) for name in (_SUM, _DAY, _MOMENT, _SHARE)}
    quoted = book.add_format({"quote_prefix": True})

    def write(row: int, at: int, value: object) -> object:
        if value is None or value == "":
            return None
        if isinstance(value, Money):
            return sheet.write_number(row, at, value.fen / 100, formats[_SUM])
        if isinstance(value, Share):
            return sheet.write_number(row, at, float(value), formats[_SHARE])
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return sheet.write_number(row, at, float(value))
        if isinstance(value, datetime) and value.date() >= _FIRST:
            return sheet.write_datetime(row, at, value.replace(tzinfo=None), formats[_MOMENT])
        if isinstance(value, date) and value >= _FIRST:
            return sheet.write_datetime(row, at, value, formats[_DAY])
        text = clean(value if isinstance(value, str) else str(value))[:LONGEST]
        text = text if unguarded(text) == text else f"'{text}"  # what looks guarded would lose its own apostrophe
        return sheet.write_string(row, at, text, quoted if _is_risky(text) else None)

    return write


@contextmanager
def whole_place(path: Path) -> Iterator[Path]:
    """A place to write a file to that takes the file's place once it is whole."""
    partial = path.with_name(path.name + ".new")
    try:
        yield partial
        partial.replace(path)
    except OSError as no:
        raise Fault(M("“{file}” cannot be written. Close it in Excel or choose another place.", file=path.name)) from no
    finally:
        partial.unlink(missing_ok=True)


def written(value: object) -> str:
    """A value as a text file of cells holds it: figures plain, and no text that would run as a formula."""
    if isinstance(value, str):
        return guarded(clean(value))
    if isinstance(value, Money):
        return f"{value.in_yuan:.2f}"
    if isinstance(value, Share):
        return f"{(value * 100).normalize():f}%"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
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
