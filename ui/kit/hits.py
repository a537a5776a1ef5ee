"""The list under the search box: what was found, in groups, the best one chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktopapp.kernel.area import Found
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.avatar import paint_avatar
from ui.kit.label import restyle
from ui.kit.pill import PAD, paint_pill
from ui.kit.theme import BODY, colours, font, paint_icon, px

LIST_WIDTH, TALLEST = 480, 520
ROW, HEADING, EDGE, SIGN = 48, 28, 6, 28
"""Pixels: a hit, a heading, the air at the sides, the picture before a hit."""
BETWEEN = " · "
TABLES = {"account": "building-2", "deal": "briefcase-business"}
"""The pictures of records that have another than their area."""
PEOPLE = "team"
"""The area whose records are drawn with a face."""


class Hits(QListView):
    """What was found, in groups, over the page and under the box."""

    chosen = Signal()

    def __init__(self, language: Language, icons: Mapping[str, str], box: QWidget) -> None:
        super().__init__(box.window())
        self._box, self._model = box, _Rows(language, self)
        restyle(self, "hits", value=True)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(icons, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(language.text(N_("Search results")))
        self.entered.connect(self._point)
        self.clicked.connect(self._click)
        self.hide()

    def put(self, found: Sequence[Found], *, keep: bool = False) -> None:
        """Show other hits, the best one chosen, or the one that was."""
        before = self.current() if keep else None
        self._model.put(found)
        at = self._model.rows.index(before) if before in self._model.rows else self._model.first()
        self.setCurrentIndex(self._model.index(at))

    def current(self) -> Found | None:
        """The hit that Enter goes to."""
        found = self.currentIndex().data(_FOUND)
        return found if isinstance(found, Found) else None

    def move_by(self, by: int) -> None:
        """Choose the next hit or the one before, round the end."""
        hits = [n for n, row in enumerate(self._model.rows) if isinstance(row, Found)]
        if not hits:
            return
        at = self.currentIndex().row()
        nth = hits.index(at) if at in hits else -by
        self.setCurrentIndex(self._model.index(hits[(nth + by) % len(hits)]))
        if self.currentIndex().row() == hits[0]:
            self.scrollToTop()
        self._box.setAccessibleDescription(self.spoken())

    def spoken(self) -> str:
        """The chosen hit, for a screen reader."""
        return str(self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def open(self) -> None:
        """Show the list under the box."""
        if self.parentWidget() is not self._box.window():
            self.setParent(self._box.window())
        self.settle()
        self.show()
        self.raise_()

    def settle(self) -> None:
        """Be as tall as what was found, as far as the window reaches."""
        at = self._box.mapTo(self._box.window(), QPoint(0, self._box.height() + 4))
        room = self.parentWidget().height() - at.y() - 16
        wanted = sum(self.sizeHintForRow(n) for n in range(self._model.rowCount())) + 2 * EDGE + 2
        width = min(max(self._box.width(), px(LIST_WIDTH)), self.parentWidget().width() - at.x() - 16)
        self.setGeometry(QRect(at, QSize(width, min(wanted, px(TALLEST), room))))

    def _point(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.setCurrentIndex(index)

    def _click(self, index: QModelIndex) -> None:
        self._point(index)
        if isinstance(index.data(_FOUND), Found):
            self.chosen.emit()


_FOUND = Qt.ItemDataRole.UserRole
_DETAIL, _MARK = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class _Rows(QAbstractListModel):
    """Headings, each with its hits; or the one line that says there are none."""

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._language = language
        self.rows: list[Found | str] = []

    def put(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self.rows = []
        for kind, hits in groupby(found, key=lambda each: each.kind):
            self.rows += [kind, *hits]
        self.rows = self.rows or [N_("Nothing found")]
        self.endResetModel()

    def first(self) -> int:
        return next((n for n, row in enumerate(self.rows) if isinstance(row, Found)), -1)

    def rowCount(self, _parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if isinstance(row, str):
            return self._language.text(row) if role in _WORDS else None
        if role == _FOUND:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (self._language.text(row.kind), self._title(row), self._detail(row), self._mark(row))
            return BETWEEN.join(filter(None, words))
        return self._told(row).get(role)

    def _told(self, found: Found) -> dict[int, str]:
        return {Qt.ItemDataRole.DisplayRole: self._title(found), _DETAIL: self._detail(found),
                _MARK: self._mark(found)}  # fmt: skip

    def _title(self, found: Found) -> str:
        return " ".join(self._language.show(found.title).split())

    def _detail(self, found: Found) -> str:
        return BETWEEN.join(filter(None, map(self._language.show, found.detail)))

    def _mark(self, found: Found) -> str:
        return self._language.text(found.mark)


_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class _Painter(QStyledItemDelegate):
    """Draws a heading, or a hit with its picture, its title, and what tells it from others."""

    def __init__(self, icons: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._icons = icons

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, px(ROW if isinstance(index.data(_FOUND), Found) else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = index.data(_FOUND)
        if isinstance(found, Found):
            self._paint_hit(painter, option, index, found)
        else:
            self._write(painter, option.rect.adjusted(2 * EDGE + 2, 0, -EDGE, 0), str(index.data()), "text2", 12)
        painter.restore()

    def _paint_hit(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, found: Found
    ) -> None:
        row = option.rect.adjusted(EDGE, 1, -EDGE, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours().of("accent_soft"))
            painter.drawRoundedRect(QRectF(row), 6, 6)
        self._paint_sign(painter, QRect(row.left() + 8, row.center().y() - SIGN // 2, SIGN, SIGN), found)
        right = self._paint_mark(painter, row, str(index.data(_MARK)))
        left, detail = row.left() + SIGN + 20, str(index.data(_DETAIL))
        words = QRect(left, row.top() + 4, right - left, row.height() - 8)
        if detail:
            upper = words.height() * 3 // 5
            self._write(painter, words.adjusted(0, upper, 0, 0), detail, "text2", 12)
            words.setHeight(upper)
        self._write(painter, words, str(index.data()), "text", BODY)

    def _paint_sign(self, painter: QPainter, square: QRect, found: Found) -> None:
        if found.link.area == PEOPLE:
            paint_avatar(painter, QRectF(square), str(found.title))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().of("track"))
        painter.drawRoundedRect(QRectF(square), 6, 6)
        name = TABLES.get(found.link.table) or self._icons.get(found.link.area, "search")
        paint_icon(painter, name, colours().of("text2"), square.adjusted(5, 5, -5, -5))

    @staticmethod
    def _paint_mark(painter: QPainter, row: QRect, mark: str) -> int:
        """Draw the word at the right end; gives where the title has to end."""
        if not mark:
            return row.right() - 8
        painter.setFont(font(12))
        width = painter.fontMetrics().horizontalAdvance(mark) + 2 * PAD
        paint_pill(painter, QRectF(row.right() - width - 8, row.top(), width, row.height()), mark, "neutral")
        return row.right() - width - 16

    @staticmethod
    def _write(painter: QPainter, where: QRect, text: str, ink: str, size: int) -> None:
        painter.setFont(font(size))
        painter.setPen(colours().of(ink))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, cut)
