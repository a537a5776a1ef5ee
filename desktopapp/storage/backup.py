"""Backups: the file, its keys and what it holds, in one file that was opened and looked through before it counts.

A backup is a ZIP without compression - what is encrypted does not become smaller - and as encrypted as the file is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import apsw

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import NAME
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M
from desktopapp.storage import copy, slots, thinning
from desktopapp.storage.faults import fault_of, is_damage
from desktopapp.storage.file import APPLICATION, BACKUPS, Session, current
from desktopapp.storage.place import free_space
from desktopapp.storage.seal import BLOCK, Head, Told, nobody
from desktopapp.storage.thinning import Stamp
from desktopapp.storage.unit import DB, turn
from desktopapp.storage.whole import swap

ENDING = ".mbk"
_NAMED = re.compile(r"(\d{8}-\d{6})-(\d{5,})-([a-z]+)" + re.escape(ENDING))
DATABASE, KEYS, MANIFEST = NAME, slots.NAME, "manifest.json"
SMALL = 2**20
"""The most bytes of the keys and of what a backup says that it holds; both are a few thousand."""
SPARE = 50 * 2**20
"""Bytes that stay free on a disk that holds a backup."""
TRIES = 3
"""Times a copy is made anew because somebody wrote meanwhile; the last one keeps writers waiting."""
INDEX = "found"
"""Tables of this name are made of the others, and follow them."""


@frozen
class Manifest:
    """What a backup holds."""

    store: str
    """The number of the data it was made of."""
    key: str
    """A mark of the key its file is under, of which nothing can be learned."""
    schema: int
    head: Head
    counts: Mapping[str, int]
    """Rows by table."""
    sum: str
    """The SHA-256 of its file."""
    size: int


@frozen
class Backup:
    """A backup that is there, by its name."""

    path: Path
    seq: int
    at: datetime
    """By the clock of the PC that made it."""
    why: str


class Unfit(Fault):
    """A backup that does not hold what it says."""

    def __init__(self, name: str) -> None:
        super().__init__(M("The backup {name} is damaged or not complete. Your data is as it was; choose another "
                           "backup.", name=name))  # fmt: skip


def backups(folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first."""
    found = []
    for path in folder.glob(f"*{ENDING}"):
        if named := _NAMED.fullmatch(path.name):
            with suppress(ValueError):
                at = datetime.strptime(named[1], "%Y%m%d-%H%M%S").astimezone()
                found.append(Backup(path, int(named[2]), at, named[3]))
    return sorted(found, key=lambda each: -each.seq)


def place() -> Path:
    """Where the open file's own backups are."""
    return current().folder / BACKUPS


def make(why: str, *, now: datetime, told: Told = nobody) -> Backup:
    """Back the open file up, look through what was written, and only then count it and thin the others.

    Raises `Fault`; the backups there were are then as they were.
    """
    session, folder = current(), place()
    folder.mkdir(mode=0o700, exist_ok=True)
    _clear(folder)
    size = session.path.stat().st_size
    if free_space(folder) < 2 * size + SPARE:
        raise Fault(M("The disk has too little room for a backup: free at least {size} MB.",
                      size=(2 * size + SPARE) >> 20))  # fmt: skip
    there = backups(folder)
    seq = 1 + max((each.seq for each in there), default=0)
    path = folder / f"{now.astimezone():%Y%m%d-%H%M%S}-{seq:05}-{why}{ENDING}"
    copied, part = folder / "copy.part", folder / f"{path.name}.part"
    try:
        held = _pack(part, copied, _copied(session, copied, told), slots.written(_keys(session)), told)
        copied.unlink()
        if _packed_sum(part, held.size, told) != held.sum:
            raise Unfit(path.name)
        swap(part, path)
    finally:
        for left in (copied, part):
            left.unlink(missing_ok=True)
    thin(folder, now)
    return Backup(path, seq, now.astimezone(), why)


