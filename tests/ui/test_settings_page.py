"""The owner makes the program his."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from desktopapp.kernel.area import Link
from desktopapp.overview import history, sample
from desktopapp.team import queries, service
from tests.ui.desks import Room
from ui.kit import ask
from ui.pages.settings import LICENCES, SettingsPage


class Around:
    """The program around the page: what was chosen."""

    language, scheme, scale = "zh_CN", "system", 100

    def __init__(self, folder):
        self.folder, self.chosen = folder, []

    def choose(self, **chosen):
        self.chosen.append(chosen)


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def around(file):
    return Around(file)


@pytest.fixture
def page(room, around):
    return room.open(partial(SettingsPage, program=around))


def type_over(room, editor, text):
    editor.setFocus()
    editor.selectAll()
    room.write(editor, text)
    room.qtbot.keyClick(editor, Qt.Key.Key_Tab)


def test_the_firm_is_kept_on_leaving_a_field(room, page):
    type_over(room, page.rows["name"].editor, "远航商贸")
    assert queries.firm().name == "远航商贸"
    type_over(room, page.rows["seal"].editor, "公司名称上")
    assert queries.firm().seal == "公司名称上"
    assert room.heard.saves == 2


def test_a_field_left_as_it_was_writes_nothing(room, page):
    service.name_firm(name="远航商贸", owner="周建国")
    steps = len(history.firm_history())
    type_over(room, page.rows["owner"].editor, "周建国")
    assert len(history.firm_history()) == steps
    assert room.heard.saves == 0


def test_a_firm_without_a_name_is_refused_beside_the_field(room, page):
    service.name_firm(name="远航商贸")
    page.rows["name"].editor.setFocus()
    page.rows["name"].editor.selectAll()
    room.qtbot.keyClick(page.rows["name"].editor, Qt.Key.Key_Delete)
    room.qtbot.keyClick(page.rows["name"].editor, Qt.Key.Key_Tab)
    assert page.rows["name"].fault.text() == "请填写公司名称。"
    assert queries.firm().name == "远航商贸"


@pytest.mark.parametrize(
    ("picker", "keys", "chosen"),
    [
        ("scheme", [Qt.Key.Key_Down, Qt.Key.Key_Down], {"scheme": "dark"}),
        ("scale", [Qt.Key.Key_Down], {"scale": 115}),
        ("language", [Qt.Key.Key_Down], {"language": "en"}),
    ],
)
def test_look_and_language_are_taken_at_once(room, page, around, picker, keys, chosen):
    box = getattr(page, picker)
    box.setFocus()
    for key in keys:
        room.qtbot.keyClick(box, key)
    assert around.chosen[-1] == chosen


def test_the_sample_comes_and_goes(room, page, monkeypatch):
    assert not page.remove.isVisible()
    room.click(page.load)
    room.qtbot.waitUntil(page.remove.isVisible, timeout=20_000)
    assert not page.load.isVisible()
    monkeypatch.setattr(ask, "confirm", lambda _parent, _language, _question, _act, yes: yes())
    room.click(page.remove)
    assert not sample.is_sample()
    assert room.heard.words == ["示例数据已载入", "示例数据已移除"]


def test_it_says_where_the_data_lives_and_opens_the_folder(room, page, file, monkeypatch):
    assert page.path.text() == str(file)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    room.click(page.open)
    assert [url.toLocalFile() for url in opened] == [str(file)]


def test_the_data_is_checked_on_demand(room, page):
    room.click(page.check)
    room.qtbot.waitUntil(page.checked.isVisible)
    assert page.checked.text() == "资料完好。"
    assert page.check.isEnabled()


def test_damage_is_told_with_what_to_do(room, page, monkeypatch):
    monkeypatch.setattr(history, "check", lambda: ("page 7 is torn", "page 9 is torn"))
    room.click(page.check)
    room.qtbot.waitUntil(page.checked.isVisible)
    assert "2 处错误" in page.checked.text()
    assert "备份" in page.checked.text()


@pytest.mark.parametrize("nth", range(len(LICENCES)))
def test_every_licence_can_be_read(room, page, nth):
    room.click(page.licences[nth])
    [dialog] = [each for each in page.findChildren(QDialog) if each.isVisible()]
    assert len(dialog.findChild(QPlainTextEdit).toPlainText()) > 300
    dialog.close()


def test_the_list_of_what_was_done_is_one_click_away(room, page):
    room.click(page.trail)
    assert room.heard.went == [Link("trail")]
