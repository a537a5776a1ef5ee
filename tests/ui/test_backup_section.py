"""The owner's backups: made, tested, taken to a stick, put back."""

from __future__ import annotations

import pytest

from desktopapp.kernel.area import Link
from desktopapp.overview import backups, sample
from desktopapp.storage import file as storage_file
from desktopapp.team import queries, service
from tests.conftest import TODAY
from ui.main import Program
from ui.pages.settings.backup import Before, Choice


@pytest.fixture
def program(qapp, qtbot, file):
    sample.load(TODAY)
    made = Program(qapp, file, today=TODAY)
    qapp.setQuitOnLastWindowClosed(False)
    made.start()
    qtbot.waitUntil(lambda: bool(backups.kept()))
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def section(program):
    program.window.go(Link("settings"))
    return program.window.page.show_section("backup")


def said(qtbot, section):
    qtbot.waitUntil(lambda: section.result.isVisibleTo(section))
    return section.result.text()


def test_the_first_start_of_a_day_backs_up(program, section):
    assert [each.why for each in backups.kept()] == ["day"]
    assert section.standing.text().startswith("最近备份")


def test_a_backup_is_tested_and_today_says_when(program, section, qtbot):
    section.test.click()
    assert said(qtbot, section).startswith("测试通过")
    program.window.go(Link("home"))
    qtbot.waitUntil(lambda: "测试通过" in program.window.page.safety.text())


def test_a_stick_gets_what_is_newest(program, section, qtbot, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(backups, "sticks", lambda: [stick])
    section.to_stick(stick)
    assert "读回" in said(qtbot, section)
    assert [each.name for each in (stick / "TeamHelm").iterdir()] == [backups.kept()[0].path.name]


def test_the_reminder_of_today_opens_this_section(program):
    program.window.go(Link("settings", table="backup"))
    assert program.section == "backup"


def test_the_folder_of_the_data_is_no_second_place(section, file):
    section.take_place(file / "backups")
    assert section.result.text().startswith("这是资料所在的文件夹")
    assert backups.state().place == ""


def test_the_second_place_gets_every_backup(program, section, qtbot, tmp_path):
    section.take_place(tmp_path)
    assert "读回" in said(qtbot, section)
    assert backups.state().sent
    assert "第二份" in section.standing.text()


def test_a_backup_put_back_shows_what_would_be_lost_and_loses_no_more(program, section, qtbot):
    service.add(name="后来的人", today=TODAY)
    before = len(queries.people())
    section.choose.click()
    choice = program.window.findChild(Choice)
    choice.forth.click()
    dialog = program.window.findChild(Before)
    assert "后来的人" in dialog.list.item(0).text()
    old = program.window
    dialog.forth.click()
    qtbot.waitUntil(lambda: program.window not in (None, old))
    assert program.door_lock.door is None
    assert len(queries.people()) == before - 1
    assert backups.kept()[0].why == "restore"
    assert list(storage_file.folder().glob("before-*.db"))
