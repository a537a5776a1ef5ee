"""The firm's history: every request by day, the newest first, with what it changed; older days as one scrolls."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview import history
from desktopapp.overview.history import Entry
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.covered import WHY
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.history import Lines
from ui.kit.label import Label
from ui.kit.pill import Pill

PORTION = 30
"""Requests read at once."""
NEAR = 400
"""Pixels above the lower end from which on older ones are read."""


class Log(QWidget):
    """Days, each a sheet with its requests."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.covered = desk, True
        self.rows: list[Row] = []
        self.entries: list[Entry] = []
        self.is_whole = False
        words = desk.language.text
        self.uncover = Button(words(N_("Show covered values")), self.turn, icon="eye", kind="link")
        self.uncover.setToolTip(words(WHY))
        self.empty = Empty(desk.language, "history", N_("Nothing was done yet."))
        self.scroll = QScrollArea(widgetResizable=True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setAccessibleName(words(N_("History")))
        bar = self.scroll.verticalScrollBar()
        bar.valueChanged.connect(self._near_end)
        bar.rangeChanged.connect(lambda _least, _most: self._near_end(bar.value()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.uncover, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.empty, 1)
        column.addWidget(self.scroll, 1)

    def refresh(self) -> None:
        """Read as many as were read before."""
        wanted = max(PORTION, len(self.entries))
        self.entries = history.firm_history(wanted)
        self.is_whole = len(self.entries) < wanted
        self._build()

    def turn(self) -> None:
        """Show what is covered, or cover it again."""
        self.covered = not self.covered
        self._build()

    def _build(self) -> None:
        words = self.desk.language.text
        within = QWidget(objectName="within")
        self._days = QVBoxLayout(within)
        self._days.setContentsMargins(0, 0, 8, 0)
        self._days.setSpacing(8)
        self._days.addStretch(1)
        self.rows, self._last, self._card = [], None, None
        self._add(self.entries)
        at = self.scroll.verticalScrollBar().value()
        self.scroll.setWidget(within)
        self.scroll.verticalScrollBar().setValue(at)
        self.empty.setVisible(not self.entries)
        self.scroll.setVisible(bool(self.entries))
        private = any(line.is_private for entry in self.entries for line in entry.lines)
        self.uncover.setVisible(private)
        self.uncover.setText(words(N_("Show covered values") if self.covered else N_("Cover them again")))

    def _add(self, entries: list[Entry]) -> None:
        language = self.desk.language
        for day, run in groupby(entries, key=lambda entry: entry.at.date()):
            if day != self._last or self._card is None:
                self._last, self._card = day, Card(padding=0, spacing=0)
                heading = M("{day}, {weekday}", day=day, weekday=language.weekday(day))
                self._days.insertWidget(self._days.count() - 1, Label(language.text(heading), "strong"))
                self._days.insertWidget(self._days.count() - 1, self._card)
            for entry in run:
                row = Row(self, entry)
                self.rows.append(row)
                self._card.body.addWidget(row)

    def _near_end(self, at: int) -> None:
        if self.isVisible() and not self.is_whole and at > self.scroll.verticalScrollBar().maximum() - NEAR:
            self.read_on()

    def read_on(self) -> None:
        """Read the next older ones."""
        older = history.firm_history(PORTION, before=self.entries[-1].unit)
        self.is_whole = len(older) < PORTION
        self.entries += older
        self._add(older)

    def undo(self, entry: Entry) -> None:
        """Take one request back, on the worker where it was about many records."""
        done = partial(self.desk.toast, M("Undone: {what}", what=entry.words))
        if self.desk.changes.is_long(entry.unit):
            work = partial(history.undo, entry.unit)
            self.desk.tasks.run(work, lambda _none: done(), words=M("Undo: {what}", what=entry.words))
            return
        try:
            history.undo(entry.unit)
        except Refused as no:
            ask.tell(self, self.desk.language, no.message)
            return
        done()


class Row(QFrame):
    """One request."""

    def __init__(self, log: Log, entry: Entry) -> None:
        super().__init__()
        language = log.desk.language
        words = language.text
        row, texts = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(16)
        texts.setSpacing(2)
        at = Label(f"{entry.at:%H:%M}", "caption")
        at.setMinimumWidth(40)
        at.setContentsMargins(0, 3, 0, 0)
        row.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Label(words(entry.words), "body" if entry.in_force else "secondary", wrap=True)
        texts.addWidget(self.words)
        self.lines = Lines(entry.lines, language, few=3, covered=log.covered)
        if not entry.lines:
            self.lines.hide()
        texts.addWidget(self.lines)
        row.addLayout(texts, 1)
        self.button: QWidget | None = None
        if entry.can_undo:
            self.button = Button(words(N_("Undo")), partial(log.undo, entry), icon="undo-2", kind="link")
            self.button.setAccessibleDescription(words(entry.words))
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        elif entry.was_undone:
            row.addWidget(Pill(words(N_("Taken back")), "neutral"), 0, Qt.AlignmentFlag.AlignTop)
