"""Marking rows: a column of ticks at the left, and the bar of what can be done with all that are marked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QHeaderView, QTableView, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from ui.kit.button import Button, IconButton
from ui.kit.label import Label
from ui.kit.theme import colours, paint_icon

WIDTH = 34
"""Pixels of the column of ticks."""
BOX = 16


def paint_tick(painter: QPainter, place: QRect, *, ticked: bool, partly: bool = False) -> None:
    """A box, with a tick or a dash in it."""
    look, box = colours(), QRect(0, 0, BOX, BOX)
    box.moveCenter(place.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    full = ticked or partly
    painter.setPen(QPen(look.of("accent" if full else "input"), 1))
    painter.setBrush(look.of("accent" if full else "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if ticked:
        paint_icon(painter, "check", look.of("on_accent"), box.adjusted(2, 2, -2, -2))
    elif partly:
        painter.fillRect(box.adjusted(4, 7, -4, -7), look.of("on_accent"))
    painter.restore()


class Ticks(QHeaderView):
    """A box beside each row: seen under the mouse, and at every row while several are marked. Shift marks up to it."""

    def __init__(self, view: QTableView, toggle: Callable[[int], object], reach: Callable[[int], object]) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view, self._toggle, self._reach = view, toggle, reach
        self.over = -1
        self.setFixedWidth(WIDTH)
        self.setMouseTracking(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        look, marked = colours(), self._view.is_marked(row)
        painter.fillRect(rect, look.of("accent_soft" if marked else "surface"))
        painter.setPen(look.of("grid"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        several = self._view.marked_count() > 1
        if several or row == self.over:
            paint_tick(painter, rect, ticked=marked and (several or row == self.over))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            return
        is_far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        (self._reach if is_far else self._toggle)(row)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        pass  # the press did it

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.hover(-1)

    def hover(self, row: int) -> None:
        """The mouse is over a row, or over none."""
        if row != self.over:
            self.over = row
            self.viewport().update()


class Everything(QAbstractButton):
    """The box above the ticks: marks every row, or none."""

    def __init__(self, view: QTableView, words: str) -> None:
        super().__init__(view)
        self._view = view
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+A does it

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), colours()
        painter.fillRect(self.rect(), look.of("surface"))
        painter.setPen(look.of("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        count, whole = self._view.marked_count(), self._view.model().rowCount()
        if count > 1 or self.underMouse():
            paint_tick(painter, self.rect(), ticked=1 < count == whole, partly=1 < count < whole)
        painter.end()


class Batch(QFrame):
    """What can be done with several rows at once; Esc or × takes the marks away."""

    def __init__(self, language: Language, clear: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setProperty("batch", True)
        self.count = Label("", "strong", parent=self)
        self.away = IconButton("x", language.text(N_("Take the marks away (Esc)")), clear, parent=self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 6, 8, 6)
        self.row.setSpacing(8)
        self.row.addWidget(self.count)
        self.row.addSpacing(8)
        self.row.addStretch(1)
        self.row.addWidget(self.away)

    def offer(self, text: str, act: Callable[[], object], *, icon: str | None = None, kind: str = "plain") -> Button:
        """One thing more that can be done."""
        button = Button(self._language.text(text), act, icon=icon, kind=kind, parent=self)
        self.row.insertWidget(self.row.count() - 2, button)
        return button

    def tell(self, count: int) -> None:
        """Say how many are marked."""
        self.count.setText(self._language.text(M("{count} selected", count=count)))
