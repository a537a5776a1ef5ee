"""The field one dimension is scored in where a scale has too many scores to stand side by side."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.reviews import rules
from desktopapp.reviews.rules import Form
from ui.kit.editors import NumberLine
from ui.kit.keys import RETURN
from ui.kit.theme import px
from ui.pages.reviews.segments import Segments

SIDE_BY_SIDE = 7
"""Of more scores than this one is typed."""
WIDTH = 192
"""Pixels, as many as five cells have."""
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ScoreLine(NumberLine):
    """A score as a typed number. Enter keeps it and asks to move on, an empty field takes it back."""

    KEYS = (("0 … 9", N_("Type the score")), ("Enter", N_("Keep it, next dimension")))

    scored = Signal(object)
    moved = Signal(int)
    entered = Signal()
    active = Signal()

    def __init__(self, form: Form, name: str, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self._form = form
        self.score: Decimal | None = None
        self.other: Decimal | None = None
        self.is_fixed = False
        self.setAccessibleName(name)
        self.setFixedWidth(px(WIDTH))
        said = M("{lowest}–{highest}", lowest=form.lowest, highest=form.highest)
        self.setPlaceholderText(language.text(said))

    def show_score(self, score: Decimal | None, other: Decimal | None = None, *, fixed: bool = False) -> None:
        """Show a score, unless another is just being typed; a fixed one can be read but not changed."""
        is_typing = self.hasFocus() and self.isModified()
        self.score, self.other, self.is_fixed = score, other, fixed
        self.setReadOnly(fixed)
        if not is_typing:
            self.put(score)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), super().sizeHint().height())

    def keep(self) -> bool:
        """Ask for what was typed to be the score; whether it is one."""
        try:
            typed = self.value()
            rules.check_score(typed, self._form)
        except Refused as no:
            self.told.emit(no.message)
            self.selectAll()
            return False
        self.setModified(False)
        if typed != self.score:
            self.scored.emit(typed)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in RETURN or key in _MOVES:
            if self.is_fixed or self.keep():
                self.moved.emit(_MOVES.get(key, 1))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.active.emit()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isModified() and not self.is_fixed:
            self.keep()


def score_field(form: Form, name: str, language: Language, parent: QWidget) -> Segments | ScoreLine:
    """What a dimension is scored in: cells side by side where they are few, else a line to type in."""
    levels = rules.choices(form)
    if len(levels) > SIDE_BY_SIDE:
        return ScoreLine(form, name, language, parent)
    return Segments(levels, name, parent, words=form.letters)
