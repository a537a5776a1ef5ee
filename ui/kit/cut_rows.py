"""The rows a figure is made of, in a window of their own, with their sum and the way to each."""

from __future__ import annotations

from array import array

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.message import N_, M
from desktopapp.sales import queries
from desktopapp.sales.models import Deal
from desktopapp.sales.queries import Cut
from desktopapp.sales.queries.listed import CutRow, cut_rows
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.label import Label
from ui.kit.listing import Listing
from ui.kit.table import Asked, Column, TableView, WindowTable
from ui.kit.theme import px

SIZE = 900, 560


class CutRows(QDialog):
    """A list of what was added up. Enter on a deal leads to it."""

    def __init__(self, desk: Desk, cut: Cut, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.cut = desk, cut
        language = desk.language
        self.setWindowTitle(language.text(queries.told(cut)))
        amount, count = queries.total(cut)
        told = M("{count} {count:record|records}, {sum}", count=count, sum=amount)
        self.told = Label(language.text(told), "secondary")
        self.model = WindowTable(self._columns(), language, self._keys, self._rows)
        nothing = Empty(language, "list-filter", N_("There is nothing behind this figure."))
        self.view = TableView(self.model, language, height=36, empty=nothing, name=self.windowTitle())
        self.view.opened.connect(self.open_row)
        self.listing = Listing(desk, self.view, key="cut", title=TITLES.get(cut.kind, N_("Rows of a figure")))
        self.close_button = Button(language.text(N_("Close")), self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.told)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.listing, 1)
        column.addLayout(foot)
        self.resize(px(SIZE[0]), px(SIZE[1]))
        self.model.refresh()
        self.view.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        columns = [
            Column(N_("Record"), lambda row: row.name, width=200, stretch=True),
            Column(N_("Customer"), lambda row: row.customer, width=210),
            Column(N_("Account manager"), lambda row: row.person, width=100),
            Column(N_("Sales stage"), lambda row: row.stage, width=90),
            Column(N_("Date"), lambda row: row.day, width=140),
            Column(N_("Amount"), lambda row: row.amount, kind="number", width=120),
        ]
        return tuple(column for column in columns if self.is_of_deals or column.title != "Sales stage")

    @property
    def is_of_deals(self) -> bool:
        """Whether the rows are deals, which the page shows in a list of their own."""
        return queries.is_of(self.cut, Deal)

    def _keys(self, _asked: Asked) -> array[int]:
        return queries.keys_of(self.cut)

    def _rows(self, numbers: object) -> list[CutRow]:
        return cut_rows(self.cut, numbers)

    def open_row(self, row: CutRow | None) -> None:
        """Show a deal in the list of deals."""
        if row is not None and self.is_of_deals:
            self.close()
            self.desk.go(Link("sales", row.id, "deal"))


TITLES = {
    "won": N_("Deals won"), "owed": N_("Receivables"), "collected": N_("Money received"), "open": N_("Open deals"),
}  # fmt: skip
"""What a list is called when it is exported."""
