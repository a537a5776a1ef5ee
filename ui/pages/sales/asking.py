"""What only the owner can say about files of the CRM's, all in one place: dates, columns, people, stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.sales.imports import Findings, Part, Question
from desktopapp.sales.models import STATUSES, Stage
from desktopapp.sales.service import NEW_PERSON, Meaning, Owner, StageSeen
from desktopapp.team import queries as team
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.editors import Line, Picker, ShareLine
from ui.kit.label import Elided, Label

NOBODY = 0
"""The choice that says an owner is nobody on the team."""


class Asking(QWidget):
    """The questions there are. Those about columns are answered at once, those about people and stages at the end."""

    answered = Signal(object, object, str)
    """A part, its question and the answer."""
    meant = Signal()
    """A stage is to count as something else."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.owners: dict[str, Picker] = {}
        self.stages: dict[str, tuple[Picker, ShareLine]] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(12)

    def show_questions(self, found: Findings, said: Mapping[str, int], meant: Mapping[str, Meaning]) -> int:
        """Put the questions, with what was said before; gives how many there are."""
        _clear(self.column)
        self.owners, self.stages = {}, {}
        taken = [each.part for each in found.findings if each.part.taken]
        asked = [(part, question) for part in taken for question in part.questions]
        owners = [owner for owner in found.owners if owner.asked]
        stages = [stage for stage in found.stages if not stage.known]
        if asked:
            self.column.addWidget(self._columns(asked, several=len(found.findings) > 1))
        if owners:
            self.column.addWidget(self._people(owners, said))
        if stages:
            self.column.addWidget(self._stages(stages, meant))
        self.column.addStretch(1)
        return len(asked) + len(owners) + len(stages)

    def said(self) -> dict[str, int | None]:
        """Whom each owner is taken for: a number, nobody, or somebody to be put on the roster."""
        return {label: picker.value() or None for label, picker in self.owners.items()}

    def meanings(self) -> dict[str, Meaning]:
        """What each stage nobody knew counts as. Raises `Refused` where a probability is none."""
        return {label: Meaning(picker.value(), line.value()) for label, (picker, line) in self.stages.items()}

    def _columns(self, asked: Sequence[tuple[Part, Question]], *, several: bool) -> Card:
        words = self.language.text
        card = Card(words(N_("Please say")), words(N_("Nothing is taken in before this is answered.")))
        for part, question in asked:
            row = QHBoxLayout()
            row.setSpacing(12)
            column = QVBoxLayout()
            column.setSpacing(2)
            label = Label(words(question.words), wrap=True)
            column.addWidget(label)
            if several:
                column.addWidget(Elided(part.file, "caption"))
            row.addLayout(column, 1)
            self._answers(row, label, part, question)
            card.body.addLayout(row)
        return card

    def _answers(self, row: QHBoxLayout, label: Label, part: Part, question: Question) -> None:
        """Buttons for a few answers, a list for many, a line for what is written in."""
        words = self.language.text
        if not question.options:
            line = Line(self.language, 20)
            line.setFixedWidth(140)
            line.setAccessibleName(label.text())
            line.editingFinished.connect(lambda: line.value() and self.answered.emit(part, question, line.text()))
            row.addWidget(line)
            return
        if len(question.options) > 3:
            picker = Picker([("", words(N_("Choose…"))), *((key, words(shown)) for key, shown in question.options)])
            picker.setAccessibleName(label.text())
            picker.changed.connect(lambda: picker.value() and self.answered.emit(part, question, picker.value()))
            row.addWidget(picker)
            return
        for key, shown in question.options:
            row.addWidget(Button(words(shown), lambda key=key: self.answered.emit(part, question, key)))

    def _people(self, owners: Sequence[Owner], said: Mapping[str, int]) -> Card:
        """One question an owner the program does not know; asked once, then remembered."""
        words = self.language.text
        card = Card(words(N_("Who is this?")), words(N_("Asked once, then remembered.")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        people = [(NOBODY, words(N_("Nobody on the team"))), (NEW_PERSON, words(N_("Somebody new: put on the roster"))),
                  *team.names()]  # fmt: skip
        for nth, owner in enumerate(owners):
            picker = Picker(people)
            picker.put(said.get(owner.label) or NOBODY)
            picker.setMinimumWidth(240)
            name = f"{owner.label} ({owner.number})" if owner.number and owner.number != owner.label else owner.label
            label = Label(name or owner.number)
            picker.setAccessibleName(name or owner.number)
            label.setBuddy(picker)
            grid.addWidget(label, nth, 0)
            grid.addWidget(Label(words(M("{count} {count:row|rows}", count=owner.rows)), "caption"), nth, 1)
            grid.addWidget(picker, nth, 2)
            self.owners[owner.label or owner.number] = picker
        grid.setColumnStretch(0, 1)
        card.body.addLayout(grid)
        return card

    def _stages(self, stages: Sequence[StageSeen], meant: Mapping[str, Meaning]) -> Card:
        """What a stage counts as, and how likely a deal in it is won."""
        words = self.language.text
        card = Card(words(N_("What do these stages mean?")), words(N_("Said once, then kept as your own stages.")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for nth, title in enumerate((N_("Sales stage"), "", N_("Counts as"), N_("Win probability"))):
            grid.addWidget(Label(words(title) if title else "", "caption"), 0, nth)
        for nth, stage in enumerate(stages, 1):
            own = meant.get(stage.label) or Meaning(stage.status, stage.probability)
            picker = Picker([(key, words(label)) for key, label in STATUSES])
            picker.put(own.status)
            line = ShareLine(self.language)
            line.put(own.probability)
            line.setFixedWidth(90)
            picker.setAccessibleName(words(M("{stage}: counts as", stage=stage.label)))
            line.setAccessibleName(f"{stage.label}: {words(Stage.probability.verbose_name)}")
            picker.changed.connect(self.meant)
            grid.addWidget(Label(stage.label), nth, 0)
            grid.addWidget(Label(words(M("{count} {count:row|rows}", count=stage.rows)), "caption"), nth, 1)
            grid.addWidget(picker, nth, 2)
            grid.addWidget(line, nth, 3)
            self.stages[stage.label] = picker, line
        grid.setColumnStretch(0, 1)
        card.body.addLayout(grid)
        return card

    def fault(self) -> Message | None:
        """What is wrong with what was typed here."""
        try:
            self.meanings()
        except Refused as no:
            return no.message
        return None


def _clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
