"""A template while the owner draws it up: what it says by now, and what of it is no value yet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.reviews.rules import Form
from ui.kit.editors import NumberLine

Take = Callable[[Any], Form]
"""Gives the template with what was typed."""


class Draft(QObject):
    """Holds the template that is being changed; its texts are read and written in one language at a time."""

    changed = Signal()

    def __init__(self, form: Form, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self.language, self.form = language, form
        self.in_chinese = language.is_chinese
        self.wrong: dict[str, Message] = {}

    def load(self, form: Form) -> None:
        """Begin anew with another template."""
        self.form, self.wrong = form, {}
        self.changed.emit()

    def set(self, form: Form) -> None:
        """Take the template as it is now."""
        if form != self.form:
            self.form = form
            self.changed.emit()

    def text(self, both: Both) -> str:
        """A text in the language that is being written."""
        return both.zh if self.in_chinese else both.en

    def written(self, both: Both, text: str | None) -> Both:
        """The same with another text in that language."""
        return Both(text or "", both.en) if self.in_chinese else Both(both.zh, text or "")

    def write(self, editor: Any, value: str, take: Take) -> None:
        """Let an editor show a text and have it taken while it is typed."""
        editor.put(value)
        editor.changed.connect(lambda: self.set(take(editor.value() or "")))

    def number(self, line: NumberLine, key: str, value: Decimal | None, take: Take, *, empty: bool = False) -> None:
        """The same for a number; what is none is told when the template is to be kept."""
        line.put(value)
        line.changed.connect(lambda: self._read(line, key, take, empty=empty))

    def _read(self, line: NumberLine, key: str, take: Take, *, empty: bool) -> None:
        try:
            value = line.value()
        except Refused as no:
            self._note(key, no.message)
            return
        if value is None and not empty:
            self._note(key, M("Write a number."))
            return
        self.wrong.pop(key, None)
        self.set(take(value))
        self.changed.emit()

    def _note(self, key: str, message: Message) -> None:
        self.wrong[key] = message
        self.changed.emit()

    def forget(self, prefix: str) -> None:
        """What could not be read of these fields is gone with them."""
        self.wrong = {key: message for key, message in self.wrong.items() if not key.startswith(prefix)}

    def put(self, **values: Any) -> Form:
        """The template with some of its own fields set otherwise."""
        return replace(self.form, **values)
