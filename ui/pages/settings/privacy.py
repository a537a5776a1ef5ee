"""How long data of people who left are kept, and whose time is over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview import privacy
from desktopapp.overview.privacy import Plan
from desktopapp.team import queries, rules, service
from desktopapp.team.models import CATEGORIES
from ui.kit.button import Button
from ui.kit.editors import CountLine
from ui.kit.form import Loose, Row
from ui.kit.kept import KeptData
from ui.kit.label import Elided, Label
from ui.pages.settings.section import Section


class PrivacySection(Section):
    """Times, and what is to be looked through."""

    def build(self) -> None:
        self._times()
        told = N_("Proposed once their time is over; nothing goes by itself.")
        self.over = self.card(N_("Kept long enough"), told)
        self.list = QWidget()
        self.rows = QVBoxLayout(self.list)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(6)
        self.over.body.addWidget(self.list)

    def _times(self) -> None:
        told = N_("In months after somebody has left. Goals and sales stay for the sums, without the name.")
        card = self.card(N_("How long data of people are kept"), told)
        self.months: dict[str, Row] = {}
        for category, title in CATEGORIES:
            least = rules.LEAST[category]
            note = self.words(M("The law asks for at least {months}.", months=least)) if least else ""
            field = Loose(category, title, note)
            row = Row(field, self.desk.language, CountLine(self.desk.language))
            row.editor.editingFinished.connect(partial(self.keep, category))
            self.months[category] = row
        for pair in (CATEGORIES[:2], CATEGORIES[2:4], CATEGORIES[4:]):
            across = QHBoxLayout()
            across.setSpacing(16)
            for category, _ in pair:
                across.addWidget(self.months[category], 1, Qt.AlignmentFlag.AlignTop)
            if len(pair) == 1:
                across.addStretch(1)
            card.body.addLayout(across)

    def keep(self, category: str) -> None:
        """Keep the time typed for a kind of data."""
        row = self.months[category]
        row.show_fault("")
        try:
            months = row.value()
            if months is None:
                raise Refused(M("Write a number of months."))
            if months == queries.retention()[category]:
                return
            service.keep_for(category=category, months=int(months))
        except (Refused, Fault) as no:
            row.show_fault(self.words(no.message))
            return
        self.desk.saved()

    def refresh(self) -> None:
        kept = queries.retention()
        for category, row in self.months.items():
            if not row.editor.hasFocus() and not row.fault.text():
                row.editor.put(kept[category])
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        found = privacy.due(self.desk.day)
        for each in found:
            self.rows.addWidget(self._line(each))
        if not found:
            self.rows.addWidget(Label(self.words(N_("Nothing has been kept too long.")), "caption"))

    def _line(self, found: Plan) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        titles = {each.category: self.words(each.title) for each in found.items}
        row.addWidget(Label(found.name, "strong"))
        row.addWidget(Elided(" · ".join(titles[category] for category in found.due), "secondary"), 1)
        row.addWidget(Button(self.words(N_("Look through…")), partial(self.look, found.person)))
        return line

    def look(self, person: int) -> None:
        """Open what is kept of somebody."""
        KeptData(self.desk, person, self).open()
