"""What stands in the window's place where the data was not opened: why, what was kept, and the ways on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEventLoop, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QProgressBar, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import backups, opening
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.label import Label
from ui.kit.picture import Tile
from ui.kit.secret import Secret
from ui.kit.theme import px

FIRST = QSize(1366, 768)
WIDTH = 560
"""Pixels of the sheet in its middle."""
LIST = 200
KINDS = ((N_("Backups"), "*.mbk"),)
_NO_INPUT = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents

Enter = Callable[..., object]
"""Tries to open the file in another way; what it is told goes to `storage.open_file`. It shows what comes of it."""


class Unopened(QWidget):
    """Says why the data was not opened, and offers what can be done about it."""

    gone = Signal()

    def __init__(
        self, language: Language, no: Fault, folder: Path, enter: Enter, *, now: Callable[[], datetime]
    ) -> None:
        super().__init__(objectName="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._language, self.folder, self._enter, self._now = language, folder, enter, now
        self.setWindowTitle(language.text(N_("TeamHelm")))
        self.setMinimumSize(960, 560)
        self._takes_keys = False
        self.path: Path | None = None
        """The backup that was chosen."""
        self._lay_out()
        self.explain(no)

    def stand(self, geometry: QByteArray | None) -> None:
        """Show it where the window stood, as its geometry was saved."""
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(FIRST.boundedTo(self.screen().availableSize()))
        self.show()
        self.activateWindow()

    def explain(self, no: Fault) -> None:
        """Say why it was not opened, and offer what helps."""
        self.ways = ways = opening.ways(no, self.folder)
        self.there = opening.kept(self.folder) if ways.backup or ways.keys else []
        self.why.setText("\n".join(map(self._words, (no.message, *self._newest()))))
        shown = {
            self.take_keys: ways.keys, self.put_back: ways.backup, self.look: ways.look, self.take_over: ways.take_over,
            self.use_here: ways.here is not None, self.anyway: ways.anywhere, self.again: ways.again,
        }  # fmt: skip
        for button, is_offered in shown.items():
            button.setVisible(is_offered)
        if ways.here:
            self.use_here.setToolTip(str(ways.here))
        self._show_list(shown=False)
        self._fit()

    def _newest(self) -> list[Message]:
        if not self.ways.backup:
            return []
        if not self.there:
            return [M("There is no backup on this PC. Plug in the disk or stick that holds one.")]
        return [M("The newest backup is of {at}; it was opened and looked through when it was made.",
                  at=self.there[0].at)]  # fmt: skip

    def told(self, part: int, whole: int) -> None:
        """How far long work is."""
        self.bar.setMaximum(whole)
        self.bar.setValue(part)
        QApplication.processEvents(_NO_INPUT)

    def choose(self, *, keys: bool) -> None:
        """Show the backups there are, to put one back or to take its keys."""
        self._takes_keys = keys
        self._show_list(shown=True)
        if not self.there:
            self.choose_file()

    def choose_file(self) -> None:
        """Ask for a backup that is somewhere else."""
        ask.open_file(self, self._language, N_("Put a backup back"), KINDS, self.take)

    def take(self, path: Path) -> None:
        """Take a backup, and say what it holds."""
        self.path = path
        try:
            held = opening.holds(path)
        except Fault as no:
            self._say(no.message)
            self.forth.setEnabled(False)
            return
        counts = {key: held.counts.get(key, 0) for key in ("person", "goal", "review", "deal")}
        at = datetime.fromisoformat(held.at).astimezone() if held.at else None
        lost = M("Changes after {at} will be missing.", at=at) if at else M("It holds no change yet.")
        words = (M("It holds {people} {people:person|people}, {goals} {goals:goal|goals}, {reviews} "
                   "{reviews:review|reviews} and {deals} {deals:deal|deals}.",
                   people=counts["person"], goals=counts["goal"], reviews=counts["review"], deals=counts["deal"]),
                 lost, M("The file that cannot be opened is kept beside it."))  # fmt: skip
        told = words[:1] if self._takes_keys else words
        self.holds.setText("\n".join((path.name, *map(self._words, told))))
        self.holds.show()
        self.fault.hide()
        self.forth.setEnabled(True)
        self._fit()

    def go_on(self) -> None:
        """Put the chosen backup back, or take its keys, and open the file."""
        secret = self.secret.line.text()
        words = M("Reading the keys…") if self._takes_keys else M("Putting the backup back…")
        self._say_busy(words)
        try:
            if self._takes_keys:
                opening.take_keys(folder=self.folder, path=self.path, secret=secret)
            else:
                opening.put_back(self.told, folder=self.folder, path=self.path, now=self._now(), secret=secret)
        except opening.Locked:
            self._say_ready()
            self.secret.show()
            self.secret.line.setFocus()
        except Refused as no:
            self._say_ready()
            self.secret.show_fault(self._words(no.message))
        except Fault as no:
            self._say_ready()
            self._say(no.message)
        else:
            self._say_ready()
            self.secret.line.wipe()
            self._enter(said=self._done(self.path.name))

    def _done(self, name: str) -> Message:
        if self._takes_keys:
            return M("The keys were taken from the backup {name}. Nothing is missing.", name=name)
        return M("The backup {name} was put back. The file that was damaged is kept in the folder of the data.",
                 name=name)  # fmt: skip

    def ask_to_take_over(self) -> None:
        """Ask before what another PC may be writing is opened."""
        told = N_("If the other PC still has the data open, each overwrites what the other saves. Is it off?")
        take = partial(self._enter, take_over=True)
        ask.confirm(self, self._language, told, N_("It is off: take over"), take)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.gone.emit()

    def _words(self, text: str | Message) -> str:
        return self._language.text(text)

    def _lay_out(self) -> None:
        self.card = card = Card(padding=32, spacing=12)
        card.setFixedWidth(px(WIDTH))
        head, texts = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(12)
        texts.setSpacing(6)
        texts.addWidget(Label(self._words(N_("Your data was not opened")), "title", wrap=True))
        self.why = Label("", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        texts.addWidget(self.why)
        head.addWidget(Tile("lock"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        card.body.addLayout(head)
        self._lay_out_ways(card)
        self._lay_out_list(card)
        self.fault = Label("", "bad", wrap=True)
        self.bar = QProgressBar(textVisible=False, maximum=0)
        for widget in (self.fault, self.bar):
            widget.hide()
            card.body.addWidget(widget)
        self.where = Label(self._words(M("The data's folder: {folder}", folder=str(self.folder))), "caption", wrap=True)
        card.body.addWidget(self.where)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _lay_out_ways(self, card: Card) -> None:
        words = self._words
        self.take_keys = Button(words(N_("Take the keys from a backup…")), partial(self.choose, keys=True),
                                icon="lock", kind="primary")  # fmt: skip
        self.put_back = Button(words(N_("Restore from a backup…")), partial(self.choose, keys=False), icon="history")
        self.look = Button(words(N_("Only look at it")), partial(self._enter, look_only=True), icon="eye")
        self.take_over = Button(words(N_("Take it over here…")), self.ask_to_take_over)
        self.use_here = Button(words(N_("Keep the data on this PC")), self._use_here, kind="primary")
        self.anyway = Button(words(N_("Use this folder all the same")), partial(self._enter, anywhere=True))
        self.again = Button(words(N_("Try again")), self._enter)
        self.quit = Button(words(N_("Quit")), self.close, kind="link")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.take_keys, self.put_back, self.look, self.take_over, self.use_here, self.anyway,
                       self.again):  # fmt: skip
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.quit)
        card.body.addLayout(row)

    def _lay_out_list(self, card: Card) -> None:
        words = self._words
        self.choice = QWidget()
        column, foot = QVBoxLayout(self.choice), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.list = QListWidget()
        self.list.setAccessibleName(words(N_("Backups")))
        self.list.setFixedHeight(LIST)
        self.list.currentRowChanged.connect(self._marked)
        self.holds = Label("", "secondary", wrap=True)
        self.secret = Secret(self._language, N_("Password of the backup"))
        self.secret.hide()
        self.other = Button(words(N_("From a file…")), self.choose_file, icon="folder-open")
        self.forth = Button(words(N_("Put it back")), self.go_on, kind="primary")
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self.forth)
        for widget in (self.list, self.holds, self.secret):
            column.addWidget(widget)
        column.addLayout(foot)
        card.body.addWidget(self.choice)

    def _show_list(self, *, shown: bool) -> None:
        self.choice.setVisible(shown)
        self.holds.hide()
        self.secret.hide()
        self.forth.setEnabled(False)
        act = N_("Take its keys") if self._takes_keys else N_("Put it back")
        self.forth.setText(self._words(act))
        self.list.clear()
        if shown:
            self.list.addItems([self._words(backups.line(each)) for each in self.there])
            self.list.setVisible(bool(self.there))
            self.list.setCurrentRow(0)
        self._fit()

    def _marked(self, at: int) -> None:
        if 0 <= at < len(self.there):
            self.take(self.there[at].path)

    def _use_here(self) -> None:
        self._enter(folder=self.ways.here)

    def _say(self, words: Message) -> None:
        self.fault.setText(self._words(words))
        self.fault.show()
        self._fit()

    def _fit(self) -> None:
        """Be as tall as the words need at this width; Qt reckons a sheet as if none ran over a line."""
        self.card.setMinimumHeight(self.card.layout().totalHeightForWidth(px(WIDTH)))

    def _say_busy(self, words: Message) -> None:
        self.fault.hide()
        self.secret.show_fault("")
        self.holds.setText(self._words(words))
        self.bar.setMaximum(0)
        self.bar.show()
        self.setEnabled(False)
        QApplication.processEvents(_NO_INPUT)

    def _say_ready(self) -> None:
        self.bar.hide()
        self.setEnabled(True)
