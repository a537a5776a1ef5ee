"""Goals: people and what their weights add up to on the left, their goals and how they stand on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget

from desktopapp.goals import queries, rules, service
from desktopapp.goals.models import ACTIVE, CheckIn, Goal
from desktopapp.goals.queries import GoalRow
from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.period import YEAR, Period
from desktopapp.sales.queries import Days, cut_of
from desktopapp.team import queries as team
from desktopapp.team.rules import TEAM
from ui.kit.avatar import Who
from ui.kit.before import backed_up
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.cut_rows import CutRows
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.empty import Empty
from ui.kit.form import RecordForm
from ui.kit.keys import bind
from ui.kit.label import Label
from ui.kit.listing import Listing
from ui.kit.page import Page
from ui.kit.pair import Pair
from ui.kit.pill import Pill, State
from ui.kit.preview import LANGUAGES, About, Job, Option, Preview
from ui.kit.table import STANDARD, Column, RecordTable, TableView
from ui.kit.tabs import Tabs
from ui.pages.goals.detail import Detail
from ui.pages.goals.form import GoalForm
from ui.pages.goals.paste import PasteGoals
from ui.pages.goals.table import GoalsView, columns, plain
from ui.pages.goals.tree import Cascade

EVERYBODY, FIRM = 0, ""
"""The first line of the list, which stands for all; and whose goals the firm's are."""
TAUGHT = N_("No goals here yet. Agree on three to five a person, with weights that add up to 100.")
NOBODY = N_("Goals are agreed with people: add them to the roster first.")
LIST_WIDTH, BOTH = 216, 800
"""Pixels of the list, and those list and table need together."""
_NOT_TYPED = {
    queries.SALES: N_("This figure comes from the sales data"),
    queries.PARTS: N_("This figure is made of the goals that serve it"),
}
"""Why a figure cannot be typed in."""


