"""The field above a list that narrows it while one types, input method and all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktopapp.kernel.pinyin import squeezed
from ui.kit.label import restyle
from ui.kit.theme import icon

LONGEST = 100
"""Nobody looks for more characters."""


class SearchField(QLineEdit):
    """Text to look for. Letters still being composed count too: zhang'wei finds 张伟 before he is picked."""

    changed = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        restyle(self, "search", value=True)
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition).setText(placeholder)
        self.textChanged.connect(self.changed)

    def typed(self) -> str:
        """What is looked for: the text and what is being composed, without the marks between syllables."""
        at = self.cursorPosition()
        return (self.text()[:at] + squeezed(self._composed) + self.text()[at:]).strip()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        before = self._composed
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        if self._composed != before:
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
