"""Tables from declared columns: small ones handed over whole, large ones fetched as they are scrolled to."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Both, Message
from ui.kit.avatar import Who, paint_avatar
from ui.kit.chart import Progress, paint_progress
from ui.kit.empty import Empty
from ui.kit.keys import RETURN
from ui.kit.pill import State, paint_pill
from ui.kit.theme import BODY, colours, font

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DISPLAY, ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
VALUE, ROW = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
"""Roles: a cell's value, and its whole row."""
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
STANDARD, COMPACT, TALL = 44, 36, 50
"""Heights of a row; the tall one holds a person with a line below the name."""
BITS = 7
"""A large table fetches 2 to the power of so many rows at a time."""
PAGES = 64
"""And keeps so many fetches."""
PAD = 10
"""Pixels beside a cell's text."""
ARROW = 14
"""Pixels a heading needs for the mark of its order."""
SAMPLE = 40
"""Rows looked at to find how wide states are."""
REMEMBERED = 5000
"""Cut texts a view remembers."""
SINGLE = int(Qt.TextFlag.TextSingleLine)
PAINTED = ("person", "state", "progress")
"""Cells that are drawn, not written."""

Seen = tuple[int, "Column", int, int]
"""A column in view: its number, itself, its left and its width without the air."""


class Column:
    """A heading and where its value comes from; how a value is written is the language's affair.

    `of` is a field of a model, which gives heading, alignment and the words of its choices,
    or a marked heading. `kind` is text, number, person (`Who`), state (`State`) or progress
    (`chart.Progress`). `by` gives what a row is sorted by; `order` is the name a large table
    hands down to be sorted by, none where it cannot.
    """

    def __init__(
        self,
        of: Any,
        value: Callable[[Any], Any] | None = None,
        *,
        kind: str | None = None,
        width: int = 120,
        stretch: bool = False,
        by: Callable[[Any], Any] | None = None,
        order: str | None = None,
    ) -> None:
        is_field = not isinstance(of, str)
        self.title: str = of.verbose_name if is_field else of
        self.value = value or attrgetter(of.name)
        self.kind = kind or (_kind_of(of) if is_field else "text")
        self.words: Callable[[Any], Any] | None = of.label if is_field and hasattr(of, "label") else None
        self.width, self.stretch, self.by = width, stretch, by or self.value
        self.order = order or (of.name if is_field else None)
        self.alignment = RIGHT if self.kind == "number" else LEFT

    def text(self, row: Any, language: Language) -> str:
        """The words of a cell."""
        value = self.value(row)
        if self.words:
            return language.text(self.words(value))
        return worded(value, language)


def _kind_of(field: Any) -> str:
    from ui.kit.editors import CELLS  # here, because the first page lists no fields and edits nothing

    return CELLS[type(field)]


def worded(value: Any, language: Language) -> str:
    """A value of any cell, drawn ones too, in words."""
    if isinstance(value, State):
        return language.text(value.text)
    if isinstance(value, Who):
        return value.name
    if isinstance(value, Progress):
        return value.text or f"{value.share:.0%}"
    return language.show(value)


class _Table(QAbstractTableModel):
    """What both kinds of table have in common: headings, alignment, roles."""

    def __init__(self, columns: Sequence[Column], language: Language) -> None:
        super().__init__()
        self.columns, self.language = tuple(columns), language
        self._alignments = tuple(column.alignment for column in self.columns)

    def row(self, n: int) -> Any:
        """The n-th row as shown."""
        raise NotImplementedError

    def place(self, number: int) -> int | None:
        """Which row has that number, if one has."""
        raise NotImplementedError

    def texts(self, n: int) -> Sequence[str]:
        """The words of the n-th row's cells."""
        return [column.text(self.row(n), self.language) for column in self.columns]

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


