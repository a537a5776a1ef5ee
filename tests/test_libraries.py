"""What we rely on in the libraries below us, where a version of one was seen to break it."""

import sys

from PySide6.QtWidgets import QLabel


def test_qt_calls_do_not_use_up_none(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("a")
    assert sys.getrefcount(None) > before - 50
