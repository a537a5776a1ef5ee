"""What is known of a signed review: its place in the register, whether it is untouched, and its earlier versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.register import Version
from desktopapp.reviews.rules.register import Entry, grouped
from ui.kit.button import Button
from ui.kit.editors import Picker
from ui.kit.label import Label, restyle


class Proof(QFrame):
    """A strip over the scores; hidden while a review was never signed."""

    turned = Signal(int)
    """Another version is to be shown; 0 is the one that counts now."""
    correcting = Signal()
    giving_up = Signal()

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self.words = Label("", wrap=True, parent=self)
        self.versions = Picker((), parent=self)
        self.versions.setAccessibleName(language.text(N_("Version")))
        self.versions.changed.connect(self._turn)
        words = language.text
        self.correct = Button(words(N_("Correct…")), self.correcting.emit, kind="link", parent=self)
        self.give_up = Button(words(N_("Give up the correction…")), self.giving_up.emit, kind="link", parent=self)
        acts = QVBoxLayout()
        acts.setSpacing(4)
        for widget in (self.versions, self.correct, self.give_up):
            acts.addWidget(widget)
        acts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self.words, 1)
        row.addLayout(acts)

    def put(
        self, sheet: ReviewSheet, entry: Entry, versions: Sequence[Version], *, shown: int, is_open: bool,
        genuine: bool, count: int,
    ) -> None:  # fmt: skip
        """Show how a review stands in a register of so many entries.

        `shown` is the version looked at, 0 the one that counts now, or the correction of it while that `is_open`.
        """
        self._offer(versions, shown, is_open=is_open)
        mood, said = _said(sheet, entry, versions[0], count=count)
        if not genuine:
            mood, said = "bad", M("The signed text no longer has its fingerprint: the file was altered from outside.")
        self.words.setText("\n".join(map(self.language.text, (said, *_contested(sheet), _code(sheet)))))
        restyle(self, "banner", mood)
        self.correct.setVisible(not shown and not is_open)
        self.give_up.setVisible(not shown and is_open)

    def put_waived(self, why: str) -> None:
        """Say why there is no review."""
        said = M("There is no review: {why}. “Progress” takes this back.", why=why)
        self.words.setText(self.language.text(said))
        for widget in (self.versions, self.correct, self.give_up):
            widget.hide()
        restyle(self, "banner", "info")

    def _offer(self, versions: Sequence[Version], shown: int, *, is_open: bool) -> None:
        """Name the versions there are to be looked at, the newest first."""
        words = self.language.text
        named = [(each.version, words(M("Version {version}", version=each.version))) for each in versions]
        newest = words(N_("Correction")) if is_open else named[0][1]
        self.versions.blockSignals(True)
        self.versions.clear()
        for value, name in [(0, newest), *(named if is_open else named[1:])]:
            self.versions.addItem(name, value)
        self.versions.put(shown)
        self.versions.blockSignals(False)
        self.versions.setVisible(self.versions.count() > 1)

    def _turn(self) -> None:
        self.turned.emit(self.versions.value() or 0)


def _said(sheet: ReviewSheet, entry: Entry, newest: Version, *, count: int) -> tuple[str, Message]:
    """The mood of the strip, and what it says first."""
    if sheet.signed is None:
        said = M("Being corrected: {reason}\nVersion {version} stays kept and counts no longer once this is signed.",
                 reason=sheet.amending, version=newest.version)  # fmt: skip
        return "warn", said
    if entry.number != newest.number:
        return "warn", M("Version {version}, signed on {day}, is no longer in force: no. {number} took its place.",
                         version=entry.version, day=sheet.signed, number=newest.number)  # fmt: skip
    if entry.corrects:
        return "good", M("Signed on {day}. Register no. {number} of {count}, version {version}; it corrects no. {old}: "
                         "{reason}", day=sheet.signed, number=entry.number, count=count, version=entry.version,
                         old=entry.corrects[0], reason=entry.reason)  # fmt: skip
    return "good", M("Signed on {day}. It can no longer be changed. Register no. {number} of {count}.",
                     day=sheet.signed, number=entry.number, count=count)  # fmt: skip


def _contested(sheet: ReviewSheet) -> Iterator[Message]:
    """What stands against a signed version."""
    if sheet.refusal:
        yield M("{name} would not sign; witness: {witness}.", name=sheet.name, witness=sheet.refusal.witness)
    if sheet.disputed:
        yield M("An objection to it waits for a decision.")


def _code(sheet: ReviewSheet) -> Message:
    return M("Code {code}", code=grouped(sheet.code))
