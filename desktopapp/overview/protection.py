"""Who may open the program: the password, which nobody of the firm would guess, and the recovery code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M, Message
from desktopapp.overview import backups as elsewhere
from desktopapp.storage import Told, backup, faults, file, slots
from desktopapp.storage import protection as keys
from desktopapp.storage.protection import (
    Present,
    Protection,
    Renewed,
    change_code,
    change_password,
    check_code,
    check_secret,
    protect,
    protection,
    unprotect,
)
from desktopapp.storage.seal import nobody
from desktopapp.storage.tries import Tries
from desktopapp.team import queries as team

__all__ = [
    "DELETE", "LEAVE", "RENEW", "Protection", "Told", "Tries", "change_code", "change_password", "check_code",
    "check_password", "check_secret", "earlier_backups", "encrypt_anew", "new_code", "protect", "protection",
    "unprotect",
]  # fmt: skip


RENEW, DELETE, LEAVE = "renew", "delete", "leave"
"""What becomes of the backups from before: who knows the old password can open them."""


def earlier_backups() -> int:
    """Backups within reach that open with the keys of the open file."""
    return len(_backups(file.folder(), keys.present()))


def encrypt_anew(told: Told = nobody, *, password: str, code: str, backups: str = RENEW) -> Message:
    """Encrypt the file under a new key, and do what was chosen about the backups from before.

    The file is shut afterwards, and opens with the new password. Gives what is to be said of the backups.
    """
    folder = file.folder()
    before = _backups(folder, keys.present())
    renewed = keys.encrypt_anew(told, password=password, code=code)
    if not before:
        return M("Everything is encrypted anew. Only the new password and the new recovery sheet open it.")
    if backups == LEAVE:
        return _left(len(before))
    gone = before[1:] if backups == DELETE else []
    done = [path for path in before if path not in gone and _renewed(path, renewed, told)]
    for path in gone if done else []:
        path.unlink(missing_ok=True)
    left = [path for path in before if path not in done and path.exists()]
    if left:
        return _left(len(left))
    if gone:
        return M("The newest backup was encrypted anew, {count} {count:older one was|older ones were} deleted. Those "
                 "on sticks that are not plugged in still open with the old password: delete them.",
                 count=len(gone))  # fmt: skip
    return M("{count} {count:backup was|backups were} encrypted anew. Those on sticks that are not plugged in still "
             "open with the old password: delete them.", count=len(done))  # fmt: skip


def _backups(folder: Path, now: Present) -> list[Path]:
    """The backups within reach that are under a key, the newest first."""
    second = elsewhere.state(folder).place
    there = [*backup.backups(folder / file.BACKUPS), *(backup.backups(Path(second)) if second else ())]
    return [each.path for each in there if backup.is_under(each.path, now.store, now.keys.file)]


def _renewed(path: Path, renewed: Renewed, told: Told) -> bool:
    try:
        with faults.worded():
            backup.renew(path, renewed.before.file, renewed.now.file, renewed.keys, told)
    except Fault:
        return False
    return True


def _left(count: int) -> Message:
    return M("{count} {count:backup still opens|backups still open} with the old password. Delete {count:it|them} as "
             "soon as newer ones are made.",
             count=count)  # fmt: skip


def new_code() -> str:
    """A recovery code nobody has had: 8 groups of 5."""
    return slots.code()


def check_password(typed: str, again: str) -> None:
    """Raises `Refused` where a new password is no protection: who knows the firm would try its names first."""
    keys.check_password(typed, again, known())


def known() -> set[str]:
    """What anybody who knows the firm would try: its name, the owner's, those of the team, and how they are spelt."""
    return {each for each in _known() if len(each) > 1}


def _known() -> Iterator[str]:
    firm = team.firm()
    if firm:
        yield from (firm.name, firm.owner, firm.printed_name)
    for row in team.people(leavers=True, owner=True):
        yield from (row.name, row.pinyin.replace(" ", ""), row.initials, row.phone)
