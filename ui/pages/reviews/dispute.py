"""What comes after a signature: who would not give his, what he objects to, and what was decided about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import service
from desktopapp.reviews.models import DISMISSED, PARTLY, UPHELD, Objection, Refusal
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.objections import ObjectionRow, Time, objections, time_for
from desktopapp.reviews.queries.register import versions
from desktopapp.reviews.rules.time import OBJECTING
from ui.kit.banner import Banner
from ui.kit.desk import Desk
from ui.kit.form import RecordForm
from ui.kit.label import Label
from ui.kit.pill import Pill
from ui.pages.reviews.part import Part
from ui.pages.reviews.prose import emptied

MOODS = {None: "warn", UPHELD: "good", PARTLY: "good", DISMISSED: "neutral"}
"""The mood of a decision; one that was withdrawn has none of its own."""
WAITS = N_("Waits for a decision")


class Dispute(Part):
    """One review's refusal and objections, each with what can be done about it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.signing, self.objecting = QVBoxLayout(), QVBoxLayout()
        for title, part in ((N_("Signature of the employee"), self.signing), (N_("Objection"), self.objecting)):
            part.setSpacing(8)
            self.section(title, part)
        self.column.addStretch(1)

    def put(self, sheet: ReviewSheet) -> None:
        """Show what came after a review's signature."""
        self.sheet, self.buttons = sheet, {}
        for part in (self.signing, self.objecting):
            emptied(part)
        self._show_signature(sheet)
        self._show_objections(sheet)

    # The signature

    def _show_signature(self, sheet: ReviewSheet) -> None:
        if sheet.signed is None:
            said = M("Not signed off yet. Who will not sign is noted here afterwards, with a witness.")
            self.say(self.signing, said)
            return
        if sheet.refusal is None:
            self.say(self.signing, M("Signed off on {day}; no refusal is noted.", day=sheet.signed))
            self.offer(self.signing, refuse=(N_("Note a refusal…"), self.ask_refusal))
            return
        no = sheet.refusal
        said = M("{name} would not sign on {day}. Reason given: {reason}. Witness: {witness}.", name=sheet.name,
                 day=no.day, reason=no.reason, witness=no.witness)  # fmt: skip
        self.signing.addWidget(Banner("warn", self.words(said), self))
        self.offer(self.signing, refuse=(N_("Change…"), self.ask_refusal),
                    signed=(N_("He signed after all"), self.drop_refusal))  # fmt: skip

    def ask_refusal(self) -> None:
        """Ask who was there when somebody would not sign, and why he would not."""
        if self.sheet is None:
            return
        no = self.sheet.refusal
        form = RecordForm(
            self.desk.language, M("{name} will not sign", name=self.sheet.name),
            (Refusal.witness, Refusal.reason, Refusal.day),
            partial(service.note_refusal, review=self.sheet.id, today=self.desk.day), day=self.desk.day,
            values={"day": no.day, "witness": no.witness, "reason": no.reason} if no else {"day": self.desk.day},
        )  # fmt: skip
        form.saved.connect(lambda _none: self.desk.toast(M("Noted: it stands on the form beside the signatures"),
                                                         undo=True))  # fmt: skip
        self.asking.emit(form)

    def drop_refusal(self) -> None:
        """He signed after all."""
        if self.sheet:
            service.drop_refusal(review=self.sheet.id)
            self.desk.toast(M("The note is taken back"), undo=True)

    # Objections

    def _show_objections(self, sheet: ReviewSheet) -> None:
        found, time = objections(sheet.id), time_for(sheet.id)
        if time is None:
            said = M("The correction is under way.") if sheet.amending else M("Possible once the review is signed off.")
            self.say(self.objecting, said)
        elif time.version not in {row.version for row in found}:
            for said in told(time, self.desk.day):
                self.say(self.objecting, said)
            self.offer(self.objecting, object=(N_("Enter an objection…"), self.ask_objection))
        for row in found:
            self.objecting.addWidget(self._objection(row))

    def _objection(self, row: ObjectionRow) -> QWidget:
        """One of them, whole."""
        whole = QWidget(self)
        column, head = QVBoxLayout(whole), QHBoxLayout()
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        head.setSpacing(8)
        named = M("Raised on {day}, against version {version}", day=row.raised, version=row.version)
        state = WAITS if row.decision is None else Objection.decision.label(row.decision)
        head.addWidget(Label(self.words(named), "strong", parent=whole))
        head.addWidget(Pill(self.words(state), MOODS.get(row.decision, "neutral"), whole))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Label(row.text, wrap=True, parent=whole))
        for said, kind in _facts(row):
            column.addWidget(Label(self.words(said), kind, wrap=True, parent=whole))
        if compared := _compared(row):
            column.addWidget(Label(self.words(compared), "accent", wrap=True, parent=whole))
        if row.is_open:
            self.offer(column, decide=(N_("Decide…"), partial(self.ask_decision, row)),
                        change=(N_("Change…"), partial(self.ask_objection, row)))  # fmt: skip
        elif row.became:
            self.offer(column, contested=(N_("Show the contested version"), partial(self.turned.emit, row.version)))
        return whole

    def ask_objection(self, row: ObjectionRow | None = None) -> None:
        """Ask for an objection, or for what it says otherwise."""
        time = time_for(self.sheet.id) if self.sheet else None
        if self.sheet is None or time is None:
            return
        form = ObjectionForm(self.desk, self.sheet, time, row)
        said = M("Changed") if row else M("The objection is entered")
        form.saved.connect(lambda _number: self.desk.toast(said, undo=True))
        self.asking.emit(form)

    def ask_decision(self, row: ObjectionRow) -> None:
        """Ask what becomes of an objection."""
        form = RecordForm(
            self.desk.language, M("Decide the objection of {name}", name=row.name),
            (Objection.decision, Objection.reason, Objection.decided), partial(_decided, self.desk.day, row.id),
            day=self.desk.day, values={"decided": self.desk.day, "reason": row.reason},
        )  # fmt: skip
        law = N_("Upheld, in part too, it opens the review for a correction. The contested version stays kept, and "
                 "the new one names it with the reason you write here. The employee gets the decision in writing.")
        body: Any = form.findChild(QWidget, "panelBody")
        body.layout().insertWidget(1, Label(self.words(law), "secondary", wrap=True, parent=body))
        form.saved.connect(self._tell_decided)
        self.asking.emit(form)

    def _tell_decided(self, decision: str) -> None:
        if decision in (UPHELD, PARTLY):
            self.desk.toast(M("The review is open for its correction"))
            self.turned.emit(0)
            return
        self.desk.toast(M("The objection is decided"), undo=True)


