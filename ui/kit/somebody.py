"""One of the people on the roster, found by typing: name, pinyin or initials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.pinyin import Spelling, is_meant
from ui.kit.editors import RETURN, Line

Known = Sequence[tuple[int, str, Spelling]]
"""Numbers with names, those of one name told apart, and how they are spelt."""


class Somebody(Line):
    """A line that ends as a name: Enter, or leaving it, takes the first of those meant."""

    def __init__(self, language: Language, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(language, 60, parent)
        self._known = tuple(known)
        self._names = QStringListModel([name for _, name, _ in self._known], self)
        found = QCompleter(self._names, self)
        found.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(found)
        self.setPlaceholderText(language.text(N_("Name or pinyin, such as zw")))
        self.textEdited.connect(self._narrow)
        self.editingFinished.connect(self._tidy)

    def value(self) -> int | None:
        """The number of who is meant, none for nothing. Raises `Refused` where nobody is."""
        text = self.text().strip()
        if not text:
            return None
        if meant := self._meant(text):
            return meant[0][0]
        raise Refused(M("Nobody on the roster is called “{name}”.", name=text[:40]))

    def put(self, value: int | None) -> None:
        self.setText(next((name for number, name, _ in self._known if number == value), ""))

    def composing(self) -> bool:
        """Whether Enter picks something: of an input method, or of the names offered."""
        return super().composing() or self.completer().popup().isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in RETURN or super().composing() or not self.composing():
            super().keyPressEvent(event)
            return
        self.completer().popup().hide()
        self._tidy()
        self.focusNextChild()

    def _meant(self, text: str) -> list[tuple[int, str]]:
        """Who is meant by a text; only he who bears the name, where somebody does."""
        exact = [(number, name) for number, name, _ in self._known if name == text]
        if exact or not text:
            return exact
        return [(number, name) for number, name, spelt in self._known if is_meant(text, name.split(" ")[0], spelt)]

    def _narrow(self, text: str) -> None:
        names = [name for _, name in self._meant(text.strip())] or ([name for _, name, _ in self._known] * (not text))
        self._names.setStringList(names)

    def _tidy(self) -> None:
        if meant := self._meant(self.text().strip()):
            self.setText(meant[0][1])
