"""What was done: every request in words, the newest first, each with its way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview import history
from desktopapp.overview.history import Entry
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.label import Elided, Label
from ui.kit.page import Page
from ui.kit.pill import Pill

MOST = 100
"""How many are shown."""


class TrailPage(Page):
    """The list of what was done."""

    tables = history.EVERY_TABLE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("What was done"), scroll=True)
        self.back = self.action(N_("Settings"), partial(desk.go, Link("settings")), icon="chevron-left", kind="quiet")
        told = N_("Nothing is ever lost: any step can be taken back, also much later.")
        self.subtitle.setText(desk.language.text(told))
        self.card = Card(padding=0, spacing=0)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.rows.setContentsMargins(0, 4, 0, 4)
        self.card.body.addLayout(self.rows)
        self.empty = Empty(desk.language, "history", N_("Nothing was done yet."))
        self.card.body.addWidget(self.empty)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.start()

    def refresh(self, _touched: frozenset[str]) -> None:
        """Read the trail again."""
        while self.rows.count():
            old = self.rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        entries = history.entries(MOST)
        for entry in entries:
            self.rows.addWidget(Row(self, entry))
        self.empty.setVisible(not entries)

    def undo(self, entry: Entry) -> None:
        """Take one request back."""
        try:
            history.undo(entry.unit)
        except Refused as no:
            ask.tell(self, self.desk.language, no.message)
            return
        self.desk.toast(M("Undone: {what}", what=entry.words))


class Row(QFrame):
    """One request."""

    def __init__(self, page: TrailPage, entry: Entry) -> None:
        super().__init__()
        words = page.desk.language.text
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(16)
        at = Label(f"{page.desk.language.short_day(entry.at.date())} {entry.at:%H:%M}", "caption")
        at.setMinimumWidth(96)
        row.addWidget(at)
        self.words = Elided(words(entry.words))
        row.addWidget(self.words, 1)
        self.setMinimumHeight(40)
        self.button: QWidget | None = None
        if entry.in_force:
            self.button = Button(words(N_("Undo")), partial(page.undo, entry), icon="undo-2", kind="link")
            self.button.setAccessibleDescription(words(entry.words))
            row.addWidget(self.button)
        else:
            row.addWidget(Pill(words(N_("Taken back")), "neutral"))
