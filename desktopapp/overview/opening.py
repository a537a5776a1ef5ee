"""The start: what is said of how the file was found, and what can be done where it was not opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import NAME, usual_folder
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.overview import backups
from desktopapp.storage import Locked, Opened, backup, faults, file, lock, place, recall, slots
from desktopapp.storage.backup import Backup
from desktopapp.storage.seal import Told, nobody

__all__ = ["Backup", "Locked", "Ways", "found", "kept", "put_back", "take_keys", "ways"]

INFO, WARN = "info", "warn"
"""How much what was found matters."""
SOME = 3
"""Names told at most."""


@frozen
class Ways:
    """What can be done where the file was not opened."""

    backup: bool = False
    """Put a backup in its place."""
    keys: bool = False
    """Take the keys out of a backup."""
    look: bool = False
    """Open it to look at only."""
    take_over: bool = False
    """Open it although another PC may have it open."""
    here: Path | None = None
    """Another folder, fit for the data."""
    anywhere: bool = False
    """Open it where it lies."""
    again: bool = False
    """Try once more."""


def found(opened: Opened, now: datetime) -> Iterator[tuple[str, Message]]:
    """What the owner has to know of how the file was found, each with how much it matters."""
    if opened.found != file.CLEAN and opened.last:
        yield _looked_through(opened)
    if opened.is_read_only:
        yield WARN, M("The data was opened to look at only: changes cannot be saved. Take the write protection off, or "
                      "close the program on the other PC, and start again.")  # fmt: skip
    if opened.is_behind and opened.last:
        yield WARN, M("The PC's clock is earlier than at the last use ({now} is before {last}). Records keep their "
                      "order; please check the date.", now=now.astimezone(), last=opened.last)  # fmt: skip
    if opened.lies:
        yield WARN, place.warning(opened.lies)
    if names := place.copies(opened.folder / NAME):
        yield WARN, M("Beside the data lie copies that were made by something else: {names}. A program that keeps "
                      "folders in step may have made them. This one uses {name} alone.",
                      names=tuple(names[:SOME]), name=NAME)  # fmt: skip
    free = place.free_space(opened.folder)
    if free < place.CROWDED:
        yield WARN, M("Only {size} MB are free on the disk of the data. Make room soon, or saving will fail.",
                      size=free >> 20)  # fmt: skip


def _looked_through(opened: Opened) -> tuple[str, Message]:
    if opened.missing:
        return WARN, M("The data file is older than when the program was last closed: {count} {count:request "
                       "is|requests are} missing. Something put an earlier state back. If that was not you, put the "
                       "newest backup back.",
                       count=opened.missing)  # fmt: skip
    if opened.found == file.UNCLEAN:
        return INFO, M("The program did not close normally last time. Your data was checked and is intact; last save "
                       "{at}. Nothing to do.", at=opened.last)  # fmt: skip
    return WARN, M("The data file was changed from outside since the program was last closed, by a program that keeps "
                   "folders in step or by hand. It was checked and is intact; last save {at}.",
                   at=opened.last)  # fmt: skip


def ways(no: Fault, folder: Path) -> Ways:
    """What can be done about a file that was not opened."""
    if isinstance(no, slots.Spoilt):
        return Ways(keys=True, backup=True)
    if isinstance(no, file.Damaged | file.Gone):
        return Ways(backup=True)
    if isinstance(no, lock.Elsewhere):
        return Ways(look=True, take_over=True, again=True)
    if isinstance(no, place.Misplaced):
        usual = usual_folder()
        is_fit = usual != folder and not place.lies(str(usual), place.here())
        return Ways(here=usual if is_fit else None, anywhere=True)
    return Ways(again=not isinstance(no, file.Newer))


def kept(folder: Path) -> list[Backup]:
    """The backups of a folder whose file is not open, and those of its second place; each once, the newest first."""
    second = backups.state(folder).place
    there = [*backup.backups(folder / file.BACKUPS), *(backup.backups(Path(second)) if second else ())]
    return sorted({each.path.name: each for each in reversed(there)}.values(), key=lambda each: -each.seq)


def holds(path: Path) -> recall.Held:
    """What a backup says that it holds. Raises `Fault`."""
    with faults.worded():
        return recall.held(path)


def put_back(told: Told = nobody, *, folder: Path, path: Path, now: datetime, secret: str = "") -> Path | None:
    """Put a backup in the place of a file that cannot be opened; gives where that one is kept. Raises `Locked`."""
    with faults.worded():
        return recall.rescue(folder, path=path, now=now, secret=secret, told=told)


def take_keys(*, folder: Path, path: Path, secret: str = "") -> None:
    """Take the keys of a backup for a file whose own are damaged. Raises `Locked`."""
    with faults.worded():
        recall.take_keys(folder, path=path, secret=secret)
