"""The lists of deals and customers, however many: what can be done with one, and with several at once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.tally import Tally
from desktopapp.sales import queries, service
from desktopapp.sales.models import LOST, OPEN, STATUSES, VOID, WON, Account, Deal
from desktopapp.sales.queries import AccountRow, DealRow
from desktopapp.sales.queries.portfolio import portfolio
from desktopapp.sales.service.content import ACCOUNT, DEAL
from desktopapp.team import queries as team
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.column import CHOICE
from ui.kit.desk import Desk
from ui.kit.editors import Picker, Tick, choice
from ui.kit.empty import Empty
from ui.kit.form import Loose, RecordForm
from ui.kit.keys import bind
from ui.kit.listing import Listing
from ui.kit.pill import State
from ui.kit.search import SearchField
from ui.kit.table import Asked, Column, TableView, WindowTable
from ui.kit.theme import px

if TYPE_CHECKING:
    from ui.pages.sales.page import SalesPage  # the page makes its lists

MOODS = {OPEN: "accent", WON: "good", LOST: "bad", VOID: "neutral"}
PAUSE = 150
"""Milliseconds after the last key before a long list is searched."""
SEARCH = 210
"""Pixels of the field a list is searched by."""


class LongList(QWidget):
    """A list searched by a text, whose rows open in the side panel; what each kind has in common."""

    entity: str
    """What its records are."""

    def __init__(self, desk: Desk, page: SalesPage, told: str) -> None:
        super().__init__()
        self.desk, self.page, self.writer = desk, page, page.writer
        self.search = SearchField(desk.language.text(told))
        self.search.setFixedWidth(px(SEARCH))
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.search.changed.connect(self.pause.start)
        self.pause.timeout.connect(self.find)
        self.model: WindowTable
        self.view: TableView

    def listen(self) -> None:
        """Let rows be opened, followed and deleted."""
        self.view.opened.connect(self.open_row)
        self.view.chosen.connect(self.choose_row)
        here = Qt.ShortcutContext.WidgetShortcut
        words = self.desk.language.text
        bind(self.view, QKeySequence.StandardKey.Delete, self.delete, words(N_("Delete")), context=here)
        bind(self.view, "F2", lambda: self.open_row(self.view.current_row()), words(N_("Edit")), context=here)

    def open_row(self, row: Any) -> None:
        """Show a record in the side panel."""
        if row is not None:
            self.writer.open(self.entity, row.id)

    def choose_row(self, row: Any) -> None:
        """Let an open panel follow."""
        if row is not None:
            self.writer.follow(self.entity, row.id)

    def add(self) -> None:
        """Ask for a new record."""
        self.page.write(self.entity)

    def delete(self) -> None:
        """Take the marked records out."""
        if marked := self.view.selected_numbers():
            self.writer.delete(self.entity, marked)

    def find(self) -> None:
        """Show what holds the text that was typed."""
        self.model.filter(self.search.typed())

    def refresh(self) -> None:
        """Ask again."""
        self.model.refresh()

    def widen(self) -> None:
        """Show every record."""
        self.search.clear()
        self.model.widen()
        self.find()


class Deals(LongList):
    """The deals, with what they come to."""

    entity = DEAL

    def __init__(self, desk: Desk, page: SalesPage) -> None:
        super().__init__(desk, page, N_("Customer, deal or owner"))
        language = desk.language
        every = [("", language.text(N_("Every status")))]
        self.status = Picker([*every, *((key, language.text(label)) for key, label in STATUSES)])
        self.status.setAccessibleName(language.text(N_("Status")))
        self.status.setMinimumWidth(px(128))
        self.model = WindowTable(self._columns(), language, self._keys, queries.deals, self._tally)
        said = N_("No deals yet. Take in what your CRM exports, as CSV or Excel.")
        empty = Empty(language, "chart-column", said, N_("Import from the CRM…"), page.choose_file)
        self.view = TableView(self.model, language, height=40, empty=empty, name=N_("Deals"), ticks=True)
        self.view.narrowed_by(self._is_narrowed, self.widen)
        self.listing = Listing(desk, self.view, key="deals", title=N_("Deals"), count=N_("{count} {count:deal|deals}"))
        self.listing.offer(N_("Assign to…"), self.assign, icon="user")
        self.listing.offer(N_("Delete"), self.delete, icon="trash-2")
        self.foot = self.listing.foot
        self.new = Button(language.text(N_("New deal")), self.add, icon="plus")
        self.collect = Button(language.text(N_("Record a payment")), self.collect_deal, icon="wallet")
        self.close_deal = Button(language.text(N_("Close the deal…")), self.end_deal, icon="trophy")
        lay_out(self, self.listing, self.search, self.status, after=(self.new, self.collect, self.close_deal))
        self.status.changed.connect(self.refresh)
        self.listen()
        self.choose_row(None)

    def choose_row(self, row: DealRow | None) -> None:
        """What can be done is done with the deal the cursor is on."""
        super().choose_row(row)
        self.collect.setEnabled(row is not None)
        self.close_deal.setEnabled(row is not None and row.status == OPEN)

    def collect_deal(self) -> None:
        """Ask what came in for the deal the cursor is on."""
        if row := self.view.current_row():
            self.writer.collect(row.id)

    def end_deal(self) -> None:
        """Ask how the deal the cursor is on ended."""
        if row := self.view.current_row():
            self.writer.close_deal(row.id)

    def _columns(self) -> tuple[Column, ...]:
        words = self.desk.language.text
        return (
            Column(Deal.name, width=190),
            Column(Deal.customer, width=190),
            Column(Deal.person, seller, width=110, narrow=CHOICE, choices=partial(sellers, self.desk.language)),
            Column(Deal.stage, width=100, narrow=CHOICE, choices=lambda: [(each, each) for each in queries.stages()]),
            Column(Deal.status, _state, kind="state", width=100,
                   choices=lambda: [(key, words(label)) for key, label in STATUSES]),
            Column(Deal.amount, width=120),
            Column(Deal.probability, width=90),
            Column(Deal.close_date, width=120),
        )  # fmt: skip

    def _keys(self, asked: Asked) -> array[int]:
        newest = asked.order is None
        order, how = asked.order or "close_date", self._asked(asked)
        return queries.deal_keys(order, descending=asked.descending or newest, **how)

    def _tally(self, column: str, numbers: Sequence[int] | None, asked: Asked) -> Sequence[Tally]:
        return queries.deal_tally(column, numbers, **self._asked(asked))

    def _asked(self, asked: Asked) -> dict[str, Any]:
        return {"text": asked.text, "status": self.status.value() or "", "narrowings": asked.narrowings}

    def _is_narrowed(self) -> bool:
        return bool(self.search.typed() or self.status.value())

    def widen(self) -> None:
        """Show every deal."""
        self.status.put("")
        super().widen()

    def assign(self) -> None:
        """Ask whose the marked deals are to be."""
        marked = self.view.selected_numbers()
        title = M("Assign {count} {count:deal|deals}", count=len(marked))
        nobody = self.desk.language.text(N_("Nobody on the team"))
        self.page.ask(RecordForm(
            self.desk.language, title, (Deal.person,), partial(self._assign, marked), day=self.desk.day,
            editors={"person": choice([*team.names(), (None, nobody)])}, act=N_("Assign"),
        ))  # fmt: skip

    def _assign(self, deals: Sequence[int], *, person: int | None) -> None:
        words = M("Assigning {count} {count:deal|deals}…", count=len(deals))
        self.desk.tasks.run(partial(_assign, deals, person), self._assigned, words=words)

    def _assigned(self, count: int) -> None:
        self.desk.toast(M("{count} {count:deal|deals} assigned", count=count), undo=True)


class Accounts(LongList):
    """The customers."""

    entity = ACCOUNT

    def __init__(self, desk: Desk, page: SalesPage) -> None:
        super().__init__(desk, page, N_("Customer or owner"))
        language = desk.language
        self.model = WindowTable(self._columns(), language, self._keys, queries.accounts)
        said = N_("No customers yet. Take in what your CRM exports, as CSV or Excel.")
        empty = Empty(language, "building-2", said, N_("Import from the CRM…"), page.choose_file)
        self.view = TableView(self.model, language, height=40, empty=empty, name=N_("Customers"),
                              ticks=True)  # fmt: skip
        self.view.narrowed_by(self.search.typed, self.widen)
        self.listing = Listing(desk, self.view, key="accounts", title=N_("Customers"),
                               count=N_("{count} {count:customer|customers}"))  # fmt: skip
        self.listing.offer(N_("Assign to…"), self.assign, icon="user")
        self.listing.offer(N_("Delete"), self.delete, icon="trash-2")
        self.foot = self.listing.foot
        self.new = Button(language.text(N_("New customer")), self.add, icon="plus")
        self.give = Button(language.text(N_("Hand over…")), self.give_customers, icon="handshake")
        self.hand_over = Button(language.text(N_("Print a handover sheet")), self.print_handover, icon="printer")
        lay_out(self, self.listing, self.search, after=(self.new, self.give, self.hand_over))
        self.listen()

    def print_handover(self) -> None:
        """Preview the sheet somebody's customers are handed over by."""
        from ui.pages.sales.handover import handover  # here, because the page can be seen before paper is needed

        if team.names():
            handover(self.desk, self).open()
        else:
            self.desk.go(Link("team"))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(Account.name, width=280),
            Column(Account.level, width=100),
            Column(Account.industry, width=140),
            Column(Account.person, seller, width=120, narrow=CHOICE, choices=partial(sellers, self.desk.language)),
            Column(Account.phone, width=150),
            Column(Account.city, width=120),
        )

    def _keys(self, asked: Asked) -> array[int]:
        return queries.account_keys(asked.order or "name", descending=asked.descending, text=asked.text,
                                    narrowings=asked.narrowings)  # fmt: skip

    def assign(self) -> None:
        """Ask whose the marked customers are to be."""
        marked = self.view.selected_numbers()
        title = M("Assign {count} {count:customer|customers}", count=len(marked))
        nobody = self.desk.language.text(N_("Nobody on the team"))
        self.page.ask(RecordForm(
            self.desk.language, title, (Account.person,), partial(self._assign, marked), day=self.desk.day,
            editors={"person": choice([*team.names(), (None, nobody)])}, act=N_("Assign"),
        ))  # fmt: skip

    def _assign(self, accounts: Sequence[int], *, person: int | None) -> None:
        handed = service.assign_customers(accounts=accounts, person=person)
        self._tell(handed)

    def _tell(self, handed: service.Handed) -> None:
        words = M("{customers} {customers:customer|customers} and {deals} {deals:open deal|open deals} handed over",
                  customers=handed.customers,
                  deals=handed.deals)  # fmt: skip
        self.desk.toast(words, undo=True)

    def give_customers(self) -> None:
        """Ask who gives all his customers to whom; leavers can give."""
        people = [(row.id, row.name) for row in team.people(leavers=True)]
        chosen = self.view.current_row()
        giver = next((number for number, name in people if chosen and name == chosen.person), people and people[0][0])
        if not team.names():
            self.desk.go(Link("team"))
            return
        receiver = next((number for number, _ in team.names() if number != giver), None)
        asked = (Loose("giver", N_("From")), Loose("receiver", N_("To")),
                 Loose("sheet", N_("The sheet to sign"), default=True))  # fmt: skip
        tick = Tick()
        tick.setText(self.desk.language.text(N_("Print a handover sheet")))
        form = RecordForm(
            self.desk.language, N_("Hand over customers"), asked, self._hand_over, day=self.desk.day,
            values={"sheet": True, "giver": giver, "receiver": receiver}, act=N_("Hand over"),
            editors={"giver": choice(people), "receiver": choice(team.names()), "sheet": tick},
        )  # fmt: skip
        self.page.ask(form)

    def _hand_over(self, *, giver: int, receiver: int, sheet: bool) -> None:
        from ui.pages.sales.handover import handed_over  # here, because the page can be seen before paper is needed

        before = portfolio(giver, self.desk.day)
        self._tell(service.hand_over(giver=giver, receiver=receiver))
        if sheet:
            handed_over(self.desk, giver, receiver, before, self).open()


def seller(row: DealRow | AccountRow) -> str:
    """Whose a record is: somebody of the team, or the owner as the file names him."""
    return row.person or row.owner


def _state(row: DealRow) -> State:
    return State(Deal.status.label(row.status), MOODS[row.status])


def sellers(language: Language) -> list[tuple[int | None, str]]:
    """Whose a record can be."""
    return [*team.names(), (None, language.text(N_("Nobody on the team")))]


def _assign(deals: Sequence[int], person: int | None, progress: Callable[[int, int], object]) -> int:
    service.assign(deals=deals, person=person, progress=progress)
    return len(deals)


def lay_out(widget: QWidget, listing: Listing, *tools: QWidget, after: Sequence[QWidget] = ()) -> None:
    """A list in a card, with its tools above: those that narrow it at the left, requests at the right."""
    column, card = QVBoxLayout(widget), Card(padding=0, spacing=0)
    column.setContentsMargins(0, 0, 0, 0)
    for tool in tools:
        listing.tools.addWidget(tool)
    listing.tools.addStretch(1)
    for tool in after:
        listing.tools.addWidget(tool)
    card.body.addWidget(listing)
    column.addWidget(card, 1)
