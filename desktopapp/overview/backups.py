"""Backups as the owner has them: here, in a second place, tested, and put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview.second_place import State, remember, state
from desktopapp.storage import Locked, Told, backup, faults, file, place, recall
from desktopapp.storage.backup import Backup
from desktopapp.storage.recall import Held
from desktopapp.storage.seal import nobody

__all__ = ["Backup", "Held", "Locked", "State", "Told", "look", "put_back", "state"]

FOLDER = "TeamHelm"
"""The folder made in the place that was chosen."""
DAY, CHANGE, HAND, CLOSE, IMPORT, DELETE = "day", "change", "hand", "close", "import", "delete"
"""Why a backup was made."""
WHY = {
    DAY: N_("of the day"), CHANGE: N_("after changes"), CLOSE: N_("when closed"), HAND: N_("by hand"),
    IMPORT: N_("before an import"), DELETE: N_("before deleting"),
    "restore": N_("before putting back"), "upgrade": N_("before an upgrade"),
}  # fmt: skip
MANY = 20
"""So many records that are taken in or taken out at once are worth a backup before."""
DRILL = timedelta(days=30)
"""So long a backup may lie untested before the program tests it by itself."""

look, put_back = recall.look, recall.restore


@frozen
class Done:
    """What came of backing up."""

    backup: Backup
    sent: Path | None
    no: Message | None
    """Why it is not in the second place too."""


def kept() -> list[Backup]:
    """The backups beside the file, the newest first."""
    return backup.backups(backup.place())


def back_up(told: Told = nobody, *, now: datetime, why: str = HAND) -> Done:
    """Make a backup where the newest does not hold everything, and bring it to the second place."""
    made = kept()[0] if backup.is_current() else _made(why, now, told)
    if state().since is None:
        remember(replace(state(), since=now))
    if not (chosen := state().place):
        return Done(made, None, None)
    try:
        return Done(made, send(told, folder=Path(chosen), made=made, now=now), None)
    except Fault as no:
        return Done(made, None, no.message)


def back_up_before(told: Told = nobody, *, why: str, now: datetime) -> None:
    """Make a backup before many records change, where the newest does not hold everything there is. Raises `Fault`."""
    if file.is_read_only() or not file.head().unit or backup.is_current():
        return
    try:
        backup.make(why, now=now, told=told)
    except Fault as no:
        raise Fault(M("A backup is made before this, and that did not succeed; so nothing was changed. {why}",
                      why=no.message)) from no  # fmt: skip


def back_up_if_due(*, now: datetime, why: str = "") -> Done | None:
    """Back up what has changed: once a day at least, and each time this is asked with a reason."""
    if file.is_read_only() or not file.head().unit or backup.is_current():
        return None
    there = kept()
    if why or not there or there[0].at.date() != now.astimezone().date():
        return back_up(now=now, why=why or DAY)
    return None


def _made(why: str, now: datetime, told: Told) -> Backup:
    """A backup; where there is none, it is told which one there is."""
    try:
        return backup.make(why, now=now, told=told)
    except Fault as no:
        if not (there := kept()):
            raise
        raise Fault(M("The backup was not made. {why} The last good backup is of {at}.", why=no.message,
                      at=there[0].at)) from no  # fmt: skip


def drill_if_due(*, now: datetime) -> None:
    """Once a month, open the newest backup and the one that has lain longest as for putting them back.

    Raises `Fault` where one of them does not hold what it says.
    """
    known = state()
    last = known.tested or known.since
    if file.is_read_only() or last is None or last.astimezone() > now - DRILL:
        return
    if there := kept():
        for each in dict.fromkeys((there[0], there[-1])):
            _drill(each)
        remember(replace(state(), tested=now))


def _drill(chosen: Backup) -> None:
    try:
        with faults.worded(), suppress(Locked):  # from before the password was another
            recall.test(chosen.path)
    except Fault as no:
        if not (others := [each for each in kept() if each != chosen]):
            raise
        raise Fault(M("The monthly test of the backups found a bad one. {why} The last good backup is of {at}.",
                      why=no.message, at=others[0].at)) from no  # fmt: skip


def send(told: Told = nobody, *, folder: Path, made: Backup, now: datetime) -> Path:
    """Copy a backup to a place, read it back there, and remember when. Raises `Fault`."""
    sent = backup.send(made.path, folder, now=now, told=told)
    if str(folder) == state().place:
        remember(replace(state(), sent=now))
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
    remember(replace(state(), place=str(folder / FOLDER), sent=None))


def sticks() -> list[Path]:
    """The removable disks that are plugged in."""
    return place.sticks()


def test(told: Told = nobody, *, now: datetime, path: Path | None = None, secret: str = "") -> Mapping[str, int]:
    """Open a backup as for putting it back and look through all of it; gives its rows by table. Raises `Fault`."""
    chosen = path or next((each.path for each in kept()), None)
    if chosen is None:
        raise Fault(M("There is no backup yet."))
    held = recall.test(chosen, secret, told)
    remember(replace(state(), tested=now))
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
