"""What every section of the settings is made of: cards, and fields that are kept as soon as they are left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import Message
from desktopapp.overview.protection import Told, Tries
from desktopapp.team import queries, service
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Line, Picker, editor
from ui.kit.form import Row
from ui.kit.label import Label
from ui.kit.theme import px

WIDE = 760
"""Pixels a section's cards take at most: a line of text is read no further."""
FIELD = 200
"""Pixels of a field beside its name."""


class Program(Protocol):
    """What the settings change of the program around them."""

    folder: Path
    language: str
    scheme: str
    scale: int
    density: str
    sums: str
    section: str
    """The section that was open last."""
    lock_after: int
    """Minutes after which a program with a password is locked."""
    tries: Tries
    """The wrong tries at the password."""

    def choose(
        self,
        *,
        language: str | None = None,
        scheme: str | None = None,
        scale: int | None = None,
        density: str | None = None,
        sums: str | None = None,
    ) -> None:
        """Take another language, look, size of text or way to write sums, at once and for later starts."""

    def redraw(self) -> None:
        """Build every page anew."""

    def lock(self) -> None:
        """Lock the program now."""

    def lock_later(self, minutes: int) -> None:
        """Lock it after so many minutes without a hand at the PC; 0 is never."""

    def watch_hands(self) -> None:
        """Begin or end to watch for that, as there is a password or not."""

    def now(self) -> datetime:
        """What time it is."""

    def aside(self, words: Message, work: Callable[[Told], object]) -> None:
        """Do what needs the file for itself: without the window, behind the locked door."""


class Section(QWidget):
    """A part of the settings, built when it is first opened."""

    def __init__(self, desk: Desk, program: Program) -> None:
        super().__init__()
        self.desk, self.program = desk, program
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.setMaximumWidth(px(WIDE))
        self.build()
        self.body.addStretch(1)

    def build(self) -> None:
        """Put the cards in."""

    def refresh(self) -> None:
        """Show what is kept; leave alone what is being typed."""

    def words(self, text: str | Message) -> str:
        """A text in the language of the window."""
        return self.desk.language.text(text)

    def card(self, title: str | Message, told: str | Message = "") -> Card:
        """A card with a heading and, where something is to be said about all of it, a line below."""
        card = Card(self.words(title), spacing=12)
        if told:
            card.body.addWidget(Label(self.words(told), "secondary", wrap=True))
        self.body.addWidget(card)
        return card

    def pick(
        self, card: Card, title: str, options: Sequence[tuple[object, str]], act: Callable[[Any], object]
    ) -> Picker:
        """A choice beside its name; `act` is told what was chosen."""
        picker = Picker(options)
        picker.activated.connect(lambda _at: act(picker.value()))
        beside(card.body, self.words(title), picker)
        return picker


def beside(column: QVBoxLayout, words: str, field: QWidget) -> Label:
    """A field with its name at the left."""
    row, label = QHBoxLayout(), Label(words, wrap=True)
    row.setSpacing(16)
    label.setBuddy(field)
    field.setAccessibleName(words)
    field.setMinimumWidth(px(FIELD))
    row.addWidget(label, 1)
    row.addWidget(field)
    column.addLayout(row)
    return label


def in_a_row(card: Card, *buttons: Button) -> None:
    """Put buttons beside each other."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    card.body.addLayout(row)


class FirmFields:
    """Fields of the firm, each kept when it is left and refused beside itself."""

    def __init__(self, desk: Desk, fields: Sequence[Any], editors: Mapping[str, Any] | None = None) -> None:
        self._desk = desk
        made = editors or {}
        self.rows = {
            field.name: Row(field, desk.language, made.get(field.name) or editor(field, desk.language, desk.day))
            for field in fields
        }
        self._usual = {field.name: "" if field.default is None else field.default for field in fields}
        for name, row in self.rows.items():
            changed = row.editor.editingFinished if isinstance(row.editor, Line) else row.editor.activated
            changed.connect(lambda *_, name=name: self.keep(name))
        self._keeping = ""
        self.kept: Callable[[str], object] = lambda _name: None
        """Told which field was kept."""

    def refresh(self) -> None:
        """Show the firm as it is kept, but for the field that is being typed in, or could not be kept."""
        firm = queries.firm()
        for name, row in self.rows.items():
            if name != self._keeping and not row.editor.hasFocus() and not row.fault.text():
                row.editor.put(getattr(firm, name) if firm else self._usual[name])

    def keep(self, name: str) -> None:
        """Keep one field."""
        row, firm = self.rows[name], queries.firm()
        row.show_fault("")
        try:
            value = row.value()
            if value == (getattr(firm, name) if firm else self._usual[name]):
                return
            self._keeping = name  # a save that failed has every page read again, before it is told here
            service.change_firm(**{name: value})
        except (Refused, Fault) as no:
            row.show_fault(self._desk.language.text(no.message))
            return
        finally:
            self._keeping = ""
        self._desk.saved()
        self.kept(name)

    def across(self, column: QVBoxLayout, *names: str) -> None:
        """Put fields beside each other."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for n, name in enumerate(names):
            grid.addWidget(self.rows[name], 0, n, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n, 1)
        column.addLayout(grid)