@frozen
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
    """List and table of one period, or the cascade of the firm's goals."""

    prints = True

    tables = frozenset({"goal", "check_in", "person", "deal", "collection", "account"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Goals"))
        self.period = team.season().of(desk.day)
        self.person = EVERYBODY
        self.goal = 0
        self._showing = False
        self.periods = Picker((), parent=self)
        self.periods.setAccessibleName(desk.language.text(Goal.period.verbose_name))
        self.periods.setMinimumWidth(180)
        self.periods.changed.connect(self._choose_period)
        self.actions.addWidget(self.periods)
        self.print_button = self.action(N_("Print the goals"), self.print_page, icon="printer")
        self.paste = self.action(N_("Paste from Excel"), self.paste_goals, icon="file-spreadsheet")
        self.add = self.action(N_("New goal"), self.add_goal, icon="plus", kind="primary")
        self.tabs = Tabs(desk.language.text(N_("Goals")))
        for title in (N_("By person"), N_("Cascade")):
            self.tabs.addTab(desk.language.text(title))
        self.cascade = Cascade(desk, self.add_goal)
        self.cascade.opened.connect(self._change_branch)
        self.cascade.below.connect(self.add_below)
        self.stack = QStackedWidget()
        self.stack.addWidget(Pair(self._list(), self._table(), width=LIST_WIDTH, least=BOTH, memory=desk.memory,
                                 key="goals"))  # fmt: skip
        self.stack.addWidget(self.cascade)
        self.tabs.currentChanged.connect(self._turn)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.start()

    def _list(self) -> Card:
        language, card = self.desk.language, Card(padding=0, spacing=0)
        card.body.setContentsMargins(1, 1, 1, 8)
        self.people = RecordTable(
            (
                Column(Goal.person, lambda row: Who(row.name), kind="person", stretch=True, by=lambda row: row.pinyin),
                Column(Goal.weight, sum_state, kind="state", width=76, by=lambda row: row.whole or 0),
            ),
            language,
        )  # fmt: skip
        self.list = TableView(self.people, language, name=N_("People"), height=STANDARD)
        self.list.chosen.connect(self._choose_person)
        card.body.addWidget(self.list)
        return card

    def _table(self) -> Card:
        language, card = self.desk.language, Card(padding=0, spacing=0)
        self.model = RecordTable(columns(language, self.desk.day), language)
        nothing = Empty(
            language, "target", TAUGHT, N_("New goal"), self.add_goal,
        )  # fmt: skip
        self.view = GoalsView(self.model, language, name=N_("Goals"), height=STANDARD, empty=nothing, ticks=True)
        self.view.chosen.connect(self._choose_goal)
        self.view.opened.connect(lambda _row: self.change_goal())
        self.view.pasted.connect(self.paste_goals)
        keys, here = QKeySequence.StandardKey.Delete, Qt.ShortcutContext.WidgetShortcut
        bind(self.view, keys, self.delete_goal, language.text(N_("Delete")), context=here)
        self.detail = Detail(language, self.take_back, self)
        self.detail.past.clicked.connect(self.show_past)
        self.detail.rows.clicked.connect(self.show_rows)
        card.body.setContentsMargins(1, 1, 1, 1)
        self.listing = Listing(self.desk, self.view, key="goals", title=N_("Goals"), count=N_("{count} "
                                                                                              "{count:goal|goals}"))
        self._fill_tools()
        card.body.addWidget(self.listing, 1)
        card.body.addWidget(self.detail)
        return card

    def _fill_tools(self) -> None:
        """What can be done with the goal chosen, and what with several at once."""
        words = self.desk.language.text
        self.who, self.whole = Label("", "section"), Pill()
        self.note = Button(words(N_("Note progress")), self.check_in, icon="pencil")
        self.change = Button(words(N_("Change")), self.change_goal)
        self.give_up = Button(words(N_("Close it…")), self.close_goal)
        self.take_up = Button(words(N_("Reopen")), self.reopen_goal)
        self.remove = Button(words(N_("Delete")), self.delete_goal, icon="trash-2")
        tools = self.listing.tools
        tools.addWidget(self.who)
        tools.addWidget(self.whole)
        tools.addStretch(1)
        for button in (self.note, self.change, self.give_up, self.take_up, self.remove):
            tools.addWidget(button)
        self.listing.offer(N_("Set the weight…"), self.weigh_goals)
        self.listing.offer(N_("Close them…"), self.close_goals)
        self.listing.offer(N_("Delete"), self.delete_goals, icon="trash-2")

    def refresh(self, _touched: frozenset[str]) -> None:
        """Read people, weights and goals of the period again."""
        self._show_periods()
        everyone = team.people()
        self.view.empty.teach(TAUGHT if everyone else NOBODY)
        self.view.empty.button.setText(self.desk.language.text(N_("New goal") if everyone else N_("Go to the roster")))
        sums = queries.weight_sums(self.period)
        names = dict(team.names())
        lines = [Agreed(row.id, names[row.id], row.pinyin, sums.get(row.id)) for row in everyone]
        if self.person not in {line.id for line in lines}:
            self.person = EVERYBODY
        self._show_people(lines)
        self._show_goals(queries.standing(period=self.period, person=self.person or None, today=self.desk.day))
        self.subtitle.setText(self.desk.language.text(self._summary(lines)))
        self._show_sum(lines)
        self._show_cascade()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self._show_cascade()

    def _show_cascade(self) -> None:
        """The cascade is worked out where it is seen."""
        if self.stack.currentWidget() is self.cascade:
            self.cascade.show_branches(queries.cascade(self.period, self.desk.day), self.goal)

    def _change_branch(self, goal: int) -> None:
        self.goal = goal
        self.change_goal()

    def _show_periods(self) -> None:
        language, day = self.desk.language, self.desk.day
        season = team.season()
        quarter, year = season.of(day), season.of(day, YEAR)
        usual = {quarter.before, quarter, quarter.after, year, year.after, self.period, *queries.periods()}
        self.periods.blockSignals(True)
        self.periods.clear()
        for period in sorted(usual, key=lambda each: (each.end, each.start), reverse=True):
            self.periods.addItem(language.period(period), period)
        self.periods.put(self.period)
        self.periods.blockSignals(False)

    def _show_people(self, lines: Sequence[Agreed]) -> None:
        self._showing = True
        everybody = Agreed(EVERYBODY, self.desk.language.text(N_("All")), "", None)
        self.people.show([everybody, *lines])
        self.list.select(lambda row: row.id == self.person)
        self._showing = False

    def _show_goals(self, rows: Sequence[GoalRow]) -> None:
        self._showing = True
        self.view.show_columns(everybody=self.person == EVERYBODY)
        self.model.show(rows)
        if not self.view.select(lambda row: row.id == self.goal):
            self.view.select(lambda _row: True)
        self._showing = False
        self._choose_goal(self.view.current_row() if rows else None)

    def _summary(self, lines: Iterable[Agreed]) -> Message:
        known = list(lines)
        return M("{period} · goals add up to 100 for {good} of {count} {count:person|people}", period=self.period,
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
        open_ = bool(row and row.state == ACTIVE)
        self.note.setEnabled(open_ and bool(row and row.is_typed))
        self.note.setToolTip(self.desk.language.text(_NOT_TYPED[row.source]) if row and not row.is_typed else "")
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

    def reveal(self, link: Link) -> None:
        found = _found(link.record, self.desk)
        if found is None or found.period != self.period or self.person not in (EVERYBODY, found.person):
            super().reveal(link)
            return
        self.goal = found.id
        self.refresh(self.tables)

    # What the owner does

    def add_goal(self) -> None:
        """Ask for a new goal; the weight that is still free is filled in."""
        people = team.names()
        if not people:
            self.desk.go(Link("team"))
            return
        in_cascade = self.stack.currentWidget() is self.cascade
        person: int | str = FIRM if in_cascade else self.person or self._least_agreed()
        self._ask_for_goal({"person": person, "period": self.period, "rollup": rules.SUM if in_cascade else rules.OWN})

    def add_below(self, above: GoalRow) -> None:
        """Ask for a goal that serves another: a team's below the firm's, a person's below a team's."""
        whose: int | str = above.person if above.person is not None else self._below(above)
        wanted = {"person": whose, "period": above.period, "parent": above.id, "name": above.goal,
                  "metric": above.metric, "unit": above.unit, "direction": above.direction}  # fmt: skip
        if above.person is not None:  # a year's goal of somebody holds those of his quarters
            wanted["period"] = self.period if self.period.months < above.period.months else above.period
        self._ask_for_goal(wanted)

    def _below(self, above: GoalRow) -> int | str:
        teams = _teams()
        if above.whose is None and teams:
            return teams[0]
        there = [row for row in team.people() if above.whose is None or row.team == above.whose]
        return there[0].id if there else FIRM

    def _ask_for_goal(self, values: dict[str, Any]) -> None:
        whose, period = values["person"], values["period"]
        free = 100 - queries.weight_sum(whose or None, period)
        is_whole = free == 100 and isinstance(whose, str)  # a firm or a team has often but the one
        values = {"weight": free if is_whole or 0 < free < 100 else None,
                  "horizon": rules.LONG if period.months == YEAR else rules.SHORT, **values}  # fmt: skip
        firm = (FIRM, self.desk.language.text(N_("The firm")))
        everyone = [*team.names(), *((each, each) for each in _teams()), firm]
        form = GoalForm(self.desk.language, N_("New goal"), partial(service.set_goal, today=self.desk.day),
                        day=self.desk.day, values=values, people=everyone)  # fmt: skip
        form.saved.connect(self._show_new)
        self.ask(form, self.add_goal)

    def _show_new(self, goal: int) -> None:
        """Show a goal that was set: in the cascade where that is seen, else among its person's."""
        self.goal = goal
        if self.stack.currentWidget() is self.cascade:
            self.refresh(self.tables)
        else:
            self.arrive(goal)

    def print_page(self) -> None:
        """Preview the agreement of the year or the cards of a shorter period, blank or filled in."""
        from desktopapp.goals import report  # here, because the page can be seen before paper is needed

        period, person = self.period, self.person
        name = dict(team.names()).get(person, "")
        options = [LANGUAGES, Option("filled", N_("Content"), ((True, N_("Filled in")), (False, N_("Blank"))))]
        if name:
            only = M("Only {name}", name=name)
            options.append(Option("everyone", N_("People"), ((True, N_("Everybody")), (False, only)), 1))
        names = team.names()

        def chosen(*, everyone: bool = True, **how: Any) -> dict[str, Any]:
            return {**how, "people": None if everyone else [person], "period": period, "today": self.desk.day}

        def make(path: Path, languages: Any, **how: Any) -> object:
            return report.forms(path, languages, **chosen(**how))

        def about(*, everyone: bool = True, **_chosen: Any) -> About:
            return About([who for who in names if everyone or who[0] == person], period)

        def missing(language: Language, **how: Any) -> list[tuple[str, str]]:
            return report.missing_glyphs(language, **chosen(**how))

        title = N_("Annual goal agreement") if period.months == YEAR else N_("Goal card")
        Preview(self.desk, Job(report.code_of(period), title, make, options, about, missing), self).open()

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
                  "horizon": row.horizon, "note": row.note, "parent": row.parent, "part": row.part,
                  "rollup": row.rollup, "cadence": row.cadence, "basis": row.basis, "lower": row.lower}  # fmt: skip
        keep = partial(service.change_goal, goal=row.id, today=self.desk.day)
        title = M("Change the goal of {name}", name=row.name)
        self.ask(GoalForm(self.desk.language, title, keep, day=self.desk.day, values=values, people=(),
                          whose=row.whose, goal=row.id), self.change_goal)  # fmt: skip

    def check_in(self) -> None:
        """Ask where the goal chosen stands."""
        row = _found(self.goal, self.desk)
        if row is None:
            return
        title = M("Progress of “{goal}” ({unit})", goal=row.goal, unit=row.unit)
        keep = partial(_keep_progress, goal=row.id, today=self.desk.day)
        self.ask(RecordForm(self.desk.language, title, (CheckIn.value, CheckIn.day, CheckIn.comment), keep,
                            day=self.desk.day, values={"day": self.desk.day}), self.check_in)  # fmt: skip

    def show_past(self) -> None:
        """Show what was done to the goal chosen."""
        row = _found(self.goal, self.desk)
        if row is not None:
            self.show_history(Goal, row.id, row.goal)

    def show_rows(self) -> None:
        """Open what the figure of the goal chosen is made of."""
        row = _found(self.goal, self.desk)
        if row is None or not queries.rows_of(row.metric):
            return
        cut = cut_of(queries.rows_of(row.metric), _span(row), self.desk.day, person=row.person,
                     team=row.team if row.scope == TEAM else "")  # fmt: skip
        CutRows(self.desk, cut, self).open()

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
        self.ask(form, self.close_goal)

    def reopen_goal(self) -> None:
        """Take the goal chosen up again."""
        service.reopen_goal(goal=self.goal)

    def weigh_goals(self) -> None:
        """Ask what weight the marked goals are to have."""
        marked = self.view.selected_numbers()
        title = M("Weight of {count} {count:goal|goals}", count=len(marked))
        self.ask(RecordForm(self.desk.language, title, (Goal.weight,), partial(_weigh, marked), day=self.desk.day))

    def close_goals(self) -> None:
        """Ask why the marked goals are given up."""
        marked = self.view.selected_numbers()
        title = M("Close {count} {count:goal|goals}", count=len(marked))
        self.ask(RecordForm(self.desk.language, title, (Goal.reason,), partial(_close_all, marked), day=self.desk.day,
                            act=N_("Close them")))  # fmt: skip

    def delete_goals(self) -> None:
        """Take the marked goals out; one undo brings all back."""
        marked = self.view.selected_numbers()
        backed_up(self.desk, len(marked), partial(self._delete_goals, marked), why="delete")

    def _delete_goals(self, marked: Sequence[int]) -> None:
        service.delete_goals(goals=marked)
        self.desk.toast(M("Deleted {count} {count:goal|goals}", count=len(marked)), undo=True)

    def paste_goals(self, _text: str = "") -> None:
        """Take in goals that were copied in Excel, once they were looked at."""
        people = team.names()
        if not people:
            self.desk.go(Link("team"))
            return
        dialog = PasteGoals(self.desk, people, self.person or self._least_agreed(), self.period, self)
        dialog.taken.connect(self._show_pasted)
        dialog.open()

    def _show_pasted(self, person: int, first: int) -> None:
        self.person, self.goal = person, first
        self.refresh(self.tables)

    def delete_goal(self) -> None:
        """Take the goal chosen out; it can be undone. Where several are marked, all of them."""
        if self.view.marked_count() > 1:
            self.delete_goals()
            return
        row = _found(self.goal, self.desk)
        if row is None:
            return
        service.delete_goal(goal=row.id)
        self.desk.toast(M("Deleted “{goal}”", goal=row.goal), undo=True)


def _span(row: GoalRow) -> Period | Days:
    """From when to when a goal's figure is counted."""
    return row.period if row.due == row.period.end else Days(row.period.start, row.due)


def _teams() -> list[str]:
    """The teams there are."""
    return list(dict.fromkeys(row.team for row in team.people() if row.team))


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


def _close_all(goals: Sequence[int], *, reason: str | None) -> None:
    service.close_goals(goals=goals, reason=reason or "")


def _weigh(goals: Sequence[int], *, weight: Decimal | None) -> None:
    if weight is None:
        raise Refused(M("Give a weight."), "weight")
    service.weigh_goals(goals=goals, weight=weight)
