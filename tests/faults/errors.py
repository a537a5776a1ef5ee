"""The disk says no, at every single thing asked of it, once or from then on: it is full, fails, or others look at it.

Each time it must be told in words the owner understands, and what was to be kept is kept wholly or not
at all: in the open file, in the file opened again, and when the owner tries once more.
"""

from __future__ import annotations

import errno
import importlib
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw
from peewee import DatabaseError

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.language import CODES, language
from desktopapp.storage import DB, backup, close_file, fault_of, faults, file, is_open, whole
from tests.faults import deeds
from tests.faults.disk import DELETE, OPEN, RENAME, SYNC, TRUNCATE, WRITE, Asked, heard
from tests.faults.verdict import Report

FAILS, FULL, HELD = "fails", "is full", "has it held by another program"
ONCE, ON = "once", "from then on"
SHORT = 1
"""In a short run, so many points of each kind a deed asks of a file."""
FILLS = (WRITE, TRUNCATE, SYNC, RENAME)
"""What a full disk refuses, beside new files."""
TAKES = (OPEN, RENAME, DELETE)
"""What another program that looks at a file keeps from being done, as virus scanners do."""
WORDS = {FAILS: faults.UNREACHABLE.msgid, FULL: faults.FULL.msgid, HELD: faults._TAKEN}
"""What is said of it; of another place, something of its own is said."""
EARLIER = 7
"""Saves that are in the file before the deed."""


@dataclass
class Fails:
    """A disk that fails at one point."""

    nth: int
    how: str
    lasting: str
    count: int = 0
    said: Asked | None = None
    """What it said no to."""

    def __call__(self, asked: Asked) -> None:
        self.count += 1
        if self.count == self.nth or (self.lasting == ON and self.count > self.nth):
            if self.how not in _ways(asked):
                return
            self.said = self.said or asked
            raise self._answer(asked)

    def _answer(self, asked: Asked) -> Exception:
        if self.how == HELD:
            return PermissionError(errno.EACCES, "somebody looks at it", asked.path)
        if not asked.by_sqlite:
            return OSError(errno.ENOSPC if self.how == FULL else errno.EIO, "the disk says no")
        if self.how == FULL:
            return apsw.FullError("the disk is full")
        return apsw.CantOpenError("the disk says no") if asked.kind == OPEN else apsw.IOError("the disk says no")


@dataclass
class Told:
    """What came of it."""

    points: int = 0
    shown: int = 0
    unneeded: int = 0
    """Points at which the deed was done all the same."""
    wrong: list[str] = field(default_factory=list)


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """Fail at every point of every kind of deed; in a short run at some."""
    chance, told = random.Random(seed), Told()
    whole.PATIENCE = (0,) * len(whole.PATIENCE)  # tried as often, without waiting
    firm = deeds.make(place / "firm")
    deeds.states(firm, [*deeds.saves(EARLIER), deeds.BACKUP, *deeds.saves(EARLIER + 2)[EARLIER:], deeds.LEAVE])
    kinds = deeds.saves(21)[14:]
    for deed in (*(chance.sample(kinds, 2) if short else kinds), deeds.IMPORT, deeds.BACKUP, deeds.SEND, deeds.ERASE,
                 deeds.START, deeds.RESTORE):  # fmt: skip
        before, after = deeds.states(deeds.copied(firm, place / "worked"), [deed])
        asked = _asked(deeds.copied(firm, place / "worked"), deed)
        for nth, how, lasting in _points(asked, chance, short=short):
            _try(told, deeds.copied(firm, place / "worked"), deed, (before, after), Fails(nth, how, lasting))
    figures = (f"{told.points} errors of the disk: {told.shown} told in words, {told.unneeded} that kept nothing from "
               f"being done, {len(told.wrong)} otherwise")  # fmt: skip
    return Report(figures, told.wrong)


def _asked(folder: Path, deed: deeds.Deed) -> list[Asked]:
    """What a deed asks of the disk."""
    log: list[Asked] = []
    deeds.open_(folder)
    with heard(folder, log.append):
        _reconnected()
        deed.do()
    close_file()
    return log


def _points(asked: Sequence[Asked], chance: random.Random, *, short: bool) -> Iterator[tuple[int, str, str]]:
    """Where and how the disk fails: everywhere, or at some points of each kind."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    for nth, each in enumerate(asked, 1):
        for how in _ways(each):
            alike.setdefault((each.kind, Path(each.path).suffix, how), []).append(nth)
    for (_, _, how), points in alike.items():
        for nth in chance.sample(points, min(SHORT, len(points))) if short else points:
            for lasting in [chance.choice((ONCE, ON))] if short else (ONCE, ON):
                yield nth, how, lasting


def _ways(asked: Asked) -> Iterator[str]:
    """The ways in which it may be refused."""
    yield FAILS
    if asked.is_new or asked.kind in FILLS:
        yield FULL
    if asked.kind in TAKES and not asked.by_sqlite:
        yield HELD


def _try(told: Told, folder: Path, deed: deeds.Deed, states: tuple[str, str], disk: Fails) -> None:
    """Do a deed on a disk that fails, then once more on one that does not."""
    told.points += 1
    deeds.open_(folder)
    error: BaseException | None = None
    try:
        with heard(folder, disk):
            _reconnected()
            deed.do()
    except Exception as raised:  # noqa: BLE001 - whatever it is, it has to be a fault in words
        error = raised
    wrong = list(_amiss(folder, deed, states, error, disk))
    told.shown += error is not None
    told.unneeded += error is None
    at = f"{disk.said.kind} {Path(disk.said.path).name}" if disk.said else "nothing"
    where = f"{deed.name}, {disk.nth}: {at} {disk.how} {disk.lasting}"
    told.wrong += [f"{where}: {each}" for each in wrong]
    if file.is_held():
        close_file()


def _amiss(
    folder: Path, deed: deeds.Deed, states: tuple[str, str], error: BaseException | None, disk: Fails
) -> Iterator[str]:
    """What is not as it should be after a deed that may have failed."""
    if error is not None:
        if (fault := fault_of(error)) is None:
            yield f"not in words: {error!r}"
            return
        if fault.message.msgid != WORDS[disk.how] and not (deed is deeds.SEND and isinstance(error, Fault)):
            yield f"told as {fault}"
        if not all(language(code).text(fault.message) for code in CODES):
            yield f"no words for {fault.message.msgid}"
    if not is_open():
        deeds.open_(folder)
    found = deeds.state()
    if found not in (states if error else states[1:]):
        yield "between two states" if error else "said to be done, and is not"
    close_file()
    deeds.open_(folder)
    if deeds.state() != found:
        yield "opened again it holds something else"
    for each in backup.backups(backup.place()):
        backup.verify(each.path, DB.key)
    if error is not None and found == states[0]:
        deed.do()
        if deeds.state() != states[1]:
            yield "done again it is not as it should be"


def _reconnected() -> None:
    """Have the open file asked through the disk that is heard."""
    DB.close_all()
    DB.connect()


def break_() -> None:
    """Have whatever the disk says in a request passed over."""

    @contextmanager
    def swallowed() -> Iterator[None]:
        with suppress(apsw.Error, DatabaseError):
            yield

    importlib.import_module("desktopapp.storage.unit").worded = swallowed  # the package has a function of that name
