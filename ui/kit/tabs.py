"""The tabs above the lists of a page."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ui.kit.label import restyle


class Tabs(QTabBar):
    """One list of several is shown; the wheel, which would turn to another, leaves it alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        restyle(self, "segments", value=True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
