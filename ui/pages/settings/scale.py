"""How people are judged: the weights of a template, what each grade takes, and what it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, Both, M
from desktopapp.reviews import queries, service
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.editors import NumberLine
from ui.kit.label import Label
from ui.kit.theme import px
from ui.pages.settings.section import Section

USUAL = "quarterly"
WEIGHT, LEAST, FACTOR = "weight", "least", "factor"
PARTS = {WEIGHT: N_("Weight"), LEAST: N_("From a total of"), FACTOR: N_("Performance coefficient")}
"""What the figures of a template are called."""
NUMBER = 96
"""Pixels of a figure."""
Key = tuple[str, str]
"""What a figure is of a template, and of which dimension or grade."""


class ScaleSection(Section):
    """The figures of one template at a time."""

    def build(self) -> None:
        told = N_("Rounds that are running keep the figures they began with; new rounds take these.")
        card = self.card(N_("Appraisal template"), told)
        forms = [(form.id, self.desk.language.text(form.name)) for form in queries.templates()]
        self.template = self.pick(card, N_("Template"), forms, lambda _key: self._turn())
        self.template.put(USUAL)
        row = QHBoxLayout()
        self.restore = Button(self.words(N_("Back to what ships")), self.restore_template, icon="undo-2")
        row.addStretch(1)
        row.addWidget(self.restore)
        card.body.addLayout(row)
        self.weights = self.card(N_("Weights of the dimensions"), N_("They add up to 100 and are kept once they do."))
        self.grades = self.card(N_("Grades and coefficients"), N_("A grade is earned from its lowest total on."))
        self.lines: dict[Key, NumberLine] = {}
        self.faults: dict[str, Label] = {}
        self._lay_out()

    def _offer(self) -> None:
        """Offer the templates there are now; one that is gone is shown no longer."""
        forms = {form.id: self.desk.language.text(form.name) for form in queries.templates()}
        offered = {self.template.itemData(n): self.template.itemText(n) for n in range(self.template.count())}
        if forms == offered:
            return
        chosen = self.template.value()
        self.template.clear()
        for key, name in forms.items():
            self.template.addItem(name, key)
        self.template.put(chosen if chosen in forms else USUAL)

    def _turn(self) -> None:
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        """Make the fields of the template chosen."""
        form = queries.template(self.template.value())
        self.lines = {}
        grid = _fresh(self.weights, 2)
        self.sum = Label("", "strong")
        for n, each in enumerate(form.dimensions):
            self._add(grid, n, 0, (WEIGHT, each.id), each.name)
        grid.addWidget(Label(self.words(N_("Sum"))), len(form.dimensions), 0)
        grid.addWidget(self.sum, len(form.dimensions), 1, Qt.AlignmentFlag.AlignRight)
        self._add_fault(grid, (WEIGHT,))
        grid = _fresh(self.grades, 3)
        heads = (N_("Grade"), PARTS[LEAST], PARTS[FACTOR])
        for at, head in enumerate(heads):
            grid.addWidget(Label(self.words(head), "secondary"), 0, at)
        for n, level in enumerate(form.levels, 1):
            grid.addWidget(Label(f"{level.grade} {self.desk.language.text(level.name)}"), n, 0)
            name = Both(level.grade, level.grade)
            self._add(grid, n, 0, (LEAST, level.grade), name, named=False)
            self._add(grid, n, 1, (FACTOR, level.grade), name, named=False)
        self._add_fault(grid, (LEAST, FACTOR))

    def _add(self, grid: QGridLayout, row: int, column: int, key: Key, name: Both, *, named: bool = True) -> None:
        """A figure with, where it has none, its name at the left."""
        line, words = NumberLine(self.desk.language), self.desk.language.text(name)
        line.setFixedWidth(px(NUMBER))
        part = self.words(PARTS[key[0]])
        line.setAccessibleName(f"{words} {part}")
        if named:
            label = Label(words, wrap=True)
            label.setBuddy(line)
            grid.addWidget(label, row, column)
        grid.addWidget(line, row, column + 1, Qt.AlignmentFlag.AlignRight)
        line.editingFinished.connect(lambda: self.keep(key[0]))
        line.changed.connect(self._show_sum)
        self.lines[key] = line

    def _add_fault(self, grid: QGridLayout, parts: Iterable[str]) -> None:
        fault = Label("", "bad", wrap=True)
        fault.hide()
        grid.addWidget(fault, grid.rowCount(), 0, 1, grid.columnCount())
        for part in parts:
            self.faults[part] = fault

    def refresh(self) -> None:
        self._offer()
        form = queries.template(self.template.value())
        if {key for key in queries.figures(form) if key[0] in PARTS} != self.lines.keys():
            self._lay_out()
        for key, figure in queries.figures(form).items():
            line = self.lines.get(key)
            if line and not line.hasFocus() and not self._is_faulty(key[0]):
                line.put(figure)
        self.restore.setVisible(form not in queries.shipped())
        self._show_sum()

    def _is_faulty(self, part: str) -> bool:
        return bool(self.faults[part].text())

    def _typed(self, part: str) -> dict[Key, Decimal]:
        """What is typed in the fields of one kind. Raises `Refused` where one is no number."""
        typed = {}
        for key, line in self.lines.items():
            if key[0] == part:
                value = line.value()
                if value is None:
                    raise Refused(M("Write a number."), part)
                typed[key] = value
        return typed

    def _show_sum(self) -> None:
        try:
            whole = sum(self._typed(WEIGHT).values(), Decimal(0))
        except Refused:
            self.sum.setText("—")
            return
        self.sum.setText(self.desk.language.show(whole))

    def keep(self, part: str) -> None:
        """Keep the figures of one kind, all of them or none; what was typed stays where they cannot be kept."""
        fault = self.faults[part]
        try:
            typed = self._typed(part)
            now = queries.figures(queries.template(self.template.value()))
            if all(now[key] == value for key, value in typed.items()):
                self._say(fault, "")
                return
            service.adjust(template=self.template.value(), figures=typed)
        except (Refused, Fault) as no:
            self._say(fault, self.words(no.message))
            return
        self._say(fault, "")
        self.desk.saved()

    @staticmethod
    def _say(fault: Label, words: str) -> None:
        fault.setText(words)
        fault.setVisible(bool(words))

    def restore_template(self) -> None:
        """Set the template back to how it ships."""
        for fault in self.faults.values():
            self._say(fault, "")
        service.restore_template(template=self.template.value())
        self.desk.toast(M("The template is as it ships"), undo=True)


def _fresh(card: Card, columns: int) -> QGridLayout:
    """A grid in place of the one a card has, if it has one."""
    while (last := card.body.itemAt(card.body.count() - 1)) and isinstance(last, QGridLayout):
        while last.count():
            last.takeAt(0).widget().deleteLater()
        card.body.removeItem(last)
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    grid.setColumnMinimumWidth(columns - 1, px(NUMBER))
    card.body.addLayout(grid)
    return grid
