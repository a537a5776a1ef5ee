"""The file: its folder, lock, keys, seal, version; opened whole or not at all."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
from peewee import DatabaseError, OperationalError

from desktopapp import __version__
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import LOCK, NAME
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M
from desktopapp.storage import lock, migrations, place, seal, search, slots, trail
from desktopapp.storage.faults import fault_of, is_damage
from desktopapp.storage.record import Record
from desktopapp.storage.seal import Head, Seal, Told, nobody
from desktopapp.storage.slots import KeyFile, Keys, Locked
from desktopapp.storage.unit import DB, WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = slots.NAME
BACKUPS = "backups"
APPLICATION = 0x54484D31
"""`application_id` of the file: THM1."""

CLEAN, UNCLEAN, CHANGED = "clean", "unclean", "changed"
"""How the file was found: as it was closed, not closed at all, or changed since by something else."""
DRIFT = timedelta(minutes=5)
"""A clock may be so much behind the last request before that is told."""
PROGRESS = 20_000
"""Steps of a check after which it tells that it goes on."""


@frozen
class Opened:
    """How the file was found when it was opened."""

    folder: Path
    is_fresh: bool
    found: str
    """CLEAN, UNCLEAN or CHANGED."""
    is_read_only: bool
    last: datetime | None
    """When the last request was."""
    missing: int
    """Requests it held when it was closed, and holds no more."""
    lies: place.Lies | None
    """How its folder lies amiss."""
    is_behind: bool
    """Whether the PC's clock is earlier than the last request."""
    way: str
    """The kind of slot that gave the keys: OPEN, PASSWORD or RECOVERY."""

    @property
    def by_code(self) -> bool:
        """Whether it was opened with the recovery code: the password may be lost."""
        return self.way == slots.RECOVERY


class Damaged(Fault):
    """The file is damaged, or is not ours. It was not opened, and is as it was."""

    def __init__(self) -> None:
        super().__init__(M("The data file is damaged or is not ours, so it was not opened. It was not changed."))


class Gone(Fault):
    """The file is not where its keys are."""

    def __init__(self, folder: Path) -> None:
        super().__init__(M("The data file {name} is not in the folder {folder} any more, but its keys are. Put it "
                           "back, or restore a backup.", name=NAME, folder=str(folder)))  # fmt: skip


class Newer(Fault):
    """The file was saved by a newer version, which its seal names where it was closed in good order."""

    def __init__(self, version: str = "") -> None:
        super().__init__(
            M("This data was saved by a newer version of the program, {version}; this is {own}. It was not changed. "
              "Install {version} or later.", version=version, own=__version__) if version else
            M("This data was saved by a newer version of the program. It was not changed. Install that one.")
        )  # fmt: skip


@dataclass
class Session:
    """What is held of a folder, from the lock on."""

    folder: Path
    tables: tuple[type[Record], ...]
    lock: lock.Lock | None
    """None where the folder cannot be written."""
    keys: KeyFile | None = None
    way: str = slots.OPEN
    """The kind of slot that gave the keys."""
    is_open: bool = False

    @property
    def path(self) -> Path:
        return self.folder / NAME


_session: Session | None = None


def open_file(
    folder: Path,
    tables: Iterable[type[Record]],
    *,
    secret: str = "",
    now: datetime | None = None,
    anywhere: bool = False,
    take_over: bool = False,
    look_only: bool = False,
    told: Told = nobody,
) -> Opened:
    """Open the owner's file in a folder, made with these tables where there is none yet.

    `secret` is the password or the recovery code, where there is one; `anywhere` opens it in a
    place that is not fit for it, `take_over` though another PC may have it open, `look_only`
    without writing. `told` hears how far the checks of a large file are.

    Raises `Fault` where it cannot be opened, one of the kinds of this package where there is
    something to be done about it; the file is then as it was. After `Locked` and `Wrong` the
    folder stays held: ask again, or `close_file`.
    """
    try:
        session = _entered(folder, tuple(tables), anywhere=anywhere, take_over=take_over, look_only=look_only)
        with _held(session):
            return _opened(session, secret, now, told)
    except Exception as error:
        if fault := fault_of(error):
            raise fault from error
        raise


def close_file() -> None:
    """Close the file, seal it, and let go of it."""
    global _session
    if _session is None:
        return
    is_closed = shut()
    if _session.lock:
        _session.lock.release(closed=is_closed)
    _session = None


def shut() -> bool:
    """Close the file, seal it and forget its keys, but hold on to its folder: `open_file` opens it again.

    Gives whether it was closed in good order.
    """
    session = current()
    is_closed = session.is_open and session.lock is not None and _sealed(session)
    DB.close_all()
    DB.key = DB.root = ""
    session.is_open = False
    return is_closed


