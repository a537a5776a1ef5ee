"""The recycle bin: what was deleted in the last thirty days, to be brought back one by one or together."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview import bin as deleted
from desktopapp.overview.bin import Gone
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView

SOON = 3
"""Days left from which on the bin warns."""


class Bin(QWidget):
    """The list, with the way back and the way out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        language = desk.language
        self.back = Button(language.text(N_("Restore")), self.restore, icon="undo-2", kind="primary")
        self.clear = Button(language.text(N_("Empty the recycle bin…")), self.ask_empty, icon="trash-2")
        self.model = RecordTable(self._columns(), language)
        nothing = Empty(language, "trash-2", N_("The recycle bin is empty. What you delete stays here for 30 days."))
        self.view = TableView(self.model, language, height=44, empty=nothing, name=N_("Recycle bin"))
        self.view.opened.connect(lambda _row: self.restore())
        self.view.selectionModel().selectionChanged.connect(self._show_chosen)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.clear)
        row.addWidget(self.back)
        card = Card(padding=0, spacing=0)
        card.body.addWidget(self.view)
        column.addLayout(row)
        column.addWidget(card, 1)

    def _columns(self) -> tuple[Column, ...]:
        language = self.desk.language
        return (
            Column(N_("What was deleted"), lambda gone: language.text(gone.what), stretch=True),
            Column(N_("With which step"), lambda gone: language.text(gone.words), width=280),
            Column(N_("When"), lambda gone: language.show(gone.at), width=200, by=lambda gone: gone.unit),
            Column(N_("Stays for"), _left, kind="state", width=110, by=lambda gone: gone.days),
        )

    def refresh(self) -> None:
        """Read the bin again."""
        self.model.show(deleted.deleted(self.desk.day))
        self.clear.setEnabled(self.model.rowCount() > 0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.back.setEnabled(bool(self.view.selected_rows()))

    def restore(self) -> None:
        """Bring back what is chosen."""
        chosen: list[Gone] = self.view.selected_rows()
        if not chosen:
            return
        try:
            count = deleted.restore(chosen)
        except Refused as no:
            ask.tell(self, self.desk.language, no.message)
            return
        words = M("Restored {what}", what=chosen[0].what) if len(chosen) == 1 else M("{count} restored", count=count)
        self.desk.toast(words, undo=True)

    def ask_empty(self) -> None:
        """Ask, saying what emptying does and what it does not."""
        question = M("Empty the recycle bin? {count} {count:entry|entries} will no longer be listed here.\n\nNothing "
                     "is erased from the data file: the history keeps telling of {count:it|them}, and each step can "
                     "still be undone there.",
                     count=self.model.rowCount())  # fmt: skip
        ask.confirm(self, self.desk.language, question, N_("Empty"), self.empty)

    def empty(self) -> None:
        """Take everything off the list."""
        deleted.empty()


def _left(gone: Gone) -> State:
    return State(M("{days} {days:day|days}", days=gone.days), "warn" if gone.days <= SOON else "neutral")
