"""The roster: everybody on the left, one person in full on the right, and the ways in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.pinyin import is_meant
from desktopapp.overview import person as overview
from desktopapp.overview import standing
from desktopapp.team import queries, rules, service
from desktopapp.team.models import ACTIVE, LEFT, ON_LEAVE, PROBATION, STATUSES, Move, Person
from desktopapp.team.queries import PersonRow
from ui.kit import ask
from ui.kit.avatar import Who
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.drops import are_forms, dropped
from ui.kit.editors import Picker
from ui.kit.empty import Empty
from ui.kit.form import RecordForm
from ui.kit.keys import bind
from ui.kit.page import Page
from ui.kit.pair import Pair
from ui.kit.pill import State
from ui.kit.preview import Job, Preview, in_one_go
from ui.kit.search import SearchField
from ui.kit.table import Column, RecordTable, TableView
from ui.pages.team.detail import Detail
from ui.pages.team.paste import PasteDialog

FIELDS = (
    Person.name, Person.number, Person.gender, Person.position, Person.grade, Person.team, Person.phone,
    Person.other_phone, Person.email, Person.status, Person.joined, Person.probation_end, Person.contract_end,
    Person.base_pay, Person.birthday, Person.birthday_calendar, Person.emergency_name, Person.emergency_relation,
    Person.emergency_phone, Person.pinyin, Person.is_owner, Person.note,
)  # fmt: skip
"""What the form asks, in its order."""
LIST_WIDTH = 264
PRINTS = 5
"""Jobs of printing shown of one person; the log has them all."""
MOODS = {PROBATION: "warn", ACTIVE: "good", ON_LEAVE: "accent", LEFT: "neutral"}
HERE = "here"
"""The filter's choice of everybody who has not left."""
TABLE_FILES = ((N_("Tables"), "*.xlsx *.xls *.csv *.tsv *.txt"),)


