"""The rows a form is made of: each section turned into rows of cells, not yet placed on a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import singledispatchmethod
from itertools import islice, pairwise

from desktopapp.kernel import chart as charts
from desktopapp.kernel import layout
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.printing.chart import Picture
from desktopapp.printing.entry import Entry, RatingEntry
from desktopapp.printing.setter import Line, Setter, Tick, side_by_side
from desktopapp.printing.spec import (
    Box,
    Chart,
    Column,
    Fields,
    Form,
    Heading,
    Note,
    Paragraph,
    Section,
    Signatures,
    Table,
    Ticks,
)
from desktopapp.printing.square import Proof, Square
from desktopapp.printing.style import BAND, FIELD, FILLED, HEAD, LOOSE, MM, PAD, Page, Style, Type

LEFT, MIDDLE, RIGHT = 0.0, 0.5, 1.0
"""Where a line stands in its cell."""

_NARROW = 30 * MM
"""Short words in a column up to this wide stand in its middle."""
_LINES_TOGETHER = 12
"""A row with more lines than this may part at the foot of a page."""
_GAP = 5 * MM
_EASE = 0.1
"""So that rounding does not break a line that just fits."""
_LEAST_VALUE = 14 * MM
"""No value's cell gives up more of its width to a longer one."""
_PROOF = 32 * MM
"""Room for the words beside a square."""
_NUMBER = "No."
_BLANK = "________"
_NAMED = re.compile(r"\{(\w+)\}")
_TOTAL = M("Total")


class Kind(Enum):
    """What decides how tall a row is."""

    FIXED = auto()
    DATA = auto()
    """Filled in; takes a little spare room."""
    FIELD = auto()
    BLANK = auto()
    SPACE = auto()
    """Room to write in."""
    REST = auto()
    """Room below what is already written."""
    SIGN = auto()
    CHART = auto()


@frozen
class Cell:
    """Lines in a part of a row."""

    x: float
    width: float
    lines: tuple[Line, ...] = ()
    align: float = LEFT
    tint: float | None = None
    at_top: bool = False
    foot: Line | None = None
    """A line at the bottom right: the date beside a signature."""
    picture: Picture | Square | None = None
    entry: Entry | None = None
    """What is filled in here on the screen."""

    @property
    def height(self) -> float:
        taken = sum(line.height for line in self.lines)
        return max(taken, self.entry.least) if self.entry else taken


@dataclass(frozen=True, slots=True)
class Row:
    """A strip across the page that is not parted."""

    cells: tuple[Cell, ...]
    height: float
    kind: Kind = Kind.FIXED
    amount: float = 1.0
    """How many lines of a box it stands for."""
    spare: int | None = None
    """For a blank row: how many stand before it in its table."""
    keep: bool = False
    """It stands on one page with the next row."""
    ruled: bool = True
    """A line is drawn above it."""
    framed: bool = True
    above: tuple[Row, ...] = ()
    """The heading that is repeated when this row begins a page."""
    edges: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", tuple(cell.x for cell in self.cells[1:]) if self.framed else ())


@frozen
class Group:
    """A heading among the rows of a table: what the rows below it belong to."""

    title: Both | Message


