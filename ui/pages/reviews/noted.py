"""What the notebook holds of a person's period, offered where it can be taken over as evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M
from desktopapp.reviews.models import BAD
from desktopapp.reviews.queries.events import EventRow
from desktopapp.reviews.rules import wording
from ui.kit.button import Button
from ui.kit.label import Label
from ui.pages.reviews.prose import Prose, emptied

ICONS = {BAD: "circle-alert"}
GOOD_ICON = "circle-check"


class Noted(QWidget):
    """Events one below the other, each a link; gone where there are none."""

    chosen = Signal(object)
    """An event."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self.events: tuple[EventRow, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.hide()

    def put(self, events: Sequence[EventRow], tip: str) -> None:
        """Show these; `tip` says what a click does."""
        self.setVisible(bool(events))
        if tuple(events) == self.events:
            return
        self.events = tuple(events)
        emptied(self.column)
        for each in self.events:
            link = Button(written(each, self.language), partial(self.chosen.emit, each),
                          icon=ICONS.get(each.kind, GOOD_ICON), kind="link", parent=self)  # fmt: skip
            link.setToolTip(self.language.text(tip))
            link.setMinimumWidth(40)
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.column.addWidget(link)


def written(event: EventRow, language: Language) -> str:
    """An event in a line, as it is taken over."""
    day, text = language.short_day(event.day), " ".join(event.text.split())
    if event.customer:
        return language.text(M("{day}, {customer}: {text}", day=day, customer=event.customer, text=text))
    return language.text(M("{day}: {text}", day=day, text=text))


class Hint(Label):
    """What a comment could say more of, under it once it is left; gone while it is written."""

    def __init__(self, language: Language, box: Prose, wanted: Callable[[], bool] = lambda: True) -> None:
        super().__init__("", "caption", wrap=True, parent=box.parentWidget())
        self.language, self._box, self._wanted = language, box, wanted
        self.hide()
        box.textChanged.connect(self.look)
        box.rested.connect(self.look)

    def look(self) -> None:
        """See whether there is something to say."""
        is_written = self._box.hasFocus() or self._box.isReadOnly()
        said = None if is_written or not self._wanted() else wording.hint(self._box.toPlainText())
        self.setText(self.language.text(said) if said else "")
        self.setVisible(bool(said))
