"""The trail: what each write changed, and on whose request. It is also the undo.

Temporary triggers write it, so it holds for every way of writing and the owner's file
carries none of it but the rows. Reverting a unit puts the old values of every row it
touched back; what it cannot put back it refuses, with the list of the rows edited since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

from peewee import CharField, Field, IntegerField, IntegrityError, TextField

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.storage.fields import Flag, Moment
from desktopapp.storage.reading import once
from desktopapp.storage.record import Record, Table
from desktopapp.storage.unit import DB, acting_on, exceptions, unit, unpack


class Unit(Table):
    """One request of the owner. Only ever added to."""

    action = CharField()
    words = TextField()
    at = Moment()
    reverts = IntegerField(null=True)
    is_step = Flag(default=True)
    """Whether undo takes it back. What happened outside the file stays written down whatever is undone."""


class Change(Table):
    """One row changed by a unit: each column with what it was and what it is. Only ever added to."""

    unit = IntegerField()
    verb = CharField()
    table = CharField()
    record = IntegerField()
    fields = TextField()
    """`{"column": [old, new]}`; empty for a row added in bulk, which is undone by its number alone."""

    class Meta:
        indexes = ((("unit",), False), (("table", "record"), False))


TABLES: tuple[type[Table], ...] = (Unit, Change)

GUARDS = tuple(
    f"create temp trigger if not exists keep_{table}_{verb} before {verb} on main.\"{table}\" "
    f"begin select raise(abort, 'the trail is only ever added to'); end"
    for table in ("unit", "change")
    for verb in ("update", "delete")
)
"""The statements that keep the trail itself from being rewritten."""

_TRIGGER = """
create temp trigger if not exists "trail_{table}_{verb}" after {verb} on main."{table}" begin
  insert into change(unit, verb, "table", record, fields)
  select acting_on('{table}'), '{verb}', '{table}', {row}.id, json_group_object(name, json_array(old, new))
  from ({columns}) where old is not new group by 1;
