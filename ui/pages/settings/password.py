"""What is asked for the password: the old one, a new one, its recovery sheet, and the code on it, step by step.

Nothing is changed before the last step, so the owner can leave at any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import protection, recovery
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.idle import passed
from ui.kit.label import Label
from ui.kit.preview import Job, Preview, in_one_go
from ui.kit.secret import Secret
from ui.pages.settings.section import Program

WIDTH = 480


class Step(QWidget):
    """One thing asked."""

    def __init__(self, dialog: PasswordDialog) -> None:
        super().__init__()
        self.dialog = dialog
        self.words = dialog.desk.language.text
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.fields: dict[str, Secret] = {}
        self.build()
        self.body.addStretch(1)

    def build(self) -> None:
        """Put the fields in."""

    def check(self) -> None:
        """Raises `Refused` where what was typed will not do."""

    def values(self) -> dict[str, str]:
        """What was typed, by its name."""
        return {}

    def ask(self, name: str, title: str, hint: str = "") -> Secret:
        """A line for a secret."""
        self.fields[name] = Secret(self.dialog.desk.language, title, hint)
        self.body.addWidget(self.fields[name])
        return self.fields[name]

    def say(self, text: str | Message) -> None:
        """A sentence of explanation."""
        self.body.addWidget(Label(self.words(text), "secondary", wrap=True))

    def start(self) -> None:
        """Put the cursor into the first line."""
        if self.fields:
            next(iter(self.fields.values())).line.setFocus()

    def refuse(self, no: Refused) -> None:
        """Show why not, beside the field at fault."""
        at = self.fields.get(no.field or "") or next(iter(self.fields.values()))
        at.show_fault(self.words(no.message))
        at.line.setFocus()
        at.line.selectAll()


class Old(Step):
    """The password there is."""

    def build(self) -> None:
        self.ask("old", N_("Present password"), N_("Forgotten? Lock the program and unlock it with the recovery code."))

    def check(self) -> None:
        tries = self.dialog.program.tries
        if left := tries.wait(passed()):
            raise Refused(M("Too many wrong tries. Try again in {count} {count:second|seconds}.", count=ceil(left)))
        try:
            protection.check_secret(self.fields["old"].line.text())
        except Refused:
            tries.wrong(passed())
            raise
        tries.right()

    def values(self) -> dict[str, str]:
        return {"old": self.fields["old"].line.text()}


class New(Step):
    """A new password, twice."""

    def build(self) -> None:
        told = N_("10 characters or more, or four words with blanks. Chinese is fine: let it be shown while you type "
                  "with an input method.")  # fmt: skip
        self.ask("password", N_("New password"), told)
        self.ask("again", N_("The same once more"))

    def check(self) -> None:
        protection.check_password(*(field.line.text() for field in self.fields.values()))

    def values(self) -> dict[str, str]:
        return {"password": self.fields["password"].line.text()}


class Sheet(Step):
    """The recovery code, to be printed."""

    def build(self) -> None:
        self.code = protection.new_code()
        self.say(N_("If you forget the password, only this code opens your data. Print it and keep it where you keep "
                    "contracts: not in the PC's bag, not in the PC."))  # fmt: skip
        shown = Label(recovery.in_lines(self.code), "section")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName(self.words(N_("Recovery code")))
        self.body.addWidget(shown)
        self.print = Button(self.words(N_("Print the sheet…")), self.print_sheet, icon="printer")
        self.body.addWidget(self.print, 0, Qt.AlignmentFlag.AlignHCenter)

    def print_sheet(self) -> None:
        """Show the sheet as it is printed."""
        make = in_one_go(recovery.sheet, code=self.code, today=self.dialog.desk.day)
        Preview(self.dialog.desk, Job(recovery.CODE, recovery.TITLE, make), self.dialog).open()

    def values(self) -> dict[str, str]:
        return {"code": self.code}


class Back(Step):
    """The code, typed from the sheet: then the sheet is there and can be read."""

    def build(self) -> None:
        self.say(N_("Type the code from the sheet, once. So you know that the sheet is there and can be read."))
        self.ask("code", N_("Recovery code")).line.eye.setChecked(True)

    def check(self) -> None:
        protection.check_code(self.dialog.values["code"], self.fields["code"].line.text())


class Backups(Step):
    """What becomes of the backups from before."""

    def build(self) -> None:
        count = protection.earlier_backups()
        self.say(M("{count} {count:backup|backups} on this PC and in the second place {count:opens|open} with the old "
                   "password. {count:It is|They are} encrypted anew too, which takes about as long for each as for the "
                   "data, unless you choose otherwise.",
                   count=count))  # fmt: skip
        self.choice = Picker([(key, self.words(text)) for key, text in EARLIER])
        self.choice.setAccessibleName(self.words(N_("Earlier backups")))
        self.body.addWidget(self.choice)
        self.say(N_("Backups on sticks that are not plugged in stay as they are: delete them by hand."))

    def start(self) -> None:
        self.choice.setFocus()

    def values(self) -> dict[str, str]:
        return {"backups": self.choice.value()}


EARLIER = (
    (protection.RENEW, N_("Encrypt them anew")), (protection.DELETE, N_("Keep the newest, delete the others")),
    (protection.LEAVE, N_("Leave them as they are")),
)  # fmt: skip
STEPS: dict[str, type[Step]] = {"old": Old, "new": New, "backups": Backups, "sheet": Sheet, "back": Back}


class PasswordDialog(QDialog):
    """Goes through the steps; `done` is given what was typed and may still refuse it."""

    def __init__(
        self, desk: Desk, program: Program, title: str, steps: Sequence[str], act: str, done: Callable[..., object],
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.desk, self.program, self._done, self._act = desk, program, done, act
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.language.text(title))
        self.setMinimumWidth(WIDTH)
        self.values: dict[str, str] = {}
        self.steps = [STEPS[key](self) for key in steps]
        self._lay_out()
        self.turn_to(0)

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.steps[self.stack.currentIndex()]

    def turn_to(self, at: int) -> None:
        """Show a step."""
        words = self.desk.language.text
        self.stack.setCurrentIndex(at)
        self.place.setText(words(M("Step {step} of {steps}", step=at + 1, steps=len(self.steps))))
        self.place.setVisible(len(self.steps) > 1)
        self.back.setVisible(at > 0)
        is_last = at + 1 == len(self.steps)
        self.forth.setText(words(self._act if is_last else N_("Next")))
        self.banner.say("")
        self.step.start()

    def go_on(self) -> None:
        """Check what was typed; go to the next step, or carry it out."""
        for field in self.step.fields.values():
            field.show_fault("")
        try:
            self.step.check()
            self.values |= self.step.values()
            at = self.stack.currentIndex() + 1
            if at == len(self.steps):
                self._done(**self.values)
        except Refused as no:
            self.step.refuse(no)
        except Fault as no:
            self.banner.say(self.desk.language.text(no.message))
        else:
            self.accept() if at == len(self.steps) else self.turn_to(at)

    def done(self, result: int) -> None:
        self.values.clear()
        for step in self.steps:
            for field in step.fields.values():
                field.line.wipe()
        super().done(result)

    def _lay_out(self) -> None:
        words = self.desk.language.text
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        self.place, self.banner, self.stack = Label("", "caption"), Banner("bad"), QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
        self.cancel = Button(words(N_("Cancel")), self.reject)
        self.back = Button(words(N_("Back")), lambda: self.turn_to(self.stack.currentIndex() - 1))
        self.forth = Button("", self.go_on, kind="primary")
        self.forth.setDefault(True)
        foot.setSpacing(8)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.forth)
        for widget in (self.place, self.banner, self.stack):
            column.addWidget(widget)
        column.addLayout(foot)
