"""The text of cells as values of a field, a column at a time, as the file holds them.

Each parser looks at its whole column before it reads one cell: whether 03/04 is a day in
March or April, and whether 85 is 85 %, is decided once for all rows or asked, never guessed
row by row. A value that comes again is read once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from peewee import Field

from desktopapp.exchange.days import SERIAL, counted, day, day_counted, vote
from desktopapp.exchange.export import unguarded
from desktopapp.exchange.figures import LARGEST, POINT, is_nothing, number, scaled, style, unit_of
from desktopapp.exchange.spans import period
from desktopapp.kernel.clean import clean, clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import M, Message
from desktopapp.storage.fields import (
    Choice,
    Count,
    Day,
    Flag,
    Moment,
    Money,
    Note,
    Number,
    Ref,
    Share,
    Span,
    Text,
    fitting,
)

NOTHING = frozenset((
    "-", "--", "—", "——", "/", "N/A", "n/a", "#N/A", "NA", "null", "NULL", "nan", "NaN", "None", "\\N", "无", "空",
))  # fmt: skip
"""What people and programs write where there is no figure and no date."""
NO_DAY = frozenset(("0", "0.0", "0000-00-00", "0000-00-00 00:00:00", "1900-01-00", "1900/1/0", "1899-12-30"))
"""What programs write where there is no date."""

_ALIKE = {
    fen: re.compile(rf"[0-9]{{1,12}}{part}(?:\n[0-9]{{1,12}}{part})*")
    for fen, part in ((1, r"\.[0-9]{2}"), (10, r"\.[0-9]"), (100, ""))
}
"""What one of the last place is worth in fen, and a column of sums that have as many places."""

Stored = Any
"""A value as the file holds it (`Field.db_value`)."""
Read = Callable[[str], Stored]


@frozen
class Wrong:
    """A cell that could not be read, and why."""

    cell: str
    message: Message


NEEDED = Wrong("", M("Nothing is written here, but it is needed."))


@frozen
class Column:
    """What a parser may look at: the field, the heading, every cell, and what the owner has answered."""

    field: Any
    """The peewee field; its own arguments are the declaration."""
    heading: str
    cells: Sequence[str]
    order: str | None = None
    """In which order its dates are written, where the owner has said it."""
    decimal: str | None = None
    """What stands before the part below one, likewise."""
    percent: bool | None = None
    """Whether 0.5 means 0.5 %, likewise."""
    unit: int | None = None
    """By how many places its sums are to be moved, where that is not for the heading to say."""

    @property
    def places(self) -> int:
        """By how many places its sums are to be moved."""
        return (unit_of(self.heading) or 0) if self.unit is None else self.unit

    @property
    def empty(self) -> Stored:
        """What an empty cell means to the field."""
        default = self.field.default
        if default is not None:
            return default if isinstance(default, str) else self.field.db_value(default)
        if self.field.null:
            return None
        return "" if isinstance(self.field, Text | Note) else NEEDED


class _Seen(dict[str, Stored]):
    """What each cell so far was read as."""

    def __init__(self, column: Column, read: Read) -> None:
        blanks = {""} if type(column.field) in WORDS else {"", *NOTHING, *(NO_DAY if type(column.field) is Day else ())}
        super().__init__(dict.fromkeys(blanks, column.empty))
        self.read = read

    def __missing__(self, cell: str) -> Stored:
        try:
            value = self.read(cell) if cell.strip() else self[""]
        except Refused as no:
            value = Wrong(cell, no.message)
        self[cell] = value
        return value


def parsed(column: Column) -> Sequence[Stored]:
    """Every cell of a column as its field's value, or as `Wrong`. Raises `Refused` where it has to be asked for."""
    kind = type(column.field)
    if kind in _PLAIN and (plain := _PLAIN[kind](column)) is not None:
        return plain
    return list(map(_Seen(column, PARSERS[kind](column)).__getitem__, column.cells))


