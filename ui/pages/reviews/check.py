"""Whether a paper is the one that was signed: the code on it, and what the register says of that."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.models import Review, Signature
from desktopapp.reviews.queries import register
from desktopapp.reviews.queries.register import Verdict, Version
from desktopapp.reviews.rules.register import is_code, typed
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.label import Label
from ui.pages.reviews.prose import emptied

WIDTH = 520


class CheckPaper(QDialog):
    """Asks for a code; answers as soon as it is whole."""

    wanted = Signal(int)
    """The review that was found is to be shown."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.verdict: Verdict | None = None
        words = desk.language.text
        self.setWindowTitle(words(N_("Check a paper form")))
        self.setFixedWidth(WIDTH)
        told = N_("Type the 16 characters that stand beside the signatures, or scan the square into the field.")
        self.code = QLineEdit(self)
        self.code.setPlaceholderText("0123 4567 89AB CDEF")
        self.code.setMaxLength(80)
        label = Label(words(N_("Code on the paper")), "secondary")
        label.setBuddy(self.code)
        self.code.setAccessibleName(words(N_("Code on the paper")))
        self.answer = QVBoxLayout()
        self.answer.setSpacing(8)
        self.show_button = Button(words(N_("Show this review")), self._show, parent=self)
        self.show_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(Label(words(N_("Check a paper form")), "title"))
        column.addWidget(Label(words(told), "secondary", wrap=True))
        column.addWidget(label)
        column.addWidget(self.code)
        column.addLayout(self.answer)
        column.addStretch(1)
        column.addLayout(self._foot())
        self.code.textChanged.connect(self._typed)
        self.code.returnPressed.connect(self.check)

    def _foot(self) -> QHBoxLayout:
        words = self.desk.language.text
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Button(words(N_("What this proves")), partial(self.desk.show_help, "signing"), kind="link"))
        row.addStretch(1)
        row.addWidget(self.show_button)
        row.addWidget(Button(words(N_("Close")), self.close))
        self.go = Button(words(N_("Check")), self.check, kind="primary", parent=self)
        self.go.setDefault(True)
        row.addWidget(self.go)
        return row

    def _typed(self, text: str) -> None:
        """Answer a whole code at once; take the answer away while another is being typed."""
        self._clear()
        if is_code(typed(text)[0]):
            self.check()

    def check(self) -> None:
        """Ask the register."""
        self._clear()
        if not self.code.text().strip():
            self._say("warn", M("Type the code first."))
            return
        self.verdict = register.check(self.code.text())
        for nth, said in enumerate(self.verdict.says):
            self._say(("good" if self.verdict.matches else "bad") if nth == 0 else "warn", said)
        if self.verdict.found:
            self.answer.addWidget(self._facts(self.verdict.found))
        self._tell_register(self.verdict.faults)
        self.show_button.setVisible(self.verdict.found is not None)
        self.adjustSize()

    def _clear(self) -> None:
        self.verdict = None
        emptied(self.answer)
        self.show_button.hide()

    def _say(self, kind: str, said: Message) -> None:
        self.answer.addWidget(Banner(kind, self.desk.language.text(said), self))

    def _tell_register(self, faults: tuple[Message, ...]) -> None:
        """Say how the whole register stands."""
        if faults:
            self._say("bad", M("The register as a whole does not hang together: {faults}.", faults=faults))
            return
        count = register.count()
        said = M("The register holds {count} {count:entry|entries}, and its chain is unbroken.", count=count)
        self.answer.addWidget(Label(self.desk.language.text(said), "caption", wrap=True, parent=self))

    def _facts(self, found: Version) -> QWidget:
        """What the paper has to say besides its code, to be compared."""
        language = self.desk.language
        facts = (
            (Review.person.verbose_name, found.name), (N_("Period"), found.period),
            (Signature.day.verbose_name, found.day), (Review.total.verbose_name, found.total),
            (Review.grade.verbose_name, found.grade), (Signature.version.verbose_name, found.version),
        )  # fmt: skip
        whole = QWidget(self)
        grid = QGridLayout(whole)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(facts):
            grid.addWidget(Label(language.text(label), "secondary", parent=whole), row, 0)
            grid.addWidget(Label(language.show(value), "strong", parent=whole), row, 1)
        return whole

    def _show(self) -> None:
        if self.verdict and self.verdict.found:
            self.wanted.emit(self.verdict.found.review)
            self.close()
