"""The table of goals: what was agreed, how far it has come, how it stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtGui import QResizeEvent

from desktopapp.goals import rules
from desktopapp.goals.models import ACTIVE, Goal
from desktopapp.goals.queries import GoalRow
from desktopapp.goals.rules import Figure
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.kernel.money import Money
from ui.kit.avatar import Who
from ui.kit.chart import Progress
from ui.kit.column import CHOICE, NUMBER
from ui.kit.pill import State
from ui.kit.table import Column, TableView

PERSON, METRIC, START = 0, 2, 3
"""The columns that are left out at times."""
ROOMY = 900
"""Pixels from which all columns of one person's goals are shown."""
MOODS = {
    rules.ACHIEVED: "good", rules.ON_TRACK: "accent", rules.AT_RISK: "warn", rules.BEHIND: "bad", rules.MISSED: "bad",
    rules.UNKNOWN: "neutral", rules.GIVEN_UP: "neutral",
}  # fmt: skip


class GoalsView(TableView):
    """The table of goals. Everybody's do without metric and baseline; so do one person's where room is short."""

    everybody = True

    def show_columns(self, *, everybody: bool) -> None:
        """Show the columns for everybody's goals or for one person's."""
        self.everybody = everybody
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left_out = {METRIC, START} if self.everybody or self.width() < ROOMY else set()
        self.leave_out(left_out if self.everybody else {*left_out, PERSON})


def columns(language: Language, day: date) -> tuple[Column, ...]:
    """The table's columns; sums are short here and whole in the detail."""

    def figure(name: str, of: Any, width: int = 84) -> Column:
        return Column(of, partial(_short, language, name), kind="number", width=width, narrow=NUMBER,
                      by=lambda row: plain(getattr(row, name)), plain=attrgetter(name),
                      unit=lambda row: row.unit)  # fmt: skip

    return (
        Column(Goal.person, lambda row: Who(row.name), kind="person", width=124, by=lambda row: row.pinyin),
        Column(Goal.name, lambda row: row.goal, stretch=True),
        Column(Goal.metric, lambda row: row.metric_name or "—", width=104, narrow=CHOICE),
        figure("start", N_("Baseline")),
        figure("target", Goal.target.verbose_name, 96),
        figure("actual", N_("Actual"), 92),
        Column(N_("Attainment"), partial(_reached, language, day), kind="progress", width=116,
               by=lambda row: row.attainment, plain=lambda row: row.attainment),
        Column(Goal.weight, lambda row: f"{row.weight.normalize():f}%", kind="number", width=68,
               by=lambda row: row.weight, plain=lambda row: row.weight, unit=lambda _row: "%"),
        Column(Goal.due, lambda row: language.short_day(row.due), width=80, by=lambda row: row.due,
               plain=lambda row: row.due),
        Column(Goal.state.verbose_name, lambda row: State(rules.label(row.status), MOODS[row.status]), kind="state",
               width=92),
    )  # fmt: skip


def _short(language: Language, name: str, row: GoalRow) -> str:
    value: Figure | None = getattr(row, name)
    if value is None:
        return "—"
    return language.short(value) if isinstance(value, Money) else f"{language.show(value)} {row.unit}".strip()


def _reached(language: Language, day: date, row: GoalRow) -> Progress:
    passed = rules.elapsed(row.period, row.due, day)
    mood = MOODS[row.status]
    return Progress(float(row.attainment or 0), mood, passed if row.state == ACTIVE else None,
                    language.show(row.attainment) or "—")  # fmt: skip


def plain(figure: Figure | None) -> Decimal | None:
    """A figure as the number that is typed: a sum in yuan."""
    return figure.in_yuan if isinstance(figure, Money) else figure
