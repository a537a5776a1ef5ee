"""What is kept of somebody, in the window: a copy, a hold, times, and erasing by typing the name."""

from __future__ import annotations

from datetime import date
from functools import partial
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt

from desktopapp.kernel.money import Money
from desktopapp.overview import privacy
from desktopapp.team import queries as team
from desktopapp.team import service
from tests.ui.desks import Room
from tests.ui.test_settings_page import Around
from ui.kit import ask
from ui.kit.kept import KeptData
from ui.pages.settings import SettingsPage
from ui.pages.team import TeamPage

LATER = date(2029, 12, 1)


@pytest.fixture
def leaver(file, today):
    person = service.add(name="慕容秋雁", phone="13700001234", base_pay=Money.yuan(9000), today=today)
    service.let_go(person=person, day=today)
    return person


@pytest.fixture
def room(qtbot, zh):
    return Room(qtbot, zh, LATER)


@pytest.fixture
def page(room, leaver):
    page = room.open(TeamPage)
    page.arrive(leaver)
    return page


@pytest.fixture
def dialog(page):
    page.kept.trigger()
    return page.findChild(KeptData)


def erase(qtbot, dialog, name):
    dialog.name.clear()
    dialog.name.insert(name)
    qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)


def test_what_is_over_its_time_is_ticked_and_goes_once_the_name_is_typed(qtbot, dialog, leaver):
    assert [category for category, tick in dialog.ticks.items() if tick.isChecked()] == ["pay", "details"]
    erase(qtbot, dialog, "慕容秋雁")
    qtbot.waitUntil(lambda: dialog.done_ is not None)
    assert team.person(leaver).name == f"#{leaver}"
    assert dialog.said.words.text() == "已删除。数据文件中不再有此人的任何资料。"
    assert not dialog.going.isVisibleTo(dialog)


def test_another_name_erases_nothing_and_stays_typed(qtbot, dialog, leaver):
    erase(qtbot, dialog, "慕容")
    assert dialog.fault.text() == "姓名不一致，请照上面的写法输入。"
    assert dialog.name.text() == "慕容"
    assert team.person(leaver).name == "慕容秋雁"


def test_nothing_ticked_erases_nothing(qtbot, dialog, leaver):
    for tick in dialog.ticks.values():
        tick.setChecked(False)
    erase(qtbot, dialog, "慕容秋雁")
    assert dialog.fault.text() == "请勾选要删除的资料。"
    assert team.person(leaver).base_pay == Money.yuan(9000)


def test_a_hold_needs_a_reason_and_then_nothing_may_go(qtbot, dialog, leaver):
    qtbot.mouseClick(dialog.hold_button, Qt.MouseButton.LeftButton)
    assert dialog.reason.fault.text() == "请写明冻结原因。"
    dialog.reason.editor.insert("劳动仲裁中")
    qtbot.mouseClick(dialog.hold_button, Qt.MouseButton.LeftButton)
    assert team.held(leaver).reason == "劳动仲裁中"
    assert not dialog.going.isVisibleTo(dialog)
    qtbot.mouseClick(dialog.release_button, Qt.MouseButton.LeftButton)
    assert team.held(leaver) is None
    assert dialog.going.isVisibleTo(dialog)


def test_the_copy_is_written_where_the_owner_says(qtbot, dialog, room, tmp_path, monkeypatch):
    path = tmp_path / "copy.zip"
    monkeypatch.setattr(ask, "save_file", lambda _p, _l, _t, _name, _k, then: then(path))
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.heard.files == [path])
    with ZipFile(path) as archive:
        assert "慕容秋雁" in archive.read("data.json").decode()


def test_the_record_of_the_erasure_names_nobody(qtbot, dialog, room, tmp_path, monkeypatch, leaver):
    pypdf = pytest.importorskip("pypdf")
    erase(qtbot, dialog, "慕容秋雁")
    qtbot.waitUntil(lambda: dialog.done_ is not None)
    path = tmp_path / "record.pdf"
    monkeypatch.setattr(ask, "save_file", lambda _p, _l, _t, _name, _k, then: then(path))
    qtbot.mouseClick(dialog.paper, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.heard.files == [path])
    said = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "慕容" not in said
    assert "13700001234" not in said
    assert str(leaver) in said


def test_the_settings_list_who_is_over_the_time_and_keep_no_less_than_the_law(qtbot, room, leaver, file):
    page = room.open(partial(SettingsPage, program=Around(file)))
    section = page.show_section("privacy")
    assert section.rows.count() == 1
    pay = section.months["pay"]
    pay.editor.setFocus()
    pay.editor.selectAll()
    qtbot.keyClicks(pay.editor, "12")
    qtbot.keyClick(pay.editor, Qt.Key.Key_Return)
    assert pay.fault.text() == "依法至少保留 24 个月。"
    assert pay.editor.text() == "12"
    pay.editor.selectAll()
    qtbot.keyClicks(pay.editor, "60")
    qtbot.keyClick(pay.editor, Qt.Key.Key_Return)
    assert team.retention()["pay"] == 60
    assert privacy.plan(leaver, LATER).due == ("details",)


def test_who_still_works_here_has_a_copy_but_nothing_to_erase(qtbot, zh, file, today):
    person = service.add(name="王芳", today=today)
    room = Room(qtbot, zh, LATER)
    page = room.open(TeamPage)
    page.arrive(person)
    page.kept.trigger()
    dialog = page.findChild(KeptData)
    assert not dialog.going.isVisibleTo(dialog)
    assert dialog.copy.isVisibleTo(dialog)


