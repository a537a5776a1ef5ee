"""A table one types into as into Excel: Enter goes down, Tab goes right, and an empty line always waits below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktopapp.exchange.tabbed import tabbed, untabbed
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M, Message
from ui.kit.editors import CELLS, Options, Picker, editor
from ui.kit.keys import RETURN
from ui.kit.label import restyle
from ui.kit.rows import ROOT, Index
from ui.kit.theme import colours, font, row_height

HEIGHT, HEADS = 36, 32
Roles = Qt.ItemDataRole
Hint = QAbstractItemDelegate.EndEditHint
Line = Mapping[str, Any]
"""The values of a line by the names of their columns; a `Message` is what is wrong with a cell."""


@frozen
class Entry:
    """A column that is typed into. `read` says how a text is taken, where not as the field's editor takes it."""

    field: Any
    width: int = 96
    stretch: bool = False
    options: Options = ()
    read: Callable[[str], Any] | None = None
    aligned: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft

    @property
    def name(self) -> str:
        """The name of its field."""
        return str(self.field.name)


@frozen
class Wrong:
    """A cell as it was typed, and why that is no value."""

    text: str
    why: Message


class Cells(QAbstractTableModel):
    """The lines, the last of them empty while they may be written on."""

    typed = Signal()
    """A cell was filled by the owner."""

    def __init__(self, entries: Sequence[Entry], language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self.entries, self.language = tuple(entries), language
        self.lines: list[dict[str, Any]] = []
        self.fixed = False
        self.problems: dict[tuple[int, str], Message] = {}
        self.states: Sequence[str] = ()

    def put(self, lines: Iterable[Line], *, fixed: bool) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines, self.fixed = [dict(line) for line in lines], fixed
        self.problems, self.states = {}, ()
        if not fixed:
            self.lines.append({})
        self.endResetModel()

    def is_blank(self, row: int) -> bool:
        """Whether nothing stands in a line."""
        return all(value in (None, "") for value in self.lines[row].values())

    def problem(self, row: int, name: str) -> Message | None:
        """What is wrong with a cell."""
        value = self.lines[row].get(name)
        return value.why if isinstance(value, Wrong) else self.problems.get((row, name))

    def fill(self, row: int, values: Line) -> None:
        """Put values into a line, making the lines there are too few of, and always one more."""
        while row >= len(self.lines) - 1:
            self.beginInsertRows(ROOT, len(self.lines), len(self.lines))
            self.lines.append({})
            self.endInsertRows()
        self.lines[row].update(values)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.entries) - 1))

    def tell(self, problems: Mapping[tuple[int, str], Message], states: Sequence[str]) -> None:
        """Mark cells with what is wrong with them, and say beside each line what becomes of it."""
        self.problems, self.states = dict(problems), states
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.entries) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.lines) - 1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if self.fixed else usual | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Roles.DisplayRole) -> Any:
        entry, line = self.entries[index.column()], self.lines[index.row()]
        if role == Roles.DisplayRole:
            return self.text(entry, line.get(entry.name))
        if role == Roles.EditRole:
            return line.get(entry.name)
        if role == Roles.TextAlignmentRole:
            return int(entry.aligned | Qt.AlignmentFlag.AlignVCenter)
        problem = self.problem(index.row(), entry.name)
        if problem is None:
            return None
        if role in (Roles.ToolTipRole, Roles.AccessibleDescriptionRole):
            return self.language.text(problem)
        if role == Roles.BackgroundRole:
            return colours().of("bad_soft")
        return colours().of("bad") if role == Roles.ForegroundRole else None

    def text(self, entry: Entry, value: Any) -> str:
        """The words of a cell."""
        if isinstance(value, Wrong):
            return value.text
        if entry.options:
            return dict(entry.options).get(value, "") if value else ""
        return self.language.show(value)

    def setData(self, index: Index, value: Any, role: int = Roles.EditRole) -> bool:
        if role != Roles.EditRole or self.fixed:
            return False
        name = self.entries[index.column()].name
        if self.lines[index.row()].get(name) != value and (value not in (None, "") or name in self.lines[index.row()]):
            self.problems.pop((index.row(), name), None)
            self.fill(index.row(), {name: value})
            self.typed.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Roles.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            is_said = role == Roles.DisplayRole and section < len(self.states)
            return self.states[section] if is_said else None
        entry = self.entries[section]
        if role == Roles.DisplayRole:
            return self.language.text(entry.field.verbose_name)
        return int(entry.aligned | Qt.AlignmentFlag.AlignVCenter) if role == Roles.TextAlignmentRole else None


