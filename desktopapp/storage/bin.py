"""What was deleted and can be brought back row by row, as long as the trail tells of it: always.

Emptying only takes a deletion off the list. The trail is only ever added to, so what was
deleted stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from peewee import IntegrityError

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.storage.past import Row, Trace, foreign, last_deletions, missing, portions
from desktopapp.storage.trail import EMPTY, Edited, Unit, settled
from desktopapp.storage.unit import DB, acting_on, unit, unpack

BIN = "bin"
"""What the windows hear when it was emptied; the file has no such table."""


@frozen
class Deletion:
    """A request that deleted rows which are still gone."""

    unit: int
    words: Message
    at: datetime
    rows: tuple[Row, ...]
    """In the order they went: what rests on another before it."""


def deletions(since: datetime) -> list[Deletion]:
    """The requests since then that deleted something, the newest first, but for what was taken back or emptied out."""
    emptied = DB.execute_sql("select coalesce(max(id), 0) from unit where action = ?", (EMPTY,)).fetchone()[0]
    recent = Unit.select().where(Unit.at >= since.astimezone(UTC), Unit.id > emptied)
    void = settled()
    units = {each.id: each for each in recent if each.id not in void}
    last: dict[Row, int] = {}
    for some in portions(units):
        deleted = f"""select unit, "table", record from change where unit in ({some}) and verb = 'delete' order by id"""
        for number, table, record in DB.execute_sql(deleted):
            last.pop((table, record), None)
            last[table, record] = number
    still = missing(last)
    gone: dict[int, list[Row]] = {}
    for row, number in last.items():
        if row in still:
            gone.setdefault(number, []).append(row)
    return [Deletion(n, unpack(units[n].words), units[n].at, tuple(gone[n])) for n in sorted(gone, reverse=True)]


def resting(rows: Iterable[Row]) -> dict[Row, set[Row]]:
    """Of deleted rows, those each one named: it went with them, and cannot come back before them."""
    gone = last_deletions(rows)
    named = _Named()
    return {row: {each for each in named.by(trace) if each in gone} for row, (_, trace) in gone.items()}


class _Named:
    """Looks up which rows a deleted row named."""

    def __init__(self) -> None:
        self._columns: dict[str, dict[str, str]] = {}

    def columns(self, table: str) -> dict[str, str]:
        """The columns of a table that name rows of another."""
        if table not in self._columns:
            self._columns[table] = foreign(table)
        return self._columns[table]

    def by(self, trace: Trace) -> Iterator[Row]:
        """The rows that one named when it was deleted."""
        for column, table in self.columns(trace.table).items():
            number, _ = trace.fields.get(column, (None, None))
            if number is not None:
                yield table, number


def restore(rows: Iterable[Row], words: Message) -> int:
    """Bring deleted rows back as they were, in one unit; how many came.

    With each comes what was deleted in the same request and rested on it, and what it rests on
    itself. Raises `Edited` where another row has taken the place of one.
    """
    coming = _coming(missing(rows))
    with unit("trail.restore", words):
        for row, (_, trace) in sorted(coming.items(), key=lambda each: -each[1][0]):
            _put_in(row, trace)
    return len(coming)


def _coming(rows: Iterable[Row]) -> dict[Row, tuple[int, Trace]]:
    """These rows, what went with them, and what all of them rest on, each with its last deletion."""
    coming: dict[Row, tuple[int, Trace]] = {}
    along: dict[int, Mapping[Row, list[Row]]] = {}
    named = _Named()
    wave = set(rows)
    while wave:
        found = last_deletions(wave)
        coming |= found
        for number in {trace.unit for _, trace in found.values()} - along.keys():
            along[number] = _along(number, named)
        went = (each for row, (_, trace) in found.items() for each in along[trace.unit].get(row, ()))
        wave = missing(each for each in went if each not in coming)
    found = coming
    while found:
        wanted = {each for _, trace in found.values() for each in named.by(trace) if each not in coming}
        found = last_deletions(missing(wanted))
        coming = coming | found
    return coming


def _along(number: int, named: _Named) -> Mapping[Row, list[Row]]:
    """The rows a unit deleted, by the row each one named."""
    found: dict[Row, list[Row]] = {}
    tables = DB.execute_sql("""select distinct "table" from change where unit = ? and verb = 'delete'""", (number,))
    for (table,) in tables.fetchall():
        for column, other in named.columns(table).items():
            naming = f"""select record, json_extract(fields, '$.{column}[0]') from change
                where unit = ? and verb = 'delete' and "table" = ?"""
            for record, other_record in DB.execute_sql(naming, (number, table)):
                if other_record is not None:
                    found.setdefault((other, other_record), []).append((table, record))
    return found


def _put_in(row: Row, trace: Trace) -> None:
    columns = ", ".join(f'"{name}"' for name in ("id", *trace.fields))
    places = ", ".join("?" * (len(trace.fields) + 1))
    values = [row[1], *(old for old, _ in trace.fields.values())]
    try:
        DB.execute_sql(f'insert into "{row[0]}" ({columns}) values ({places})', values)
    except IntegrityError as taken:
        raise Edited((row,)) from taken


def empty() -> None:
    """List none of what was deleted so far. The trail still tells of it."""
    with unit(EMPTY, M("Empty the recycle bin"), is_step=False):
        acting_on(BIN)
