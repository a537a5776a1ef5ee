"""What follows from a result: each use with what proposes it, taken by a tick, or declined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.outcomes import unanswered
from desktopapp.reviews.rules import OUTCOMES, PLAN, TRAINING, weakest
from ui.kit.button import Button
from ui.kit.label import Label

REWARD = "reward"


class Outcomes(QWidget):
    """A line for each use of a result. A proposal is accepted by its tick; later areas are told of what is ticked."""

    declining = Signal(str)
    reconsidering = Signal(str)
    opening = Signal()
    """The plan that was decided on is to be looked at."""

    def __init__(
        self, language: Language, keep: Callable[[list[str]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.language, self._keep, self._declined = language, keep, frozenset[str]()
        self.boxes = {key: QCheckBox(language.text(label), self) for key, label in OUTCOMES}
        self.reasons = {key: Label("", "caption", wrap=True, parent=self) for key, _ in OUTCOMES}
        self.answers = {key: self._answer(key, label) for key, label in OUTCOMES}
        self.plan = Button(language.text(N_("To the plan")), self.opening.emit, kind="link", parent=self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for nth, (key, box) in enumerate(self.boxes.items()):
            grid.addWidget(box, nth, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.reasons[key], nth, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.answers[key], nth, 2, Qt.AlignmentFlag.AlignVCenter)
            box.clicked.connect(self._changed)
        grid.addWidget(self.plan, list(self.boxes).index(PLAN), 3, Qt.AlignmentFlag.AlignVCenter)

    def _answer(self, key: str, label: str) -> Button:
        button = Button(self.language.text(N_("Decline")), partial(self._turn, key), kind="link", parent=self)
        kept = button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # or the lines would jump when one is answered
        button.setSizePolicy(kept)
        button.setAccessibleName(f"{button.text()} {self.language.text(label)}")
        return button

    def put(self, sheet: ReviewSheet, *, fixed: bool) -> None:
        """Show a review's outcomes."""
        text, self._declined = self.language.text, frozenset(sheet.declined)
        for key, box in self.boxes.items():
            said = reason(key, sheet)
            box.setChecked(key in sheet.outcomes)
            box.setEnabled(not fixed)
            self.reasons[key].setText(text(said) if said else "")
            button = self.answers[key]
            button.setText(text(N_("Reconsider") if key in sheet.declined else N_("Decline")))
            is_open = key in sheet.declined or (key in sheet.suggested and key not in sheet.outcomes)
            button.setVisible(is_open and not fixed)
        self.plan.setVisible(PLAN in sheet.outcomes)

    def _turn(self, key: str) -> None:
        (self.reconsidering if key in self._declined else self.declining).emit(key)

    def _changed(self) -> None:
        self._keep([key for key, box in self.boxes.items() if box.isChecked()])


def open_proposals(sheet: ReviewSheet) -> Iterator[Message]:
    """Says which proposals are neither accepted nor declined; nothing where there are none."""
    left = unanswered(sheet)
    if names := tuple(Message(label) for key, label in OUTCOMES if key in left):
        yield M("Neither accepted nor declined: {outcomes}. They will not be passed on.", outcomes=names)


def reason(key: str, sheet: ReviewSheet) -> Message | None:
    """What speaks for a use of the result, and what became of it; nothing where nothing does."""
    if key in sheet.declined:
        return M("Proposed, declined")
    if key not in sheet.suggested:
        return None
    if key == REWARD and sheet.factor is not None:
        return M("Proposed: grade {grade}, performance coefficient {factor}",
                 grade=sheet.grade, factor=f"{sheet.factor.normalize():f}")  # fmt: skip
    weak = weakest(sheet.form, {line.id: line.score for line in sheet.dimensions})
    if key == TRAINING and weak:
        return M("Proposed: weakest in {dimensions}", dimensions=tuple(each.name for each in weak))
    return M("Proposed: grade {grade}", grade=sheet.grade)
