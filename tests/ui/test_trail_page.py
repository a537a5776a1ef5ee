"""What was done, in words, each step with its way back; and what was deleted."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from desktopapp.goals import service as goals
from desktopapp.goals.models import CheckIn, Goal
from desktopapp.kernel.area import Link
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.storage import keys
from desktopapp.team import queries, service
from tests.ui.desks import Room
from ui.kit import ask
from ui.pages.trail import TrailPage
from ui.pages.trail.log import PORTION

DAY = date.today()  # noqa: DTZ011 - the trail takes the time of the PC


@pytest.fixture
def room(qtbot, zh):
    return Room(qtbot, zh, DAY)


def add(name):
    return service.add(name=name, today=DAY)


def goal(person, name="新客户"):
    period = Period.parse(f"{DAY.year}")
    return goals.set_goal(person=person, period=period, today=DAY, name=name, target=30, weight=40)


def told(page):
    return [row.words.text() for row in page.log.rows]


def test_before_anything_is_done_it_says_so(room, file):
    page = room.open(TrailPage)
    assert page.log.empty.isVisible()
    assert page.log.rows == []


def test_steps_stand_by_day_in_words_the_newest_first_with_what_they_changed(room, file):
    person = add("张伟")
    service.change(person=person, phone="139")
    page = room.open(TrailPage)
    assert told(page) == ["修改张伟的资料", "名册添加张伟"]
    assert [row.lines.text() for row in page.log.rows] == ["手机：（空） → 139", "人员：张伟"]


def test_an_older_step_is_taken_back_while_a_newer_one_stays(room, file):
    add("张伟")
    add("王芳")
    page = room.open(TrailPage)
    room.click(page.log.rows[1].button)
    assert [person.name for person in queries.people()] == ["王芳"]
    assert room.heard.words == ["已撤销：名册添加张伟"]
    assert [row.button is None for row in page.log.rows] == [True, False, True]


def test_a_step_that_was_built_upon_stays_and_says_which_record_is_in_the_way(room, file, monkeypatch):
    person = add("张伟")
    service.change(person=person, phone="139")
    said = []
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: said.append(language.text(message)))
    page = room.open(TrailPage)
    room.click(page.log.rows[1].button)
    assert [person.name for person in queries.people()] == ["张伟"]
    assert said == ["人员“张伟”之后又有改动，或已被其他记录引用，现在不能撤销。请先撤销后来的操作。"]


def test_pay_is_covered_until_it_is_asked_for(room, file):
    person = add("张伟")
    service.change(person=person, base_pay=Money.yuan(8000))
    page = room.open(TrailPage)
    assert page.log.rows[0].lines.text() == "基本工资：（空） → ••••••"
    room.click(page.log.uncover)
    assert page.log.rows[0].lines.text() == "基本工资：（空） → ¥8,000.00"
    room.click(page.log.uncover)
    assert "8,000" not in page.log.rows[0].lines.text()


def test_older_steps_are_read_as_one_scrolls(room, file, qtbot):
    for n in range(PORTION + 5):
        service.name_firm(name=f"公司{n}")
    page = room.open(TrailPage)
    assert len(page.log.rows) == PORTION
    bar = page.log.scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert len(page.log.rows) == PORTION + 5
    assert told(page)[-1] == "公司命名为“公司0”"


def test_the_way_back_to_the_settings(room, file):
    page = room.open(TrailPage)
    room.click(page.back)
    assert room.heard.went == [Link("settings")]


def test_a_row_says_its_words_to_a_screen_reader(room, file):
    add("张伟")
    page = room.open(TrailPage)
    [row] = page.log.rows
    assert row.button.accessibleDescription() == "名册添加张伟"


@pytest.fixture
def bin_(room, file):
    """A person with two goals, one with a note of progress; both goals are deleted, and the bin is open."""
    person = add("张伟")
    first, second = goal(person), goal(person, "回款")
    goals.check_in(goal=first, day=DAY, value=3, today=DAY)
    goals.delete_goal(goal=first)
    goals.delete_goal(goal=second)
    page = room.open(TrailPage)
    page.tabs.setCurrentIndex(1)
    return page.bin


def listed(bin_):
    return [bin_.model.index(n, 0).data() for n in range(bin_.model.rowCount())]


def test_the_bin_lists_what_was_deleted_with_the_days_left(bin_):
    assert listed(bin_) == ["目标“张伟 · 回款”", "目标“张伟 · 新客户”"]
    assert [bin_.model.index(0, column).data() for column in (1, 3)] == ["删除目标“回款”", "30 天"]


def test_one_thing_comes_back_with_what_went_with_it(room, bin_, qtbot):
    bin_.view.select(lambda gone: gone.rows[0][1] == 1)
    room.click(bin_.back)
    assert listed(bin_) == ["目标“张伟 · 回款”"]
    assert room.heard.words == ["已还原目标“张伟 · 新客户”"]
    assert len(keys(CheckIn.select(CheckIn.id))) == 1


def test_several_come_back_together_and_one_undo_takes_them_out_again(room, bin_, qtbot):
    bin_.view.setFocus()
    bin_.view.selectAll()
    room.click(bin_.back)
    assert listed(bin_) == []
    assert room.heard.words == ["已还原 3 条记录"]
    room.changes.undo()
    assert listed(bin_) == ["目标“张伟 · 回款”", "目标“张伟 · 新客户”"]
    assert keys(Goal.select(Goal.id)) == keys(CheckIn.select(CheckIn.id))


def test_emptying_asks_and_says_that_nothing_is_erased(room, bin_, qtbot):
    room.click(bin_.clear)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "2 项" in box.text()
    assert "不会因此抹除" in box.text()
    yes = next(each for each in box.findChildren(QPushButton) if each.text() == "清空")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert listed(bin_) == []
    assert not bin_.clear.isEnabled()
    room.changes.undo()
    assert len(keys(Goal.select(Goal.id))) == 1
