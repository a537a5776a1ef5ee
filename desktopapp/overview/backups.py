"""Backups as the owner has them: here, in a second place, tested, and put back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, M, Message
from desktopapp.storage import Locked, Told, backup, file, place, recall, whole
from desktopapp.storage.backup import Backup
from desktopapp.storage.recall import Held
from desktopapp.storage.seal import nobody

__all__ = ["Backup", "Held", "Locked", "Told", "look", "put_back"]

REMEMBERED = "backups.json"
"""Beside the file: the second place, and when what was done last."""
FOLDER = "TeamHelm"
"""The folder made in the place that was chosen."""
DAY, CHANGE, HAND, CLOSE = "day", "change", "hand", "close"
"""Why a backup was made."""
WHY = {
    DAY: N_("of the day"), CHANGE: N_("after changes"), CLOSE: N_("when closed"), HAND: N_("by hand"),
    "restore": N_("before putting back"), "upgrade": N_("before an upgrade"),
}  # fmt: skip

look, put_back = recall.look, recall.restore


@frozen
class State:
    """What is known of the backups."""

    place: str = ""
    """The second place; none was chosen where it is empty."""
    sent: datetime | None = None
    """When a backup was last read back there."""
    tested: datetime | None = None
    """When a backup was last opened and looked through on the owner's word."""


@frozen
class Done:
    """What came of backing up."""

    backup: Backup
    sent: Path | None
    no: Message | None
    """Why it is not in the second place too."""


def state(folder: Path | None = None) -> State:
    """What is known of the backups of the open file, or of a folder whose file is not open."""
    try:
        stated = json.loads(((folder or file.folder()) / REMEMBERED).read_bytes())
        return State(str(stated["place"]), _time(stated["sent"]), _time(stated["tested"]))
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def kept() -> list[Backup]:
    """The backups beside the file, the newest first."""
    return backup.backups(backup.place())


def back_up(told: Told = nobody, *, now: datetime, why: str = HAND) -> Done:
    """Make a backup where the newest does not hold everything, and bring it to the second place."""
    made = kept()[0] if backup.is_current() else backup.make(why, now=now, told=told)
    if not (chosen := state().place):
        return Done(made, None, None)
    try:
        return Done(made, send(told, folder=Path(chosen), made=made, now=now), None)
    except Fault as no:
        return Done(made, None, no.message)


def back_up_if_due(*, now: datetime, why: str = "") -> Done | None:
    """Back up what has changed: once a day at least, and each time this is asked with a reason."""
    if file.is_read_only() or not file.head().unit or backup.is_current():
        return None
    there = kept()
    if why or not there or there[0].at.date() != now.astimezone().date():
        return back_up(now=now, why=why or DAY)
    return None


def send(told: Told = nobody, *, folder: Path, made: Backup, now: datetime) -> Path:
    """Copy a backup to a place, read it back there, and remember when. Raises `Fault`."""
    sent = backup.send(made.path, folder, now=now, told=told)
    if str(folder) == state().place:
        _remember(replace(state(), sent=now))
    return sent


def to_stick(told: Told = nobody, *, stick: Path, now: datetime) -> Done:
    """Back up, and bring it to a stick."""
    made = back_up(told, now=now).backup
    return Done(made, send(told, folder=stick / FOLDER, made=made, now=now), None)


def choose(folder: Path) -> None:
    """Take a folder for the second place. Raises `Refused` where it is the data's own."""
    if folder.resolve().is_relative_to(file.folder().resolve()):
        raise Refused(M("This is the folder of the data itself. Choose another disk, a stick, or a folder a cloud "
                        "drive keeps: backups are encrypted."), "place")  # fmt: skip
    _remember(replace(state(), place=str(folder / FOLDER), sent=None))


def sticks() -> list[Path]:
    """The removable disks that are plugged in."""
    return place.sticks()


def test(told: Told = nobody, *, now: datetime, path: Path | None = None, secret: str = "") -> Mapping[str, int]:
    """Open a backup as for putting it back and look through all of it; gives its rows by table. Raises `Fault`."""
    chosen = path or next((each.path for each in kept()), None)
    if chosen is None:
        raise Fault(M("There is no backup yet."))
    held = recall.test(chosen, secret, told)
    _remember(replace(state(), tested=now))
    return held.counts


def putting_back(path: Path, now: datetime, secret: str = "") -> Callable[[Told], Message]:
    """The work of putting a backup in the file's place; it gives what is to be said then."""

    def work(told: Told) -> Message:
        kept = recall.restore(told, path=path, now=now, secret=secret)
        return M("The backup {name} was put back. What was there before is kept as {kept} in the folder of the data.",
                 name=path.name, kept=kept.name)  # fmt: skip

    return work


def line(made: Backup) -> Message:
    """A backup in a list: when and why it was made."""
    return M("{at} · {why}", at=made.at, why=Message(WHY.get(made.why, made.why)))


def summary() -> Message:
    """How the backups stand, in one line."""
    known, there = state(), kept()
    if not there:
        return M("No backup yet")
    made = there[0].at
    if known.tested and known.sent:
        return M("Last backup {made}, in the second place {sent}, last test passed {tested}",
                 made=made, sent=known.sent, tested=known.tested)  # fmt: skip
    if known.tested:
        return M("Last backup {made}, last test passed {tested}", made=made, tested=known.tested)
    if known.sent:
        return M("Last backup {made}, in the second place {sent}, not tested yet", made=made, sent=known.sent)
    return M("Last backup {made}, not tested yet", made=made)


def _remember(now: State) -> None:
    sent, tested = (at and at.isoformat() for at in (now.sent, now.tested))
    stated = {"place": now.place, "sent": sent, "tested": tested}
    whole.write(file.folder() / REMEMBERED, json.dumps(stated, ensure_ascii=False).encode())


def _time(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated).astimezone() if stated else None
