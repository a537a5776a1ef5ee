"""The file: its folder, key, lock, version; opened whole or not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from peewee import DatabaseError, OperationalError

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.storage import migrations, search, trail
from desktopapp.storage.faults import fault_of
from desktopapp.storage.record import Record
from desktopapp.storage.unit import DB

NAME = "teamhelm.db"
KEYS = "keys.json"
LOCK = "app.lock"
APPLICATION = 0x54484D31
"""`application_id` of the file: THM1."""

_lock: IO[str] | None = None


def default_folder() -> Path:
    """Where the owner's data lives unless he says otherwise: never under Documents, which is often synced."""
    if chosen := os.environ.get("TEAMHELM_DATA"):
        return Path(chosen)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "TeamHelm"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "TeamHelm"
    return Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share")) / "teamhelm"


def open_file(folder: Path, tables: Iterable[type[Record]]) -> None:
    """Open the owner's file in a folder, made with these tables where there is none yet.

    Raises `Fault` where the folder cannot be written, the file is open elsewhere, damaged,
    or was saved by a newer version; the file is then as it was.
    """
    kept = tuple(tables)
    try:
        _make(folder)
        _take_lock(folder / LOCK)
        _opened_whole(folder, kept)
    except Exception as error:
        if fault := fault_of(error):
            raise fault from error
        raise


def _opened_whole(folder: Path, tables: tuple[type[Record], ...]) -> None:
    """Open the file under the lock just taken; let go of both where it fails."""
    try:
        _open(folder, tables)
    except BaseException:
        close_file()
        raise


def close_file() -> None:
    """Close the file and let go of it."""
    global _lock
    DB.close_all()
    if _lock is not None:
        _lock.close()
        _lock = None


def check_file() -> tuple[str, ...]:
    """What is wrong with the open file; nothing where it is sound."""
    faults = [row[0] for row in DB.execute_sql("pragma integrity_check").fetchall() if row[0] != "ok"]
    broken = DB.execute_sql("pragma foreign_key_check").fetchall()
    return (*faults, *(f"foreign key: {row}" for row in broken))


def derived_key(purpose: str) -> bytes:
    """A key for one purpose, made of the open file's; nothing of that can be learned from it."""
    return hmac.new(bytes.fromhex(DB.key), f"teamhelm {purpose}".encode(), hashlib.sha256).digest()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as no:
        raise Fault(M("The folder {folder} cannot be written. Choose another place.", folder=str(folder))) from no
    if not os.access(folder, os.W_OK):
        raise Fault(M("The folder {folder} cannot be written. Choose another place.", folder=str(folder)))


def _take_lock(path: Path) -> None:
    """Hold the lock for as long as this program runs; the system lets go of it when it dies."""
    global _lock
    file = path.open("a+")
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        file.close()
        raise Fault(M("The program is already open with this data. Use that window, or close it first.")) from taken
    _lock = file


def _open(folder: Path, tables: tuple[type[Record], ...]) -> None:
    path = folder / NAME
    fresh = not path.exists()
    DB.key = _key(folder / KEYS, make=fresh)
    DB.setup = ()
    DB.init(str(path))
    if fresh:
        _create(path, tables)
    try:
        version = _version()
    except DatabaseError as damaged:
        told = M("The data file is damaged or is not ours, so it was not opened. It was not changed.")
        raise Fault(told) from damaged
    if version > migrations.SCHEMA:
        raise Fault(M("This data was saved by a newer version of the program. It was not changed. Install that one."))
    DB.close_all()
    if version < migrations.SCHEMA:
        migrations.upgrade(path, DB.key, version)
    DB.setup = (*trail.triggers(tables), *trail.GUARDS)
    DB.connect()


def _version() -> int:
    """The schema's number. A file that is not ours counts as damaged."""
    application = DB.execute_sql("pragma application_id").fetchone()[0]
    if application != APPLICATION:
        raise OperationalError("not a file of this program")
    number: int = DB.execute_sql("pragma user_version").fetchone()[0]
    return number


def _create(path: Path, tables: tuple[type[Record], ...]) -> None:
    """Make the file in one transaction, so that there is never half of one."""
    try:
        with DB.atomic("immediate"):
            DB.create_tables([*trail.TABLES, *tables])
            for statement in search.CREATE:
                DB.execute_sql(statement)
            DB.execute_sql(f"pragma application_id = {APPLICATION}")
            DB.execute_sql(f"pragma user_version = {migrations.SCHEMA}")
    except BaseException:
        DB.close_all()
        path.unlink(missing_ok=True)
        raise
    path.chmod(0o600)


def _key(path: Path, *, make: bool) -> str:
    """The file's key, out of its open slot. No password is set yet, so whoever has the folder can read it."""
    if make:
        keys = {"format": 1, "slots": [{"kind": "open", "key": secrets.token_hex(32)}]}
        partial = path.with_suffix(".new")
        partial.write_text(json.dumps(keys), encoding="utf-8")
        partial.chmod(0o600)
        partial.replace(path)
    try:
        slots = json.loads(path.read_text(encoding="utf-8"))["slots"]
        return next(str(slot["key"]) for slot in slots if slot["kind"] == "open")
    except (OSError, ValueError, KeyError, StopIteration, TypeError) as missing:
        told = M("The key file {name} is missing or damaged. Put it back from a backup.", name=path.name)
        raise Fault(told) from missing
