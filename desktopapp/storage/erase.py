"""Erasing for good: rows, what the trail tells of them, and a name wherever it is written.

This is the one act that reaches behind the trail, because the law gives people a right to it.
What the trail says of the requests stays; what it says of the rows goes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.storage.past import Row, portions
from desktopapp.storage.trail import GUARDS, TABLES, untrailed
from desktopapp.storage.unit import DB, acting_on, turn

_TEXT = ("TEXT", "VARCHAR")
_TRAIL = tuple(each._meta.table_name for each in TABLES)
_JSON = (("unit", "words"), ("change", "fields"))
"""Columns that hold texts as JSON has them."""
_INDEX = "found%"
"""The index of what can be found is made of the rows, and made anew from them."""


@frozen
class Mention:
    """A column in which a text still stands."""

    table: str
    column: str
    count: int


def erase(
    gone: Mapping[str, Collection[int]], order: Sequence[str], emptied: Mapping[Row, Mapping[str, Any]]
) -> None:
    """Delete rows and set columns of others, and have the trail forget what it said of all of them.

    `gone` are row numbers by table, deleted in this `order` of tables, parts before their wholes.
    Requests that wrote one of these rows can no longer be undone. Belongs into a unit.
    """
    tables = (*order, *(table for table, _ in emptied))
    with _silenced(tables):
        for table in order:
            for some in portions(gone.get(table, ())):
                acting_on(table)
                DB.execute_sql(f'delete from "{table}" where id in ({some})')
        for (table, record), values in emptied.items():
            acting_on(table)
            put = ", ".join(f'"{column}" = ?' for column in values)
            DB.execute_sql(f'update "{table}" set {put} where id = ?', (*values.values(), record))
        for table, numbers in _by_table(gone, emptied).items():
            for some in portions(numbers):
                _forget(table, some)


def rename(name: str, instead: str, but: Collection[tuple[str, str]] = ()) -> int:
    """Write something else wherever a name stands, in rows and in the trail; gives in how many rows it stood.

    Columns of `but`, by table and column, are left as they are. Belongs into a unit.
    """
    done = 0
    with _silenced([table for table, _ in _columns() if table not in _TRAIL]):
        for table, column in _columns():
            if (table, column) in but:
                continue
            old, new = (_as_json(each) if (table, column) in _JSON else each for each in (name, instead))
            DB.execute_sql(f'update or ignore "{table}" set "{column}" = replace("{column}", ?, ?) '
                           f'where instr("{column}", ?)', (old, new, old))  # fmt: skip
            if changed := DB.connection().changes():
                done += changed
                if table not in _TRAIL:
                    acting_on(table)
    return done


def forget_found() -> None:
    """Empty the index of what can be found; it is made anew from what there is."""
    with turn, DB.atomic("immediate"):
        DB.execute_sql("insert into found(found) values ('delete-all')")
        DB.execute_sql("update found_state set seen = 0")


def compact() -> None:
    """Write the file anew without what was deleted from it. Nothing else may be at work on it meanwhile."""
    with turn:
        DB.execute_sql("vacuum")


def mentions(text: str) -> list[Mention]:
    """Where in the file a text still stands, the trail included: every column of every table that holds text."""
    found = []
    for table, column in _columns():
        wanted = _as_json(text) if (table, column) in _JSON else text
        counting = f'select count(*) from "{table}" where instr("{column}", ?)'
        if count := DB.execute_sql(counting, (wanted,)).fetchone()[0]:
            found.append(Mention(table, column, int(count)))
    return found


def _forget(table: str, numbers: str) -> None:
    """Have the trail say of these rows that there were some, and no more."""
    mine = f""""table" = '{table}' and record in ({numbers})"""
    DB.execute_sql(f"update unit set is_step = 0 where id in (select unit from change where {mine})")
    DB.execute_sql(f"delete from change where {mine} and verb <> 'insert'")
    DB.execute_sql(f"update change set fields = '{{}}' where {mine}")


@contextmanager
def _silenced(tables: Sequence[str]) -> Iterator[None]:
    """Keep nothing of what is written to these tables, and let the trail itself be written to."""
    names = [guard.split()[6] for guard in GUARDS]
    with ExitStack() as stack:
        for table in dict.fromkeys(tables):
            for verb in ("update", "delete"):
                stack.enter_context(untrailed(table, verb))
        for name in names:
            DB.execute_sql(f'drop trigger if exists temp."{name}"')
        try:
            yield
        finally:
            for guard in GUARDS:
                DB.execute_sql(guard)


def _by_table(gone: Mapping[str, Collection[int]], emptied: Mapping[Row, object]) -> dict[str, set[int]]:
    found = {table: set(numbers) for table, numbers in gone.items()}
    for table, record in emptied:
        found.setdefault(table, set()).add(record)
    return found


def _columns() -> list[tuple[str, str]]:
    """Every column of the file that holds text, by its table."""
    tables = DB.execute_sql(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like ?", (_INDEX,)
    ).fetchall()
    return [
        (table, column)
        for (table,) in tables
        for column, kind in DB.execute_sql("select name, type from pragma_table_info(?)", (table,)).fetchall()
        if kind.upper().startswith(_TEXT)
    ]


def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
