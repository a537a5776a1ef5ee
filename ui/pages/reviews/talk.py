"""The talk about a review: what to talk about, when, what was said, and what was agreed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import service
from desktopapp.reviews.models import Agreed, Interview
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.interviews import (
    BETTER,
    WELL,
    AgreedLine,
    InterviewRow,
    Point,
    agenda,
    interview,
)
from desktopapp.team import queries as team
from ui.kit.desk import Desk
from ui.kit.form import RecordForm
from ui.kit.grid import Entry
from ui.kit.label import Label
from ui.pages.reviews.lines import Lines
from ui.pages.reviews.part import Part
from ui.pages.reviews.prose import Prose, emptied

TEXTS = (Interview.well, Interview.better, Interview.own_view, Interview.wishes, Interview.support)
ENTRIES = (
    Entry(Agreed.item, stretch=True), Entry(Agreed.measure, stretch=True), Entry(Agreed.by, width=122),
    Entry(Agreed.owner, width=84), Entry(Agreed.support, width=84), Entry(Agreed.done, width=122),
)  # fmt: skip
ASKED = (Interview.planned, Interview.time, Interview.place, Interview.interviewer, Interview.kind, Interview.held,
         Interview.recorder)  # fmt: skip
TAKEN = {WELL: "well", BETTER: "better"}
"""The parts of the record that what to talk about is a beginning of."""


class Talk(Part):
    """One review's talk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.row: InterviewRow | None = None
        self.points: tuple[Point, ...] = ()
        self.state, self.agenda = QVBoxLayout(), QVBoxLayout()
        self.boxes = {each.name: self._box(each) for each in TEXTS}
        self.agreed = Lines(desk.language, desk.day, ENTRIES, AgreedLine, self.agree, name=N_("What was agreed"),
                            parent=self)  # fmt: skip
        self.agreed.told.connect(self.told)
        self.section(N_("Performance interview"), self.state)
        self.section(N_("What to talk about"), self.agenda)
        self.section(N_("What was said in the talk"), self._texts())
        self.section(N_("What was agreed"), self.agreed)
        self.column.addStretch(1)

    def _box(self, field: Any) -> Prose:
        return Prose(self.desk.language, self.words(field.verbose_name), partial(self.write, field.name), self)

    def _texts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for nth, each in enumerate(TEXTS):
            cell, box = QVBoxLayout(), self.boxes[each.name]
            cell.setSpacing(4)
            label = Label(self.words(each.verbose_name), "secondary", parent=self)
            label.setBuddy(box)
            box.told.connect(self.told)
            cell.addWidget(label)
            cell.addWidget(box)
            cell.addStretch(1)
            grid.addLayout(cell, nth // 2, nth % 2)
        return grid

    def put(self, sheet: ReviewSheet) -> None:
        """Show the talk about a review."""
        if self.sheet is None or self.sheet.id != sheet.id:
            self.agreed.forget()
        self.sheet, self.row, self.points, self.buttons = sheet, interview(sheet.id), agenda(sheet), {}
        for part in (self.state, self.agenda):
            emptied(part)
        fixed = bool(sheet.waived)
        self._show_state(fixed=fixed)
        self._show_agenda(fixed=fixed)
        for name, box in self.boxes.items():
            box.show_text(getattr(self.row, name) if self.row else "", of=sheet.id, fixed=fixed)
        self.agreed.show_lines(self.row.agreed if self.row else (), fixed=fixed)

    def _show_state(self, *, fixed: bool) -> None:
        row = self.row
        if row is None or not (row.planned or row.held):
            self.say(self.state, M("Not arranged yet. A talk is held within a week of the result."))
        else:
            self.say(self.state, _when(row), "")
        if fixed:
            return
        arranged = bool(row and (row.planned or row.held))
        acts: dict[str, Any] = {"arrange": (N_("Change…") if arranged else N_("Arrange…"), self.ask_arrangement)}
        if row is None or row.held is None:
            acts["hold"] = (N_("It was held today"), self.hold)
        self.offer(self.state, **acts)

    def _show_agenda(self, *, fixed: bool) -> None:
        if not self.points:
            self.say(self.agenda, M("This follows from the scores: score first."))
        for each in self.points:
            self.say(self.agenda, each.whole, "")
        if self._beginning() and not fixed:
            self.offer(self.agenda, take=(N_("Take over into the record"), self.take))

    def _beginning(self) -> dict[str, str]:
        """What to talk about as a beginning of the record, where nothing is written yet."""
        found: dict[str, list[str]] = {}
        for each in self.points:
            name = TAKEN.get(each.kind)
            if name and not (self.row and getattr(self.row, name)):
                found.setdefault(name, []).append(self.words(each.said))
        if self.sheet and self.sheet.opinion and not (self.row and self.row.own_view):
            found["own_view"] = [self.sheet.opinion]
        return {name: "\n".join(lines) for name, lines in found.items()}

    # What the owner does

    def ask_arrangement(self) -> None:
        """Ask when and where."""
        if self.sheet is None:
            return
        firm, row = team.firm(), self.row
        values = {each.name: getattr(row, each.name) for each in ASKED} if row else {
            "interviewer": firm.owner if firm else "", "planned": self.desk.day + timedelta(days=1)}  # fmt: skip
        form = RecordForm(
            self.desk.language, M("Interview with {name}", name=self.sheet.name), ASKED,
            partial(service.arrange, review=self.sheet.id, today=self.desk.day), day=self.desk.day, values=values,
        )  # fmt: skip
        form.saved.connect(lambda _none: self.desk.toast(M("The interview is arranged"), undo=True))
        self.asking.emit(form)

    def hold(self) -> None:
        """It was held today."""
        if self.sheet:
            service.hold(review=self.sheet.id, today=self.desk.day)
            self.desk.toast(M("The interview was held"), undo=True)

    def take(self) -> None:
        """Begin the record with what to talk about."""
        if self.sheet:
            service.record(review=self.sheet.id, words=self._beginning())
            self.kept.emit()

    def write(self, name: str, text: str) -> None:
        """Take a part of what was said."""
        if self.sheet:
            service.record(review=self.sheet.id, words={name: text})
            self.kept.emit()

    def agree(self, lines: Any) -> None:
        """Take what was agreed."""
        if self.sheet:
            service.set_agreed(review=self.sheet.id, lines=lines)
            self.kept.emit()


def _when(row: InterviewRow) -> Message:
    where: tuple[object, ...] = tuple(each for each in (row.time, row.place, row.interviewer) if each)
    if row.held:
        return M("Held on {day}. {where}", day=row.held, where=where)
    return M("Planned for {day}. {where}", day=row.planned, where=where)
