"""One person's review, whole: who, how it stands, the scores, the words, what follows, and the way on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import Review
from desktopapp.reviews.queries import ReviewSheet, StepLine, register
from desktopapp.reviews.queries.events import EventRow, events
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.label import Label
from ui.kit.scrolled import scrolled
from ui.kit.tabs import Tabs
from ui.kit.theme import px
from ui.pages.reviews.aside import WIDTH, Aside
from ui.pages.reviews.board import Board
from ui.pages.reviews.head import Head, calibrated
from ui.pages.reviews.measures import Measures
from ui.pages.reviews.noted import Noted
from ui.pages.reviews.notes import Goals, Texts
from ui.pages.reviews.outcomes import Outcomes, open_proposals
from ui.pages.reviews.proof import Proof
from ui.pages.reviews.raters import Raters
from ui.pages.reviews.said import Said
from ui.pages.reviews.steps import Steps

if TYPE_CHECKING:
    from ui.pages.reviews.part import Part

ROOM = 800
"""Pixels of width from which the comparison stands beside the scores."""
ASSESSMENT, TALK, DISPUTE, PLAN = range(4)
"""The parts of a review, in the order of their tabs."""
TITLES = (N_("Assessment"), N_("Interview"), N_("Objection"), N_("Improvement plan"))
PARTS = ("", "interview", "objection", "improvement")
PLACES = {"interview": TALK, "objection": DISPUTE, "refusal": DISPUTE, "improvement": PLAN}
"""The part that keeps records of a table."""
PRINTED = (N_("Print the form"), N_("Print the record"), N_("Print the objection"), N_("Print the plan"))
NARROW = 560
"""Pixels below which the buttons at the foot are icons where they can."""


class Sheet(Card):
    """The right side of the page."""

    done = Signal()
    """This one is finished: on to the next."""
    back = Signal()
    printing = Signal()
    correcting = Signal()
    """The signed review is to be corrected, once the owner says why."""
    asking = Signal(str)
    """It is to be said who of a kind rates this one."""
    typing = Signal(str)
    """A form of a kind came back on paper."""
    deciding = Signal()
    """A measure is to be decided."""
    wanted = Signal(object)
    """A form is to be asked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, spacing=0, parent=parent)
        self.desk, self.review, self.version = desk, 0, 0
        self.sheet: ReviewSheet | None = None
        self.is_open = False
        """Whether a signed review is being corrected, also while its old version is looked at."""
        self.board = Board(desk.language, self.note_evidence, self)
        self.raters = Raters(desk.language, self)
        self.loose = Noted(desk.language, self)
        self.loose.chosen.connect(self._place_event)
        self.said, self.goals = Said(desk.language, self), Goals(desk.language, self)
        self.texts = Texts(desk.language, self.write, self)
        self.steps = Steps(desk.language, desk.day, self.plan, self)
        self.outcomes = Outcomes(desk.language, self.use, self)
        self.measures = Measures(desk.language, self)
        self.aside = Aside(desk.language, self)
        self.heading, self.proof = Head(desk.language, self), Proof(desk.language, self)
        self.body.addWidget(self.heading)
        self.body.addWidget(self._tabs())
        self.body.addWidget(_rule())
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(_rule())
        self.body.addWidget(self._foot())
        self.board.scored.connect(self.score)
        self.board.finished.connect(partial(self.finish.setFocus, Qt.FocusReason.TabFocusReason))
        self.board.entered.connect(self.go_on)
        self.board.shown.connect(self._reveal)
        self.proof.turned.connect(self.show_version)
        self.proof.correcting.connect(self.correcting)
        self.proof.giving_up.connect(self.ask_give_up)
        self.raters.asking.connect(self.asking)
        self.raters.typing.connect(self.typing)
        self.outcomes.declining.connect(self.decline)
        self.outcomes.reconsidering.connect(self.reconsider)
        self.outcomes.opening.connect(partial(self.turn_to, PARTS[PLAN]))
        self.measures.deciding.connect(self.deciding)
        self.measures.dropping.connect(self.drop_measure)
        for teller in (self.board, self.texts, self.steps):
            teller.told.connect(self._tell)

    def _tabs(self) -> QWidget:
        """The parts of a review: the assessment itself, and what comes around it."""
        words = self.desk.language.text
        self.tabs, self.stack = Tabs(words(N_("Parts of the review")), self), QStackedWidget(self)
        for title in TITLES:
            self.tabs.addTab(words(title))
        assessment = QWidget(self)
        assessment.setLayout(self._middle())
        self.stack.addWidget(assessment)
        self.panes: dict[int, QWidget] = {ASSESSMENT: assessment}
        self.views: dict[int, Part] = {}
        self.tabs.currentChanged.connect(self._turn)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 0, 20, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        return line

    def _turn(self, at: int) -> None:
        """Show another part; it is made when it is first turned to."""
        self.leave()
        if at != ASSESSMENT and at not in self.views:
            self.views[at] = self._view(at)
            column = QVBoxLayout()
            column.setContentsMargins(20, 12, 20, 20)
            column.addWidget(self.views[at])
            self.panes[at] = scrolled(column)
            self.stack.addWidget(self.panes[at])
        self.stack.setCurrentWidget(self.panes[at])
        self.show_review(self.review)

    def _view(self, at: int) -> Part:
        from ui.pages.reviews.dispute import Dispute  # here, because most visits are for scoring
        from ui.pages.reviews.improving import Improving
        from ui.pages.reviews.talk import Talk

        kinds: dict[int, type[Part]] = {TALK: Talk, DISPUTE: Dispute, PLAN: Improving}
        view = kinds[at](self.desk, self)
        view.asking.connect(self.wanted)
        view.turned.connect(self.show_version)
        view.told.connect(self._tell)
        view.kept.connect(self._saved)
        return view

    @property
    def part(self) -> str:
        """The table whose records the part shown keeps; nothing for the assessment."""
        return PARTS[self.tabs.currentIndex()]

    def begin(self) -> None:
        """Put the keys where the work on this review goes on."""
        if self.tabs.currentIndex() == ASSESSMENT:
            self.board.begin()

    def turn_to(self, part: str) -> None:
        """Show the part that keeps records of a table; the assessment where it is none of them."""
        self.tabs.setCurrentIndex(PLACES.get(part, ASSESSMENT))

    def _middle(self) -> QHBoxLayout:
        words = self.desk.language.text
        column = QVBoxLayout()
        column.setContentsMargins(20, 8, 16, 20)
        column.setSpacing(8)
        column.addWidget(self.proof)
        column.addWidget(self.board)
        column.addWidget(self.loose)
        column.addWidget(self.said)
        parts = ((N_("Raters"), self.raters), (N_("Goals of the period"), self.goals), (N_("In words"), self.texts),
                 (N_("Improvement steps"), self.steps), (Review.outcomes.verbose_name, self.outcomes),
                 (N_("Measures"), self.measures))  # fmt: skip
        for title, part in parts:
            column.addSpacing(12)
            column.addWidget(Label(words(title), "section"))
            column.addWidget(part)
        column.addStretch(1)
        self.scroll = scrolled(column)
        aside = QVBoxLayout()
        aside.setContentsMargins(0, 0, 0, 0)
        aside.addWidget(self.aside)
        self.side = scrolled(aside)
        self.side.setFixedWidth(px(WIDTH))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.scroll, 1)
        self.parting = QFrame()
        self.parting.setProperty("upright", True)
        middle.addWidget(self.parting)
        middle.addWidget(self.side)
        return middle

    def _foot(self) -> QWidget:
        words = self.desk.language.text
        self.state = Label("", "secondary")
        self.previous = Button(words(N_("Previous person")), self.back.emit, icon="chevron-left")
        self.paper = Button(words(N_("Print the form")), self.printing.emit, icon="printer")
        self.signing = Button(words(N_("Sign off")), self.sign)
        self.finish = Button(words(N_("Finish and next")), self.go_on, kind="primary")
        self.finish.setAutoDefault(True)
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(8)
        row.addWidget(self.state, 1)
        for button in (self.previous, self.paper, self.signing, self.finish):
            row.addWidget(button)
        return foot

    def show_review(self, review: int) -> None:
        """Show a review as it now is; another one from its top."""
        another = review != self.review
        if another:
            self.leave()
            self.steps.forget()
            self.state.setText("")
            self.scroll.verticalScrollBar().setValue(0)
            self.version = 0
        self.review = review
        self.sheet = sheet = register.version(review, self.version) if self.version else queries.sheet(review)
        fixed = sheet.is_over
        self.heading.put(sheet)
        self.setAccessibleName(sheet.name)
        noted = events(person=sheet.person, period=sheet.period)
        self.board.put(sheet, noted)
        self.raters.put(sheet, queries.raters(review))
        loose = [each for each in noted if each.dimension not in {line.id for line in sheet.dimensions}]
        self.loose.put([] if fixed else loose, N_("Say which dimension it belongs to"))
        self.said.put(queries.in_words(review))
        self.goals.put(sheet.goals, sheet.form)
        self.texts.put(sheet, fixed=fixed)
        self.steps.show_lines(sheet.steps, fixed=fixed)
        self.outcomes.put(sheet, fixed=fixed)
        self.measures.put(sheet.measures, fixed=fixed)
        self.aside.put(sheet, queries.results(sheet.person))
        self._show_proof(sheet)
        self._show_foot(sheet)
        if view := self.views.get(self.tabs.currentIndex()):
            view.put(queries.sheet(review) if self.version else sheet)

    def _show_proof(self, sheet: ReviewSheet) -> None:
        self.proof.setVisible(sheet.entry is not None or sheet.is_over)
        if not self.version:
            self.is_open = bool(sheet.amending)
        if sheet.waived:
            self.proof.put_waived(sheet.waived)
        elif sheet.entry:
            self.proof.put(
                sheet, sheet.entry, register.versions(sheet.id), shown=self.version, is_open=self.is_open,
                genuine=register.genuine(sheet.id), count=register.count(),
            )  # fmt: skip

    def show_version(self, version: int) -> None:
        """Show a review as it was in one of its signed versions; 0 is as it stands now."""
        self.leave()
        self.tabs.setCurrentIndex(ASSESSMENT)
        self.version = version
        self.show_review(self.review)

    def leave(self) -> None:
        """Keep what is still being typed."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def _show_foot(self, sheet: ReviewSheet) -> None:
        words, whole = self.desk.language.text, sheet.done == len(sheet.dimensions)
        self.paper.reword(words(PRINTED[self.tabs.currentIndex()]))
        self.signing.setVisible(not sheet.is_over and self.tabs.currentIndex() == ASSESSMENT)
        self.signing.setEnabled(whole)
        self.signing.setToolTip("" if whole else words(N_("Possible once every dimension is scored")))
        is_next = sheet.is_over or self.part
        self.finish.setText(words(N_("Next person") if is_next else N_("Finish and next")))

    # What the owner does

    def score(self, dimension: str, score: Decimal | None) -> None:
        """Take a score, for the superior or for the person as the switch says."""
        write = service.self_score if self.board.by_self.isChecked() else service.score
        write(review=self.review, dimension=dimension, score=score)
        self._saved()

    def note_evidence(self, dimension: str, text: str) -> None:
        """Take the facts behind a score."""
        service.note_evidence(review=self.review, dimension=dimension, evidence=text)
        self._saved()

    def write(self, field: str, text: str) -> None:
        """Take one of the written parts."""
        service.write(review=self.review, field=field, text=text)
        self._saved()

    def plan(self, steps: Sequence[StepLine]) -> None:
        """Take the improvement plan."""
        service.set_steps(review=self.review, steps=steps)
        self._saved()

    def use(self, outcomes: Sequence[str]) -> None:
        """Take what the result is used for."""
        service.set_outcomes(review=self.review, outcomes=outcomes)
        self._saved()

    def decline(self, outcome: str) -> None:
        """Not follow a proposal."""
        service.decline(review=self.review, outcome=outcome)
        self._saved()

    def reconsider(self, outcome: str) -> None:
        """Let a proposal that was declined be one again."""
        service.reconsider(review=self.review, outcome=outcome)
        self._saved()

    def drop_measure(self, measure: int) -> None:
        """Take a measure back."""
        service.drop_measure(measure=measure)
        self.desk.toast(M("The measure is taken back"), undo=True)

    def _saved(self) -> None:
        self.state.put(self.desk.language.text(N_("Saved automatically")), "good")
        self.desk.saved()

    def go_on(self) -> None:
        """On to the next one; first to what is still missing here."""
        missing = None if self.part or self.board.by_self.isChecked() else self.board.first_missing()
        if missing and self.sheet and not self.sheet.is_over:
            count = len(self.sheet.dimensions) - self.sheet.done
            self.state.put(self.desk.language.text(M("{count} {count:dimension is|dimensions are} not scored yet",
                                                     count=count)), "warn")  # fmt: skip
            self.board.begin()
            return
        self.leave()
        self.done.emit()

    def sign(self) -> None:
        """Ask, saying what is frozen, then sign."""
        if self.sheet is None:
            return
        self.leave()
        if self.sheet.entry:
            self._confirm([_correction(self.sheet), *_set_otherwise(self.sheet)])
            return
        question = M("Sign off the review of {name} for {period}: {total} {total:point|points}, grade "
                     "{grade}?\n\nScores, evidence, goal figures, written parts, improvement steps and uses are frozen "
                     "as they stand and get a code that is printed beside the signatures. This cannot be undone.",
                     name=self.sheet.name, period=self.sheet.period, total=f"{self.sheet.total:.1f}",
                     grade=self.sheet.grade)  # fmt: skip
        self._confirm([question, *_set_otherwise(self.sheet), *open_proposals(self.sheet)])

    def _confirm(self, said: Sequence[Message]) -> None:
        words = "\n\n".join(map(self.desk.language.text, said))
        ask.confirm(self, self.desk.language, words, N_("Sign off"), self._sign)

    def _sign(self) -> None:
        name = self.sheet.name if self.sheet else ""
        try:
            service.sign(review=self.review, today=self.desk.day)
        except Refused as no:
            self._tell(no.message)
            return
        self.desk.toast(M("The review of {name} is signed", name=name))

    def _place_event(self, event: EventRow) -> None:
        from ui.pages.reviews.event import open_event  # here, because most events say what they belong to

        open_event(self.desk, self, event=event)

    def ask_give_up(self) -> None:
        """Ask, saying what is lost, then leave the review as it was signed."""
        self.leave()
        question = M("Give up the correction? What you changed since is lost, and the version that was signed counts "
                     "again.")  # fmt: skip
        ask.confirm(self, self.desk.language, question, N_("Give up"), self._give_up)

    def _give_up(self) -> None:
        try:
            service.give_up(review=self.review)
        except Refused as no:
            self._tell(no.message)
            return
        self.desk.toast(M("The signed version counts again"))

    def _tell(self, message: Message) -> None:
        self.state.put(self.desk.language.text(message), "bad")

    def _reveal(self, row: QWidget) -> None:
        self.scroll.widget().layout().activate()
        self.scroll.ensureWidgetVisible(row, 0, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(ROOM)
        self.side.setVisible(wide)
        for button in (self.previous, self.paper):
            button.fold(folded=self.width() < px(NARROW))
        self.parting.setVisible(wide)


def _set_otherwise(sheet: ReviewSheet) -> Iterator[Message]:
    """Said before a signature: a calibrated total does not follow the scores."""
    if calibrated(sheet):
        yield M("The total was calibrated; the scores by themselves make {computed}. If it is to follow them, "
                "calibrate it to that first.", computed=sheet.computed)  # fmt: skip


def _correction(sheet: ReviewSheet) -> Message:
    """What is asked before a correction is signed."""
    before = register.versions(sheet.id)[0]
    return M("Sign off version {version} of the review of {name} for {period}?\n\nIt corrects register no. {number}: "
             "{reason}\nTotal {was} → {now}, grade {was_grade} → {grade}.\n\nBoth versions are kept. This cannot be "
             "undone.", version=before.version + 1, name=sheet.name, period=sheet.period, number=before.number,
             reason=sheet.amending, was=before.total, now=sheet.total, was_grade=before.grade,
             grade=sheet.grade)  # fmt: skip


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", True)
    return rule
