"""A file, or what was pasted, as raw tables: CSV, TSV, XLSX, XLS."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from desktopapp.exchange.encoding import encoding_of
from desktopapp.exchange.workbook import COLUMNS, REASONS, WIDE, Cell, Sheet, read_workbook
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M, Message

MEGABYTE = 1 << 20
TEXT_BYTES = 200 * MEGABYTE
BOOK_BYTES = 20 * MEGABYTE
UNPACKED_BYTES = 200 * MEGABYTE
MEMBERS = 2_000
RATIO = 200
SAMPLE = MEGABYTE
"""How much of a text is looked at to tell its separator."""
SEPARATORS = (",", ";", "\t", "|", ":")
LOOKED_AT = 20
"""How many rows are searched for the headings."""
SHORT = 40
"""The most characters a heading usually has."""
TOGETHER = 256
"""How many rows are turned into columns at once: few enough to stay in the processor's cache."""
NEAR = 0.5
"""How far below the best score the first row may be and still be the headings."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OLD_BOOKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_TABLES = frozenset((".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ""))
_TEXTS = frozenset((".csv", ".tsv", ".txt", ".tab"))
_FIGURE = re.compile(r"[\s¥￥$€£(（+-]*\d[\d.,，:/\-\s年月日TZ%万亿元)）]*")


@frozen
class RawTable:
    """The headings of one table and what stands under each, nothing interpreted yet. Empty rows are left out."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[Sequence[Cell], ...]
    numbers: Sequence[int]
    """The number a spreadsheet gives each row, for telling the owner where to look."""
    over: tuple[tuple[int, Cell], ...] = ()
    """Rows that hold more cells than there are headings, with the first such cell."""
    encoding: str = ""
    separator: str = ""
    """Empty in a workbook; with one, every cell is a text."""

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The table row by row, for a small one."""
        return list(zip(*self.columns, strict=True))


def read_file(path: Path) -> tuple[RawTable, ...]:
    """The tables of a file, in order. Raises `Refused` with what is wrong with it."""
    if path.suffix.lower() not in _TABLES:
        raise _refused_kind(path)
    start = _start(path)
    if start.startswith(_ZIP):
        _guard_zip(path)
    if start.startswith((_ZIP, _OLE, *_OLD_BOOKS)):
        _guard_size(path, BOOK_BYTES)
        return _tables(read_workbook(path))
    _guard_size(path, TEXT_BYTES)
    return (_text_table(path),)


def read_text(text: str) -> RawTable:
    """The table that was pasted, usually out of a spreadsheet."""
    plain = text.removeprefix("\ufeff")
    return _separated("", io.StringIO(plain, newline=""), plain[:SAMPLE], "")


def _no(message: Message) -> Refused:
    return Refused(message, "file")


def _refused_kind(path: Path) -> Refused:
    return _no(M("“{file}” is no table. Choose a CSV, XLSX or XLS file, and unpack a ZIP first.", file=path.name))


def _refused_encoding(path: Path) -> Refused:
    return _no(M("The characters of “{file}” cannot be made out. Save it as XLSX in Excel or WPS and choose that.",
                 file=path.name))  # fmt: skip


def _start(path: Path) -> bytes:
    """The first bytes, which tell the kind of a file better than its name."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as no:
        raise _no(M("“{file}” cannot be opened. Is it there, and closed in Excel?", file=path.name)) from no
    if not start:
        raise _empty(path.name)
    return start


def _empty(name: str) -> Refused:
    return _no(M("“{file}” is empty.", file=name) if name else M("There is nothing to take in."))


def _guard_size(path: Path, most: int) -> None:
    if path.stat().st_size > most:
        limit = most // MEGABYTE
        raise _no(M("“{file}” is larger than {most} MB. Split it, or save it as CSV.", file=path.name, most=limit))


