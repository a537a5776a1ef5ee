"""Under the table: the goal chosen in full, where its figure comes from, and what was noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.goals import queries
from desktopapp.goals.models import Goal
from desktopapp.goals.queries import PARTS, SALES, TYPED, CheckInRow, GoalRow
from desktopapp.goals.rules import Figure
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from ui.kit.button import Button, IconButton
from ui.kit.label import Elided, Label
from ui.kit.theme import px

HEIGHT = 152
MOST = 4
"""Notes of progress shown, the last first."""


class Detail(QFrame):
    """One goal in words and whole figures."""

    def __init__(self, language: Language, take_back: Callable[[int], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language, self._take_back = language, take_back
        self.setProperty("foot", True)
        self.setFixedHeight(px(HEIGHT))
        self.name, self.source = Elided("", "strong"), Label("", "caption")
        self.rows = Button(language.text(N_("Show the rows")), kind="link", parent=self)
        self.past = IconButton("history", language.text(N_("Change history")), parent=self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.rows)
        top.addWidget(self.past)
        self.figures, self.note = Label("", "secondary", wrap=True), Label("", "secondary", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(top)
        for label in (self.figures, self.source, self.note):
            left.addWidget(label)
        left.addStretch(1)
        self.heading = Label(language.text(N_("Progress noted")), "caption")
        self.nothing = Label("", "secondary", wrap=True)
        self.notes = QGridLayout()
        self.notes.setHorizontalSpacing(12)
        self.notes.setVerticalSpacing(2)
        self.notes.setColumnStretch(2, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.heading)
        right.addWidget(self.nothing)
        right.addLayout(self.notes)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    def show_goal(self, row: GoalRow | None, noted: Sequence[CheckInRow]) -> None:
        """Show a goal; none hides the strip."""
        self.setVisible(row is not None)
        if row is None:
            return
        text = self.language.text
        self.name.setText(row.goal)
        said = M("Target {target} · baseline {start} · actual {actual} · {direction}",
                 target=self._figure(row.target, row.unit), start=self._figure(row.start, row.unit),
                 actual=self._figure(row.actual, row.unit),
                 direction=text(Goal.direction.label(row.direction)))  # fmt: skip
        self.figures.setText(text(said))
        self.source.setText(text(source_of(row)))
        self.rows.setVisible(row.source == SALES and bool(queries.rows_of(row.metric)))
        about = M("Closed: {reason}", reason=row.reason) if row.reason else row.note
        self.note.setText(about if isinstance(about, str) else text(about))
        self._show_notes(row, noted)

    def _show_notes(self, row: GoalRow, noted: Sequence[CheckInRow]) -> None:
        while (old := self.notes.takeAt(0)) is not None:
            old.widget().hide()
            old.widget().deleteLater()
        self.nothing.setVisible(not noted)
        counted = N_("Nothing needs to be typed in: the figure is counted from won deals and receipts.")
        waiting = N_("Nothing noted yet. A figure a week is enough to see in time whether it will be reached.")
        self.nothing.setText(self.language.text(counted if row.source == SALES else waiting))
        for line, each in enumerate(noted[:MOST]):
            self.notes.addWidget(Label(self.language.short_day(each.day), "secondary"), line, 0)
            figure = Label(self._figure(each.value, row.unit), "secondary")
            self.notes.addWidget(figure, line, 1, Qt.AlignmentFlag.AlignRight)
            self.notes.addWidget(Elided(each.comment, "secondary"), line, 2)
            words = self.language.text(M("Take out {day}", day=each.day))
            self.notes.addWidget(IconButton("x", words, partial(self._take_back, each.id), parent=self), line, 3)

    def _figure(self, value: Figure | None, unit: str) -> str:
        if value is None:
            return "—"
        written = self.language.show(value)
        return written if isinstance(value, Money) else f"{written} {unit}".strip()


def source_of(row: GoalRow) -> Message:
    """Where a goal's figure comes from, and of which day it is."""
    if row.source == SALES:
        return M("Actual from the sales data, up to {day}", day=row.as_of)
    if row.source == TYPED:
        return M("Actual typed in, as of {day}", day=row.as_of)
    if row.source == PARTS:
        return M("Actual from the goals that serve it, {known} of {count} with a figure", known=row.known,
                 count=row.parts)  # fmt: skip
    return M("No figure yet")
