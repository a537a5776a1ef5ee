"""A person at a glance: the family name in a coloured circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktopapp.kernel.frozen import frozen
from ui.kit.theme import font

GROUNDS = ("#3A6DB5", "#86589E", "#2E7F73", "#A75D2C", "#586B8E", "#9A4458", "#4A7A38", "#6A5ACD")
"""White is readable on each."""
TWO = {
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐",
}  # fmt: skip
"""Family names of two characters."""


@frozen
class Who:
    """A person in a cell: the name, and a line under it that tells namesakes apart."""

    name: str
    detail: str = ""


def family_name(name: str) -> str:
    """What stands in the circle: 张, 欧阳; for a name in Latin letters its initial."""
    if name[:2] in TWO and len(name) > 2:
        return name[:2]
    return name[:1].upper()


def paint_avatar(painter: QPainter, rect: QRectF, name: str) -> None:
    """Draw the circle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUNDS[sum(map(ord, name)) % len(GROUNDS)]))
    painter.drawEllipse(rect)
    written = family_name(name)
    face = font(14)
    face.setPixelSize(int(rect.width() * (0.45 if len(written) == 1 else 0.33)))
    painter.setFont(face)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, written)


class Avatar(QWidget):
    """The circle as a widget."""

    def __init__(self, name: str = "", size: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.put(name)

    def put(self, name: str) -> None:
        """Show another person."""
        self.name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()), self.name)
        painter.end()
