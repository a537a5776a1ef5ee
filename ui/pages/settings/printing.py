"""What stands on every printed form: the name, the seal, the language, the numbers."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview.papers import papers
from desktopapp.team import queries, service
from desktopapp.team.models import Firm, FormNumber
from ui.kit.editors import Line
from ui.kit.label import Label
from ui.kit.theme import px
from ui.pages.settings.section import FirmFields, Section

NUMBER = 150
"""Pixels of a form's number."""


class PrintingSection(Section):
    """How paper is headed and numbered."""

    def build(self) -> None:
        self.fields = FirmFields(self.desk, (Firm.printed_name, Firm.seal, Firm.paper))
        card = self.card(N_("On every form"))
        self.fields.across(card.body, "printed_name", "seal")
        self.fields.across(card.body, "paper")
        told = N_("Printed at the foot of each page. Empty a field to go back to the number at its left.")
        card = self.card(N_("Form numbers"), told)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.numbers: dict[str, Line] = {}
        self.faults: dict[str, Label] = {}
        for n, (code, title) in enumerate(papers()):
            self._add(grid, 2 * n, code, self.desk.language.text(title))
        card.body.addLayout(grid)

    def _add(self, grid: QGridLayout, row: int, code: str, title: str) -> None:
        line, label = Line(self.desk.language, FormNumber.number.max_length), Label(title, wrap=True)
        line.setPlaceholderText(code)
        line.setAccessibleName(self.words(M("Number of “{title}”", title=title)))
        line.setFixedWidth(px(NUMBER))
        label.setBuddy(line)
        line.editingFinished.connect(partial(self.keep, code))
        fault = Label("", "bad", wrap=True)
        fault.hide()
        grid.addWidget(Label(code, "secondary"), row, 0)
        grid.addWidget(label, row, 1)
        grid.addWidget(line, row, 2)
        grid.addWidget(fault, row + 1, 1, 1, 2)
        self.numbers[code], self.faults[code] = line, fault

    def refresh(self) -> None:
        self.fields.refresh()
        numbers = queries.form_numbers()
        for code, line in self.numbers.items():
            if not line.hasFocus() and not self.faults[code].isVisibleTo(self):
                line.put(numbers.get(code, ""))

    def keep(self, code: str) -> None:
        """Keep the number of a form."""
        typed, kept = self.numbers[code].value() or "", queries.form_numbers().get(code, "")
        self.faults[code].hide()
        if typed == kept:
            return
        try:
            service.number_form(form=code, number=typed)
        except (Refused, Fault) as no:
            self.faults[code].setText(self.words(no.message))
            self.faults[code].show()
            return
        self.desk.saved()
