"""Finds words that do not fit where they stand: labels, buttons, fields and headings of what is shown."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from ui.kit.label import Elided
from ui.kit.nav import Sidebar

SLACK = 1
"""Pixels a word may be over, for rounding."""


def cut(window: QWidget) -> list[str]:
    """The words that are cut, each with the kind of thing it stands on and by how many pixels it is too long."""
    return sorted({found for widget in window.findChildren(QWidget) if widget.isVisible() for found in _of(widget)})


def _of(widget: QWidget) -> Iterator[str]:
    for words, over in _over(widget):
        if over > SLACK:
            yield f"{type(widget).__name__} “{words[:40]}” +{over}"


def _over(widget: QWidget) -> Iterator[tuple[str, int]]:
    if isinstance(widget, Elided):
        return  # cut with … on purpose, and whole in its tooltip
    if isinstance(widget, QLabel) and widget.text():
        yield from _label(widget)
    elif isinstance(widget, QPushButton | QCheckBox) and widget.text():
        yield widget.text(), widget.sizeHint().width() - _seen(widget)
        yield widget.text(), widget.fontMetrics().height() - widget.height()
    elif isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option,
                                              QStyle.SubControl.SC_ComboBoxEditField, widget)  # fmt: skip
        yield widget.currentText(), widget.fontMetrics().horizontalAdvance(widget.currentText()) - field.width()
    elif isinstance(widget, QLineEdit) and not widget.text():
        room = widget.contentsRect().width() - widget.textMargins().left() - widget.textMargins().right() - 4
        yield widget.placeholderText(), widget.fontMetrics().horizontalAdvance(widget.placeholderText()) - room
    elif isinstance(widget, Sidebar):
        for n in range(widget.count()):
            room = widget.row(n).width() - 48
            yield widget.tabText(n), widget.fontMetrics().horizontalAdvance(widget.tabText(n)) - room
    elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal and widget.model():
        for n in range(widget.count()):
            words = str(widget.model().headerData(n, Qt.Orientation.Horizontal) or "")
            over = widget.fontMetrics().horizontalAdvance(words) - widget.sectionSize(n)
            yield words, 0 if widget.isSectionHidden(n) else over


def _label(label: QLabel) -> Iterator[tuple[str, int]]:
    room, metrics, text = label.contentsRect(), label.fontMetrics(), label.text()
    if label.wordWrap():
        wrapped = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), text)
        yield text, wrapped.height() - room.height()
        yield text, wrapped.width() - room.width()
        return
    lines = text.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines)
    yield text, width - min(room.width(), _seen(label))
    yield text, metrics.height() * len(lines) - room.height()


def _seen(widget: QWidget) -> int:
    """Pixels of a widget's width that its parents leave it; what stands above or below is scrolled to."""
    left, right, at = 0, widget.width(), widget
    while not at.isWindow() and (parent := at.parentWidget()) is not None:
        left, right = max(left + at.x(), 0), min(right + at.x(), parent.width())
        at = parent
    return max(right - left, 0)