def is_current() -> bool:
    """Whether the newest backup holds all there is."""
    there = backups(place())
    if not there:
        return False
    try:
        held = manifest(there[0].path)
    except Fault:
        return False
    return (held.head, held.store, held.key) == (_state()[1], _keys(current()).store, mark(DB.key))


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete those no longer needed; gives which."""
    there = backups(folder)
    stay = thinning.staying([Stamp(each.seq, each.at, each.why) for each in there], now.astimezone())
    gone = [each.path for each in there if each.seq not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def send(backup: Path, folder: Path, *, now: datetime, told: Told = nobody) -> Path:
    """Copy a backup to another place, and read there what was written: some sticks claim more than they hold."""
    name = backup.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if free_space(folder) < backup.stat().st_size + SPARE:
            raise Fault(M("There is too little room in {folder} for a backup.", folder=str(folder)))
        part, path = folder / f"{name}.part", folder / name
        try:
            wanted = _streamed(backup, part, told)
            with part.open("rb", buffering=0) as file:
                _forget_cached(file)
                if _sum(file, part.stat().st_size, told) != wanted:
                    raise Fault(M("What was written to {folder} reads differently. The disk or stick is faulty: do "
                                  "not use it for backups.", folder=str(folder)))  # fmt: skip
            swap(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as no:
        raise Fault(M("The backup could not be written to {folder}. Your data is fine. Plug the disk in, or choose "
                      "another place.", folder=str(folder))) from no  # fmt: skip
    thin(folder, now)
    return path


def renew(path: Path, before: str, now: str, keys: slots.KeyFile, told: Told = nobody) -> None:
    """Put a backup under another key with another key file; it is looked through before and after.

    Cut short at any point it is the old one or the new one. Raises `Unfit` where it is not sound or not
    under the key `before`.
    """
    out, anew, part = (path.with_name(f"{path.name}.{ending}") for ending in ("test", "anew", "part"))
    try:
        held = extract(path, out, before, told)
        copy.copied(out, before, anew, now, told)
        if inspect(anew, now, told) != (held.schema, held.head, held.counts):
            raise Unfit(path.name)
        held = replace(held, key=mark(now), size=anew.stat().st_size)
        held = _pack(part, anew, held, slots.written(keys), told)
        if _packed_sum(part, held.size, told) != held.sum:
            raise Unfit(path.name)
        swap(part, path)
    except apsw.Error as no:
        if not is_damage(no):
            raise
        raise Unfit(path.name) from no
    finally:
        for left in (out, anew, part):
            left.unlink(missing_ok=True)


def is_under(path: Path, store: str, key: str) -> bool:
    """Whether a backup is one of that data, and under that key. One that cannot be read is not."""
    try:
        held = manifest(path)
    except (Fault, OSError):
        return False
    return (held.store, held.key) == (store, mark(key))


def manifest(path: Path) -> Manifest:
    """What a backup says that it holds. Raises `Unfit`."""
    with _unpacked(path) as zipped:
        return _manifest(json.loads(_small(zipped, MANIFEST)))


def keys(path: Path) -> slots.KeyFile:
    """The keys that went into a backup. Raises `Unfit`."""
    with _unpacked(path) as zipped:
        return slots.read(_small(zipped, KEYS))


def verify(path: Path, key: str, told: Told = nobody) -> Manifest:
    """Take a backup out beside it, open it, look through it, count its rows. Raises `Unfit`."""
    out = path.with_suffix(".test")
    try:
        return extract(path, out, key, told)
    finally:
        out.unlink(missing_ok=True)


def extract(path: Path, to: Path, key: str, told: Told = nobody) -> Manifest:
    """Take the file out of a backup, and leave it there only if it holds what the manifest says. Raises `Unfit`."""
    try:
        held = manifest(path)
        with _unpacked(path) as zipped, zipped.open(DATABASE) as source, to.open("wb") as target:
            to.chmod(0o600)
            if _poured(source, target, held.size, told) != held.sum:
                raise Unfit(path.name)
        if inspect(to, key, told) != (held.schema, held.head, held.counts):
            raise Unfit(path.name)
    except BaseException as no:
        to.unlink(missing_ok=True)
        if isinstance(no, apsw.Error) and is_damage(no):
            raise Unfit(path.name) from no
        raise
    return held


def inspect(path: Path, key: str, told: Told = nobody) -> tuple[int, Head, Mapping[str, int]]:
    """Open a file, look through all of it, and give its schema, how far its trail is, and its rows by table."""
    with copy.connected(path, key, told) as connection:
        if connection.execute("pragma application_id").fetchone()[0] != APPLICATION:
            raise apsw.NotADBError("not a file of this program")
        copy.look_through(connection)
        return state(connection)


def state(connection: Any) -> tuple[int, Head, Mapping[str, int]]:
    """The schema of a file, how far its trail is, and its rows by table."""

    def one(question: str) -> Any:
        return connection.execute(question).fetchone()

    named = connection.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    tables = sorted(name for (name,) in named.fetchall() if not name.startswith(INDEX))
    last = one("select id, at from unit order by id desc limit 1") or (0, "")
    head = Head(last[0], one("select coalesce(max(id), 0) from change")[0], last[1])
    counts = {name: one(f'select count(*) from "{name}"')[0] for name in tables}
    return one("pragma user_version")[0], head, counts


def mark(key: str) -> str:
    """A mark of a key, by which a backup under the same one is known."""
    return hmac.new(bytes.fromhex(key), b"teamhelm backup", hashlib.sha256).hexdigest()[:32]


def _copied(session: Session, to: Path, told: Told) -> Manifest:
    """Copy the file, see that the copy is sound and holds what the file holds."""
    for left in reversed(range(TRIES)):
        if left:
            found = _state()
            copy.copied(session.path, DB.key, to, told=told)
        else:
            with turn:
                found = _state()
                copy.copied(session.path, DB.key, to, told=told)
        held = inspect(to, DB.key, told)
        if held == found:
            return Manifest(_keys(session).store, mark(DB.key), *held, "", to.stat().st_size)
        if held[1] == found[1]:
            break
    raise Unfit(to.name)


def _pack(part: Path, copied: Path, held: Manifest, keyfile: bytes, told: Told) -> Manifest:
    """Put the copy, its keys and what it holds into one file, and bring it to the disk; gives what it holds."""
    from zipfile import ZIP_STORED, ZipFile, ZipInfo  # here, because the first window needs none of it

    with part.open("wb") as file:
        part.chmod(0o600)
        with ZipFile(file, "w", ZIP_STORED) as zipped:
            with copied.open("rb") as source, zipped.open(ZipInfo(DATABASE), "w", force_zip64=True) as target:
                held = replace(held, sum=_poured(source, target, held.size, told))
            zipped.writestr(ZipInfo(KEYS), keyfile)
            zipped.writestr(ZipInfo(MANIFEST), json.dumps(_stated(held), indent=1))
        file.flush()
        os.fsync(file.fileno())
    return held


def _packed_sum(path: Path, size: int, told: Told) -> str:
    """The SHA-256 of the file in a backup, read back."""
    with _unpacked(path) as zipped, zipped.open(DATABASE) as file:
        return _sum(file, size, told)


@contextmanager
def _unpacked(path: Path) -> Iterator[Any]:
    """A backup, opened to read. Whatever is wrong with it is `Unfit`."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as zipped:
            yield zipped
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError) as no:
        raise fault_of(no) or Unfit(path.name) from no  # a disk that fails looks to zipfile like a file that is none


