"""Today: the firm in four figures, what wants the owner, and the team on one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.period import QUARTER
from desktopapp.kernel.share import Share
from desktopapp.kernel.workday import workdays
from desktopapp.overview import charts, history, sample, standing
from desktopapp.overview.beginning import Beginning, beginnings
from desktopapp.overview.standing import Figures, Line
from desktopapp.overview.today import today as waiting
from desktopapp.team import queries as team
from ui.kit import ask
from ui.kit.avatar import Who
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.card import Card, Figure, parted
from ui.kit.chart import ChartView, Progress
from ui.kit.desk import Desk
from ui.kit.empty import Empty
from ui.kit.label import Elided, Label
from ui.kit.page import Page
from ui.kit.picture import Tile
from ui.kit.pill import Pill, State, mood_of

if TYPE_CHECKING:
    from ui.kit.column import Column
    from ui.kit.table import TableView

NEAR = {-1: N_("since yesterday"), 0: N_("today"), 1: N_("tomorrow")}
"""Days from today that have a word of their own."""
FEW = 5
"""Notices shown before the owner asks for all of them."""
MOST = 60
"""Notices shown at all."""
WIDE = 900
"""Pixels below which the page is laid out in fewer columns."""
TALL = 800
"""Pixels above which the window shows more than the head of the team's table."""
LINES = 8
"""People shown; the roster has them all."""
SOON = timedelta(days=7)
ICONS = {"team": "user", "goals": "target", "reviews": "clipboard-check", "sales": "wallet", "birthdays": "cake",
         "settings": "save"}  # fmt: skip
GRADES = {"S": "good", "A": "good", "B": "accent", "C": "warn", "D": "bad"}


