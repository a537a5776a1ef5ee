"""The grid one dimension is scored on: a few scores side by side, for the mouse and for keys."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktopapp.kernel.message import N_
from ui.kit.theme import colours, font

CELL, HEIGHT, GAP, RING = 34, 30, 4, 3
"""Pixels: a cell's width and height, the space between cells, the room around them for the focus ring."""
_CLEARING = (Qt.Key.Key_0, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_NUDGES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Segments(QWidget):
    """A score as a row of cells, which say `words` where scores are letters.

    A digit key, or the letter's, scores and asks to move on; 0 or Backspace clears.
    """

    KEYS: tuple[tuple[str, str], ...]

    scored = Signal(object)
    """The score asked for, or None."""
    moved = Signal(int)
    """One row up (-1) or down (1), please."""
    entered = Signal()
    active = Signal()

    def __init__(
        self, levels: Sequence[Decimal], name: str, parent: QWidget | None = None, *, words: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.levels = tuple(levels)
        self.words = tuple(words) or tuple(f"{level.normalize():f}" for level in levels)
        reach = f"{self.words[0]} … {self.words[-1]}"
        self.KEYS = (
            (reach, N_("Give the score")), ("0", N_("Take the score back")), ("Enter", N_("Next dimension")),
        )  # fmt: skip
        self.score: Decimal | None = None
        self.other: Decimal | None = None
        self.is_fixed = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_score(self, score: Decimal | None, other: Decimal | None = None, *, fixed: bool = False) -> None:
        """Show a score, the other rater's as a mark below its cell; a fixed one can be read but not changed."""
        self.score, self.other, self.is_fixed = score, other, fixed
        self.setAccessibleDescription(self._word(score))
        self.setCursor(Qt.CursorShape.ArrowCursor if fixed else Qt.CursorShape.PointingHandCursor)
        self.update()

    def _word(self, score: Decimal | None) -> str:
        return self.words[self.levels.index(score)] if score in self.levels else ""

    def sizeHint(self) -> QSize:
        count = len(self.levels)
        return QSize(count * CELL + (count - 1) * GAP + 2 * RING, HEIGHT + 2 * RING)

    def cell(self, nth: int) -> QRectF:
        """Where a cell stands."""
        return QRectF(RING + nth * (CELL + GAP), RING, CELL, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif self.is_fixed or event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._type(key):
            super().keyPressEvent(event)

    def _meant(self, key: Qt.Key) -> Decimal | None:
        """The score a key stands for: its digit, or the letter on the cell."""
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            digit = Decimal(key - Qt.Key.Key_0)
            return digit if digit in self.levels else None
        letter = chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
        return self.levels[self.words.index(letter)] if letter in self.words else None

    def _type(self, key: Qt.Key) -> bool:
        """Score by a key, if the key means a score."""
        if (meant := self._meant(key)) is not None:
            self.scored.emit(meant)
            self.moved.emit(1)
            return True
        if key in _CLEARING:
            self.scored.emit(None)
            return True
        if key in _NUDGES:
            self._nudge(_NUDGES[key])
            return True
        return False

    def _nudge(self, by: int) -> None:
        at = self.levels.index(self.score) + by if self.score in self.levels else 0
        if 0 <= at < len(self.levels):
            self.scored.emit(self.levels[at])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = [level for nth, level in enumerate(self.levels) if self.cell(nth).contains(event.position())]
        if hit and not self.is_fixed and event.button() == Qt.MouseButton.LeftButton:
            self.scored.emit(None if hit[0] == self.score else hit[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.active.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for nth, level in enumerate(self.levels):
            self._paint_cell(painter, self.cell(nth), level)
        if self.hasFocus():
            painter.setPen(QPen(colours().of("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: QRectF, level: Decimal) -> None:
        chosen, look = level == self.score, colours()
        painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(look.of("border"), 1))
        painter.setBrush(look.of("accent" if chosen else "surface"))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(look.of("on_accent" if chosen else "text2"))
        painter.setFont(font(14, strong=chosen))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._word(level))
        if level == self.other:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.of("on_accent" if chosen else "text3"))
            painter.drawRoundedRect(QRectF(cell.center().x() - 6, cell.bottom() - 5, 12, 2), 1, 1)