def _small(zipped: Any, name: str) -> bytes:
    """A small part of a backup; one that says it is large, or is larger than it says, is not read into memory."""
    if zipped.getinfo(name).file_size > SMALL:
        raise ValueError(name)
    with zipped.open(name) as file:
        held: bytes = file.read(SMALL + 1)
    if len(held) > SMALL:
        raise ValueError(name)
    return held


def _poured(source: IO[bytes], target: IO[bytes], whole: int, told: Told) -> str:
    """Copy one into the other; gives the SHA-256 of what went through."""
    done, sum_ = 0, hashlib.sha256()
    while block := source.read(BLOCK):
        target.write(block)
        sum_.update(block)
        done += len(block)
        told(done, whole)
    return sum_.hexdigest()


def _streamed(source: Path, target: Path, told: Told) -> str:
    """Copy a file to a disk; gives its SHA-256."""
    with source.open("rb") as read, target.open("wb") as written:
        sum_ = _poured(read, written, source.stat().st_size, told)
        written.flush()
        os.fsync(written.fileno())
    return sum_


def _sum(file: IO[bytes], whole: int, told: Told) -> str:
    done, sum_ = 0, hashlib.sha256()
    while block := file.read(BLOCK):
        sum_.update(block)
        done += len(block)
        told(done, whole)
    return sum_.hexdigest()


def _forget_cached(file: IO[bytes]) -> None:
    """Have the system read from the disk, not from what it remembers of writing; where it can be asked to."""
    if advise := getattr(os, "posix_fadvise", None):
        advise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _clear(folder: Path) -> None:
    """Take away what a backup that was cut short has left."""
    for pattern in ("*.part", "*.test", "*.anew", "*.part-journal"):
        for left in folder.glob(pattern):
            left.unlink(missing_ok=True)


def _state() -> tuple[int, Head, Mapping[str, int]]:
    with turn:
        return state(DB.connection())


def _keys(session: Session) -> slots.KeyFile:
    if session.keys is None:
        raise RuntimeError("no file is open")
    return session.keys


def _stated(held: Manifest) -> dict[str, Any]:
    head = {"unit": held.head.unit, "change": held.head.change, "at": held.head.at}
    return {"store": held.store, "key": held.key, "schema": held.schema, "head": head, "counts": dict(held.counts),
            "sum": held.sum, "size": held.size}  # fmt: skip


def _manifest(stated: Any) -> Manifest:
    return Manifest(
        str(stated["store"]), str(stated["key"]), int(stated["schema"]), Head(**stated["head"]),
        {str(name): int(count) for name, count in stated["counts"].items()}, str(stated["sum"]), int(stated["size"]),
    )  # fmt: skip
