"""What follows for everybody of a round: coefficients to pay by, uses, measures, and proposals to be answered."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktopapp.kernel.message import N_, M
from desktopapp.reviews import service
from desktopapp.reviews.models import Review
from desktopapp.reviews.queries import CycleRow
from desktopapp.reviews.queries.outcomes import OutcomeRow, outcomes
from ui.kit.avatar import Who
from ui.kit.button import Button
from ui.kit.card import Card, Foot
from ui.kit.empty import Empty
from ui.kit.page import Page
from ui.kit.pill import State
from ui.kit.table import TALL, Column, RecordTable, TableView
from ui.pages.reviews.head import mood_of

MEASURES = 6
"""A column that is left out where nobody has any."""


class ResultsView(Card):
    """A table that can be copied into a payroll, and the proposals of the person chosen."""

    opened = Signal(int)
    """A review is to be looked at."""

    def __init__(self, page: Page) -> None:
        super().__init__(padding=0, spacing=0)
        self.desk, self.cycle = page.desk, 0
        words, language = self.desk.language.text, self.desk.language
        self.model = RecordTable(_columns(), language)
        nothing = Empty(language, "trophy", N_("Nobody is in this round."))
        self.view = TableView(self.model, language, height=TALL, name=N_("What follows"), empty=nothing)
        self.view.opened.connect(lambda row: self.opened.emit(row.id))
        self.view.chosen.connect(self._choose)
        self.look = Button(words(N_("Open the review")), self._open)
        self.accept = Button(words(N_("Accept what is proposed")), self.accept_proposals, kind="primary")
        foot = Foot(self.look, self.accept)
        self.told = foot.told
        self.body.addWidget(self.view, 1)
        self.body.addWidget(foot)

    def show_cycle(self, row: CycleRow) -> None:
        """Show what follows from a round."""
        self.cycle, shown = row.id, self.view.current_row()
        found = outcomes(row.id)
        self.view.leave_out(() if any(each.measures for each in found) else (MEASURES,))
        self.model.show(found)
        self.view.select(lambda each: shown is not None and each.id == shown.id) or self.view.select(lambda _: True)
        self._choose(self.view.current_row())

    def _choose(self, row: OutcomeRow | None) -> None:
        self.look.setEnabled(row is not None)
        self.accept.setEnabled(row is not None and bool(row.open) and not row.is_signed)
        said = N_("Coefficients multiply the performance bonus. Ctrl+C copies the rows chosen into a spreadsheet.")
        if row is not None and row.is_signed and row.open:
            said = N_("Signed: what was proposed without an answer is not passed on.")
        self.told.setText(self.desk.language.text(said))

    def _open(self) -> None:
        if row := self.view.current_row():
            self.opened.emit(row.id)

    def accept_proposals(self) -> None:
        """Accept every proposal of the person chosen that has no answer yet."""
        if row := self.view.current_row():
            service.accept_proposals(review=row.id)
            self.desk.toast(M("What was proposed for {name} is accepted", name=row.name), undo=True)


def _columns() -> tuple[Column, ...]:
    return (
        Column(N_("Name"), lambda row: Who(row.name, row.position), kind="person", width=150,
               by=lambda row: row.pinyin),
        Column(Review.total, width=78),
        Column(Review.grade, _grade, kind="state", width=72, by=lambda row: row.total, plain=lambda row: row.grade),
        Column(Review.factor, width=92),
        Column(Review.outcomes, lambda row: row.used, width=128, kind="text", narrow=""),
        Column(N_("To decide"), lambda row: row.open, stretch=True, narrow=""),
        Column(N_("Measures"), lambda row: row.measures, width=116, narrow=""),
        Column(Review.state, lambda row: State(*_state(row)), kind="state", width=92),
    )  # fmt: skip


def _grade(row: OutcomeRow) -> State | None:
    return State(row.grade, mood_of(row.grade, row.grades)) if row.grade else None


def _state(row: OutcomeRow) -> tuple[str, str]:
    return (N_("Signed"), "good") if row.is_signed else (N_("Not signed"), "neutral")
