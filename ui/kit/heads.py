"""The headings of a table: a click sorts, the funnel narrows, a right click arranges, dragging moves and widens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.kit.column import RIGHT
from ui.kit.rows import Table
from ui.kit.theme import colours, font, paint_icon

PAD = 10
"""Pixels beside a heading."""
SIGN = 14
"""Pixels of the mark of an order, and of a funnel."""
ROOM = SIGN + 2
"""Pixels a heading keeps for one of them; the funnel is seen under the mouse and while it narrows."""


class Heads(QHeaderView):
    """Draws its headings itself, so that words, order and funnel each have their place."""

    asked = Signal(int)
    """The funnel of a column was clicked."""
    arranging = Signal(int, QPoint)
    """A right click on a column, and where."""
    shaped = Signal()
    """The owner moved or widened columns."""

    def __init__(self, model: Table, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model.columns
        self._model = model
        self._over = -1
        self._before: list[tuple[int, int]] = []
        self.funnels = False
        self.setMouseTracking(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(48)
        self.setFixedHeight(38)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortIndicatorClearable(True)
        model.narrowed.connect(self.viewport().update)

    def funnel(self, at: int) -> QRect:
        """Where the funnel of a column is."""
        left, width = self.sectionViewportPosition(at), self.sectionSize(at)
        is_figure = self._columns[at].alignment == RIGHT  # its heading stands over the figures, at the right
        return QRect(left + (PAD if is_figure else width - PAD - SIGN), (self.height() - SIGN) // 2, SIGN, SIGN)

    def can_narrow(self, at: int) -> bool:
        """Whether the table can be narrowed by a column."""
        return self.funnels and bool(self._columns[at].narrow)

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        look, column = colours(), self._columns[at]
        is_narrowed, is_over = column.key in self._model.narrowings, at == self._over
        can_narrow = self.can_narrow(at)
        painter.save()
        painter.fillRect(rect, look.of("alt" if is_over else "surface"))
        painter.setPen(look.of("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        words, room = rect.adjusted(PAD, 0, -PAD, 0), SIGN + 2
        if can_narrow and (is_narrowed or is_over):
            paint_icon(painter, "list-filter", look.of("accent" if is_narrowed else "text2"), self.funnel(at))
            words = words.adjusted(room, 0, 0, 0) if column.alignment == RIGHT else words.adjusted(0, 0, -room, 0)
        if self.sortIndicatorSection() == at:
            is_up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            place = QRect(words.left(), (self.height() - SIGN) // 2, SIGN, SIGN)
            if column.alignment == RIGHT:
                words = words.adjusted(room, 0, 0, 0)
            else:
                place.moveRight(words.right())
                words = words.adjusted(0, 0, -room, 0)
            paint_icon(painter, "chevron-up" if is_up else "chevron-down", look.of("accent"), place)
        painter.setFont(font(13))
        painter.setPen(look.of("accent_text" if is_narrowed else "text2"))
        text = self.model().headerData(at, Qt.Orientation.Horizontal)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, column.alignment, cut)
        painter.restore()

    def sectionSizeFromContents(self, at: int) -> QSize:
        return QSize(self.sectionSize(at), self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.logicalIndexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and at >= 0 and self.can_narrow(at) and self._is_on_funnel(at, event.position().toPoint()):
            self.asked.emit(at)
            return
        self._before = self._shape()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._before and self._before != self._shape():
            self.shaped.emit()
        self._before = []

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.arranging.emit(self.logicalIndexAt(event.pos()), event.globalPos())

    def _hover(self, at: int) -> None:
        if at != self._over:
            self._over = at
            self.viewport().update()

    def _is_on_funnel(self, at: int, place: QPoint) -> bool:
        return self.funnel(at).adjusted(-4, -10, 4, 10).contains(place)

    def _shape(self) -> list[tuple[int, int]]:
        return [(self.visualIndex(at), self.sectionSize(at)) for at in range(self.count())]
