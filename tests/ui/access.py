"""Finds what a keyboard, a screen reader or a weak eye would miss in what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from operator import ne

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from ui.kit.chart import ChartView
from ui.kit.form import RecordForm

EDITORS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
SPOKEN = (QAbstractButton, QAbstractItemView, QTabBar, QTextEdit, ChartView, *EDITORS)
RING = 50
"""Pixels that change at least where the focus comes: more than a blinking cursor has."""
LONGEST_WAY = 400
"""Presses of Tab after which a way round is none."""


def seen(window: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """What is shown of these kinds, without the parts Qt makes its own widgets of."""
    for widget in window.findChildren(QWidget):
        within = widget.parentWidget()
        is_part = isinstance(within, QAbstractSpinBox | QComboBox | QTabBar) or (
            isinstance(within, QTableView) and isinstance(widget, QAbstractButton)
        )
        if isinstance(widget, kinds) and widget.isVisible() and not is_part and not isinstance(widget, QHeaderView):
            yield widget


def said_of(widget: QWidget) -> str:
    """What a thing is called in a list of faults."""
    name = widget.accessibleName() or getattr(widget, "text", str)() or widget.objectName()
    return f"{type(widget).__name__} “{name}” in {type(widget.parentWidget()).__name__}"


def faults(window: QWidget) -> list[str]:
    """All that can be seen without going round."""
    return nameless(window) + strangers(window) + marked_up(window) + unlit(window)


def nameless(window: QWidget) -> list[str]:
    """What a screen reader has no word for."""
    heard = ((each, QAccessible.queryAccessibleInterface(each)) for each in seen(window, QWidget) if _speaks(each))
    return sorted(said_of(each) for each, read in heard if not (read and read.text(QAccessible.Text.Name)))


def _speaks(widget: QWidget) -> bool:
    return isinstance(widget, SPOKEN) or (isinstance(widget, QScrollArea) and _takes_tab(widget))


def strangers(window: QWidget) -> list[str]:
    """The names of fields that do not belong to their field, though they stand beside it."""
    named = {each.buddy() for each in window.findChildren(QLabel) if each.buddy()}
    pairs = product(seen(window, QLabel), seen(window, *EDITORS))
    return sorted(
        f"{label.text()} beside {said_of(field)}"
        for label, field in pairs
        if label.parentWidget() is field.parentWidget()
        and label.text().removesuffix(" *") == field.accessibleName()
        and field not in named
    )


def marked_up(window: QWidget) -> list[str]:
    """Labels that would read what is typed as markup, shown or not."""
    return sorted(said_of(each) for each in window.findChildren(QLabel) if each.textFormat() != Qt.TextFormat.PlainText)


def unlit(window: QWidget) -> list[str]:
    """What looks with the focus as it looks without."""
    faults, shown = [], list(seen(window, QWidget))
    for widget in shown:
        if not _takes_tab(widget) or not _in_view(widget):
            continue
        if at := QApplication.focusWidget():
            at.clearFocus()
        before = _look(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if _changed(before, _look(widget)) < RING:
            faults.append(said_of(widget))
    return sorted(faults)


def _look(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _changed(before: QImage, after: QImage) -> int:
    """How many pixels differ."""
    if before.size() != after.size():
        return RING
    return sum(map(ne, *(memoryview(image.constBits()).cast("I") for image in (before, after))))


def _in_view(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def _takes_tab(widget: QWidget) -> bool:
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return stops and widget.isEnabled() and widget.isVisible()


def unreached(part: QWidget) -> list[str]:
    """What can be worked in a part of a window and is not on the way that Tab goes round."""
    way: set[QWidget] = set()
    for _ in range(LONGEST_WAY):
        at = QApplication.focusWidget()
        if at in way or at is None:
            break
        way.add(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is at:  # a tab is a character here: Ctrl+Tab leaves
            at.focusNextChild()
    found = (each for each in seen(part, *SPOKEN) if each.isEnabled() and not _has_keys_of_its_own(each))
    return sorted(said_of(each) for each in found if not way & _line(each))


def _has_keys_of_its_own(widget: QWidget) -> bool:
    """A button in a field or at the edge of a form (Esc, the arrow down), or of a set with one down (the arrows)."""
    within = widget.parentWidget()
    if isinstance(within, QLineEdit) or (isinstance(within, RecordForm) and widget is within.close_button):
        return True
    is_one_of_many = isinstance(widget, QAbstractButton) and (widget.autoExclusive() or widget.group())
    return bool(is_one_of_many) and not widget.isChecked()


def _line(widget: QWidget) -> set[QWidget]:
    """A widget and whatever gets its keys or gives it the focus."""
    return {widget, widget.focusProxy(), *_children_that_stop(widget)} - {None}


def _children_that_stop(widget: QWidget) -> set[QWidget]:
    return {each for each in widget.findChildren(QWidget) if each.focusProxy() is widget}
