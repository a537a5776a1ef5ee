"""Labels: always plain text, in the few kinds the look knows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

KINDS = ("title", "section", "body", "strong", "secondary", "caption", "kpi", "score", "good", "accent", "warn", "bad",
         "key")  # fmt: skip
"""What a label can be; style.qss says how each looks."""


class Label(QLabel):
    """A worded text. `wrap` lets it run over lines."""

    def __init__(
        self, text: str = "", kind: str = "body", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        self.setText(text)

    def setBuddy(self, buddy: QWidget) -> None:
        """An & in a name stays an &: where there is a buddy, Qt takes it for the mark of a key."""
        self.setText(self.text().replace("&", "&&"))
        super().setBuddy(buddy)

    def put(self, text: str, kind: str) -> None:
        """Another text of another kind."""
        self.setText(text)
        restyle(self, "kind", kind)


class Elided(Label):
    """A text on one line, cut with … where room is short and then whole in its tooltip."""

    def __init__(self, text: str = "", kind: str = "body", *, parent: QWidget | None = None) -> None:
        super().__init__(text, kind, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def hug(self) -> None:
        """Take no more room than the text needs, so that what follows stands right behind it."""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if cut != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.end()


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and have it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
