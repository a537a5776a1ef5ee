"""Icons as widgets: plain, or on a soft ground that says how things stand."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kit.theme import colours, paint_icon


class Picture(QWidget):
    """An icon in a colour of the look."""

    def __init__(self, icon: str, role: str = "text2", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._role, self._size = icon, role, size
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._icon, colours().of(self._role), QRect(0, 0, self._size, self._size))
        painter.end()


class Tile(QWidget):
    """An icon on a soft square in the colours of a mood."""

    SIDE = 34

    def __init__(self, icon: str, mood: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._mood = icon, mood
        self.setFixedSize(self.SIDE, self.SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground = colours().mood(self._mood)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect(), 6, 6)
        paint_icon(painter, self._icon, ink, QRect(8, 8, 18, 18))
        painter.end()
