"""The program in a real window, worked by a hand that presses keys and clicks, and counts.

`dev.py test` runs these under Xvfb before all other tests. Where Qt draws without a screen they are left out:
what they look at - which window has the keys, what a popup covers - is not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktopapp.kernel.area import Link
from tests.conftest import TODAY
from ui.main import Program
from ui.window import Window


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        return
    left_out = [item for item in items if item.get_closest_marker("screen")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


class Hand:
    """Works the window as its owner does: through the window system, so that what covers a button catches the click."""

    def __init__(self, qtbot, program: Program) -> None:
        self.qtbot, self.program, self.clicks = qtbot, program, 0

    @property
    def window(self) -> Window:
        return self.program.window

    @property
    def page(self):
        return self.window.page

    def see(self, window: QWidget) -> None:
        """Wait until a window stands and has the keys."""
        self.qtbot.waitUntil(lambda: bool(window.windowHandle()) and window.windowHandle().isExposed())
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)

    def place(self, key: str) -> None:
        """A click on a place in the sidebar."""
        bar = self.window.side.bar
        at = [place.key for place in self.window.places].index(key)
        self.click(bar, bar.row(at).center())

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """A click on what can be seen and worked."""
        assert widget.isVisible()
        assert widget.isEnabled()
        over = widget.window()
        QTest.mouseClick(over.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                         widget.mapTo(over, at or widget.rect().center()))  # fmt: skip
        QApplication.processEvents()
        self.clicks += 1

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """A click on a row of a list, where it stands once the page is laid out."""
        QApplication.processEvents()
        self.click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())

    def press(self, *keys: str) -> None:
        """Keys go where the window system sends them."""
        if QApplication.focusWindow() is None:  # a window manager, which Xvfb has none of, gives them back
            self.see(self.window)
        for each in keys:
            stroke = QKeySequence(each)[0]
            QTest.keyClick(QApplication.focusWindow(), stroke.key(), stroke.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str, *, composed: str = "") -> None:
        """What an input method hands over, or is still composing."""
        event = QInputMethodEvent(composed, [])
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)
        QApplication.processEvents()


@pytest.fixture
def hand(qapp, qtbot, file) -> Iterator:
    """Starts the program over what the file holds; gives the hand that works it."""
    made = []

    def start(code: str = "zh_CN", scheme: str = "light") -> Hand:
        QApplication.clipboard().clear()
        program = Program(qapp, file, language=code, scheme=scheme, today=TODAY)
        made.append(program)
        program.start()
        program.window.resize(1366, 768)
        hand = Hand(qtbot, program)
        hand.see(program.window)
        if "home" in {place.key for place in program.window.places}:
            program.window.go(Link("home"))
        return hand

    yield start
    for program in made:
        program.stop()
        program.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
