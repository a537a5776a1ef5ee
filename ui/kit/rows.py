"""The two models behind a table: small ones hold their rows, large ones fetch them as they are scrolled to."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.narrowing import Narrowing
from desktopapp.kernel.tally import Tally, tallied
from ui.kit.column import Column, sort_key

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DISPLAY, ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
VALUE, ROW = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
"""Roles: a cell's value, and its whole row."""
BITS = 6
"""A large table fetches 2 to the power of so many rows at a time: two screens of them."""
PAGES = 128
"""And keeps so many fetches."""
WRITTEN = 500
"""Rows fetched at a time to be written to a file."""
Span = tuple[int, int]
"""Rows from one to another, both included."""


class Table(QAbstractTableModel):
    """What both kinds of table have in common: headings, alignment, roles, what they are narrowed to."""

    narrowed = Signal()
    """The table is narrowed to something else."""

    def __init__(self, columns: Sequence[Column], language: Language) -> None:
        super().__init__()
        self.columns, self.language = tuple(columns), language
        self.narrowings: dict[str, Narrowing] = {}
        self._alignments = tuple(column.alignment for column in self.columns)

    def row(self, n: int) -> Any:
        """The n-th row as shown."""
        raise NotImplementedError

    def place(self, number: int) -> int | None:
        """Which row has that number, if one has."""
        raise NotImplementedError

    def numbers(self, spans: Sequence[Span]) -> Sequence[int]:
        """The numbers of the rows in these spans."""
        raise NotImplementedError

    def tally(self, column: Column, spans: Sequence[Span] | None) -> Sequence[Tally]:
        """A column's figures added up, of these rows or of all."""
        raise NotImplementedError

    def every(self) -> Callable[[], Iterator[Any]]:
        """Something that gives every row as shown now, and may be asked on the worker."""
        raise NotImplementedError

    def texts(self, n: int) -> Sequence[str]:
        """The words of the n-th row's cells."""
        return [column.text(self.row(n), self.language) for column in self.columns]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.narrowings)

    def narrow(self, key: str, narrowing: Narrowing | None) -> None:
        """Narrow the table by a column, or no longer."""
        if narrowing is None:
            self.narrowings.pop(key, None)
        else:
            self.narrowings[key] = narrowing
        self._narrow()
        self.narrowed.emit()

    def widen(self) -> None:
        """Show every row again."""
        self.narrowings.clear()
        self._narrow()
        self.narrowed.emit()

    def _narrow(self) -> None:
        raise NotImplementedError

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role == DISPLAY:
            return self.texts(index.row())[index.column()]
        if role == ALIGNMENT:
            return self._alignments[index.column()]
        if role == VALUE:
            return self.columns[index.column()].value(self.row(index.row()))
        if role == ROW:
            return self.row(index.row())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == DISPLAY:
            return self.language.text(self.columns[section].title)
        return self._alignments[section] if role == ALIGNMENT else None


class RecordTable(Table):
    """Rows handed over whole; for up to a thousand."""

    def __init__(self, columns: Sequence[Column], language: Language) -> None:
        super().__init__(columns, language)
        self.given: tuple[Any, ...] = ()
        self._rows: tuple[Any, ...] = ()
        self._texts: dict[int, Sequence[str]] = {}
        self._sorting: tuple[int, bool] | None = None

    def show(self, rows: Sequence[Any]) -> None:
        """Put these rows in place of the ones shown."""
        self.beginResetModel()
        self.given = tuple(rows)
        self._order()
        self.endResetModel()

    def row(self, n: int) -> Any:
        return self._rows[n]

    def place(self, number: int) -> int | None:
        return next((n for n, row in enumerate(self._rows) if getattr(row, "id", None) == number), None)

    def numbers(self, spans: Sequence[Span]) -> Sequence[int]:
        rows = (row for top, bottom in spans for row in self._rows[top : bottom + 1])
        return [row.id for row in rows if hasattr(row, "id")]

    def tally(self, column: Column, spans: Sequence[Span] | None) -> Sequence[Tally]:
        wanted = [(0, len(self._rows) - 1)] if spans is None else spans
        figures = (column.figure(row) for top, bottom in wanted for row in self._rows[top : bottom + 1])
        return tallied(figure for figure in figures if figure is not None)

    def every(self) -> Callable[[], Iterator[Any]]:
        rows = self._rows
        return lambda: iter(rows)

    def texts(self, n: int) -> Sequence[str]:
        if n not in self._texts:
            self._texts[n] = super().texts(n)
        return self._texts[n]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._sorting = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._order()
        places = {id(row): n for n, row in enumerate(self._rows)}
        self.changePersistentIndexList(
            [index for index, _ in kept], [self.index(places[id(row)], index.column()) for index, row in kept]
        )
        self.layoutChanged.emit()

    def _narrow(self) -> None:
        self.show(self.given)

    def _order(self) -> None:
        self._texts = {}
        self._rows = self._wanted()
        if self._sorting:
            column, descending = self._sorting
            by = self.columns[column].by
            full = [row for row in self._rows if by(row) is not None]
            full.sort(key=lambda row: sort_key(by(row), self.language), reverse=descending)
            self._rows = (*full, *(row for row in self._rows if by(row) is None))

    def _wanted(self) -> tuple[Any, ...]:
        by = [(column, self.narrowings[column.key]) for column in self.columns if column.key in self.narrowings]
        if not by:
            return self.given
        return tuple(row for row in self.given if all(c.keeps(row, each, self.language) for c, each in by))