def folder() -> Path:
    """The folder of the open file."""
    return current().folder


def is_open() -> bool:
    """Whether a file is open."""
    return _session is not None and _session.is_open


def is_held() -> bool:
    """Whether a folder is held, open or waiting for its password."""
    return _session is not None


def is_read_only() -> bool:
    """Whether the open file can only be looked at."""
    return current().lock is None


def is_protected() -> bool:
    """Whether the open file needs a password."""
    keys = current().keys
    return keys is not None and not keys.is_open


def check_file() -> tuple[str, ...]:
    """What is wrong with the open file; nothing where it is sound."""
    faults = [row[0] for row in DB.execute_sql("pragma integrity_check").fetchall() if row[0] != "ok"]
    broken = DB.execute_sql("pragma foreign_key_check").fetchall()
    return (*faults, *(f"foreign key: {row}" for row in broken))


def derived_key(purpose: str) -> bytes:
    """A key for one purpose, which stays the same when the file is encrypted anew; nothing can be learned from it."""
    return hmac.new(bytes.fromhex(DB.root), f"teamhelm {purpose}".encode(), hashlib.sha256).digest()


def head() -> Head:
    """How far the trail of the open file has come."""
    last = DB.execute_sql("select id, at from unit order by id desc limit 1").fetchone() or (0, "")
    change = DB.execute_sql("select coalesce(max(id), 0) from change").fetchone()[0]
    return Head(last[0], change, last[1])


def counts() -> dict[str, int]:
    """Rows of the open file by table."""
    names = [each._meta.table_name for each in (*trail.TABLES, *current().tables)]
    return {name: DB.execute_sql(f'select count(*) from "{name}"').fetchone()[0] for name in names}


def current() -> Session:
    """The session: a folder that is held."""
    if _session is None:
        raise RuntimeError("no file is open")
    return _session


def _entered(
    folder: Path, tables: tuple[type[Record], ...], *, anywhere: bool, take_over: bool, look_only: bool
) -> Session:
    """The folder, locked; the one that was held while a password was asked for is held on."""
    global _session
    if _session and not _session.is_open and _session.folder == folder:
        return _session
    is_there = (folder / NAME).exists()
    lies = None if anywhere else place.lies(str(folder.absolute()), place.here())
    if lies and not is_there:
        raise place.Misplaced(lies, folder)
    held = None if look_only or (is_there and not _writable(folder)) else _locked(folder, take_over=take_over)
    _session = Session(folder, tables, held)
    return _session


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and os.access(folder / NAME, os.W_OK)


def _locked(folder: Path, *, take_over: bool) -> lock.Lock:
    refused = Fault(M("The folder {folder} cannot be written. Choose another place.", folder=str(folder)))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as no:
        raise refused from no
    if not os.access(folder, os.W_OK):
        raise refused
    return lock.Lock(folder / LOCK, take_over=take_over)


@contextmanager
def _held(session: Session) -> Iterator[None]:
    """Let go of the folder where its file is not opened, unless a password is asked for."""
    try:
        yield
    except (Locked, slots.Wrong):
        DB.close_all()
        raise
    except BaseException:
        close_file()
        raise
    session.is_open = True


def _opened(session: Session, secret: str, now: datetime | None, told: Told) -> Opened:
    fresh = not session.path.exists()
    known = _settled(session, _keys(session, secret, fresh=fresh))
    found, sealed = (CLEAN, None) if fresh else _found(session, told)
    _point(session, known)
    if fresh:
        _create(session)
    version = _version()
    if version > migrations.SCHEMA:
        raise Newer(sealed.by if sealed else "")
    if found != CLEAN:
        _check(told)
    if version < migrations.SCHEMA:
        _upgrade(session, version, now, told)
    DB.tables = frozenset(each._meta.table_name for each in session.tables)
    DB.trail_by((*trail.triggers(session.tables), *trail.GUARDS))
    return _taken(session, found, sealed, now, fresh=fresh)


def _taken(session: Session, found: str, sealed: Seal | None, now: datetime | None, *, fresh: bool) -> Opened:
    """Take the opened file: from here on it may change."""
    if session.lock:
        session.lock.sign(now)
        seal.break_(session.folder)
    now_at = head()
    last = datetime.fromisoformat(now_at.at).astimezone() if now_at.at else None
    return Opened(
        folder=session.folder,
        is_fresh=fresh,
        found=found,
        is_read_only=session.lock is None,
        last=last,
        missing=max(0, sealed.head.unit - now_at.unit) if sealed else 0,
        lies=place.lies(str(session.folder.absolute()), place.here()),
        is_behind=bool(last and now and now < last - DRIFT),
        way=session.way,
    )


