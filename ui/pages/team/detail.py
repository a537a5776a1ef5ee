"""One person in full: what the roster says, the year's work, the way so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktopapp.goals import rules as goal_rules
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import charts
from desktopapp.overview.person import NextBirthday, Work
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.team import rules
from desktopapp.team.models import LEFT, PROBATION, Move, Person
from desktopapp.team.queries import MoveRow, PersonRow, PrintRow
from ui.kit.avatar import Avatar
from ui.kit.button import Button, IconButton
from ui.kit.card import Card
from ui.kit.chart import Chart, ChartView, Progress, ProgressBar
from ui.kit.covered import Covered, is_private, turn_together
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.label import Elided, Label, restyle
from ui.kit.pill import Pill
from ui.kit.theme import px

MOODS = {PROBATION: "warn", "active": "good", "on_leave": "accent", LEFT: "neutral"}
GOALS = {"achieved": "good", "on_track": "accent", "at_risk": "warn", "behind": "bad", "missed": "bad"}
CHOOSE = N_("Choose somebody on the left.")
TAUGHT = N_("Here stands all about one person: results, goals, reviews, contract and whom to call.")
WIDE = 600
"""Pixels below which the sheets stand in one column."""
BASICS = (
    Person.number, Person.gender, Person.position, Person.grade, Person.team, Person.phone, Person.other_phone,
    Person.email,
)  # fmt: skip
EMERGENCY = (Person.emergency_name, Person.emergency_relation, Person.emergency_phone)


class Facts(QWidget):
    """Labelled values one under the other; what is empty is left out."""

    def __init__(self, pairs: Sequence[tuple[str, str | QWidget]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for nth, (name, value) in enumerate((name, value) for name, value in pairs if value):
            grid.addWidget(Label(name, "secondary"), nth, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_told(value) if isinstance(value, str) else value, nth, 1)


def _told(value: str) -> Label:
    """A value that can be marked and copied."""
    label = Label(value, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class Detail(Card):
    """The right side of the page."""

    history = Signal()
    """The way of the reviews is wanted on paper."""

    def __init__(self, desk: Desk, menu: QMenu) -> None:
        super().__init__(padding=0, spacing=0)
        self.desk = desk
        self.columns: QBoxLayout | None = None
        self.nobody = Empty(desk.language, "user", CHOOSE)
        self.somebody = QWidget()
        column = QVBoxLayout(self.somebody)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header(menu))
        self.scroll = QScrollArea(objectName="sheet", widgetResizable=True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setAccessibleName(desk.language.text(N_("Details")))
        restyle(self.scroll, "ring", value=True)
        column.addWidget(self.scroll, 1)
        self.body.addWidget(self.nobody, 1)
        self.body.addWidget(self.somebody, 1)

    def _header(self, menu: QMenu) -> QWidget:
        words = self.desk.language.text
        header = QWidget()
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(10)
        self.avatar, self.name, self.pill = Avatar(size=48), Elided("", "title"), Pill()
        self.name.hug()
        self.line = Elided("", "secondary")
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.name)
        top.addWidget(self.pill)
        top.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(top)
        texts.addWidget(self.line)
        self.edit = Button(words(N_("Edit")), icon="pencil")
        self.past = IconButton("history", words(N_("Change history")))
        self.more = Button(words(N_("More")), icon="ellipsis")
        self.more.setMenu(menu)
        row.addWidget(self.avatar)
        row.addLayout(texts, 1)
        row.addWidget(self.past)
        row.addWidget(self.edit)
        row.addWidget(self.more)
        return header

    def show_nobody(self, *, is_first: bool) -> None:
        """Show that nobody is chosen, or what will stand here once there is somebody."""
        self.nobody.teach(TAUGHT if is_first else CHOOSE)
        self.nobody.show()
        self.somebody.hide()

    def show_person(
        self, row: PersonRow, work: Work, birthday: NextBirthday | None, moves: Sequence[MoveRow],
        prints: Sequence[PrintRow],
    ) -> None:
        """Show somebody."""
        language = self.desk.language
        self.nobody.hide()
        self.somebody.show()
        self.avatar.put(row.name)
        self.name.setText(row.name)
        self.pill.put(language.text(Person.status.label(row.status)), MOODS[row.status])
        self.line.setText(" · ".join(part for part in (row.team, row.position, self._service(row), row.phone) if part))
        at = self.scroll.verticalScrollBar().value()
        self.scroll.setWidget(self._sheet(row, work, birthday, moves, prints))
        self.scroll.verticalScrollBar().setValue(at)

    def _service(self, row: PersonRow) -> str:
        if row.joined is None:
            return ""
        years = rules.years_of_service(row.joined, row.left or self.desk.day)
        return self.desk.language.text(M("{years} {years:year|years} here", years=f"{years:g}"))

    def _sheet(
        self, row: PersonRow, work: Work, birthday: NextBirthday | None, moves: Sequence[MoveRow],
        prints: Sequence[PrintRow],
    ) -> QWidget:
        sheet = QWidget()
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, sheet)
        self.columns.setContentsMargins(16, 12, 16, 16)
        self.columns.setSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        self.covered: dict[str, Covered] = {}
        for column in (left, right):
            column.setSpacing(12)
            self.columns.addLayout(column, 1)
        if not row.is_owner:
            left.addWidget(self._year(work))
            right.addWidget(self._goals(work))
            if work.last:
                left.addWidget(self._review(work.last))
            if len([each for each in work.judged if each.total is not None]) > 1:
                right.addWidget(self._course(work))
        left.addWidget(self._basics(row))
        left.addWidget(self._birthday(row, birthday))
        left.addStretch(1)
        right.addWidget(self._contract(row))
        right.addWidget(self._emergency(row))
        if row.note:
            right.addWidget(self._note(row))
        right.addWidget(self._moves(moves))
        if prints:
            right.addWidget(self._prints(prints))
        right.addStretch(1)
        turn_together(self.covered.values())
        self._settle()
        return sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Two columns where there is room for them."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        if self.columns is not None:
            self.columns.setDirection(across if self.width() >= px(WIDE) else down)

    def _facts(self, title: str, pairs: Sequence[tuple[str, str | QWidget]]) -> Card:
        card = Card(self.desk.language.text(title))
        if any(value for _, value in pairs):
            card.body.addWidget(Facts([(self.desk.language.text(name), value) for name, value in pairs]))
        else:
            card.body.addWidget(Label(self.desk.language.text(N_("Nothing written yet.")), "caption"))
        return card

    def _values(self, row: PersonRow, fields: Sequence[Any]) -> list[tuple[str, str | QWidget]]:
        said = ((field, self._value(field, getattr(row, field.name))) for field in fields)
        return [(field.verbose_name, self._cover(field, text) if text and is_private(field) else text)
                for field, text in said]  # fmt: skip

    def _cover(self, field: Any, text: str) -> Covered:
        language = self.desk.language
        covered = Covered(language, language.text(field.verbose_name), text, turns=True)
        self.covered[field.name] = covered
        return covered

    def _value(self, field: object, value: object) -> str:
        label = getattr(field, "label", None)
        return self.desk.language.text(label(value)) if label else self.desk.language.show(value)

    def _basics(self, row: PersonRow) -> Card:
        return self._facts(N_("Basics"), self._values(row, BASICS))

    def _contract(self, row: PersonRow) -> Card:
        fields = [Person.joined, Person.probation_end, Person.contract_end, Person.left, Person.left_reason]
        return self._facts(N_("Contract and pay"), self._values(row, [*fields, Person.base_pay]))

    def _emergency(self, row: PersonRow) -> Card:
        return self._facts(N_("Emergency contact"), self._values(row, EMERGENCY))

    def _birthday(self, row: PersonRow, birthday: NextBirthday | None) -> Card:
        language = self.desk.language
        pairs = [(Person.birthday.verbose_name, language.show(row.birthday))]
        if birthday:
            pairs.append((Person.birthday_calendar.verbose_name,
                          self._value(Person.birthday_calendar, row.birthday_calendar)))  # fmt: skip
            day = language.day(birthday.day)
            if birthday.lunar:
                day = language.text(M("{day} (lunar {lunar})", day=birthday.day, lunar=birthday.lunar))
            pairs.append((N_("Next birthday"), day))
        return self._facts(N_("Birthday"), pairs)

    def _note(self, row: PersonRow) -> Card:
        card = Card(self.desk.language.text(Person.note.verbose_name))
        card.body.addWidget(Label(row.note, wrap=True))
        return card

    def _moves(self, moves: Sequence[MoveRow]) -> Card:
        language = self.desk.language
        pairs = [(language.day(m.day), " · ".join(filter(None, (language.text(Move.kind.label(m.kind)), m.reason))))
                 for m in moves]  # fmt: skip
        return self._facts(N_("With the firm"), pairs)

    def _prints(self, prints: Sequence[PrintRow]) -> Card:
        language = self.desk.language
        pairs = [(language.show(each.at), " · ".join(filter(None, (
            language.text(each.title), language.show(each.period), language.text(_amount(each)))
        ))) for each in prints]  # fmt: skip
        return self._facts(N_("Log of paper"), pairs)

    def _year(self, work: Work) -> Card:
        language = self.desk.language
        title, unit = language.text(N_("Results, 12 months")), language.text(N_("in ten thousand yuan"))
        return _drawn(title, unit, charts.months(work.months, language), 190)

    def _review(self, sheet: ReviewSheet) -> Card:
        """The last signed review beside the one before, dimension by dimension."""
        language = self.desk.language
        chart = charts.dimensions(sheet, language)
        said = M("{period} {grade}", period=sheet.period, grade=sheet.grade)
        return _drawn(language.text(N_("Last review")), language.text(said), chart, 230)

    def _course(self, work: Work) -> Card:
        """How the totals of the reviews went."""
        language = self.desk.language
        title = language.text(N_("Course of the reviews"))
        card = _drawn(title, language.text(N_("Final score")), charts.totals(work.judged, language), 168)
        self.paper = IconButton("printer", language.text(N_("Print the history")), self.history.emit, parent=card)
        card.head.addWidget(self.paper)
        return card

    def _goals(self, work: Work) -> Card:
        language = self.desk.language
        card = Card(language.text(N_("Goals")), language.period(work.quarter))
        for row in work.goals:
            line = QHBoxLayout()
            line.addWidget(Elided(row.goal), 1)
            share = float(row.attainment or 0)
            bar = ProgressBar(Progress(share, GOALS.get(row.status, "accent")))
            bar.setFixedWidth(72)
            line.addWidget(bar)
            line.addWidget(Pill(language.text(goal_rules.label(row.status)), GOALS.get(row.status, "neutral")))
            card.body.addLayout(line)
        if not work.goals:
            card.body.addWidget(Label(language.text(M("No goals agreed for {period}", period=work.quarter)), "caption"))
        card.body.addStretch(1)
        if work.judged:
            card.body.addWidget(Label(language.text(N_("Last reviews")), "secondary"))
            card.body.addLayout(self._judged(work))
        return card

    def _judged(self, work: Work) -> QHBoxLayout:
        language, row = self.desk.language, QHBoxLayout()
        for each in work.judged[:3]:
            said = M("{period} {grade}", period=each.period, grade=each.grade)
            row.addWidget(Pill(language.text(said), "good" if each.grade[:1] in "SA" else "accent"))
        row.addStretch(1)
        return row


def _drawn(title: str, note: str, chart: Chart, height: int) -> Card:
    """A card with a chart."""
    card, view = Card(title, note), ChartView(title, chart)
    view.setFixedHeight(height)
    card.body.addWidget(view)
    return card


def _amount(row: PrintRow) -> Message:
    if row.rows:
        return M("{count} {count:row|rows}", count=row.rows)
    return M("{count} {count:page|pages}", count=row.pages)
