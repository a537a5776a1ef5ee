"""What every window test stands on: the program dressed, and a desk that writes nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.kit import language as spoken
from ui.kit.theme import dress


def freed(qtbot: QtBot, widget: QObject) -> None:
    """Wait until a widget that was let go is gone."""
    qtbot.waitUntil(lambda: not isValid(widget))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, zh) -> Iterator[None]:
    """The program in its light look, speaking Chinese; nothing of a test stays open after it."""
    dress(qapp, "light")
    spoken.speak(qapp, zh)
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
