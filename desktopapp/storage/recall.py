"""Putting a backup in the file's place: looked at first, taken out beside it, looked through, then swapped. The file
that was there is kept."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import LOCK, NAME
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.storage import backup, copy, lock, migrations, seal, slots
from desktopapp.storage.backup import Manifest
from desktopapp.storage.file import Newer, current, shut
from desktopapp.storage.seal import Told, nobody
from desktopapp.storage.slots import KeyFile, Keys
from desktopapp.storage.unit import DB, unpack
from desktopapp.storage.whole import settle, swap, sync

JOURNAL = f"{NAME}-journal"
FEW = 20
"""Requests told of those that would be lost."""


@frozen
class Held:
    """What a backup holds, beside what is there now."""

    at: str
    """When its last request was, as the file holds it; empty where there was none."""
    counts: dict[str, int]
    is_ours: bool
    """Whether it is an earlier state of the open file."""
    lost: int
    """Requests that are in the open file and not in it."""
    said: tuple[Message, ...]
    """The newest of them."""


def look(path: Path) -> Held:
    """What a backup holds, and what would be lost by putting it in the place of the open file. Raises `Unfit`."""
    held = backup.manifest(path)
    is_ours = held.store == _keys().store and _is_before(held)
    after = held.head.unit if is_ours else 0
    lost = DB.execute_sql("select count(*) from unit where id > ?", (after,)).fetchone()[0]
    said = DB.execute_sql("select words from unit where id > ? order by id desc limit ?", (after, FEW)).fetchall()
    return Held(held.head.at, dict(held.counts), is_ours, lost, tuple(unpack(words) for (words,) in said))


def test(path: Path, secret: str = "", told: Told = nobody) -> Manifest:
    """Open a backup as a restore would, and look through all of it. Raises `Unfit`, or `Locked` for its password."""
    return backup.verify(path, opening(path, secret).file, told)


def opening(path: Path, secret: str = "") -> Keys:
    """The keys of a backup: the open file's where they fit, else by its own slots. Raises `Locked` or `Wrong`."""
    held, keyfile = backup.manifest(path), backup.keys(path)
    if DB.key and backup.mark(DB.key) == held.key:
        return Keys(DB.key, DB.root)
    return slots.unlocked(keyfile, secret)[0] if secret else slots.opened(keyfile)


def restore(told: Told = nobody, *, path: Path, now: datetime, secret: str = "") -> Path:
    """Put a backup in the place of the open file, which is backed up before and kept as it is.

    The file is shut afterwards. Gives where the one that was there is kept. Cut short at any point
    the file is the old one or the new one.
    """
    session, keys = current(), opening(path, secret)
    if session.lock is None:
        raise Fault(M("The data was opened to look at only, so this cannot be changed."))
    known = Keys(DB.key, DB.root)
    if not backup.is_current():
        backup.make("restore", now=now, told=told)
    made = _taken_out(session.folder, path, keys, told)
    is_ours = backup.keys(path).store == _keys().store
    if is_ours and keys.file != known.file:
        anew = made.with_suffix(".anew")
        copy.copied(made, keys.file, anew, known.file, told)
        swap(anew, made)
    keyfile = _keys() if is_ours else backup.keys(path)
    shut()
    return _swapped(session.folder, made, now, keyfile, None if is_ours else slots.changing(keyfile, known, keys))


def held(path: Path) -> Held:
    """What a backup says that it holds, where there is no open file beside it. Raises `Unfit`."""
    found = backup.manifest(path)
    return Held(found.head.at, dict(found.counts), is_ours=True, lost=0, said=())


def take_keys(folder: Path, *, path: Path, secret: str = "") -> None:
    """Take the keys of a backup for a file whose own are damaged. Raises `Locked`, `Wrong`, or `Fault` where they are
    not its keys."""
    keys = opening(path, secret)
    if not (folder / NAME).exists() or not copy.fits(folder / NAME, keys.file):
        raise Fault(M("The keys in the backup {name} do not open this data: it was encrypted anew since, or the backup "
                      "is of other data. Choose a newer backup.", name=path.name))  # fmt: skip
    slots.save(folder, backup.keys(path))


def rescue(folder: Path, *, path: Path, now: datetime, secret: str = "", told: Told = nobody) -> Path | None:
    """Put a backup in the place of a file that cannot be opened; that one is kept as it is, where it is there."""
    keys = opening(path, secret)
    held = lock.Lock(folder / LOCK, take_over=True)
    try:
        made = _taken_out(folder, path, keys, told)
        return _swapped(folder, made, now, backup.keys(path), None)
    finally:
        held.release(closed=False)


def _taken_out(folder: Path, path: Path, keys: Keys, told: Told) -> Path:
    """The backup's file, beside the one that is there; looked through."""
    if backup.manifest(path).schema > migrations.SCHEMA:
        raise Newer
    made = folder / f"{NAME}.restored"
    backup.extract(path, made, keys.file, told)
    return made


def _swapped(folder: Path, made: Path, now: datetime, keyfile: KeyFile, first: KeyFile | None) -> Path:
    """Keep what is there, and put the other in its place; keys that cover both are written before."""
    kept = folder / f"before-{now.astimezone():%Y%m%d-%H%M%S}-{NAME}"
    for old, beside in ((folder / NAME, kept), (folder / JOURNAL, kept.with_name(f"{kept.name}-journal"))):
        if old.exists() and old.stat().st_size:
            shutil.copy2(old, beside)
            sync(beside)
    sync(made)
    (folder / JOURNAL).unlink(missing_ok=True)  # or it would be rolled back into the other file
    seal.break_(folder)
    settle(folder)
    if first:
        slots.save(folder, first)
    swap(made, folder / NAME)
    slots.save(folder, keyfile)
    return kept


def _is_before(held: Manifest) -> bool:
    """Whether the open file has gone through that state."""
    if not held.head.unit:
        return True
    found = DB.execute_sql("select at from unit where id = ?", (held.head.unit,)).fetchone()
    return found is not None and found[0] == held.head.at


def _keys() -> KeyFile:
    keys = current().keys
    if keys is None:
        raise RuntimeError("no file is open")
    return keys
