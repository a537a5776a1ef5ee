"""Private values - pay, family - that are covered until the owner asks to see them, for people look over shoulders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from ui.kit.button import Button
from ui.kit.label import Label

COVER = "••••••"
"""As long for every value, so that it tells nothing."""
WHY = N_("Pay and family details are covered until you ask.")


def is_private(field: Any) -> bool:
    """Whether a column of a table is one to be covered."""
    wording = getattr(getattr(field, "model", None), "wording", None)
    return wording is not None and field.name in wording.private


class Covered(QWidget):
    """One value and the button that uncovers it, or covers it again where `turns`."""

    asked = Signal()
    """The button was pressed."""

    def __init__(self, language: Language, name: str, text: str = "", *, turns: bool = False) -> None:
        super().__init__()
        self._language, self._name, self._text, self._turns = language, name, text, turns
        self.open = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.value = Label(COVER)
        self.button = Button("", self.asked.emit, icon="eye", kind="link", parent=self)
        self.button.setToolTip(language.text(WHY))
        row.addWidget(self.value)
        row.addWidget(self.button)
        row.addStretch(1)
        self.show_value(open_=False)

    def show_value(self, *, open_: bool) -> None:
        """Show the value, or its cover."""
        words = self._language.text
        self.open = open_
        self.value.setText(self._text if open_ else COVER)
        act = words(N_("Hide") if open_ else N_("Show"))
        self.button.setText(act)
        self.button.setAccessibleName(words(M("{what}: {name}", what=act, name=self._name)))
        self.button.setVisible(self._turns or not open_)


def turn_together(values: Iterable[Covered]) -> None:
    """Have values of one record uncovered and covered by any of their buttons."""
    together = list(values)

    def turn() -> None:
        open_ = not together[0].open
        for each in together:
            each.show_value(open_=open_)

    for each in together:
        each.asked.connect(turn)
