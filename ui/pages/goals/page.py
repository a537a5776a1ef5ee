"""Goals: people and what their weights add up to on the left, their goals and how they stand on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from desktopapp.goals import queries, rules, service
from desktopapp.goals.models import ACTIVE, CheckIn, Goal
from desktopapp.goals.queries import GoalRow
from desktopapp.kernel.area import Link
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.period import QUARTER, YEAR, Period
from desktopapp.team import queries as team
from ui.kit.avatar import Who
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.empty import Empty
from ui.kit.form import RecordForm
from ui.kit.label import Label
from ui.kit.page import Page
from ui.kit.pair import Pair
from ui.kit.pill import Pill, State
from ui.kit.table import STANDARD, Column, RecordTable, TableView
from ui.kit.theme import px
from ui.pages.goals.detail import Detail
from ui.pages.goals.form import GoalForm
from ui.pages.goals.table import GoalsView, columns, plain

EVERYBODY = 0
"""The first line of the list, which stands for all."""
LIST_WIDTH, BOTH = 216, 800
"""Pixels of the list, and those list and table need together."""
@dataclass(frozen=True, slots=True)
class Agreed:
    """A person in the list, and the sum of the weights agreed with them."""

    id: int
    name: str
    pinyin: str
    whole: Decimal | None


def sum_state(row: Agreed) -> State | None:
    """A sum of weights as a chip: good at 100, bad elsewhere, by its number."""
    if row.id == EVERYBODY:
        return None
    if row.whole is None:
        return State("—", "neutral")
    return State(f"{row.whole.normalize():f}%", "good" if row.whole == 100 else "bad")


class GoalsPage(Page):
    """List and table of one period."""

    tables = frozenset({"goal", "check_in", "person", "deal", "collection", "account"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Goals"))
        self.period = Period.of(desk.day, QUARTER)
        self.person = EVERYBODY
        self.goal = 0
        self._showing = False
        self.periods = Picker((), parent=self)
        self.periods.setAccessibleName(desk.language.text(Goal.period.verbose_name))
        self.periods.setMinimumWidth(180)
        self.periods.changed.connect(self._choose_period)
        self.actions.addWidget(self.periods)
        self.add = self.action(N_("New goal"), self.add_goal, icon="plus", kind="primary")
        self.body.addWidget(Pair(self._list(), self._table(), least=BOTH), 1)
        self.start()

    def _list(self) -> Card:
        language, card = self.desk.language, Card(padding=0, spacing=0)
        card.setFixedWidth(LIST_WIDTH)
        card.body.setContentsMargins(1, 1, 1, 8)
        self.people = RecordTable(
            (
                Column(Goal.person, lambda row: Who(row.name), kind="person", stretch=True, by=lambda row: row.pinyin),
                Column(Goal.weight, sum_state, kind="state", width=76, by=lambda row: row.whole or 0),
            ),
            language,
        )  # fmt: skip
        self.list = TableView(self.people, language, name=N_("People"), height=px(STANDARD))
        self.list.chosen.connect(self._choose_person)
        card.body.addWidget(self.list)
        return card

    def _table(self) -> Card:
        language, card = self.desk.language, Card(padding=0, spacing=0)
        self.model = RecordTable(columns(language, self.desk.day), language)
        nothing = Empty(
            language, "target",
            N_("No goals here yet. Agree on three to five a person, with weights that add up to 100."),
            N_("New goal"), self.add_goal,
        )  # fmt: skip
        self.view = GoalsView(self.model, language, name=N_("Goals"), height=px(STANDARD), empty=nothing)
        self.view.chosen.connect(self._choose_goal)
        self.view.opened.connect(lambda _row: self.change_goal())
        keys, here = QKeySequence.StandardKey.Delete, Qt.ShortcutContext.WidgetShortcut
        QShortcut(keys, self.view, self.delete_goal, context=here)
        self.detail = Detail(language, self.take_back, self)
        self.detail.past.clicked.connect(self.show_past)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addLayout(self._toolbar())
        card.body.addWidget(self.view, 1)
        card.body.addWidget(self.detail)
        return card

    def _toolbar(self) -> QHBoxLayout:
        words = self.desk.language.text
        self.who, self.whole = Label("", "section"), Pill()
        self.note = Button(words(N_("Note progress")), self.check_in, icon="pencil")
        self.change = Button(words(N_("Change")), self.change_goal)
        self.give_up = Button(words(N_("Close it…")), self.close_goal)
        self.take_up = Button(words(N_("Reopen")), self.reopen_goal)
        self.remove = Button(words(N_("Delete")), self.delete_goal, icon="trash-2")
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.who)
        row.addWidget(self.whole)
        row.addStretch(1)
        for button in (self.note, self.change, self.give_up, self.take_up, self.remove):
            row.addWidget(button)
        return row

    def refresh(self, _touched: frozenset[str]) -> None:
        """Read people, weights and goals of the period again."""
        self._show_periods()
        everyone = team.people()
        sums = queries.weight_sums(self.period)
        names = dict(team.names())
        lines = [Agreed(row.id, names[row.id], row.pinyin, sums.get(row.id)) for row in everyone]
        if self.person not in {line.id for line in lines}:
            self.person = EVERYBODY
        self._show_people(lines)
        self._show_goals(queries.standing(period=self.period, person=self.person or None, today=self.desk.day))
        self.subtitle.setText(self.desk.language.text(self._summary(lines)))
        self._show_sum(lines)

    def _show_periods(self) -> None:
        language, day = self.desk.language, self.desk.day
        quarter, year = Period.of(day, QUARTER), Period.of(day, YEAR)
        usual = {quarter.before, quarter, quarter.after, year, year.after, self.period, *queries.periods()}
        self.periods.blockSignals(True)
        self.periods.clear()
        for period in sorted(usual, key=lambda each: (each.end, each.start), reverse=True):
            self.periods.addItem(language.period(period), period)
        self.periods.put(self.period)
        self.periods.blockSignals(False)

    def _show_people(self, lines: Sequence[Agreed]) -> None:
        self._showing = True
        everybody = Agreed(EVERYBODY, self.desk.language.text(N_("Everybody")), "", None)
        self.people.show([everybody, *lines])
        self.list.select(lambda row: row.id == self.person)
        self._showing = False

    def _show_goals(self, rows: Sequence[GoalRow]) -> None:
        self._showing = True
        self.view.show_columns(everybody=self.person == EVERYBODY)
        self.model.show(rows)
        if not self.view.select(lambda row: row.id == self.goal) and rows:
            self.view.selectRow(0)
        self._showing = False
        self._choose_goal(self.view.current_row() if rows else None)

    def _summary(self, lines: Iterable[Agreed]) -> Message:
        known = list(lines)
        return M("{period} · goals add up to 100 for {good} of {count} people", period=self.period,
                 good=sum(line.whole == 100 for line in known), count=len(known))  # fmt: skip

    def _show_sum(self, lines: Sequence[Agreed]) -> None:
        language = self.desk.language
        found = next((line for line in lines if line.id == self.person), None)
        self.who.setText(found.name if found else language.text(N_("Everybody")))
        self.whole.setVisible(found is not None)
        if found:
            whole = found.whole or Decimal(0)
            words = M("Weights add up to {sum}%", sum=whole)
            self.whole.put(language.text(words), "good" if whole == 100 else "bad")

    def _choose_period(self) -> None:
        self.period = self.periods.value()
        self.refresh(self.tables)

    def _choose_person(self, row: Agreed | None) -> None:
        if row and not self._showing:
            self.person = row.id
            self.refresh(self.tables)

    def _choose_goal(self, row: GoalRow | None) -> None:
        if self._showing:
            return
        self.goal = row.id if row else 0
        open_, counted = bool(row and row.state == ACTIVE), bool(row and row.metric in queries.COUNTED)
        self.note.setEnabled(open_ and not counted)
        self.note.setToolTip(self.desk.language.text(N_("This figure comes from the sales data")) if counted else "")
        self.change.setEnabled(open_)
        self.give_up.setVisible(open_ or row is None)
        self.give_up.setEnabled(open_)
        self.take_up.setVisible(bool(row) and not open_)
        self.remove.setEnabled(bool(row))
        self.detail.show_goal(row, queries.checkins(row.id) if row else ())
        if row:
            self.follow_history(Goal, row.id, row.goal)

    def showing(self) -> int | None:
        return self.goal or None

    def arrive(self, record: int | None) -> None:
        """Show one goal, whatever was chosen before."""
        found = _found(record, self.desk)
        if found is not None:
            self.period, self.person, self.goal = found.period, found.person, found.id
        self.refresh(self.tables)

    # What the owner does

    def add_goal(self) -> None:
        """Ask for a new goal; the weight that is still free is filled in."""
        people = team.names()
        if not people:
            self.desk.go(Link("team"))
            return
        person = self.person or self._least_agreed()
        free = 100 - queries.weight_sum(person, self.period)
        values = {"person": person, "period": self.period, "weight": free if 0 < free < 100 else None,
                  "horizon": rules.LONG if self.period.months == YEAR else rules.SHORT}  # fmt: skip
        form = GoalForm(self.desk.language, N_("New goal"), partial(service.set_goal, today=self.desk.day),
                        day=self.desk.day, values=values, people=people)  # fmt: skip
        form.saved.connect(self.arrive)
        self.ask(form)

    def _least_agreed(self) -> int:
        """The first person whose weights do not add up to 100, or the first of all."""
        sums = queries.weight_sums(self.period)
        order = [row.id for row in team.people()]
        return next((person for person in order if sums.get(person) != 100), order[0])

    def change_goal(self) -> None:
        """Ask what is to be another in the goal chosen."""
        row = _found(self.goal, self.desk)
        if row is None or row.state != ACTIVE:
            return
        values = {"period": row.period, "name": row.goal, "metric": row.metric, "unit": row.unit,
                  "start": plain(row.start), "target": plain(row.target), "direction": row.direction,
                  "weight": row.weight, "due": None if row.due == row.period.end else row.due,
                  "horizon": row.horizon, "note": row.note}  # fmt: skip
        keep = partial(service.change_goal, goal=row.id, today=self.desk.day)
        title = M("Change the goal of {name}", name=row.name)
        self.ask(GoalForm(self.desk.language, title, keep, day=self.desk.day, values=values, people=(),
                          person=row.person))  # fmt: skip

    def check_in(self) -> None:
        """Ask where the goal chosen stands."""
        row = _found(self.goal, self.desk)
        if row is None:
            return
        title = M("Progress of “{goal}” ({unit})", goal=row.goal, unit=row.unit)
        keep = partial(_keep_progress, goal=row.id, today=self.desk.day)
        self.ask(RecordForm(self.desk.language, title, (CheckIn.value, CheckIn.day, CheckIn.comment), keep,
                            day=self.desk.day, values={"day": self.desk.day}))  # fmt: skip

    def show_past(self) -> None:
        """Show what was done to the goal chosen."""
        row = _found(self.goal, self.desk)
        if row is not None:
            self.show_history(Goal, row.id, row.goal)

    def take_back(self, checkin: int) -> None:
        """Take out a figure that was noted."""
        service.take_back(checkin=checkin)
        self.desk.toast(M("The figure is taken out"), undo=True)

    def close_goal(self) -> None:
        """Ask why the goal chosen is given up."""
        row = _found(self.goal, self.desk)
        if row is None:
            return
        title = M("Close the goal “{goal}”", goal=row.goal)
        form = RecordForm(self.desk.language, title, (Goal.reason,), partial(_close, row.id), day=self.desk.day,
                          act=N_("Close the goal"))  # fmt: skip
        self.ask(form)

    def reopen_goal(self) -> None:
        """Take the goal chosen up again."""
        service.reopen_goal(goal=self.goal)

    def delete_goal(self) -> None:
        """Take the goal chosen out; it can be undone."""
        row = _found(self.goal, self.desk)
        if row is None:
            return
        service.delete_goal(goal=row.id)
        self.desk.toast(M("Deleted “{goal}”", goal=row.goal), undo=True)


def _found(goal: int | None, desk: Desk) -> GoalRow | None:
    """A goal, if it is still there."""
    try:
        return queries.goal(goal or 0, today=desk.day)
    except LookupError:
        return None


def _keep_progress(*, comment: str | None, **values: Any) -> int:
    return service.check_in(comment=comment or "", **values)


def _close(goal: int, *, reason: str | None) -> None:
    service.close_goal(goal=goal, reason=reason or "")
