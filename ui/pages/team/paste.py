"""A list of people out of Excel: pasted or from a file, seen row by row before it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.team import imports, service
from desktopapp.team.imports import CHANGED, NEW, SAME, Preview
from desktopapp.team.models import Person
from ui.kit.before import backed_up
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.day_order import DayOrder
from ui.kit.desk import Desk
from ui.kit.keys import bind
from ui.kit.label import Label
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView

EXAMPLE = (Person.name, Person.phone, Person.position, Person.team, Person.joined)
"""Headings such a list may have."""
STATES = {
    NEW: State(N_("New"), "good"),
    CHANGED: State(N_("Changed"), "accent"),
    SAME: State(N_("Same"), "neutral"),
}
WRONG = State(N_("Rejected"), "bad")


@frozen
class Shown:
    """A row of the preview: what it does, or what is wrong with it."""

    row: int
    name: str
    does: State
    values: Mapping[str, object]
    why: Message | None = None


class PasteDialog(QDialog):
    """The list above, what becomes of it below."""

    taken = Signal(int)
    """How many people were taken in."""

    def __init__(self, desk: Desk, path: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self, "F1", partial(desk.show_help, "team"), desk.language.text(N_("Help")))
        self.desk, self.path = desk, path
        self.seen: Preview | None = None
        self.day_first: dict[str, bool] = {}
        words = desk.language.text
        self.setWindowTitle(words(N_("Paste from Excel") if path is None else N_("Import a roster")))
        room = self.screen().availableGeometry().size()
        self.resize(min(980, room.width() - 60), min(680, room.height() - 80))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        told = N_("Copy the rows in Excel or WPS with their headings, then paste here (Ctrl+V). A name is enough.")
        self.told = Label(path.name if path else words(told), "section" if path else "secondary", wrap=True)
        column.addWidget(self.told)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words(N_("The pasted list")))
        self.text.setPlaceholderText("    ".join(words(field.verbose_name) for field in EXAMPLE))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(120)
        self.text.setVisible(path is None)
        column.addWidget(self.text)
        self.line = Label("", "secondary", wrap=True)
        column.addWidget(self.line)
        self.model = RecordTable(self._columns(), desk.language)
        self.view = TableView(self.model, desk.language, height=36, name=N_("Before it is taken in"))
        card = Card(padding=0, spacing=0)
        card.body.addWidget(self.view)
        column.addWidget(card, 1)
        column.addLayout(self._foot())
        self.text.textChanged.connect(self.look)
        self._begin()

    def _columns(self) -> tuple[Column, ...]:
        def of(name: str) -> Callable[[Shown], object]:
            return lambda row: row.values.get(name)

        return (
            Column(N_("Row"), lambda row: row.row, kind="number", width=60),
            Column(N_("What happens"), lambda row: row.does, kind="state", width=100),
            Column(Person.name, width=110),
            Column(N_("Reason"), lambda row: row.why, width=320),
            Column(Person.number, of("number"), width=90),
            Column(Person.phone, of("phone"), width=120),
            Column(Person.position, of("position"), width=120),
            Column(Person.team, of("team"), width=100),
            Column(Person.joined, of("joined"), width=120),
        )

    def _foot(self) -> QHBoxLayout:
        words = self.desk.language.text
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(words(N_("It can be taken back whole at any time.")), "caption"), 1)
        self.cancel = Button(words(N_("Cancel")), self.close)
        self.go = Button("", self.take_in, kind="primary")
        self.go.setDefault(True)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _begin(self) -> None:
        """Read the file, or what is on the clipboard if that looks like a list."""
        self._show_nothing()
        if self.path is not None:
            self.look()
            return
        copied = QApplication.clipboard().text()
        if "\t" in copied or "\n" in copied.strip():
            self.text.setPlainText(copied)
            self.text.selectAll()  # who pastes all the same, as the line above says, has the list once
        self.text.setFocus()

    def look(self) -> None:
        """Show what would become of the list as it is."""
        if self.path is not None:
            work = partial(_read, self.path, dict(self.day_first))
            self.desk.tasks.run(work, self._show, self._refused, words=M("Reading “{file}”…", file=self.path.name))
            return
        if not self.text.toPlainText().strip():
            self._show_nothing()
            return
        try:
            self._show(imports.preview_text(self.text.toPlainText(), day_first=self.day_first))
        except Refused as no:
            self._refused(no)

    def _show_nothing(self) -> None:
        self.seen = None
        self.model.show(())
        self.line.put("", "secondary")
        self.go.setText(self.desk.language.text(M("Take in {count} {count:person|people}", count=0)))
        self.go.setEnabled(False)

    def _show(self, seen: Preview) -> None:
        self.seen = seen
        words = self.desk.language.text
        fine = [Shown(line.row, line.name, STATES[line.does], line.values) for line in seen.lines]
        wrong = [Shown(p.row, "", WRONG, {}, M("{column}: {why}", column=p.column, why=p.message))
                 for p in seen.problems]  # fmt: skip
        self.model.show(sorted([*wrong, *fine], key=lambda row: (row.why is None, row.row)))
        left_out = tuple(column.heading for column in seen.columns if not column.label)
        said = M("{new} new · {changed} changed · {same} same · {rejected} rejected", new=seen.count(NEW),
                 changed=seen.count(CHANGED), same=seen.count(SAME), rejected=seen.rejected)  # fmt: skip
        more = words(M("Left out: {columns}", columns=left_out)) if left_out else ""
        self.line.put(" · ".join(filter(None, (words(said), more))), "secondary")
        worth = seen.count(NEW) + seen.count(CHANGED)
        self.go.setText(words(M("Take in {count} {count:person|people}", count=worth)))
        self.go.setEnabled(bool(worth))

    def _refused(self, no: Refused | Fault) -> None:
        """Say what is wrong with the list; a column of dates that can be read both ways is asked for."""
        column = no.field if isinstance(no, Refused) else None
        self._show_nothing()
        self.line.put(self.desk.language.text(no.message), "bad")
        if column not in (None, "file"):
            dialog = DayOrder(self.desk.language, no.message, self)
            dialog.said.connect(partial(self._look_with, column))
            dialog.open()

    def _look_with(self, column: str, first: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.day_first[column] = first
        self.look()

    def take_in(self) -> None:
        """Add those who are new and change what is new about the others, in one request."""
        if self.seen is None:
            return
        new = [line.values for line in self.seen.lines if line.does == NEW]
        changed = {line.person: line.values for line in self.seen.lines if line.does == CHANGED}
        act = partial(self._take_in, new, changed)
        backed_up(self.desk, len(new) + len(changed), act, self._refused, why="import")

    def _take_in(self, new: list[dict[str, Any]], changed: dict[int, dict[str, Any]]) -> None:
        try:
            service.take_in(new, changed, today=self.desk.day)
        except Refused as no:
            self._refused(no)
            return
        count = len(new) + len(changed)
        self.taken.emit(count)
        self.desk.toast(M("{count} {count:person|people} taken in", count=count), undo=True)
        self.close()

    def _refused(self, no: Refused | Fault) -> None:
        self.line.put(self.desk.language.text(no.message), "bad")


def _read(path: Path, day_first: Mapping[str, bool], progress: Callable[[], object]) -> Preview:
    progress()
    return imports.preview(path, day_first=day_first)