def _guard_zip(path: Path) -> None:
    """Refuse what would burst when unpacked, by its table of contents."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as no:
        raise _no(M("“{file}” is damaged and cannot be read.", file=path.name)) from no
    unpacked = sum(each.file_size for each in members)
    if len(members) > MEMBERS or unpacked > min(UNPACKED_BYTES, RATIO * path.stat().st_size):
        raise _no(M("“{file}” unpacks to far more than a table holds, so it was not opened.", file=path.name))


def _text_table(path: Path) -> RawTable:
    content = path.read_bytes()
    encoding = encoding_of(content)
    if encoding is None:
        raise _refused_encoding(path) if path.suffix.lower() in _TEXTS else _refused_kind(path)
    sample = content[:SAMPLE].decode(encoding, "ignore")
    if sample.lstrip()[:1] == "<":
        page = M("“{file}” is a web page under another name. Open it in Excel and save it as XLSX.", file=path.name)
        raise _no(page)
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    try:
        return _separated(path.name, lines, sample, encoding.removesuffix("-sig"))
    except UnicodeDecodeError as no:
        raise _no(M("“{file}” is damaged and cannot be read.", file=path.name)) from no


def _separated(name: str, lines: Iterable[str], sample: str, encoding: str) -> RawTable:
    separator = _separator(sample)
    try:
        table = _headed(name, 1, csv.reader(lines, delimiter=separator))
    except csv.Error as no:
        raise _no(M("A quotation mark in this file is never closed, so its cells cannot be told apart.")) from no
    if table:
        return replace(table, encoding=encoding, separator=separator)
    if sample.strip():
        raise _no(M("There are no headings with rows under them here, so it is no table."))
    raise _empty(name)


def _separator(sample: str) -> str:
    """The sign that cuts most lines into the same number of cells."""
    return max(SEPARATORS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> float:
    start = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    try:
        widths = [len(row) for row in islice(start, 50) if row]
    except csv.Error:
        return 0.0
    cut = Counter(width for width in widths if width > 1)
    return max(cut.values()) / len(widths) if cut else 0.0


def _tables(sheets: tuple[Sheet, ...]) -> tuple[RawTable, ...]:
    found = [_headed(sheet.name, sheet.first, sheet.rows) for sheet in sheets]
    tables = tuple(table for table in found if table)
    if not tables:
        raise _no(M("No sheet of this workbook holds a table."))
    return tables


def _headed(name: str, first: int, rows: Iterable[Sequence[Cell]]) -> RawTable | None:
    """Rows cut at their headings; nothing where no row could be the headings, or none stands under them."""
    left = iter(rows)
    start = list(islice(left, LOOKED_AT))
    at = _heading_at(start)
    if at is None:
        return None
    heading = tuple(_text(cell) for cell in start[at])
    while heading and not heading[-1]:
        heading = heading[:-1]
    if all(not cell or _is_figure(cell) for cell in heading):
        return None
    if len(heading) > COLUMNS:
        raise _no(REASONS[WIDE])
    columns, numbers, over = _columns(chain(start[at + 1 :], left), len(heading), first + at + 1)
    return RawTable(name, heading, columns, numbers, over) if numbers else None


def _columns(
    rows: Iterator[Sequence[Cell]], width: int, first: int
) -> tuple[tuple[list[Cell], ...], list[int], tuple[tuple[int, Cell], ...]]:
    """Rows turned into columns, some at a time, so that no more rows than those are ever held."""
    columns: tuple[list[Cell], ...] = tuple([] for _ in range(width))
    numbers: list[int] = []
    over: list[tuple[int, Cell]] = []
    while some := list(islice(rows, TOGETHER)):
        counted: Sequence[int] = range(first, first + len(some))
        first += len(some)
        if set(map(len, some)) != {width} or not all(map(any, some)):
            counted = [number for number, row in zip(counted, some, strict=True) if any(row)]
            some = list(filter(any, some))
            over += [(number, row[width]) for number, row in zip(counted, some, strict=True) if any(row[width:])]
            some = [(*row[:width], *[""] * (width - len(row))) for row in some]
        numbers += counted
        for column, cells in zip(columns, zip(*some, strict=True), strict=False):
            column += cells
    return columns, numbers, tuple(over)


def _heading_at(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Where the headings stand: the first row nearly as good as the best; titles above them score low."""
    width = max((_filled(row) for row in rows), default=0)
    if not width:
        return None
    scores = [_score(row, rows[at + 1 : at + 6], width) for at, row in enumerate(rows)]
    best = max(scores)
    return next(at for at, score in enumerate(scores) if score >= best - NEAR)


def _score(row: Sequence[Cell], below: Sequence[Sequence[Cell]], width: int) -> float:
    """How much a row looks like headings: filled, in words, all different, short, with figures under them."""
    filled = [cell for cell in row if cell not in ("", None)]
    if not filled:
        return 0.0
    words = [not _is_figure(cell) for cell in filled]
    changes = sum(bool(cell) and not _is_figure(cell) and _figures_below(at, below) for at, cell in enumerate(row))
    short = sum(len(str(cell)) <= SHORT for cell in filled)
    count = len(filled)
    return 3 * count / width + 2 * sum(words) / count + len({*map(str, filled)}) / count + (short + changes / 2) / count


def _figures_below(at: int, below: Sequence[Sequence[Cell]]) -> bool:
    cells = [row[at] for row in below if at < len(row) and row[at] not in ("", None)]
    return bool(cells) and all(map(_is_figure, cells))


def _is_figure(cell: Cell) -> bool:
    return _FIGURE.fullmatch(cell) is not None if isinstance(cell, str) else cell is not None


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell not in ("", None) for cell in row)


def _text(cell: Cell) -> str:
    """A heading on one line, without space around it."""
    return "" if cell is None else " ".join(str(cell).split())
