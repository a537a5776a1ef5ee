"""What somebody wrote of himself in a form that came back, to be read beside the scores."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Message
from ui.kit.label import Label
from ui.pages.reviews.prose import emptied


class Said(QWidget):
    """Questions and answers under a title; gone where there are none."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self._shown: list[tuple[Message, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(language.text(N_("Self-assessment in words")), "section"))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 3)
        column.addLayout(self.grid)
        self.hide()

    def put(self, said: Sequence[tuple[Message, str]]) -> None:
        """Show these answers, by question."""
        self.setVisible(bool(said))
        if list(said) == self._shown:
            return
        self._shown = list(said)
        emptied(self.grid)
        for nth, (question, answer) in enumerate(said):
            top = Qt.AlignmentFlag.AlignTop
            self.grid.addWidget(Label(self.language.text(question), "caption", wrap=True, parent=self), nth, 0, top)
            self.grid.addWidget(Label(answer, "secondary", wrap=True, parent=self), nth, 1, top)
