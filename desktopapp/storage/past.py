"""What the trail tells of single rows: each change of one, and what one said last that is gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.storage.unit import DB

Row = tuple[str, int]
"""Table and number."""
PORTION = 10_000
"""Numbers put into one statement."""


@frozen
class Trace:
    """One change of one row, as the file holds it."""

    unit: int
    verb: str
    """insert, update or delete"""
    table: str
    record: int
    fields: Mapping[str, tuple[Any, Any]]
    """Each column that changed with what it was and what it is; empty for a row added in bulk."""


@frozen
class Tally:
    """How many rows of a table a unit added, changed or deleted."""

    verb: str
    table: str
    count: int


_TRACE = 'select unit, verb, "table", record, fields from change'
_PLACED = 'select id, unit, verb, "table", record, fields from change'


def traces_of(table: str, records: Iterable[int]) -> list[Trace]:
    """Every change of these rows, the first one first."""
    found = [_TRACE + f' where "table" = ? and record in ({some}) order by id' for some in portions(records)]
    return [_trace(*row) for statement in found for row in DB.execute_sql(statement, (table,))]


def traces_in(unit: int, most: int) -> list[Trace]:
    """The changes a unit made, no more than asked for."""
    return [_trace(*row) for row in DB.execute_sql(_TRACE + " where unit = ? order by id limit ?", (unit, most))]


def tallies(units: Sequence[int]) -> dict[int, list[Tally]]:
    """What each unit did, counted."""
    found: dict[int, list[Tally]] = {unit: [] for unit in units}
    counting = 'select unit, verb, "table", count(*) from change where unit in ({}) group by 1, 2, 3 order by min(id)'
    for some in portions(units):
        for unit, *tally in DB.execute_sql(counting.format(some)):
            found[unit].append(Tally(*tally))
    return found


def said(table: str, record: int) -> dict[str, Any]:
    """A row as the file holds it, column by column; where it is gone, as it was when it went."""
    there = DB.execute_sql(f'select * from "{table}" where id = ?', (record,))
    if row := there.fetchone():
        return dict(zip((column[0] for column in there.description), row, strict=True))
    gone = last_deletions([(table, record)])
    return {name: old for _, trace in gone.values() for name, (old, _) in trace.fields.items()}


def last_deletions(rows: Iterable[Row]) -> dict[Row, tuple[int, Trace]]:
    """The last deletion of each of these rows that was ever deleted, with its place among all changes."""
    found: dict[Row, tuple[int, Trace]] = {}
    for table, records in _by_table(rows).items():
        for some in portions(records):
            last = f"""select max(id) from change where "table" = ? and record in ({some}) and verb = 'delete'
                group by record"""
            for place, *trace in DB.execute_sql(f"{_PLACED} where id in ({last})", (table,)):
                found[table, trace[3]] = (place, _trace(*trace))
    return found


def parts(table: str, column: str, whole: int) -> list[int]:
    """The rows of a table that name another in a column, or did until they were deleted."""
    there = f'select id from "{table}" where "{column}" = ?'
    gone = f"""select record from change where "table" = ? and verb = 'delete'
        and json_extract(fields, '$.{column}[0]') = ?"""
    return [row[0] for row in DB.execute_sql(f"{there} union {gone} order by 1", (whole, table, whole))]


def touched(unit: int) -> dict[str, set[int]]:
    """The rows a unit changed, by table."""
    return _by_table(DB.execute_sql('select "table", record from change where unit = ?', (unit,)))


def named(table: str, column: str, records: Iterable[int]) -> set[int]:
    """What these rows of a table name in a column, or did until they were deleted."""
    found: set[int] = set()
    for some in portions(records):
        there = f'select "{column}" from "{table}" where id in ({some})'
        gone = f"""select json_extract(fields, '$.{column}[0]') from change where "table" = ? and verb = 'delete'
            and record in ({some})"""
        found |= {row[0] for row in DB.execute_sql(f"{there} union {gone}", (table,))}
    return found


def deleted_values(table: str, column: str) -> set[Any]:
    """What rows of a table that were deleted, and are still gone, said in a column."""
    gone = f"""select record, json_extract(fields, '$.{column}[0]') from change where "table" = ? and verb = 'delete'"""
    found = {(table, record): value for record, value in DB.execute_sql(gone, (table,))}
    return {found[row] for row in missing(found)}


def missing(rows: Iterable[Row]) -> set[Row]:
    """Which of these rows are not in the file."""
    wanted = _by_table(rows)
    for table, records in wanted.items():
        for some in portions(tuple(records)):
            there = DB.execute_sql(f'select id from "{table}" where id in ({some})')
            records.difference_update(row[0] for row in there)
    return {(table, record) for table, records in wanted.items() for record in records}


def _by_table(rows: Iterable[Row]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for table, record in rows:
        found.setdefault(table, set()).add(record)
    return found


def foreign(table: str) -> dict[str, str]:
    """The columns of a table that name rows of another, with the other."""
    return dict(DB.execute_sql('select "from", "table" from pragma_foreign_key_list(?)', (table,)).fetchall())


def portions(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers for an `in (…)`, a portion at a time."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), PORTION):
        yield ",".join(map(str, wanted[start : start + PORTION]))


def _trace(unit: int, verb: str, table: str, record: int, fields: str) -> Trace:
    changed = {name: (old, new) for name, (old, new) in json.loads(fields).items() if (old, new) != (None, None)}
    return Trace(unit, verb, table, record, changed)