end"""
_BULK = """
insert into change(unit, verb, "table", record, fields)
select {unit}, 'insert', '{table}', id, '{{}}' from "{table}" where id > {last}"""


def triggers(tables: Iterable[type[Record]]) -> Iterator[str]:
    """The statements that keep the trail of these tables on a connection."""
    for each in tables:
        yield from (_trigger(each, verb) for verb in ("insert", "update", "delete"))


def _trigger(table: type[Record], verb: str) -> str:
    old, new = {"insert": (None, "new"), "update": ("old", "new"), "delete": ("old", None)}[verb]
    columns = " union all ".join(
        f"select '{f.column_name}' name, {_cell(old, f)} old, {_cell(new, f)} new"
        for f in table._meta.sorted_fields
        if not f.primary_key
    )
    return _TRIGGER.format(table=table._meta.table_name, verb=verb, row=new or old, columns=columns)


def _cell(row: str | None, field: Field) -> str:
    return f'{row}."{field.column_name}"' if row else "null"


@frozen
class Added:
    """What a bulk write did."""

    new: int
    changed: int


def bulk(
    table: type[Record],
    columns: Sequence[Field],
    rows: Iterable[Sequence[Any]],
    *,
    key: Sequence[Field] = (),
    keep: Sequence[Field] = (),
) -> Added:
    """Write many rows at once, each a sequence of values as the file holds them (`Field.db_value`).

    With `key`, columns that are unique together, a row that is there already is changed
    instead of added, but for the columns of `keep`; one that says nothing new is left alone.
    A column that is not among them takes its default, as it would one by one.
    Twenty times as fast as `insert_many`, since new rows are trailed by their number alone.
    """
    name = table._meta.table_name
    owner = acting_on(name)
    last = _one(f"select coalesce(max(id), 0) from \"{name}\"")
    seen = _one("select coalesce(max(id), 0) from change")
    with untrailed(name), _indexed(name, after=not last), exceptions():
        DB.cursor().executemany(_insert(table, columns, key, keep), rows)
    changed = _one("select count(*) from change where id > ?", seen)
    DB.execute_sql(_BULK.format(unit=owner, table=name, last=last))
    return Added(DB.connection().changes(), changed)


@contextmanager
def _indexed(table: str, *, after: bool, which: str = "create index%") -> Iterator[None]:
    """Make the indexes of a table only once its first rows are in, or most are out: that takes half the time."""
    wanted = "select name, sql from sqlite_schema where type = 'index' and tbl_name = ? and sql like ?"
    made = DB.execute_sql(wanted, (table, which)).fetchall() if after else []
    with DB.atomic():  # a failure brings the indexes back, even where the unit goes on
        for name, _ in made:
            DB.execute_sql(f'drop index "{name}"')
        yield
        for _, statement in made:
            DB.execute_sql(statement)


@contextmanager
def untrailed(table: str, verb: str = "insert") -> Iterator[None]:
    """Leave added rows of a table out of the trail, or deleted ones; whoever asks for it trails them himself."""
    trigger = f"trail_{table}_{verb}"
    [[statement]] = DB.execute_sql("select sql from temp.sqlite_schema where name = ?", (trigger,)).fetchall()
    DB.execute_sql(f'drop trigger temp."{trigger}"')
    try:
        yield
    finally:
        DB.execute_sql(statement.replace("CREATE TRIGGER", "create temp trigger", 1))


def _insert(table: type[Record], columns: Sequence[Field], key: Sequence[Field], keep: Sequence[Field]) -> str:
    name, names = table._meta.table_name, [f.column_name for f in columns]
    left = [f for f in table._meta.sorted_fields if f.column_name not in names and f.default is not None]
    places = ", ".join([*"?" * len(names), *(_literal(f.db_value(f.default)) for f in left)])
    filled = ", ".join([*names, *(f.column_name for f in left)])
    statement = f'insert into "{name}" ({filled}) values ({places})'
    if not key:
        return statement
    fixed = {f.column_name for f in (*key, *keep)}
    free = [each for each in names if each not in fixed]
    put = ", ".join(f"{each} = excluded.{each}" for each in free)
    differs = " or ".join(f"excluded.{each} is not {name}.{each}" for each in free)
    return f"{statement} on conflict ({', '.join(f.column_name for f in key)}) do update set {put} where {differs}"


def _literal(value: str | int) -> str:
    """A default as SQL has it; ours are short words and whole numbers."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _one(statement: str, *values: object) -> Any:
    return DB.execute_sql(statement, values).fetchone()[0]


EMPTY = "trail.empty_bin"
"""The one request that cannot be taken back: it changes no row."""


class Edited(Refused):
    """A unit cannot be reverted: rows it touched were edited since, or others now rest on them."""

    def __init__(self, rows: tuple[tuple[str, int], ...]) -> None:
        super().__init__(M("{count} {count:record was|records were} edited since, so this can no longer be undone.",
                           count=len(rows)))  # fmt: skip
        self.rows = rows
        """Table and number of each."""


Told = Callable[[int, int], object]
"""Hears how many rows of how many are done; it may raise, and then nothing is kept."""
TOGETHER = 5_000
"""Rows put back between two words of how far it is."""


def _untold(_part: int, _whole: int) -> None:
    pass


def size(number: int) -> int:
    """The rows a unit changed."""
    return int(_one("select count(*) from change where unit = ?", number))


def revert(number: int, told: Told = _untold) -> None:
    """Put back what a unit changed, as a unit of its own; reverting that one does it again.

    Raises `Edited`, and changes nothing, where rows were edited since; `Refused` where the unit
    is no step of undo.
    """
    reverted = Unit.get_by_id(number)
    if not reverted.is_step:
        raise Refused(M("This tells what has happened, so it cannot be undone."))
    if edited := _edited_since(number):
        raise Edited(edited)
    verb = N_("Redo: {what}") if reverted.reverts else N_("Undo: {what}")
    words = M(verb, what=unpack(_origin(reverted).words))
    with unit("trail.revert", words, reverts=number):
        _put_back(number, told)


def action_of(number: int) -> str:
    """The name of a request; of an undoing and of a redoing, of the request they are about."""
    return str(_origin(Unit.get_by_id(number)).action)


