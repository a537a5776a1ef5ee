"""The grades of a template, what total each takes and what it leads to; and the positions reviewed by it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import N_, M
from desktopapp.reviews.rules import Form, drafting
from ui.kit.button import Button, IconButton
from ui.kit.editors import Line, NumberLine
from ui.kit.label import Label
from ui.kit.scrolled import scrolled
from ui.kit.several import Several
from ui.kit.theme import px
from ui.pages.reviews.dimensions import Short
from ui.pages.reviews.draft import Draft
from ui.pages.reviews.prose import emptied

HEADS = (N_("Grade"), N_("Grade in words"), N_("From a total of"), N_("Expected share in percent"),
         N_("Performance coefficient"), N_("What follows"))  # fmt: skip
WIDTHS = (64, 136, 84, 84, 84, 0)
"""Pixels of the columns; the last takes the rest."""
LINES = 12
"""Positions seen at once."""


class Grades(QWidget):
    """A line for each grade, the best first."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.lines: dict[tuple[str, int], Any] = {}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(len(HEADS) - 1, 1)
        words, column, whole = draft.language.text, QVBoxLayout(), QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(self.grid)
        self.add = Button(words(N_("Add a grade")), self.add_grade, icon="plus", kind="link")
        adding = QHBoxLayout()
        adding.addWidget(self.add)
        adding.addStretch(1)
        column.addLayout(adding)
        for told in (N_("A better grade takes a higher total and never leads to a lower coefficient. The bonus for a "
                        "period is multiplied by it."),
                     N_("Expected shares are for the chart of the round alone; in a team under ten they are "
                        "information only. All zero where nothing is expected.")):  # fmt: skip
            column.addWidget(Label(words(told), "caption", wrap=True))
        column.addStretch(1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(column))

    def put(self) -> None:
        """Show the grades as the draft has them."""
        self.draft.forget("grade:")
        emptied(self.grid)
        self.lines = {}
        for column, head in enumerate(HEADS):
            label = Label(self.draft.language.text(head), "caption", wrap=True, parent=self)
            if WIDTHS[column]:
                label.setFixedWidth(px(WIDTHS[column]))
            self.grid.addWidget(label, 0, column)
        for nth, level in enumerate(self.draft.form.levels):
            draft, effect = self.draft, self.draft.form.effects[nth]
            self._text(nth, 0, level.grade, partial(self._level, nth, "grade"))
            self._text(nth, 1, draft.text(level.name), partial(self._level_text, nth, "name"))
            self._number(nth, 2, level.least, partial(self._level, nth, "least"))
            self._number(nth, 3, level.share, partial(self._level, nth, "share"))
            self._number(nth, 4, effect.factor, partial(self._effect, nth, "factor"))
            box = self._add(Short(draft.language, self), nth, 5)
            draft.write(box, draft.text(effect.action), partial(self._action, nth))
            said = draft.language.text(M("Take out the grade {grade}", grade=level.grade))
            out = IconButton("trash-2", said, partial(self.take_out, nth), parent=self)
            out.setEnabled(len(draft.form.levels) > drafting.FEWEST_GRADES)
            self.grid.addWidget(out, nth + 1, len(HEADS))

    def add_grade(self) -> None:
        """An empty grade above the lowest, ready to be named."""
        self.draft.set(drafting.grade_added(self.draft.form))
        self.put()
        self.lines[HEADS[0], len(self.draft.form.levels) - 2].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_out(self, nth: int) -> None:
        """Take a grade out, with what follows from it."""
        self.draft.set(drafting.grade_removed(self.draft.form, nth))
        self.put()

    def _text(self, nth: int, column: int, value: str, take: Any) -> None:
        line = self._add(Line(self.draft.language), nth, column)
        self.draft.write(line, value, take)

    def _number(self, nth: int, column: int, value: Decimal, take: Any) -> None:
        line = self._add(NumberLine(self.draft.language), nth, column)
        self.draft.number(line, f"grade:{nth}:{column}", value, take)

    def _add(self, line: Any, nth: int, column: int) -> Any:
        head = self.draft.language.text(HEADS[column])
        line.setAccessibleName(f"{self.draft.form.levels[nth].grade} {head}")
        if WIDTHS[column]:
            line.setFixedWidth(px(WIDTHS[column]))
        self.grid.addWidget(line, nth + 1, column)
        self.lines[HEADS[column], nth] = line
        return line

    def _level(self, nth: int, field: str, value: Any) -> Form:
        form = self.draft.form
        levels = tuple(replace(each, **{field: value}) if at == nth else each for at, each in enumerate(form.levels))
        if field != "grade":
            return replace(form, levels=levels)
        return replace(self._effect(nth, "grade", value), levels=levels)

    def _level_text(self, nth: int, field: str, text: str) -> Form:
        return self._level(nth, field, self.draft.written(getattr(self.draft.form.levels[nth], field), text))

    def _effect(self, nth: int, field: str, value: Any) -> Form:
        form = self.draft.form
        return replace(form, effects=tuple(
            replace(each, **{field: value}) if at == nth else each for at, each in enumerate(form.effects)
        ))  # fmt: skip

    def _action(self, nth: int, text: str) -> Form:
        return self._effect(nth, "action", self.draft.written(self.draft.form.effects[nth].action, text))


class Positions(QWidget):
    """Whose positions are reviewed by the template, whichever of its kind a round is started with."""

    changed = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words, column = draft.language.text, QVBoxLayout(self)
        self.list = Several(LINES)
        self.list.setAccessibleName(words(N_("Positions")))
        self.list.changed.connect(self.changed)
        told = N_("A round of this kind is started with one template; people of the positions ticked here are "
                  "reviewed by this one in it.")  # fmt: skip
        self.nothing = Label(words(N_("Nobody on the roster has a position.")), "secondary", wrap=True)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Label(words(told), "secondary", wrap=True))
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        column.addStretch(1)

    def put(self, positions: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        """Offer these positions, each with its words, some of them ticked."""
        self.list.blockSignals(True)
        self.list.offer(positions)
        self.list.put(ticked)
        self.list.blockSignals(False)
        self.list.setVisible(bool(positions))
        self.nothing.setVisible(not positions)

    def value(self) -> frozenset[str]:
        """The positions ticked."""
        return frozenset(self.list.value())
