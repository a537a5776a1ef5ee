"""What is to improve next period: a small table typed straight into, with an empty line always waiting below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Message
from desktopapp.reviews.models import Step
from desktopapp.reviews.queries import StepLine
from ui.kit.grid import Entry, Grid

ENTRIES = (
    Entry(Step.item, stretch=True), Entry(Step.action, stretch=True), Entry(Step.measure, stretch=True),
    Entry(Step.by, width=122), Entry(Step.support, width=84),
)  # fmt: skip


class Steps(QWidget):
    """The lines of an improvement plan, kept when a cell is left."""

    told = Signal(object)

    def __init__(
        self, language: Language, day: date, keep: Callable[[Sequence[StepLine]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._kept: tuple[StepLine, ...] | None = None
        self.grid = Grid(language, day, ENTRIES, name=N_("Improvement steps"), fits=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.grid.changed.connect(self.leave)

    def show_steps(self, steps: Sequence[StepLine], *, fixed: bool) -> None:
        """Show a review's plan; one that may be written on has an empty line more."""
        cells = self.grid.cells
        is_ready = cells.fixed == fixed and (fixed or cells.rowCount() > 0)
        if tuple(steps) == self._kept and is_ready:
            return
        self._kept = tuple(steps)
        if not is_ready or self._typed() != self._kept:
            self.grid.put([_line(step) for step in steps], fixed=fixed)

    def forget(self) -> None:
        """Another review follows: what could not be kept of this one is not to be taken for that one's."""
        self._kept = None

    def leave(self) -> None:
        """Keep the plan if it is another than before."""
        try:
            steps = self.steps()
            if steps != self._kept:
                self._keep(steps)
        except (Refused, Fault) as no:
            self.told.emit(no.message)

    def steps(self) -> tuple[StepLine, ...]:
        """The lines as typed, those that say nothing left out. Raises `Refused` where a cell is no value."""
        for _, line in self.grid.filled():
            for name, value in line.items():
                if isinstance(value, Message):
                    raise Refused(value, name)
        return tuple(StepLine(**{entry.name: line.get(entry.name) or _nothing(entry) for entry in ENTRIES})
                     for _, line in self.grid.filled())  # fmt: skip

    def _typed(self) -> tuple[StepLine, ...] | None:
        """What stands in the table, none where a cell is no value."""
        try:
            return self.steps()
        except Refused:
            return None


def _line(step: StepLine) -> dict[str, Any]:
    return {entry.name: getattr(step, entry.name) for entry in ENTRIES}


def _nothing(entry: Entry) -> str | None:
    return None if entry.field is Step.by else ""