@frozen
class Asked:
    """Which rows a large table wants, and in what order."""

    order: str | None = None
    """The name of a column; none for the order the list has by itself."""
    descending: bool = False
    text: str = ""
    """What the rows hold somewhere."""
    narrowings: Mapping[str, Narrowing] = field(default_factory=dict)
    """What they are narrowed to, by the name of a column."""


Keys = Callable[[Asked], "array[int]"]
"""Gives the numbers of the rows wanted, in their order."""
Fetch = Callable[[Sequence[int]], Sequence[Any]]
"""Gives rows by their numbers, in any order; each has its `id`."""
Tallies = Callable[[str, Sequence[int] | None, Asked], Sequence[Tally]]
"""Adds up a column of these rows, or of all that are wanted."""


def no_tally(_column: str, _numbers: Sequence[int] | None, _asked: Asked) -> Sequence[Tally]:
    """Nothing is added up."""
    return ()


class _Page:
    """Rows fetched together; None where one is gone. Only those that are seen are put into words."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows
        self.texts: dict[int, Sequence[str]] = {}


class WindowTable(Table):
    """Any number of rows: their numbers are held, the rows fetched a stretch at a time as they are seen.

    Sorting and narrowing are asked of `keys`, sums of `tallies`; both ask the file.
    """

    def __init__(
        self, columns: Sequence[Column], language: Language, keys: Keys, fetch: Fetch, tallies: Tallies = no_tally
    ) -> None:
        super().__init__(columns, language)
        self._keys, self._fetch, self._tallies = keys, fetch, tallies
        self.asked = Asked()
        self._ids = array("q")
        self._pages: dict[int, _Page] = {}

    def refresh(self) -> None:
        """Ask for everything anew."""
        self.beginResetModel()
        self._pages = {}
        self._ids = self._keys(self.asked)
        self.endResetModel()

    def filter(self, text: str) -> None:
        """Show only rows that hold a text."""
        if text != self.asked.text:
            self.asked = replace(self.asked, text=text)
            self.refresh()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.narrowings or self.asked.text)

    def row(self, n: int) -> Any:
        return self._page(n).rows[n & (1 << BITS) - 1]

    def place(self, number: int) -> int | None:
        try:
            return self._ids.index(number)
        except ValueError:
            return None

    def numbers(self, spans: Sequence[Span]) -> Sequence[int]:
        wanted = array("q")
        for top, bottom in spans:
            wanted += self._ids[top : bottom + 1]
        return wanted

    def tally(self, column: Column, spans: Sequence[Span] | None) -> Sequence[Tally]:
        if column.order is None:
            return ()
        is_all = spans is None or list(spans) == [(0, len(self._ids) - 1)]
        return self._tallies(column.order, None if is_all else self.numbers(spans or ()), self.asked)

    def every(self) -> Callable[[], Iterator[Any]]:
        ids, fetch = self._ids[:], self._fetch

        def rows() -> Iterator[Any]:
            for start in range(0, len(ids), WRITTEN):
                some = ids[start : start + WRITTEN]
                found = {row.id: row for row in fetch(some)}
                yield from (found[number] for number in some if number in found)

        return rows

    def texts(self, n: int) -> Sequence[str]:
        page = self._page(n)
        if n not in page.texts:
            page.texts[n] = super().texts(n) if self.row(n) is not None else ("",) * len(self.columns)
        return page.texts[n]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        name = self.columns[column].order if column >= 0 else None
        if name is None and column >= 0:
            return
        asked = replace(self.asked, order=name, descending=order == Qt.SortOrder.DescendingOrder)
        if asked != self.asked:
            self.asked = asked
            self.refresh()

    def _narrow(self) -> None:
        names = {column.key: column.order for column in self.columns if column.order}
        wanted = {names[key]: narrowing for key, narrowing in self.narrowings.items() if key in names}
        self.asked = replace(self.asked, narrowings=wanted)
        self.refresh()

    def _page(self, n: int) -> _Page:
        number = n >> BITS
        page = self._pages.get(number)
        if page is None:
            if len(self._pages) >= PAGES:
                self._pages.pop(next(iter(self._pages)))
            ids = self._ids[number << BITS : (number + 1) << BITS]
            found = {row.id: row for row in self._fetch(ids)}
            page = self._pages[number] = _Page([found.get(each) for each in ids])
        return page
