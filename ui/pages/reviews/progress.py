"""Who of a round is missing what, and what is done about it: remind, waive, take in, close."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.models import CLOSED, RaterForm, Review
from desktopapp.reviews.queries import CycleRow
from desktopapp.reviews.queries.eligible import left_out
from desktopapp.reviews.queries.progress import ProgressRow, progress
from desktopapp.reviews.queries.rounds import CALIBRATING, SCORING, STARTED
from desktopapp.reviews.rules import WAIVED
from ui.kit import ask
from ui.kit.avatar import Who
from ui.kit.button import Button, IconButton
from ui.kit.card import Card, Foot
from ui.kit.editors import CountLine, Line, choice
from ui.kit.empty import Empty
from ui.kit.form import Loose, RecordForm
from ui.kit.label import Label
from ui.kit.page import Page
from ui.kit.pill import Pill, State
from ui.kit.preview import Preview
from ui.kit.table import TALL, Column, RecordTable, TableView
from ui.pages.reviews.begin import left_out_options
from ui.pages.reviews.roster import state_of

STAGES = {
    STARTED: (N_("Started"), "neutral"),
    SCORING: (N_("Being scored"), "accent"),
    CALIBRATING: (N_("Scored, side by side"), "accent"),
    CLOSED: (N_("Closed"), "good"),
}
"""A stage of a round in words, and its mood."""
OTHERS, LATE = 5, 6
"""Columns that are left out where they are empty."""
REASON = Loose("reason", Review.waived.verbose_name)
SOMEBODY = Loose("person", N_("Person"))
COUNT = Loose(
    "count",
    N_("Colleagues for each"),
    N_("Everybody rates as many as rate him. Fewer than three of one kind are neither shown nor counted."),
)


class ProgressView(Card):
    """The board of a round."""

    opened = Signal(int)
    """A review is to be worked on."""
    typing = Signal()
    """Forms came back on paper."""
    sending = Signal()
    """Forms are to be written as files, for raters to fill in."""
    sending_one = Signal(int)
    """Those about one person are, of this review."""

    def __init__(self, page: Page) -> None:
        super().__init__(padding=0, spacing=0)
        self.page, self.desk, self.cycle = page, page.desk, 0
        words, language = self.desk.language.text, self.desk.language
        self.stage, self.line, self.late = Pill(), Label("", "secondary"), Label("", "warn")
        self.colleagues = Button(words(N_("Ask colleagues…")), self.ask_colleagues, icon="users")
        self.paper = Button(words(N_("Type in forms…")), self.typing.emit, icon="pencil")
        self.sheets = IconButton("printer", words(N_("Print the sheets of raters")), self.print_sheets)
        self.files = IconButton("upload", words(N_("Forms for raters as files…")), self.sending.emit)
        self.more = Button(words(N_("Take somebody in…")), self.ask_person, icon="user-plus")
        self.close_round = Button(words(N_("Close the round")), self.close_cycle, icon="check")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        for label in (self.stage, self.line, self.late):
            head.addWidget(label)
        head.addStretch(1)
        for button in (self.colleagues, self.sheets, self.files, self.paper, self.more, self.close_round):
            head.addWidget(button)
        self.model = RecordTable(self._columns(), language)
        nothing = Empty(language, "clipboard-check", N_("Nobody is in this round."))
        self.view = TableView(self.model, language, height=TALL, name=N_("Progress of the round"), empty=nothing)
        self.view.opened.connect(lambda row: self.opened.emit(row.id))
        self.view.chosen.connect(self._choose)
        self.body.addLayout(head)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._foot())

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(N_("Name"), lambda row: Who(row.name, row.position), kind="person", width=190,
                   by=lambda row: row.pinyin),
            Column(N_("State"), _state, kind="state", width=98),
            Column(N_("Missing"), _missing, stretch=True, by=lambda row: len(row.missing)),
            Column(N_("Self"), lambda row: _of(row.own), width=76),
            Column(N_("Superior"), lambda row: _of(row.superior), width=76),
            Column(N_("Others"), lambda row: _of(row.raters), width=76),
            Column(N_("Days late"), lambda row: row.late or None, kind="number", width=76),
        )  # fmt: skip

    def _foot(self) -> QWidget:
        words = self.desk.language.text
        self.go = Button(words(N_("Go on scoring")), self._open)
        self.send = Button(words(N_("Forms as files…")), self._send, icon="upload")
        self.waive = Button(words(N_("Waive…")), self.ask_waiver)
        self.resume = Button(words(N_("Review after all")), self.take_up)
        foot = Foot(self.go, self.send, self.waive, self.resume)
        self.told = foot.told
        return foot

    def show_cycle(self, row: CycleRow) -> None:
        """Show how far everybody of a round is."""
        self.cycle, text = row.id, self.desk.language.text
        word, mood = STAGES[row.stage]
        self.stage.put(text(word), mood)
        self.line.setText(text(M("{count} waived", count=row.waived)) if row.waived else "")
        late = 0 if row.state == CLOSED else max((self.desk.day - row.due).days, 0)
        self.late.setText(text(M("{days} {days:day|days} late", days=late)) if late else "")
        for button in (self.colleagues, self.more, self.close_round):
            button.setVisible(row.state != CLOSED)
        waiting = queries.waiting(row.id)
        self.paper.setVisible(bool(queries.typeable(row.id)))
        self.sheets.setVisible(any(each.relation in rules.NAMELESS for each in waiting))
        self.files.setVisible(bool(waiting))
        self.colleagues.setVisible(row.state != CLOSED and rules.PEER in queries.form(row.id).weights)
        shown = self.view.current_row()
        found = progress(row.id, self.desk.day)
        empty = {OTHERS: not any(each.raters[1] for each in found), LATE: not any(each.late for each in found)}
        self.view.leave_out(at for at, is_empty in empty.items() if is_empty)
        self.model.show(found)
        self.view.select(lambda each: shown is not None and each.id == shown.id) or self.view.select(lambda _: True)
        self._choose(self.view.current_row())

    def _choose(self, row: ProgressRow | None) -> None:
        is_open = queries.cycle(self.cycle).state != CLOSED if self.cycle else False
        is_waived = row is not None and row.state == WAIVED
        self.go.setVisible(row is not None and not is_waived)
        is_due = row is not None and is_open and row.state not in (rules.SIGNED, WAIVED)
        self.waive.setVisible(is_due)
        self.send.setVisible(is_due)
        self.resume.setVisible(is_waived and is_open)
        why = M("Waived: {why}", why=row.why) if row is not None and is_waived else None
        self.told.setText(self.desk.language.text(why) if why else "")

    def _open(self) -> None:
        if row := self.view.current_row():
            self.opened.emit(row.id)

    def _send(self) -> None:
        if row := self.view.current_row():
            self.sending_one.emit(row.id)

    # What the owner does

    def print_sheets(self) -> None:
        """Preview a sheet for every colleague, subordinate and customer who has not rated yet."""
        from ui.pages.reviews.paper import rater_sheets  # here, because it is printed once a round

        Preview(self.desk, rater_sheets(queries.cycle(self.cycle)), self).open()

    def close_cycle(self) -> None:
        """Close the round; who is not through is named."""
        try:
            service.close(cycle=self.cycle, today=self.desk.day)
        except (Refused, Fault) as no:
            ask.tell(self, self.desk.language, no.message)
            return
        self.desk.toast(M("The round is closed"), undo=True)

    def ask_waiver(self) -> None:
        """Ask why somebody is not reviewed."""
        row = self.view.current_row()
        if row is None:
            return
        self._ask(M("Waive the review of {name}", name=row.name), (REASON,), partial(service.waive, review=row.id),
                  {"reason": Line(self.desk.language)}, N_("Waive"))  # fmt: skip

    def take_up(self) -> None:
        """Review the current one after all."""
        if row := self.view.current_row():
            service.take_up(review=row.id)
            self.desk.toast(M("{name} is reviewed after all", name=row.name), undo=True)

    def ask_person(self) -> None:
        """Ask who is to be reviewed too."""
        options = left_out_options(left_out(self.cycle), self.desk.language)
        if not options:
            ask.tell(self, self.desk.language, M("Everybody who was with the firm in this period is in the round."))
            return
        self._ask(M("Take somebody in"), (SOMEBODY,), partial(service.take_in, cycle=self.cycle),
                  {"person": choice(options)}, N_("Take in"))  # fmt: skip

    def ask_colleagues(self) -> None:
        """Ask how many colleagues are to rate each."""
        form = self._ask(M("Ask colleagues"), (COUNT,),
                         partial(_ask_peers, self.cycle, self.desk.day),
                         {"count": CountLine(self.desk.language)}, N_("Ask"), {"count": rules.FEWEST})  # fmt: skip
        form.saved.connect(lambda asked: self.desk.toast(M("{count} {count:colleague was|colleagues were} asked",
                                                           count=asked), undo=True))  # fmt: skip

    def _ask(
        self, title: Message, asked: tuple[Loose, ...], save: Any, editors: dict[str, Any], act: str,
        values: dict[str, Any] | None = None,
    ) -> RecordForm:  # fmt: skip
        form = RecordForm(
            self.desk.language, title, asked, save, day=self.desk.day, editors=editors, values=values, act=act
        )
        return self.page.ask(form)


def _ask_peers(cycle: int, day: date, count: int | None) -> int:
    if not count or count < 0:
        raise Refused(M("Write a number."), "count")
    return service.ask_peers(cycle=cycle, count=count, today=day)


def _of(counts: tuple[int, int] | None) -> str | None:
    return None if counts is None or not counts[1] else f"{counts[0]} / {counts[1]}"


def _missing(row: ProgressRow) -> tuple[Message, ...]:
    out = [M("{relation} left out: too few", relation=Message(RaterForm.relation.label(kind))) for kind in row.left_out]
    return (*row.missing, *(() if row.state in (rules.SIGNED, WAIVED) else out))


def _state(row: ProgressRow) -> State:
    return State(*state_of(row.state, row.superior[0], disputed=row.disputed, refused=row.refused))
