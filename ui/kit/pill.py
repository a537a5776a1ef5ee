"""States: a word on a soft ground whose colour says how things stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both, Message
from ui.kit.theme import colours, font

PAD, HEIGHT = 10, 24


@frozen
class State:
    """A word and its mood: good, accent, warn, bad or neutral."""

    text: str | Message | Both
    mood: str = "neutral"


def mood_of(share: float) -> str:
    """The mood of an attainment: 100 % and more is good, 80 accent, 60 warn, below bad."""
    steps = ((1.0, "good"), (0.8, "accent"), (0.6, "warn"))
    return next((mood for least, mood in steps if share >= least), "bad")


def paint_pill(painter: QPainter, rect: QRectF, text: str, mood: str, *, on_accent: bool = False) -> None:
    """Draw a state at the left of a space, in the middle of its height; on a marked row accent needs another ground."""
    ink, ground = colours().mood(mood)
    if on_accent and mood == "accent":
        ground = colours().of("surface")
    painter.setFont(font(12))
    metrics = painter.fontMetrics()
    needed = metrics.horizontalAdvance(text) + 2 * PAD
    width = min(needed, rect.width())
    shape = QRectF(rect.x(), rect.center().y() - HEIGHT / 2, width, HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(shape, 4, 4)
    painter.setPen(ink)
    if needed > width:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width - PAD))
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)


class Pill(QWidget):
    """A state as a widget; the text is already worded."""

    def __init__(self, text: str = "", mood: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.put(text, mood)

    def put(self, text: str, mood: str) -> None:
        """Show another state."""
        self.text, self.mood = text, mood
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(font(12)).horizontalAdvance(self.text) + 2 * PAD, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self.text, self.mood)
        painter.end()
