"""A file, or what was pasted, as raw tables: CSV, TSV, XLSX, XLS."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from itertools import islice
from pathlib import Path

from desktopapp.exchange import separated
from desktopapp.exchange.archive import MEGABYTE, TABLES
from desktopapp.exchange.regions import AS_SEEN, Cut, RawTable, tables
from desktopapp.exchange.separated import Damaged, cells, made_out, separator_of
from desktopapp.exchange.sources import TEXTS, Skipped, Source, content
from desktopapp.exchange.workbook import HIDDEN, REASONS, read_workbook
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M, Message

BOOK_BYTES = 20 * MEGABYTE

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
    if held.startswith((_ZIP, _OLE, *_OLD_BOOKS)):
        if len(held) > BOOK_BYTES:
            raise _too_large(source, BOOK_BYTES)
        return _book(held, cut, most)
    return Read(_text_tables(source, held, cut, most))


def read_text(text: str) -> RawTable:
    """The table that was pasted, usually out of a spreadsheet: the owner's own text, so it is read right here."""
    plain = text.removeprefix("\ufeff")
    sample = plain[: separated.SAMPLE]
    separator = separator_of(sample)
    try:
        found = tables("", 1, cells(io.StringIO(plain, newline=""), sample, separator), (), AS_SEEN)
    except csv.Error as no:
        raise _no(separated.OPEN_QUOTE) from no
    told = (replace(each, separator=separator) for each in found)
    return _some(tuple(told), "", is_blank=not sample.strip())[0]


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
    more = None if most is None else most + 1
    with made_out(held, encoding=cut.encoding, separator=cut.separator, most=more) as text:
        if text.why == separated.FOREIGN:
            raise _refused_encoding(source) if source.suffix in TEXTS else _refused_kind(source)
        if text.why == separated.PAGE:
            raise _no(M("“{file}” is a web page under another name. Open it in Excel and save it as XLSX.",
                        file=source.name))  # fmt: skip
        try:
            found = tables(source.name, 1, islice(text.rows, most), (), cut)
            is_whole = next(text.rows, None) is None
        except Damaged as no:
            raise _no(M("“{file}” is damaged and cannot be read.", file=source.name)) from no
    encoding = text.encoding.removesuffix("-sig")
    told = (replace(each, encoding=encoding, separator=text.separator, is_whole=is_whole) for each in found)
    return _some(tuple(told), source.name, is_blank=text.is_blank)


def _some(found: tuple[RawTable, ...], name: str, *, is_blank: bool) -> tuple[RawTable, ...]:
    """The tables there are. Raises `Refused` where there are none."""
    if found:
        return found
    raise _empty(name) if is_blank else _no(NO_TABLE)
