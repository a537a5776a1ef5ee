"""Copies of the file: page by page while it is in use, under the same key or another, looked through when asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from desktopapp.storage.seal import Told, nobody
from desktopapp.storage.unit import unlock
from desktopapp.storage.whole import swap, sync

PAGES = 1000
"""Pages copied in one go; in between, others may write."""
PATIENCE = 3
"""Times a copy may begin again, because somebody wrote meanwhile, before it keeps writers waiting."""
STEPS = 20_000
"""Steps of a look through a file after which it tells that it goes on."""


@contextmanager
def connected(path: Path, key: str, told: Told = nobody) -> Iterator[Any]:
    """A connection of its own to a file of ours, for one piece of work."""
    connection = apsw.Connection(str(path))

    def going_on() -> bool:
        told(0, 0)
        return False

    try:
        unlock(connection, key)
        if told is not nobody:
            connection.set_progress_handler(going_on, STEPS)
        yield connection
    finally:
        connection.close()


def fits(path: Path, key: str) -> bool:
    """Whether a file is under that key."""
    with connected(path, key) as connection:
        try:
            connection.execute("pragma user_version").fetchall()
        except apsw.NotADBError:
            return False
    return True


def copied(path: Path, key: str, to: Path, new: str = "", told: Told = nobody) -> None:
    """Copy a file, under another key where one is given; whole, and there after a power cut, or not at all."""
    to.unlink(missing_ok=True)
    try:
        with connected(path, key) as source, connected(to, new or key) as target:
            to.chmod(0o600)
            target.execute("pragma synchronous=off")  # the whole copy is brought to the disk below
            target.execute("pragma journal_mode=off")
            _copy(source, target, told)
        sync(to)
    except BaseException:
        to.unlink(missing_ok=True)
        raise


def anew(path: Path, before: str, now: str, told: Told = nobody) -> None:
    """Put a file that nobody has open under another key. Cut short at any point it is under one of the two, whole."""
    copy = path.with_suffix(".anew")
    try:
        copied(path, before, copy, now, told)
        with connected(copy, now, told) as connection:
            look_through(connection)
        swap(copy, path)
    finally:
        copy.unlink(missing_ok=True)


def look_through(connection: Any) -> None:
    """Raises `apsw.CorruptError` where a file is not sound."""
    faults = [row[0] for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
    faults += [str(row) for row in connection.execute("pragma foreign_key_check")]
    if faults:
        raise apsw.CorruptError("; ".join(faults))


def _copy(source: Any, target: Any, told: Told) -> None:
    begun, left = 0, 0
    with target.backup("main", source, "main") as backup:
        while not backup.done:
            backup.step(PAGES if begun <= PATIENCE else -1)
            begun += backup.remaining > left
            left = backup.remaining
            told(backup.page_count - left, backup.page_count)
