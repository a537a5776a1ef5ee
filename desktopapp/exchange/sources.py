"""What was chosen or dropped, as single files: folders and archives opened, everything else said why not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from subprocess import SubprocessError
from typing import Any

from desktopapp.exchange import archive
from desktopapp.exchange.archive import MEGABYTE, TEXT_BYTES, is_seen, suffix_of, why_no_table
from desktopapp.exchange.child import answered
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

FILES = 2_000
"""The most files of a folder."""
TEXTS = frozenset((".csv", ".tsv", ".txt", ".tab"))

EMPTY = M("There is no table in it.")
DAMAGED = M("It is damaged and cannot be read.")
WHY: Mapping[str, Message] = {
    archive.OUTSIDE: M("Its place in the archive points outside of it, so it was not unpacked."),
    archive.LOCKED: M("It has a password. Unpack it first."),
    archive.BURSTS: M("It unpacks to far more than a table holds, so it was not opened."),
    archive.PACKED: M("Unpack this archive first; only ZIP files are opened here."),
    archive.NO_TABLE: M("Not a table: only CSV, XLSX and XLS files, or ZIP files of such."),
    archive.MANY: M("It holds more than {most} files.", most=archive.MEMBERS),
    archive.EMPTY: EMPTY,
    archive.DAMAGED: DAMAGED,
}


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
        return suffix_of(self.name)


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
    found = [each for each in sorted(path.rglob("*")) if each.is_file() and is_seen(each.relative_to(path).parts)]
    if len(found) > FILES:
        raise Refused(M("The folder “{name}” holds more than {most} files.", name=path.name, most=FILES), "file")
    return found


def _opened(path: Path) -> Gathered:
    if path.suffix.lower() in archive.ARCHIVES:
        return _members(path)
    if why := why_no_table(path.suffix.lower()):
        return (), (Skipped(path.name, WHY[why]),)
    return (Source(path),), ()


def _members(path: Path) -> Gathered:
    """What an archive holds, as its reader tells."""
    try:
        told = json.loads(_asked(path, ()))
    except (OSError, SubprocessError, ValueError):
        return (), (Skipped(path.name, DAMAGED),)
    found = tuple(Source(path, tuple(inside), shown) for inside, shown in told["found"])
    return found, tuple(Skipped(name, WHY.get(why, DAMAGED)) for name, why in told["left"])


def _asked(path: Path, inside: tuple[str, ...]) -> bytes:
    asked: dict[str, Any] = {"path": str(path.resolve()), "inside": inside}
    return answered("archive", given=json.dumps(asked).encode(), seconds=archive.SECONDS)


def content(source: Source) -> bytes:
    """The bytes of a file. Raises `Refused` with what is wrong with it."""
    return _unpacked(source) if source.inside else _read(source)


def _unpacked(source: Source) -> bytes:
    try:
        head, _, content = _asked(source.path, source.inside).partition(b"\n")
        size = json.loads(head).get("size")
    except (OSError, SubprocessError, ValueError):
        size = None
    if size is None or size != len(content):
        raise Refused(M("“{file}” is damaged and cannot be read.", file=source.name), "file")
    return content


def _read(source: Source) -> bytes:
    try:
        _guard_size(source, TEXT_BYTES)
        return source.path.read_bytes()
    except OSError as no:
        told = M("“{file}” cannot be opened. Is it there, and closed in Excel?", file=source.name)
        raise Refused(told, "file") from no


def _guard_size(source: Source, most: int) -> None:
    if source.path.stat().st_size > most:
        limit = most // MEGABYTE
        told = M("“{file}” is larger than {most} MB. Split it, or save it as CSV.", file=source.name, most=limit)
        raise Refused(told, "file")
