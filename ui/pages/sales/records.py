"""The lists of payments, contacts, notes of contact, leads, orders and products: searched, opened, written into."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktopapp.kernel.message import N_
from desktopapp.kernel.tally import Tally
from desktopapp.sales.models import Activity, Collection, Contact, Lead, Order, Product
from desktopapp.sales.queries import written
from desktopapp.sales.queries.written import WrittenRow
from desktopapp.sales.service.content import ACTIVITY, COLLECTION, CONTACT, LEAD, ORDER, PRODUCT
from ui.kit.button import Button
from ui.kit.column import CHOICE
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.empty import Empty
from ui.kit.listing import Listing
from ui.kit.table import Asked, Column, TableView, WindowTable
from ui.pages.sales.lists import LongList, lay_out, sellers
from ui.pages.sales.writing import NEW

if TYPE_CHECKING:
    from ui.pages.sales.page import SalesPage  # the page makes its lists

COLUMNS: Mapping[str, tuple[tuple[Any, int], ...]] = {
    COLLECTION: (
        (Collection.customer, 200), (Collection.amount, 120), (Collection.day, 130), (Collection.planned, 120),
        (Collection.due, 130), (Collection.person, 110),
    ),
    CONTACT: (
        (Contact.name, 120), (Contact.customer, 200), (Contact.title, 120), (Contact.mobile, 130), (Contact.phone, 130),
        (Contact.email, 170), (Contact.person, 110),
    ),
    ACTIVITY: (
        (Activity.day, 130), (Activity.kind, 90), (Activity.customer, 190), (Activity.subject, 200),
        (Activity.body, 240), (Activity.person, 110),
    ),
    LEAD: (
        (Lead.name, 150), (Lead.customer, 180), (Lead.mobile, 130), (Lead.stage, 110), (Lead.status, 110),
        (Lead.source, 110), (Lead.created, 130), (Lead.person, 110),
    ),
    ORDER: (
        (Order.external, 130), (Order.name, 150), (Order.customer, 180), (Order.amount, 120), (Order.paid, 110),
        (Order.day, 120), (Order.due, 120), (Order.status, 90), (Order.person, 110),
    ),
    PRODUCT: (
        (Product.name, 200), (Product.category, 150), (Product.unit, 80), (Product.price, 120), (Product.is_sold, 90),
    ),
}  # fmt: skip
"""The columns of each list with their widths."""
TITLES: Mapping[str, str] = {
    COLLECTION: N_("Collections"),
    CONTACT: N_("Contacts"),
    ACTIVITY: N_("Contact with customers"),
    LEAD: N_("Leads"),
    ORDER: N_("Orders"),
    PRODUCT: N_("Products"),
}
NONE: Mapping[str, str] = {
    COLLECTION: N_("No payments yet. Record what came in, or take in what your CRM exports."),
    CONTACT: N_("No contacts yet. Write down whom you call at your customers."),
    ACTIVITY: N_("Nothing noted yet. A line after each call or visit keeps quiet customers in sight."),
    LEAD: N_("No leads yet. Write down who may become a customer."),
    ORDER: N_("No orders yet. Write down what was signed, and when it is due to be paid."),
    PRODUCT: N_("No products yet. Write down what you sell."),
}
"""What is said where a list is empty."""


class Records(LongList):
    """One list."""

    def __init__(self, desk: Desk, page: SalesPage, entity: str) -> None:
        self.entity = entity
        super().__init__(desk, page, N_("Search this list"))
        language = desk.language
        self.model = WindowTable(self._columns(), language, self._keys, partial(written.written, entity), self._tally)
        empty = Empty(language, "file-text", NONE[entity], NEW[entity], self.add)
        self.view = TableView(self.model, language, height=40, empty=empty, name=TITLES[entity], ticks=True)
        self.view.narrowed_by(self.search.typed, self.widen)
        self.listing = Listing(desk, self.view, key=f"sales/{entity}", title=TITLES[entity])
        self.listing.offer(N_("Delete"), self.delete, icon="trash-2")
        self.new = Button(language.text(NEW[entity]), self.add, icon="plus")
        lay_out(self, self.listing, self.search, after=(self.new,))
        self.listen()

    def _columns(self) -> tuple[Column, ...]:
        return tuple(self._column(field, width) for field, width in COLUMNS[self.entity])

    def _column(self, field: Any, width: int) -> Column:
        value = partial(_value, field.name)
        if field.name == "person":
            return Column(field, value, width=width, narrow=CHOICE, choices=partial(sellers, self.desk.language))
        if field.name == "external":
            return Column(field, _number, width=width)
        if hasattr(field, "label"):
            words = self.desk.language.text
            return Column(field, value, width=width,
                          choices=lambda: [(key, words(label)) for key, label in field.choices])  # fmt: skip
        return Column(field, value, width=width)

    def _keys(self, asked: Asked) -> array[int]:
        return written.written_keys(self.entity, asked.order, descending=asked.descending, text=asked.text,
                                    narrowings=asked.narrowings)  # fmt: skip

    def _tally(self, column: str, numbers: Sequence[int] | None, asked: Asked) -> Sequence[Tally]:
        return written.written_tally(self.entity, column, numbers, text=asked.text, narrowings=asked.narrowings)


class Others(QWidget):
    """The lists that are seldom wanted, one at a time."""

    def __init__(self, desk: Desk, page: SalesPage) -> None:
        super().__init__()
        words = desk.language.text
        self._make: Callable[[str], Records] = partial(Records, desk, page)
        self.made: dict[str, Records] = {}
        self.which = Picker([(each, words(title)) for each, title in TITLES.items() if each != COLLECTION])
        self.which.setAccessibleName(words(N_("List")))
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack, 1)
        self.which.changed.connect(self.refresh)

    @property
    def shown(self) -> Records:
        """The list that is seen."""
        entity = self.which.value()
        if entity not in self.made:
            self.made[entity] = made = self._make(entity)
            self.stack.addWidget(made)
        made = self.made[entity]
        made.listing.tools.insertWidget(0, self.which)
        self.stack.setCurrentWidget(made)
        return made

    @property
    def model(self) -> WindowTable:
        """The rows of the list that is seen."""
        return self.shown.model

    @property
    def view(self) -> TableView:
        """The list that is seen."""
        return self.shown.view

    def turn_to(self, entity: str) -> None:
        """Show the list of a kind."""
        self.which.put(entity)

    def refresh(self) -> None:
        """Ask again."""
        self.shown.refresh()

    def widen(self) -> None:
        """Show every record."""
        self.shown.widen()


def _value(name: str, row: WrittenRow) -> Any:
    return row.values[name]


def _number(row: WrittenRow) -> str:
    """An order's number; none where it was made here."""
    number: str = row.values["external"]
    return "" if number.startswith("~") else number
