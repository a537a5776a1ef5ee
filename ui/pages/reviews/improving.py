"""The improvement plan after a review: why, what is to be reached, what was seen each week, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import service
from desktopapp.reviews.models import COURSES, Aim, Checkpoint, Improvement, Shortfall
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.improvements import (
    AimLine,
    CheckpointLine,
    ImprovementRow,
    ShortfallLine,
    improvement,
    missed,
)
from desktopapp.reviews.rules import PLAN
from desktopapp.reviews.rules.improving import TERM
from ui.kit.desk import Desk
from ui.kit.form import RecordForm
from ui.kit.grid import Entry
from ui.kit.label import Label
from ui.pages.reviews.lines import Lines
from ui.pages.reviews.part import Part
from ui.pages.reviews.prose import emptied

MISSED = (Entry(Shortfall.item, stretch=True), Entry(Shortfall.required, width=130), Entry(Shortfall.actual, width=130),
          Entry(Shortfall.proof, stretch=True))  # fmt: skip
AIMS = (Entry(Aim.goal, stretch=True), Entry(Aim.action, stretch=True), Entry(Aim.measure, stretch=True),
        Entry(Aim.by, width=122), Entry(Aim.support, width=84))  # fmt: skip
TERMS = (Improvement.start, Improvement.end, Improvement.witness)


class Improving(Part):
    """One review's plan."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.row: ImprovementRow | None = None
        self.state = QVBoxLayout()
        self.section(N_("Performance improvement plan"), self.state)
        self.tables = QWidget(self)
        below = QVBoxLayout(self.tables)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        self.lines: dict[str, Lines] = {}
        for name, title, entries, line in self._stated():
            self.lines[name] = self._table(name, title, entries, line)
            below.addSpacing(8)
            below.addWidget(Label(self.words(title), "section", parent=self.tables))
            below.addWidget(self.lines[name])
        self.column.addWidget(self.tables)
        self.column.addStretch(1)

    def _stated(self) -> Iterator[tuple[Any, ...]]:
        courses = [(key, self.words(label)) for key, label in COURSES]
        looks = (Entry(Checkpoint.day, width=122), Entry(Checkpoint.course, width=92, options=courses),
                 Entry(Checkpoint.progress, stretch=True), Entry(Checkpoint.coaching, stretch=True))  # fmt: skip
        yield "shortfalls", N_("Goals missed, with facts"), MISSED, ShortfallLine
        yield "aims", N_("Goals and actions"), AIMS, AimLine
        yield "checkpoints", N_("Checkpoints"), looks, CheckpointLine

    def _table(self, name: str, title: str, entries: Sequence[Entry], line: Any) -> Lines:
        made = Lines(self.desk.language, self.desk.day, entries, line, partial(self.write, name), name=title,
                     parent=self.tables)  # fmt: skip
        made.told.connect(self.told)
        return made

    def put(self, sheet: ReviewSheet) -> None:
        """Show the plan after a review."""
        if self.sheet is None or self.sheet.id != sheet.id:
            for each in self.lines.values():
                each.forget()
        self.sheet, self.row, self.buttons = sheet, improvement(sheet.id), {}
        emptied(self.state)
        self.tables.setVisible(self.row is not None)
        if self.row is None:
            self._show_none(sheet)
            return
        for said in _said(self.row):
            self.say(self.state, said, "")
        self._offer_acts(self.row)
        for name, each in self.lines.items():
            each.show_lines(getattr(self.row, name), fixed=not self.row.is_open)

    def _show_none(self, sheet: ReviewSheet) -> None:
        if PLAN in sheet.outcomes:
            self.say(self.state, M("A plan was decided on with this review; it is not opened yet."))
        elif PLAN in sheet.suggested:
            self.say(self.state, M("Grade {grade} proposes a plan.", grade=sheet.grade))
        else:
            self.say(self.state, M("There is none. A plan gives time, goals and support before anything else follows."))
        if not sheet.waived:
            self.offer(self.state, open=(N_("Open an improvement plan…"), self.ask_plan))

    def _offer_acts(self, row: ImprovementRow) -> None:
        if not row.is_open:
            self.offer(self.state, reopen=(N_("Reopen the plan"), self.reopen))
            return
        acts: dict[str, Any] = {"judge": (N_("Judge…"), self.ask_result), "change": (N_("Change…"), self.ask_change)}
        if row.extended is None:
            acts["extend"] = (N_("Extend once…"), self.ask_extension)
        self.offer(self.state, **acts)

    # What the owner does

    def ask_plan(self) -> None:
        """Ask how long, then open the plan with what the review says."""
        if self.sheet is None:
            return
        day = self.desk.day
        save = partial(_opened, self.sheet, missed(self.sheet, self.desk.language), day)
        said = M("The plan is open; its goals are the steps of the review")
        title = M("Improvement plan for {name}", name=self.sheet.name)
        self._ask(title, TERMS, save, {"start": day, "end": day + TERM}, said)

    def ask_change(self) -> None:
        """Ask for other dates."""
        if self.sheet and self.row:
            save = partial(service.change_improvement, review=self.sheet.id)
            values = {each.name: getattr(self.row, each.name) for each in TERMS}
            self._ask(M("Improvement plan for {name}", name=self.sheet.name), TERMS, save, values, M("Changed"))

    def ask_extension(self) -> None:
        """Ask until when."""
        if self.sheet and self.row:
            save = partial(service.extend_improvement, review=self.sheet.id, today=self.desk.day)
            self._ask(M("Extend the plan of {name}, once", name=self.sheet.name), (Improvement.end,), save,
                      {"end": self.row.end + TERM / 2}, M("The plan is extended"))  # fmt: skip

    def ask_result(self) -> None:
        """Ask how the plan ended."""
        if self.sheet and self.row:
            save = partial(service.judge_improvement, review=self.sheet.id, today=self.desk.day)
            self._ask(M("Judge the plan of {name}", name=self.sheet.name),
                      (Improvement.result, Improvement.verdict, Improvement.closed), save,
                      {"verdict": self.row.verdict, "closed": self.desk.day}, M("The plan is judged"))  # fmt: skip

    def reopen(self) -> None:
        """Let it be open again."""
        if self.sheet:
            service.reopen_improvement(review=self.sheet.id)
            self.desk.toast(M("The plan is open again"), undo=True)

    def write(self, name: str, lines: Any) -> None:
        """Take one of the tables."""
        if self.sheet:
            service.set_lines(review=self.sheet.id, part=name, lines=lines)
            self.kept.emit()

    def _ask(self, title: Message, asked: Sequence[Any], save: Any, values: dict[str, Any], said: Message) -> None:
        form = RecordForm(self.desk.language, title, asked, save, day=self.desk.day, values=values)
        form.saved.connect(lambda _number: self.desk.toast(said, undo=True))
        self.asking.emit(form)


def _opened(
    sheet: ReviewSheet, shortfalls: Sequence[ShortfallLine], today: date, *, start: date, end: date, witness: str
) -> int:  # fmt: skip
    return service.open_improvement(
        review=sheet.id, today=today, start=start, end=end, witness=witness, shortfalls=shortfalls
    )


def _said(row: ImprovementRow) -> Iterator[Message]:
    yield M("From {start} to {end}", start=row.start, end=row.end)
    if row.extended and row.first_end:
        yield M("Extended on {day}; it would have ended on {end}", day=row.extended, end=row.first_end)
    if row.witness:
        yield M("Witness: {name}", name=row.witness)
    if row.result and row.closed:
        yield M("Judged on {day}: {result}. {verdict}", day=row.closed,
                result=Message(Improvement.result.label(row.result)), verdict=row.verdict)  # fmt: skip
