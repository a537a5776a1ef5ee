"""Settings: the firm, the look, the language, the sample, where the data lives, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

import desktopapp
from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.overview import history, sample
from desktopapp.team import queries, service
from desktopapp.team.models import Firm
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Picker, editor
from ui.kit.form import Row
from ui.kit.label import Label
from ui.kit.page import Page
from ui.kit.theme import RESOURCES, SCALES

FIRM = (Firm.name, Firm.owner, Firm.seal)
SCHEMES = (("system", N_("Like the system")), ("light", N_("Light")), ("dark", N_("Dark")))
LANGUAGES = (("zh_CN", "中文"), ("en", "English"))
"""Each named in itself, for who landed in the wrong one."""
LICENCES = (
    (N_("This program (MIT)"), RESOURCES.parent / "LICENSE"),
    (N_("Font Noto Sans SC (OFL)"), RESOURCES / "fonts" / "LICENSE-NotoSansSC.txt"),
    (N_("Icons by Lucide (ISC)"), RESOURCES / "icons" / "LICENSE-Lucide.txt"),
)
LIBRARIES = (
    "Qt / PySide6 — LGPL-3.0", "SQLite — public domain", "SQLite3 Multiple Ciphers — MIT", "APSW — any-OSI",
    "peewee — MIT", "ReportLab — BSD-3-Clause", "pypdfium2 — BSD-3-Clause / Apache-2.0", "python-calamine — MIT",
    "xlrd — BSD-3-Clause", "pypinyin — MIT", "PyYAML — MIT", "borax — MIT",
)  # fmt: skip


class Program(Protocol):
    """What the settings change of the program around them."""

    folder: Path
    language: str
    scheme: str
    scale: int

    def choose(self, *, language: str | None = None, scheme: str | None = None, scale: int | None = None) -> None:
        """Take another language, look or size of text, at once and for later starts."""


class SettingsPage(Page):
    """Cards in two columns; each change is kept at once."""

    tables = history.EVERY_TABLE

    def __init__(self, desk: Desk, program: Program) -> None:
        super().__init__(desk, N_("Settings & backup"), scroll=True)
        self.program = program
        self.subtitle.setText(desk.language.text(N_("Every change is kept at once.")))
        across = QHBoxLayout()
        across.setSpacing(12)
        for cards in ((self._firm(), self._look()), (self._data(), self._sample(), self._about())):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            across.addLayout(column, 1)
        self.body.addLayout(across)
        self.body.addStretch(1)
        self.start()

    def _firm(self) -> Card:
        language = self.desk.language
        card = Card(language.text(N_("Firm")), spacing=12)
        self.rows = {field.name: Row(field, language, editor(field, language, self.desk.day)) for field in FIRM}
        for row in self.rows.values():
            card.body.addWidget(row)
            row.editor.editingFinished.connect(self.keep_firm)
        return card

    def _look(self) -> Card:
        language = self.desk.language
        card = Card(language.text(N_("Appearance and language")), spacing=12)
        schemes = [(key, language.text(words)) for key, words in SCHEMES]
        scales = [(size, f"{size}%") for size in SCALES]
        self.scheme = self._pick(card, N_("Colours"), schemes, self.program.scheme)
        self.scale = self._pick(card, N_("Text size"), scales, self.program.scale)
        self.language = self._pick(card, N_("Language"), LANGUAGES, self.program.language)
        self.scheme.activated.connect(lambda _: self.program.choose(scheme=self.scheme.value()))
        self.scale.activated.connect(lambda _: self.program.choose(scale=self.scale.value()))
        self.language.activated.connect(lambda _: self.program.choose(language=self.language.value()))
        return card

    def _pick(self, card: Card, title: str, options: Sequence[tuple[object, str]], now: object) -> Picker:
        words = self.desk.language.text(title)
        row, picker, label = QHBoxLayout(), Picker(options), Label(words)
        picker.put(now)
        picker.setAccessibleName(words)
        picker.setMinimumWidth(180)
        label.setBuddy(picker)
        row.addWidget(label, 1)
        row.addWidget(picker)
        card.body.addLayout(row)
        return picker

    def _data(self) -> Card:
        words = self.desk.language.text
        card = Card(words(N_("Your data")))
        card.body.addWidget(Label(words(N_("One encrypted file, in this folder on your PC:")), "secondary", wrap=True))
        self.path = Label(str(self.program.folder), wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(self.path)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.open = Button(words(N_("Open the folder")), self.open_folder, icon="folder-open")
        self.check = Button(words(N_("Check the data")), self.check_data, icon="circle-check")
        self.trail = Button(words(N_("What was done")), partial(self.desk.go, Link("trail")), icon="history")
        for button in (self.open, self.check, self.trail):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.checked = Label("", "good", wrap=True)
        self.checked.hide()
        card.body.addWidget(self.checked)
        return card

    def _sample(self) -> Card:
        words = self.desk.language.text
        card = Card(words(N_("Sample firm")))
        told = N_("A made-up team to try things on. It goes with one click, and what you added yourself stays.")
        card.body.addWidget(Label(words(told), "secondary", wrap=True))
        self.load = Button(words(N_("Load the sample firm")), self.load_sample, icon="sparkles")
        self.remove = Button(words(N_("Remove the sample firm")), self.remove_sample, icon="trash-2", kind="danger")
        row = QHBoxLayout()
        row.addWidget(self.load)
        row.addWidget(self.remove)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _about(self) -> Card:
        words = self.desk.language.text
        card = Card(words(N_("About")))
        card.body.addWidget(Label(words(M("TeamHelm {version}", version=desktopapp.__version__)), "strong"))
        card.body.addWidget(Label(words(N_("Made with")), "secondary"))
        card.body.addWidget(Label(" · ".join(LIBRARIES), "caption", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(4)
        self.licences = [Button(words(name), partial(self.show_licence, name, path), kind="link")
                         for name, path in LICENCES]  # fmt: skip
        for button in self.licences:
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def refresh(self, _touched: frozenset[str]) -> None:
        """Show the firm as it is; leave alone what is being typed."""
        firm = queries.firm()
        for name, row in self.rows.items():
            if not row.editor.hasFocus():
                row.editor.put(getattr(firm, name) if firm else "")
        there = sample.is_sample()
        self.load.setVisible(not there)
        self.remove.setVisible(there)

    def keep_firm(self) -> None:
        """Keep what was typed about the firm."""
        typed = {name: row.editor.text().strip() for name, row in self.rows.items()}
        firm = queries.firm()
        kept = {name: getattr(firm, name) if firm else "" for name in typed}
        for row in self.rows.values():
            row.show_fault("")
        if typed == kept:
            return
        try:
            service.name_firm(**typed)
        except Refused as no:
            self.rows[no.field or "name"].show_fault(self.desk.language.text(no.message))
            return
        self.desk.saved()

    def load_sample(self) -> None:
        """Put the sample firm in."""
        day = self.desk.day
        self.desk.tasks.run(lambda _progress: sample.load(day), self._loaded, words=M("Loading the sample firm…"))

    def _loaded(self, _result: object) -> None:
        self.desk.toast(M("The sample firm is here"), undo=True)

    def remove_sample(self) -> None:
        """Take the sample firm out, once the owner says so."""
        question = M("Remove the sample firm? What you added yourself stays. You can undo it.")
        ask.confirm(self, self.desk.language, question, N_("Remove"), self._remove_sample)

    def _remove_sample(self) -> None:
        sample.remove()
        self.desk.toast(M("The sample firm is gone"), undo=True)

    def open_folder(self) -> None:
        """Show the folder in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.program.folder)))

    def check_data(self) -> None:
        """Go through the whole file."""
        self.check.setEnabled(False)
        self.desk.tasks.run(lambda _progress: history.check(), self._checked, words=M("Checking the data…"))

    def _checked(self, faults: tuple[str, ...]) -> None:
        self.check.setEnabled(True)
        words = self.desk.language.text
        if faults:
            told = M("The file has {count} faults. Copy the folder now, then restore a backup. The first: {first}",
                     count=len(faults), first=faults[0])  # fmt: skip
            self.checked.put(words(told), "bad")
        else:
            self.checked.put(words(N_("The data is sound.")), "good")
        self.checked.show()

    def show_licence(self, name: str, path: Path) -> None:
        """Show the text of a licence."""
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.desk.language.text(name))
        dialog.resize(720, 520)
        text = QPlainTextEdit(path.read_text(encoding="utf-8"), readOnly=True)
        text.setAccessibleName(self.desk.language.text(name))
        column = QVBoxLayout(dialog)
        column.addWidget(text)
        column.addWidget(Button(self.desk.language.text(N_("Close")), dialog.close), 0, Qt.AlignmentFlag.AlignRight)
        dialog.open()
