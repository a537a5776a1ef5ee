"""Backups: how they stand, where the second one goes, to a stick in two clicks, tested, and put back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import backups
from desktopapp.overview.backups import Backup, Done, Held
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.label import Label
from ui.kit.secret import Secret
from ui.pages.settings.section import Program, Section, in_a_row

KINDS = ((N_("Backups"), "*.mbk"),)
WIDE, TALL = 560, 420


class BackupSection(Section):
    """Making, keeping elsewhere, testing and putting back."""

    def build(self) -> None:
        self._here()
        self._elsewhere()
        self._back()

    def _here(self) -> None:
        told = N_("Made by itself each day, after changes and when the program is closed. Each is opened and looked "
                  "through before it counts; old ones are thinned out.")  # fmt: skip
        card = self.card(N_("Backups on this PC"), told)
        self.standing = Label("", wrap=True)
        card.body.addWidget(self.standing)
        self.make = Button(self.words(N_("Back up now")), self.back_up, icon="save", kind="primary")
        self.stick = Button(self.words(N_("To a USB stick…")), self.choose_stick, icon="download")
        self.test = Button(self.words(N_("Test my backup")), self.test_backup, icon="circle-check")
        in_a_row(card, self.make, self.stick, self.test)
        self.result = Label("", "good", wrap=True)
        self.result.hide()
        card.body.addWidget(self.result)

    def _elsewhere(self) -> None:
        told = N_("A stick, another disk, the office's network, or a folder of a cloud drive: backups are encrypted. "
                  "Each backup goes there too and is read back.")  # fmt: skip
        card = self.card(N_("Second place"), told)
        self.place = Label("", wrap=True)
        card.body.addWidget(self.place)
        in_a_row(card, Button(self.words(N_("Choose a folder…")), self.choose_place, icon="folder-open"))

    def _back(self) -> None:
        told = N_("You see first what a backup holds and what would be lost. What is here now is backed up before and "
                  "kept.")  # fmt: skip
        card = self.card(N_("Put a backup back"), told)
        self.choose = Button(self.words(N_("Choose a backup…")), self.choose_backup, icon="history")
        self.other = Button(self.words(N_("From a file…")), self.choose_file, icon="folder-open")
        in_a_row(card, self.choose, self.other)

    def refresh(self) -> None:
        there = backups.kept()
        self.standing.setText(self.words(backups.summary()))
        self.test.setEnabled(bool(there))
        self.choose.setEnabled(bool(there))
        known = backups.state()
        none = N_("None is chosen yet. If this PC is stolen or breaks, the backups on it go too.")
        self.place.setText(known.place or self.words(none))

    def back_up(self) -> None:
        """Make a backup now."""
        self._run(partial(backups.back_up, now=self.program.now()), self._made, M("Backing up…"))

    def choose_stick(self) -> None:
        """Offer the sticks that are plugged in; where there is none, any folder."""
        sticks = backups.sticks()
        if not sticks:
            ask.open_folder(self, self.desk.language, N_("No stick was found. Choose where to"), self.to_stick)
            return
        menu = QMenu(self)
        for each in sticks:
            menu.addAction(str(each), partial(self.to_stick, each))
        menu.popup(self.stick.mapToGlobal(self.stick.rect().bottomLeft()))

    def to_stick(self, stick: Path) -> None:
        """Back up to a stick."""
        self._run(partial(backups.to_stick, stick=stick, now=self.program.now()), self._made, M("Backing up…"))

    def _made(self, done: Done) -> None:
        self.refresh()
        if done.no:
            self._say(done.no, "bad")
        elif done.sent:
            self._say(M("Backed up, and read back from {place}.", place=str(done.sent)), "good")
        else:
            self._say(M("Backed up and looked through: {name}", name=done.backup.path.name), "good")

    def test_backup(self) -> None:
        """Open the newest backup as for putting it back."""
        self._run(partial(backups.test, now=self.program.now()), self._tested, M("Testing the backup…"))

    def _tested(self, counts: dict[str, int]) -> None:
        self.refresh()
        told = M("The test passed: the backup opens, every page of it is sound, and its {count} {count:record "
                 "is|records are} all there.",
                 count=sum(counts.values()))  # fmt: skip
        self._say(told, "good")

    def choose_place(self) -> None:
        """Ask where the second backup goes."""
        ask.open_folder(self, self.desk.language, N_("Second place"), self.take_place)

    def take_place(self, folder: Path) -> None:
        """Take a folder for the second place, and bring a backup there at once."""
        try:
            backups.choose(folder)
        except (Refused, Fault) as no:
            self._say(no.message, "bad")
            return
        self.refresh()
        self.back_up()

    def choose_backup(self) -> None:
        """Show the backups there are."""
        Choice(self.desk, backups.kept(), self.look, self).open()

    def choose_file(self) -> None:
        """Ask for a backup that is somewhere else."""
        ask.open_file(self, self.desk.language, N_("Put a backup back"), KINDS, self.look)

    def look(self, path: Path) -> None:
        """Show what a backup holds, and ask before it is put back."""
        try:
            held = backups.look(path)
        except Fault as no:
            self._say(no.message, "bad")
            return
        Before(self.desk, self.program, path, held, self).open()

    def _run(self, work: object, done: object, words: Message) -> None:
        self.result.hide()
        self.desk.tasks.run(work, done, lambda no: self._say(no.message, "bad"), words=words)

    def _say(self, words: Message, kind: str) -> None:
        self.result.put(self.words(words), kind)
        self.result.show()


class Choice(QDialog):
    """The backups there are, the newest first."""

    def __init__(self, desk: Desk, there: list[Backup], chosen: object, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = desk.language.text
        self.setWindowTitle(words(N_("Put a backup back")))
        self.resize(WIDE, TALL)
        self.there, self.chosen = there, chosen
        column, foot = QVBoxLayout(self), QHBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName(words(N_("Backups")))
        for each in there:
            QListWidgetItem(words(backups.line(each)), self.list)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.go_on())
        self.forth = Button(words(N_("Look at it")), self.go_on, kind="primary")
        self.forth.setDefault(True)
        foot.addWidget(Button(words(N_("Cancel")), self.reject))
        foot.addStretch(1)
        foot.addWidget(self.forth)
        column.addWidget(self.list)
        column.addLayout(foot)

    def go_on(self) -> None:
        """Look at the one that is marked."""
        path = self.there[self.list.currentRow()].path
        self.accept()
        self.chosen(path)


class Before(QDialog):
    """What a backup holds and what would be lost; puts it back on the owner's word."""

    def __init__(self, desk: Desk, program: Program, path: Path, held: Held, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.program, self.path = desk, program, path
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = desk.language.text
        self.setWindowTitle(words(N_("Put a backup back")))
        self.setMinimumWidth(WIDE)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setSpacing(12)
        holds = M("It holds {people} {people:person|people}, {goals} {goals:goal|goals}, {reviews} "
                  "{reviews:review|reviews} and {deals} {deals:deal|deals}.",
                  people=held.counts.get("person", 0), goals=held.counts.get("goal", 0),
                  reviews=held.counts.get("review", 0), deals=held.counts.get("deal", 0))  # fmt: skip
        column.addWidget(Label(words(holds), wrap=True))
        column.addWidget(Label(words(_loss(held)), "warn" if held.lost else "secondary", wrap=True))
        if held.said:
            self.list = QListWidget()
            self.list.setAccessibleName(words(N_("What would be lost")))
            self.list.addItems([words(each) for each in held.said])
            column.addWidget(self.list)
        self.secret = Secret(desk.language, N_("Password of the backup"))
        self.secret.hide()
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        column.addWidget(self.secret)
        column.addWidget(self.fault)
        self.forth = Button(words(N_("Put it back")), self.put_back, kind="danger")
        foot.addWidget(Button(words(N_("Cancel")), self.reject))
        foot.addStretch(1)
        foot.addWidget(self.forth)
        column.addLayout(foot)

    def put_back(self) -> None:
        """Look through the backup, then put it in the file's place."""
        words, secret = self.desk.language.text, self.secret.line.text()
        try:
            backups.test(now=self.program.now(), path=self.path, secret=secret)
        except backups.Locked:
            self.secret.show()
            self.secret.line.setFocus()
        except Refused as no:
            self.secret.show_fault(words(no.message))
        except Fault as no:
            self.fault.setText(words(no.message))
            self.fault.show()
        else:
            self.accept()
            work = backups.putting_back(self.path, self.program.now(), secret)
            self.program.aside(M("Putting the backup back…"), work)


def _loss(held: Held) -> Message:
    if not held.is_ours:
        return M("It is not an earlier state of this data, but other data. All that is here now would be replaced.")
    if not held.lost:
        return M("Nothing would be lost: it holds everything there is.")
    return M("{count} {count:request|requests} made since would be lost:", count=held.lost)
