"""What a list shows while it has nothing: an icon, a sentence, the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Message
from ui.kit.button import Button
from ui.kit.label import Label
from ui.kit.picture import Picture


class Empty(QWidget):
    """Teaches what belongs here and offers to begin."""

    def __init__(
        self,
        language: Language,
        icon: str,
        sentence: str | Message,
        act: str | None = None,
        do: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(Picture(icon, "text3", 48, self), 0, Qt.AlignmentFlag.AlignHCenter)
        self.sentence = Label(language.text(sentence), "secondary", wrap=True, parent=self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence)
        self.button = Button(language.text(act), do, kind="primary", parent=self) if act else None
        if self.button:
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def teach(self, sentence: str | Message) -> None:
        """Say something else."""
        self.sentence.setText(self.language.text(sentence))
