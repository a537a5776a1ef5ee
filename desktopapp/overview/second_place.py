"""What is remembered of the backups beside the file, and the word to the owner when none has left this PC for long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M
from desktopapp.storage import file, whole

REMEMBERED = "backups.json"
"""Beside the file: the second place, and when what was done last."""
WITHOUT = timedelta(days=7)
"""So long all backups may be on this PC alone before the owner is told."""


@frozen
class State:
    """What is known of the backups."""

    place: str = ""
    """The second place; none was chosen where it is empty."""
    sent: datetime | None = None
    """When a backup was last read back there."""
    tested: datetime | None = None
    """When a backup was last opened and looked through as for putting it back."""
    since: datetime | None = None
    """Since when there are backups here, or the second place was chosen."""


def state(folder: Path | None = None) -> State:
    """What is known of the backups of the open file, or of a folder whose file is not open."""
    try:
        stated = json.loads(((folder or file.folder()) / REMEMBERED).read_bytes())
        at = (_time(stated.get(name)) for name in ("sent", "tested", "since"))
        return State(str(stated["place"]), *at)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def remember(now: State) -> None:
    """Keep what is known of the backups."""
    at = {name: each and each.isoformat() for name, each in
          (("sent", now.sent), ("tested", now.tested), ("since", now.since))}  # fmt: skip
    stated = {"place": now.place, **at}
    whole.write(file.folder() / REMEMBERED, json.dumps(stated, ensure_ascii=False).encode())


def reminders(today: date) -> Iterator[Notice]:
    """The word that all backups are on this PC alone, where they have been for a week."""
    known = state() if file.is_open() and not file.is_read_only() else State()
    last = known.sent or known.since
    if last is None or (due := last.date() + WITHOUT) > today:
        return
    link = Link("settings", table="backup")
    if not known.place:
        told = M("A stick, another disk or a cloud folder: backups are encrypted")
        yield Notice(M("All backups are on this PC alone"), due, link, told, N_("Choose a place"))
    elif known.sent:
        told = M("Last there {day}; plug it in and back up", day=known.sent.date())
        yield Notice(M("No backup has reached the second place for a week"), due, link, told, N_("Back up"))
    else:
        yield Notice(M("No backup has reached the second place yet"), due, link,
                     M("Plug it in and back up"), N_("Back up"))  # fmt: skip


def _time(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated).astimezone() if stated else None
