"""The sheet of shortcuts, gathered from the shortcuts themselves: what is bound here and now is what it shows.

A widget that takes keys without binding them declares them as `KEYS`: pairs of keys and a marked text.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.button import Button
from ui.kit.label import Label, restyle
from ui.kit.theme import px

Rows = dict[str, list[str]]
"""Keys, by what they do."""


def bound(window: QWidget, page: QWidget, language: Language) -> tuple[Rows, Rows]:
    """The shortcuts that work everywhere in a window, and those of a page that is shown in it."""
    everywhere: Rows = {}
    here: Rows = {}
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        is_here = isinstance(owner, QWidget) and (owner is page or page.isAncestorOf(owner))
        if shortcut.whatsThis() and (owner is window or is_here):
            _note(here if is_here else everywhere, shortcut.whatsThis(), _written(shortcut.keys()))
    for widget in (page, *page.findChildren(QWidget)):
        if widget.isVisibleTo(page):
            for keys, words in getattr(widget, "KEYS", ()):
                _note(here, language.text(words), [keys])
    return everywhere, here


def _note(rows: Rows, words: str, keys: Iterable[str]) -> None:
    kept = rows.setdefault(words, [])
    kept += [each for each in keys if each not in kept]


def _written(keys: Iterable[QKeySequence]) -> list[str]:
    return [each.toString(QKeySequence.SequenceFormat.NativeText) for each in keys]


class Shortcuts(QDialog):
    """What the keys do."""

    def __init__(self, window: QWidget, page: QWidget, language: Language) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(language.text(N_("Shortcuts")))
        column, across = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 16, 0, 16)
        across.setContentsMargins(24, 4, 24, 4)
        across.setSpacing(40)
        titles = (N_("Everywhere"), N_("On this page"))
        for title, rows in zip(titles, bound(window, page, language), strict=True):
            if rows:
                across.addLayout(_group(language.text(title), rows), 1)
        within, area = QWidget(objectName="panelBody"), QScrollArea(widgetResizable=True)
        within.setLayout(across)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(within)
        area.setAccessibleName(self.windowTitle())
        restyle(area, "ring", value=True)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 0)
        foot.addStretch(1)
        foot.addWidget(Button(language.text(N_("Close")), self.close, kind="primary"))
        column.addLayout(foot)
        room, wanted = window.size(), within.sizeHint()
        width, height = max(wanted.width() + 40, px(560)), wanted.height() + 120
        self.resize(min(width, room.width()), min(height, room.height() - 40))


def _group(title: str, rows: Rows) -> QVBoxLayout:
    column, grid = QVBoxLayout(), QGridLayout()
    column.setSpacing(10)
    column.addWidget(Label(title, "section"))
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for n, (words, keys) in enumerate(rows.items()):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for each in keys:
            caps.addWidget(Label(each, "key"))
        caps.addStretch(1)
        grid.addLayout(caps, n, 0)
        grid.addWidget(Label(words, wrap=True), n, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return column
