"""A strip over a page or a form that says one thing about all of it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.kit.button import Button, IconButton
from ui.kit.label import Label, restyle
from ui.kit.picture import Picture

ICONS = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}
INKS = {"info": "accent_text", "good": "good", "warn": "warn", "bad": "bad"}

AnyButton = TypeVar("AnyButton", Button, IconButton)


class Banner(QFrame):
    """Words on a soft ground; `kind` is info, good, warn or bad. Buttons stand at its right."""

    def __init__(self, kind: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        restyle(self, "banner", kind)
        self.words = Label(words, wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(Picture(ICONS[kind], INKS[kind], 18))
        self._row.addWidget(self.words, 1)

    def say(self, words: str) -> None:
        """Show other words; none hide it."""
        self.words.setText(words)
        self.setVisible(bool(words))

    def add(self, button: AnyButton) -> AnyButton:
        """Put a button at the right."""
        self._row.addWidget(button)
        return button