@frozen
class Filled:
    """What is written into a form. Sections, fields and options are named by their English wording in it.

    A value may be text a person wrote, a `Both`, a `Message`, a date, a sum, a number, a
    `Tick`, an `Entry` or None. Text stands as it is; the rest is worded by the language of the form.
    A name the form does not have is refused with a `KeyError`: it is a slip in the code.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    """Value by label: {"Name": "张伟"}."""
    rows: Mapping[str, Sequence[Sequence[object] | Group]] = field(default_factory=dict)
    """Rows by title of the table, a value a column, with headings among them; None in the column “No.” is numbered.
    A row of None is left to be filled in by hand; a table without rows keeps its blank ones."""
    totals: Mapping[str, Sequence[object]] = field(default_factory=dict)
    """Values of the last row by title of the table, a value a column; the first are its label's."""
    texts: Mapping[str, object] = field(default_factory=dict)
    """Text by title of the box."""
    ticked: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Ticked options by title of the section."""
    titles: Mapping[str, Both | Message] = field(default_factory=dict)
    """Another title, by title of the section or of the form; another text, by that of a note."""
    charts: Mapping[str, charts.Chart] = field(default_factory=dict)
    """Charts by title of their section, worded in the first language."""
    words: Mapping[str, object] = field(default_factory=dict)
    """What stands in place of {names} in paragraphs and below signatures."""
    proof: Proof | None = None
    """What stands beside the signatures, where the form was signed on the screen."""
    by_hand: bool = False
    """The rest is filled in by hand: rows and fields are as tall as blank ones."""

    def values(self) -> Iterator[object]:
        """Every value in it."""
        yield from self.fields.values()
        for rows in self.rows.values():
            for row in rows:
                yield from (row.title,) if isinstance(row, Group) else row
        for total in self.totals.values():
            yield from total
        yield from self.texts.values()
        yield from self.titles.values()
        yield from self.words.values()
        for chart in self.charts.values():
            yield from layout.words(chart)

    def check(self, form: Form) -> None:
        """Raises KeyError where it names what the form does not have."""
        named = {*self.rows, *self.totals, *self.texts, *self.ticked, *self.titles, *self.charts}
        titles = {section.title.en for section in form.sections if not isinstance(section, _UNTITLED)} | {form.title.en}
        titles |= {section.text.en for section in form.sections if isinstance(section, Note)}
        labels = {label.en for section in form.sections if isinstance(section, Fields) for label in section.labels}
        if strange := sorted(named - titles) + sorted(self.fields.keys() - labels):
            raise KeyError(f"{form.code} has no {strange}")


_UNTITLED = (Paragraph, Heading, Note, Signatures)
BLANK = Filled()
"""Nothing filled in."""


class Blocks:
    """Turns one form's sections into rows."""

    def __init__(self, setter: Setter, style: Style, page: Page, form: Form) -> None:
        self._setter, self._style, self._form = setter, style, form
        self._width = page.text_width
        self._labels = (style.label, style.small)
        self._values = (style.value, style.small)
        self._cells = (style.cell, style.small)
        self._label_widths = {pairs: self._widths_of_labels(pairs) for pairs in
                              {each.pairs for each in form.sections if isinstance(each, Fields)}}
        self._heads = {section.title: self._head(section) for section in form.sections if isinstance(section, Table)}

    def rows(self, filled: Filled) -> list[Row]:
        """The rows of the whole form, its title first."""
        rows = [self._title(filled)]
        for section, following in pairwise((*self._form.sections, None)):
            block = self._block(section, filled)
            if isinstance(section, Signatures) and isinstance(following, Note):
                block = [replace(row, keep=True) for row in block]
            rows.extend(block)
        return rows

    def _block(self, section: Section | None, filled: Filled) -> list[Row]:
        """A section's rows; in a letter, what is no running text stands a little apart from it."""
        rows = list(self._rows(section, filled))
        if self._form.official and isinstance(section, (Table, Signatures)):
            gap = Row((Cell(0, self._width),), 3 * MM, framed=False)
            return [replace(gap, keep=True), *rows, gap]
        return rows

    def _title(self, filled: Filled) -> Row:
        style = self._style
        title = filled.titles.get(self._form.title.en, self._form.title)
        lines = self._setter.pair(title, (style.title, style.subtitle), self._width)
        below = (8 if self._form.official else 4) * MM
        cell = Cell(0, self._width, lines, MIDDLE, at_top=True)
        return Row((cell,), cell.height + below, keep=True, framed=False)

    @singledispatchmethod
    def _rows(self, section: Section | None, filled: Filled) -> Iterable[Row]:
        raise TypeError(section, filled)

    def _band(self, title: Both, filled: Filled) -> Row:
        types = (self._style.band, self._style.small)
        lines = self._setter.in_line(filled.titles.get(title.en, title), types, self._width - 2 * PAD)
        return self._row((Cell(0, self._width, lines, tint=BAND),), 6.4 * MM, keep=True)

    @_rows.register
    def _(self, fields: Fields, filled: Filled) -> Iterable[Row]:
        yield self._band(fields.title, filled)
        kind = Kind.DATA if filled.fields and not filled.by_hand else Kind.FIELD
        widths = self._field_widths(fields.pairs, filled)
        for labels in _chunks(fields.labels, fields.pairs):
            yield from self._whole(tuple(self._pairs(labels, widths, filled)), FIELD, kind)

    def _pairs(self, labels: Sequence[Both], widths: Sequence[tuple[float, float]], filled: Filled) -> Iterator[Cell]:
        x = 0.0
        for label, (named, given) in zip(labels, widths, strict=False):
            yield Cell(x, named, self._setter.label(label, self._labels, named - 2 * PAD), MIDDLE, HEAD)
            x += named
            room = self._width - x if label is labels[-1] else given
            value = filled.fields.get(label.en)
            if isinstance(value, Entry):
                yield Cell(x, room, entry=value)
            else:
                yield Cell(x, room, self._setter.pair(value, self._values, room - 2 * PAD))
            x += given

    def _field_widths(self, pairs: int, filled: Filled) -> tuple[tuple[float, float], ...]:
        """The widths of labels and values, the same in all sections, so that their cells stand in line."""
        labels = self._label_widths[pairs]
        needs = [min(_LEAST_VALUE, self._width / pairs / 3)] * pairs
        for label, place in self._places(pairs):
            value = filled.fields.get(label.en)
            if value is not None and not isinstance(value, Entry):
                needs[place] = max(needs[place], self._setter.natural(value, self._values) + 2 * PAD + _EASE)
        return tuple(zip(labels, _shared(needs, self._width - sum(labels)), strict=True))

    def _widths_of_labels(self, pairs: int) -> tuple[float, ...]:
        widest = 0.7 * self._width / pairs
        widths = [0.0] * pairs
        for label, place in self._places(pairs):
            widths[place] = max(widths[place], self._setter.natural(label, self._labels) + 2 * PAD + 1 * MM)
        return tuple(min(width or widest, widest) for width in widths)

    def _places(self, pairs: int) -> Iterator[tuple[Both, int]]:
        """The labels of all sections with so many pairs in a row, each with its place in the row."""
        for section in self._form.sections:
            if isinstance(section, Fields) and section.pairs == pairs:
                for number, label in enumerate(section.labels):
                    yield label, number % pairs

    @_rows.register
    def _(self, table: Table, filled: Filled) -> Iterable[Row]:
        band = self._band(table.title, filled)
        head = self._heads[table.title]
        yield band
        yield head
        columns = self._columns(table)
        rows = filled.rows.get(table.title.en, ())
        body = list(self._body(table, columns, rows, head, by_hand=filled.by_hand))
        if table.has_total:
            body[-1] = replace(body[-1], keep=True)
            body.append(self._total(columns, filled.totals.get(table.title.en, ()), head))
        yield from body

    def _head(self, table: Table) -> Row:
        cells = tuple(Cell(x, width, self._setter.label(column.label, self._labels, width - 1.2 * PAD), MIDDLE, HEAD)
                      for column, x, width in self._columns(table))
        return self._row(cells, 7.4 * MM, keep=True)

    def _columns(self, table: Table) -> tuple[tuple[Column, float, float], ...]:
        scale = self._width / sum(column.width for column in table.columns)
        places, x = [], 0.0
        for column in table.columns:
            places.append((column, x, column.width * scale))
            x += column.width * scale
        return tuple(places)

    def _body(self, table: Table, columns: tuple[tuple[Column, float, float], ...],
              rows: Sequence[Sequence[object] | Group], head: Row, *, by_hand: bool) -> Iterator[Row]:
        number = 0
        for row in rows:
            if isinstance(row, Group):
                yield self._group(row, head)
                continue
            number += 1
            if len(row) != len(columns):
                raise ValueError(f"{table.title.en} has {len(columns)} columns, not {len(row)}")
            yield from self._data(number, row, columns, head, Kind.BLANK if by_hand else Kind.DATA)
        for spare in range(0 if rows else table.blank_rows):
            yield self._by_hand(spare + 1, columns, head, spare)

    def _group(self, group: Group, head: Row) -> Row:
        lines = self._setter.in_line(group.title, (self._style.label, self._style.small), self._width - 2 * PAD)
        return self._row((Cell(0, self._width, lines, tint=HEAD),), 5 * MM, keep=True, above=(head,))

    def _by_hand(self, number: int, columns: tuple[tuple[Column, float, float], ...], head: Row,
                 spare: int | None) -> Row:
        cells = tuple(self._cell(number if column.label.en == _NUMBER else None, column, x, width)
                      for column, x, width in columns)
        return self._row(cells, 0, kind=Kind.BLANK, above=(head,), spare=spare)

    def _data(self, number: int, values: Sequence[object], columns: tuple[tuple[Column, float, float], ...],
              head: Row, kind: Kind) -> Iterator[Row]:
        if all(value is None for value in values):
            yield self._by_hand(number, columns, head, None)
            return
        cells = tuple(
            self._cell(number if value is None and column.label.en == _NUMBER else value, column, x, width)
            for value, (column, x, width) in zip(values, columns, strict=True))
        yield from self._whole(cells, FILLED, kind, head)

    def _whole(self, cells: tuple[Cell, ...], least: float, kind: Kind, *above: Row) -> Iterator[Row]:
        """A row of cells; one too tall to stand on one page for sure is cut between its lines."""
        most = max(len(cell.lines) for cell in cells)
        if most <= _LINES_TOGETHER:
            yield self._row(cells, least, kind=kind, above=above)
            return
        for start in range(0, most, _LINES_TOGETHER):
            part = tuple(replace(cell, lines=cell.lines[start:start + _LINES_TOGETHER], at_top=True)
                         for cell in cells)
            height = max(cell.height for cell in part) + (PAD if start == 0 or start + _LINES_TOGETHER >= most else 0)
            yield Row(part, height, ruled=start == 0, above=above)

    def _cell(self, value: object, column: Column, x: float, width: float) -> Cell:
        if value is None:
            return Cell(x, width)
        if isinstance(value, RatingEntry):
            return Cell(x, width, value.figures(self._setter, width - 2 * PAD), entry=value)
        if isinstance(value, Entry):
            return Cell(x, width, entry=value)
        if isinstance(value, Tick):
            return Cell(x, width, (self._setter.tick(self._style.cell, ticked=value.ticked),), MIDDLE)
        if isinstance(value, date):
            lines = self._setter.day(value, self._style.cell, width - 2 * PAD)
        else:
            lines = self._setter.pair(value, self._cells, width - 2 * PAD)
        return Cell(x, width, lines, _alignment(value, column, width, lines))

    def _total(self, columns: tuple[tuple[Column, float, float], ...], values: Sequence[object], head: Row) -> Row:
        """The last row; its label takes the first column, and the second too where the first only numbers."""
        named = 2 if columns[0][0].label.en == _NUMBER else 1
        width = sum(each[2] for each in columns[:named])
        label = self._setter.label(_TOTAL, self._labels, width - 2 * PAD)
        rest = values[named:] or (None,) * (len(columns) - named)
        cells = (Cell(0, width, label, MIDDLE, HEAD), *(
            self._cell(value, *place) for value, place in zip(rest, columns[named:], strict=True)))
        return self._row(cells, FILLED, kind=Kind.DATA if values else Kind.BLANK, above=(head,))

    @_rows.register
    def _(self, box: Box, filled: Filled) -> Iterable[Row]:
        yield self._band(box.title, filled)
        value = filled.texts.get(box.title.en)
        if isinstance(value, Entry):
            yield self._row((Cell(0, self._width, entry=value),), 0)
            return
        if value is None:
            yield Row((Cell(0, self._width),), PAD, Kind.SPACE, box.lines)
            return
        lines = self._setter.pair(value, (self._style.text, self._style.small), self._width - 4 * PAD)
        together = len(lines) <= _LINES_TOGETHER
        yield Row((Cell(0, self._width),), PAD, keep=True)
        for number, line in enumerate(lines, 1):
            cell = Cell(PAD, self._width - 2 * PAD, (line,))
            yield Row((cell,), line.height, keep=together or number in (1, len(lines)), ruled=False)
        rest = max(box.lines - sum(line.height for line in lines) / LOOSE.space, 0.25)
        yield Row((Cell(0, self._width),), PAD, Kind.REST, rest, ruled=False)

    @_rows.register
    def _(self, ticks: Ticks, filled: Filled) -> Iterable[Row]:
        title = filled.titles.get(ticks.title.en, ticks.title)
        types = (self._style.band, self._style.small)
        width = min(self._setter.natural(title, types) + 2 * PAD + 1 * MM, 0.3 * self._width)
        named = Cell(0, width, self._setter.label(title, types, width - 2 * PAD), MIDDLE, BAND)
        ticked = filled.ticked.get(ticks.title.en, ())
        if strange := set(ticked) - {option.en for option in ticks.options}:
            raise KeyError(f"{ticks.title.en} has no {sorted(strange)}")
        options = [self._option(option, ticked=option.en in ticked) for option in ticks.options]
        lines = tuple(_flowed(options, self._width - width - 2 * PAD))
        yield self._row((named, Cell(width, self._width - width, lines)), FIELD, kind=Kind.FIELD)

    def _option(self, option: Both, *, ticked: bool) -> Line:
        said, second = self._setter.words(option)
        value = replace(self._style.value, spacing=1.6)
        words = [self._setter.line(said, value)] + ([self._setter.line(second, self._style.small)] if second else [])
        return side_by_side((self._setter.tick(value, ticked=ticked), side_by_side(words, 1 * MM)), 1.2 * MM)

    @_rows.register
    def _(self, paragraph: Paragraph, filled: Filled) -> Iterable[Row]:
        yield from self._running(paragraph.text, self._style.body, filled)

    @_rows.register
    def _(self, heading: Heading, filled: Filled) -> Iterable[Row]:
        for row in self._running(heading.text, self._style.heading, filled):
            yield replace(row, keep=True)

    def _running(self, text: Both, type_: Type, filled: Filled) -> Iterator[Row]:
        second = replace(self._style.small, size=type_.size * 0.62, spacing=1.35)
        indent = "　　" if self._setter.first.is_chinese and not type_.bold else ""
        said, also = self._named(text, filled)
        lines = self._setter.lines(indent + said, type_, self._width) + self._setter.lines(also, second, self._width)
        for number, line in enumerate(lines):
            cell = Cell(0, self._width, (line,))
            yield Row((cell,), cell.height, keep=number == 0 and len(lines) > 1, framed=False)

    def _named(self, text: Both | Message, filled: Filled) -> tuple[str, str]:
        """A text in both languages with its {names} filled in, or left to be filled in by hand."""
        said, second = self._setter.words(text)

        def first(name: re.Match[str]) -> str:
            return self._setter.words(filled.words.get(name[1]))[0] or _BLANK

        def also(name: re.Match[str]) -> str:
            return self._setter.words(filled.words.get(name[1]))[1] or first(name)

        return _NAMED.sub(first, said), _NAMED.sub(also, second)

    @_rows.register
    def _(self, note: Note, filled: Filled) -> Iterable[Row]:
        types = (self._style.note, self._style.small)
        said = filled.titles.get(note.text.en, note.text)
        lines = tuple(line for text, type_ in zip(self._named(said, filled), types, strict=True)
                      for line in self._setter.lines(text, type_, self._width - 2 * PAD))
        yield self._row((Cell(0, self._width, lines),), 5 * MM, framed=not self._form.official)

    @_rows.register
    def _(self, signatures: Signatures, filled: Filled) -> Iterable[Row]:
        proof = filled.proof and self._proof(filled.proof)
        width = (self._width - (proof.width if proof else 0)) / len(signatures.cells)
        date_ = self._setter.line(_BLANK_DATE[self._setter.first.is_chinese], replace(self._style.sign, bold=False))
        types = (self._style.sign, self._style.small)
        cells = []
        for number, each in enumerate(signatures.cells):
            said, second = self._named(each, filled)
            lines = self._setter.in_line(Both(said, second or said), types, width - 2 * PAD)
            cells.append(Cell(number * width, width, lines, at_top=True, foot=date_ if signatures.dated else None))
        least = max(cell.height for cell in cells) + date_.height + 2 * PAD
        if proof:
            cells.append(proof)
            least = max(least, proof.height + 2 * PAD, proof.picture.height if proof.picture else 0)
        yield Row(tuple(cells), least, Kind.SIGN, framed=not self._form.official)

    def _proof(self, proof: Proof) -> Cell:
        """The last cell beside the signatures: words at its left, the square at its right."""
        types = (self._style.note, self._style.small)
        lines = tuple(line for words in proof.words for line in self._setter.pair(words, types, _PROOF))
        width = _PROOF + proof.square.room + 2 * PAD
        return Cell(self._width - width, width, lines, picture=proof.square)

    @_rows.register
    def _(self, chart: Chart, filled: Filled) -> Iterable[Row]:
        yield self._band(chart.title, filled)
        given = filled.charts.get(chart.title.en)
        picture = Picture(given, self._setter, self._style.cell) if given else None
        yield self._row((Cell(0, self._width, picture=picture),), picture.height if picture else 0, kind=Kind.CHART)

    @staticmethod
    def _row(cells: tuple[Cell, ...], least: float, *, kind: Kind = Kind.FIXED, keep: bool = False,
             above: tuple[Row, ...] = (), spare: int | None = None, framed: bool = True) -> Row:
        """A row as tall as its tallest cell asks for."""
        height = max((cell.height for cell in cells if cell.lines or cell.entry), default=0.0) + 2 * MM
        return Row(cells, max(height, least), kind, keep=keep, above=above, spare=spare, framed=framed)


