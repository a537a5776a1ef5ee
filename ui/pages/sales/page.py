"""What the CRM told: deals, customers, and the files they came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.printing.spec import form_title
from desktopapp.sales import imports, queries, service
from desktopapp.sales.imports import Drop
from desktopapp.sales.models import ImportBatch
from desktopapp.sales.queries import BatchRow
from desktopapp.sales.queries.notices import LEADS_TO, cut_of_notice
from desktopapp.sales.service import Counts
from desktopapp.sales.service.content import ACCOUNT, COLLECTION, DEAL
from desktopapp.team import queries as team
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.drops import are_forms, dropped
from ui.kit.empty import Empty
from ui.kit.listing import Listing
from ui.kit.page import Page
from ui.kit.preview import About, Job, Preview, in_one_go
from ui.kit.table import Column, RecordTable, TableView
from ui.kit.tabs import Tabs
from ui.pages.sales.lists import Accounts, Deals, lay_out
from ui.pages.sales.overview import Overview
from ui.pages.sales.records import TITLES, Others, Records
from ui.pages.sales.take_in import TakeIn
from ui.pages.sales.writing import Writer

FILES = ((N_("Exports"), "*.csv *.tsv *.txt *.xlsx *.xls *.xlsm *.et *.ods *.zip"),)


class SalesPage(Page):
    """The figures, three lists, and the way in for a file."""

    tables = frozenset({"deal", "account", "collection", "import_batch", "owner_alias", "person", "goal", "stage",
                        "stage_change", "sales_order", "basis", "contact", "lead", "activity", "product"})  # fmt: skip

    prints = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Sales data"))
        words = desk.language.text
        self.print = self.action(N_("Print the summary"), self.print_page, icon="printer")
        self.take = self.action(N_("Import from the CRM…"), self.choose_file, icon="upload", kind="primary")
        self.tabs = Tabs(words(N_("Lists")))
        self.stack = QStackedWidget()
        self.writer = Writer(desk, self)
        self.deals, self.accounts, self.batches = Deals(desk, self), Accounts(desk, self), Batches(desk, self)
        self.payments, self.others = Records(desk, self, COLLECTION), Others(desk, self)
        self.overview = Overview(desk, self.choose_file)
        self.overview.stages_wanted.connect(self.change_stages)
        for title, each in ((N_("Figures"), self.overview), (N_("Deals"), self.deals), (N_("Customers"), self.accounts),
                            (N_("Collections"), self.payments), (N_("More lists"), self.others),
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
        self.writer.refresh()

    def turn_to(self, table: str) -> None:
        """Turn to a list; or to the rows Today told of, by their kind."""
        self.tabs.setCurrentIndex({DEAL: 1, ACCOUNT: 2, COLLECTION: 3}.get(table, 4 if table in TITLES else 0))
        if table in TITLES and table != COLLECTION:
            self.others.turn_to(table)
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

    def write(self, entity: str) -> None:
        """Ask for a new record of a kind; it is shown where it stands once it is there."""
        form = self.writer.add(entity)
        form.saved.connect(self._arrive_at_new)

    def _arrive_at_new(self, number: int) -> None:
        self.arrive(number)

    def change_stages(self) -> None:
        """Ask for the owner's stages, their odds and their order."""
        from ui.pages.sales.stages import Stages  # here, because it is rarely wanted

        Stages(self.desk, self).open()

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
        lay_out(self, self.listing, self.undo)

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
