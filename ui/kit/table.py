"""Tables from declared columns: small ones handed over whole, large ones fetched as they are scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.cells import PAINTED, paint_cell
from ui.kit.column import Column, sort_key, worded
from ui.kit.empty import Empty
from ui.kit.heads import PAD, ROOM, Heads
from ui.kit.keys import RETURN
from ui.kit.marks import Everything, Ticks
from ui.kit.memory import Memory
from ui.kit.rows import ROW, VALUE, Asked, Index, RecordTable, Span, Table, WindowTable
from ui.kit.theme import colours, font, ring, row_height

__all__ = [
    "ROW", "STANDARD", "TALL", "VALUE", "Asked", "Column", "Index", "RecordTable", "TableView",
    "WindowTable", "sort_key", "worded",
]  # fmt: skip

STANDARD, TALL = 44, 50
"""Heights of a row; the tall one holds a person with a line below the name."""
SAMPLE = 40
"""Rows looked at to find how wide states are."""
REMEMBERED = 5000
"""Cut texts a view remembers."""
SINGLE = int(Qt.TextFlag.TextSingleLine)
ROWS = QItemSelectionModel.SelectionFlag.Rows
KEPT = 200
"""Marked rows that stay marked over a refresh."""

Seen = tuple[int, Column, int, int]
"""A column in view: its number, itself, its left and its width without the air."""


class TableView(QTableView):
    """A table as Excel's users know it: whole rows, Enter opens, Ctrl+C copies, a click on a heading sorts.

    With `ticks` there is a box beside each row. What `arrange` is told to remember comes back the next time.
    """

    opened = Signal(object)
    """A row was opened, by Enter or a double click."""
    chosen = Signal(object)
    """Another row is the current one; none where there is none."""
    marked = Signal(int)
    """So many rows are marked now."""
    pasted = Signal(str)
    """Ctrl+V, with the text on the clipboard."""
    ticks: Ticks | None = None
    """The boxes beside the rows; Qt asks for them before there are any."""

    def __init__(
        self,
        model: RecordTable | WindowTable,
        language: Language,
        *,
        name: str,
        height: int = STANDARD,
        empty: Empty | None = None,
        ticks: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self._cuts: dict[tuple[str, int], str] = {}
        self._memory, self._key, self._day = Memory(), "", None
        self._left_out: frozenset[int] = frozenset()
        self._shown: dict[str, bool] = {}
        self._funnel: QWidget | None = None
        self.setAccessibleName(language.text(name))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(ticks)
        self.heads = Heads(model, self)
        self.setHorizontalHeader(self.heads)
        if ticks:
            self.ticks = self._make_ticks()
        rows = self.verticalHeader()
        rows.setVisible(ticks)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._height = height
        rows.setDefaultSectionSize(row_height(height))
        self.empty = empty
        self._nothing: Empty | None = None
        self._beside: tuple[Callable[[], object], Callable[[], object]] | None = None
        if empty:
            empty.setParent(self.viewport())
        self.setModel(model)
        model.setParent(self)
        self._shape_columns(model)
        self._kept: int | None = None
        self._kept_column = 0
        self._kept_marks: Sequence[int] = ()
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._show_empty)
        model.modelReset.connect(self._return_to_place)
        model.modelReset.connect(self._fit_states)
        self.heads.asked.connect(self.open_funnel)
        self.heads.arranging.connect(self.open_columns)
        self.heads.shaped.connect(self._remember)
        self.heads.sortIndicatorChanged.connect(self._remember)
        self._show_empty()
        self._fit_states()

    def _make_ticks(self) -> Ticks:
        made = Ticks(self, self.toggle_row, self.reach_row)
        self.setVerticalHeader(made)
        self.setCornerButtonEnabled(False)
        self.everything = Everything(self, self.language.text(N_("Select every row (Ctrl+A)")))
        self.everything.clicked.connect(self._mark_everything)
        self.entered.connect(lambda index: made.hover(index.row()))
        self.viewportEntered.connect(lambda: made.hover(-1))
        return made

    def _shape_columns(self, model: Table) -> None:
        words = QFontMetrics(font(13))
        for n, column in enumerate(model.columns):
            heading = words.horizontalAdvance(self.language.text(column.title)) + 2 * PAD + ROOM
            self.setColumnWidth(n, max(column.width, heading))
            if column.stretch:
                self.heads.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        self.heads.setStretchLastSection(not any(column.stretch for column in model.columns))
        self.setSortingEnabled(True)

    # Marked rows

    def spans(self) -> list[Span]:
        """The marked rows from the top, as stretches that do not touch."""
        found: list[Span] = []
        for top, bottom in sorted((part.top(), part.bottom()) for part in self.selectionModel().selection()):
            if found and top <= found[-1][1] + 1:
                found[-1] = (found[-1][0], max(bottom, found[-1][1]))
            else:
                found.append((top, bottom))
        return found

    def marked_count(self) -> int:
        """How many rows are marked."""
        return sum(bottom - top + 1 for top, bottom in self.spans())

    def is_marked(self, row: int) -> bool:
        """Whether a row is marked."""
        return any(part.top() <= row <= part.bottom() for part in self.selectionModel().selection())

    def toggle_row(self, row: int) -> None:
        """Mark one row more, or one less."""
        index, chosen = self.model().index(row, max(self.currentIndex().column(), 0)), self.selectionModel()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Toggle | ROWS)

    def reach_row(self, row: int) -> None:
        """Mark every row from the current one to this."""
        start = max(self.currentIndex().row(), 0)
        first, last = sorted((start, row))
        self._mark([(first, last)], QItemSelectionModel.SelectionFlag.Select)

    def clear_marks(self) -> None:
        """Leave only the current row marked."""
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect | ROWS)
        else:
            self.clearSelection()

    def _mark(self, spans: Iterable[Span], how: QItemSelectionModel.SelectionFlag) -> None:
        model, wanted = self.model(), QItemSelection()
        for top, bottom in spans:
            wanted.select(model.index(top, 0), model.index(bottom, model.columnCount() - 1))
        self.selectionModel().select(wanted, how | ROWS)

    def _mark_everything(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.marked_count() == self.model().rowCount():
            self.clear_marks()
        else:
            self.selectAll()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if self.ticks:
            self.ticks.viewport().update()
            self.everything.update()
        self.marked.emit(self.marked_count())

    def current_row(self) -> Any:
        """The row the cursor is on, or none."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def current_column(self) -> Column | None:
        """The column the cursor is in, or none."""
        index = self.currentIndex()
        return self.model().columns[index.column()] if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """The rows marked, from the top."""
        return [self.model().row(n) for top, bottom in self.spans() for n in range(top, bottom + 1)]

    def selected_numbers(self) -> Sequence[int]:
        """The numbers of the rows marked, from the top; of however many."""
        return self.model().numbers(self.spans())

    def select(self, wanted: Callable[[Any], bool]) -> bool:
        """Go to the first row that is wanted; tells whether there is one."""
        model = self.model()
        found = next((n for n in range(model.rowCount()) if wanted(model.row(n))), None)
        if found is not None:
            self.go_to(found)
        return found is not None

    def go_to(self, row: int, column: int | None = None) -> None:
        """Put the cursor on a row and mark it alone."""
        index = self.model().index(row, max(self.currentIndex().column(), 0) if column is None else column)
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | ROWS
        self.selectionModel().setCurrentIndex(index, only)  # selectRow would add to the marked rows while Ctrl is held
        self.scrollTo(index)

    # Columns

    def arrange(self, memory: Memory, key: str, day: date) -> None:
        """Let the owner narrow the table and arrange its columns, and remember it under a key."""
        self._memory, self._key, self._day = memory, f"table/{key}", day
        self.heads.funnels = True
        self._restore(memory.recall(self._key))

    def columns_shown(self) -> list[Column]:
        """The columns in sight, as they stand from the left."""
        at = sorted(range(len(self.model().columns)), key=self.heads.visualIndex)
        return [self.model().columns[n] for n in at if not self.isColumnHidden(n)]

    def leave_out(self, columns: Iterable[int]) -> None:
        """Columns that are not shown unless the owner chose to see them."""
        self._left_out = frozenset(columns)
        self._hide_columns()

    def show_column(self, at: int, *, shown: bool) -> None:
        """The owner wants to see a column, or not to."""
        self._shown[self.model().columns[at].key] = shown
        self._hide_columns()
        self._remember()

    def move_column(self, at: int, by: int) -> None:
        """Move a column past its visible neighbour to the left or right."""
        order = [self.heads.logicalIndex(place) for place in range(self.heads.count())]
        seen = [n for n in order if not self.isColumnHidden(n)]
        place = seen.index(at) + by
        if 0 <= place < len(seen):
            self.heads.moveSection(self.heads.visualIndex(at), self.heads.visualIndex(seen[place]))
            self._remember()

    def reset_columns(self) -> None:
        """Columns, order, widths and sorting as they were in the beginning."""
        self._shown = {}
        for n, column in enumerate(self.model().columns):
            self.heads.moveSection(self.heads.visualIndex(n), n)
            if not column.stretch:
                self.setColumnWidth(n, column.width)
        self._fit_states()
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._hide_columns()
        self._memory.remember(self._key, None)

    def open_columns(self, at: int, place: QPoint) -> None:
        """The menu of the headings: sort, narrow, which columns and in what order."""
        words, menu = self.language.text, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if at >= 0:
            up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
            menu.addAction(words(N_("Sort ascending")), lambda: self.sortByColumn(at, up))
            menu.addAction(words(N_("Sort descending")), lambda: self.sortByColumn(at, down))
            if self.heads.can_narrow(at):
                menu.addAction(words(N_("Narrow…")), lambda: self.open_funnel(at))
            menu.addAction(words(N_("Move left")), lambda: self.move_column(at, -1))
            menu.addAction(words(N_("Move right")), lambda: self.move_column(at, 1))
            menu.addSeparator()
        seen = self.columns_shown()
        for n, column in enumerate(self.model().columns):
            each = menu.addAction(words(column.title))
            each.setCheckable(True)
            each.setChecked(column in seen)
            each.setEnabled(len(seen) > 1 or column not in seen)
            each.toggled.connect(lambda on, n=n: self.show_column(n, shown=on))
        menu.addSeparator()
        menu.addAction(words(N_("All as in the beginning")), self.reset_columns)
        menu.popup(place)
        self.menu = menu

    def open_funnel(self, at: int) -> None:
        """Ask what the table is to be narrowed to by a column."""
        from ui.kit.funnel import Funnel  # here, because most tables are never narrowed

        model, column = self.model(), self.model().columns[at]
        if self._day is None or not column.narrow:
            return
        rows = model.given if isinstance(model, RecordTable) else ()
        funnel = Funnel(self.language, self._day, column, model.narrowings.get(column.key), rows, self)
        funnel.chosen.connect(lambda narrowing: model.narrow(column.key, narrowing))
        funnel.open_at(self.heads.mapToGlobal(QPoint(self.heads.sectionViewportPosition(at), self.heads.height())))
        self._funnel = funnel

    def _hide_columns(self) -> None:
        for n, column in enumerate(self.model().columns):
            self.setColumnHidden(n, not self._shown.get(column.key, n not in self._left_out))

    def _remember(self) -> None:
        if not self._key:
            return
        columns, heads = self.model().columns, self.heads
        at = heads.sortIndicatorSection()
        self._memory.remember(self._key, {
            "widths": {column.key: self.columnWidth(n) for n, column in enumerate(columns)
                       if not column.stretch and not self.isColumnHidden(n)},
            "order": [columns[heads.logicalIndex(place)].key for place in range(heads.count())],
            "shown": self._shown,
            "sort": [columns[at].key, heads.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder] if at >= 0 else None,
        })  # fmt: skip

    def _restore(self, kept: Any) -> None:
        """Stand as the owner left it; what was written by another version of the table is passed over."""
        if not isinstance(kept, dict):
            return
        places = {column.key: n for n, column in enumerate(self.model().columns)}
        for key, width in kept.get("widths", {}).items():
            if key in places:
                self.setColumnWidth(places[key], width)
        for place, key in enumerate([key for key in kept.get("order", ()) if key in places]):
            self.heads.moveSection(self.heads.visualIndex(places[key]), place)
        self._shown = {key: shown for key, shown in kept.get("shown", {}).items() if key in places}
        self._hide_columns()
        key, descending = kept.get("sort") or ("", False)
        if key in places:
            self.sortByColumn(places[key], Qt.SortOrder(int(descending)))

    # Keys and mouse

    def copy(self) -> None:
        """Put the marked rows on the clipboard with their headings, as a spreadsheet takes them."""
        from desktopapp.exchange.tabbed import tabbed  # here, because a page is seen before anything is copied

        columns, language = self.columns_shown(), self.language
        heading = [language.text(column.title) for column in columns]
        rows = [[column.out(row, language) for column in columns] for row in self.selected_rows() if row is not None]
        if rows:
            QApplication.clipboard().setText(tabbed([heading, *rows]))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()
            self.chosen.emit(current.data(ROW) if current.isValid() else None)
        elif current.column() != previous.column():
            self.marked.emit(self.marked_count())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        has_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in RETURN and self.currentIndex().isValid():
            self.opened.emit(self.current_row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Escape and self.marked_count() > 1:
            self.clear_marks()
        elif event.key() == Qt.Key.Key_Space and self.ticks and self.currentIndex().isValid():
            self.toggle_row(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Down and has_alt and self.currentIndex().isValid():
            self.open_funnel(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.ticks and not self.ticks.underMouse():
            self.ticks.hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_empties()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.ticks:
            frame = self.frameWidth()
            self.everything.setGeometry(frame, frame, self.ticks.width(), self.heads.height())
            self.everything.raise_()

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
        if self.hasFocus() and not rows:
            ring(painter, self.viewport().rect())
        painter.end()

    def _paint_row(
        self, painter: QPainter, n: int, top: int, height: int, across: Sequence[Seen], *, marked: bool
    ) -> None:
        texts = self.model().texts(n)
        for at, column, left, width in across:
            if column.kind in PAINTED:
                if (row := self.model().row(n)) is not None:
                    paint_cell(painter, QRectF(left, top, width, height), column.value(row), texts[at], marked=marked)
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
            self.verticalHeader().setDefaultSectionSize(row_height(self._height))

    def _fit_states(self) -> None:
        """Widen the columns of states to the widest among the first rows, so that no word is cut."""
        words, model = QFontMetrics(font(12)), self.model()
        for at, column in enumerate(model.columns):
            if column.kind == "state" and not column.stretch:
                texts = [model.texts(n)[at] for n in range(min(model.rowCount(), SAMPLE))]
                widest = max((words.horizontalAdvance(text) for text in texts), default=0)
                self.setColumnWidth(at, max(self.columnWidth(at), widest + 4 * PAD))

    def _keep_place(self) -> None:
        """Remember the current row and the marked ones over a refresh."""
        self._kept, self._kept_column = getattr(self.current_row(), "id", None), max(self.currentIndex().column(), 0)
        self._kept_marks = self.selected_numbers() if 1 < self.marked_count() <= KEPT else ()

    def _return_to_place(self) -> None:
        model = self.model()
        found = None if self._kept is None else model.place(self._kept)
        if found is not None:
            self.go_to(found, self._kept_column)
        elif self._kept is not None:
            self.chosen.emit(None)
        marks = [place for number in self._kept_marks if (place := model.place(number)) is not None]
        if len(marks) > 1:
            self._mark([(place, place) for place in marks], QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.marked.emit(self.marked_count())

    def narrowed_by(self, is_narrowed: Callable[[], object], widen: Callable[[], object]) -> None:
        """What stands beside the table narrows it too: a search, a choice. `widen` takes it all back."""
        self._beside = is_narrowed, widen

    def _is_narrowed(self) -> bool:
        return self.model().is_narrowed or (self._beside is not None and bool(self._beside[0]()))

    def _show_empty(self) -> None:
        """Show what belongs here where there is nothing; where only nothing fits, the way back to everything."""
        nothing = self.model().rowCount() == 0
        is_narrowed = nothing and self._is_narrowed()
        is_bare = nothing and not is_narrowed and self.empty is not None
        self.heads.setVisible(not is_bare)
        if self.ticks:
            self.ticks.setVisible(not nothing)
            self.everything.setVisible(not nothing)
        if self.empty:
            self.empty.setVisible(is_bare)
        if is_narrowed and self._nothing is None:
            self._nothing = Empty(self.language, "list-filter", N_("Nothing fits what is looked for."),
                                  N_("Show all"), self._widen, parent=self.viewport())  # fmt: skip
        if self._nothing:
            self._nothing.setVisible(is_narrowed)
            self._nothing.button.setVisible(bool(self.model().narrowings) or self._beside is not None)
        self._fill_empties()

    def _widen(self) -> None:
        if self._beside:
            self._beside[1]()
        self.model().widen()

    def _fill_empties(self) -> None:
        for each in (self.empty, self._nothing):
            if each:
                each.setGeometry(QRect(QPoint(0, 0), self.viewport().size()))
