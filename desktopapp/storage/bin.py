"""What was deleted and can be brought back row by row, as long as the trail tells of it: always.

Emptying only takes a deletion off the list. The trail is only ever added to, so what was
deleted stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from peewee import IntegrityError

from desktopapp.kernel.message import M, Message
from desktopapp.storage.past import Row, Trace, deletion, foreign, missing, portions
from desktopapp.storage.trail import EMPTY, Edited, Unit, settled
from desktopapp.storage.unit import DB, acting_on, unit, unpack

BIN = "bin"
"""What the windows hear when it was emptied; the file has no such table."""


@dataclass(frozen=True, slots=True)
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
    wanted = set(rows)
    return {row: {each for each in _named(row) if each in wanted} for row in wanted}


def _named(row: Row) -> Iterator[Row]:
    gone = deletion(row)
    if gone is None:
        return
    for column, table in foreign(row[0]).items():
        number, _ = gone[1].fields.get(column, (None, None))
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
    waiting = list(rows)
    along: dict[int, Mapping[Row, list[Row]]] = {}
    while waiting:
        row = waiting.pop()
        if row in coming or (gone := deletion(row)) is None:
            continue
        coming[row] = gone
        number = gone[1].unit
        if number not in along:
            along[number] = _along(number)
        waiting.extend(along[number].get(row, ()))
    asked = list(coming)
    while asked:
        for row in missing(_named(asked.pop())) - coming.keys():
            if (gone := deletion(row)) is not None:
                coming[row] = gone
                asked.append(row)
    return coming


def _along(number: int) -> Mapping[Row, list[Row]]:
    """The rows a unit deleted, by the row each one named."""
    found: dict[Row, list[Row]] = {}
    tables = DB.execute_sql("""select distinct "table" from change where unit = ? and verb = 'delete'""", (number,))
    for (table,) in tables.fetchall():
        for column, other in foreign(table).items():
            naming = f"""select record, json_extract(fields, '$.{column}[0]') from change
                where unit = ? and verb = 'delete' and "table" = ?"""
            for record, named in DB.execute_sql(naming, (number, table)):
                if named is not None:
                    found.setdefault((other, named), []).append((table, record))
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