class TeamPage(Page):
    """List and detail."""

    tables = frozenset(
        {"person", "move", "deal", "collection", "goal", "check_in", "cycle", "review", "score", "printed"}
    )
    prints = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Team roster"))
        self.shown: int | None = None
        self.everyone: Sequence[PersonRow] = ()
        self.paste = self.action(N_("Paste from Excel"), self.paste_people, icon="file-spreadsheet")
        self.take = self.action(N_("Import a file…"), self.choose_file, icon="upload")
        self.print = self.action(N_("Print the roster"), self.print_page, icon="printer")
        self.add = self.action(N_("Add a person"), self.add_person, icon="plus", kind="primary")
        self.detail = Detail(desk, self._menu())
        self.detail.edit.clicked.connect(self.edit_person)
        self.detail.past.clicked.connect(self.show_past)
        self.detail.history.connect(self.print_history)
        self.body.addWidget(Pair(self._list(), self.detail, width=LIST_WIDTH, least=0, memory=desk.memory, key="team",
                                 narrowest=0), 1)  # fmt: skip
        self.setAcceptDrops(True)
        self.start()

    def _list(self) -> Card:
        language = self.desk.language
        card = Card(padding=0, spacing=8)
        self.search = SearchField(language.text(N_("Name or pinyin, such as zw")))
        self.search.changed.connect(self.show_list)
        self.group, self.status = Picker(()), Picker(self._statuses())
        self.group.setAccessibleName(language.text(N_("Team")))
        self.status.setAccessibleName(language.text(N_("Status")))
        filters, top = QHBoxLayout(), QVBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.group, 1)
        filters.addWidget(self.status, 1)
        top.setContentsMargins(12, 12, 12, 0)
        top.setSpacing(8)
        top.addWidget(self.search)
        top.addLayout(filters)
        card.body.addLayout(top)
        self.model = RecordTable(self._columns(), language)
        self.view = TableView(self.model, language, height=54, empty=self._empty(), name=N_("Team roster"))
        self.view.chosen.connect(self.choose)
        self.view.opened.connect(lambda _row: self.edit_person())
        self.view.narrowed_by(self._is_narrowed, self.show_everybody)
        self.view.pasted.connect(lambda _text: self.paste_people())
        keys, here = QKeySequence.StandardKey.Delete, Qt.ShortcutContext.WidgetShortcut
        bind(self.view, keys, self.delete_person, language.text(N_("Delete")), context=here)
        card.body.addWidget(self.view, 1)
        self.group.currentIndexChanged.connect(self.show_list)
        self.status.currentIndexChanged.connect(self.show_list)
        return card

    def _statuses(self) -> list[tuple[str, str]]:
        words = self.desk.language.text
        each = [(key, words(label)) for key, label in STATUSES]
        return [(HERE, words(N_("At work"))), *each, ("", words(N_("Everybody")))]

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(N_("Name"), _who, kind="person", stretch=True, by=lambda row: row.pinyin),
            Column(N_("Status"), _state, kind="state", width=104),
        )

    def _empty(self) -> Empty:
        said = N_("Nobody here yet. Add the first person, or paste the roster from Excel.")
        return Empty(self.desk.language, "users", said, N_("Add a person"), self.add_person)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        words = self.desk.language.text
        self.confirm = menu.addAction(words(N_("Confirm after probation…")), self.confirm_person)
        self.leave = menu.addAction(words(N_("Leaves the firm…")), self.let_go)
        self.back = menu.addAction(words(N_("Comes back…")), self.take_back)
        menu.addSeparator()
        self.kept = menu.addAction(words(N_("Data kept, a copy, erasing…")), self.show_kept)
        menu.addAction(words(N_("Delete")), self.delete_person)
        return menu

    def refresh(self, _touched: frozenset[str]) -> None:
        """Read the roster again."""
        self.everyone = queries.people(leavers=True, owner=True)
        here = [row for row in self.everyone if row.status != LEFT and not row.is_owner]
        trying = sum(row.status == PROBATION for row in here)
        line = M("{count} {count:account manager|account managers}", count=len(here))
        if trying:
            line = M("{count} {count:account manager|account managers} · {trying} on probation",
                     count=len(here), trying=trying)  # fmt: skip
        self.subtitle.setText(self.desk.language.text(line))
        self._show_groups()
        self.show_list()

    def _show_groups(self) -> None:
        chosen = self.group.currentData() or ""
        groups = sorted({row.team for row in self.everyone if row.team}, key=rules.order_of)
        self.group.blockSignals(True)
        self.group.clear()
        self.group.addItem(self.desk.language.text(N_("All teams")), "")
        for name in groups:
            self.group.addItem(name, name)
        self.group.setCurrentIndex(max(self.group.findData(chosen), 0))
        self.group.blockSignals(False)

    def show_list(self) -> None:
        """Show whom the search and the two filters leave."""
        wanted = [row for row in self.everyone if self._is_wanted(row)]
        shown = self.shown  # the view goes to a row of its own when it is filled
        self.model.show(wanted)
        is_there = any(row.id == shown for row in wanted)
        self.shown = shown if is_there else wanted[0].id if wanted else None
        self.view.select(lambda row: row.id == self.shown)
        self._show_person()

    def _is_narrowed(self) -> bool:
        """Whether there is somebody whom the search and the filters leave out."""
        return bool(self.everyone) and bool(self.search.typed() or self.group.value() or self.status.value())

    def show_everybody(self) -> None:
        """Leave out nobody, not even who has left."""
        self.search.clear()
        for box in (self.group, self.status):
            box.put("")

    def _is_wanted(self, row: PersonRow) -> bool:
        group, status = self.group.currentData() or "", self.status.currentData()
        if group and row.team != group:
            return False
        if status == HERE and row.status == LEFT:
            return False
        if status not in (HERE, "") and row.status != status:
            return False
        return is_meant(self.search.typed(), row.name, (row.pinyin, row.initials))

    def choose(self, row: PersonRow | None) -> None:
        """Show another person."""
        if row is not None and row.id != self.shown:
            self.shown = row.id
            self._show_person()

    def _show_person(self) -> None:
        row = next((each for each in self.everyone if each.id == self.shown), None)
        if row is None:
            self.detail.show_nobody(is_first=not self.everyone)
            return
        self.confirm.setVisible(row.status == PROBATION)
        self.leave.setVisible(row.status != LEFT)
        self.back.setVisible(row.status == LEFT)
        day = self.desk.day
        self.detail.show_person(row, overview.work(row.id, day), overview.next_birthday(row, day),
                                queries.moves(row.id), queries.prints(PRINTS, person=row.id))  # fmt: skip
        self.follow_history(Person, row.id, row.name)

    def showing(self) -> int | None:
        return self.shown

    def whom(self) -> int | None:
        return self.shown

    def arrive(self, record: int | None) -> None:
        """Show one person, whatever was filtered."""
        row = next((each for each in self.everyone if each.id == record), None)
        if row is None:
            return
        self.search.clear()
        for box, value in ((self.group, ""), (self.status, "" if row.status == LEFT else HERE)):
            box.setCurrentIndex(box.findData(value))
        self.shown = record
        self.show_list()

    def add_person(self) -> None:
        """Ask who is new."""
        fields = [field for field in FIELDS if field is not Person.pinyin]
        save = partial(service.add, today=self.desk.day)
        form = self._ask_person(N_("Add a person"), fields, save, {"status": ACTIVE}, self.add_person)
        form.saved.connect(self._added)

    def edit_person(self) -> None:
        """Ask what is to be changed of the person shown."""
        row = self._current()
        if row is None:
            return
        fields = [field for field in FIELDS if field is not Person.status or row.status != LEFT]
        values = {field.name: getattr(row, field.name) for field in fields}
        self._ask_person(N_("Edit"), fields, partial(service.change, person=row.id), values, self.edit_person)

    def _ask_person(
        self, title: str, fields: Sequence[Any], save: Any, values: Mapping[str, Any], again: Any
    ) -> RecordForm:
        statuses = [(key, self.desk.language.text(label)) for key, label in STATUSES if key != LEFT]
        form = RecordForm(
            self.desk.language, title, fields, save, day=self.desk.day, values=values, options={"status": statuses}
        )
        return self.ask(form, again)

    def _added(self, number: int) -> None:
        self.arrive(number)

    def confirm_person(self) -> None:
        """Ask from when somebody is confirmed."""
        self._ask_day(N_("Confirm after probation"), (Move.day,), service.confirm, self.confirm_person)

    def let_go(self) -> None:
        """Ask when and why somebody leaves."""
        self._ask_day(N_("Leaves the firm"), (Move.day, Move.reason), service.let_go, self.let_go)

    def take_back(self) -> None:
        """Ask when somebody comes back."""
        self._ask_day(N_("Comes back"), (Move.day,), service.take_back, self.take_back)

    def _ask_day(self, title: str, fields: Sequence[Any], request: Any, again: Any) -> None:
        row = self._current()
        if row is None:
            return
        said = self.desk.language.text(title)
        form = RecordForm(
            self.desk.language, M("{what}: {name}", what=said, name=row.name), fields, partial(request, person=row.id),
            day=self.desk.day, values={"day": self.desk.day},
        )  # fmt: skip
        form.saved.connect(lambda _: self.desk.toast(M("{what}: {name}", what=said, name=row.name), undo=True))
        self.ask(form, again)

    def show_past(self) -> None:
        """Show what was done to the person's record."""
        row = self._current()
        if row is not None:
            self.show_history(Person, row.id, row.name)

    def show_kept(self) -> None:
        """Show all that is kept of the person, with the ways to copy and to erase it."""
        from ui.kit.kept import KeptData  # here, because it is seldom asked for

        if row := self._current():
            KeptData(self.desk, row.id, self).open()

    def delete_person(self) -> None:
        """Take somebody out who was put in by mistake; it can be undone."""
        row = self._current()
        if row is None:
            return
        try:
            service.delete(person=row.id)
        except Refused as no:
            ask.tell(self, self.desk.language, no.message)
            return
        self.desk.toast(M("Deleted “{name}”", name=row.name), undo=True)

    def _current(self) -> PersonRow | None:
        return next((row for row in self.everyone if row.id == self.shown), None)

    def paste_people(self) -> None:
        """Take in what was copied in Excel."""
        self._open_paste(None)

    def choose_file(self) -> None:
        """Take in a file."""
        ask.open_file(self, self.desk.language, N_("Import a roster"), TABLE_FILES, self._open_paste)

    def _open_paste(self, path: Path | None) -> None:
        dialog = PasteDialog(self.desk, path, self)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = dropped(event.mimeData())
        if paths and not are_forms(paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._open_paste(paths[0])

    def print_history(self) -> None:
        """Preview how the reviews of the one shown went."""
        from ui.kit.review_history import history_of  # here, because few print it

        row = self._current()
        if row is not None:
            Preview(self.desk, history_of(row.id, row.name), self).open()

    def print_page(self) -> None:
        """Preview the roster."""
        from desktopapp.team import report  # here, because the page can be seen before paper is needed

        make = in_one_go(report.roster, today=self.desk.day, grades=standing.grades())
        Preview(self.desk, Job(report.CODE, N_("Team roster"), make, missing=report.missing_glyphs), self).open()


def _who(row: PersonRow) -> Who:
    return Who(row.name, row.position)


def _state(row: PersonRow) -> State:
    return State(Person.status.label(row.status), MOODS[row.status])
