"""The log of what left the program: to a printer, into a PDF or a table, whose it was, when, and how much."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktopapp.kernel.message import N_, M
from desktopapp.team import queries
from desktopapp.team.models import Printed
from desktopapp.team.queries import PrintRow
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.table import Column, RecordTable, TableView

MOST = 1000
"""How many jobs are shown."""


class Prints(QWidget):
    """The list, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        language = desk.language
        self.model = RecordTable(self._columns(), language)
        nothing = Empty(language, "printer", N_("Nothing was printed yet. Ctrl+P prints the page you are on."))
        self.view = TableView(self.model, language, height=44, empty=nothing, name=N_("Log of paper"))
        column, card = QVBoxLayout(self), Card(padding=0, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.view)
        column.addWidget(card, 1)

    def _columns(self) -> tuple[Column, ...]:
        language = self.desk.language
        return (
            Column(Printed.at, lambda row: language.show(row.at), width=176, by=lambda row: row.id),
            Column(N_("Form"), lambda row: language.text(row.title), stretch=True),
            Column(N_("Whose"), self._whose, width=150),
            Column(Printed.period, lambda row: row.period, width=124),
            Column(N_("Amount"), self._amount, width=84),
            Column(Printed.copies, lambda row: row.copies if row.printer else None, width=64),
            Column(N_("Printer or file"), lambda row: row.printer or row.file, width=240),
        )

    def _amount(self, row: PrintRow) -> str:
        pages, rows = M("{count} {count:page|pages}", count=row.pages), M("{count} {count:row|rows}", count=row.rows)
        return self.desk.language.text(rows if row.rows else pages)

    def _whose(self, row: PrintRow) -> str:
        if row.people < 2:
            return row.name
        return self.desk.language.text(M("{name} and others ({count})", name=row.name, count=row.people))

    def show_job(self, number: int) -> None:
        """Put the cursor on a job."""
        at = self.model.place(number)
        if at is not None:
            self.view.go_to(at)
            self.view.setFocus()

    def refresh(self) -> None:
        """Read the log again."""
        self.model.show(queries.prints(MOST))
