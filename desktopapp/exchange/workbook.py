"""A workbook to bare rows, in a process of its own: a hostile file can only end that process.

Run as `python -m desktopapp.exchange.workbook FILE`; the packed program starts itself with
`FLAG`, which its two `__main__` files look for before anything else. The answer is JSON on the
standard output: what comes out of a process that has read a stranger's file must not be able
to do anything here.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

FLAG = "--read-workbook"
"""The argument that makes the packed program read a workbook and end."""
SECONDS = 60
MEMORY = 1 << 30
COLUMNS = 200
PASSWORD, WIDE, UNREADABLE = "password", "wide", "unreadable"

REASONS: dict[str, Message] = {
    PASSWORD: M("This workbook has a password. Take the password off in Excel or WPS, save it, and choose it again."),
    WIDE: M("This file has more than {most} columns, so it is not a table that can be taken in.", most=COLUMNS),
    UNREADABLE: M("This workbook cannot be read: it is damaged, or no workbook at all. Save it again as XLSX or CSV."),
}
"""Why a workbook was not read, by the key its reader answers with."""

Cell = str | int | float | bool | date | None
"""What a cell may hold; a moment is a `datetime`, which is a date too."""


@frozen
class Sheet:
    """One visible sheet: its rows, and the number the first of them has in the workbook."""

    name: str
    first: int
    rows: list[list[Cell]]


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook that hold something. Raises `Refused`."""
    try:
        answer = _asked(path)
    except (OSError, subprocess.SubprocessError, ValueError) as failed:
        raise Refused(REASONS[UNREADABLE], "file") from failed
    if reason := answer.get("refused"):
        raise Refused(REASONS[reason], "file")
    return tuple(Sheet(**sheet) for sheet in answer["sheets"])


def _asked(path: Path) -> dict[str, Any]:
    root = Path(__file__).resolve().parents[2]
    packed = getattr(sys, "frozen", False)
    command = [sys.executable, FLAG] if packed else [sys.executable, "-m", "desktopapp.exchange.workbook"]
    done = subprocess.run(
        [*command, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=True,
        cwd=None if packed else root,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    answer: dict[str, Any] = json.loads(done.stdout, object_hook=_dated)
    return answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file named last and answer on the standard output."""
    _limit()
    path = (sys.argv if arguments is None else arguments)[-1]
    answer = json.dumps(_answer(path), default=_plain, ensure_ascii=False, separators=(",", ":"))
    with open(1, "wb", closefd=False) as out:  # sys.stdout is missing in a packed program without a console
        out.write(answer.encode())
    return 0


def _limit() -> None:
    """Take no more memory and time than a table of the owner's can need; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _answer(path: str) -> dict[str, object]:
    """The sheets, or the key of why not. calamine first; xlrd for the old kinds it does not know."""
    for reader in (_by_calamine, _by_xlrd):
        with suppress(BaseException):  # calamine's panics are no Exception; whatever happens, the next one has a try
            return _sheets(reader(path))
    return {"refused": UNREADABLE}


Found = Iterator[tuple[str, int, int | None, Callable[[], list[list[Any]]]]]
"""Name, first row, width and the way to the rows of each sheet; no width where a password stands before them."""


def _sheets(found: Found) -> dict[str, object]:
    sheets = []
    for name, first, width, rows in found:
        if width is None:
            return {"refused": PASSWORD}
        if width > COLUMNS:
            return {"refused": WIDE}
        sheets.append({"name": name, "first": first, "rows": [[_cell(cell) for cell in row] for row in rows()]})
    return {"sheets": sheets}


def _by_calamine(path: str) -> Found:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError:
        yield "", 0, None, list
        return
    for about in book.sheets_metadata:
        if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.start is not None:
            yield about.name, sheet.start[0] + 1, sheet.width, sheet.to_python


def _by_xlrd(path: str) -> Found:
    import xlrd

    book = xlrd.open_workbook(path, logfile=io.StringIO())
    for sheet in book.sheets():
        if sheet.nrows and not sheet.visibility:
            rows = [[_from_xlrd(cell, book.datemode) for cell in sheet.row(at)] for at in range(sheet.nrows)]
            yield sheet.name, 1, sheet.ncols, rows.copy


def _from_xlrd(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return "" if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_BLANK) else cell.value


def _cell(value: Any) -> Any:
    """Whole numbers lose the fraction Excel gives them; a day at midnight is a day."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def _plain(value: object) -> object:
    """A day or a moment in JSON."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(type(value).__name__)


def _dated(found: dict[str, Any]) -> Any:
    if "day" in found:
        return date.fromisoformat(found["day"])
    return datetime.fromisoformat(found["moment"]) if "moment" in found else found


if __name__ == "__main__":
    sys.exit(main())