def _origin(reverted: Any) -> Any:
    """The request at the bottom of a row of undo and redo."""
    while reverted.reverts:
        reverted = Unit.get_by_id(reverted.reverts)
    return reverted


def _put_back(number: int, told: Told) -> None:
    changes = DB.execute_sql(
        'select verb, "table", record, fields from change where unit = ? order by id desc', (number,)
    ).fetchall()
    done = 0
    for (verb, table), run in groupby(changes, key=lambda change: change[:2]):
        alike = list(run)
        if verb == "delete":
            alike.reverse()  # the file grows at its end fastest
        is_most = verb == "insert" and len(alike) > max(TOGETHER, _one(f'select count(*) from "{table}"') // 2)
        with _indexed(table, after=is_most, which="create%"), _inverse_of(verb, table) as put_back:
            for start in range(0, len(alike), TOGETHER):
                told(done, len(changes))
                rows = [(record, json.loads(fields)) for _, _, record, fields in alike[start : start + TOGETHER]]
                done += len(rows)
                try:
                    put_back(table, rows)
                except IntegrityError as resting:
                    raise Edited(tuple((table, record) for record, _ in rows)) from resting
        if verb == "delete":
            DB.execute_sql(_RETURNED, (acting_on(table), number, table))


Rows = list[tuple[int, dict[str, tuple[Any, Any]]]]
"""Numbers, each with the columns that changed."""


@contextmanager
def _inverse_of(verb: str, table: str) -> Iterator[Callable[[str, Rows], None]]:
    """The way to put rows back. Deleted ones are trailed by their number alone: who deleted them knows the rest."""
    if verb != "delete":
        yield {"insert": _take_out, "update": _set_back}[verb]
        return
    with untrailed(table):
        yield _put_in


def _take_out(table: str, rows: Rows) -> None:
    """Delete rows and trail what they said, all at once: a trigger would take four times as long over each."""
    numbers = ",".join(str(record) for record, _ in rows)
    named = DB.execute_sql("select name from pragma_table_info(?) where name <> 'id'", (table,)).fetchall()
    said = ", ".join(f"""'{name}', json_array("{name}", null)""" for (name,) in named)
    DB.execute_sql(f"""insert into change(unit, verb, "table", record, fields)
        select {acting_on(table)}, 'delete', '{table}', id, json_object({said})
        from "{table}" where id in ({numbers})""")
    with untrailed(table, "delete"):
        for some in (str(record) for record, _ in rows) if _rests_on_itself(table) else (numbers,):
            DB.execute_sql(f'delete from "{table}" where id in ({some})')


def _rests_on_itself(table: str) -> bool:
    """Whether rows of a table may rest on others of it: the newest then go first."""
    named = DB.execute_sql('select 1 from pragma_foreign_key_list(?) where "table" = ?', (table, table))
    return named.fetchone() is not None


def _put_in(table: str, rows: Rows) -> None:
    for names, alike in groupby(rows, key=lambda row: tuple(row[1])):
        columns = ", ".join(f'"{each}"' for each in ("id", *names))
        places = ", ".join("?" * (len(names) + 1))
        values = [(record, *(old for old, _ in fields.values())) for record, fields in alike]
        with exceptions():
            DB.cursor().executemany(f'insert into "{table}" ({columns}) values ({places})', values)


def _set_back(table: str, rows: Rows) -> None:
    for record, fields in rows:
        put = ", ".join(f'"{name}" = ?' for name in fields)
        values = [old for old, _ in fields.values()]
        DB.execute_sql(f'update "{table}" set {put} where id = ?', [*values, record])


_RETURNED = """
insert into change(unit, verb, "table", record, fields)
select ?, 'insert', "table", record, '{}' from change where unit = ? and "table" = ? and verb = 'delete' order by id"""

_LATER = """
select distinct mine."table", mine.record from change mine
join change later on later."table" = mine."table" and later.record = mine.record and later.id > mine.id
where mine.unit = ? and later.unit not in ({settled})
  and (mine.verb <> 'update' or later.verb <> 'update' or exists (
    select 1 from json_each(mine.fields) a join json_each(later.fields) b on a.key = b.key))"""


def _edited_since(number: int) -> tuple[tuple[str, int], ...]:
    """The rows of a unit that units still in force have edited after it."""
    void = ",".join(map(str, {number, *settled(number)}))
    return tuple(DB.execute_sql(_LATER.format(settled=void), (number,)).fetchall())


def settled(number: int = 0) -> set[int]:
    """The units after this one that were reverted, and those that reverted them: together they change nothing."""
    pairs = DB.execute_sql("select id, reverts from unit where reverts > ? order by id desc", (number,)).fetchall()
    found: set[int] = set()
    for undoing, undone in pairs:
        if undoing not in found:
            found |= {undoing, undone}
    return found


@frozen
class Step:
    """A unit as the owner sees it: on the undo button, in the trail."""

    unit: int
    words: Message
    at: datetime
    is_lasting: bool = False
    """Whether there is nothing to take back."""
    is_reverting: bool = False
    """Whether it took another one back, or did it again."""
    action: str = ""
    """The name of the request; of an undoing and of a redoing, of the request they are about."""


REACH = 200
"""How many units back undo looks."""


def undoable(passed_by: Callable[[Step], bool] = lambda _step: False) -> Step | None:
    """What undo would take back: the last step that is not to be passed by."""
    done, _ = _stacks()
    return next((step for step in reversed(done) if not passed_by(step)), None)


def redoable(passed_by: Callable[[Step], bool] = lambda _step: False) -> Step | None:
    """What redo would do again; its number is that of the undoing unit."""
    _, undone = _stacks()
    return next((step for step in reversed(undone) if not passed_by(step)), None)


@once
def _stacks() -> tuple[list[Step], list[Step]]:
    """What can be undone and what can be redone, the next one last."""
    latest = list(Unit.select().where(Unit.is_step).order_by(Unit.id.desc()).limit(REACH))
    origin: dict[int, int] = {}
    done: list[Step] = []
    undone: list[Step] = []
    for each in reversed(latest):
        step = Step(each.id, unpack(each.words), each.at, action=each.action)
        if each.reverts is None:
            done, undone = [*done, step], []
            continue
        back_to = origin.get(each.reverts)
        if back_to is None:  # an undo: what it reverts leaves the one stack, it joins the other
            taken = next((old for old in done if old.unit == each.reverts), None)
            done = [old for old in done if old.unit != each.reverts]
            undone.append(_standing_for(taken or step, each))
            origin[each.id] = each.reverts
        else:  # a redo stands for the unit it does again
            taken = next((old for old in undone if old.unit == each.reverts), step)
            undone = [old for old in undone if old.unit != each.reverts]
            done.append(_standing_for(taken, each))
    return done, undone


def _standing_for(step: Step, reverting: Any) -> Step:
    """The step as the unit that took it back, or did it again, stands for it."""
    return Step(reverting.id, step.words, reverting.at, action=step.action)


def latest(limit: int = REACH, before: int | None = None) -> list[Step]:
    """The last units, the newest first; those before a unit where one is named."""
    wanted = Unit.select() if before is None else Unit.select().where(Unit.id < before)
    return [_step(each) for each in wanted.order_by(Unit.id.desc()).limit(limit)]


def steps(units: Iterable[int]) -> list[Step]:
    """These units, the newest first."""
    return [_step(each) for each in Unit.select().where(Unit.id.in_(list(units))).order_by(Unit.id.desc())]


def _step(each: Unit) -> Step:
    return Step(each.id, unpack(each.words), each.at, not each.is_step, each.reverts is not None, each.action)


def made_by(action: str) -> dict[str, set[int]]:
    """The numbers of the rows that units of a name have added, by table."""
    found: dict[str, set[int]] = {}
    adding = """select change."table", change.record from change join unit on unit.id = change.unit
        where unit.action = ? and change.verb = 'insert'"""
    for table, record in DB.execute_sql(adding, (action,)).fetchall():
        found.setdefault(table, set()).add(record)
    return found


def unit_of(table: str, record: int) -> int | None:
    """The unit that added a row."""
    added = Change.select(Change.unit).where(Change.table == table, Change.record == record, Change.verb == "insert")
    number: int | None = added.order_by(Change.id.desc()).scalar()
    return number
