"""A word at the foot of the window that leaves by itself, with Undo where there is something to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.kit.label import Label, restyle

SHORT, LONG = 3000, 8000
"""Milliseconds it stays; the long one leaves time to undo."""


class Toast(QFrame):
    """One word at a time, over the page."""

    def __init__(self, undo: str, act: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        restyle(self, "toast", value=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        self.words, self.undo = Label(), QPushButton(undo)
        row.addWidget(self.words)
        row.addWidget(self.undo)
        self.undo.clicked.connect(self.hide)
        self.undo.clicked.connect(lambda _checked=False: act())
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, *, undo: bool) -> None:
        """Show a word in place of the one before."""
        self.words.setText(words)
        self.undo.setVisible(undo)
        self.settle()
        self.show()
        self.raise_()
        self.timer.start(LONG if undo else SHORT)

    def settle(self) -> None:
        """Stand in the middle above the lower edge of the parent."""
        self.adjustSize()
        area = self.parentWidget().rect()
        self.move(max(0, (area.width() - self.width()) // 2), area.height() - self.height() - 24)
