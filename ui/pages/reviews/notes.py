"""Under the scores: what was agreed and reached, the words of the review, what to improve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktopapp.goals.models import Goal
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.reviews.models import Review
from desktopapp.reviews.queries import GoalLine, ReviewSheet
from desktopapp.reviews.rules import Form, told
from ui.kit.chart import Progress, ProgressBar
from ui.kit.label import Elided, Label
from ui.kit.pill import mood_of
from ui.pages.reviews.noted import Hint
from ui.pages.reviews.prose import Prose, emptied

TEXTS = (Review.highlights, Review.improve, Review.comment, Review.opinion)
"""The written parts of a review, in the order of the printed form."""


class Goals(QWidget):
    """The goals of the period with their figures."""

    HEADS = (Goal.name.verbose_name, Goal.target.verbose_name, Goal.weight.verbose_name, N_("Actual"), N_("Attainment"),
             N_("Points"))  # fmt: skip

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnMinimumWidth(4, 96)

    def put(self, goals: Sequence[GoalLine], form: Form) -> None:
        """Show these goals, or that there are none; where they count, what each earns and by which rule."""
        emptied(self.grid)
        if not goals:
            words = self.language.text(N_("No goals were agreed for this period."))
            self.grid.addWidget(Label(words, "secondary", parent=self), 0, 0, 1, 6)
        for column, head in enumerate(self.HEADS if goals else ()):
            if column < 5 or form.goal_weight:
                self.grid.addWidget(Label(self.language.text(head), "caption", parent=self), 0, column, _side(column))
        for row, goal in enumerate(goals, 1):
            self._add(row, goal, counts=bool(form.goal_weight))
        if form.goal_weight:
            rule = Label(self.language.text(told.goals(form)), "caption", wrap=True, parent=self)
            self.grid.addWidget(rule, len(goals) + 1, 0, 1, 6)

    def _add(self, row: int, goal: GoalLine, *, counts: bool) -> None:
        show, unit = self.language.show, goal.unit
        self.grid.addWidget(Elided(goal.name, "secondary", parent=self), row, 0)
        for column, words in ((1, figure(self.language, goal.target, unit)), (2, f"{show(goal.weight)}%"),
                              (3, figure(self.language, goal.actual, unit))):  # fmt: skip
            self.grid.addWidget(Label(words, "secondary", parent=self), row, column, _side(column))
        self.grid.addWidget(_Reached(show(goal.attainment) or "—", goal, self), row, 4)
        if counts:
            self.grid.addWidget(Label(show(goal.points) or "—", "secondary", parent=self), row, 5, _side(5))


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight


def figure(language: Language, value: object, unit: str) -> str:
    """A goal's figure with its unit; a sum of money carries its own."""
    if value is None:
        return "—"
    written = language.show(value)
    return written if written.startswith(("¥", "-¥")) else f"{written} {unit}".strip()


class _Reached(QWidget):
    """An attainment as a number over a bar."""

    def __init__(self, words: str, goal: GoalLine, parent: QWidget) -> None:
        super().__init__(parent)
        share = float(goal.attainment or 0)
        mood = mood_of(share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        number = Label(words, mood if goal.attainment is not None else "caption", parent=self)
        column.addWidget(number, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(ProgressBar(Progress(share, mood), self))


class Texts(QWidget):
    """The written parts, each kept when it is left."""

    told = Signal(object)

    def __init__(self, language: Language, keep: Callable[[str, str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self.boxes = {field.name: Prose(language, language.text(field.verbose_name), partial(keep, field.name), self)
                      for field in TEXTS}  # fmt: skip
        self.hints = {name: Hint(language, box) for name, box in self.boxes.items() if name != Review.opinion.name}
        for nth, field in enumerate(TEXTS):
            cell = QVBoxLayout()
            cell.setSpacing(4)
            label = Label(language.text(field.verbose_name), "secondary", parent=self)
            label.setBuddy(self.boxes[field.name])
            self.boxes[field.name].told.connect(self.told)
            cell.addWidget(label)
            cell.addWidget(self.boxes[field.name])
            if field.name in self.hints:
                cell.addWidget(self.hints[field.name])
            cell.addStretch(1)
            grid.addLayout(cell, nth // 2, nth % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def put(self, sheet: ReviewSheet, *, fixed: bool) -> None:
        """Show a review's words."""
        for name, box in self.boxes.items():
            box.show_text(getattr(sheet, name), of=sheet.id, fixed=fixed)
