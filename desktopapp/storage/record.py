"""Rows of ours."""

from __future__ import annotations

from array import array
from typing import Any

from peewee import Model

from desktopapp.storage.fields import Key
from desktopapp.storage.unit import DB


class Table(Model):
    """Every table of the file."""

    id = Key()

    class Meta:
        database = DB
        legacy_table_names = False
        only_save_dirty = True


class Record(Table):
    """A row of the owner's data: every write of it leaves a trail."""


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
