"""Asks which comes first in the dates of a file, where they can be read both ways."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Message
from ui.kit.button import Button
from ui.kit.label import Label


class DayOrder(QDialog):
    """One question, two buttons."""

    said = Signal(bool)
    """Whether the day stands before the month."""

    def __init__(self, language: Language, question: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(language.text(N_("How are the dates written?")))
        self.setMinimumWidth(420)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(Label(language.text(question), wrap=True))
        self.day = Button(language.text(N_("Day, then month")), self._say_day)
        self.month = Button(language.text(N_("Month, then day")), self._say_month)
        row.addStretch(1)
        row.addWidget(self.day)
        row.addWidget(self.month)
        column.addLayout(row)

    def _say_day(self) -> None:
        self._say(answer=True)

    def _say_month(self) -> None:
        self._say(answer=False)

    def _say(self, *, answer: bool) -> None:
        self.close()
        self.said.emit(answer)
