"""What the CRM told: deals, customers, and the files they came in."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.tally import Tally
from desktopapp.printing.spec import form_title
from desktopapp.sales import imports, queries, service
from desktopapp.sales.imports import Drop
from desktopapp.sales.models import LOST, OPEN, STATUSES, VOID, WON, Account, Deal, ImportBatch
from desktopapp.sales.queries import AccountRow, BatchRow, DealRow
from desktopapp.sales.queries.notices import LEADS_TO, cut_of_notice
from desktopapp.sales.service import Counts
from desktopapp.team import queries as team
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.column import CHOICE
from ui.kit.desk import Desk
from ui.kit.drops import are_forms, dropped
from ui.kit.editors import Picker, choice
from ui.kit.empty import Empty
from ui.kit.form import RecordForm
from ui.kit.listing import Listing
from ui.kit.page import Page
from ui.kit.pill import State
from ui.kit.preview import About, Job, Preview, in_one_go
from ui.kit.search import SearchField
from ui.kit.table import Asked, Column, RecordTable, TableView, WindowTable
from ui.kit.tabs import Tabs
from ui.kit.theme import px
from ui.pages.sales.overview import Overview
from ui.pages.sales.take_in import TakeIn

MOODS = {OPEN: "accent", WON: "good", LOST: "bad", VOID: "neutral"}
FILES = ((N_("Exports"), "*.csv *.tsv *.txt *.xlsx *.xls *.xlsm *.et *.ods *.zip"),)
PAUSE = 150
"""Milliseconds after the last key before a long list is searched."""


class SalesPage(Page):
    """The figures, three lists, and the way in for a file."""

    tables = frozenset({"deal", "account", "collection", "import_batch", "owner_alias", "person", "goal", "stage",
                        "stage_change", "sales_order", "basis"})  # fmt: skip

    prints = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Sales data"))
        words = desk.language.text
        self.print = self.action(N_("Print the summary"), self.print_page, icon="printer")
        self.take = self.action(N_("Import from the CRM…"), self.choose_file, icon="upload", kind="primary")
        self.tabs = Tabs(words(N_("Lists")))
        self.stack = QStackedWidget()
        self.deals, self.accounts, self.batches = Deals(desk, self), Accounts(desk, self), Batches(desk, self)
        self.overview = Overview(desk, self.choose_file)
        for title, each in ((N_("Figures"), self.overview), (N_("Deals"), self.deals), (N_("Customers"), self.accounts),
                            (N_("Imports"), self.batches)):  # fmt: skip
            self.tabs.addTab(words(title))
            self.stack.addWidget(each)
        self.tabs.currentChanged.connect(self._turn)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.setAcceptDrops(True)
        self.start()

    def refresh(self, _touched: frozenset[str]) -> None:
        """Show the list that is seen; the others follow when they are turned to."""
        batches = queries.batches()
        line = M("Last import: {day}, {file}", day=batches[0].day, file=batches[0].file) if batches else M(
            "Nothing was imported yet. Take in what your CRM exports; nothing is sent anywhere."
        )
        self.subtitle.setText(self.desk.language.text(line))
        self.stack.currentWidget().refresh()

    def turn_to(self, table: str) -> None:
        """Turn to a list; or to the rows Today told of, by their kind."""
        self.tabs.setCurrentIndex({"deal": 1, "account": 2}.get(table, 0))
        if table in LEADS_TO:
            self.overview.open_rows(cut_of_notice(table, self.desk.day))

    def arrive(self, record: int | None) -> None:
        """Show one deal or customer, whatever was filtered."""
        seen = self.stack.currentWidget()
        if record is None or seen in (self.batches, self.overview):
            return
        seen.widen()
        at = seen.model.place(record)
        if at is not None:
            seen.view.go_to(at)
            seen.view.scrollTo(seen.model.index(at, 0), seen.view.ScrollHint.PositionAtCenter)
            seen.view.setFocus()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.stack.currentWidget().refresh()

    def print_page(self) -> None:
        """Preview the summary of the period that is chosen, of everybody."""
        from desktopapp.overview import sales_summary  # here, because the page can be seen before paper is needed

        period = self.overview.period.value() or team.season().of(self.desk.day)
        make = in_one_go(sales_summary.summary, period=period, today=self.desk.day)
        about = partial(About, period=period)
        Preview(self.desk, Job(sales_summary.CODE, form_title(sales_summary.CODE), make, about=lambda **_: about(),
                               missing=sales_summary.missing_glyphs), self).open()  # fmt: skip

    def choose_file(self) -> None:
        """Ask for exports."""
        ask.open_files(self, self.desk.language, N_("Import from the CRM"), FILES, self.read_files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in files that were dropped on the window."""
        self.read_files(paths)

    def read_files(self, paths: Sequence[Path]) -> None:
        """Look at files, folders or archives on the side, then show what they would bring."""
        words = M("Reading “{file}”…", file=paths[0].name)
        self.desk.tasks.run(partial(_look, paths), partial(self._looked, paths), words=words)

    def _looked(self, paths: Sequence[Path], drop: Drop) -> None:
        dialog = TakeIn(self.desk, paths, drop, self)
        dialog.taken.connect(self._taken)
        dialog.open()

    def _taken(self, counts: Counts) -> None:
        if not counts.new and not counts.changed:
            self.desk.toast(M("Nothing new in this file"))
            return
        self.desk.toast(M("Imported: {new} new, {changed} changed", new=counts.new, changed=counts.changed), undo=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = dropped(event.mimeData())
        if paths and not are_forms(paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.read_files(paths)


def _look(paths: Sequence[Path], progress: Callable[[], object]) -> Drop:
    progress()
    return imports.look(paths)


class Deals(QWidget):
    """The deals, however many, with what they come to."""

    def __init__(self, desk: Desk, page: SalesPage) -> None:
        super().__init__()
        self.desk, self.page = desk, page
        language = desk.language
        self.search = SearchField(language.text(N_("Customer, deal or owner")))
        self.search.setFixedWidth(px(280))
        every = [("", language.text(N_("Every status")))]
        self.status = Picker([*every, *((key, language.text(label)) for key, label in STATUSES)])
        self.status.setAccessibleName(language.text(N_("Status")))
        self.model = WindowTable(self._columns(), language, self._keys, queries.deals, self._tally)
        said = N_("No deals yet. Take in what your CRM exports, as CSV or Excel.")
        empty = Empty(language, "chart-column", said, N_("Import from the CRM…"), page.choose_file)
        self.view = TableView(self.model, language, height=40, empty=empty, name=N_("Deals"), ticks=True)
        self.view.narrowed_by(self._is_narrowed, self.widen)
        self.listing = Listing(desk, self.view, key="deals", title=N_("Deals"), count=N_("{count} deals"))
        self.listing.offer(N_("Assign to…"), self.assign, icon="user")
        self.foot = self.listing.foot
        _lay_out(self, self.listing, self.search, self.status)
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.search.changed.connect(self.pause.start)
        self.pause.timeout.connect(self.find)
        self.status.changed.connect(self.refresh)

    def _columns(self) -> tuple[Column, ...]:
        words = self.desk.language.text
        return (
            Column(Deal.name, width=190),
            Column(Deal.customer, width=190),
            Column(Deal.person, _seller, width=110, narrow=CHOICE, choices=partial(_sellers, self.desk.language)),
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

    def find(self) -> None:
        """Show what holds the text that was typed."""
        self.model.filter(self.search.typed())

    def refresh(self) -> None:
        """Ask again."""
        self.model.refresh()

    def widen(self) -> None:
        """Show every deal."""
        self.search.clear()
        self.status.put("")
        self.model.widen()
        self.find()

    def assign(self) -> None:
        """Ask whose the marked deals are to be."""
        marked = self.view.selected_numbers()
        title = M("Assign {count} deals", count=len(marked))
        nobody = self.desk.language.text(N_("Nobody on the team"))
        self.page.ask(RecordForm(
            self.desk.language, title, (Deal.person,), partial(self._assign, marked), day=self.desk.day,
            editors={"person": choice([*team.names(), (None, nobody)])}, act=N_("Assign"),
        ))  # fmt: skip

    def _assign(self, deals: Sequence[int], *, person: int | None) -> None:
        words = M("Assigning {count} deals…", count=len(deals))
        self.desk.tasks.run(partial(_assign, deals, person), self._assigned, words=words)

    def _assigned(self, count: int) -> None:
        self.desk.toast(M("{count} deals assigned", count=count), undo=True)


class Accounts(QWidget):
    """The customers."""

    def __init__(self, desk: Desk, page: SalesPage) -> None:
        super().__init__()
        self.desk = desk
        language = desk.language
        self.search = SearchField(language.text(N_("Customer or owner")))
        self.search.setFixedWidth(px(280))
        self.model = WindowTable(self._columns(), language, self._keys, queries.accounts)
        said = N_("No customers yet. Take in what your CRM exports, as CSV or Excel.")
        empty = Empty(language, "building-2", said, N_("Import from the CRM…"), page.choose_file)
        self.view = TableView(self.model, language, height=40, empty=empty, name=N_("Customers"))
        self.view.narrowed_by(self.search.typed, self.widen)
        self.listing = Listing(desk, self.view, key="accounts", title=N_("Customers"),
                               count=N_("{count} customers"))  # fmt: skip
        self.foot = self.listing.foot
        self.hand_over = Button(language.text(N_("Print a handover sheet")), self.print_handover, icon="printer")
        _lay_out(self, self.listing, self.search)
        self.listing.tools.addWidget(self.hand_over)
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.search.changed.connect(self.pause.start)
        self.pause.timeout.connect(self.find)

    def print_handover(self) -> None:
        """Preview the sheet somebody's customers are handed over by."""
        from ui.pages.sales.handover import handover  # here, because the page can be seen before paper is needed

        if team.names():
            handover(self.desk, self).open()
        else:
            self.desk.go(Link("team"))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(Account.name, width=240, stretch=True),
            Column(Account.level, width=100),
            Column(Account.industry, width=140),
            Column(Account.person, _seller, width=120, narrow=CHOICE, choices=partial(_sellers, self.desk.language)),
            Column(Account.phone, width=150),
            Column(Account.city, width=120),
        )

    def _keys(self, asked: Asked) -> array[int]:
        return queries.account_keys(asked.order or "name", descending=asked.descending, text=asked.text,
                                    narrowings=asked.narrowings)  # fmt: skip

    def find(self) -> None:
        """Show what holds the text that was typed."""
        self.model.filter(self.search.typed())

    def refresh(self) -> None:
        """Ask again."""
        self.model.refresh()

    def widen(self) -> None:
        """Show every customer."""
        self.search.clear()
        self.model.widen()
        self.find()


class Batches(QWidget):
    """The files that were taken in, each with its way back."""

    def __init__(self, desk: Desk, page: SalesPage) -> None:
        super().__init__()
        self.desk = desk
        language = desk.language
        self.undo = Button(language.text(N_("Undo the whole import")), self.undo_import, icon="undo-2")
        self.model = RecordTable(self._columns(), language)
        said = N_("No file was taken in yet.")
        empty = Empty(language, "history", said, N_("Import from the CRM…"), page.choose_file)
        self.view = TableView(self.model, language, height=40, empty=empty, name=N_("Imports"))
        self.view.chosen.connect(lambda row: self.undo.setEnabled(row is not None))
        self.undo.setEnabled(False)
        self.listing = Listing(desk, self.view, key="imports", title=N_("Imports"))
        _lay_out(self, self.listing, self.undo)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(ImportBatch.file, stretch=True), Column(ImportBatch.system, width=120),
            Column(ImportBatch.entity, width=90), Column(ImportBatch.day, width=130),
            Column(ImportBatch.rows, width=80), Column(ImportBatch.new, width=80),
            Column(ImportBatch.changed, width=80), Column(ImportBatch.same, width=80),
            Column(ImportBatch.rejected, width=90),
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the list again."""
        self.model.show(queries.batches())
        self.undo.setEnabled(self.view.current_row() is not None)

    def undo_import(self) -> None:
        """Take back all that a file brought."""
        batch: BatchRow | None = self.view.current_row()
        if batch is not None:
            words = M("Undoing the import of “{file}”…", file=batch.file)
            self.desk.tasks.run(partial(_undo, batch.id), self._undone, self._kept, words=words)

    def _undone(self, _result: object) -> None:
        self.desk.toast(M("The import was taken back"), undo=True)

    def _kept(self, no: Refused) -> None:
        ask.tell(self, self.desk.language, no.message)


def _undo(batch: int, progress: Callable[[], object]) -> None:
    progress()
    service.undo_import(batch=batch)


def _seller(row: DealRow | AccountRow) -> str:
    """Whose a record is: somebody of the team, or the owner as the file names him."""
    return row.person or row.owner


def _state(row: DealRow) -> State:
    return State(Deal.status.label(row.status), MOODS[row.status])


def _sellers(language: Language) -> list[tuple[int | None, str]]:
    """Whose a record can be."""
    return [*team.names(), (None, language.text(N_("Nobody on the team")))]


def _assign(deals: Sequence[int], person: int | None, progress: Callable[[int, int], object]) -> int:
    service.assign(deals=deals, person=person, progress=progress)
    return len(deals)


def _lay_out(widget: QWidget, listing: Listing, *tools: QWidget) -> None:
    column, card = QVBoxLayout(widget), Card(padding=0, spacing=0)
    column.setContentsMargins(0, 0, 0, 0)
    for tool in tools:
        listing.tools.addWidget(tool)
    listing.tools.addStretch(1)
    card.body.addWidget(listing)
    column.addWidget(card, 1)
