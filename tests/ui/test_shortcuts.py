"""The sheet of shortcuts tells of what is bound, and of nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel

from desktopapp.kernel.area import Link
from desktopapp.overview import sample
from tests.conftest import TODAY
from ui.kit.shortcuts import Shortcuts, bound
from ui.main import Program


@pytest.fixture
def program(qapp, file):
    sample.load(TODAY)
    made = Program(qapp, file, today=TODAY)
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def words_of(dialog):
    return {label.text() for label in dialog.findChildren(QLabel)}


def test_ctrl_slash_shows_every_page_with_its_keys(qtbot, program):
    window = program.window
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(Shortcuts)
    assert dialog.isVisible()
    told = words_of(dialog)
    assert {"全部页面", "今日", "Ctrl+1", "团队名册", "Ctrl+2", "撤销", "Ctrl+Z", "Ctrl+Y", "搜索", "Ctrl+F"} <= told
    dialog.close()


@pytest.mark.parametrize(("place", "words"), [("goals", "删除"), ("reviews", "评分"), ("team", "删除")])
def test_the_keys_of_the_page_stand_beside_them(qtbot, program, place, words):
    window = program.window
    window.go(Link(place))
    _everywhere, here = bound(window, window.page, window.language)
    assert words in here


def test_every_shortcut_of_every_page_says_what_it_does(qtbot, program):
    window = program.window
    for place in window.places:
        window.go(Link(place.key))
    silent = [
        (type(each.parent()).__name__, each.key().toString())
        for each in window.findChildren(QShortcut)
        if not each.whatsThis()
    ]
    assert silent == []


def test_two_shortcuts_never_share_keys_on_one_page(qtbot, program):
    window = program.window
    owned = [(each.parent(), each.key().toString()) for each in window.findChildren(QShortcut)]
    assert len(owned) == len(set(owned))