class RecordTable(_Table):
    """Rows handed over whole; for up to a thousand."""

    def __init__(self, columns: Sequence[Column], language: Language) -> None:
        super().__init__(columns, language)
        self._given: tuple[Any, ...] = ()
        self._rows: tuple[Any, ...] = ()
        self._texts: dict[int, Sequence[str]] = {}
        self._sorting: tuple[int, bool] | None = None

    def show(self, rows: Sequence[Any]) -> None:
        """Put these rows in place of the ones shown."""
        self.beginResetModel()
        self._given = tuple(rows)
        self._order()
        self.endResetModel()

    def row(self, n: int) -> Any:
        return self._rows[n]

    def place(self, number: int) -> int | None:
        return next((n for n, row in enumerate(self._rows) if getattr(row, "id", None) == number), None)

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

    def _order(self) -> None:
        self._texts = {}
        self._rows = self._given
        if self._sorting:
            column, descending = self._sorting
            by = self.columns[column].by
            full = [row for row in self._given if by(row) is not None]
            full.sort(key=lambda row: sort_key(by(row), self.language), reverse=descending)
            self._rows = (*full, *(row for row in self._given if by(row) is None))


def sort_key(value: Any, language: Language) -> Any:
    """What a cell's value sorts by, among values of its kind."""
    if isinstance(value, Progress):
        return value.share
    if isinstance(value, Who):
        return value.name
    return worded(value, language) if isinstance(value, State | Message | Both) else value


class Keys(Protocol):
    """Gives the numbers of the rows that hold a text, in an order."""

    def __call__(self, order: str | None, descending: bool, text: str) -> array[int]: ...  # noqa: FBT001


