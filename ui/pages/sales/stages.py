"""The owner's stages: their names, what a deal in one counts as, how likely it is won, in what order they come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.sales import service
from desktopapp.sales.models import OPEN, STATUSES, Stage
from desktopapp.sales.queries import written
from desktopapp.sales.queries.written import StageRow
from desktopapp.sales.service import StageDraft
from ui.kit.banner import Banner
from ui.kit.button import Button, IconButton
from ui.kit.desk import Desk
from ui.kit.editors import Line, Picker, ShareLine
from ui.kit.label import Label
from ui.kit.theme import px

WIDTH = 620
"""Pixels of the window."""


class Stages(QDialog):
    """All stages at once: kept together, or told why they cannot be."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        words = desk.language.text
        self.setWindowTitle(words(N_("Sales stages")))
        self.setMinimumWidth(px(WIDTH))
        self.lines: list[StageLine] = []
        self.banner = Banner("bad")
        self.banner.hide()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(0, 1)
        for at, field in enumerate((Stage.label, Stage.status, Stage.probability)):
            self.grid.addWidget(Label(words(field.verbose_name), "caption"), 0, at)
        self.more = Button(words(N_("Another stage")), self.add, icon="plus", kind="quiet")
        self.cancel_button = Button(words(N_("Cancel")), self.reject)
        self.save_button = Button(words(N_("Save")), self.save, kind="primary")
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        told = N_("A deal without a probability of its own has that of its stage. Another name goes along with the "
                  "deals and their history.")  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(words(told), "secondary", wrap=True))
        column.addWidget(self.banner)
        column.addLayout(self.grid)
        column.addStretch(1)
        column.addLayout(foot)
        self.show_stages([StageLine(desk, each, self) for each in written.stage_rows(desk.language)])

    def show_stages(self, lines: Sequence[StageLine]) -> None:
        """Put the stages in this order."""
        for line in self.lines:
            if line not in lines:
                line.drop()
        self.lines = list(lines)
        for nth, line in enumerate(self.lines):
            line.up.setEnabled(nth > 0)
            for at, widget in enumerate(line.widgets):
                self.grid.addWidget(widget, nth + 1, at)

    def add(self) -> None:
        """One stage more, before those that end a deal."""
        line = StageLine(self.desk, StageRow(None, "", OPEN, None), self)
        at = next((n for n, each in enumerate(self.lines) if each.counts.value() != OPEN), len(self.lines))
        self.show_stages([*self.lines[:at], line, *self.lines[at:]])
        line.label.setFocus()

    def raise_line(self, line: StageLine) -> None:
        """Put a stage before the one above it."""
        at = self.lines.index(line)
        if at:
            others = [each for each in self.lines if each is not line]
            self.show_stages([*others[: at - 1], line, *others[at - 1 :]])
            line.up.setFocus()

    def remove(self, line: StageLine) -> None:
        """Leave a stage out."""
        self.show_stages([each for each in self.lines if each is not line])

    def save(self) -> None:
        """Keep all of them; stay, with what was typed, where a rule says no."""
        try:
            service.set_stages(stages=[line.draft() for line in self.lines])
        except Refused as no:
            self.banner.say(self.desk.language.text(no.message))
            return
        self.desk.toast(M("The sales stages are changed"), undo=True)
        self.accept()


class StageLine:
    """One stage as it is being written."""

    def __init__(self, desk: Desk, row: StageRow, dialog: Stages) -> None:
        words = desk.language.text
        self.id = row.id
        self.label = Line(desk.language, Stage.label.max_length, dialog)
        self.label.put(row.label)
        self.label.setAccessibleName(words(Stage.label.verbose_name))
        self.counts = Picker([(key, words(name)) for key, name in STATUSES], parent=dialog)
        self.counts.put(row.status)
        self.counts.setAccessibleName(words(Stage.status.verbose_name))
        self.odds = ShareLine(desk.language, dialog)
        self.odds.put(row.probability)
        self.odds.setFixedWidth(px(90))
        self.odds.setAccessibleName(words(Stage.probability.verbose_name))
        deals = words(M("{count} {count:deal|deals}", count=row.deals)) if row.deals else ""
        self.deals = Label(deals, "caption", parent=dialog)
        self.up = IconButton("chevron-up", words(N_("Further to the front")), self._raise, parent=dialog)
        self.gone = IconButton("x", words(N_("Leave this stage out")), self._remove, parent=dialog)
        self._dialog = dialog

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What stands in its row, from the left."""
        return self.label, self.counts, self.odds, self.deals, self.up, self.gone

    def draft(self) -> StageDraft:
        """The stage as it is to be. Raises `Refused` where its probability is none."""
        return StageDraft(self.id, self.label.value() or "", self.counts.value(), self.odds.value())

    def drop(self) -> None:
        """Take its widgets away."""
        for each in self.widgets:
            each.hide()
            each.deleteLater()

    def _raise(self) -> None:
        self._dialog.raise_line(self)

    def _remove(self) -> None:
        self._dialog.remove(self)
