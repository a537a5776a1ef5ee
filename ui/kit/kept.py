"""All that is kept of one person: how long, a copy of it, a hold on it, and erasing it for good."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.message import N_, M
from desktopapp.overview import privacy
from desktopapp.overview.privacy import Erased, Item, Plan
from desktopapp.team import queries, service
from desktopapp.team.models import Hold
from ui.kit import ask
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Line, Tick
from ui.kit.form import Row
from ui.kit.keys import bind
from ui.kit.label import Label
from ui.kit.pill import Pill
from ui.kit.scrolled import scrolled
from ui.kit.theme import px

WIDTH, NAME = 620, 220
"""Pixels of the window, and of the line the name is typed into."""
FRAME = 60
"""Pixels that the frame of a window and the bar of the desktop take at most."""
ZIPS, PAPERS = ((N_("ZIP files"), "*.zip"),), ((N_("PDF files"), "*.pdf"),)


class KeptData(QDialog):
    """Kind by kind what is kept, until when, and what may go."""

    def __init__(self, desk: Desk, person: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.person = desk, person
        self.plan: Plan = privacy.plan(person, desk.day)
        self.done_: Erased | None = None
        words = desk.language.text
        self.setWindowTitle(words(M("Data of {name}", name=self.plan.name)))
        bind(self, "F1", partial(desk.show_help, "privacy"), words(N_("Help")))
        self.column = QVBoxLayout()
        self.column.setContentsMargins(20, 20, 20, 4)
        self.column.setSpacing(12)
        self.said = Banner("info")
        self.column.addWidget(self.said)
        self.kinds, self.held, self.going = Card(spacing=8), Card(words(N_("Hold"))), Card(words(N_("Erase for good")))
        self.ticks: dict[str, Tick] = {}
        self.grid = QGridLayout()
        self.staying = Label("", "caption", wrap=True)
        self._lay_out_kinds()
        self._lay_out_hold()
        self._lay_out_erasing()
        for card in (self.kinds, self.held, self.going):
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.foot = self._foot()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(self.column), 1)
        whole.addLayout(self.foot)
        self.setMinimumWidth(px(WIDTH))
        self._show()

    def _lay_out_kinds(self) -> None:
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(3, 1)
        self.kinds.body.addLayout(self.grid)
        self.kinds.body.addWidget(self.staying)

    def _lay_out_hold(self) -> None:
        words = self.desk.language.text
        told = N_("While there is a dispute nothing goes, whatever the time.")
        self.held.body.addWidget(Label(words(told), "secondary", wrap=True))
        self.reason = Row(Hold.reason, self.desk.language, Line(self.desk.language))
        self.reason.editor.returnPressed.connect(self.hold)
        self.hold_button = Button(words(N_("Hold everything")), self.hold, icon="lock")
        self.release_button = Button(words(N_("No longer hold it")), self.release)
        self.held.body.addWidget(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.hold_button)
        row.addWidget(self.release_button)
        row.addStretch(1)
        self.held.body.addLayout(row)

    def _lay_out_erasing(self) -> None:
        words = self.desk.language.text
        told = N_("Neither undo nor the bin brings it back. The name goes with the last kind of data.")
        self.going.body.addWidget(Label(words(told), "secondary", wrap=True))
        self.name = Line(self.desk.language, 50)
        self.name.setFixedWidth(px(NAME))
        self.name_label = Label(words(M("To erase, type the name: {name}", name=self.plan.name)), wrap=True)
        self.name_label.setBuddy(self.name)
        self.name.setAccessibleName(self.name_label.text())
        self.erase_button = Button(words(N_("Erase what is ticked")), self.erase, icon="trash-2", kind="danger")
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.erase_button)
        row.addStretch(1)
        self.going.body.addWidget(self.name_label)
        self.going.body.addLayout(row)
        self.going.body.addWidget(self.fault)
        self.name.textChanged.connect(lambda: self._say(""))

    def _foot(self) -> QHBoxLayout:
        words = self.desk.language.text
        self.copy = Button(words(N_("Copy of all data…")), self.save_copy, icon="download")
        self.paper = Button(words(N_("Record of the erasure…")), self.save_paper, icon="printer")
        self.close_button = Button(words(N_("Close")), self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self.copy)
        foot.addWidget(self.paper)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        return foot

    def _show(self) -> None:
        """Show what there is now."""
        words, found = self.desk.language.text, self.plan
        while item := self.grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for at, title in enumerate((N_("Kind of data"), N_("Records"), N_("Kept until"), "")):
            self.grid.addWidget(Label(words(title) if title else "", "caption"), 0, at)
        self.ticks = {}
        for at, each in enumerate(found.items, 1):
            self._line(at, each)
        self.staying.setText(words(M("{count} {count:record|records} of goals and sales {count:stays|stay} for the "
                                     "sums, without the name.",
                                     count=found.staying)))  # fmt: skip
        self.reason.editor.put(found.held.reason if found.held else None)
        self.hold_button.setVisible(not found.held)
        self.release_button.setVisible(found.held is not None)
        self.reason.editor.setReadOnly(found.held is not None)
        self.going.setVisible(any(each.count and each.no is None for each in found.items))
        self.paper.setVisible(self.done_ is not None)
        self.copy.setVisible(self.done_ is None or not self.done_.is_whole)
        self.said.say(self._told())
        self._fit()

    def _fit(self) -> None:
        """Be as tall as the words need at this width, and the screen allows; what is more is scrolled to."""
        width = max(self.width(), self.minimumWidth())
        needed = self.column.totalHeightForWidth(width) + self.foot.sizeHint().height()
        self.resize(width, min(max(self.height(), needed), self.screen().availableSize().height() - FRAME))

    def _told(self) -> str:
        words = self.desk.language.text
        if self.done_ is None:
            return words(N_("Everybody may see and copy what is kept of them. What is no longer needed has to go."))
        if not self.done_.is_whole:
            return words(N_("Erased. What is left is kept until the days below."))
        left = sum(each.count for each in self.done_.mentions)
        if left:
            return words(M("Erased. The name still stands in {count} {count:place|places}, in texts about others or "
                           "because somebody else has it too.", count=left))  # fmt: skip
        return words(N_("Erased. Nothing of this person is left in the file."))

    def _line(self, at: int, each: Item) -> None:
        language_ = self.desk.language
        tick = Tick()
        tick.setText(language_.text(each.title))
        tick.setEnabled(each.count > 0 and each.no is None)
        tick.setChecked(each.is_due and each.count > 0)
        self.ticks[each.category] = tick
        self.grid.addWidget(tick, at, 0)
        self.grid.addWidget(Label(str(each.count)), at, 1, Qt.AlignmentFlag.AlignRight)
        self.grid.addWidget(Label(language_.show(each.until) if each.until else "—"), at, 2)
        if each.no and each.count:
            self.grid.addWidget(Label(language_.text(each.no), "secondary", wrap=True), at, 3)
        elif each.is_due and each.count:
            self.grid.addWidget(Pill(language_.text(N_("Time is over")), "warn"), at, 3)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _read(self) -> None:
        self.plan = privacy.plan(self.person, self.desk.day)
        self._show()

    def hold(self) -> None:
        """Keep everything, for the reason typed."""
        self.reason.show_fault("")
        try:
            service.hold(person=self.person, reason=self.reason.value() or "", today=self.desk.day)
        except (Refused, Fault) as no:
            self.reason.show_fault(self.desk.language.text(no.message))
            return
        self._read()

    def release(self) -> None:
        """Hold it no longer."""
        service.release(person=self.person)
        self._read()

    def erase(self) -> None:
        """Erase what is ticked, where the name was typed."""
        words = self.desk.language.text
        chosen = [category for category, tick in self.ticks.items() if tick.isChecked()]
        if not chosen:
            self._say(words(N_("Tick what is to go.")))
        elif self.name.text().strip() != self.plan.name:
            self._say(words(N_("This is not the name. Type it as it stands above.")))
        else:
            self.setEnabled(False)
            day, person = self.desk.day, self.person
            work = partial(_forgotten, person, chosen, day)
            self.desk.tasks.run(work, self._erased, self._refused, words=M("Erasing…"))

    def _erased(self, done: Erased) -> None:
        self.setEnabled(True)
        self.done_ = done
        self.name.clear()
        self.setWindowTitle(self.desk.language.text(M("Data of {name}", name=queries.person(self.person).name)))
        self._read()

    def _refused(self, no: Refused | Fault) -> None:
        self.setEnabled(True)
        self._say(self.desk.language.text(no.message))

    def save_copy(self) -> None:
        """Write a copy of everything for the person."""
        words = self.desk.language.text
        name = words(M("{name} personal data {day}.zip", name=self.plan.name, day=f"{self.desk.day:%Y-%m-%d}"))
        ask.save_file(self, self.desk.language, N_("Copy of all data"), name, ZIPS, self._write_copy)

    def _write_copy(self, path: Path) -> None:
        from desktopapp.overview import own_data  # here, because few windows make a copy

        day, person, in_which = self.desk.day, self.person, _paper()
        self.desk.tasks.run(
            lambda progress: own_data.write(path, person, in_which, today=day, told=progress),
            partial(self._copied, path),
            self._refused, words=M("Writing “{file}”…", file=path.name),
        )  # fmt: skip

    def _copied(self, path: Path, count: int) -> None:
        service.log_export(what=N_("Copy of all data"), at=self.desk.now(), rows=count, file=path.name,
                           person=(self.person, self.plan.name))  # fmt: skip
        self.desk.toast(M("{count} {count:record|records} copied", count=count), file=path)

    def save_paper(self) -> None:
        """Write the record of the erasure, which names nobody."""
        name = self.desk.language.text(M("Erasure {number} {day}.pdf", number=self.person,
                                         day=f"{self.desk.day:%Y-%m-%d}"))  # fmt: skip
        ask.save_file(self, self.desk.language, N_("Record of the erasure"), name, PAPERS, self._write_paper)

    def _write_paper(self, path: Path) -> None:
        from desktopapp.overview import erasure  # here, because few windows print it

        done, in_which = self.done_, _paper()
        self.desk.tasks.run(
            lambda _progress: erasure.erasure(path, done, in_which),
            lambda _printed: self.desk.toast(M("Saved “{file}”", file=path.name), file=path),
            self._refused, words=M("Writing “{file}”…", file=path.name),
        )  # fmt: skip


def _forgotten(person: int, chosen: list[str], day: object, _progress: object) -> Erased:
    return privacy.forget(person, chosen, today=day)


def _paper() -> tuple[object, ...]:
    """The languages forms are in."""
    firm = queries.firm()
    return tuple(map(language, (firm.paper if firm else "zh_CN").split()))