def _plain_text(column: Column) -> Sequence[Stored] | None:
    """The cells as they are, where none needs cleaning and none is too long: nearly every column of text."""
    if column.empty != "" or max(map(len, column.cells), default=0) > column.field.max_length:
        return None
    together = "".join(column.cells)
    if "'" in together or not is_plain(together):
        return None
    return list(map(str.strip, column.cells)) if " " in together else column.cells


def is_plain(text: str) -> bool:
    """Whether a text needs no cleaning: nothing unseen, no line ends, no space but the plain one."""
    return text.isprintable() and unicodedata.is_normalized("NFC", text)


def _plain_sums(column: Column) -> Sequence[Stored] | None:
    """Sums that are all written alike, without signs and with as many places: what exports hold."""
    if column.decimal not in (None, POINT) or column.places:
        return None
    together = "\n".join(column.cells)
    for fen, written in _ALIKE.items():
        if together.count("\n") == len(column.cells) - 1 and written.fullmatch(together):
            return [int(digits) * fen for digits in together.replace(".", "").split("\n")]
    return None


def _text(column: Column) -> Read:
    tidy = clean_line if isinstance(column.field, Text) else clean
    most, nothing = column.field.max_length, column.empty

    def read(cell: str) -> Stored:
        return fitting(tidy(unguarded(cell)).strip(), most, column.heading) or nothing

    return read


def _label(_column: Column) -> Read:
    return lambda cell: clean_line(unguarded(cell))


def _money(column: Column) -> Read:
    """Sums in fen; a heading may say that they are counted in 万元."""
    decimal, places = _decimal(column), column.places
    is_plain = decimal == POINT and not places

    def read(cell: str) -> Stored:
        yuan, _, fen = cell.partition(".")
        if is_plain and yuan.isdecimal() and len(yuan) < 13 and fen.isdecimal() and len(fen) <= 2:
            return int(yuan) * 100 + int(fen) * (10 if len(fen) == 1 else 1)
        if is_nothing(cell):
            return column.empty
        return scaled(cell, 100 * (1 if any(unit in cell for unit in "千万亿") else 10**places), decimal=decimal)

    return read


def _decimal(column: Column) -> str:
    return style(column.cells).decimal if column.decimal is None else column.decimal


def _number(column: Column) -> Read:
    decimal = _decimal(column)
    return lambda cell: scaled(cell, Number.UNITS, decimal=decimal)


def _count(column: Column) -> Read:
    decimal = _decimal(column)

    def read(cell: str) -> Stored:
        value = number(cell, decimal=decimal)
        if value != value.to_integral_value() or abs(value) > LARGEST:
            raise Refused(M("“{cell}” is not a whole number.", cell=cell))
        return int(value)

    return read


