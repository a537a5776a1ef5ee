"""Bringing an older file up to date: ordered functions with frozen SQL, run on a copy that is checked first."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M

Migration = Callable[[Any], None]
"""Takes a connection inside a transaction; its SQL names tables and columns as they were, never a model."""

MIGRATIONS: tuple[Migration, ...] = ()
"""The first brings schema 1 to schema 2, and so on. Never edited once released."""

SCHEMA = 1 + len(MIGRATIONS)
"""The schema this version writes, kept as `user_version`."""


def upgrade(path: Path, key: str, version: int, steps: tuple[Migration, ...] = MIGRATIONS) -> Path:
    """Bring the file from `version` to the schema of `steps`; gives where the old file is kept.

    The work is done on a copy in one transaction, checked, and swapped in: whenever it is cut
    short, the file is the old one or the new one. Raises `Fault` where it could not be done.
    """
    copy, kept = path.with_suffix(".upgrade"), path.with_name(f"pre-v{version}-{path.name}")
    copy.unlink(missing_ok=True)
    try:
        _copied(path, key, copy)
        _worked(copy, key, steps[version - 1 :], version)
        _copied(path, key, kept.with_suffix(".new"))
        kept.with_suffix(".new").replace(kept)
        copy.replace(path)
        _settle(path.parent)
    except (apsw.Error, OSError) as failed:
        copy.unlink(missing_ok=True)
        raise Fault(M("The data could not be brought up to date, and is as it was. Nothing was lost.")) from failed
    return kept


def _connect(path: Path, key: str) -> Any:
    connection = apsw.Connection(str(path))
    connection.execute("pragma cipher='aegis'")
    connection.execute(f'pragma key="raw:{key}"')
    connection.execute("pragma synchronous=extra")
    return connection


def _copied(path: Path, key: str, to: Path) -> None:
    """A copy under the same key, as one file without free pages."""
    to.unlink(missing_ok=True)
    connection = _connect(path, key)
    try:
        connection.execute("vacuum into ?", (str(to),))
    finally:
        connection.close()


def _worked(copy: Path, key: str, steps: tuple[Migration, ...], version: int) -> None:
    connection = _connect(copy, key)
    try:
        with connection:
            for step in steps:
                step(connection)
            connection.execute(f"pragma user_version = {version + len(steps)}")
            _sound(connection)
    finally:
        connection.close()


def _sound(connection: Any) -> None:
    faults = [row[0] for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
    faults += [str(row) for row in connection.execute("pragma foreign_key_check")]
    if faults:
        raise apsw.CorruptError("; ".join(faults))


def _settle(folder: Path) -> None:
    """Make the swap outlast a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
