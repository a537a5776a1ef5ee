"""What is to improve next period: a small table typed straight into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.reviews.models import Step
from desktopapp.reviews.queries import StepLine
from ui.kit.grid import Entry
from ui.pages.reviews.lines import Lines

ENTRIES = (
    Entry(Step.item, stretch=True), Entry(Step.action, stretch=True), Entry(Step.measure, stretch=True),
    Entry(Step.by, width=122), Entry(Step.support, width=84),
)  # fmt: skip


class Steps(Lines):
    """The steps agreed in a review."""

    def __init__(
        self, language: Language, day: date, keep: Callable[[Sequence[StepLine]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(language, day, ENTRIES, StepLine, keep, name=N_("Improvement steps"), parent=parent)
