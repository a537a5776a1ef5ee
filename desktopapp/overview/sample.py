"""The sample firm: a made-up team with a year of figures behind it, to try the program on.

Everything is laid out around the day it is loaded, comes in with one unit and goes with one.
The trail knows which rows are sample; the file carries no mark of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.overview.belonging import RECORDS, holds, leaves_first, refs
from desktopapp.storage import Record, keys, made_by, unit
from desktopapp.team.models import Person

LOAD = "overview.load_sample"
"""The request whose rows are the sample."""

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
    return any(_still_there(table, made) for table in RECORDS)


def sample_people() -> set[int]:
    """The numbers of the people who belong to the sample."""
    return _still_there(Person, made_by(LOAD))


def remove() -> None:
    """Take the sample firm out, with all that rests on it; what the owner added for himself stays."""
    made = made_by(LOAD)
    going = _resting_on({table: _still_there(table, made) for table in RECORDS})
    with unit("overview.remove_sample", M("Remove the sample firm")):
        for table in leaves_first():
            _let_go_of(table, going)
            _delete(table, going.get(table, set()))


def _still_there(table: type[Record], made: Mapping[str, set[int]]) -> set[int]:
    """The sample rows of a table that are in the file."""
    numbers = made.get(table._meta.table_name)
    return numbers & set(keys(table.select(table.id))) if numbers else set()


def _resting_on(rows: Rows) -> Rows:
    """These rows and all that cannot stand without them."""
    going = {table: set(numbers) for table, numbers in rows.items()}
    for table in reversed(leaves_first()):
        for field in refs(table):
            if holds(table, field):
                resting = keys(table.select(table.id).where(field.in_(_many(going, field.rel_model))))
                going.setdefault(table, set()).update(resting)
    return going


def _let_go_of(table: type[Record], going: Rows) -> None:
    """Clear what rows that stay say of rows that go, where they can stand without saying it."""
    for field in refs(table):
        if not holds(table, field):
            named = field.in_(_many(going, field.rel_model))  # within one table, rows that go let go of each other too
            wanted = named if field.rel_model is table else table.id.not_in(_many(going, table)) & named
            table.update({field: None}).where(wanted).execute()


def _delete(table: type[Record], numbers: set[int]) -> None:
    if numbers:
        table.delete().where(table.id.in_(sorted(numbers))).execute()


def _many(rows: Rows, table: type[Record]) -> list[int]:
    return sorted(rows.get(table, ()))
