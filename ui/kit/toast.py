"""A word at the foot of the window that leaves by itself, with Undo where there is something to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.label import Label, restyle

SHORT, LONG = 3000, 8000
"""Milliseconds it stays; the long one leaves time to undo, or to read why not."""
BESIDE = 360
"""Pixels of the window's width that are not for the words."""

Act = Callable[[], object]


class Toast(QFrame):
    """One word at a time, over the page."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        restyle(self, "toast", value=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        self.words = Label(wrap=True)
        self.undo, self.redo, self.view, self.folder = (
            QPushButton(language.text(text)) for text in (N_("Undo"), N_("Redo"), N_("Look"), N_("Open the folder"))
        )
        self._acts: dict[QPushButton, Act | None] = {}
        row.addWidget(self.words)
        for button in (self.undo, self.redo, self.view, self.folder):
            row.addWidget(button)
            button.clicked.connect(self._act)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self,
        words: str,
        *,
        undo: Act | None = None,
        redo: Act | None = None,
        view: Act | None = None,
        folder: Act | None = None,
        stay: int = 0,
    ) -> None:
        """Show a word in place of the one before, with a button for each act given."""
        self._acts = {self.undo: undo, self.redo: redo, self.view: view, self.folder: folder}
        for button, act in self._acts.items():
            button.setVisible(act is not None)
        self.words.setText(words)
        self.settle()
        self.show()
        self.raise_()
        self.timer.start(stay or (LONG if any(self._acts.values()) else SHORT))

    def settle(self) -> None:
        """Stand in the middle above the lower edge of the parent."""
        area = self.parentWidget().rect()
        wanted = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 4
        self.words.setFixedWidth(max(40, min(wanted, area.width() - BESIDE)))
        self.adjustSize()
        self.move(max(0, (area.width() - self.width()) // 2), area.height() - self.height() - 24)

    def _act(self) -> None:
        self.hide()
        if act := self._acts.get(self.sender()):
            act()