_BLANK_DATE = {True: "____年__月__日", False: "____-__-__"}


def _alignment(value: object, column: Column, width: float, lines: tuple[Line, ...]) -> float:
    """Figures stand right, dates and short words of narrow columns in the middle, text left."""
    if column.label.en == _NUMBER or isinstance(value, (date, Period)):
        return MIDDLE
    if isinstance(value, (Money, Decimal, int)):
        return RIGHT
    return MIDDLE if width <= _NARROW and len(lines) == 1 else LEFT


def _shared(needs: Sequence[float], total: float) -> tuple[float, ...]:
    """A width dealt out evenly, unless one needs more: then to each what it needs, the greediest last."""
    count = len(needs)
    if max(needs) <= total / count:
        return (total / count,) * count
    given, left = [0.0] * count, total
    for done, place in enumerate(sorted(range(count), key=needs.__getitem__)):
        given[place] = min(needs[place], left / (count - done))
        left -= given[place]
    return tuple(width + left / count for width in given)


def _flowed(items: Sequence[Line], width: float) -> Iterator[Line]:
    """Items set one after another in as many lines as they take."""
    line: list[Line] = []
    used = 0.0
    for item in items:
        if line and used + _GAP + item.width > width:
            yield side_by_side(line, _GAP)
            line, used = [], 0.0
        used += item.width + (_GAP if line else 0)
        line.append(item)
    yield side_by_side(line, _GAP)


def _chunks(items: Sequence[Both], size: int) -> Iterator[Sequence[Both]]:
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk

