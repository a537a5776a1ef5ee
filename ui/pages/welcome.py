"""The first page of a fresh start: what the firm is called and its season, and three ways to begin.

All of it can be skipped.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview import sample
from desktopapp.team import service
from desktopapp.team.models import Firm
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Line, editor
from ui.kit.form import Row
from ui.kit.label import Label
from ui.kit.page import Page
from ui.kit.picture import Tile

FIELDS = (Firm.name, Firm.owner, Firm.season)
FIELD = {field.name: field for field in FIELDS}


class WelcomePage(Page):
    """Three answers and three ways in."""

    def __init__(self, desk: Desk, begin: Callable[[], object], paste: Callable[[], object]) -> None:
        super().__init__(desk, N_("Welcome to TeamHelm"), scroll=True)
        told = N_("Your data stays on this PC. Everything here can be changed later.")
        self.subtitle.setText(desk.language.text(told))
        self._begin, self._paste = begin, paste
        self.rows = {field.name: Row(field, desk.language, editor(field, desk.language, desk.day)) for field in FIELDS}
        self.body.addWidget(self._answers())
        self.body.addLayout(self._ways())
        self.skip = Button(desk.language.text(N_("Skip all this")), begin, kind="link")
        self.body.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.start()

    def _answers(self) -> Card:
        card = Card(self.desk.language.text(N_("Your firm")))
        across = QHBoxLayout()
        across.setSpacing(16)
        for row in self.rows.values():
            across.addWidget(row, 1)
            across.setAlignment(row, Qt.AlignmentFlag.AlignTop)
            if isinstance(row.editor, Line):
                row.editor.returnPressed.connect(self.start_empty)
        self.rows["season"].editor.put(Firm.season.default)
        card.body.addLayout(across)
        return card

    def _ways(self) -> QHBoxLayout:
        ways = QHBoxLayout()
        ways.setSpacing(12)
        self.empty = self._way(
            ways, "plus", N_("Start empty"), N_("Add your people one by one. You see at once where to begin."),
            self.start_empty, "primary",
        )  # fmt: skip
        self.sample = self._way(
            ways, "sparkles", N_("Load the sample team"),
            N_("Twelve made-up people with a year of deals, goals and reviews. Removed with one click."),
            self.load_sample,
        )  # fmt: skip
        self.pasting = self._way(
            ways, "file-spreadsheet", N_("Paste a list from Excel"),
            N_("Copy the rows of your roster with their headings. You see them before they are taken in."),
            self.paste,
        )  # fmt: skip
        return ways

    def _way(
        self, ways: QHBoxLayout, icon: str, title: str, words: str, act: Callable[[], object], kind: str = "plain"
    ) -> Button:
        card = Card(spacing=12)
        card.body.addWidget(Tile(icon))
        explained = Label(self.desk.language.text(words), "secondary", wrap=True)
        explained.setMinimumHeight(3 * explained.fontMetrics().lineSpacing())
        explained.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(explained)
        button = Button(self.desk.language.text(title), act, kind=kind)
        card.body.addWidget(button)
        ways.addWidget(card, 1)
        return button

    def start_empty(self) -> None:
        """Begin with nothing but the name."""
        if self._name_firm():
            self._begin()

    def load_sample(self) -> None:
        """Begin with the sample firm to look around in."""
        if not self._name_firm():
            return
        self.sample.setEnabled(False)
        day = self.desk.day
        self.desk.tasks.run(
            lambda _progress: sample.load(day), self._loaded, self._not_loaded, words=M("Loading the sample firm…")
        )

    def _loaded(self, _result: object) -> None:
        self.sample.setEnabled(True)
        self._begin()

    def _not_loaded(self, no: Exception) -> None:
        self.sample.setEnabled(True)
        self.desk.toast(no.message)

    def paste(self) -> None:
        """Begin with a list that was copied in Excel."""
        if self._name_firm():
            self._paste()

    def _name_firm(self) -> bool:
        """Keep the answers; whether that went well. Nothing typed is an answer too."""
        for row in self.rows.values():
            row.show_fault("")
        typed = {name: row.value() for name, row in self.rows.items()}
        answered = {name: value for name, value in typed.items() if value != (FIELD[name].default or "")}
        if not answered:
            return True
        if "owner" in answered:
            answered["name"] = typed["name"] or ""
        try:
            service.change_firm(**answered)
        except Fault as no:
            self.desk.toast(no.message)
            return False
        except Refused as no:
            row = self.rows[no.field or "name"]
            row.show_fault(self.desk.language.text(no.message))
            row.editor.setFocus()
            return False
        return True
