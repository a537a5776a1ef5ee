"""What the surroundings did wrong, in words: a full disk, a folder that cannot be written, a file that is damaged.

The error on top is often not the one that says so: behind "cannot rollback" stands the full disk.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import apsw
from peewee import DatabaseError

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import N_, M, Message

FULL = M(
    "The disk is full, so this was not saved. Everything saved before is intact, and what you typed is still in "
    "the window. Free at least 100 MB, then save again."
)
READ_ONLY = M(
    "This place cannot be written, so this was not saved. Choose another place, or take the write protection off."
)
BUSY = M("Another program holds the data file just now, so this was not saved. Wait a moment and try again.")
DAMAGED = M(
    "The data file is damaged, so this was not done. The file is kept as it is: copy its folder, then restore a backup."
)
UNREACHABLE = M(
    "The data file cannot be read or written: its disk is gone or has a fault. Everything saved before is in it. "
    "Plug the disk in, then start the program again."
)
CROWDED = M("The PC is out of memory, so this was not done. Close other programs and try again.")

_OF_THE_FILE: Mapping[type[Exception], Message] = {
    apsw.FullError: FULL,
    apsw.ReadOnlyError: READ_ONLY,
    apsw.PermissionsError: READ_ONLY,
    apsw.BusyError: BUSY,
    apsw.LockedError: BUSY,
    apsw.CorruptError: DAMAGED,
    apsw.NotADBError: DAMAGED,
    apsw.IOError: UNREACHABLE,
    apsw.CantOpenError: UNREACHABLE,
    apsw.NoMemError: CROWDED,
    MemoryError: CROWDED,
}
_OF_THE_SYSTEM: Mapping[int, Message] = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EROFS: READ_ONLY, errno.ENOMEM: CROWDED,
    errno.EIO: UNREACHABLE, errno.ENODEV: UNREACHABLE, errno.ENXIO: UNREACHABLE,
}  # fmt: skip
_TAKEN = N_("{name} cannot be written or read: it is open in another program, or protected.")
_OF_A_FILE: Mapping[int, str] = {
    errno.EACCES: _TAKEN,
    errno.EPERM: _TAKEN,
    errno.ENOENT: N_("{name} is not there any more."),
    errno.ENAMETOOLONG: N_("The name {name} is too long for this system. Choose a shorter one."),
}
"""What is said of the one file in question."""


def fault_of(error: BaseException) -> Fault | None:
    """The surroundings' fault behind an error, worded; nothing where the error is our own."""
    for each in _behind(error):
        if isinstance(each, Fault):
            return each
        if said := _said(each):
            return Fault(said)
    return None


def is_damage(error: BaseException) -> bool:
    """Whether an error of the database shows that the file itself is not as it should be, not its disk."""
    fault = fault_of(error)
    return fault is None or fault.message == DAMAGED


@contextmanager
def worded() -> Iterator[None]:
    """Tell what the surroundings did as a `Fault`; what is our own error stays what it is."""
    try:
        yield
    except (apsw.Error, DatabaseError, OSError, MemoryError) as error:
        if fault := fault_of(error):
            raise fault from error
        raise


def _behind(error: BaseException) -> Iterator[BaseException]:
    """An error and those it came from: the nearest first."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, None if each.__suppress_context__ else each.__context__]


def _said(error: BaseException) -> Message | None:
    for kind, words in _OF_THE_FILE.items():
        if isinstance(error, kind):
            return words
    if not isinstance(error, OSError) or error.errno is None:
        return None
    if error.errno in _OF_A_FILE and error.filename:
        return Message(_OF_A_FILE[error.errno], {"name": Path(str(error.filename)).name})
    return _OF_THE_SYSTEM.get(error.errno)
