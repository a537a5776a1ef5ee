"""Who may open the file: a password and a recovery code, set and changed while it is open."""

from __future__ import annotations

from collections.abc import Iterable

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M
from desktopapp.storage import copy, lock, password, seal, slots
from desktopapp.storage.file import Session, current, shut
from desktopapp.storage.place import free_space
from desktopapp.storage.seal import Told, nobody
from desktopapp.storage.slots import KeyFile, Keys
from desktopapp.storage.unit import DB

SPARE = 50 * 2**20
"""Bytes that stay free beside a copy of the file."""


@frozen
class Protection:
    """How the open file is protected."""

    has_password: bool
    has_code: bool
    by_code: bool
    """Whether it was opened with the recovery code: the password may be lost."""


@frozen
class Store:
    """Which data it is, for a sheet of paper that is kept apart from it."""

    number: str
    host: str
    """What the PC is called."""


@frozen
class Present:
    """Which data is open, and under which keys."""

    store: str
    keys: Keys


@frozen
class Renewed:
    """A file that was encrypted anew: the keys before and now, and the key file that holds the new ones."""

    before: Keys
    now: Keys
    keys: KeyFile


def store() -> Store:
    """Which data is open."""
    number = _keys().store.upper()
    return Store(f"{number[:4]}-{number[4:8]}", lock.host())


def present() -> Present:
    """Which data is open, and under which keys."""
    return Present(_keys().store, _known())


def protection() -> Protection:
    """How the open file is protected."""
    kinds = _keys().kinds
    return Protection(slots.PASSWORD in kinds, slots.RECOVERY in kinds, current().way == slots.RECOVERY)


def check_password(typed: str, again: str, known: Iterable[str] = ()) -> None:
    """Raises `Refused` where a new password is no protection, or was not typed twice the same."""
    password.check(typed, known)
    if slots.typed(typed) != slots.typed(again):
        raise Refused(M("The two are not the same."), "again")


def check_code(code: str, typed: str) -> None:
    """Raises `Refused` where a recovery code is not as it is printed."""
    if slots.plain(typed) != slots.plain(code):
        raise Refused(M("This is not the code on the sheet. Compare it group by group."), "code")


def check_secret(secret: str) -> None:
    """Raises `Wrong` unless it is the password of the open file, or its recovery code."""
    slots.unlocked(_keys(), secret)


def protect(*, password: str, code: str) -> None:
    """Seal the keys: from now on the password is needed, or the recovery code."""
    _keep(slots.protected(_keys(), _known(), password, code))


def change_password(*, old: str, password: str) -> None:
    """Take another password. The old one need not be told by who came in with the recovery code."""
    if not protection().by_code:
        slots.unlocked(_keys(), old)
    _keep(slots.protected(_keys(), _known(), password))
    current().way = slots.PASSWORD


def change_code(*, code: str) -> None:
    """Take another recovery code; the one before opens nothing any more."""
    _keep(slots.with_code(_keys(), _known(), code))


def unprotect(*, password: str) -> None:
    """Leave the keys open to everybody who has the folder."""
    slots.unlocked(_keys(), password)
    _keep(slots.unprotected(_keys(), _known()))


def encrypt_anew(told: Told = nobody, *, password: str, code: str) -> Renewed:
    """Encrypt the file under a new key, because who knew the password may have the old one.

    The file is shut afterwards, and opens with the new password. Gives what its backups need to follow.
    """
    session, known = _current(), _known()
    size = session.path.stat().st_size
    if free_space(session.folder) < size + SPARE:
        raise Fault(M("The disk has too little room for this: free at least {size} MB.", size=(size + SPARE) >> 20))
    new = slots.renewed(known)
    sealed = slots.protected(_keys(), new, password, code)
    before = _keys()
    shut()
    seal.break_(session.folder)
    slots.save(session.folder, slots.changing(sealed, known, new))
    try:
        copy.anew(session.path, known.file, new.file, told)
    except BaseException:
        slots.save(session.folder, before)
        raise
    slots.save(session.folder, sealed)
    return Renewed(known, new, sealed)


def _current() -> Session:
    session = current()
    if session.lock is None:
        raise Fault(M("The data was opened to look at only, so this cannot be changed."))
    return session


def _keys() -> KeyFile:
    keys = current().keys
    if keys is None:
        raise RuntimeError("no file is open")
    return keys


def _known() -> Keys:
    return Keys(DB.key, DB.root)


def _keep(keys: KeyFile) -> None:
    """Keep the slots; where only one of the two files could be written, they are what it says."""
    session = _current()
    try:
        slots.save(session.folder, keys)
    except OSError:
        if slots.load(session.folder) != keys:
            raise
    session.keys = keys
