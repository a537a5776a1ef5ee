"""The side panel with what was done to a record, on each page that has one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktopapp.goals import service as goals
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import QUARTER, Period
from desktopapp.reviews import queries as reviews_read
from desktopapp.reviews import service as reviews
from desktopapp.team import service
from tests.ui.conftest import freed
from tests.ui.desks import Room
from ui.kit.history import EntryBox
from ui.pages.goals import GoalsPage
from ui.pages.reviews import ReviewsPage
from ui.pages.team import TeamPage


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def person(file, today):
    return service.add(name="张伟", today=today)


def boxes(panel):
    within = panel.scroll.widget().layout()
    found = [within.itemAt(n).widget() for n in range(within.count())]
    return [box for box in found if isinstance(box, EntryBox)]


def told(panel):
    return [(box.words.text(), box.lines.text()) for box in boxes(panel)]


def test_a_person_s_history_opens_beside_him_and_follows_what_is_written(room, person):
    page = room.open(TeamPage)
    room.click(page.detail.past)
    assert page.past.name.text() == "张伟"
    service.change(person=person, phone="139")
    assert told(page.past)[0] == ("修改张伟的资料", "手机：（空） → 139")
    room.changes.undo()
    assert [words for words, _ in told(page.past)] == ["名册添加张伟"]


def test_it_follows_the_person_chosen(room, person, today):
    other = service.add(name="王芳", today=today)
    page = room.open(TeamPage)
    page.arrive(person)
    room.click(page.detail.past)
    page.arrive(other)
    assert page.past.name.text() == "王芳"
    assert [words for words, _ in told(page.past)] == ["名册添加王芳"]


def test_pay_is_covered_until_it_is_asked_for_and_again_for_the_next_person(room, person, today):
    service.change(person=person, base_pay=Money.yuan(8000))
    other = service.add(name="王芳", base_pay=Money.yuan(9000), today=today)
    page = room.open(TeamPage)
    page.arrive(person)
    room.click(page.detail.past)
    assert told(page.past)[0][1] == "基本工资：（空） → ••••••"
    room.click(page.past.uncover)
    assert told(page.past)[0][1] == "基本工资：（空） → ¥8,000.00"
    page.arrive(other)
    assert "9,000" not in str(told(page.past))


def test_escape_closes_it(room, person, qtbot):
    page = room.open(TeamPage)
    room.click(page.detail.past)
    panel = page.past
    qtbot.keyClick(panel.scroll, Qt.Key.Key_Escape)
    freed(qtbot, panel)
    assert page.form is None
    service.change(person=person, phone="139")


def test_a_goal_s_history(room, person, today):
    period = Period.of(today, QUARTER)
    goal = goals.set_goal(person=person, period=period, name="新客户", target=3, weight=40, today=today)
    goals.check_in(goal=goal, day=today, value=1, today=today)
    page = room.open(GoalsPage)
    room.click(page.detail.past)
    assert told(page.past)[0] == ("记录“新客户”的进展", "2026年11月23日 · 实际完成值：1")


def test_a_review_s_history(room, person, today):
    cycle = reviews.start(period=Period.parse("2026Q3"), template="quarterly", today=today)
    review = reviews_read.reviews(cycle)[0].id
    page = room.open(ReviewsPage)
    room.click(page.sheet.heading.past)
    reviews.write(review=review, field="highlights", text="华鼎项目谈下来了")
    assert told(page.past)[0][1] == "亮点与突出事例：（空） → 华鼎项目谈下来了"


def test_many_changes_of_one_step_are_folded_until_asked_for(room, file, today):
    service.add(name="张伟", number="1", position="客户经理", grade="P1", team="华东组", phone="139", other_phone="138",
                email="a@example.com", note="好", gender="male", today=today)  # fmt: skip
    page = room.open(TeamPage)
    room.click(page.detail.past)
    [box] = boxes(page.past)
    assert "备注" not in box.lines.text()
    room.click(box.lines.more)
    assert "备注：好" in box.lines.text()
