"""Rows of ours."""

from __future__ import annotations

from array import array
from typing import Any, ClassVar

from peewee import Model

from desktopapp.kernel.frozen import frozen
from desktopapp.storage.fields import Key
from desktopapp.storage.unit import DB


class Table(Model):
    """Every table of the file."""

    id = Key()

    class Meta:
        database = DB
        legacy_table_names = False
        only_save_dirty = True


@frozen
class Wording:
    """How the records of a table are spoken of: in the history, in the bin, where one stands in the way."""

    kind: str
    """The marked word for one of them."""
    name: tuple[str, ...] = ("name",)
    """The columns that tell one from the others."""
    part_of: str = ""
    """The column naming the record it is a part of, and goes and comes with."""
    rests_on: tuple[str, ...] = ()
    """Columns that may be empty but name a record, where they do, that it cannot stand without."""
    private: tuple[str, ...] = ()
    """Columns that are covered until the owner asks to see them."""
    silent: tuple[str, ...] = ()
    """Columns the program works out or that nobody could read."""


class Record(Table):
    """A row of the owner's data: every write of it leaves a trail."""

    wording: ClassVar[Wording]


def rows(query: Any) -> list[Any]:
    """What a query finds, a tuple of values a row."""
    return list(query.tuples())


def keys(query: Any) -> array[int]:
    """The row numbers a query of one column finds, eight bytes each."""
    statement, values = query.sql()
    return array("q", (row[0] for row in DB.execute_sql(statement, values)))


def held(query: Any) -> list[tuple[Any, ...]]:
    """What a query finds as the file holds it, which `bulk` takes back: nothing is turned into values."""
    statement, values = query.sql()
    return list(DB.execute_sql(statement, values))
