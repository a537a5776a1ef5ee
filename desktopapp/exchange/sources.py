"""What was chosen or dropped, as single files: folders and archives opened, everything else said why not.

Nothing of an archive is ever written to the disk: a member is read into memory where it is needed, and
only where its place, its size and its rate of packing are those of a table.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from desktopapp.exchange.encoding import encoding_of
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

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
FILES, DEPTH = 2_000, 6
"""The most files of a folder, and how deep it is looked into."""
TABLES = frozenset((".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ""))
TEXTS = frozenset((".csv", ".tsv", ".txt", ".tab"))
_ARCHIVES = frozenset((".zip",))
_OTHER_ARCHIVES = frozenset((".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"))
_BOOKS = ("[Content_Types].xml", "xl/", "mimetype")
"""What the archives begin with that are workbooks."""
_UTF8, _LOCKED = 0x800, 0x1
_CORRUPT = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error)

EMPTY = M("There is no table in it.")
DAMAGED = M("It is damaged and cannot be read.")


@frozen
class Source:
    """One file that may hold tables, on the disk or inside archives."""

    path: Path
    inside: tuple[str, ...] = ()
    """The way through archives to it, as these spell it; nothing where it lies on the disk."""
    shown: str = ""
    """Its place inside the archive, in readable letters."""

    @property
    def name(self) -> str:
        """Its bare name."""
        return PurePosixPath(self.shown).name if self.inside else self.path.name

    @property
    def suffix(self) -> str:
        """The end of its name, in small letters."""
        return PurePosixPath(self.name).suffix.lower()


@frozen
class Skipped:
    """Something that is not taken in, and why."""

    name: str
    why: Message


Gathered = tuple[tuple[Source, ...], tuple[Skipped, ...]]


def gathered(paths: Iterable[Path]) -> Gathered:
    """Every file among these paths that may hold tables, and what is left aside with the reason."""
    found: list[Source] = []
    skipped: list[Skipped] = []
    for path in paths:
        for each in _files(path):
            sources, left = _opened(each)
            found += sources
            skipped += left
    return tuple(dict.fromkeys(found)), tuple(skipped)


def _files(path: Path) -> list[Path]:
    """The files of a folder in their order, or the file itself; nothing hidden and no lock of an open workbook."""
    if not path.is_dir():
        return [path]
    found = [each for each in sorted(path.rglob("*")) if each.is_file() and _is_seen(each.relative_to(path).parts)]
    if len(found) > FILES:
        raise Refused(M("The folder “{name}” holds more than {most} files.", name=path.name, most=FILES), "file")
    return found


def _is_seen(parts: Sequence[str]) -> bool:
    hidden = (part.startswith((".", "~$", "__MACOSX")) for part in parts if part != "..")
    return len(parts) <= DEPTH and not any(hidden)


def _opened(path: Path) -> Gathered:
    if path.suffix.lower() in _ARCHIVES:
        return _members(path, (), path.name)
    return _judged(Source(path))


def _judged(source: Source) -> Gathered:
    """A file by its name alone; what is inside shows when it is read."""
    if source.suffix in _OTHER_ARCHIVES:
        return (), (Skipped(source.name, M("Unpack this archive first; only ZIP files are opened here.")),)
    if source.suffix not in TABLES:
        return (), (Skipped(source.name, M("Not a table: only CSV, XLSX and XLS files, or ZIP files of such.")),)
    return (source,), ()


def _members(path: Path, inside: tuple[str, ...], name: str) -> Gathered:
    """The tables of an archive, and of the archives in it."""
    try:
        with _archive(path, inside) as packed:
            members = [each for each in packed.infolist() if not each.is_dir()]
            if any(each.filename.startswith(_BOOKS) for each in members[:3]):
                return _judged(Source(path, inside, inside[-1] if inside else ""))
    except _CORRUPT:
        return (), (Skipped(name, DAMAGED),)
    if len(members) > MEMBERS:
        return (), (Skipped(name, M("It holds more than {most} files.", most=MEMBERS)),)
    found: list[Source] = []
    skipped: list[Skipped] = []
    room = WHOLE_BYTES
    for member in members:
        shown = _readable(member)
        source = Source(path, (*inside, member.filename), shown)
        if not _is_seen(PurePosixPath(shown).parts):
            continue
        if source.suffix in _ARCHIVES and not inside and not _why_not(member, shown, room):
            sources, left = _members(path, source.inside, source.name)
        else:
            sources, left = _judged(source)
        if sources and (why := _why_not(member, shown, room)):
            sources, left = (), (Skipped(source.name, why),)
        room -= member.file_size if sources else 0
        found += sources
        skipped += left
    if not members:
        skipped.append(Skipped(name, EMPTY))
    return tuple(found), tuple(skipped)


def _why_not(member: zipfile.ZipInfo, shown: str, room: int) -> Message | None:
    """Why a member of an archive is not to be unpacked."""
    parts = PurePosixPath(shown.replace("\\", "/")).parts
    if shown.startswith(("/", "\\")) or ".." in parts or any(":" in part for part in parts):
        return M("Its place in the archive points outside of it, so it was not unpacked.")
    if member.flag_bits & _LOCKED:
        return M("It has a password. Unpack it first.")
    if member.file_size > max(PLAIN_BYTES, RATIO * member.compress_size) or member.file_size > min(TEXT_BYTES, room):
        return M("It unpacks to far more than a table holds, so it was not opened.")
    return None


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


def content(source: Source) -> bytes:
    """The bytes of a file. Raises `Refused` with what is wrong with it."""
    try:
        if source.inside:
            with _archive(source.path, source.inside[:-1]) as packed:
                return _unpacked(packed, source.inside[-1])
        _guard_size(source, TEXT_BYTES)
        return source.path.read_bytes()
    except _CORRUPT as no:
        if source.inside:
            raise Refused(M("“{file}” is damaged and cannot be read.", file=source.name), "file") from no
        told = M("“{file}” cannot be opened. Is it there, and closed in Excel?", file=source.name)
        raise Refused(told, "file") from no


def _guard_size(source: Source, most: int) -> None:
    if source.path.stat().st_size > most:
        limit = most // MEGABYTE
        told = M("“{file}” is larger than {most} MB. Split it, or save it as CSV.", file=source.name, most=limit)
        raise Refused(told, "file")