def told(time: Time, today: date) -> Iterator[Message]:
    """Until when an objection is in time, and what that rests on."""
    if today <= time.last:
        yield M("In time until {last}: {count} {count:working day|working days} after the signature of {signed}.",
                last=time.last,
                count=OBJECTING, signed=time.signed)  # fmt: skip
    else:
        yield M("The time ended on {last}, {count} {count:working day|working days} after the signature of {signed}. A "
                "late objection is heard only for a reason.",
                last=time.last, count=OBJECTING, signed=time.signed)  # fmt: skip
    if not time.knows_holidays:
        yield M("The holidays of {year} are not known yet, so weekends alone were counted: see the settings.",
                year=str(time.last.year))  # fmt: skip


def _facts(row: ObjectionRow) -> Iterator[tuple[Message, str]]:
    if row.late:
        yield M("Heard although late: {why}", why=row.late), "secondary"
    if row.decision is None:
        yield M("To be answered by {day}", day=row.answer_by), "secondary"
    elif row.decided:
        yield M("Decided on {day}: {reason}", day=row.decided, reason=row.reason), "secondary"
    if row.is_upheld and not row.became:
        yield M("The correction is under way."), "warn"


def _compared(row: ObjectionRow) -> Message | None:
    """Both versions side by side, once there are two."""
    known = {each.version: each for each in versions(row.review)}
    was, now = known[row.version], known.get(row.became or 0)
    if now is None:
        return None
    return M("Version {version}: total {was} → {now}, grade {was_grade} → {grade}. Both are kept, as register no. "
             "{first} and no. {second}.", version=now.version, was=was.total, now=now.total, was_grade=was.grade,
             grade=now.grade, first=was.number, second=now.number)  # fmt: skip


def _decided(today: date, objection: int, *, decision: str | None, reason: str, decided: date | None) -> str:
    if decision is None:
        raise Refused(M("Choose what becomes of the objection."), "decision")
    service.decide_objection(objection=objection, decision=decision, reason=reason, decided=decided, today=today)
    return decision


class ObjectionForm(RecordForm):
    """Asks for an objection; why it is heard although late is asked as soon as its day is late."""

    def __init__(self, desk: Desk, sheet: ReviewSheet, time: Time, row: ObjectionRow | None) -> None:
        self._in_time = time.last
        save = (partial(service.change_objection, objection=row.id, today=desk.day) if row
                else partial(service.object_to, review=sheet.id, today=desk.day))  # fmt: skip
        asked = (Objection.raised, Objection.text, Objection.late)
        values = {each.name: getattr(row, each.name) for each in asked} if row else {"raised": desk.day}
        super().__init__(desk.language, M("Objection of {name}", name=sheet.name), asked, save, day=desk.day,
                         values=values)  # fmt: skip
        body: Any = self.findChild(QWidget, "panelBody")
        for nth, said in enumerate(told(time, desk.day), 1):
            body.layout().insertWidget(nth, Label(desk.language.text(said), "secondary", wrap=True, parent=body))
        self.editors["raised"].changed.connect(self._look)
        self._look()
        self.changed = False

    def _look(self) -> None:
        try:
            raised = self.editors["raised"].value()
        except Refused:
            raised = None
        self.rows["late"].setVisible(raised is not None and raised > self._in_time)
