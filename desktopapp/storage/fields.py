"""The kinds of value a record holds. Forms, tables, imports and paper know these and no others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    CharField,
    Field,
    ForeignKeyField,
    IntegerField,
    NodeList,
    TextField,
    fn,
)

from desktopapp.kernel import money, share
from desktopapp.kernel.clean import clean, clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period

LINE = 200
"""The most characters a line of text holds unless its field says otherwise."""
PAGES = 20_000
"""The most characters a note holds."""


class Key(AutoField):
    """A row's number, never given to another row, so that the trail always means the same row."""

    def ddl(self, ctx: Any) -> Any:
        return NodeList((super().ddl(ctx), SQL("AUTOINCREMENT")))


class Text(CharField):
    """A line of text."""

    def __init__(self, max_length: int = LINE, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def db_value(self, value: str | None) -> str | None:
        return None if value is None else fitting(clean_line(value), self.max_length, self.name)


class Note(TextField):
    """Text of any length up to a cap."""

    def __init__(self, max_length: int = PAGES, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = max_length

    def db_value(self, value: str | None) -> str | None:
        return None if value is None else fitting(clean(value).strip("\n"), self.max_length, self.name)


def fitting(text: str, most: int, field: str) -> str:
    """The text, refused where it is too long to be kept."""
    if len(text) > most:
        raise Refused(M("At most {most} characters; this has {length}.", most=most, length=len(text)), field)
    return text


class Day(Field):
    """A calendar day, kept as 2026-11-23."""

    field_type = "DATE"

    def db_value(self, value: date | str | None) -> str | None:
        return None if value is None else str(value)

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Moment(Field):
    """A point in time, kept in UTC to the second."""

    field_type = "DATETIME"

    def db_value(self, value: datetime | None) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds")

    def python_value(self, value: str | None) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Flag(BooleanField):
    """Yes or no."""

    def db_value(self, value: Any) -> int | None:
        return None if value is None else int(value)


class Count(IntegerField):
    """A whole number."""


class Choice(CharField):
    """One of a few words; the file holds the word's key."""

    def __init__(self, choices: tuple[tuple[str, str], ...], **options: Any) -> None:
        super().__init__(max_length=40, choices=choices, **options)

    def db_value(self, value: str | None) -> str | None:
        if value is not None and value not in dict(self.choices):
            raise Refused(M("“{value}” is none of the choices.", value=str(value)), self.name)
        return value

    def label(self, value: str | None) -> str:
        """The marked text of a key."""
        return "" if value is None else dict(self.choices)[value]


class Ref(ForeignKeyField):
    """Another record, which cannot go while this one stands."""

    def __init__(self, model: Any, **options: Any) -> None:
        super().__init__(model, on_delete="RESTRICT", **options)


class Span(CharField):
    """A `Period`, kept as its text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def db_value(self, value: Period | str | None) -> str | None:
        return None if value is None else str(value)

    def python_value(self, value: str | None) -> Period | None:
        return None if value is None else Period.parse(value)


class Money(IntegerField):
    """A sum, kept as whole fen."""

    def db_value(self, value: money.Money | None) -> int | None:
        return None if value is None else value.fen

    def python_value(self, value: int | None) -> money.Money | None:
        return None if value is None else money.Money(value)


class Number(IntegerField):
    """A plain number with up to four places, kept as whole ten-thousandths."""

    UNITS = 10_000

    def db_value(self, value: Decimal | int | None) -> int | None:
        if value is None:
            return None
        return int((Decimal(value) * self.UNITS).quantize(Decimal(1), ROUND_HALF_UP))

    def python_value(self, value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value) / self.UNITS


class Share(Number):
    """A part of one, shown as a percentage."""

    def python_value(self, value: int | None) -> share.Share | None:
        return None if value is None else share.Share(Decimal(value) / self.UNITS)


KINDS: tuple[type[Field], ...] = (
    Text, Note, Day, Moment, Flag, Count, Choice, Ref, Span, Money, Number, Share,
)  # fmt: skip
"""Every kind there is; an editor, a cell and an import parser stand for each."""


def summed(field: Field) -> Any:
    """The sum of a column as a value of its kind; an aggregate alone would give what the file holds."""
    return fn.SUM(field).converter(field.python_value)