class HomePage(Page):
    """The first page."""

    tables = history.EVERY_TABLE
    prints = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Today"), scroll=True)
        self.action(N_("Print today's list"), self.print_page, icon="printer")
        self.body.setSpacing(12)
        self.banner = self._banner()
        self.body.addWidget(self.banner)
        self.body.addLayout(self._figures())
        self.middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.middle.setSpacing(12)
        self.waiting = Waiting(desk)
        self.middle.addWidget(self.waiting, 11)
        self.middle.addWidget(self._chart(), 10)
        self.body.addLayout(self.middle)
        self.body.addWidget(self._team())
        self.safety = Label("", "caption")
        self.body.addWidget(self.safety)
        self.body.addStretch(1)
        self.start()

    def _banner(self) -> Banner:
        words = self.desk.language.text
        banner = Banner("info", words(N_("This is sample data, to look around in.")))
        banner.layout().setContentsMargins(12, 1, 8, 1)
        self.remove = banner.add(Button(words(N_("Remove all of it")), self.remove_sample, kind="link"))
        return banner

    def _figures(self) -> QGridLayout:
        words = self.desk.language.text
        is_quarter = team.season().months == QUARTER
        result = N_("Team result this quarter") if is_quarter else N_("Team result this period")
        self.result = Figure(words(result), "chart-column")
        self.overdue = Figure(words(N_("Receivables overdue")), "triangle-alert")
        self.reviews = Figure(words(N_("Reviews to finish")), "clipboard-check")
        self.goals = Figure(words(N_("Goals behind")), "target")
        self.cards = (self.result, self.overdue, self.reviews, self.goals)
        for card in self.cards:
            card.line.setWordWrap(True)
        self.grid = QGridLayout()
        self.grid.setSpacing(12)
        self._settle(len(self.cards))
        return self.grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        self._settle(len(self.cards) if is_wide else 2)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.middle.setDirection(across if is_wide else down)

    def _settle(self, columns: int) -> None:
        """Put the figures into so many columns."""
        if self.grid.count() and self.columns == columns:
            return
        self.columns = columns
        for nth, card in enumerate(self.cards):
            self.grid.addWidget(card, nth // columns, nth % columns)
            self.grid.setColumnStretch(nth, int(nth < columns))

    def _chart(self) -> Card:
        language = self.desk.language
        card = Card(language.text(N_("Results and targets by month")), language.text(N_("in ten thousand yuan")))
        result, target = language.text(N_("Result")), language.text(N_("Target"))
        card.head.addWidget(Label(f"■ {result}", "accent"))
        card.head.addWidget(Label(f"┅ {target}", "warn"))
        self.chart = ChartView(language.text(N_("Results and targets by month")))
        self.chart.setMinimumHeight(260)
        said = N_("Here each month's result stands beside its target, once there are sales data or goals.")
        self.no_months = Empty(language, "chart-column", said, N_("Go to the sales data"),
                               partial(self.desk.go, Link("sales")))  # fmt: skip
        card.body.addWidget(self.chart, 1)
        card.body.addWidget(self.no_months, 1)
        return card

    def _team(self) -> Card:
        language = self.desk.language
        card = Card(language.text(N_("The team")), padding=0)
        self.all_people = Button("", partial(self.desk.go, Link("team")), kind="link")
        card.head.addWidget(self.all_people)
        self.team, self._people = card, None
        return card

    @property
    def people(self) -> TableView:
        """The team's table, made once the page is seen: in a window of usual size it lies below."""
        if self._people is None:
            self._people = self._make_people()
            self.team.body.addWidget(self._people)
            self._people.setVisible(self.isVisible())
            self._show_team()
        return self._people

    def _make_people(self) -> TableView:
        from ui.kit.table import RecordTable, TableView  # here, because the first window opens without it

        language = self.desk.language
        self.model = RecordTable(self._columns(), language)
        said = N_("Nobody is on the roster yet. Add the people you lead, or paste them from Excel.")
        empty = Empty(language, "users", said, N_("Go to the roster"), partial(self.desk.go, Link("team")))
        people = TableView(self.model, language, name=N_("The team"), empty=empty)
        people.opened.connect(self.open_person)
        return people

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._people is not None:
            self._show_safety()
        if self.window().height() > TALL:
            self._complete()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._people is None:
            QTimer.singleShot(0, self, self._complete)

    def _complete(self) -> None:
        """Have all of the page there."""
        if self._people is None:
            with self.desk.changes.reading():
                _ = self.people
            self._show_safety()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # or it is drawn once, squeezed

    def _columns(self) -> tuple[Column, ...]:
        from ui.kit.column import Column

        is_quarter = team.season().months == QUARTER
        reached = N_("Reached this quarter") if is_quarter else N_("Reached this period")
        collected = N_("Collected this quarter") if is_quarter else N_("Collected this period")
        return (
            Column(N_("Account manager"), _who, kind="person", width=190, by=lambda row: row.pinyin),
            Column(reached, self._reached, kind="progress", width=250),
            Column(collected, lambda row: row.collected, kind="number", width=150),
            Column(N_("Last grade"), _grade, kind="state", width=100, by=lambda row: row.grade or "Z"),
            Column(N_("Next"), lambda row: self.desk.language.text(row.next) if row.next else "", stretch=True),
        )

    def _reached(self, line: Line) -> Progress | str:
        """How far somebody is, beside how far the period is: the colour says which of the two is ahead."""
        if line.attainment is None:
            return ""
        share = float(line.attainment)
        return Progress(share, mood_of(share / self.passed), self.passed, f"{share:.0%}")

    def refresh(self, _touched: frozenset[str]) -> None:
        """Ask for everything again."""
        day = self.desk.day
        self.period = team.season().of(day)
        self.passed = self.period.elapsed(day)
        self.subtitle.setText(self._date_line(day))
        self.banner.setVisible(sample.is_sample())
        notices = waiting(day)
        self._show_figures(standing.figures(day))
        self.waiting.show_notices(notices)
        self._show_months(standing.months(day))
        self.notices, count = notices, team.head_count()
        self.all_people.setText(self.desk.language.text(M("See all {count}", count=count)))
        self.all_people.setVisible(bool(count))
        if self._people is not None:
            self._show_team()
            self._show_safety()

    def _show_safety(self) -> None:
        """How the backups stand, once the page is seen."""
        from desktopapp.overview import backups  # here, because the first window opens without it

        self.safety.setText(self.desk.language.text(backups.summary()))

    def _date_line(self, day: date) -> str:
        language = self.desk.language
        said = M("{day} {weekday} · week {week} · {left} {left:working day|working days} left in {period}", day=day,
                 weekday=language.weekday(day), week=day.isocalendar().week, period=self.period,
                 left=workdays(day, self.period.end, team.swaps()))  # fmt: skip
        return language.text(said)

    def _show_figures(self, now: Figures) -> None:
        self._show_result(now)
        self._show_overdue(now)
        self._show_reviews(now)
        self._show_goals(now)

    def _show_result(self, now: Figures) -> None:
        language, reached = self.desk.language, now.attainment
        figure, unit = parted(language, now.sold)
        if reached is None:
            self.result.show_figure(figure, unit, language.text(N_("No target agreed yet")), "neutral")
            return
        whole, passed = Share(round(reached, 2)), Share(round(now.elapsed, 2))
        line = M("{reached} of the target · {elapsed} of the time", reached=whole, elapsed=passed)
        pace = float(reached) / self.passed
        bar = Progress(float(reached), mood_of(pace), float(now.elapsed))
        self.result.show_figure(figure, unit, language.text(line), mood_of(pace), bar)

    def _show_overdue(self, now: Figures) -> None:
        language = self.desk.language
        if now.overdue is None:
            self.overdue.show_figure("–", "", language.text(N_("No due dates are known yet")), "neutral")
            return
        figure, unit = parted(language, now.overdue)
        if not now.overdue:
            self.overdue.show_figure(figure, unit, language.text(N_("Nothing is late")), "good", Progress(0, "good"))
            return
        part = standing.share_of(now.overdue, now.sold)
        line = M("{count} {count:customer|customers}", count=now.debtors)
        if part is not None:
            line = M("{count} {count:customer|customers} · {part} of the result", count=now.debtors, part=part)
        self.overdue.show_figure(figure, unit, language.text(line), "bad", Progress(float(part or 1), "bad"))

    def _show_reviews(self, now: Figures) -> None:
        language = self.desk.language
        unit = language.text(N_("people"))
        if not now.reviews or now.due is None:
            self.reviews.show_figure("0", unit, language.text(N_("No reviews are running")), "neutral")
            return
        left = (now.due - self.desk.day).days
        due = language.short_day(now.due)
        line = M("Due {day} · {left} {left:day|days} left", day=due, left=left)
        if left < 0:
            line = M("Was due {day} · {late} {late:day|days} late", day=due, late=-left)
        mood = "good" if not now.unsigned else "bad" if left < 0 else "warn" if left <= SOON.days else "accent"
        done = 1 - now.unsigned / now.reviews
        self.reviews.show_figure(str(now.unsigned), unit, language.text(line), mood, Progress(done, mood))

    def _show_goals(self, now: Figures) -> None:
        language = self.desk.language
        unit = language.text(M("of {count}", count=now.goals))
        if not now.goals:
            none = language.text(M("No goals agreed for {period}", period=now.quarter))
            self.goals.show_figure("0", "", none, "neutral")
            return
        line = M("{count} more at risk", count=now.at_risk) if now.at_risk else M("None is at risk")
        mood = "bad" if now.behind else "warn" if now.at_risk else "good"
        part = now.behind / now.goals
        self.goals.show_figure(str(now.behind), unit, language.text(line), mood, Progress(part, mood))

    def _show_months(self, months: Sequence[standing.Month]) -> None:
        is_known = any(each.sold or each.target for each in months)
        self.chart.setVisible(is_known)
        self.no_months.setVisible(not is_known)
        self.chart.show_chart(replace(charts.months(months, self.desk.language), names=()))  # they stand in the head

    def _show_team(self) -> None:
        lines = standing.lines(self.desk.day, self.notices)
        shown = sorted(lines, key=lambda line: -(line.attainment or 0))[:LINES]
        self.model.show(shown)
        self._people.setFixedHeight(36 + 44 * max(len(shown), 5) + 6)

    def open_person(self, line: Line) -> None:
        """Go to somebody's page."""
        self.desk.go(Link("team", line.id))

    def remove_sample(self) -> None:
        """Take the sample firm out, once the owner says so."""
        question = M("Remove the sample firm? What you added yourself stays. You can undo it.")
        ask.confirm(self, self.desk.language, question, N_("Remove all of it"), self._remove_sample)

    def _remove_sample(self) -> None:
        sample.remove()
        self.desk.toast(M("The sample firm is gone"), undo=True)

    def print_page(self) -> None:
        """Preview the daily list."""
        from desktopapp.overview import daily  # here, because the first window needs no paper
        from ui.kit.preview import Job, Preview, in_one_go

        make = in_one_go(daily.daily_list, today=self.desk.day)
        Preview(self.desk, Job(daily.CODE, N_("Today's list"), make, missing=daily.missing_glyphs), self).open()


class Waiting(Card):
    """What wants the owner, the most pressing first, each with one button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(spacing=0)
        self.desk, self.notices, self.unfolded = desk, (), False
        words = desk.language.text
        top = QHBoxLayout()
        top.setSpacing(8)
        self.count = Pill("", "accent")
        self.unfold = Button(words(N_("Everything")), self.turn, kind="link")
        self.headline = Label(words(N_("Needs you")), "section")
        top.addWidget(self.headline)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.unfold)
        self.body.addLayout(top)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.body.addSpacing(4)
        self.body.addLayout(self.rows)
        self.empty = Empty(desk.language, "circle-check", N_("Nothing waits for you. The day is yours."))
        self.body.addWidget(self.empty, 1)
        self.body.addStretch(0)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show these."""
        self.notices = tuple(notices)
        self._fill()

    def turn(self) -> None:
        """Show all of them, or the first few again."""
        self.unfolded = not self.unfolded
        self._fill()

    def _fill(self) -> None:
        words = self.desk.language.text
        while self.rows.count():
            old = self.rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        lines = self._lines()
        for nth, line in enumerate(lines):
            if nth:
                self.rows.addWidget(rule())
            self.rows.addWidget(line)
        self.headline.setText(words(N_("Needs you") if self.notices or not lines else N_("How to begin")))
        self.count.put(self.desk.language.show(len(self.notices)), "accent")
        self.count.setVisible(bool(self.notices))
        self.empty.setVisible(not lines)
        self.unfold.setVisible(len(self.notices) > FEW)
        self.unfold.setText(words(N_("Fewer") if self.unfolded else N_("Everything")))

    def _lines(self) -> list[ToDo]:
        """What waits; below it, where there is room, what was never begun and nothing that waits is about."""
        shown = self.notices[: MOST if self.unfolded else FEW]
        lines: list[ToDo] = [NoticeRow(self.desk, each, self) for each in shown]
        if len(self.notices) < FEW:
            told = {each.link.area for each in self.notices}
            lines += [BeginningRow(self.desk, each, self) for each in beginnings() if each.link.area not in told]
        return lines


class ToDo(QWidget):
    """One line that wants something done, and its button."""

    def __init__(self, desk: Desk, tile: Tile, texts: tuple[str, str], act: str, link: Link, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(tile)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.what, self.detail = Elided(texts[0]), Elided(texts[1], "caption")
        column.addWidget(self.what)
        column.addWidget(self.detail)
        row.addLayout(column, 1)
        self.button = Button(desk.language.text(act), partial(desk.go, link), kind="link")
        self.button.setAccessibleDescription(texts[0])
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.button)


class NoticeRow(ToDo):
    """A notice, with how pressing it is."""

    def __init__(self, desk: Desk, notice: Notice, parent: QWidget) -> None:
        self.notice = notice
        tile = Tile(ICONS.get(notice.link.area, "bell"), mood_of_due(notice.due, desk.day))
        texts = desk.language.text(notice.what), self._detail(desk)
        super().__init__(desk, tile, texts, notice.act, notice.link, parent)

    def _detail(self, desk: Desk) -> str:
        words, days = desk.language.text, (self.notice.due - desk.day).days
        due = M("{days} {days:day|days} late", days=-days) if days < 0 else M("in {days} {days:day|days}", days=days)
        when = words(NEAR.get(days, due))
        more = words(self.notice.detail) if self.notice.detail else ""
        return f"{when} · {more}" if more else when


class BeginningRow(ToDo):
    """Something that was never done yet."""

    def __init__(self, desk: Desk, step: Beginning, parent: QWidget) -> None:
        words = desk.language.text
        texts = words(step.what), words(step.brings)
        super().__init__(desk, Tile(ICONS[step.link.area], "accent"), texts, step.act, step.link, parent)


def rule() -> QFrame:
    """A thin line between two rows."""
    line = QFrame()
    line.setProperty("rule", True)
    return line


def mood_of_due(due: date, today: date) -> str:
    """How pressing a day is: past is bad, this week a warning."""
    return "bad" if due < today else "warn" if due <= today + SOON else "accent"


def _who(line: Line) -> Who:
    return Who(line.name)


def _grade(line: Line) -> State | str:
    return State(line.grade, GRADES.get(line.grade[:1], "neutral")) if line.grade else ""
