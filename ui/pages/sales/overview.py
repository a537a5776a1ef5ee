"""The figures of a period: result beside target, how far deals come, what is owed, what may come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktopapp.kernel.area import Link
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.overview import charts, selling
from desktopapp.overview.selling import WAYS, Seller, Selling
from desktopapp.sales import queries, rules
from desktopapp.sales.queries import Cut, Scope
from desktopapp.sales.queries.figures import StageLine
from desktopapp.team import queries as team
from ui.kit.button import Button
from ui.kit.card import Card, Figure, parted
from ui.kit.chart import ChartView, Progress
from ui.kit.cut_rows import CutRows
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.empty import Empty
from ui.kit.label import Label
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView
from ui.kit.theme import px
from ui.pages.sales.outlook import Outlook

WIDE = 900
"""Pixels below which cards stand one under the other."""
LARGE = 20_000
"""Deals above which figures are worked out on the side: the window never waits for them."""
CHART, TABLE, STAGES = 224, 296, 212
"""Pixels the charts and the tables are tall."""
VERDICTS = {"too_high": "bad", "too_low": "warn", "fits": "good", "too_thin": "neutral"}
OPENS = {"Win rate": "closed", "Open deals": "open", "Money received": "collected"}
"""The rows behind a column of the table; behind the others are those won."""
TESTED = ("Won in fact", "Says the history")
"""Columns behind which stand the deals a stage is tested by."""


class Overview(QScrollArea):
    """Figures and charts for what is chosen above them."""

    stages_wanted = Signal()
    """The owner wants to change his stages."""

    def __init__(self, desk: Desk, act: Callable[[], object]) -> None:
        super().__init__(objectName="sheet", widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.desk, self.by = desk, WAYS[0][0]
        self.shown: Selling | None = None
        self.wanted: object = None
        words = desk.language.text
        self.setAccessibleName(words(N_("Sales figures")))
        sheet = QWidget()
        self.column = QVBoxLayout(sheet)
        self.column.setContentsMargins(0, 0, 4, 8)
        self.column.setSpacing(12)
        self.nothing = Empty(desk.language, "chart-column",
                             N_("No sales figures yet. Take in what your CRM exports, as CSV or Excel."),
                             N_("Import from the CRM…"), act)  # fmt: skip
        self.column.addLayout(self._tools())
        self.figures = QWidget()
        self.column.addWidget(self.figures, 1)
        self.column.addWidget(self.nothing, 1)
        self._lay_out()
        self.setWidget(sheet)

    def _tools(self) -> QHBoxLayout:
        words = self.desk.language.text
        self.period, self.person, self.product, self.tier = Picker(()), Picker(()), Picker(()), Picker(())
        row = QHBoxLayout()
        row.setSpacing(8)
        for picker, name in ((self.period, N_("Period")), (self.person, N_("Account manager")),
                             (self.product, N_("Product")), (self.tier, N_("Customer level"))):  # fmt: skip
            picker.setAccessibleName(words(name))
            picker.activated.connect(lambda _at: self.show_figures())
            row.addWidget(picker)
        row.addStretch(1)
        return row

    def _ways(self) -> QHBoxLayout:
        words, row = self.desk.language.text, QHBoxLayout()
        row.setContentsMargins(12, 10, 12, 2)
        row.setSpacing(8)
        self.ways = QButtonGroup(self)
        for key, name in WAYS:
            button = QToolButton()
            button.setText(words(name))
            button.setCheckable(True)
            button.setChecked(key == self.by)
            button.setProperty("segment", True)
            button.clicked.connect(partial(self._part_by, key))
            self.ways.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _lay_out(self) -> None:
        words, language = self.desk.language.text, self.desk.language
        self.sold, self.coming, self.late, self.rate = (
            Figure(words(title), icon) for title, icon in (
                (N_("Result"), "chart-column"), (N_("Forecast"), "compass"), (N_("Receivables late"), "triangle-alert"),
                (N_("Win rate"), "trophy"))
        )  # fmt: skip
        self.links = {
            figure: self._link(figure, kind, at)
            for figure, kind, at in ((self.sold, "won", ""), (self.coming, "coming", ""), (self.late, "owed", "late"),
                                     (self.rate, "closed", ""))
        }  # fmt: skip
        self.parts, self.steps, self.owed, self.months = (ChartView() for _ in range(4))
        unit = words(N_("in ten thousand yuan"))
        self.cards = [
            _charted(words(N_("Result beside target")), self.parts, unit),
            _charted(words(N_("Sales funnel")), self.steps),
            _charted(words(N_("Receivables by days late")), self.owed, unit),
            _charted(words(N_("By month")), self.months, unit),
        ]  # fmt: skip
        self.steps.picked.connect(self._open_step)
        self.owed.picked.connect(self._open_due)
        self.parts.picked.connect(self._open_part)
        self.months.picked.connect(self._open_month)
        self.model = RecordTable(self._columns(), language)
        self.view = TableView(self.model, language, height=34, name=words(N_("Figures by account manager")))
        self.view.opened.connect(self._open_seller)
        self.stages = RecordTable(self._stage_columns(), language)
        self.stage_view = TableView(self.stages, language, height=34, name=words(N_("Sales stages")))
        self.stage_view.opened.connect(self._open_stage)
        self.notes = Label("", "secondary", wrap=True)
        self.outlook = Outlook(self.desk, self)
        self.outlook.wanted.connect(self.open_rows)
        tabled, staged = Card(padding=0, spacing=0), Card(words(N_("Stages put to the test")), padding=0, spacing=0)
        self.view.setMinimumHeight(TABLE)
        self.stage_view.setMinimumHeight(STAGES)
        tabled.body.addLayout(self._ways())
        tabled.body.addWidget(self.view)
        self.change_stages = Button(words(N_("Change the stages…")), self.stages_wanted.emit, icon="pencil")
        staged.body.addWidget(self.stage_view)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(self.change_stages)
        foot.addStretch(1)
        staged.body.addLayout(foot)
        self.grid = QGridLayout(self.figures)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(12)
        self.wide = [
            (self.sold, 1), (self.coming, 1), (self.late, 1), (self.rate, 1), (self.notes, 4),
            (self.cards[0], 2), (self.cards[1], 2), (tabled, 4), (self.outlook, 2), (self.cards[3], 2),
            (self.cards[2], 4), (staged, 4),
        ]  # fmt: skip
        self._columns_now = 0
        self._settle()

    def _link(self, figure: Figure, kind: str, at: str) -> Button:
        """The way from a figure to its rows."""
        button = Button(self.desk.language.text(N_("Show the rows")), partial(self._open_kind, kind, at), kind="link")
        button.setAccessibleName(f"{figure.label.text()}: {button.text()}")
        figure.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _settle(self) -> None:
        """Four columns where there is room, else two."""
        columns = 4 if self.width() >= px(WIDE) else 2
        if columns == self._columns_now:
            return
        self._columns_now = columns
        at = row = 0
        for widget, span in self.wide:
            span = min(span, columns)
            if at + span > columns:
                at, row = 0, row + 1
            self.grid.addWidget(widget, row, at, 1, span)
            at += span
        for figure in self.links:
            figure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for n in range(4):
            self.grid.setColumnStretch(n, 1 if n < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(N_("Name"), lambda row: self.desk.language.show(row.name), stretch=True),
            Column(N_("Target"), lambda row: row.target, kind="number", width=120),
            Column(N_("Result"), lambda row: row.won, kind="number", width=120),
            Column(N_("Attainment"), lambda row: row.attainment, kind="number", width=90),
            Column(N_("Deals won"), lambda row: row.deals, kind="number", width=90),
            Column(N_("Win rate"), lambda row: row.win_rate, kind="number", width=90),
            Column(N_("Open deals"), lambda row: row.open, kind="number", width=120),
            Column(N_("Money received"), lambda row: row.collected, kind="number", width=120),
        )

    def _stage_columns(self) -> tuple[Column, ...]:
        return (
            Column(N_("Sales stage"), lambda row: row.stage, stretch=True),
            Column(N_("Open deals"), lambda row: row.count, kind="number", width=84),
            Column(N_("Amount"), lambda row: row.amount, kind="number", width=104),
            Column(N_("Days in stage"), lambda row: row.typical, kind="number", width=86),
            Column(N_("Probability set"), lambda row: row.calibration.said, kind="number", width=100),
            Column(N_("Won in fact"), self._in_fact, width=164),
            Column(N_("Says the history"), self._verdict, kind="state", width=124),
        )

    def _in_fact(self, row: StageLine) -> str:
        """What part was won of those that were in the stage, and between what the truth lies."""
        tested, language = row.calibration, self.desk.language
        if tested.rate is None or tested.between is None:
            return "—"
        low, high = tested.between
        return language.text(M("{rate} ({low}–{high})", rate=tested.rate, low=low, high=high))

    def _verdict(self, row: StageLine) -> State:
        verdict = row.calibration.verdict
        return State(dict(rules.VERDICTS)[verdict], VERDICTS[verdict])

    def refresh(self) -> None:
        """Ask again; choices that are still there stay chosen."""
        words, show = self.desk.language.text, self.desk.language.show
        self.period.offer([(each, show(each)) for each in selling.last_periods(self.desk.day)])
        self.person.offer([(None, words(N_("Everybody"))), *team.names()])
        self.product.offer([("", words(N_("Every product"))), *((each, each) for each in queries.products())])
        self.tier.offer([("", words(N_("Every level"))), *((each, each) for each in queries.tiers())])
        self.product.setVisible(self.product.count() > 1)
        self.tier.setVisible(self.tier.count() > 1)
        self.show_figures()

    def scope(self) -> Scope:
        """What is chosen."""
        return Scope(self.period.value(), person=self.person.value(), product=self.product.value() or "",
                     tier=self.tier.value() or "")  # fmt: skip

    def _part_by(self, key: str) -> None:
        self.by = key
        self.show_figures()

    def show_figures(self) -> None:
        """Work out what is chosen, and show it."""
        there = queries.is_any()
        self.figures.setVisible(there)
        self.nothing.setVisible(not there)
        if not there:
            return
        asked = (self.scope(), self.by, self.desk.day)
        if queries.deal_count() > LARGE:
            self.wanted = asked
            self.desk.tasks.run(partial(_worked_out, asked), partial(self._come, asked), words=M("Adding up…"))
        else:
            self._show(selling.selling(*asked))

    def _come(self, asked: object, found: Selling) -> None:
        """Show what was worked out on the side, unless something else was asked for meanwhile."""
        if asked == self.wanted:
            self._show(found)

    def _show(self, found: Selling) -> None:
        self.shown = found
        self._show_heads(found)
        language = self.desk.language
        self.parts.show_chart(charts.sellers(found.sellers, language))
        self.steps.show_chart(charts.funnel(found.steps, language))
        self.owed.show_chart(charts.ageing(found.owed, language))
        self.months.show_chart(charts.selling_months(found.months, language, self.desk.day))
        self.model.show(list(found.sellers))
        self.stages.show(list(found.stages))
        self.outlook.show_forecast(found.forecast, found.scope)
        self.notes.setText("  ".join(language.text(_briefly(each, language)) for each in selling.said(found.forecast)))
        self.notes.setVisible(bool(self.notes.text()))

    def _show_heads(self, found: Selling) -> None:
        language, words, cast = self.desk.language, self.desk.language.text, found.forecast
        share = None if found.attainment is None else Share(round(found.attainment, 2))
        passed = found.scope.period.elapsed(self.desk.day)
        line: str | Message = N_("No target for this choice")
        if share is not None:
            line = M("{share} of {target}", share=share, target=language.short(cast.target))
        mood = "neutral" if share is None else "good" if float(share) >= passed else "warn"
        progress = None if share is None else Progress(min(float(share), 1.0), mood, passed)
        self.sold.show_figure(*parted(language, cast.won), words(line), mood, progress)
        between = words(M("{low} to {high}", low=language.short(cast.low), high=language.short(cast.high)))
        self.coming.show_figure(*parted(language, cast.weighted), between, "neutral")
        late = sum(each.count for each in found.owed[1:])
        payments = words(M("{count} {count:payment|payments}", count=late))
        self.late.show_figure(*parted(language, found.late), payments, "bad" if late else "good")
        closed = words(M("{won} won, {lost} lost", won=found.won, lost=found.lost))
        rate = "—" if found.win_rate is None else self.desk.language.show(found.win_rate)
        self.rate.show_figure(rate, "", closed, "neutral")

    def open_rows(self, cut: Cut) -> None:
        """Show what a figure is made of."""
        CutRows(self.desk, cut, self).open()

    def _open_kind(self, kind: str, at: str) -> None:
        if self.shown:
            self.open_rows(self.shown.cut(kind, at))

    def _open_step(self, at: int) -> None:
        if self.shown:
            self.open_rows(self.shown.steps[at].cut)

    def _open_due(self, at: int) -> None:
        if self.shown:
            self.open_rows(self.shown.owed[at].cut)

    def _open_part(self, at: int) -> None:
        if self.shown:
            self.open_rows(Cut("won", self.shown.sellers[at].scope, self.desk.day))

    def _open_month(self, at: int) -> None:
        if self.shown:
            self.open_rows(Cut("won", replace(self.shown.scope, period=self.shown.months[at].month), self.desk.day))

    def _open_seller(self, row: Seller | None) -> None:
        column = self.view.current_column()
        if row is not None:
            self.open_rows(Cut(OPENS.get(column.key if column else "", "won"), row.scope, self.desk.day))

    def _open_stage(self, row: StageLine | None) -> None:
        column = self.stage_view.current_column()
        if row is not None:
            self.open_rows(row.closed if column and column.key in TESTED else row.cut)

    def go_to_goals(self) -> None:
        """Where targets are agreed."""
        self.desk.go(Link("goals"))


def _worked_out(asked: tuple[Scope, str, date], progress: Callable[[], object]) -> Selling:
    progress()
    return selling.selling(*asked)


def _briefly(words: Message, language: Language) -> Message:
    """The same with its sums in their short form."""
    short = {name: language.short(each) if isinstance(each, Money) else each for name, each in words.values.items()}
    return Message(words.msgid, short)


def _charted(title: str, view: ChartView, unit: str = "") -> Card:
    card = Card(title, unit)
    view.setAccessibleName(title)
    view.setMinimumHeight(CHART)
    card.body.addWidget(view, 1)
    return card

