"""A file, or what was pasted, as raw tables: CSV, TSV, XLSX, XLS."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from desktopapp.exchange.encoding import encoding_of
from desktopapp.exchange.regions import AS_SEEN, Cut, RawTable, tables
from desktopapp.exchange.sources import MEGABYTE, TABLES, TEXTS, Skipped, Source, content
from desktopapp.exchange.workbook import HIDDEN, REASONS, read_workbook
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M, Message

BOOK_BYTES = 20 * MEGABYTE
UNPACKED_BYTES = 200 * MEGABYTE
MEMBERS = 2_000
RATIO = 200
SAMPLE = MEGABYTE
"""How much of a text is looked at to tell its separator."""
SEPARATORS = (",", ";", "\t", "|", ":")

_FORMULA = re.compile(r'^="([^"]*)"\s*$')
"""How programs write digits that a spreadsheet is to leave alone."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OLD_BOOKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")


@frozen
class Read:
    """What a file holds."""

    tables: tuple[RawTable, ...]
    skipped: tuple[Skipped, ...] = ()
    """Sheets that are no tables, with the reason."""


def read_file(path: Path) -> tuple[RawTable, ...]:
    """The tables of a file, in order. Raises `Refused` with what is wrong with it."""
    source = Source(path)
    if source.suffix not in TABLES:
        raise _refused_kind(source)
    found = read_source(source, content(source))
    if not found.tables:
        hidden = next((each.why for each in found.skipped if each.why != NO_TABLE), None)
        raise _no(hidden or M("No sheet of this workbook holds a table."))
    return found.tables


NO_TABLE = M("There are no headings with rows under them here, so it is no table.")


def read_source(source: Source, held: bytes, cut: Cut = AS_SEEN, most: int | None = None) -> Read:
    """The tables of a file whose bytes are at hand. Raises `Refused` with what is wrong with it.

    No more than the first `most` lines of a text, or rows of a sheet, are read where that is given.
    """
    if not held:
        raise _empty(source.name)
    if held.startswith(_ZIP):
        _guard_zip(source, held)
    if held.startswith((_ZIP, _OLE, *_OLD_BOOKS)):
        if len(held) > BOOK_BYTES:
            raise _too_large(source, BOOK_BYTES)
        return _book(held, cut, most)
    return Read(_text_tables(source, held, cut, most))


def read_text(text: str) -> RawTable:
    """The table that was pasted, usually out of a spreadsheet."""
    plain = text.removeprefix("\ufeff")
    return _separated("", io.StringIO(plain, newline=""), plain[:SAMPLE], "", AS_SEEN)[0]


def _no(message: Message) -> Refused:
    return Refused(message, "file")


def _refused_kind(source: Source) -> Refused:
    return _no(M("“{file}” is no table. Choose a CSV, XLSX or XLS file, and unpack a ZIP first.", file=source.name))


def _refused_encoding(source: Source) -> Refused:
    return _no(M("The characters of “{file}” cannot be made out. Save it as XLSX in Excel or WPS and choose that.",
                 file=source.name))  # fmt: skip


def _too_large(source: Source, most: int) -> Refused:
    limit = most // MEGABYTE
    return _no(M("“{file}” is larger than {most} MB. Split it, or save it as CSV.", file=source.name, most=limit))


def _empty(name: str) -> Refused:
    return _no(M("“{file}” is empty.", file=name) if name else M("There is nothing to take in."))


def _guard_zip(source: Source, held: bytes) -> None:
    """Refuse what would burst when unpacked, by its table of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as no:
        raise _no(M("“{file}” is damaged and cannot be read.", file=source.name)) from no
    unpacked = sum(each.file_size for each in members)
    if len(members) > MEMBERS or unpacked > min(UNPACKED_BYTES, RATIO * len(held)):
        raise _no(M("“{file}” unpacks to far more than a table holds, so it was not opened.", file=source.name))


def _book(held: bytes, cut: Cut, most: int | None) -> Read:
    found: list[RawTable] = []
    skipped = []
    with closing(read_workbook(held, most)) as sheets:
        for sheet in sheets:
            if sheet.why:
                skipped.append(Skipped(sheet.name, REASONS.get(sheet.why, REASONS[HIDDEN])))
                continue
            seen = tables(sheet.name, sheet.first, sheet.rows, sheet.merged, cut)
            found += (replace(each, is_whole=sheet.is_whole) for each in seen)
            if not seen:
                skipped.append(Skipped(sheet.name, NO_TABLE))
    return Read(tuple(found), tuple(skipped))


def _text_tables(source: Source, held: bytes, cut: Cut, most: int | None) -> tuple[RawTable, ...]:
    encoding = cut.encoding or encoding_of(held)
    if encoding is None:
        raise _refused_encoding(source) if source.suffix in TEXTS else _refused_kind(source)
    sample = held[:SAMPLE].decode(encoding, "ignore")
    if sample.lstrip()[:1] == "<":
        page = M("“{file}” is a web page under another name. Open it in Excel and save it as XLSX.", file=source.name)
        raise _no(page)
    errors = "strict" if cut.encoding is None else "replace"  # the owner sees what becomes of it
    lines = io.TextIOWrapper(io.BytesIO(held), encoding, errors, newline="")
    try:
        return _separated(source.name, lines, sample, encoding.removesuffix("-sig"), cut, most)
    except UnicodeDecodeError as no:
        raise _no(M("“{file}” is damaged and cannot be read.", file=source.name)) from no


def _separated(
    name: str, lines: Iterable[str], sample: str, encoding: str, cut: Cut, most: int | None = None
) -> tuple[RawTable, ...]:
    separator = cut.separator or _separator(sample)
    reader: Iterator[list[str]] = csv.reader(lines, delimiter=separator)
    if '="' in sample:
        reader = ([_FORMULA.sub(r"\1", cell) for cell in row] for row in reader)
    try:
        found = tables(name, 1, islice(reader, most), (), cut)
        is_whole = next(reader, None) is None
    except csv.Error as no:
        raise _no(M("A quotation mark in this file is never closed, so its cells cannot be told apart.")) from no
    if found:
        return tuple(replace(each, encoding=encoding, separator=separator, is_whole=is_whole) for each in found)
    if sample.strip():
        raise _no(NO_TABLE)
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
