"""A copy of everything the file holds of one person, for that person: every column of every table, by walking them.

The law gives people the right to see and copy what is kept of them (PIPL, art. 45). The copy is one ZIP: `data.json`
for programs, `data.pdf` to be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.message import N_, Both, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import wording
from desktopapp.overview.belonging import RECORDS, is_of, is_someones
from desktopapp.printing.form import Booklet, Filled
from desktopapp.printing.spec import Column, Fields, Form, Note, Table
from desktopapp.reviews.models import RaterScore, Remark
from desktopapp.storage import Record, held, whole
from desktopapp.team import queries as team

DATA, PAPER = "data.json", "data.pdf"
WITHHELD: frozenset[type[Record]] = frozenset({RaterScore, Remark})
"""Left out of the copy: what others gave on the promise that only means are ever told."""
NOTHING = ""
CODE = "PD-01"
"""The number of the paper."""
TOLD = N_("All that the firm's program holds of this person on that day. Ratings others gave without their name are "
          "left out: only means of them are ever told.")  # fmt: skip
Told = Callable[[int, int], object]


@frozen
class Kept:
    """The rows of one table that are somebody's."""

    table: type[Record]
    rows: tuple[tuple[int, dict[str, Any]], ...]
    """Each with its number and its columns as the file holds them."""


def nobody(_part: int, _whole: int) -> None:
    """Where nobody wants to know how far it is."""


def kept(person: int) -> list[Kept]:
    """Everything the file holds of somebody, table by table."""
    walked = [table for table in RECORDS if is_someones(table) and table not in WITHHELD]
    found = (Kept(table, tuple(_read(table, person))) for table in walked)
    return [each for each in found if each.rows]


def _read(table: type[Record], person: int) -> Iterator[tuple[int, dict[str, Any]]]:
    columns, number = _columns(table), cast("Any", table).id
    wanted = cast("Any", table).select(number, *columns).where(is_of(table, person)).order_by(number)
    for key, *values in held(wanted):
        yield key, {each.column_name: value for each, value in zip(columns, values, strict=True)}


def _columns(table: type[Record]) -> list[Any]:
    return [each for each in cast("Any", table)._meta.sorted_fields if not each.primary_key]


def write(path: Path, person: int, languages: tuple[Language, ...], *, today: date, told: Told = nobody) -> int:
    """Write the copy, all of it or none; gives the number of rows in it.

    `told` hears how many rows of how many are on paper. Raises `Fault` where the place cannot be written.
    """
    found = kept(person)
    with TemporaryDirectory(prefix="teamhelm-") as folder:
        paper = Path(folder) / PAPER
        _print(paper, person, found, languages, today, told)
        packed = Path(folder) / "copy.zip"
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            archive.writestr(DATA, as_json(person, found, today))
            archive.write(paper, PAPER)
        whole.write(path, packed.read_bytes())
    return sum(len(each.rows) for each in found)


def as_json(person: int, found: Sequence[Kept], today: date) -> str:
    """The copy for programs: per table its titles, its columns with their labels, its rows by column."""
    stated = {
        "person": team.person(person).name,
        "made": today.isoformat(),
        "tables": [_table(each) for each in found],
        "withheld": {wording.name(each): _both(each.wording.kind) for each in WITHHELD},
    }
    return json.dumps(stated, ensure_ascii=False, indent=1)


def _table(kept: Kept) -> dict[str, Any]:
    columns = _columns(kept.table)
    return {
        "name": wording.name(kept.table),
        "title": _both(kept.table.wording.kind),
        "columns": {each.column_name: _both(each.verbose_name) for each in columns},
        "rows": [{"id": number, **{each.column_name: _plain(each.python_value(values[each.column_name]))
                                   for each in columns}} for number, values in kept.rows],
    }  # fmt: skip


def _both(text: str) -> dict[str, str]:
    return {code: language(code).text(text) for code in CODES}


def _plain(value: object) -> object:
    """A value as JSON has it: sums in yuan and shares as decimal texts, days as 2026-11-23."""
    match value:
        case None | bool() | int() | str():
            return value
        case Money():
            return f"{Decimal(value.fen) / 100:.2f}"
        case date() | datetime():
            return value.isoformat()
        case Decimal() | Period():
            return str(value)
    return str(value)


def _print(
    path: Path, person: int, found: Sequence[Kept], languages: tuple[Language, ...], today: date, told: Told
) -> None:
    firm, row = team.firm(), team.person(person)
    form = _form(found)
    rows = {_title(each).en: list(_lines(each)) for each in found}
    told(0, len(rows))
    whose = {"Name": row.name, "Employee number": row.number or str(row.id), "Made on": today}
    with Booklet(path, languages, **(firm.head if firm else {})) as booklet:
        booklet.form(form, Filled(fields=whose, rows=rows), bookmark=row.name, subject=row.name)


def _form(found: Sequence[Kept]) -> Form:
    whose = tuple(map(_named, (N_("Name"), N_("Employee number"), N_("Made on"))))
    head = Fields(_named(N_("Whose data")), 3, whose)
    pair = (Column(_named(N_("Field")), 28), Column(_named(N_("What is kept")), 54))
    columns = (Column(_named(N_("No.")), 11), *pair, *pair)
    tables = (Table(_title(each), columns, 0, has_total=False) for each in found)
    title = _named(N_("Copy of personal data"))
    return Form(CODE, title, False, False, 1, 1, (head, Note(_named(TOLD)), *tables))


def _title(kept: Kept) -> Both:
    return _named(kept.table.wording.kind)


def _named(text: str) -> Both:
    return Both(*(language(code).text(text) for code in CODES))


def _lines(kept: Kept) -> Iterator[tuple[object, ...]]:
    """The columns that say something, two to a line; the record's number before its first."""
    for place, (_number, values) in enumerate(kept.rows, 1):
        said = [
            (_named(field.verbose_name), M("{value}", value=value))
            for field in _columns(kept.table)
            if (value := wording.value_of(kept.table, field, values[field.column_name], values)) is not None
        ]
        for at in range(0, len(said), 2):
            first, second = said[at], said[at + 1] if at + 1 < len(said) else (NOTHING, NOTHING)
            yield str(place) if at == 0 else "", *first, *second
