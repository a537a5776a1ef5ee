"""The notebook: every event that was noted, the latest first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout

from desktopapp.kernel.message import N_, M
from desktopapp.reviews import service
from desktopapp.reviews.models import BAD, Event
from desktopapp.reviews.queries.events import EventRow, dimension_names, events
from ui.kit.avatar import Who
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.column import CHOICE
from ui.kit.empty import Empty
from ui.kit.keys import bind
from ui.kit.label import Label
from ui.kit.page import Page
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView
from ui.pages.reviews.event import open_event


class NotebookView(Card):
    """A table of events; a double click changes one."""

    def __init__(self, page: Page) -> None:
        super().__init__(padding=0, spacing=0)
        self.page, self.desk = page, page.desk
        words = self.desk.language.text
        told = N_("Facts noted when they happen. Each stands beside its dimension in the review of its period.")
        self.add = Button(words(N_("Note an event")), self.note, icon="plus")
        self.remove = Button(words(N_("Delete")), self.drop, icon="trash-2")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(Label(words(told), "secondary", wrap=True), 1)
        head.addWidget(self.remove)
        head.addWidget(self.add)
        self.names = dimension_names()
        self.model = RecordTable(self._columns(), self.desk.language)
        nothing = Empty(
            self.desk.language, "pencil", N_("Nothing noted yet. Ctrl+E notes an event in 20 seconds, on every page."),
            N_("Note an event"), self.note,
        )  # fmt: skip
        self.view = TableView(self.model, self.desk.language, name=N_("Noted events"), empty=nothing)
        self.view.opened.connect(self.change)
        self.view.chosen.connect(self._choose)
        keys, here = QKeySequence.StandardKey.Delete, Qt.ShortcutContext.WidgetShortcut
        bind(self.view, keys, self.drop, words(N_("Delete")), context=here)
        self.body.addLayout(head)
        self.body.addWidget(self.view, 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(Event.person, lambda row: Who(row.name), kind="person", width=140, by=lambda row: row.pinyin),
            Column(Event.kind, _kind, kind="state", width=104, narrow=CHOICE),
            Column(Event.day, width=124),
            Column(Event.customer, width=150),
            Column(Event.text, lambda row: " ".join(row.text.split()), stretch=True),
            Column(Event.dimension, lambda row: self.names.get(row.dimension, ""), width=120, narrow=CHOICE),
        )

    def show_events(self) -> None:
        """Read them again."""
        shown = self.view.current_row()
        self.model.show(events())
        self.view.select(lambda row: shown is not None and row.id == shown.id) or self.view.select(lambda _: True)
        self._choose(self.view.current_row())

    def reach(self, event: int) -> None:
        """Put the cursor on one of them."""
        self.view.select(lambda row: row.id == event)

    def _choose(self, row: EventRow | None) -> None:
        self.remove.setEnabled(row is not None)

    # What the owner does

    def note(self) -> None:
        """Note another one."""
        open_event(self.desk, self)

    def change(self, row: EventRow) -> None:
        """Note one otherwise."""
        open_event(self.desk, self, event=row)

    def drop(self) -> None:
        """Strike the current one out."""
        if row := self.view.current_row():
            service.drop_event(event=row.id)
            self.desk.toast(M("Struck out"), undo=True)


def _kind(row: EventRow) -> State:
    return State(Event.kind.label(row.kind), "warn" if row.kind == BAD else "good")
