"""A list with what is chosen in it beside it; where room is short, the chosen alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from ui.kit.memory import Memory
from ui.kit.theme import px

GAP = 12
"""Pixels between the two, by which they can be dragged."""
LEAST, MOST = 0.75, 2
"""How narrow and how wide a list may be dragged, of the width it has to begin with."""


class Pair(QWidget):
    """List at the left, detail at the right, and between them an edge to drag, which `memory` keeps under `key`.

    Below `least` pixels, as beside an open side panel, the list hides.
    """

    def __init__(
        self, left: QWidget, right: QWidget, *, width: int, least: int, memory: Memory, key: str, narrowest: int = 480
    ) -> None:
        super().__init__()
        self._left, self._least, self._memory, self._key = left, least, memory, f"pane/{key}"
        self.setMinimumWidth(narrowest)
        width = px(width)
        left.setMinimumWidth(int(width * LEAST))
        left.setMaximumWidth(int(width * MOST))
        self.edge = QSplitter(Qt.Orientation.Horizontal)
        self.edge.setHandleWidth(GAP)
        self.edge.setChildrenCollapsible(False)
        self.edge.addWidget(left)
        self.edge.addWidget(right)
        self.edge.setStretchFactor(0, 0)
        self.edge.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edge)
        kept = memory.recall(self._key)
        self._width = kept if isinstance(kept, int) else width
        self.edge.splitterMoved.connect(self._remember)

    @property
    def halves(self) -> list[QWidget]:
        """What of the two is shown, the list first."""
        return [each for each in (self.edge.widget(0), self.edge.widget(1)) if each.isVisible()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_hidden = self._left.isHidden()
        self._left.setVisible(self.width() >= self._least)
        if was_hidden or event.oldSize().width() <= 0 or self.edge.sizes()[0] != self._width:
            self.edge.setSizes([self._width, max(self.width() - self._width - GAP, 0)])

    def _remember(self) -> None:
        self._width = self.edge.sizes()[0]
        self._memory.remember(self._key, self._width)
