"""A table with all that goes with it: tools above, what it is narrowed to, sums below, and the ways out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.file_name import file_name
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.kernel.tally import Figure, Tally
from desktopapp.team import service
from ui.kit import ask
from ui.kit.button import Button, IconButton
from ui.kit.column import FIGURES, Column
from ui.kit.desk import Desk
from ui.kit.funnel import Chips, said
from ui.kit.label import Elided
from ui.kit.marks import Batch
from ui.kit.rows import WRITTEN, Span
from ui.kit.table import TableView

XLSX, CSV = ".xlsx", ".csv"
KINDS = {XLSX: (N_("Excel workbook"), "*.xlsx"), CSV: (N_("Table as text"), "*.csv")}
HOME = ("", "CNY", "RMB", "人民币", "元")
"""Units a sum needs no word for."""
UNITS = 3
"""So many units are told one by one; of more only how many figures there are."""
GAP, ASIDE = 8, 32
"""Pixels between two tools, and beside all of them."""
PIXELS = 8
"""Of a column, a character of a sheet."""


class Listing(QWidget):
    """Lays a table out. `key` is what its arrangement is remembered by, `title` what its files are called.

    `count` words how many rows there are. Tools go into `tools`; what can be done with several
    rows at once is said by `offer`.
    """

    def __init__(
        self,
        desk: Desk,
        view: TableView,
        *,
        key: str,
        title: str,
        count: str = N_("{count} {count:row|rows}"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.view, self._title, self._count = desk, view, title, count
        words = desk.language.text
        view.arrange(desk.memory, key, desk.day)
        self.tools = QHBoxLayout()
        self.more = IconButton("ellipsis", words(N_("Export, columns")), self.open_menu, parent=self)
        self.batch = Batch(desk.language, self._clear)
        self._offers: list[Button] = []
        self.top = QStackedWidget()
        self.top.addWidget(self._tool_row())
        self.top.addWidget(self.batch)
        self.chips, self.foot = Chips(desk.language), Elided("", "secondary")
        self.foot.setAccessibleName(words(N_("Sum of the column")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.chips)
        column.addWidget(view, 1)
        column.addLayout(self._foot_row())
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.tell)
        view.marked.connect(self._mark)
        view.model().modelReset.connect(self._soon.start)
        view.model().narrowed.connect(self._show_chips)
        self._mark(view.marked_count())

    def _tool_row(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(16, 8, 8, 8)
        across.setSpacing(8)
        self.tools.setSpacing(GAP)
        across.addLayout(self.tools, 1)
        across.addWidget(self.more)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_tools()

    def _fold_tools(self) -> None:
        """Where room is short, the tools show their icons alone."""
        tools = [self.tools.itemAt(n).widget() for n in range(self.tools.count())]
        buttons = [each for each in tools if isinstance(each, Button)]
        for button in buttons:
            button.fold(folded=False)
        wanted = (max(each.sizeHint().width(), each.minimumWidth()) for each in tools if each and not each.isHidden())
        room = self.width() - self.more.sizeHint().width() - ASIDE
        if sum(width + GAP for width in wanted) > room:
            for button in buttons:
                button.fold(folded=True)

    def _foot_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.foot, 1)
        return row

    def offer(self, text: str, act: Callable[[], object], *, icon: str | None = None, kind: str = "plain") -> Button:
        """Something that can be done with all marked rows at once."""
        button = self.batch.offer(text, act, icon=icon, kind=kind)
        self._offers.append(button)
        return button

    def open_menu(self) -> None:
        """The ways out of the table, and its columns."""
        words, menu = self.desk.language.text, QMenu(self)
        full = self.view.model().rowCount() > 0
        for text, act in (
            (N_("Export to Excel…"), partial(self.export, XLSX)), (N_("Export as CSV…"), partial(self.export, CSV)),
            (N_("Copy the marked rows"), self.view.copy),
        ):  # fmt: skip
            menu.addAction(words(text), act).setEnabled(full)
        menu.addSeparator()
        below = self.more.mapToGlobal(QPoint(0, self.more.height()))
        menu.addAction(words(N_("Columns…")), partial(self.view.open_columns, -1, below))
        menu.popup(below)
        self.menu = menu

    def export(self, ending: str) -> None:
        """Ask where to, then write what is shown: every row, the columns in sight, in their order."""
        language = self.desk.language
        name = file_name(language.text(self._title), self.desk.day.isoformat(), ending=ending)
        ask.save_file(self, language, N_("Export the list"), name, (KINDS[ending],), self.write)

    def write(self, path: Path) -> None:
        """Write it there on the side, as what the path's ending says."""
        view, language = self.view, self.desk.language
        columns = view.columns_shown()
        at = [view.model().columns.index(column) for column in columns]
        heading = [language.text(column.title) for column in columns]
        rows = partial(_rows, view.model().every(), columns, language, view.model().rowCount())
        sheet = {"name": language.text(self._title), "widths": [max(view.columnWidth(n) // PIXELS, 8) for n in at]}
        work = partial(_write, path, heading, rows, sheet if path.suffix.lower() == XLSX else None)
        words = M("Writing “{file}”…", file=path.name)
        self.desk.tasks.run(work, partial(self._written, path.name), words=words)

    def _written(self, file: str, count: int) -> None:
        try:
            service.log_export(what=self._title, at=self.desk.now(), rows=count, file=file)
        except Fault as no:  # the file is there, so that is told all the same
            ask.tell(self, self.desk.language, no.message)
        self.desk.toast(M("{count} {count:row is|rows are} in “{file}”", count=count, file=file))

    def tell(self) -> None:
        """Say how many rows there are or are marked, and what the figures of the column come to."""
        view, model, language = self.view, self.view.model(), self.desk.language
        spans = view.spans() if view.marked_count() > 1 else None
        counted = Message(self._count, {"count": model.rowCount()})
        if spans is not None:
            counted = M("{count} selected", count=view.marked_count())
        column, tallies = self._added(spans)
        parts = told(column, tallies, language) if column else []
        self.foot.setText(" · ".join([language.text(counted), *parts]))

    def _added(self, spans: Sequence[Span] | None) -> tuple[Column | None, Sequence[Tally]]:
        """The column whose figures are added up: the one the cursor is in, or else the first that is of one unit."""
        current, shown, model = self.view.current_column(), self.view.columns_shown(), self.view.model()
        if current in shown and current.narrow in FIGURES:
            return current, model.tally(current, spans)
        for column in shown:
            if column.narrow in FIGURES and len(tallies := model.tally(column, spans)) == 1:
                return column, tallies
        return None, ()

    def _mark(self, count: int) -> None:
        several = count > 1 and bool(self._offers)
        if several:
            self.batch.tell(count)
        self.top.setCurrentWidget(self.batch if several else self.top.widget(0))
        self._soon.start()

    def _clear(self) -> None:
        self.view.clear_marks()
        self.view.setFocus()

    def _show_chips(self) -> None:
        model, known = self.view.model(), {column.key: column for column in self.view.model().columns}
        chips = [(said(known[key], each), partial(model.narrow, key, None)) for key, each in model.narrowings.items()]
        self.chips.show_chips(chips, model.widen)


def told(column: Column, tallies: Sequence[Tally], language: Language) -> list[str]:
    """What figures come to, each unit for itself."""
    title = Message(column.title)
    if len(tallies) > UNITS:
        count = sum(tally.count for tally in tallies)
        return [language.text(M("{column}: {count} {count:figure|figures} in different units",
                                column=title, count=count))]  # fmt: skip
    found = []
    for tally in tallies:
        mean = figure(tally.mean, tally.unit, language)
        words = M("{column}: sum {sum} · mean {mean} · count {count}", column=title,
                  sum=figure(tally.sum, tally.unit, language), mean=mean, count=tally.count)  # fmt: skip
        if isinstance(tally.sum, Share):
            words = M("{column}: mean {mean} · count {count}", column=title, mean=mean, count=tally.count)
        found.append(language.text(words))
    return found


def figure(value: Figure, unit: str, language: Language) -> str:
    """A figure with what it is counted in; a sum of another currency never wears ours."""
    if isinstance(value, Money):
        return language.show(value) if unit in HOME else f"{value.in_yuan:,.2f} {unit}"
    if isinstance(value, Decimal) and not isinstance(value, Share):
        value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{language.show(value)}{unit if unit == '%' else f' {unit}'}".strip()


def _rows(
    every: Callable[[], Iterator[Any]],
    columns: Sequence[Column],
    language: Language,
    whole: int,
    progress: Callable[[int, int], object],
) -> Iterator[list[Any]]:
    for nth, row in enumerate(every()):
        if nth % WRITTEN == 0:
            progress(nth, whole)
        yield [column.out(row, language) for column in columns]


def _write(
    path: Path, heading: Sequence[str], rows: Callable[..., Iterator[list[Any]]], sheet: dict[str, Any] | None,
    progress: Callable[[int, int], object],
) -> int:  # fmt: skip
    from desktopapp.exchange.export import write_csv, write_xlsx  # here, because only the worker needs it

    if sheet is None:
        return write_csv(path, heading, rows(progress))
    return write_xlsx(path, heading, rows(progress), **sheet)
