"""A part of a review beside the assessment: what it says in rows, and what can be done about it in links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktopapp.kernel.message import Message
from desktopapp.reviews.queries import ReviewSheet
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.label import Label

Acts = tuple[str, Callable[[], object]]
"""The words of a link and what it does."""


class Part(QWidget):
    """One of them, for one review at a time."""

    asking = Signal(object)
    """A form is to be asked."""
    turned = Signal(int)
    """A version of the review is to be looked at."""
    told = Signal(object)
    """What a rule said no to."""
    kept = Signal()
    """Something typed here was kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet: ReviewSheet | None = None
        self.buttons: dict[str, Button] = {}
        """What can be done now, by what it does."""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def put(self, sheet: ReviewSheet) -> None:
        """Show this of a review."""
        raise NotImplementedError

    def section(self, title: str, *parts: QWidget | QLayout) -> None:
        """Something under a heading."""
        if self.column.count():
            self.column.addSpacing(12)
        self.column.addWidget(Label(self.words(title), "section"))
        for part in parts:
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)

    def say(self, part: QVBoxLayout, said: str | Message, kind: str = "secondary") -> None:
        """A sentence."""
        part.addWidget(Label(self.words(said), kind, wrap=True, parent=self))

    def offer(self, part: QVBoxLayout, **acts: Acts) -> None:
        """What can be done, side by side."""
        line = QWidget(self)
        row: Any = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for name, (words, act) in acts.items():
            self.buttons[name] = Button(self.words(words), act, kind="link", parent=line)
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        part.addWidget(line)

    def words(self, said: str | Message) -> str:
        """In the language of the window."""
        return self.desk.language.text(said)
