"""What was done to one record, in a side panel: when, which request, and each value before and after.

What was undone is left out: the page of what was done tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.overview import history
from desktopapp.overview.history import Entry
from desktopapp.overview.wording import Line
from ui.kit.button import Button, IconButton
from ui.kit.covered import COVER, WHY
from ui.kit.desk import Desk
from ui.kit.keys import HERE, bind
from ui.kit.label import Label, restyle

WIDTH = 360
"""Pixels of the side panel."""
PORTION = 40
"""Entries shown at once; older ones when they are asked for."""


def worded(line: Line, language: Language, *, covered: bool) -> str:
    """One change as a line of text; a private value covered unless it was asked for."""
    old, new = (COVER if covered and line.is_private and value else language.show(value)
                for value in (line.old, line.new))  # fmt: skip
    nothing = language.text(N_("(empty)"))
    label = language.text(line.label)
    said = M("{label}: {old} → {new}", label=label, old=old or nothing, new=new or nothing)
    if line.verb == "insert":
        said = M("{label}: {new}", label=label, new=new)
    if line.verb == "delete":
        said = M("{label} deleted: {old}", label=label, old=old)
    if line.of is not None:
        said = M("{of} · {line}", of=language.show(line.of), line=said)
    return language.text(said)


class Lines(QWidget):
    """The changes of one request, one below the other; the first few until all are asked for."""

    def __init__(self, lines: Sequence[Line], language: Language, few: int, *, covered: bool) -> None:
        super().__init__()
        self._language, self._lines, self._covered = language, lines, covered
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        few = few if len(lines) > few + 1 else len(lines)  # a button for one line more would save nothing
        self._add(lines[:few])
        self.rest = lines[few:]
        self.more: Button | None = None
        if self.rest:
            words = language.text(M("{count} {count:more change|more changes}", count=len(self.rest)))
            self.more = Button(words, self.unfold, icon="chevron-down", kind="link")
            self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def unfold(self) -> None:
        """Show all of them."""
        if self.more:
            self.more.hide()
            self._add(self.rest)

    def text(self) -> str:
        """All that is shown of them."""
        labels = (self._column.itemAt(n).widget() for n in range(self._column.count()))
        return "\n".join(label.text() for label in labels if isinstance(label, Label))

    def _add(self, lines: Sequence[Line]) -> None:
        for line in lines:
            label = Label(worded(line, self._language, covered=self._covered), "secondary", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(label)


class HistoryPanel(QFrame):
    """The side panel; it follows what is written, and the record its page shows."""

    closed = Signal()
    changed = False
    """Nothing is typed here."""

    def __init__(self, desk: Desk, table: Any, record: int, name: str) -> None:
        super().__init__()
        restyle(self, "panel", value=True)
        self.desk, self.covered, self.shown = desk, True, PORTION
        self.entries: list[Entry] = []
        words = desk.language.text
        self.title, self.name = Label(words(N_("Change history")), "section"), Label("", "secondary", wrap=True)
        self.uncover = Button(words(N_("Show")), self.turn, icon="eye", kind="link")
        self.uncover.setToolTip(words(WHY))
        self.close_button = IconButton("x", words(N_("Close")), self.leave, parent=self)
        self.scroll = QScrollArea(widgetResizable=True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setAccessibleName(words(N_("Change history")))
        restyle(self.scroll, "ring", value=True)
        self._lay_out()
        bind(self, "Escape", self.leave, desk.language.text(N_("Close")), context=HERE)
        desk.changes.kept.connect(self._hear)
        self.show_record(table, record, name)

    def _lay_out(self) -> None:
        head, texts = QHBoxLayout(), QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.name)
        head.setContentsMargins(20, 16, 12, 8)
        head.addLayout(texts, 1)
        for button in (self.uncover, self.close_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.scroll, 1)

    def show_record(self, table: Any, record: int, name: str) -> None:
        """Show what was done to another record."""
        if getattr(self, "about", None) == (table, record, name):
            return
        self.about = (table, record, name)
        self.covered, self.shown = True, PORTION
        self.name.setText(name)
        self._read()
        self.scroll.verticalScrollBar().setValue(0)

    def start(self) -> None:
        """Put the keys where the list can be scrolled."""
        self.scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self) -> None:
        """Show what is covered, or cover it again."""
        self.covered = not self.covered
        self._show()

    def give_way(self, then: Callable[[], object], _otherwise: Callable[[], object] | None = None) -> None:
        """Leave for something else, which then follows."""
        self.leave()
        then()

    def leave(self) -> None:
        """Close for good."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def _hear(self, touched: frozenset[str]) -> None:
        if touched & history.EVERY_TABLE:
            self._read()

    def _read(self) -> None:
        table, record, _ = self.about
        self.entries = [entry for entry in history.history(table, record) if entry.in_force]
        self._show()

    def _show(self) -> None:
        language = self.desk.language
        private = any(line.is_private for entry in self.entries for line in entry.lines)
        self.uncover.setVisible(private)
        self.uncover.setText(language.text(N_("Show") if self.covered else N_("Hide")))
        within, column = QWidget(objectName="panelBody"), QVBoxLayout()
        within.setLayout(column)
        column.setContentsMargins(20, 4, 20, 20)
        column.setSpacing(0)
        for entry in self.entries[: self.shown]:
            column.addWidget(EntryBox(entry, language, covered=self.covered))
        if len(self.entries) > self.shown:
            older = Button(language.text(N_("Show older ones")), self.show_older, kind="link")
            column.addWidget(older, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        at = self.scroll.verticalScrollBar().value()
        self.scroll.setWidget(within)
        self.scroll.verticalScrollBar().setValue(at)

    def show_older(self) -> None:
        """Read on."""
        self.shown += PORTION
        self._show()


class EntryBox(QWidget):
    """One request in the panel."""

    def __init__(self, entry: Entry, language: Language, *, covered: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(4)
        self.words = Label(language.text(entry.words), "strong", wrap=True)
        self.lines = Lines(entry.lines, language, few=8, covered=covered)
        if not entry.lines:
            self.lines.hide()
        column.addWidget(Label(language.show(entry.at), "caption"))
        column.addWidget(self.words)
        column.addWidget(self.lines)
        rule = QFrame()
        rule.setProperty("rule", True)
        column.addSpacing(8)
        column.addWidget(rule)
