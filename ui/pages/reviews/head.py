"""The head of a review: who it is about, how it stands, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.models import Review
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.rules import WAITED
from ui.kit.avatar import Avatar
from ui.kit.button import IconButton
from ui.kit.label import Elided, Label
from ui.kit.pill import Pill
from ui.pages.reviews.roster import state_of

GRADES = ("good", "good", "accent", "warn", "bad")
"""The mood of a grade by its place, the best first."""


def mood_of(grade: str, grades: Sequence[str]) -> str:
    """The mood of a grade among others, the best of them first."""
    return GRADES[grades.index(grade) * (len(GRADES) - 1) // max(len(grades) - 1, 1)]


def calibrated(sheet: ReviewSheet) -> Message | None:
    """What the scores make by themselves, where the total was set otherwise: it stays so whatever they become."""
    if sheet.total is None or sheet.computed in (None, sheet.total):
        return None
    return M("Calibrated; the scores make {computed}", computed=sheet.computed)


class Head(QWidget):
    """Person and facts at the left, score and grade at the right."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self.avatar, self.pill = Avatar("", 48), Pill()
        self.name, self.facts = Elided("", "name"), Elided("", "secondary")
        self.name.hug()
        self.past = IconButton("history", language.text(N_("Change history")), parent=self)
        self.total, self.grade = Label("", "score"), Pill()
        top, right, figures = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name)
        top.addWidget(self.pill)
        top.addWidget(self.past)
        top.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(top)
        left.addWidget(self.facts)
        figures.setSpacing(8)
        figures.addStretch(1)
        figures.addWidget(self.total)
        figures.addWidget(self.grade)
        right.setSpacing(0)
        self.total_of = Label(language.text(Review.total.verbose_name), "secondary")
        right.addWidget(self.total_of, 0, Qt.AlignmentFlag.AlignRight)
        right.addLayout(figures)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 4)
        row.setSpacing(14)
        row.addWidget(self.avatar)
        row.addLayout(left, 1)
        row.addLayout(right)

    def put(self, sheet: ReviewSheet) -> None:
        """Show a review's head."""
        language = self.language
        self.avatar.put(sheet.name)
        self.name.setText(sheet.name)
        word, mood = state_of(sheet.state, sheet.done, disputed=sheet.disputed, refused=sheet.refusal is not None)
        self.pill.put(language.text(word), mood)
        facts = [sheet.team, sheet.position]
        if sheet.joined:
            facts.append(language.text(M("joined {day}", day=sheet.joined)))
        self.facts.setText(" · ".join(each for each in facts if each))
        whole = sheet.done == len(sheet.dimensions)
        so_far = M("{done} of {count} scored", done=sheet.done, count=len(sheet.dimensions))
        if whole and sheet.missing:
            whole, so_far = False, M("waits for: {kinds}", kinds=tuple(Message(WAITED[each]) for each in sheet.missing))
        told = calibrated(sheet) or Message(Review.total.verbose_name)
        self.total_of.setText(language.text(told if whole else so_far))
        self.total.setText("—" if sheet.total is None or not sheet.done else f"{sheet.total:.1f}")
        self.grade.setVisible(bool(sheet.grade))
        if sheet.grade and sheet.level:
            mood = mood_of(sheet.grade, [level.grade for level in sheet.form.levels])
            self.grade.put(f"{sheet.grade} {language.text(sheet.level.name)}", mood)
