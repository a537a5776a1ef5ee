"""The unit of work: one request of the owner, one transaction, one entry in the trail."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import apsw
from playhouse.apsw_ext import APSWDatabase, __exception_wrapper__

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.storage.faults import worded
from desktopapp.storage.reading import forget

PRAGMAS = (
    "journal_mode=truncate", "synchronous=extra", "foreign_keys=on", "recursive_triggers=on", "secure_delete=on",
    "temp_store=memory", "trusted_schema=off", "cell_size_check=on", "cache_size=-64000",
    "cache_spill=off",  # so that the window goes on reading while a long import is being written
)  # fmt: skip
PAUSE, PATIENT, GIVEN_UP = 0.01, 100, 1_000
"""Seconds between tries to close a connection another thread is at; tries before that is broken off, and at all."""
WAIT = 10
"""Seconds a connection waits for another to finish its commit."""


class Store(APSWDatabase):  # type: ignore[misc]  # playhouse ships no types for it
    """The owner's file, always encrypted: the cipher's tags are the only checksum a page has."""

    key: str = ""
    """64 hex digits; none while the file is locked."""
    root: str = ""
    """64 hex digits, of which keys for other purposes are made."""
    tables: frozenset[str] = frozenset()
    """The tables of records in it."""

    def __init__(self) -> None:
        self._round = 0
        super().__init__(None, timeout=WAIT)
        self.setup: tuple[str, ...] = ()
        self._opened: list[Any] = []

    def is_closed(self) -> bool:
        """Whether this thread has yet to connect; those of all threads are closed at once, from one of them."""
        if getattr(self._state, "round", self._round) != self._round:
            self._state.reset()
        closed: bool = super().is_closed()
        return closed

    def _connect(self) -> Any:
        if not self.key:
            raise Fault(M("The program is locked. Unlock it first."))
        return super()._connect()

    def _add_conn_hooks(self, conn: Any) -> None:
        unlock(conn, self.key)
        for pragma in PRAGMAS:
            conn.execute(f"pragma {pragma}")
        super()._add_conn_hooks(conn)
        self._opened.append(conn)
        self._state.round = self._round
        self._hold(conn)

    def trail_by(self, setup: tuple[str, ...]) -> None:
        """Have every connection carry out these statements before it writes: they keep the trail."""
        self.setup = setup
        if not self.is_closed():
            self._hold(self.connection())

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction, on a connection that was made ready to write."""
        self._make_ready()
        super().begin(lock_type)

    def _hold(self, conn: Any) -> None:
        """Let a connection only read until it is made ready: most never write, and a start has no time for it."""
        self._state.is_held = bool(self.setup)
        if self.setup:
            conn.execute("pragma query_only=on")

    def _make_ready(self) -> None:
        conn = self.connection()
        if self._state.is_held:
            conn.execute("pragma query_only=off")
            for statement in self.setup:
                conn.execute(statement)
            self._state.is_held = False

    def close_all(self) -> None:
        """Close the connections of every thread."""
        self.close()
        self._round += 1
        while self._opened:
            _end(self._opened.pop())


def _end(connection: Any) -> None:
    """Close a connection. What another thread still asks of it may come to an end, and is broken off if it does not."""
    for nth in range(GIVEN_UP):
        try:
            connection.close(force=True)
            return
        except apsw.ThreadingViolationError:
            if nth > PATIENT:
                connection.interrupt()
            time.sleep(PAUSE)
    connection.close(force=True)


def unlock(connection: Any, key: str) -> None:
    """Give a connection the key of its file."""
    connection.execute("pragma cipher='aegis'")
    connection.execute(f'pragma key="raw:{key}"')


logging.getLogger("peewee").disabled = True  # it would tell a log every value that is read or written
DB = Store()


@dataclass
class Current:
    """The request being carried out and the tables it has touched."""

    id: int
    touched: set[str] = field(default_factory=set)


_current: ContextVar[Current | None] = ContextVar("unit", default=None)
_observers: dict[object, Callable[[frozenset[str]], None]] = {}
turn = threading.RLock()
"""Held by who writes: units take turns, and what follows them waits for its own."""


def acting_on(table: str) -> int:
    """The unit a write to `table` belongs to. Every write asks, so none can happen outside one."""
    if (current := _current.get()) is None:
        raise RuntimeError(f"{table} written outside a unit of work")
    current.touched.add(table)
    forget()
    return current.id


DB.register_function(acting_on, "acting_on", 1)


@contextmanager
def exceptions() -> Iterator[None]:
    """Turn what the driver raises on a cursor of its own into peewee's errors."""
    with __exception_wrapper__:
        yield


@contextmanager
def unit(action: str, words: Message, *, reverts: int | None = None, is_step: bool = True) -> Iterator[int]:
    """Carry out one request: all of it is kept, or none. A unit inside a unit joins it.

    `action` names the request for the program ("goals.set"), `words` for the owner, who reads
    them on the undo button and in the trail. Gives the unit's number.

    Without `is_step` it is no step of undo: it writes down what happened outside the file,
    a form that was printed, and undoing cannot make that unhappen.

    Raises `Fault` where the disk or the file says no.
    """
    if (outer := _current.get()) is not None:
        yield outer.id
        return
    try:
        with worded(), turn, DB.atomic("immediate") as transaction:
            DB.execute_sql(
                "insert into unit(action, words, at, reverts, is_step) values (?, ?, ?, ?, ?)",
                (action, pack(words), datetime.now(UTC).isoformat(timespec="seconds"), reverts, int(is_step)),
            )
            current = Current(DB.connection().last_insert_rowid())
            token = _current.set(current)
            try:
                yield current.id
            finally:
                _current.reset(token)
                forget()
            if not current.touched:
                transaction.rollback()
    except Fault:
        _tell(DB.tables)  # some errors come after the commit: only who reads again knows what the file holds
        raise
    if current.touched:
        _tell(frozenset(current.touched))


def _tell(tables: frozenset[str]) -> None:
    for told in tuple(_observers.values()):
        told(tables)


def observe(told: Callable[[frozenset[str]], None]) -> Callable[[], None]:
    """Hear which tables each kept unit touched, in the thread that wrote; returns the way to stop.

    After one that failed by the file's fault they are all told, so that whoever shows them reads again.

    Each hearer has a key of its own: the signals of two windows compare equal, and the wrong one would stop.
    """
    key = object()
    _observers[key] = told

    def stop() -> None:
        _observers.pop(key, None)

    return stop


_PACKED: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "period": (Period, str, Period.parse),
    "money": (Money, lambda sum_: sum_.fen, Money),
    "number": (Decimal, str, Decimal),
    "day": (date, date.isoformat, date.fromisoformat),
    "both": (Both, lambda text: [text.zh, text.en], lambda pair: Both(*pair)),
    "message": (Message, lambda message: pack(message), lambda text: unpack(text)),
    "many": (tuple, lambda many: [_packed(value) for value in many], lambda many: tuple(map(_unpacked, many))),
}


def pack(words: Message) -> str:
    """A message as text that can be kept and worded later, in any language."""
    return json.dumps([words.msgid, {name: _packed(v) for name, v in words.values.items()}], ensure_ascii=False)


def unpack(text: str) -> Message:
    """The message so kept."""
    msgid, values = json.loads(text)
    return Message(msgid, {name: _unpacked(value) for name, value in values.items()})


def _packed(value: object) -> object:
    for tag, (kind, write, _) in _PACKED.items():
        if isinstance(value, kind):
            return {tag: write(value)}
    if isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no place in the words of a unit")


def _unpacked(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    [(tag, kept)] = value.items()
    return _PACKED[tag][2](kept)
