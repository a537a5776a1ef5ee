"""Bringing an older file up to date: ordered functions with frozen SQL, run on a copy that is looked through first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.storage import copy
from desktopapp.storage.seal import Told, nobody
from desktopapp.storage.whole import swap

Migration = Callable[[Any], None]
"""Takes a connection inside a transaction; its SQL names tables and columns as they were, never a model."""

MIGRATIONS: tuple[Migration, ...] = ()
"""The first brings schema 1 to schema 2, and so on. Never edited once released."""

SCHEMA = 1 + len(MIGRATIONS)
"""The schema this version writes, kept as `user_version`."""


def upgrade(
    path: Path, key: str, version: int, steps: tuple[Migration, ...] = MIGRATIONS, *, kept: Path, told: Told = nobody
) -> None:
    """Bring a file that nobody has open from `version` to the schema of `steps`; `kept` is the backup made before.

    The work is done on a copy, all steps and the new number in one transaction, looked through and
    swapped in: whenever it is cut short, the file is the old one or the new one. Raises `Fault`
    where it could not be done.
    """
    made = path.with_suffix(".upgrade")
    try:
        copy.copied(path, key, made, told=told)
        _carry_out(made, key, steps[version - 1 :], 1 + len(steps), told)
        swap(made, path)
    except (apsw.Error, OSError, MemoryError) as failed:
        raise Fault(M("The upgrade of the data failed and was undone; nothing was lost. The backup made before it is "
                      "{name}. You can go on with the version you had.", name=kept.name)) from failed  # fmt: skip
    finally:
        for left in (made, made.with_name(f"{made.name}-journal")):
            left.unlink(missing_ok=True)


def _carry_out(made: Path, key: str, steps: tuple[Migration, ...], number: int, told: Told) -> None:
    with copy.connected(made, key, told) as connection:
        connection.execute("pragma synchronous=extra")
        with connection:
            for step in steps:
                step(connection)
            connection.execute(f"pragma user_version = {number}")
            copy.look_through(connection)
