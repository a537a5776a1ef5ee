"""Forms that came back, before anything of them is kept: which are refused and why, what the others would change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import rules, service
from desktopapp.reviews.imports import Change, Returned
from desktopapp.reviews.models import SCAN, RaterForm
from desktopapp.reviews.queries import FormRow
from desktopapp.reviews.service import Taken
from ui.kit import ask
from ui.kit.avatar import Who
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.drops import FORM
from ui.kit.label import Elided, Label
from ui.kit.pill import State
from ui.kit.table import TALL, Column, RecordTable, TableView
from ui.kit.theme import px
from ui.pages.reviews.doubts import Doubts

LIST = 300
"""Pixels of the list of files."""
STRETCH = (0, 3, 2, 5)
"""How box, question, what stands there and what came back share the width."""


class TakeBack(QDialog):
    """The files at the left, one of them whole at the right, and the button that takes over what is ticked."""

    taken = Signal(int)
    """How many answers were taken over."""

    def __init__(self, desk: Desk, found: Sequence[Returned], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.found = desk, list(found)
        self.chosen = {_key(each): {change.key for change in each.changes if not change.problem} for each in found}
        self.decided = {_key(each): {doubt.key: "" for doubt in each.doubts if doubt.is_empty} for each in found}
        self.shown: Returned | None = None
        self.boxes: dict[str, QCheckBox] = {}
        words = desk.language.text
        self.setWindowTitle(words(N_("Forms that came back")))
        room = self.screen().availableGeometry().size()
        self.resize(min(px(1120), room.width() - 60), min(px(720), room.height() - 80))
        self.about = Label("", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Label(words(N_("Forms that came back")), "title"))
        column.addWidget(self.about)
        column.addLayout(self._middle(), 1)
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addLayout(self._foot())
        self._show_files()

    def _middle(self) -> QHBoxLayout:
        language = self.desk.language
        self.model = RecordTable(
            (
                Column(N_("Whose form"), self._who, kind="person", stretch=True),
                Column(N_("Verdict"), self._verdict, kind="state", width=96),
            ),
            language,
        )
        self.view = TableView(self.model, language, height=TALL, name=N_("Files"))
        self.view.chosen.connect(self._open)
        files = Card(padding=0, spacing=0)
        files.setFixedWidth(px(LIST))
        files.body.addWidget(self.view)
        self.sheet = QScrollArea(widgetResizable=True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setAccessibleName(language.text(N_("Answers")))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(files)
        row.addWidget(self.sheet, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        words = self.desk.language.text
        self.note = Label("", "caption")
        self.cancel = Button(words(N_("Close")), self.close)
        self.go = Button("", self.take_over, kind="primary")
        self.go.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _who(self, each: Returned) -> Who:
        return Who(each.form.name if each.form else each.path.stem, self.desk.language.show(_place(each)))

    def _verdict(self, each: Returned) -> State:
        if each.refused:
            return State(N_("Refused"), "bad")
        if self._open_in(each):
            return State(N_("To decide"), "warn")
        if each.warnings:
            return State(N_("Look at it"), "warn")
        return State(N_("In order"), "good")

    def _show_files(self) -> None:
        good = [each for each in self.found if not each.refused]
        counts = {"count": len(self.found), "good": len(good), "bad": len(self.found) - len(good)}
        said = M("{count} {count:file|files}: {good} to take over, {bad} refused", **counts)
        if any(each.pages for each in self.found):
            said = M("{count} {count:sheet|sheets}: {good} to take over, {bad} refused", **counts)
        self.about.setText(self.desk.language.text(said))
        self.shown = None
        self.model.show(self.found)
        first = next((each for each in (*filter(self._open_in, good), *good, *self.found)), None)
        self.view.select(lambda row: row is first)
        self._open(first)
        self._count()

    def _open(self, each: Returned | None) -> None:
        """Show one file whole."""
        if each is not None and each is self.shown:
            return
        self.shown, self.boxes = each, {}
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(4, 0, 8, 0)
        column.setSpacing(12)
        if each:
            self._lay_out(each, column)
        column.addStretch(1)
        self.sheet.setWidget(sheet)

    def _lay_out(self, each: Returned, column: QVBoxLayout) -> None:
        words = self.desk.language.text
        title = _named(each.form) if each.form else _place(each)
        column.addWidget(Elided(self.desk.language.show(title), "section"))
        if each.refused:
            column.addWidget(Banner("bad", words(each.refused)))
            return
        for warning in each.warnings:
            column.addWidget(Banner("warn", words(warning)))
        if each.doubts:
            column.addWidget(self._doubts(each))
        if each.changes:
            column.addWidget(self._changes(each))
        if each.same:
            said = M("{count} {count:more answer says|more answers say} what stands there already.",
                     count=len(each.same))  # fmt: skip
            column.addWidget(Label(words(said), "secondary"))
        if each.way == SCAN:
            said = M("Only ticks are read. What was written by hand is yours to type in.")
            column.addWidget(Label(words(said), "secondary"))
        row = QHBoxLayout()
        row.addWidget(Button(words(N_("Leave this file out")), partial(self.leave_out, each), kind="link"))
        again = partial(self.ask_send_back, each)
        row.addWidget(Button(words(N_("Send back to be filled in anew…")), again, kind="link"))
        row.addStretch(1)
        column.addLayout(row)

    def _doubts(self, each: Returned) -> Doubts:
        self.doubts = Doubts(self.desk.language, each.doubts, self.decided[_key(each)])
        self.doubts.decided.connect(partial(self._decide, each))
        return self.doubts

    def _decide(self, each: Returned, key: str, meant: str) -> None:
        self.decided[_key(each)][key] = meant
        self.model.show(self.found)
        self._count()

    def _open_in(self, each: Returned) -> int:
        """How many ticks of it are still to be decided."""
        return len(each.doubts) - len(self.decided[_key(each)])

    def _changes(self, each: Returned) -> Card:
        """Each answer with what stands there now."""
        words = self.desk.language.text
        card, grid = Card(), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for at, title in enumerate((N_("Take over"), N_("Stands there now"), N_("On the form"))):
            grid.addWidget(Label(words(title), "caption"), 0, at + (at > 0), 1, 2 if at == 0 else 1)
        for nth, change in enumerate(each.changes, 1):
            box, question = self._box(each, change), Label(words(change.label), wrap=True)
            question.setBuddy(box)
            shown = words(N_("Answered; shown with others alone")) if change.is_covered else change.after
            after = Label(shown, wrap=True)
            if change.problem:
                after.put(f"{shown}\n{words(change.problem)}", "bad")
            before = Label(change.before or "—", "secondary", wrap=True)
            for at, widget in enumerate((box, question, before, after)):
                grid.addWidget(widget, nth, at, Qt.AlignmentFlag.AlignTop)
        for at, stretch in enumerate(STRETCH):
            grid.setColumnStretch(at, stretch)
        card.body.addLayout(grid)
        return card

    def _box(self, each: Returned, change: Change) -> QCheckBox:
        box = QCheckBox()
        box.setAccessibleName(self.desk.language.text(change.label))
        box.setChecked(change.key in self.chosen[_key(each)])
        box.setEnabled(change.problem is None)
        box.toggled.connect(partial(self._choose, each, change.key))
        self.boxes[change.key] = box
        return box

    def _choose(self, each: Returned, key: str, yes: bool) -> None:  # noqa: FBT001 - what Qt says of a box
        (self.chosen[_key(each)].add if yes else self.chosen[_key(each)].discard)(key)
        self._count()

    def _count(self) -> None:
        good, text = self._good(), self.desk.language.text
        self.go.setText(text(M("Take over {count} {count:answer|answers}", count=self._answers())))
        self.go.setEnabled(any(self._said(each) for each in good) and not any(map(self._open_in, good)))
        said = M("Nothing is kept before you take it over, and it can be undone.")
        if left := sum(map(self._open_in, good)):
            said = M("{count} {count:tick is|ticks are} still to be decided; a sheet can also be left out.", count=left)
        self.note.setText(text(said))

    def _answers(self) -> int:
        """How many answers would be taken over."""
        return sum(len(self.chosen[_key(each)]) + len(self._meant(each)) for each in self._good())

    def _meant(self, each: Returned) -> dict[str, str]:
        """What the owner decided that unclear ticks mean, where they mean a score."""
        return {key: said for key, said in self.decided[_key(each)].items() if said not in ("", rules.UNKNOWN)}

    def _said(self, each: Returned) -> dict[str, str]:
        """Every answer of it."""
        return {**each.answers, **self._meant(each)}

    def _good(self) -> list[Returned]:
        return [each for each in self.found if not each.refused]

    def leave_out(self, each: Returned) -> None:
        """Take a file from the list; it is not touched."""
        self.found.remove(each)
        self._show_files()

    def ask_send_back(self, each: Returned) -> None:
        """Ask, then let a form count no more."""
        name = each.form.rater if each.form else each.path.name
        question = M("Send back the form of {name}?\n\nNothing of it is taken over, and this file is refused from now "
                     "on. Send out a new one afterwards.", name=name)  # fmt: skip
        ask.confirm(self, self.desk.language, question, N_("Send back"), partial(self.send_back, each))

    def send_back(self, each: Returned) -> None:
        """Let a form count no more."""
        if each.form and self._kept(partial(service.send_back, form=each.form.id, file=each.path.name,
                                            today=self.desk.day)):  # fmt: skip
            self.leave_out(each)

    def take_over(self) -> None:
        """Take over what is ticked of all files, at once."""
        taken = [
            Taken(each.form.id, self._said(each), self._whole(each), each.path.name, each.way)
            for each in self._good() if each.form and any(self._said(each).values())
        ]  # fmt: skip
        if self._kept(partial(service.accept, taken=taken, today=self.desk.day)):
            self.taken.emit(self._answers())
            self.close()

    def _whole(self, each: Returned) -> frozenset[str]:
        """What is ticked, with what stands there already; nothing where nothing at all is ticked."""
        chosen = self.chosen[_key(each)] | self._meant(each).keys()
        return frozenset(chosen | each.same) if chosen or not each.changes else frozenset()

    def _kept(self, act: partial[object]) -> bool:
        """Carry out a request; whether it was kept."""
        try:
            act()
        except Refused as no:
            self.fault.setText(self.desk.language.text(no.message))
            self.fault.show()
            return False
        return True


def _key(each: Returned) -> tuple[Path, tuple[int, ...]]:
    """What tells a sheet from the others that came back."""
    return each.path, each.pages


def _place(each: Returned) -> Message | str:
    """The file it is in; of a scan the page too, for there may be many sheets in one."""
    if not each.pages or each.path.suffix.lower() != FORM:
        return each.path.name
    return M("{file}, page {page}", file=each.path.name, page=each.pages[0])


def _named(form: FormRow) -> Message:
    """Whose form it is, and about whom where that is another."""
    if form.relation == rules.OWN:
        return M("{name} · {period}", name=form.name, period=form.period)
    label = Message(RaterForm.relation.label(form.relation))
    return M("{name} · {relation} by {rater} · {period}", name=form.name, relation=label, rater=form.rater,
             period=form.period)  # fmt: skip
