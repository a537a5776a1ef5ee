"""A file of the CRM's before it is taken in: what it is, what it would change, and who its owners are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktopapp.exchange.mapping import Problem
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.sales import service
from desktopapp.sales.models import STATUSES, ImportBatch
from desktopapp.sales.service import ColumnSeen, Counts, Owner, Preview
from desktopapp.team import queries as team
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.keys import bind
from ui.kit.label import Elided, Label, restyle
from ui.kit.table import Column, RecordTable, TableView

SHOWN = 200
"""How many problems are listed."""
NOBODY = 0
"""The choice that says an owner is nobody on the team."""


@frozen
class Reason:
    """A problem in the list."""

    row: int
    column: str
    value: str
    why: Message


class TakeIn(QDialog):
    """Everything guessed about a file, and the button that takes it in."""

    taken = Signal(object)
    """The counts of what was taken in."""

    def __init__(self, desk: Desk, seen: Preview, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.seen = desk, seen
        self.owners: dict[str, Picker] = {}
        bind(self, "F1", partial(desk.show_help, "import"), desk.language.text(N_("Help")))
        words = desk.language.text
        self.setWindowTitle(words(N_("Before it is taken in")))
        room = self.screen().availableGeometry().size()
        self.resize(min(940, room.width() - 60), min(700, room.height() - 80))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Elided(seen.file, "title"))
        column.addWidget(Elided(self._about(), "secondary"))
        column.addLayout(self._counts(seen.counts))
        column.addWidget(self._scroll(), 1)
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addLayout(self._foot())

    def _about(self) -> str:
        """Where the file comes from, and how it was read."""
        words, seen = self.desk.language.text, self.seen
        system = seen.system or words(N_("Unknown system"))
        parts = [system, words(ImportBatch.entity.label(seen.entity))]
        if seen.encoding:
            parts.append(words(M("written in {encoding}", encoding=seen.encoding)))
        if seen.taken_in:
            parts.append(words(M("this very file was taken in on {day}", day=seen.taken_in)))
        return " · ".join(parts)

    def _counts(self, counts: Counts) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        figures = [
            (N_("Rows"), counts.rows, "caption"),
            (N_("New"), counts.new, "good" if counts.new else "caption"),
            (N_("Changed"), counts.changed, "accent" if counts.changed else "caption"),
            (N_("Same"), counts.same, "caption"),
            (N_("Twice in the file"), counts.twice, "caption"),
            (N_("Rejected"), counts.rejected, "bad" if counts.rejected else "caption"),
        ]
        for title, count, mood in figures:
            card = Card(padding=12, spacing=0)
            card.body.addWidget(Label(self.desk.language.show(count), "section"))
            card.body.addWidget(Label(self.desk.language.text(title), mood))
            row.addWidget(card, 1)
        return row

    def _scroll(self) -> QScrollArea:
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.desk.language.text(N_("Before it is taken in")))
        restyle(area, "ring", value=True)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        asked = [owner for owner in self.seen.owners if owner.asked]
        if asked:
            column.addWidget(self._ask(asked))
        if self.seen.problems:
            column.addWidget(self._problems(self.seen.problems))
        column.addWidget(self._columns(self.seen.columns))
        if unknown := [stage for stage in self.seen.stages if not stage.known]:
            column.addWidget(self._stages(unknown))
        column.addStretch(1)
        area.setWidget(sheet)
        return area

    def _ask(self, asked: Sequence[Owner]) -> Card:
        """One question an owner the program does not know; asked once, then remembered."""
        words = self.desk.language.text
        card = Card(words(N_("Who is this?")), words(N_("Asked once, then remembered.")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        people = [(NOBODY, words(N_("Nobody on the team"))), *team.names()]
        for nth, owner in enumerate(asked):
            picker = Picker(people)
            picker.setAccessibleName(owner.label)
            picker.setMinimumWidth(220)
            name = f"{owner.label} ({owner.number})" if owner.number and owner.number != owner.label else owner.label
            label = Label(name)
            label.setBuddy(picker)
            grid.addWidget(label, nth, 0)
            grid.addWidget(Label(words(M("{count} rows", count=owner.rows)), "caption"), nth, 1)
            grid.addWidget(picker, nth, 2)
            self.owners[owner.label] = picker
        grid.setColumnStretch(0, 1)
        card.body.addLayout(grid)
        return card

    def _problems(self, problems: Sequence[Problem]) -> Card:
        language = self.desk.language
        note = M("{count} cells", count=len(problems))
        if len(problems) > SHOWN:
            note = M("the first {shown} of {count}", shown=SHOWN, count=len(problems))
        card = Card(language.text(N_("What cannot be taken in")), language.text(note))
        columns = (
            Column(N_("Row"), lambda row: row.row, kind="number", width=70),
            Column(N_("Column"), lambda row: row.column, width=160),
            Column(N_("Value"), lambda row: row.value, width=160),
            Column(N_("Reason"), lambda row: row.why, stretch=True),
        )
        self.problems = RecordTable(columns, language)
        view = TableView(self.problems, language, height=34, name=N_("What cannot be taken in"))
        self.problems.show([Reason(p.row, p.column, p.value, p.message) for p in problems[:SHOWN]])
        view.setFixedHeight(40 + 34 * min(len(problems), 5) + 4)
        card.body.addWidget(view)
        return card

    def _columns(self, seen: Sequence[ColumnSeen]) -> Card:
        """What each column fills, with three values of it; what is not known is kept all the same."""
        words = self.desk.language.text
        known = [each for each in seen if each.target]
        card = Card(words(N_("Columns")), words(M("{known} known · {kept} kept as they are", known=len(known),
                                                   kept=len(seen) - len(known))))  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for nth, each in enumerate(sorted(seen, key=lambda each: not each.target)):
            grid.addWidget(Elided(each.heading), nth, 0)
            filled = Elided(f"→ {words(each.label)}" if each.target else words(N_("kept as it is")), "accent")
            if not each.target:
                filled.put(filled.text(), "caption")
            grid.addWidget(filled, nth, 1)
            grid.addWidget(Elided("  |  ".join(each.samples), "caption"), nth, 2)
        for at, stretch in enumerate((2, 2, 4)):
            grid.setColumnStretch(at, stretch)
        card.body.addLayout(grid)
        return card

    def _stages(self, unknown: Sequence[service.StageSeen]) -> Card:
        words = self.desk.language.text
        card = Card(words(N_("Stages nobody knows yet")), words(N_("They count as said here.")))
        labels = dict(STATUSES)
        for stage in unknown:
            said = M("“{stage}”: {status}, {count} rows", stage=stage.label, status=Message(labels[stage.status]),
                     count=stage.rows)  # fmt: skip
            card.body.addWidget(Label(words(said), "secondary", wrap=True))
        return card

    def _foot(self) -> QHBoxLayout:
        words, counts = self.desk.language.text, self.seen.counts
        row = QHBoxLayout()
        row.setSpacing(8)
        self.rest = Label(words(N_("It can be taken back whole at any time.")), "caption")
        self.cancel = Button(words(N_("Cancel")), self.close)
        worth = counts.new + counts.changed
        self.go = Button(words(M("Take in {count} records", count=worth)), self.take_in, kind="primary")
        self.go.setDefault(True)
        row.addWidget(self.rest, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def take_in(self) -> None:
        """Take the file in on the side; the window goes on meanwhile."""
        said = {label: picker.value() or None for label, picker in self.owners.items()}
        self.go.setEnabled(False)
        self.fault.hide()
        work = _work(self.seen, said, self.desk)
        self.desk.tasks.run(work, self._done, self._refused, words=M("Taking in “{file}”…", file=self.seen.file))

    def _done(self, counts: Counts) -> None:
        self.taken.emit(counts)
        self.close()

    def _refused(self, no: Refused) -> None:
        self.go.setEnabled(True)
        self.fault.setText(self.desk.language.text(no.message))
        self.fault.show()


def _work(seen: Preview, said: dict[str, int | None], desk: Desk) -> Callable[[Callable[[], object]], Counts]:
    day = desk.day

    def work(progress: Callable[[], object]) -> Counts:
        progress()
        return service.take_in(seen, owners=said, today=day, progress=progress)

    return work
