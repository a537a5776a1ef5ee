"""All of a round side by side: totals, how grades are spread, the nine-box, and changes with their reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import charts
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.models import Calibration, Review
from desktopapp.reviews.queries import CycleRow, ReviewSheet
from desktopapp.reviews.queries.calibration import CalibrationRow, Side, side_by_side
from ui.kit.avatar import Who
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.card import Card, Foot
from ui.kit.chart import ChartView
from ui.kit.empty import Empty
from ui.kit.form import RecordForm
from ui.kit.label import Label
from ui.kit.page import Page
from ui.kit.pill import State
from ui.kit.scrolled import scrolled
from ui.kit.table import TALL, Column, RecordTable, TableView
from ui.kit.theme import px
from ui.pages.reviews.boxes import Boxes
from ui.pages.reviews.head import mood_of

WIDE = 900
"""Pixels from which the charts stand beside the table; else they follow below it."""
SIDE, TABLE, CHART = 392, 280, 150
"""Pixels: the width of the charts, the least height of the table, the height of the spread."""
SUPERIOR, STRICT = 1, 4
"""Columns that are left out where they tell nothing."""


class CalibrationView(QWidget):
    """The table, and beside it what it comes to."""

    opened = Signal(int)
    """A review is to be looked at."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk, self.cycle = page, page.desk, 0
        self.side: Side | None = None
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(12)
        self._across.addWidget(self._table(), 1)
        self._across.addWidget(self._charts())
        column.addLayout(self._across, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(column))

    def _table(self) -> Card:
        words, card, language = self.desk.language.text, Card(padding=0, spacing=0), self.desk.language
        self.model = RecordTable(self._columns(), language)
        nothing = Empty(language, "layers", N_("Nobody is in this round."))
        self.view = TableView(self.model, language, height=TALL, name=N_("Side by side"), empty=nothing)
        self.view.setMinimumHeight(px(TABLE))
        self.view.opened.connect(lambda row: self.opened.emit(row.id))
        self.view.chosen.connect(self._choose)
        self.potential = Button(words(N_("Potential…")), self.ask_potential)
        self.change = Button(words(N_("Calibrate…")), self.ask_total, kind="primary")
        foot = Foot(self.potential, self.change)
        self.told = foot.told
        card.body.addWidget(self.view, 1)
        card.body.addWidget(foot)
        return card

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(N_("Name"), lambda row: Who(row.name, row.position), kind="person", stretch=True,
                   by=lambda row: row.pinyin),
            Column(N_("Scored by"), lambda row: row.superior, width=96),
            Column(Review.total, width=84),
            Column(Review.grade, self._grade, kind="state", width=72, by=lambda row: row.total),
            Column(N_("As strict as all"), lambda row: row.normalised, kind="number", width=96),
            Column(Review.potential, width=72),
            Column(N_("Nine-box"), self._box, width=116),
            Column(N_("Before"), lambda row: row.last.was if row.last else None, kind="number", width=84),
        )  # fmt: skip

    def _grade(self, row: CalibrationRow) -> State | None:
        grades = [each.grade for each in self.side.grades] if self.side else []
        return State(row.grade, mood_of(row.grade, grades)) if row.grade in grades else None

    def _box(self, row: CalibrationRow) -> str | None:
        return f"{row.box.nth} {self.desk.language.text(row.box.name)}" if row.box else None

    def _charts(self) -> QWidget:
        words, column = self.desk.language.text, QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        spread, boxes = Card(words(N_("How grades are spread"))), Card(words(N_("Nine-box")))
        self.chart = ChartView(words(N_("How grades are spread")))
        self.chart.setFixedHeight(px(CHART))
        self.cautions = Banner("info")
        spread.body.addWidget(self.chart)
        spread.body.addWidget(self.cautions)
        self.boxes = Boxes(self.desk.language)
        boxes.body.addWidget(self.boxes)
        column.addWidget(spread)
        column.addWidget(boxes)
        column.addStretch(1)
        self.charts = scrolled(column)
        return self.charts

    def show_cycle(self, row: CycleRow) -> None:
        """Show a round side by side."""
        self.cycle, shown = row.id, self.view.current_row()
        self.side = found = side_by_side(row.id)
        told = {
            SUPERIOR: len({each.superior for each in found.rows}) > 1,
            STRICT: any(each.normalised is not None for each in found.rows),
        }
        self.view.leave_out(at for at, tells in told.items() if not tells)
        self.model.show(found.rows)
        self.view.select(lambda each: shown is not None and each.id == shown.id) or self.view.select(lambda _: True)
        language = self.desk.language
        self.chart.show_chart(charts.grades(found, language))
        self.cautions.say("\n".join(map(language.text, found.cautions)))
        self._choose(self.view.current_row())

    def _choose(self, row: CalibrationRow | None) -> None:
        self.potential.setEnabled(row is not None)
        self.change.setEnabled(row is not None and not row.signed and bool(row.grade))
        self.told.setText(self._why(row) if row else "")
        people: dict[int, list[str]] = {}
        for each in self.side.rows if self.side else ():
            if each.box:
                people.setdefault(each.box.nth, []).append(each.name)
        self.boxes.put(people, row.box.nth if row and row.box else None)

    def _why(self, row: CalibrationRow) -> str:
        """What is to be said of somebody's total."""
        text = self.desk.language.text
        if row.last:
            return text(M("{day}: {was} → {now}. {reason}", day=row.last.day, was=row.last.was, now=row.last.now,
                          reason=row.last.reason))  # fmt: skip
        if row.signed:
            return text(N_("Signed: the total no longer changes."))
        return "" if row.grade else text(N_("There is no total before everything is scored."))

    # What the owner does

    def ask_total(self) -> None:
        """Ask for another total, and why."""
        row = self.view.current_row()
        if row is None:
            return
        form = TotalForm(self.desk.language, queries.sheet(row.id), day=self.desk.day)
        form.saved.connect(lambda _: self.desk.toast(M("{name} is calibrated", name=row.name), undo=True))
        self.page.ask(form)

    def ask_potential(self) -> None:
        """Ask how far somebody might go."""
        row = self.view.current_row()
        if row is None:
            return
        form = RecordForm(
            self.desk.language, M("Potential of {name}", name=row.name), (Review.potential,),
            partial(service.set_potential, review=row.id), day=self.desk.day, values={"potential": row.potential},
        )  # fmt: skip
        self.page.ask(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide, ways = self.width() >= px(WIDE), QBoxLayout.Direction
        self._across.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self.charts.setMinimumWidth(px(SIDE) if is_wide else 0)
        self.charts.setMaximumWidth(px(SIDE) if is_wide else self.width())
        self.charts.setMinimumHeight(0 if is_wide else self.charts.widget().sizeHint().height())


class TotalForm(RecordForm):
    """Asks for a total and the reason, and says which grade it would be."""

    def __init__(self, language: Language, sheet: ReviewSheet, *, day: date) -> None:
        self._spoken, self._sheet = language, sheet
        super().__init__(
            language, M("Calibrate {name}", name=sheet.name), (Review.total, Calibration.reason), self._keep, day=day,
            values={"total": sheet.total}, act=N_("Calibrate"),
        )  # fmt: skip
        self._set = partial(service.calibrate, review=sheet.id, today=day)
        self.preview = Label("", "accent", parent=self)
        body: Any = self.findChild(QWidget, "panelBody")
        body.layout().insertWidget(2, self.preview)
        self.editors["total"].changed.connect(self._show_grade)
        self._show_grade()
        self.changed = False

    def _keep(self, *, total: Decimal | None, reason: str) -> None:
        if total is None:
            raise Refused(M("Write a number."), "total")
        self._set(total=total, reason=reason)

    def _show_grade(self) -> None:
        try:
            total = self.editors["total"].value()
        except Refused:
            total = None
        said: Message | None = None
        if total is not None:
            given, form = {line.id: line.score for line in self._sheet.dimensions}, self._sheet.form
            level = rules.grade(total, form, vetoed=rules.vetoed(given, form))
            said = M("{was} → {now}", was=self._sheet.grade, now=f"{level.grade} {self._spoken.text(level.name)}")
        self.preview.setText(self._spoken.text(said) if said else "")
