"""The door: what stands in the window's place while the file is shut. Nothing of the firm can be read on it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QByteArray, QEvent, QEventLoop, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview.protection import Tries
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.idle import passed
from ui.kit.keys import RETURN
from ui.kit.label import Label
from ui.kit.picture import Tile
from ui.kit.secret import Secret
from ui.kit.theme import px

FIRST = QSize(1366, 768)
WIDTH = 420
"""Pixels of the sheet in its middle."""
_NO_INPUT = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents

Unlock = Callable[[str], object]
"""Opens the file with a password or a recovery code. Raises `Refused` where it is neither."""


class Door(QWidget):
    """Asks for the password, or for the recovery code."""

    opened = Signal(object)
    """What unlocking gave."""
    failed = Signal(object)
    """The `Fault` that kept the file from being opened, though the password may be right."""
    gone = Signal()
    """It was closed, opened or not."""

    def __init__(
        self, language: Language, unlock: Unlock, tries: Tries, *, clock: Callable[[], float] = passed
    ) -> None:
        super().__init__(objectName="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._language, self._unlock, self._tries, self._clock = language, unlock, tries, clock
        self.setWindowTitle(language.text(N_("TeamHelm")))
        self.setMinimumSize(960, 560)
        self._lay_out()
        self.by_code = False
        self._ask(by_code=False)
        self._ticker = QTimer(self, interval=250)
        self._ticker.timeout.connect(self._count_down)
        self._count_down()

    def stand(self, geometry: QByteArray | None) -> None:
        """Show it where the window stood, as its geometry was saved."""
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(FIRST.boundedTo(self.screen().availableSize()))
        self.show()
        self.activateWindow()
        self.secret.line.setFocus()

    def submit(self) -> None:
        """Try what was typed."""
        typed = self.secret.line.text()
        if not typed or self._tries.wait(self._clock()):
            return
        self.say_busy(M("Opening…"))
        try:
            opened = self._unlock(typed)
        except Refused as no:
            self._tries.wrong(self._clock())
            self._refuse(no.message)
        except Fault as no:
            self.say_ready()
            self.failed.emit(no)
        else:
            self._tries.right()
            self.secret.line.wipe()
            self.opened.emit(opened)
            self.close()

    def told(self, part: int, whole: int) -> None:
        """How far the checks of a large file are; the bar moves while they run."""
        self.bar.setMaximum(whole)
        self.bar.setValue(part)
        QApplication.processEvents(_NO_INPUT)

    def turn(self) -> None:
        """Ask for the recovery code instead of the password, or the other way round."""
        self._ask(by_code=not self.by_code)
        self.secret.line.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._ticker.stop()
        self.gone.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.secret.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        words = self._language.text
        card = Card(padding=32, spacing=12)
        card.setFixedWidth(px(WIDTH))
        head, texts = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(12)
        texts.setSpacing(2)
        texts.addWidget(Label(words(N_("TeamHelm")), "title"))
        self.said = Label(words(N_("Locked. Your data is encrypted.")), "secondary", wrap=True)
        texts.addWidget(self.said)
        head.addWidget(Tile("lock"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        self.secret = Secret(self._language, N_("Password"))
        self.open_button = Button(words(N_("Unlock")), self.submit, kind="primary")
        self.other = Button("", self.turn, kind="link")
        self.quit = Button(words(N_("Quit")), self.close, kind="link")
        self.bar = QProgressBar(textVisible=False, maximum=0)
        self.bar.setAccessibleName(words(N_("Opening…")))
        self.bar.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self.quit)
        card.body.addLayout(head)
        card.body.addSpacing(8)
        card.body.addWidget(self.secret)
        card.body.addWidget(self.open_button)
        card.body.addWidget(self.bar)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _ask(self, *, by_code: bool) -> None:
        self.by_code = by_code
        self.secret.line.wipe()
        self.secret.show_fault("")
        if by_code:
            self.secret.rename(N_("Recovery code"), N_("The eight groups on your recovery sheet. Blanks and small "
                                                       "letters do not matter."))  # fmt: skip
        else:
            self.secret.rename(N_("Password"))
        self.secret.line.eye.setChecked(by_code)
        other = N_("Use the password") if by_code else N_("Forgot it? Use the recovery code")
        self.other.setText(self._language.text(other))

    def _refuse(self, why: Message) -> None:
        self.say_ready()
        self.secret.show_fault(self._language.text(why))
        self.secret.line.selectAll()
        self.secret.line.setFocus()
        self._count_down()

    def _count_down(self) -> None:
        """Say how long to wait after many wrong tries."""
        left = ceil(self._tries.wait(self._clock()))
        self.open_button.setEnabled(not left)
        words = M("Try again in {count} s", count=left) if left else N_("Unlock")
        self.open_button.setText(self._language.text(words))
        self._ticker.start() if left else self._ticker.stop()

    def say_busy(self, words: Message) -> None:
        """Say what is being done; nothing can be asked meanwhile."""
        self.secret.show_fault("")
        self.said.setText(self._language.text(words))
        self.bar.setMaximum(0)
        self.bar.show()
        self.setEnabled(False)
        self.repaint()
        QApplication.processEvents(_NO_INPUT)

    def say_ready(self) -> None:
        """Ask again."""
        self.said.setText(self._language.text(N_("Locked. Your data is encrypted.")))
        self.bar.hide()
        self.setEnabled(True)
