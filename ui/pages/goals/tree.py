"""The cascade as a table: each goal with those that serve it below, what of it is given out, and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from desktopapp.goals import rules
from desktopapp.goals.models import Goal
from desktopapp.goals.queries import Branch
from desktopapp.goals.rules import Allocation, Figure
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.chart import Progress
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.listing import Listing
from ui.kit.pill import State
from ui.kit.table import STANDARD, Column, RecordTable, TableView
from ui.pages.goals.table import MOODS

STEP = "　　"
"""What a goal stands in for each that is above it."""
TAUGHT = N_("No goals meet this period yet. Begin with one of the firm; those of teams and people then serve it.")


class Cascade(Card):
    """A line a goal, the firm's first."""

    opened = Signal(int)
    """A goal is to be changed."""
    below = Signal(object)
    """A goal is wanted that serves this one; or one of the firm, where none is chosen."""

    def __init__(self, desk: Desk, add: Callable[[], object]) -> None:
        super().__init__(padding=0, spacing=0)
        self.desk = desk
        language = desk.language
        self.model = RecordTable(self._columns(), language)
        empty = Empty(language, "target", TAUGHT, N_("New goal"), add)
        self.view = TableView(self.model, language, name=N_("Cascade"), height=STANDARD, empty=empty)
        self.view.opened.connect(lambda row: row and self.opened.emit(row.id))
        self.view.chosen.connect(lambda row: self.serve.setEnabled(row is not None))
        count = N_("{count} {count:goal|goals}")
        self.listing = Listing(desk, self.view, key="cascade", title=N_("Goals"), count=count)
        self.serve = Button(language.text(N_("Add one that serves it")), self._ask, icon="plus")
        self.serve.setEnabled(False)
        self.listing.tools.addStretch(1)
        self.listing.tools.addWidget(self.serve)
        self.body.addWidget(self.listing, 1)

    def _columns(self) -> tuple[Column, ...]:
        language, day = self.desk.language, self.desk.day
        return (
            Column(Goal.name, lambda row: STEP * row.depth + row.goal.goal, stretch=True),
            Column(Goal.person.verbose_name, lambda row: row.goal.name or language.text(N_("The firm")), width=92),
            Column(Goal.period, lambda row: language.period(row.goal.period), width=108),
            Column(Goal.target, lambda row: self._figure(row.goal.target, row.goal.unit), kind="number", width=102),
            Column(N_("Actual"), lambda row: self._figure(row.goal.actual, row.goal.unit), kind="number", width=96),
            Column(N_("Attainment"), lambda row: _reached(row, language, day), kind="progress", width=120),
            Column(N_("Weight above"), _weight, kind="number", width=84),
            Column(N_("Given out"), lambda row: _given(row.goal.allocation, language), kind="state", width=156),
            Column(Goal.state.verbose_name, lambda row: State(rules.label(row.goal.status), MOODS[row.goal.status]),
                   kind="state", width=92),
        )  # fmt: skip

    def _figure(self, value: Figure | None, unit: str) -> str:
        if value is None:
            return "—"
        language = self.desk.language
        return language.short(value) if isinstance(value, Money) else f"{language.show(value)} {unit}".strip()

    def show_branches(self, branches: list[Branch], goal: int) -> None:
        """Put the cascade, with one goal chosen."""
        self.model.show(branches)
        self.view.select(lambda row: row.id == goal)
        self.serve.setEnabled(self.view.current_row() is not None)

    def _ask(self) -> None:
        row: Branch | None = self.view.current_row()
        if row is not None:
            self.below.emit(row.goal)


def _reached(row: Branch, language: Language, day: date) -> Progress:
    goal = row.goal
    passed = rules.elapsed(goal.period, goal.due, day)
    said = language.show(goal.attainment) or "—"
    return Progress(float(goal.attainment or 0), MOODS[goal.status], passed, said)


def _weight(row: Branch) -> str:
    """Its weight within the goal above; nothing where that is made of no weights."""
    if row.above is None or row.above.rollup != rules.WEIGHTED:
        return ""
    weight = row.goal.weight if row.goal.part is None else row.goal.part
    return f"{weight.normalize():f}%"


def _given(of: Allocation | None, language: Language) -> State | str:
    """Whether what is asked is given out to those below: all of it, too little or too much."""
    if of is None:
        return ""
    left = of.left
    if not left:
        return State(N_("All given out"), "good")
    is_over = (left.fen if isinstance(left, Money) else left) < 0
    amount = abs(left.fen if isinstance(left, Money) else left)
    shown = language.short(Money(int(amount))) if isinstance(left, Money) else language.show(amount)
    said: Message = M("{sum} too much", sum=shown) if is_over else M("{sum} still to give", sum=shown)
    return State(language.text(said), "bad" if is_over else "warn")
