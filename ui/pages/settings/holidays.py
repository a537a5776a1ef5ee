"""The calendar of working days: what ships, what the owner adds, and the notice of a new year, pasted."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.workday import read_swaps, workdays
from desktopapp.team import queries, service
from desktopapp.team.models import OFF, USUAL, WORK, Holiday
from desktopapp.team.queries import HolidayRow
from ui.kit.banner import Banner
from ui.kit.button import Button, IconButton
from ui.kit.card import Card
from ui.kit.editors import NoteBox, choice, editor
from ui.kit.empty import Empty
from ui.kit.form import Row
from ui.kit.keys import HERE, bind
from ui.kit.label import Label
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView
from ui.kit.theme import px
from ui.pages.settings.section import Section

LEAST = 264
"""Pixels of the table: some days are always seen."""
MOODS = {OFF: "good", WORK: "warn"}


class HolidaysSection(Section):
    """A year's days off and moved working days."""

    def build(self) -> None:
        self.year = self.desk.day.year
        card = self.card(N_("Working days"), N_("“Working days left” is counted by this calendar."))
        card.body.addLayout(self._years())
        self.unknown = Banner("info")
        card.body.addWidget(self.unknown)
        card.body.addWidget(self._table(), 1)
        card.body.addLayout(self._below())
        self._adding()

    def _years(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.before = IconButton("chevron-left", self.words(N_("Year before")), lambda: self.turn(-1))
        self.after = IconButton("chevron-right", self.words(N_("Next year")), lambda: self.turn(1))
        self.title, self.count = Label("", "strong"), Label("", "secondary")
        for widget in (self.before, self.title, self.after, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        self.paste = Button(self.words(N_("Paste the notice…")), self.paste_notice, icon="clipboard-check")
        row.addWidget(self.paste)
        return row

    def _table(self) -> TableView:
        language = self.desk.language
        columns = (
            Column(Holiday.day, lambda row: _written(row.day, language), width=180, by=lambda row: row.day),
            Column(Holiday.kind, _kind, kind="state", width=96),
            Column(Holiday.name, lambda row: language.show(row.name), stretch=True),
            Column(N_("From"), self._source, width=120),
        )
        self.model = RecordTable(columns, language)
        nothing = Empty(language, "calendar", N_("Nothing is set for this year."), N_("Paste the notice…"),
                        self.paste_notice)  # fmt: skip
        self.view = TableView(self.model, language, height=36, empty=nothing, name=N_("Days off and working days"))
        self.view.setMinimumHeight(LEAST)
        self.view.chosen.connect(self._choose)
        bind(self.view, "Delete", self.drop, self.words(N_("Take the day out")), context=HERE)
        return self.view

    def _source(self, row: HolidayRow) -> str:
        return self.words(N_("Entered by you") if row.is_own else N_("As it ships"))

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.remove = Button(self.words(N_("Take the day out")), self.drop, icon="trash-2")
        self.restore = Button(self.words(N_("Back to what ships")), self.restore_year, icon="undo-2")
        row.addWidget(self.remove)
        row.addWidget(self.restore)
        row.addStretch(1)
        return row

    def _adding(self) -> None:
        language = self.desk.language
        card: Card = self.card(N_("Add a day"))
        kinds = choice([(key, self.words(text)) for key, text in Holiday.kind.choices if key != USUAL])
        made = {"kind": kinds}
        self.rows = {
            field.name: Row(field, language, made.get(field.name) or editor(field, language, self.desk.day))
            for field in (Holiday.day, Holiday.kind, Holiday.name)
        }
        across = QHBoxLayout()
        across.setSpacing(16)
        for row in self.rows.values():
            across.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.add = Button(self.words(N_("Add the day")), self.add_day, icon="plus")
        for name in ("day", "name"):
            self.rows[name].editor.returnPressed.connect(self.add_day)
        card.body.addLayout(across)
        card.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        rows = queries.holidays(self.year)
        self.model.show(rows)
        self.title.setText(str(self.year))
        days = workdays(date(self.year - 1, 12, 31), date(self.year, 12, 31), queries.swaps())
        self.count.setText(self.words(M("{count} {count:working day|working days}", count=days)))
        told = M("The moved days of {year} are not known yet: it goes by weekends. Paste the notice once it is out.",
                 year=str(self.year))  # fmt: skip
        self.unknown.say("" if rows else self.words(told))
        self.restore.setVisible(any(row.is_own for row in rows) or queries.has_own_days(self.year))
        self._choose(self.view.current_row())

    def _choose(self, row: Any) -> None:
        self.remove.setEnabled(row is not None)

    def turn(self, by: int) -> None:
        """Show another year."""
        self.year += by
        self.refresh()

    def add_day(self) -> None:
        """Keep the day that was typed."""
        for row in self.rows.values():
            row.show_fault("")
        try:
            day = self.rows["day"].value()
            if day is None:
                raise Refused(M("Write a date."), "day")
            service.set_holiday(day=day, kind=self.rows["kind"].value(), name=self.rows["name"].value() or "")
        except (Refused, Fault) as no:
            self.rows["day"].show_fault(self.words(no.message))
            return
        self.year = day.year
        for name in ("day", "name"):
            self.rows[name].editor.put(None)
        self.desk.saved()
        self.refresh()
        self.rows["day"].editor.setFocus()

    def drop(self) -> None:
        """Let the chosen day be as its weekday."""
        row = self.view.current_row()
        if row is not None:
            service.drop_holiday(day=row.day)
            self.desk.toast(M("{day} is as its weekday again", day=row.day), undo=True)

    def restore_year(self) -> None:
        """Forget what the owner entered for the year."""
        service.restore_holidays(year=self.year)
        self.desk.toast(M("The calendar of {year} is as it ships", year=str(self.year)), undo=True)

    def paste_notice(self) -> None:
        """Ask for the text of the notice."""
        Notice(self.desk.language, self.year, self._took, self).open()

    def _took(self, count: int) -> None:
        self.desk.toast(M("{count} {count:day|days} taken in", count=count), undo=True)


class Notice(QDialog):
    """Takes the text of a notice and says what it found in it before anything is kept."""

    def __init__(self, language: Language, year: int, took: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.language, self.year, self._took = language, year, took
        words = language.text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words(M("Holiday notice of {year}", year=str(year))))
        self.setMinimumWidth(px(560))
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        told = N_("Paste the notice of the State Council as it was published, or lines like “2027-02-05 off Spring "
                  "Festival”.")  # fmt: skip
        label = Label(words(told), "secondary", wrap=True)
        self.text = NoteBox(language)
        self.text.setAccessibleName(self.windowTitle())
        label.setBuddy(self.text)
        self.text.setMinimumHeight(px(200))
        self.found = Label("", "secondary", wrap=True)
        self.take = Button(words(N_("Take them in")), self.take_in, kind="primary")
        foot.addStretch(1)
        foot.addWidget(Button(words(N_("Cancel")), self.close))
        foot.addWidget(self.take)
        for widget in (label, self.text, self.found):
            column.addWidget(widget)
        column.addLayout(foot)
        self.text.changed.connect(self.count)
        self.count()

    def count(self) -> None:
        """Say what the text names."""
        found = read_swaps(self.text.toPlainText(), self.year)
        working = sum(each.is_work for each in found)
        said = M("Found: {off} {off:day|days} off, {work} {work:working day|working days} at a weekend",
                 off=len(found) - working, work=working)  # fmt: skip
        self.found.setText(self.language.text(said if found else N_("No dates found yet.")))
        self.take.setEnabled(bool(found))

    def take_in(self) -> None:
        """Keep the days."""
        try:
            count = service.take_in_holidays(text=self.text.toPlainText(), year=self.year)
        except (Refused, Fault) as no:
            self.found.put(self.language.text(no.message), "bad")
            return
        self.close()
        self._took(count)


def _kind(row: HolidayRow) -> State:
    return State(Holiday.kind.label(row.kind), MOODS[row.kind])


def _written(day: date, language: Language) -> str:
    return language.text(M("{day} {weekday}", day=day, weekday=language.weekday(day)))
