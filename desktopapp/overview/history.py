"""What was done, newest first, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from desktopapp import storage
from desktopapp.areas import TABLES
from desktopapp.kernel.message import Message

EVERY_TABLE = frozenset(str(cast("Any", table)._meta.table_name) for table in TABLES)
"""The names the windows hear of a change by, for those who show something of everything."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One request of the owner, as the list of what was done shows it."""

    unit: int
    words: Message
    at: datetime
    """In the time of this PC."""
    in_force: bool
    """False for what was undone, and for the undoing of it."""


def entries(limit: int = storage.REACH) -> list[Entry]:
    """What was done last, the newest first."""
    settled = storage.settled()
    return [Entry(s.unit, s.words, s.at.astimezone(), s.unit not in settled) for s in storage.latest(limit)]


def undo(unit: int) -> None:
    """Take one request back, whatever was done since. Refused where its records were edited since."""
    storage.revert(unit)


def check() -> tuple[str, ...]:
    """What is wrong with the file; nothing where it is sound."""
    return storage.check_file()
