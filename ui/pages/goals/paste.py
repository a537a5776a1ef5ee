"""Goals of one person out of Excel: what was copied stands in a table, where each cell can be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.goals import imports, queries, rules, service
from desktopapp.goals.imports import CHANGED, NEW
from desktopapp.goals.models import ACTIVE, Goal
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.period import Period
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Options, Picker
from ui.kit.grid import Entry, Grid
from ui.kit.label import Label
from ui.kit.pill import Pill

STATES = {NEW: N_("New"), CHANGED: N_("Changed")}


class PasteGoals(QDialog):
    """The goals above, what is wrong with them below."""

    taken = Signal(int, int)
    """Whose goals were taken in, and the first of them."""

    def __init__(self, desk: Desk, people: Options, person: int, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(desk.language.text(N_("Paste goals from Excel")))
        self.desk, self.period = desk, period
        self.lines: list[imports.Line] = []
        self.left_out: tuple[str, ...] = ()
        words, room = desk.language.text, self.screen().availableGeometry().size()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(1000, room.width() - 60), min(560, room.height() - 80))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addLayout(self._head(people, person))
        told = N_("Goal, metric, baseline, target, weight, due: in this order, or under headings of these names. "
                  "Paste with Ctrl+V; every cell can be changed here.")  # fmt: skip
        column.addWidget(Label(words(told), "secondary", wrap=True))
        self.grid = Grid(desk.language, desk.day, self._entries(), name=N_("Goals to be taken in"),
                         lay_out=self._lay_out)  # fmt: skip
        card = Card(padding=0, spacing=0)
        card.body.addWidget(self.grid)
        column.addWidget(card, 1)
        self.why = Label("", "bad", wrap=True)
        column.addWidget(self.why)
        column.addLayout(self._foot())
        self.grid.changed.connect(self.look)
        self.grid.told.connect(self._say)
        self.person.changed.connect(self.look)
        self._begin()

    def _head(self, people: Options, person: int) -> QHBoxLayout:
        words, row = self.desk.language.text, QHBoxLayout()
        row.setSpacing(8)
        self.person = Picker(people, parent=self)
        self.person.put(person)
        self.person.setMinimumWidth(160)
        label = Label(words(N_("Goals of")), "strong")
        label.setBuddy(self.person)
        self.person.setAccessibleName(label.text())
        row.addWidget(label)
        row.addWidget(self.person)
        row.addWidget(Label(self.desk.language.period(self.period), "strong"))
        row.addStretch(1)
        self.whole = Pill()
        row.addWidget(self.whole)
        return row

    def _entries(self) -> tuple[Entry, ...]:
        text = self.desk.language.text
        metrics = [("", text(N_("Another measure"))), *((each.id, text(each.name)) for each in queries.metrics())]
        return (
            Entry(Goal.name, stretch=True),
            Entry(Goal.metric, width=150, options=metrics, read=imports.metric),
            Entry(Goal.unit, width=70),
            Entry(Goal.start, read=_figure),
            Entry(Goal.target, width=110, read=_figure),
            Entry(Goal.weight, width=76, read=_figure),
            Entry(Goal.due, width=140),
        )

    def _foot(self) -> QHBoxLayout:
        words, row = self.desk.language.text, QHBoxLayout()
        row.setSpacing(8)
        self.line = Label("", "secondary")
        self.cancel = Button(words(N_("Cancel")), self.close)
        self.go = Button("", self.take_in, kind="primary")
        row.addWidget(self.line, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _lay_out(self, cells: list[list[str]]) -> Sequence[Mapping[str, str]]:
        block = imports.laid_out(cells)
        self.left_out = block.left_out
        return block.lines

    def _begin(self) -> None:
        """Take what is on the clipboard if that looks like a list."""
        self.grid.put([])
        copied = QApplication.clipboard().text()
        if "\t" in copied or "\n" in copied.strip():
            self.grid.paste(copied)
        self.look()
        self.grid.setFocus()

    def look(self) -> None:
        """Say what would become of each line, and what is wrong with which cell."""
        person, words = self.person.value(), self.desk.language.text
        filled = self.grid.filled()
        self.lines = imports.read([line for _, line in filled], person=person, period=self.period,
                                  today=self.desk.day)  # fmt: skip
        problems = {(n, name): why for (n, _), line in zip(filled, self.lines, strict=True)
                    for name, why in line.problems.items()}  # fmt: skip
        states = dict.fromkeys(range(self.grid.cells.rowCount()), "")
        for (n, _), line in zip(filled, self.lines, strict=True):
            states[n] = words(STATES[line.does] if line.draft else N_("To be mended"))
        self.grid.tell(problems, [*states.values()] if filled else ())
        self._count(len({n for n, _ in problems}))
        self._weigh(person)

    def _count(self, wrong: int) -> None:
        words, good = self.desk.language.text, [line for line in self.lines if line.draft]
        said = M("{new} new · {changed} changed", new=sum(line.does == NEW for line in good),
                 changed=sum(line.does == CHANGED for line in good))  # fmt: skip
        if wrong:
            said = M("{said} · {wrong} {wrong:line stays|lines stay} out until their red cells are mended",
                     said=said, wrong=wrong)  # fmt: skip
        if self.left_out:
            said = M("{said} · left out: {columns}", said=said, columns=self.left_out)
        self.line.setText(words(said))
        self.go.setText(words(M("Take in {count} {count:goal|goals}", count=len(good))))
        self.go.setEnabled(bool(good))

    def _weigh(self, person: int) -> None:
        """What the weights would add up to with the goals there are."""
        new = {line.draft.goal: line.draft.weight for line in self.lines if line.draft and line.draft.goal}
        there = queries.standing(period=self.period, person=person, today=self.desk.day)
        stay = [new.pop(row.id, row.weight) for row in there if row.state == ACTIVE]
        fresh = [line.draft.weight for line in self.lines if line.draft and not line.draft.goal]
        whole = rules.weight_sum([*stay, *fresh])
        said = M("Weights add up to {sum}%", sum=whole)
        self.whole.put(self.desk.language.text(said), "good" if whole == 100 else "warn")

    def _say(self, why: Message | None) -> None:
        self.why.setText(self.desk.language.text(why) if why else "")

    def take_in(self) -> None:
        """Keep the goals in one request."""
        drafts, person = [line.draft for line in self.lines if line.draft], self.person.value()
        try:
            numbers = service.add_goals(person=person, period=self.period, goals=drafts, today=self.desk.day)
        except Refused as no:
            self._say(no.message)
            return
        self.desk.toast(M("{count} {count:goal|goals} taken in", count=len(numbers)), undo=True)
        self.taken.emit(person, numbers[0])
        self.close()


def _figure(text: str) -> Decimal:
    return imports.amount(text)[0]
