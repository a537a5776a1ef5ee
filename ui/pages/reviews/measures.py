"""What is done about a bad result: measures the law knows, and how much of a loss may be withheld from a wage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.reviews import rules, service
from desktopapp.reviews.models import Measure
from desktopapp.reviews.queries import MeasureLine, ReviewSheet
from desktopapp.reviews.queries.measures import MeasureKind, last_minimum, measure_kinds
from desktopapp.reviews.rules import COMPENSATION
from ui.kit.button import Button
from ui.kit.editors import Line, MoneyLine, choice
from ui.kit.form import RecordForm
from ui.kit.label import Label
from ui.pages.reviews.prose import emptied

ASKED = (Measure.kind, Measure.text, Measure.basis, Measure.loss, Measure.wage, Measure.minimum)
SUMS = ("loss", "wage", "minimum")


class Measures(QWidget):
    """The measures that were decided, each with what it rests on and what the law allows of it."""

    deciding = Signal()
    dropping = Signal(int)

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self._shown: object = None
        self.drops: dict[int, Button] = {}
        self.lines = QVBoxLayout()
        self.lines.setSpacing(8)
        self.add = Button(language.text(N_("Decide a measure…")), self.deciding.emit, icon="plus", kind="link")
        self.none = Label(language.text(N_("None was decided.")), "secondary")
        row = QHBoxLayout()
        row.addWidget(self.none)
        row.addWidget(self.add)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.lines)
        column.addLayout(row)

    def put(self, measures: Sequence[MeasureLine], *, fixed: bool) -> None:
        """Show these measures."""
        now = (tuple(measures), fixed)
        if now == self._shown:
            return
        self._shown = now
        emptied(self.lines)
        self.drops = {}
        for each in measures:
            self.lines.addWidget(self._line(each, fixed=fixed))
        self.none.setVisible(fixed and not measures)
        self.add.setVisible(not fixed)

    def _line(self, of: MeasureLine, *, fixed: bool) -> QWidget:
        text, line = self.language.text, QWidget(self)
        row, column = QHBoxLayout(line), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(text(_named(of)), wrap=True, parent=line))
        if of.basis:
            column.addWidget(Label(text(M("By {basis}", basis=of.basis)), "secondary", wrap=True, parent=line))
        for said in explained(of):
            column.addWidget(Label(text(said), "caption", wrap=True, parent=line))
        row.addLayout(column, 1)
        if not fixed:
            drop = Button(text(N_("Take back")), partial(self.dropping.emit, of.id), kind="link", parent=line)
            drop.setAccessibleName(f"{text(N_('Take back'))} {text(_named(of))}")
            row.addWidget(drop)
            self.drops[of.id] = drop
        return line


def _kind(key: str) -> MeasureKind:
    return next(each for each in measure_kinds() if each.id == key)


def _named(of: MeasureLine) -> Message | Both:
    name = _kind(of.kind).name
    return M("{measure}: {text}", measure=name, text=of.text) if of.text else name


def explained(of: MeasureLine) -> Sequence[Message]:
    """How much of a loss may be withheld, sum by sum; nothing for a measure without a sum."""
    if of.kind != COMPENSATION:
        return ()
    return rules.explained(rules.deduction(loss=of.loss, wage=of.wage, minimum=of.minimum))


class MeasureForm(RecordForm):
    """Asks for a measure, says what the law wants of it, and works out what may be withheld while sums are typed."""

    def __init__(self, language: Language, sheet: ReviewSheet, *, day: date) -> None:
        self._spoken = language
        kinds = choice([(each.id, language.text(each.name)) for each in measure_kinds()])
        super().__init__(
            language, M("A measure for {name}", name=sheet.name), ASKED,
            partial(service.decide_measure, review=sheet.id), day=day, act=N_("Decide"),
            values={"minimum": last_minimum()},
            editors={"kind": kinds, "basis": Line(language)} | {name: MoneyLine(language) for name in SUMS},
        )  # fmt: skip
        self.law = Label("", "secondary", wrap=True, parent=self)
        self.cap = Label("", "accent", wrap=True, parent=self)
        body: Any = self.findChild(QWidget, "panelBody")
        body.layout().insertWidget(2, self.law)
        body.layout().insertWidget(body.layout().count() - 1, self.cap)
        kinds.changed.connect(self._show_kind)
        for name in SUMS:
            self.editors[name].changed.connect(self._show_cap)
        self._show_kind()
        self.changed = False

    def _show_kind(self) -> None:
        """What a kind of measure takes; sums are asked for one kind alone."""
        kind, text = _kind(self.editors["kind"].value()), self._spoken.text
        said = [M("When: {condition}", condition=kind.condition), M("How: {way}", way=kind.way),
                M("The law: {legal}", legal=kind.legal)]  # fmt: skip
        self.law.setText("\n".join(map(text, said)))
        for name in SUMS:
            self.rows[name].setVisible(kind.id == COMPENSATION)
        self._show_cap()

    def _show_cap(self) -> None:
        """What may be withheld of the sums so far."""
        try:
            sums = {name: self.editors[name].value() for name in SUMS}
            said = rules.explained(rules.deduction(**sums))
        except Refused:
            said = ()
        is_asked = self.editors["kind"].value() == COMPENSATION
        self.cap.setText("\n".join(map(self._spoken.text, said)) if is_asked else "")

    def _values(self) -> dict[str, Any] | None:
        """Sums that are not asked for are not handed over."""
        values = super()._values()
        if values and values["kind"] != COMPENSATION:
            return {**values, **dict.fromkeys(SUMS)}
        return values
