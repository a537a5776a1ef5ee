"""A line for a password: hidden, until the owner wants to see it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.label import Label, restyle
from ui.kit.theme import icon

MOST = 200
"""Characters of a password or a recovery code at most."""


class SecretLine(QLineEdit):
    """What is typed is dots. While it is shown, an input method can write it too."""

    capitals = Signal(bool)
    """Whether Caps Lock is on, as far as a key that was pressed tells."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setMaxLength(MOST)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = self.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self.eye.setCheckable(True)
        self.eye.setText(language.text(N_("Show what is typed")))
        self.eye.toggled.connect(self._show)

    def wipe(self) -> None:
        """Leave nothing of what was typed."""
        self.eye.setChecked(False)
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, shifted = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if typed.isascii() and typed.isalpha():
            self.capitals.emit(typed.isupper() != shifted)
        super().keyPressEvent(event)

    def _show(self, shown: bool) -> None:  # noqa: FBT001 - the signal's own argument
        echo = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(echo)
        self.eye.setText(self._language.text(N_("Hide what is typed") if shown else N_("Show what is typed")))


class Secret(QWidget):
    """A password's line with its name above, and below it what is to be said about it."""

    def __init__(self, language: Language, name: str, hint: str = "") -> None:
        super().__init__()
        self._language = language
        self.line = SecretLine(language)
        self.label, self.fault = Label("", "secondary"), Label("", "bad", wrap=True)
        self.hint, self.capitals = Label("", "caption", wrap=True), Label("", "warn")
        self.capitals.setText(language.text(N_("Caps Lock is on.")))
        self.label.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.label, self.line, self.hint, self.capitals, self.fault):
            column.addWidget(widget)
        for hidden in (self.capitals, self.fault):
            hidden.hide()
        self.rename(name, hint)
        self.line.capitals.connect(self.capitals.setVisible)
        self.line.textEdited.connect(lambda _text: self.show_fault(""))

    def rename(self, name: str, hint: str = "") -> None:
        """Ask for something else: a marked name, and a marked hint."""
        self.label.setText(self._language.text(name))
        self.line.setAccessibleName(self.label.text())
        self.hint.setText(self._language.text(hint))
        self.hint.setVisible(bool(hint))

    def show_fault(self, words: str) -> None:
        """Mark the line as at fault; no words take the mark away."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.line.setAccessibleDescription(words)
        restyle(self.line, "fault", bool(words))
