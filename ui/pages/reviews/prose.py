"""Running text that is kept when it is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from ui.kit.editors import NoteBox
from ui.kit.label import restyle


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; hidden at once, for what is deleted later would still be seen."""
    while (old := layout.takeAt(0)) is not None:
        old.widget().hide()
        old.widget().deleteLater()


class Prose(NoteBox):
    """A text box without a button: leaving it keeps what it says."""

    LEAST, MOST = 2, 200
    rested = Signal()
    """Somebody begins or ends to write in it."""

    def __init__(
        self, language: Language, name: str, keep: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(language, parent=parent)
        self._keep, self._kept = keep, ""
        self._of: object = None
        self._is_keeping, self._was_refused = False, False
        self._meanwhile: str | None = None
        """What is kept, as it was told while this was being kept."""
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_text(self, text: str, *, of: object, fixed: bool = False) -> None:
        """Show what is kept of a record, unless the owner is just writing here, or what he wrote was not taken."""
        self.setReadOnly(fixed)
        if self._is_keeping:
            self._meanwhile = text
            return
        is_unkept = self.toPlainText() != self._kept
        if is_unkept and (self.hasFocus() or (self._was_refused and of == self._of)):
            return
        self._of, self._was_refused, self._kept = of, False, text
        if self.toPlainText() != text:
            self.put(text)

    def leave(self) -> None:
        """Keep what was written. Where that cannot be it stays as typed, and the reason is told."""
        text = self.value() or ""
        if self.isReadOnly() or text == self._kept:
            return
        self._is_keeping, self._meanwhile = True, None
        try:
            self._keep(text)
        except (Refused, Fault) as no:
            self._was_refused = self._meanwhile != text  # the file may hold it all the same
            self.told.emit(no.message)
        else:
            self._was_refused = False
        finally:
            self._is_keeping = False
        if not self._was_refused:
            self._kept = text
            if self._meanwhile is not None:
                self.show_text(self._meanwhile, of=self._of, fixed=self.isReadOnly())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.leave()
            self.rested.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.rested.emit()


class Evidence(Prose):
    """The same on one line until there is more to say, without a frame until it is used."""

    LEAST = 1

    def __init__(
        self, language: Language, name: str, keep: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(language, name, keep, parent)
        restyle(self, "quiet", value=True)
        self.document().setDocumentMargin(1)
