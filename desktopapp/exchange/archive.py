"""What an archive holds, and the bytes of one of its files, read in a process of its own.

Nothing of it is ever written to the disk: a file in it is unpacked into memory where it is needed, and only where its
place, its size and its rate of packing are those of a table.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from desktopapp.exchange.encoding import encoding_of

SECONDS = 120
MEMORY = 2 << 30
MEGABYTE = 1 << 20
TEXT_BYTES = 200 * MEGABYTE
"""The most bytes of one text file."""
WHOLE_BYTES = 600 * MEGABYTE
"""The most bytes all tables of an archive may unpack to."""
RATIO = 200
"""How many bytes one packed byte may become."""
PLAIN_BYTES = MEGABYTE
"""Up to so many bytes nobody minds how well they were packed."""
MEMBERS = 20_000
DEPTH = 6
"""How deep folders are looked into."""
TABLES = frozenset((".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ""))
ARCHIVES = frozenset((".zip",))
OTHER_ARCHIVES = frozenset((".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"))
OUTSIDE, LOCKED, BURSTS, PACKED, NO_TABLE = "outside", "locked", "bursts", "packed", "no_table"
MANY, EMPTY, DAMAGED = "many", "empty", "damaged"
"""Why something of an archive is left aside."""

_BOOKS = ("[Content_Types].xml", "xl/", "mimetype")
"""What the archives begin with that are workbooks, whatever they are called."""
_UTF8, _LOCKED = 0x800, 0x1
_CORRUPT = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error)

Found = tuple[list[tuple[tuple[str, ...], str]], list[tuple[str, str]]]
"""The way to each table and its place in readable letters; what is left aside, with why."""


def answer(_arguments: Sequence[str], given: IO[bytes], out: IO[bytes]) -> None:
    """What the archive holds, or the bytes of the file in it that is named, after a line of JSON."""
    asked: dict[str, Any] = json.loads(given.read())
    path, inside = Path(asked["path"]), tuple(asked["inside"])
    if not inside:
        found, left = _members(path, (), path.name)
        out.write(json.dumps({"found": found, "left": left}).encode())
        return
    try:
        with _archive(path, inside[:-1]) as packed:
            content = _unpacked(packed, inside[-1])
    except _CORRUPT:
        out.write(json.dumps({"why": DAMAGED}).encode() + b"\n")
        return
    out.write(json.dumps({"size": len(content)}).encode() + b"\n")
    out.write(content)


def why_no_table(suffix: str) -> str:
    """Why a file is none by the end of its name; what is inside shows when it is read."""
    return PACKED if suffix in OTHER_ARCHIVES else "" if suffix in TABLES else NO_TABLE


def is_seen(parts: Sequence[str]) -> bool:
    """Whether a place is neither hidden nor too deep, and no lock of an open workbook."""
    hidden = (part.startswith((".", "~$", "__MACOSX")) for part in parts if part != "..")
    return len(parts) <= DEPTH and not any(hidden)


def suffix_of(name: str) -> str:
    """The end of a name, in small letters."""
    return PurePosixPath(name).suffix.lower()


def _judged(inside: tuple[str, ...], shown: str) -> Found:
    if why := why_no_table(suffix_of(shown)):
        return [], [(PurePosixPath(shown).name, why)]
    return [(inside, shown)], []


def _members(path: Path, inside: tuple[str, ...], name: str) -> Found:
    """The tables of an archive, and of the archives in it."""
    try:
        with _archive(path, inside) as packed:
            members = [each for each in packed.infolist() if not each.is_dir()]
            if any(each.filename.startswith(_BOOKS) for each in members[:3]):
                return [], [(name, NO_TABLE)]
    except _CORRUPT:
        return [], [(name, DAMAGED)]
    if len(members) > MEMBERS:
        return [], [(name, MANY)]
    found: list[tuple[tuple[str, ...], str]] = []
    skipped: list[tuple[str, str]] = []
    room = WHOLE_BYTES
    for member in members:
        shown = _readable(member)
        way, bare = (*inside, member.filename), PurePosixPath(shown).name
        if not is_seen(PurePosixPath(shown).parts):
            continue
        if suffix_of(shown) in ARCHIVES and not inside and not _why_not(member, shown, room):
            tables, left = _members(path, way, bare)
        else:
            tables, left = _judged(way, shown)
        if tables and (why := _why_not(member, shown, room)):
            tables, left = [], [(bare, why)]
        room -= member.file_size if tables else 0
        found += tables
        skipped += left
    if not members:
        skipped.append((name, EMPTY))
    return found, skipped


def _why_not(member: zipfile.ZipInfo, shown: str, room: int) -> str:
    """Why a member of an archive is not to be unpacked."""
    parts = PurePosixPath(shown.replace("\\", "/")).parts
    if shown.startswith(("/", "\\")) or ".." in parts or any(":" in part for part in parts):
        return OUTSIDE
    if member.flag_bits & _LOCKED:
        return LOCKED
    if member.file_size > max(PLAIN_BYTES, RATIO * member.compress_size) or member.file_size > min(TEXT_BYTES, room):
        return BURSTS
    return ""


def _readable(member: zipfile.ZipInfo) -> str:
    """The name of a member: archives made on Chinese Windows write it in the encoding of that."""
    if member.flag_bits & _UTF8:
        return member.filename
    with suppress(UnicodeError):
        written = member.filename.encode("cp437")
        return written.decode(encoding_of(written) or "cp437")
    return member.filename


@contextmanager
def _archive(path: Path, inside: tuple[str, ...]) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(path) as outer:
        if not inside:
            yield outer
            return
        with zipfile.ZipFile(io.BytesIO(_unpacked(outer, inside[0]))) as inner:
            yield inner


def _unpacked(packed: zipfile.ZipFile, name: str) -> bytes:
    """A member, but not one byte more than it said it had."""
    member = packed.getinfo(name)
    with packed.open(member) as file:
        content = file.read(member.file_size + 1)
    if len(content) > member.file_size:
        raise ValueError(name)
    return content