class Cell(QStyledItemDelegate):
    """Edits a cell by the editor of its kind and keeps what was typed even where it is no value."""

    def __init__(self, language: Language, day: date, parent: QTableView) -> None:
        super().__init__(parent)
        self._language, self._day = language, day

    def made(self, entry: Entry, parent: QWidget | None = None) -> Any:
        """The editor of a column."""
        made = editor(entry.field, self._language, self._day, entry.options)
        if entry.options and not isinstance(made, Picker):
            made = Picker(entry.options)
        made.setParent(parent)
        return made

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        entry = index.model().entries[index.column()]
        made = self.made(entry, parent)
        restyle(made, "cell", value=True)
        made.setAccessibleName(self._language.text(entry.field.verbose_name))
        if hasattr(made, "setPlaceholderText"):
            made.setPlaceholderText("")
        return made

    def setEditorData(self, made: Any, index: QModelIndex) -> None:
        value = index.data(Roles.EditRole)
        if isinstance(value, Wrong):
            if not isinstance(made, Picker):
                made.setText(value.text)
        else:
            made.put(value)

    def setModelData(self, made: Any, model: Cells, index: QModelIndex) -> None:
        entry = model.entries[index.column()]
        model.setData(index, _typed(made, entry))

    def updateEditorGeometry(self, made: QWidget, option: QStyleOptionViewItem, _index: QModelIndex) -> None:
        made.setGeometry(option.rect)

    def read(self, entry: Entry, text: str) -> Any:
        """The value of a text that was pasted into a column."""
        if not text.strip():
            return None
        try:
            if entry.read:
                return entry.read(text)
        except Refused as no:
            return Wrong(text, no.message)
        made = self.made(entry)
        if isinstance(made, Picker):
            found = made.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
            no = Wrong(text, M("“{value}” is none of the choices.", value=text.strip()[:40]))
            return made.itemData(found) if found >= 0 else no
        made.setText(text)
        return _typed(made, entry)

    def eventFilter(self, made: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in RETURN:
            if not getattr(made, "composing", bool)():
                self.commitData.emit(made)
                self.closeEditor.emit(made, Hint.SubmitModelCache)
            return True
        return super().eventFilter(made, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        if index == self.parent().currentIndex() and self.parent().hasFocus():
            painter.save()
            painter.setPen(QPen(colours().of("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()


def _typed(made: Any, entry: Entry) -> Any:
    """What was typed, or what is wrong with it."""
    try:
        if entry.read and not isinstance(made, Picker):
            return entry.read(made.text()) if made.text().strip() else None
        return made.value()
    except Refused as no:
        return Wrong(made.currentText() if isinstance(made, Picker) else made.text(), no.message)


class Grid(QTableView):
    """The table. `fits` lets it be as high as its lines and they as their texts, for a page that scrolls as a whole."""

    changed = Signal()
    """Something was typed, cleared or pasted."""
    told = Signal(object)
    """What is wrong with the cell the cursor is in; none where nothing is."""

    def __init__(
        self,
        language: Language,
        day: date,
        entries: Sequence[Entry],
        *,
        name: str,
        fits: bool = False,
        lay_out: Callable[[list[list[str]]], Sequence[Mapping[str, str]]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fits, self._lay_out = fits, lay_out
        self.cells = Cells([_aligned(entry) for entry in entries], language, self)
        self.cell = Cell(language, day, self)
        self.setModel(self.cells)
        self.setItemDelegate(self.cell)
        self.setAccessibleName(language.text(name))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setWordWrap(fits)
        self.setCornerButtonEnabled(False)
        self.setProperty("grid", True)
        self._shape()
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            self._soon = QTimer(self, singleShot=True, interval=0)  # the rows know their heights a little later
            self._soon.timeout.connect(self._fit)
            for signal in (self.cells.modelReset, self.cells.rowsInserted, self.verticalHeader().sectionResized):
                signal.connect(self._fit)
                signal.connect(self._soon.start)
        self.cells.typed.connect(self.changed)

    def _shape(self) -> None:
        heads, rows = self.horizontalHeader(), self.verticalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setFixedHeight(HEADS)
        words = QFontMetrics(font(13))
        for n, entry in enumerate(self.cells.entries):
            heading = words.horizontalAdvance(self.cells.headerData(n, Qt.Orientation.Horizontal))
            self.setColumnWidth(n, max(entry.width, heading + 24))
            if entry.stretch:
                heads.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._heighten()
        rows.setSectionsClickable(False)
        rows.hide()

    def put(self, lines: Iterable[Line], *, fixed: bool = False) -> None:
        """Show these lines, to be read only where they are fixed."""
        at = self.currentIndex()
        self.cells.put(lines, fixed=fixed)
        if at.isValid() and at.row() < self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(at.row(), at.column()))

    def filled(self) -> list[tuple[int, dict[str, Any]]]:
        """The lines something stands in, with their numbers; a `Message` stands for a cell that is no value."""
        lines = ((n, line) for n, line in enumerate(self.cells.lines) if not self.cells.is_blank(n))
        return [(n, {name: v.why if isinstance(v, Wrong) else v for name, v in line.items()}) for n, line in lines]

    def tell(self, problems: Mapping[tuple[int, str], Message], states: Sequence[str] = ()) -> None:
        """Mark cells, and say what becomes of each line."""
        self.cells.tell(problems, states)
        self.verticalHeader().setVisible(bool(states))
        self._tell_current()

    def paste(self, text: str) -> None:
        """Put a block that was copied elsewhere where the cursor is, or after the last line."""
        block = untabbed(text)
        if self.cells.fixed or not block:
            return
        start = self.currentIndex()
        row = start.row() if start.isValid() else max(self.cells.rowCount() - 1, 0)
        if self._lay_out and (len(block) > 1 or len(block[0]) > 1):
            lines = self._lay_out(block)
        else:
            names = [entry.name for entry in self.cells.entries][max(start.column(), 0) :]
            lines = [dict(zip(names, cells, strict=False)) for cells in block]
        known = {entry.name: entry for entry in self.cells.entries}
        for nth, line in enumerate(lines):
            self.cells.fill(row + nth, {name: self.cell.read(known[name], text) for name, text in line.items()})
        self.changed.emit()

    def copy(self) -> None:
        """Put the marked cells on the clipboard."""
        found = self.selectionModel().selection()
        if found.isEmpty():
            return
        block = found.first()
        rows = range(block.top(), block.bottom() + 1)
        columns = range(block.left(), block.right() + 1)
        QApplication.clipboard().setText(tabbed([[self.cells.index(r, c).data() for c in columns] for r in rows]))

    def clear_cells(self) -> None:
        """Empty the marked cells."""
        if self.cells.fixed:
            return
        for index in self.selectedIndexes():
            self.cells.setData(index, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif keys in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_cells()
        elif keys in RETURN and not control and self.currentIndex().isValid():
            self._go(1, 0)
        elif keys in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if not self._step(-1 if keys == Qt.Key.Key_Backtab else 1):
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab moves among the cells before it leaves the table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.currentIndex().isValid():
            keys = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            if event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return self._step(keys[Qt.Key(event.key())]) or super().event(event)
        return super().event(event)

    def closeEditor(self, made: QWidget, hint: Hint) -> None:
        """Enter goes down; Tab goes right, and after the last cell to the line below."""
        super().closeEditor(made, Hint.NoHint if hint != Hint.RevertModelCache else hint)
        if hint == Hint.SubmitModelCache:
            self._go(1, 0)
        elif hint in (Hint.EditNextItem, Hint.EditPreviousItem):
            self._step(1 if hint == Hint.EditNextItem else -1)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, 0))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._tell_current()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._fits:
            event.ignore()
        else:
            super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._heighten()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _go(self, down: int, right: int) -> None:
        at = self.currentIndex()
        row = min(max(at.row() + down, 0), self.cells.rowCount() - 1)
        self.setCurrentIndex(self.cells.index(row, at.column() + right))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> bool:
        """To the cell after or before; not past an empty line, so that Tab leads out of the table."""
        at, wide = self.currentIndex(), self.cells.columnCount()
        place = at.row() * wide + at.column() + by
        is_leaving = by > 0 and at.column() == wide - 1 and self.cells.is_blank(at.row())
        if is_leaving or not 0 <= place < wide * self.cells.rowCount():
            return False
        self.setCurrentIndex(self.cells.index(place // wide, place % wide))
        self.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _tell_current(self) -> None:
        at = self.currentIndex()
        self.told.emit(self.cells.problem(at.row(), self.cells.entries[at.column()].name) if at.isValid() else None)

    def _heighten(self) -> None:
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(row_height(HEIGHT))
        rows.setDefaultSectionSize(row_height(HEIGHT))

    def _fit(self) -> None:
        if self._fits:
            bar = self.horizontalScrollBar()
            around = HEADS + 2 * self.frameWidth() + (bar.height() if bar.isVisible() else 0)
            self.setFixedHeight(around + self.verticalHeader().length())


def _aligned(entry: Entry) -> Entry:
    is_figure = CELLS.get(type(entry.field)) == "number"
    side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignLeft
    return Entry(entry.field, entry.width, entry.stretch, entry.options, entry.read, side)
