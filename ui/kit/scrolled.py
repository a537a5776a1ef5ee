"""A column that scrolls as a whole on the ground of what it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scrolled(column: QVBoxLayout) -> QScrollArea:
    """It scrolls up and down alone, and takes no keys itself."""
    within = QWidget(objectName="within")
    within.setLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(within)
    within.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