def _share(column: Column) -> Read:
    """85 means 85 % where the heading says so or a figure of the column is above one; if none is, 0.85 does."""
    hundreds = is_percent(column.heading, column.cells) if column.percent is None else column.percent

    def read(cell: str) -> Stored:
        text = unicodedata.normalize("NFKC", cell).strip()
        if tenths := _TENTHS.fullmatch(text):
            return (_DIGITS.index(tenths[1]) % 10 * 10 + (5 if tenths[2] else 0)) * (Number.UNITS // 100)
        percent = hundreds or text.endswith("%")
        value = scaled(text.removesuffix("%"), Number.UNITS // 100 if percent else Number.UNITS)
        if not 0 <= value <= Number.UNITS:
            raise Refused(M("“{cell}” is not a share between 0 and 100%.", cell=cell))
        return value

    return read


_DIGITS = "〇一二三四五六七八九0123456789"
_TENTHS = re.compile(r"([一二三四五六七八九1-9])成(半)?(?:把握)?")
"""Shares as people say them: 七成."""


def is_words(field: Field, cells: Iterable[str]) -> bool:
    """Whether a column that is known by its heading alone says in words what the field counts: high, medium, low."""
    if type(field) not in COUNTED:
        return False
    filled = {cell.strip() for cell in cells} - NOTHING - {""}
    return len(filled) >= FEW and not any(_HAS_DIGIT.search(cell) or _TENTHS.fullmatch(cell) for cell in filled)


COUNTED = frozenset((Money, Share, Number, Count, Day, Moment))
FEW = 2
_HAS_DIGIT = re.compile(r"\d")


def has_figure(cells: Iterable[str]) -> bool:
    """Whether any cell of a column is a figure."""
    return any(map(_is_figure, set(cells)))


def _is_figure(cell: str) -> bool:
    try:
        number(cell)
    except Refused:
        return False
    return True


def is_percent(heading: str, cells: Iterable[str]) -> bool | None:
    """Whether the shares of a column are counted in hundredths; None where neither its heading nor a cell says so."""
    if "%" in unicodedata.normalize("NFKC", heading) or any(map(_is_above_one, set(cells))):
        return True
    return None


def _is_above_one(cell: str) -> bool:
    try:
        return number(cell) > 1
    except Refused:
        return False


def _day(column: Column) -> Read:
    """Days as they are written. Days counted since 1899, which a spreadsheet shows where a cell lost its format,
    are no others in any order, so they may stand among them."""
    if counted(set(column.cells) - NO_DAY - NOTHING):
        return lambda cell: day_counted(cell).isoformat()
    order = _order(column)
    days: dict[str, str] = {}

    def read(cell: str) -> Stored:
        start = cell[:10]
        if start in days and cell[10:11] in " T" and cell[13:14] == ":" and cell[11:13].isdecimal():
            return days[start]
        if len(cell) == SERIAL and counted((cell,)):
            return day_counted(cell).isoformat()
        found = day(cell, order=order).isoformat()
        if start == found:
            days[start] = found
        return found

    return read


def _order(column: Column) -> str | None:
    """In which order the dates are written. Raises `Refused` where the cells do not tell: it has to be asked."""
    if column.order is not None:
        return column.order
    found = vote(column.cells)
    if found.is_clear:
        return next(iter(found.orders), None)
    which = M("Column “{heading}”: how is {cell} to be read?", heading=column.heading, cell=found.example)
    raise Refused(which, column.heading)


def _moment(column: Column) -> Read:
    """A moment without a zone is one of this PC's."""
    order = _order(column)

    def read(cell: str) -> Stored:
        try:
            found = datetime.fromisoformat(cell.strip())
        except ValueError:
            found = datetime.combine(day(cell, order=order), datetime.min.time())
        return found.astimezone(UTC).isoformat(timespec="seconds")

    return read


_FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "1", "是", "真", "对", "√", "✓"), 1),
    **dict.fromkeys(("false", "no", "n", "0", "否", "假", "不是", "×", "✗"), 0),
}


def _flag(_column: Column) -> Read:
    def read(cell: str) -> Stored:
        value = _FLAGS.get(alike(cell))
        if value is None:
            raise Refused(M("“{cell}” is neither yes nor no.", cell=cell))
        return value

    return read


def _choice(column: Column) -> Read:
    known = {alike(language(code).text(label)): key for key, label in column.field.choices for code in CODES}
    known |= {alike(key): key for key, _ in column.field.choices}

    def read(cell: str) -> Stored:
        value = known.get(alike(cell))
        if value is None:
            raise Refused(M("“{value}” is none of the choices.", value=cell))
        return value

    return read


def alike(text: str) -> str:
    """A word without what people write in different ways: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _span(_column: Column) -> Read:
    return lambda cell: str(period(cell))


PARSERS: dict[type[Field], Callable[[Column], Read]] = {
    Text: _text, Note: _text, Day: _day, Moment: _moment, Flag: _flag, Count: _count, Choice: _choice,
    Ref: _label, Span: _span, Money: _money, Number: _number, Share: _share,
}  # fmt: skip
"""The parser of each kind. A reference is read as the words for it; its area knows which record they mean."""
WORDS = frozenset((Text, Note, Ref, Choice))
"""The kinds to which a dash is a word, not a blank."""
_PLAIN: dict[type[Field], Callable[[Column], Sequence[Stored] | None]] = {
    Text: _plain_text, Note: _plain_text, Money: _plain_sums,
}  # fmt: skip
"""Ways to read a whole column at once, for the kinds that have one; nothing where a cell is out of the ordinary."""
