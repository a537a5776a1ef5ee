"""The sample firm: a made-up team with a year of figures behind it, to try the program on.

Everything is laid out around the day it is loaded, comes in with one unit and goes with one.
The trail knows which rows are sample; the file carries no mark of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.storage import Record, keys, made_by, unit
from desktopapp.storage.fields import Ref
from desktopapp.team.models import Person

LOAD = "overview.load_sample"
"""The request whose rows are the sample."""

_TABLES = tuple(table for table in TABLES if issubclass(table, Record))

Rows = dict[type[Record], set[int]]
"""The numbers of rows, by table."""


def load(today: date) -> None:
    """Put the sample firm into the file. Refused where it is there already."""
    if is_sample():
        raise Refused(M("The sample firm is already here."))
    from desktopapp.overview import sample_figures  # here, because the first window needs none of it

    with unit("overview.load_sample", M("Load the sample firm")):
        sample_figures.write(today)


def is_sample() -> bool:
    """Whether any of the sample firm is in the file."""
    made = made_by(LOAD)
    return any(_still_there(table, made) for table in _TABLES)


def sample_people() -> set[int]:
    """The numbers of the people who belong to the sample."""
    return _still_there(Person, made_by(LOAD))


def remove() -> None:
    """Take the sample firm out, with all that rests on it; what the owner added for himself stays."""
    made = made_by(LOAD)
    going = _resting_on({table: _still_there(table, made) for table in _TABLES})
    with unit("overview.remove_sample", M("Remove the sample firm")):
        for table in _leaves_first():
            _let_go_of(table, going)
            _delete(table, going.get(table, set()))


def _still_there(table: type[Record], made: Mapping[str, set[int]]) -> set[int]:
    """The sample rows of a table that are in the file."""
    numbers = made.get(table._meta.table_name)
    return numbers & set(keys(table.select(table.id))) if numbers else set()


def _resting_on(rows: Rows) -> Rows:
    """These rows and all that cannot stand without them."""
    going = {table: set(numbers) for table, numbers in rows.items()}
    for table in reversed(_leaves_first()):
        for field in _refs(table):
            if _holds(table, field):
                resting = keys(table.select(table.id).where(field.in_(_many(going, field.rel_model))))
                going.setdefault(table, set()).update(resting)
    return going


def _let_go_of(table: type[Record], going: Rows) -> None:
    """Clear what rows that stay say of rows that go, where they can stand without saying it."""
    for field in _refs(table):
        if not _holds(table, field):
            named = field.in_(_many(going, field.rel_model))  # within one table, rows that go let go of each other too
            wanted = named if field.rel_model is table else table.id.not_in(_many(going, table)) & named
            table.update({field: None}).where(wanted).execute()


def _delete(table: type[Record], numbers: set[int]) -> None:
    if numbers:
        table.delete().where(table.id.in_(sorted(numbers))).execute()


def _leaves_first() -> list[type[Record]]:
    """The tables, each before those it refers to."""
    known = {table: {field.rel_model for field in _refs(table)} - {table} for table in _TABLES}
    from graphlib import TopologicalSorter  # here, because the first window only asks whether there is a sample

    return list(reversed(tuple(TopologicalSorter(known).static_order())))


def _holds(table: type[Record], field: Ref) -> bool:
    """Whether a row that names another there cannot stand without it."""
    return not field.null or field.name in table.wording.rests_on


def _refs(table: type[Record]) -> Iterable[Ref]:
    return [field for field in table._meta.sorted_fields if isinstance(field, Ref)]


def _many(rows: Rows, table: type[Record]) -> list[int]:
    return sorted(rows.get(table, ()))
