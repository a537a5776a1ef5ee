"""Some of several, each with a tick."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

HIGH = 24
"""Pixels of a line at least."""
_VALUE = Qt.ItemDataRole.UserRole
_TICKED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable


class Several(QListWidget):
    """A list to tick in: by the space key, or by a click on the box or the words."""

    changed = Signal()
    told = Signal(object)

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        """It shows at most so many lines at once."""
        super().__init__(parent)
        self._most = most
        self._pressed: Qt.CheckState | None = None
        self.setProperty("ticks", True)
        self.itemPressed.connect(self._press)
        self.itemClicked.connect(self._turn)
        self.itemChanged.connect(self.changed)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Put other choices in, each a value and its words; none is ticked."""
        with QSignalBlocker(self):
            self.clear()
            for value, words in choices:
                item = QListWidgetItem(words, self)
                item.setToolTip(words)
                item.setData(_VALUE, (value,))  # in a tuple, or Qt would make something of its own of it
                item.setFlags(_TICKED)
                item.setCheckState(Qt.CheckState.Unchecked)
        high = max(self.sizeHintForRow(0), HIGH)
        self.setFixedHeight(high * min(max(len(choices), 1), self._most) + 2 * self.frameWidth() + 6)

    def items(self) -> list[QListWidgetItem]:
        """The lines, those that are hidden too."""
        return [self.item(n) for n in range(self.count())]

    def value(self) -> tuple[Any, ...]:
        """The values ticked, from the top."""
        return tuple(item.data(_VALUE)[0] for item in self.items() if item.checkState() == Qt.CheckState.Checked)

    def put(self, values: Collection[Any] | None) -> None:
        """Tick these and no others."""
        wanted = values or ()
        for item in self.items():
            is_in = item.data(_VALUE)[0] in wanted
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def _press(self, item: QListWidgetItem) -> None:
        self._pressed = item.checkState()

    def _turn(self, item: QListWidgetItem) -> None:
        """A click on the words ticks too; one on the box did it already."""
        if item.checkState() == self._pressed:
            is_on = self._pressed == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
