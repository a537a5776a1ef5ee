"""Rows to values, with what is wrong with the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import TypeVar, cast

from desktopapp.exchange.export import unguarded
from desktopapp.exchange.figures import unit_of
from desktopapp.exchange.headings import Mapped, Target, letters
from desktopapp.exchange.parsers import NEEDED, Column, Stored, Wrong, is_plain, parsed
from desktopapp.exchange.regions import RawTable
from desktopapp.exchange.serials import unspoiled
from desktopapp.kernel.clean import clean
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.storage.fields import Money, Text

_T = TypeVar("_T")


@frozen
class Problem:
    """A cell that could not be taken in: where it stands in the file, and why."""

    row: int
    column: str
    value: str
    message: Message


@frozen
class Said:
    """What the owner said about how a column is written; None where he said nothing."""

    order: str | None = None
    decimal: str | None = None
    percent: bool | None = None
    unit: int | None = None
    """By how many places sums are to be moved: 4 where they are counted in 万元."""


KEYS = frozenset(("external", "number", "owner_id", "account_id", "deal_id", "order_no", "related_id"))
"""Targets that hold numbers records are known by."""
PHONES = frozenset(("phone", "mobile", "other_phone", "emergency_phone"))
NOTHING_SAID: Mapping[str, Said] = {}


@frozen
class Parsed:
    """The rows that can be taken in, column by column, and what is wrong with the others."""

    values: Mapping[str, Sequence[Stored]]
    """By the name of the target: a value for each row, as the file holds it."""
    rest: Mapping[str, Sequence[str]]
    """The columns nobody asked for that hold anything, and those of which only a part was taken, by heading."""
    numbers: Sequence[int]
    """The number of each row in the file."""
    problems: tuple[Problem, ...] = ()
    rejected: int = 0
    spoiled: tuple[tuple[str, str], ...] = ()
    """Columns of numbers that a spreadsheet cut short, by heading, each with one of them."""


def read(table: RawTable, columns: Sequence[Mapped], said: Mapping[str, Said] = NOTHING_SAID) -> Parsed:
    """The rows of a table as values. `said` is what the owner said about columns, by heading.

    Raises `Refused` with the heading as its field where a column of dates has to be asked for.
    """
    numbers = table.numbers
    problems = [Problem(number, letters(len(table.heading)), str(cell), _OVER) for number, cell in table.over]
    values: dict[str, Sequence[Stored]] = {}
    rest: dict[str, Sequence[str]] = {}
    spoiled: list[tuple[str, str]] = []
    for column in columns:
        texts = texts_of(table, column.at)
        if column.target is None:
            if any(texts):
                rest[column.heading] = _cleaned(texts)
            continue
        ones = _first_ones(texts) if isinstance(column.target.field, Text) else texts
        if ones is not texts:
            rest[column.heading] = _cleaned(texts)
        if column.target.name in KEYS or column.target.name in PHONES:
            ones, lost = unspoiled(ones, is_key=column.target.name in KEYS)
            spoiled += [(column.heading, lost)] if lost else []
        read_ = _read(table, column, column.target, ones, said.get(column.heading, Said()))
        values[column.target.name] = read_
        problems += _problems(column, read_, numbers)
    bad = {problem.row for problem in problems}
    good = [number not in bad for number in numbers] if bad else []
    return Parsed(
        {name: _kept(each, good) for name, each in values.items()},
        {name: _kept(each, good) for name, each in rest.items()},
        _kept(numbers, good),
        tuple(sorted(problems, key=lambda problem: problem.row)),
        len(bad),
        tuple(spoiled),
    )


def _first_ones(texts: Sequence[str]) -> Sequence[str]:
    """The first value of each cell where the cells of a column are lists as programs write them; the same otherwise."""
    filled = {text for text in texts if text}
    if not filled or not all(text.startswith(("[", "{")) and text.endswith(("]", "}")) for text in filled):
        return texts
    try:
        first = {text: _first_of(json.loads(text)) for text in filled}
    except ValueError:
        return texts
    return [first.get(text, "") for text in texts]


def _first_of(value: object) -> str:
    """The first bare value of a list, whatever it is called there."""
    if isinstance(value, list):
        return _first_of(value[0]) if value else ""
    if isinstance(value, dict):
        return _first_of(next((value[name] for name in _VALUES if name in value), next(iter(value.values()), "")))
    return "" if value is None else str(value)


_VALUES = ("value", "name", "text", "label")
"""What programs call the value itself in a list of values with labels."""
_OVER = M("This row has more cells than there are headings; a separator inside a text may be to blame.")


def texts_of(table: RawTable, at: int) -> Sequence[str]:
    """The cells of a column as text: those of a text file as they are, those of a workbook as that would write them."""
    if table.separator:
        return cast("Sequence[str]", table.columns[at])
    cells = table.columns[at]
    return ["" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell) for cell in cells]


def _cleaned(texts: Sequence[str]) -> Sequence[str]:
    together = "".join(texts)
    return texts if "'" not in together and is_plain(together) else [clean(unguarded(text)).strip() for text in texts]


def _read(table: RawTable, column: Mapped, target: Target, texts: Sequence[str], said: Said) -> Sequence[Stored]:
    unit = said.unit if said.unit is not None else counted_in(table, column)
    values = parsed(Column(target.field, column.heading, texts, said.order, said.decimal, said.percent, unit))
    if target.required and "" in values:
        return [NEEDED if value == "" else value for value in values]
    return values


def counted_in(table: RawTable, column: Mapped) -> int:
    """By how many places the sums of a column are to be moved: as its heading says, or what stands above them all."""
    if column.target is None or type(column.target.field) is not Money:
        return 0
    own = unit_of(column.heading)
    return own if own is not None else next(filter(None, map(unit_of, table.above)), 0)


def _problems(column: Mapped, values: Sequence[Stored], numbers: Sequence[int]) -> list[Problem]:
    if Wrong not in set(map(type, values)):
        return []
    return [
        Problem(number, column.heading, value.cell, value.message)
        for number, value in zip(numbers, values, strict=True)
        if isinstance(value, Wrong)
    ]


def _kept(values: Sequence[_T], good: Sequence[bool]) -> Sequence[_T]:
    return list(compress(values, good)) if good else values