def _upgrade(session: Session, version: int, now: datetime | None, told: Told) -> None:
    """Bring an older file up to date, backed up before; that backup stays the longest of all."""
    from desktopapp.storage import backup, thinning  # here, because few starts have this to do

    if session.lock is None:
        raise Fault(M("This data was saved by an older version, and has to be brought up to date before it can be "
                      "shown. Take the write protection off, then start again."))  # fmt: skip
    at = now or datetime.fromtimestamp(session.path.stat().st_mtime, UTC)
    kept = backup.make(thinning.UPGRADE, now=at, told=told)
    DB.close_all()
    migrations.upgrade(session.path, DB.key, version, migrations.MIGRATIONS, kept=kept.path, told=told)
    DB.connect()


def _keys(session: Session, secret: str, *, fresh: bool) -> Keys:
    """The keys of the file, made where it is."""
    there = any((session.folder / name).exists() for name in (slots.NAME, slots.COPY))
    if fresh and there and _was_used(session.folder):
        raise Gone(session.folder)
    if fresh and not there:
        session.keys, made = slots.fresh()
        slots.save(session.folder, session.keys)
        return made
    session.keys = slots.load(session.folder)
    if not secret:
        return slots.opened(session.keys)
    found, session.way = slots.unlocked(session.keys, secret)
    return found


def _settled(session: Session, known: Keys) -> Keys:
    """The keys the file is under; where it was being encrypted anew, that is brought to its end first."""
    if session.keys is None or (before := slots.before(session.keys, known)) is None:
        return known
    from desktopapp.storage import copy  # here, because hardly any start has this to do

    if not copy.fits(session.path, known.file):
        if session.lock is None:
            return before
        copy.anew(session.path, before.file, known.file)
    if session.lock:
        session.keys = replace(session.keys, before="")
        slots.save(session.folder, session.keys)
    return known


def _was_used(folder: Path) -> bool:
    """Whether a folder without a file once had one."""
    return (folder / seal.NAME).exists() or any((folder / BACKUPS).glob("*"))


def _found(session: Session, told: Told) -> tuple[str, Seal | None]:
    """How the file was found, and what it was when it was closed."""
    journal = session.path.with_name(f"{NAME}-journal")
    sealed = seal.read(session.folder)
    if sealed is None or (journal.exists() and journal.stat().st_size):
        return UNCLEAN, sealed
    return (CLEAN if seal.summed(session.path, told) == sealed.sum else CHANGED), sealed


def _point(session: Session, known: Keys) -> None:
    """Have connections open the session's file."""
    DB.key, DB.root, DB.setup = known.file, known.root, ()
    flags = apsw.SQLITE_OPEN_READONLY if session.lock is None else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    DB.init(str(session.path), timeout=WAIT, flags=flags)


def _version() -> int:
    """The schema's number. A file that is not ours counts as damaged."""
    try:
        application = DB.execute_sql("pragma application_id").fetchone()[0]
        if application != APPLICATION:
            raise OperationalError("not a file of this program")
        number: int = DB.execute_sql("pragma user_version").fetchone()[0]
    except (DatabaseError, apsw.Error) as no:  # which of the two depends on when SQLite comes upon it
        if not is_damage(no):
            raise
        raise Damaged from no
    return number


def _check(told: Told) -> None:
    """Look through a file that was not closed in good order, before anything of it is shown."""
    connection: Any = DB.connection()

    def still_going() -> bool:
        told(0, 0)
        return False

    connection.set_progress_handler(still_going, PROGRESS)
    try:
        faults = check_file()
    except (DatabaseError, apsw.Error) as no:  # which of the two depends on when SQLite comes upon it
        if not is_damage(no):
            raise
        raise Damaged from no
    finally:
        connection.set_progress_handler(None, PROGRESS)
    if faults:
        raise Damaged


def _create(session: Session) -> None:
    """Make the file in one transaction, so that there is never half of one."""
    try:
        with DB.atomic("immediate"):
            DB.create_tables([*trail.TABLES, *session.tables])
            for statement in search.CREATE:
                DB.execute_sql(statement)
            DB.execute_sql(f"pragma application_id = {APPLICATION}")
            DB.execute_sql(f"pragma user_version = {migrations.SCHEMA}")
    except BaseException:
        DB.close_all()
        session.path.unlink(missing_ok=True)
        raise
    session.path.chmod(0o600)


def _sealed(session: Session) -> bool:
    """Close the connections and seal the file; whether that went well. Without a seal the next start checks it all."""
    try:
        now, rows = head(), counts()
        DB.close_all()
        seal.put(session.folder, Seal(seal.summed(session.path), now, rows, __version__))
    except (Fault, DatabaseError, OSError):
        return False
    return True
