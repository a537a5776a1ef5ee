"""Who may open the program: the password, which nobody of the firm would guess, and the recovery code."""

from __future__ import annotations

from collections.abc import Iterator

from desktopapp.storage import Told, slots
from desktopapp.storage import protection as keys
from desktopapp.storage.protection import (
    Protection,
    change_code,
    change_password,
    check_code,
    check_secret,
    encrypt_anew,
    protect,
    protection,
    unprotect,
)
from desktopapp.storage.tries import Tries
from desktopapp.team import queries as team

__all__ = [
    "Protection", "Told", "Tries", "change_code", "change_password", "check_code", "check_password", "check_secret",
    "encrypt_anew", "new_code", "protect", "protection", "unprotect",
]  # fmt: skip


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
