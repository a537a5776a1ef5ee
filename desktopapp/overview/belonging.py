"""What belongs to whom, read off the tables themselves: a table that is added later is walked like the others."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any, cast

from desktopapp.areas import TABLES
from desktopapp.storage import Record, keys
from desktopapp.storage.fields import Count, Ref
from desktopapp.team.models import Person

RECORDS: tuple[type[Record], ...] = tuple(table for table in TABLES if issubclass(table, Record))
"""Every table the owner's data are in."""
PERSON = "person"
"""The column by which a row is somebody's: a reference, or a bare number where it must outlast him."""


def refs(table: type[Record]) -> list[Ref]:
    """The columns of a table that name rows of another."""
    return [field for field in cast("Any", table)._meta.sorted_fields if isinstance(field, Ref)]


def holds(table: type[Record], field: Ref) -> bool:
    """Whether a row that names another there cannot stand without it."""
    return not field.null or field.name in table.wording.rests_on


def leaves_first() -> list[type[Record]]:
    """The tables, each before those it refers to."""
    known = {table: {field.rel_model for field in refs(table)} - {table} for table in RECORDS}
    from graphlib import TopologicalSorter  # here, because the first window only asks whether there is a sample

    return list(reversed(tuple(TopologicalSorter(known).static_order())))


def by_which(table: type[Record]) -> Any:
    """The column that says whose a row of a table is: the whole it is a part of, or the person; None where nobody's.

    A row that cannot stand without a row of somebody's is that one's, whoever else it names.
    """
    part_of = table.wording.part_of
    wholes = [getattr(table, part_of)] if part_of else [each for each in refs(table) if holds(table, each)]
    for each in wholes:
        if each.rel_model not in (table, Person) and is_someones(each.rel_model):
            return each
    column = cast("Any", table)._meta.fields.get(PERSON)
    return column if isinstance(column, Ref | Count) else None


def is_someones(table: type[Record]) -> bool:
    """Whether rows of a table can be somebody's."""
    return table is Person or by_which(table) is not None


def is_of(table: type[Record], person: int) -> Any:
    """The condition for a row of a table to be somebody's."""
    if table is Person:
        return cast("Any", Person).id == person
    column = by_which(table)
    if not isinstance(column, Ref) or column.rel_model is Person:
        return column == person
    whole = column.rel_model
    return column.in_(whole.select(whole.id).where(is_of(whole, person)))


def rows_of(person: int) -> Mapping[type[Record], array[int]]:
    """The numbers of the rows that are somebody's, by table; tables in which he has none are left out."""
    found = {table: keys(cast("Any", table).select(cast("Any", table).id).where(is_of(table, person)))
             for table in RECORDS if is_someones(table)}  # fmt: skip
    return {table: numbers for table, numbers in found.items() if numbers}
