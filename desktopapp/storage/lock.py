"""The lock beside the file: who has it open. The system lets go of it when the program dies."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M

FAR = 1 << 30
"""The byte that is locked on Windows: far behind what is written, so that others can read it."""


@frozen
class Holder:
    """Who wrote himself into the lock, and has not written himself out."""

    host: str
    since: str
    """A date and a time, as ISO writes them; empty where it was not known."""


class InUse(Fault):
    """This PC has the data open already."""

    def __init__(self) -> None:
        super().__init__(M("The program is already open with this data. Use that window, or close it first."))


class Elsewhere(Fault):
    """Another PC has the data open, or has ended without closing it."""

    def __init__(self, holder: Holder) -> None:
        since = datetime.fromisoformat(holder.since) if holder.since else None
        told = M("This data may be in use on the PC “{host}” since {since}. So that nothing is overwritten it can only "
                 "be looked at here. Take it over only if that PC is off.", host=holder.host, since=since)  # fmt: skip
        unknown = M("This data may be in use on the PC “{host}”. So that nothing is overwritten it can only be looked "
                    "at here. Take it over only if that PC is off.", host=holder.host)  # fmt: skip
        super().__init__(told if since else unknown)
        self.holder = holder


class Lock:
    """The lock of a folder, held."""

    def __init__(self, path: Path, *, take_over: bool = False) -> None:
        """Raises `InUse`, or `Elsewhere` unless it is to be taken over."""
        self.path = path
        self._file: IO[str] | None = path.open("a+", encoding="utf-8")
        try:
            _hold(self._file)
        except OSError as taken:
            self._drop()
            raise _held_by(read(path)) from taken
        self.left = read(path)
        """Who had it open and did not close it."""
        if self.left and self.left.host != host() and not take_over:
            self._drop()
            raise Elsewhere(self.left)

    def sign(self, now: datetime | None) -> None:
        """Write down who has the file open."""
        since = now.isoformat(timespec="minutes") if now else ""
        self._write(json.dumps({"host": host(), "pid": os.getpid(), "since": since}, ensure_ascii=False))

    def release(self, *, closed: bool) -> None:
        """Let go of it; where the file was `closed` in good order nobody is written in it any more.

        Where the disk does not let that be written, this PC stays in it, which keeps nobody out here.
        """
        with suppress(OSError):
            if closed:
                self._write("")
        self._drop()

    def _write(self, text: str) -> None:
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(text)
            self._file.flush()

    def _drop(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # what could not be written is tried once more, and the file closed all the same
                file.close()


def host() -> str:
    """What this PC is called."""
    return os.environ.get("COMPUTERNAME", "PC") if sys.platform == "win32" else os.uname().nodename


def read(path: Path) -> Holder | None:
    """Who is written in a lock."""
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        holder = Holder(str(stated["host"]), str(stated["since"]))
        if holder.since:
            datetime.fromisoformat(holder.since)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return holder


def _held_by(holder: Holder | None) -> Fault:
    return Elsewhere(holder) if holder and holder.host != host() else InUse()


def _hold(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
