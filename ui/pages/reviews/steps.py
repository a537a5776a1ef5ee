"""What is to improve next period: a small table typed straight into, with an empty line always waiting below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.reviews.models import Step
from desktopapp.reviews.queries import StepLine
from ui.kit.editors import RETURN, editor
from ui.kit.label import Label

COLUMNS = (Step.item, Step.action, Step.measure, Step.by, Step.support)
STRETCH = (3, 4, 3, 0, 2)
DAY_WIDTH = 140
"""Pixels a day takes when it is written out."""


class Steps(QWidget):
    """The lines of an improvement plan, kept when a cell is left."""

    told = Signal(object)

    def __init__(
        self, language: Language, day: date, keep: Callable[[Sequence[StepLine]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.language, self.day, self._keep = language, day, keep
        self.lines: list[list[Any]] = []
        self._kept: tuple[StepLine, ...] = ()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(6)
        for column, field in enumerate(COLUMNS):
            self.grid.addWidget(Label(language.text(field.verbose_name), "caption", parent=self), 0, column)
            self.grid.setColumnStretch(column, STRETCH[column])

    def show_steps(self, steps: Sequence[StepLine], *, fixed: bool) -> None:
        """Show a review's plan; one that may be written on has an empty line more."""
        wanted = len(steps) + (not fixed)
        if tuple(steps) == self._kept and len(self.lines) == wanted:
            return
        self._kept = tuple(steps)
        while len(self.lines) > wanted:
            for cell in self.lines.pop():
                cell.deleteLater()
        while len(self.lines) < wanted:
            self._add_line()
        for nth, line in enumerate(self.lines):
            values = steps[nth] if nth < len(steps) else None
            for field, cell in zip(COLUMNS, line, strict=True):
                cell.put(getattr(values, field.name, None))
                cell.setReadOnly(fixed)

    def _add_line(self) -> None:
        line = []
        for column, field in enumerate(COLUMNS):
            cell = editor(field, self.language, self.day)
            cell.setParent(self)
            cell.setPlaceholderText("")
            cell.setMinimumWidth(DAY_WIDTH if field is Step.by else 48)
            cell.setAccessibleName(f"{self.language.text(field.verbose_name)} {len(self.lines) + 1}")
            cell.installEventFilter(self)
            cell.editingFinished.connect(self.leave)
            self.grid.addWidget(cell, len(self.lines) + 1, column)
            cell.show()
            line.append(cell)
        self.lines.append(line)

    def leave(self) -> None:
        """Keep the plan if it is another than before."""
        try:
            steps = self.steps()
            if steps != self._kept:
                self._keep(steps)
        except Refused as no:
            self.told.emit(no.message)

    def steps(self) -> tuple[StepLine, ...]:
        """The lines as typed, those that say nothing left out."""
        typed = [[cell.value() for cell in line] for line in self.lines]
        return tuple(StepLine(item or "", action or "", measure or "", by, support or "")
                     for item, action, measure, by, support in typed if item or action or measure)  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes down, as in a table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in RETURN:
            at = next(((r, c) for r, line in enumerate(self.lines) for c, cell in enumerate(line) if cell is watched))
            if not self.lines[at[0]][at[1]].composing():
                self.leave()
                self.lines[min(at[0] + 1, len(self.lines) - 1)][at[1]].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
