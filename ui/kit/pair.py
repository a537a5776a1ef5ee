"""A list with what is chosen in it beside it; where room is short, the chosen alone."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget


class Pair(QWidget):
    """List at the left, detail at the right. Below `least` pixels, as beside an open side panel, the list hides."""

    def __init__(self, left: QWidget, right: QWidget, *, least: int, narrowest: int = 480) -> None:
        super().__init__()
        self._left, self._least = left, least
        self.setMinimumWidth(narrowest)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setVisible(self.width() >= self._least)
