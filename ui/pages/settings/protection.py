"""Who gets in: the password, the recovery sheet, and when the program locks itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import protection
from ui.kit.button import Button
from ui.kit.label import Label
from ui.pages.settings.section import Section, in_a_row

AFTER = ((1, N_("1 minute")), *((n, M("{count} {count:minute|minutes}", count=n)) for n in (2, 5, 10, 15, 30)),
         (0, N_("Only with Ctrl+L")))  # fmt: skip


class ProtectionSection(Section):
    """The password and the lock."""

    def build(self) -> None:
        card = self.card(N_("Password"))
        self.state = Label("", "secondary", wrap=True)
        card.body.addWidget(self.state)
        self.set = Button(self.words(N_("Set a password…")), self.set_password, icon="lock", kind="primary")
        self.change = Button(self.words(N_("Change the password…")), self.change_password, icon="pencil")
        self.sheet = Button(self.words(N_("New recovery sheet…")), self.renew_sheet, icon="printer")
        in_a_row(card, self.set, self.change, self.sheet)
        self.leak = Button(self.words(N_("My password leaked…")), self.mend_leak, kind="link")
        self.remove = Button(self.words(N_("Remove the password…")), self.remove_password, kind="link")
        in_a_row(card, self.leak, self.remove)
        self.lock = self.card(N_("Lock"), N_("The window is covered and the data is closed. What you were typing is "
                                            "still there when you unlock it."))  # fmt: skip
        options = [(minutes, self.words(text)) for minutes, text in AFTER]
        self.after = self.pick(self.lock, N_("Lock when nobody is at the PC for"), options, self.program.lock_later)
        self.now = Button(self.words(N_("Lock now (Ctrl+L)")), self.program.lock, icon="lock")
        in_a_row(self.lock, self.now)

    def refresh(self) -> None:
        now = protection.protection()
        told = N_("Without a password, anybody who can copy the data folder can read it.")
        if now.has_password:
            told = N_("Your data opens only with the password or with the code on the recovery sheet. Nobody else can "
                      "open it, not even who made this program.")  # fmt: skip
        self.state.setText(self.words(told))
        self.set.setVisible(not now.has_password)
        for widget in (self.change, self.sheet, self.leak, self.remove, self.lock):
            widget.setVisible(now.has_password)
        self.after.put(self.program.lock_after)

    def set_password(self) -> None:
        """Take the owner through a password, its recovery sheet, and the code asked back."""
        self._ask(N_("Set a password"), ("new", "sheet", "back"), N_("Protect my data"), self._set)

    def _set(self, *, password: str, code: str) -> None:
        protection.protect(password=password, code=code)
        self._done(M("From now on the password is needed"))

    def change_password(self) -> None:
        """Ask for the old password and a new one."""
        steps = ("new",) if protection.protection().by_code else ("old", "new")
        self._ask(N_("Change the password"), steps, N_("Change it"), self._change)

    name_password = change_password
    """What who came in by the recovery code is asked at once."""

    def _change(self, *, password: str, old: str = "") -> None:
        protection.change_password(old=old, password=password)
        self._done(M("The password is changed"))

    def renew_sheet(self) -> None:
        """Make another recovery sheet; the one before is worth nothing any more."""
        self._ask(N_("New recovery sheet"), ("old", "sheet", "back"), N_("Use the new sheet"), self._renew)

    def _renew(self, *, old: str, code: str) -> None:
        protection.check_secret(old)
        protection.change_code(code=code)
        self._done(M("The new recovery sheet counts. Tear the old one up."))

    def mend_leak(self) -> None:
        """Encrypt everything anew under another password."""
        earlier = ("backups",) if protection.earlier_backups() else ()
        steps = ("old", "new", *earlier, "sheet", "back")
        self._ask(N_("My password leaked"), steps, N_("Encrypt anew"), self._anew)

    def _anew(self, *, old: str, password: str, code: str, backups: str = protection.RENEW) -> None:
        protection.check_secret(old)
        work = partial(protection.encrypt_anew, password=password, code=code, backups=backups)
        self.program.aside(M("Encrypting your data anew…"), work)

    def remove_password(self) -> None:
        """Open the data to everybody who has the folder."""
        self._ask(N_("Remove the password"), ("old",), N_("Remove it"), self._remove)

    def _remove(self, *, old: str) -> None:
        protection.unprotect(password=old)
        self._done(M("The password is removed"))

    def _ask(self, title: str, steps: tuple[str, ...], act: str, done: Callable[..., object]) -> None:
        from ui.pages.settings.password import PasswordDialog  # here, because it is rarely opened

        PasswordDialog(self.desk, self.program, title, steps, act, done, self).open()

    def _done(self, told: Message) -> None:
        self.refresh()
        self.program.watch_hands()
        self.desk.toast(told)
