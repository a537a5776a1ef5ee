"""A workbook to bare rows, in a process of its own: a hostile file can only end that process.

The answer is JSON, a line for some rows at a time, so that neither side ever holds the whole of it twice.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, Any

from desktopapp.exchange.child import answering
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

SECONDS = 60
MEMORY = 1 << 30
COLUMNS = 200
MEMBERS, UNPACKED_BYTES, RATIO = 2_000, 200 << 20, 200
"""The most parts of a workbook, what they may unpack to, and how many bytes one packed byte may become."""
TOGETHER = 256
"""How many rows a line of the answer holds."""
MERGED = 2_000
"""How many merged ranges are told of: far more than headings have."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What a workbook with a password calls the rest of itself."""
PASSWORD, WIDE, HIDDEN, UNREADABLE, BURSTS = "password", "wide", "hidden", "unreadable", "bursts"

REASONS: dict[str, Message] = {
    PASSWORD: M("This workbook has a password. Take the password off in Excel or WPS, save it, and choose it again."),
    WIDE: M("This file has more than {most} columns, so it is not a table that can be taken in.", most=COLUMNS),
    HIDDEN: M("This sheet is hidden. Show it in Excel or WPS if it is to be taken in."),
    UNREADABLE: M("This workbook cannot be read: it is damaged, or no workbook at all. Save it again as XLSX or CSV."),
    BURSTS: M("This workbook unpacks to far more than a table holds, so it was not opened."),
}
"""Why a workbook or a sheet of it was not read, by the key its reader answers with."""

Cell = str | int | float | bool | date | None
"""What a cell may hold; a moment is a `datetime`, which is a date too."""
Merged = tuple[int, int, int, int]
"""First and last row, first and last column of cells made one, counted from the first row and column of the sheet."""


@frozen
class Sheet:
    """One sheet that holds something."""

    name: str
    first: int = 1
    """The number its first row has in the workbook."""
    merged: tuple[Merged, ...] = ()
    rows: Iterable[list[Cell]] = ()
    """To be gone through once, before the next sheet is asked for."""
    why: str = ""
    """The key of why it was left unread."""
    is_whole: bool = True
    """Whether these are all of its rows."""


def read_workbook(content: bytes, most: int | None = None) -> Generator[Sheet, None, None]:
    """The sheets of a workbook that hold something, one after the other. Raises `Refused`.

    Of each no more than the first `most` rows are told, where that is given.
    """
    with _reader(content, most) as lines:
        line = _next(lines)
        while "end" not in line:
            rows = _rows(lines)
            merged = tuple(map(tuple, line["merged"]))
            is_whole = most is None or line["height"] <= most
            yield Sheet(line["name"], line["first"], merged, rows, line["why"], is_whole)
            for _ in rows:
                pass
            line = _next(lines)


def _rows(lines: Iterator[Any]) -> Iterator[list[Cell]]:
    while some := _next(lines):
        yield from some


def _next(lines: Iterator[Any]) -> Any:
    """The next line of the answer. Raises `Refused` where it says so, or where it ends before its end."""
    line = next(lines, None)
    if line is None:
        raise Refused(REASONS[UNREADABLE], "file")
    if "refused" in line:
        raise Refused(REASONS.get(line["refused"], REASONS[UNREADABLE]), "file")
    return line


@contextmanager
def _reader(content: bytes, most: int | None) -> Iterator[Iterator[Any]]:
    try:
        with answering("workbook", *([] if most is None else [str(most)]), given=content, seconds=SECONDS) as told:
            yield _lines(told)
    except OSError as failed:
        raise Refused(REASONS[UNREADABLE], "file") from failed


def _lines(told: IO[bytes]) -> Iterator[Any]:
    with suppress(ValueError):
        for line in told:
            yield json.loads(line, object_hook=_dated)


def answer(arguments: Sequence[str], given: IO[bytes], out: IO[bytes]) -> None:
    """Read the workbook that is given; an argument says how many rows of each sheet are enough."""
    _answer(given.read(), out, int(arguments[0]) if arguments else None)


def _answer(content: bytes, out: IO[bytes], most: int | None) -> None:
    """The sheets, or the key of why not. calamine first; xlrd for the old kinds it does not know."""
    if why := _bursts(content):
        out.write(json.dumps({"refused": why}).encode() + b"\n")
        return
    for reader in (_by_calamine, _by_xlrd):
        told = False
        with suppress(BaseException):  # calamine's panics are no Exception; whatever happens, the next one has a try
            for line in reader(content, most):
                out.write(json.dumps(line, default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                told = True
            return
        if told:
            return  # what it read is not to be mixed with what the next one would read


def _bursts(content: bytes) -> str:
    """Why a workbook is not to be unpacked, by its table of contents."""
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return UNREADABLE
    unpacked = sum(each.file_size for each in members)
    return BURSTS if len(members) > MEMBERS or unpacked > min(UNPACKED_BYTES, RATIO * len(content)) else ""


Lines = Iterator[Any]
"""An object for each sheet, the rows of it in lists, an empty list where they end; at last an object with an end."""


def _by_calamine(content: bytes, most: int | None) -> Lines:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        if _LOCKED in content:
            raise PasswordError
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        yield {"refused": PASSWORD}
        return
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.start is None:
            continue
        row, column = sheet.start
        why = HIDDEN if about.visible != SheetVisibleEnum.Visible else WIDE if sheet.width > COLUMNS else ""
        ranges = sheet.merged_cell_ranges or []
        merged = [[top - row, bottom - row, left - column, right - column] for (top, left), (bottom, right) in ranges]
        rows = islice(sheet.iter_rows(), row, None if most is None else row + most)
        yield from _told(about.name, row + 1, merged, rows, why, sheet.height)
    yield {"end": True}


def _by_xlrd(content: bytes, most: int | None) -> Lines:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except xlrd.XLRDError as no:
        yield {"refused": PASSWORD if "encrypted" in str(no) else UNREADABLE}
        return
    for sheet in book.sheets():
        if not sheet.nrows:
            continue
        why = HIDDEN if sheet.visibility else WIDE if sheet.ncols > COLUMNS else ""
        wanted = range(sheet.nrows)[:most]
        rows = ([_from_xlrd(cell, book.datemode) for cell in sheet.row(at)] for at in wanted)
        yield from _told(sheet.name, 1, [], rows, why, sheet.nrows)
    yield {"end": True}


def _told(
    name: str, first: int, merged: list[list[int]], rows: Iterable[list[Any]], why: str, height: int
) -> Lines:
    yield {"name": name, "first": first, "merged": merged[:MERGED], "why": why, "height": height}
    left = iter(() if why else rows)
    while some := list(islice(left, TOGETHER)):
        yield [[cell if type(cell) is str else _cell(cell) for cell in row] for row in some]
    yield []


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