class WindowTable(_Table):
    """Any number of rows: their numbers are held, the rows fetched a stretch at a time as they are seen.

    Sorting and filtering are asked of `keys`, which asks the file.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        language: Language,
        keys: Keys,
        fetch: Callable[[Sequence[int]], Sequence[Any]],
    ) -> None:
        super().__init__(columns, language)
        self._keys, self._fetch = keys, fetch
        self._order: str | None = None
        self._descending = False
        self._text = ""
        self._ids = array("q")
        self._pages: dict[int, list[tuple[Any, Sequence[str]]]] = {}

    def refresh(self) -> None:
        """Ask for everything anew."""
        self.beginResetModel()
        self._pages = {}
        self._ids = self._keys(self._order, self._descending, self._text)
        self.endResetModel()

    def filter(self, text: str) -> None:
        """Show only rows that hold a text."""
        if text != self._text:
            self._text = text
            self.refresh()

    def row(self, n: int) -> Any:
        return self._page(n)[n & (1 << BITS) - 1][0]

    def place(self, number: int) -> int | None:
        try:
            return self._ids.index(number)
        except ValueError:
            return None

    def texts(self, n: int) -> Sequence[str]:
        return self._page(n)[n & (1 << BITS) - 1][1]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        name = self.columns[column].order if column >= 0 else None
        if name is None and column >= 0:
            return
        self._order, self._descending = name, order == Qt.SortOrder.DescendingOrder
        self.refresh()

    def _page(self, n: int) -> list[tuple[Any, Sequence[str]]]:
        number = n >> BITS
        page = self._pages.get(number)
        if page is None:
            if len(self._pages) >= PAGES:
                self._pages.pop(next(iter(self._pages)))
            page = self._pages[number] = self._fetched(self._ids[number << BITS : (number + 1) << BITS])
        return page

    def _fetched(self, ids: array[int]) -> list[tuple[Any, Sequence[str]]]:
        found = {row.id: row for row in self._fetch(ids)}
        gone = ("",) * len(self.columns)
        rows = [found.get(each) for each in ids]
        return [(row, [c.text(row, self.language) for c in self.columns] if row is not None else gone) for row in rows]


def tabbed(texts: Sequence[str]) -> str:
    """Cells as one line of a spreadsheet."""
    return "\t".join(" ".join(text.split()) for text in texts)


def paint_cell(painter: QPainter, space: QRectF, value: Any, words: str, *, marked: bool) -> None:
    """Draw a person, a state or a progress; `marked` where its row is selected."""
    painter.save()
    if isinstance(value, Who):
        _paint_who(painter, space, value)
    elif isinstance(value, State):
        paint_pill(painter, space, words, value.mood, on_accent=marked)
    elif isinstance(value, Progress):
        _paint_share(painter, space, value, words)
    painter.restore()


def _paint_who(painter: QPainter, space: QRectF, who: Who) -> None:
    side = min(30.0, space.height() - 8)
    paint_avatar(painter, QRectF(space.x(), space.center().y() - side / 2, side, side), who.name)
    words = space.adjusted(side + 10, 0, 0, 0)
    painter.setFont(font(BODY, strong=bool(who.detail)))
    painter.setPen(colours().of("text"))
    metrics = painter.fontMetrics()
    cut = metrics.elidedText(who.name, Qt.TextElideMode.ElideRight, int(words.width()))
    if not who.detail:
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, cut)
        return
    middle = words.center().y()
    painter.drawText(QRectF(words.x(), middle - metrics.height() - 1, words.width(), metrics.height()), 0, cut)
    painter.setFont(font(12))
    painter.setPen(colours().of("text2"))
    small = painter.fontMetrics()
    cut = small.elidedText(who.detail, Qt.TextElideMode.ElideRight, int(words.width()))
    painter.drawText(QRectF(words.x(), middle + 1, words.width(), small.height()), 0, cut)


def _paint_share(painter: QPainter, space: QRectF, progress: Progress, words: str) -> None:
    painter.setFont(font(13))
    width = max(painter.fontMetrics().horizontalAdvance(words), painter.fontMetrics().horizontalAdvance("100%"))
    bar = QRectF(space.x(), space.center().y() - 3, space.width() - width - 12, 6)
    if bar.width() > 24:
        paint_progress(painter, bar, progress)
    painter.setPen(colours().mood(progress.mood)[0])
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(space, right, words)


class TableView(QTableView):
    """A table as Excel's users know it: whole rows, Enter opens, Ctrl+C copies, a click on a heading sorts."""

    opened = Signal(object)
    """A row was opened, by Enter or a double click."""
    chosen = Signal(object)
    """Another row is the current one; none where there is none."""

    def __init__(
        self,
        model: RecordTable | WindowTable,
        language: Language,
        *,
        name: str,
        height: int = STANDARD,
        empty: Empty | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self._cuts: dict[tuple[str, int], str] = {}
        self.setAccessibleName(language.text(name))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(height)
        self.empty = empty
        if empty:
            empty.setParent(self.viewport())
        self.setModel(model)
        model.setParent(self)
        self._shape_columns(model)
        self._kept: int | None = None
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._show_empty)
        model.modelReset.connect(self._return_to_place)
        model.modelReset.connect(self._fit_states)
        self._show_empty()
        self._fit_states()

    def _shape_columns(self, model: RecordTable | WindowTable) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsMovable(True)
        heads.setMinimumSectionSize(48)
        heads.setFixedHeight(38)
        words = QFontMetrics(font(13))
        for n, column in enumerate(model.columns):
            heading = words.horizontalAdvance(self.language.text(column.title)) + 2 * PAD + ARROW
            self.setColumnWidth(n, max(column.width, heading))
            if column.stretch:
                heads.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        heads.setStretchLastSection(not any(column.stretch for column in model.columns))
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)

    def current_row(self) -> Any:
        """The row the cursor is on, or none."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """The rows marked, from the top."""
        return [index.data(ROW) for index in sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)]

    def select(self, wanted: Callable[[Any], bool]) -> bool:
        """Go to the first row that is wanted; tells whether there is one."""
        model = self.model()
        found = next((n for n in range(model.rowCount()) if wanted(model.row(n))), None)
        if found is None:
            return False
        self.selectRow(found)
        self.scrollTo(model.index(found, 0))
        return True

    def copy(self) -> None:
        """Put the marked rows on the clipboard as a spreadsheet takes them."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if rows:
            QApplication.clipboard().setText("\n".join(tabbed(self.model().texts(n)) for n in rows))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.chosen.emit(current.data(ROW) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN and self.currentIndex().isValid():
            self.opened.emit(self.current_row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.empty:
            self.empty.setGeometry(self.viewport().rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw row by row: a third of the time that cell by cell through a delegate and its roles takes."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        look, across = colours(), self._seen_columns()
        text, line, width = look.of("text"), look.of("grid"), self.viewport().width()
        rows = self._seen_rows(event.rect())
        marked = self._marked_rows(rows)
        current = self.currentIndex().row() if self.hasFocus() else -1
        for n in rows:
            top, height = self.rowViewportPosition(n), self.rowHeight(n)
            if n in marked:
                painter.fillRect(0, top, width, height, look.of("accent_soft"))
            if n == current:
                painter.fillRect(0, top, 3, height, look.of("accent"))
            painter.setPen(text)
            self._paint_row(painter, n, top, height, across, marked=n in marked)
            painter.setPen(line)
            painter.drawLine(0, top + height - 1, width, top + height - 1)
        painter.end()

    def _paint_row(
        self, painter: QPainter, n: int, top: int, height: int, across: Sequence[Seen], *, marked: bool
    ) -> None:
        texts = self.model().texts(n)
        for at, column, left, width in across:
            if column.kind in PAINTED:
                space = QRectF(left, top, width, height)
                paint_cell(painter, space, column.value(self.model().row(n)), texts[at], marked=marked)
            elif words := texts[at]:
                painter.drawText(left, top, width, height, column.alignment | SINGLE, self._cut(words, width))

    def _seen_columns(self) -> list[Seen]:
        """The columns in view: which, where, and how wide for their text."""
        seen = []
        for at, column in enumerate(self.model().columns):
            left, width = self.columnViewportPosition(at), self.columnWidth(at)
            if not self.isColumnHidden(at) and left < self.viewport().width() and left + width > 0:
                seen.append((at, column, left + PAD, width - 2 * PAD))
        return seen

    def _seen_rows(self, area: QRect) -> range:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self.model().rowCount() - 1) + 1)

    def _marked_rows(self, rows: range) -> set[int]:
        parts = [(part.top(), part.bottom()) for part in self.selectionModel().selection()]
        return {n for n in rows if any(top <= n <= bottom for top, bottom in parts)}

    def _cut(self, words: str, width: int) -> str:
        """A text cut with … to a width; what was cut before is remembered."""
        key = (words, width)
        cut = self._cuts.get(key)
        if cut is None:
            if len(self._cuts) > REMEMBERED:
                self._cuts.clear()
            one = " ".join(words.split("\n")) if "\n" in words else words
            cut = self._cuts[key] = self.fontMetrics().elidedText(one, Qt.TextElideMode.ElideRight, width)
        return cut

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._cuts = {}

    def _fit_states(self) -> None:
        """Widen the columns of states to the widest among the first rows, so that no word is cut."""
        words, model = QFontMetrics(font(12)), self.model()
        for at, column in enumerate(model.columns):
            if column.kind == "state" and not column.stretch:
                texts = [model.texts(n)[at] for n in range(min(model.rowCount(), SAMPLE))]
                widest = max((words.horizontalAdvance(text) for text in texts), default=0)
                self.setColumnWidth(at, max(self.columnWidth(at), widest + 4 * PAD))

    def _keep_place(self) -> None:
        """Remember the current row over a refresh."""
        self._kept = getattr(self.current_row(), "id", None)

    def _return_to_place(self) -> None:
        found = None if self._kept is None else self.model().place(self._kept)
        if found is not None:
            self.selectRow(found)
        elif self._kept is not None:
            self.chosen.emit(None)

    def _show_empty(self) -> None:
        nothing = self.model().rowCount() == 0
        self.horizontalHeader().setVisible(not nothing or self.empty is None)
        if self.empty:
            self.empty.setVisible(nothing)
            self.empty.setGeometry(QRect(QPoint(0, 0), self.viewport().size()))
