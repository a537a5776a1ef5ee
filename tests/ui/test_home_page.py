"""Today as the owner sees it: the firm's figures, what wants him, and the team."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from desktopapp.goals import service as goals
from desktopapp.kernel.area import Link
from desktopapp.kernel.period import Period
from desktopapp.overview import backups, sample
from desktopapp.reviews import service as reviews
from desktopapp.team import service as team
from tests.ui.desks import Room
from ui.kit import ask
from ui.kit.preview import Preview
from ui.pages import home
from ui.pages.home import BeginningRow, HomePage, NoticeRow


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def firm(file, today):
    """The sample firm."""
    sample.load(today)


def add(name, **more):
    return team.add(name=name, today=date(2026, 11, 23), **more)


def rows(page):
    return page.waiting.findChildren(NoticeRow)


def begun(page):
    return [row for row in page.waiting.findChildren(BeginningRow) if row.isVisible()]


def test_an_empty_firm_is_told_where_to_begin(room, file):
    page = room.open(HomePage)
    assert not page.banner.isVisible()
    assert (page.no_months.isVisible(), page.chart.isVisible()) == (True, False)
    assert page.people.empty.isVisible()
    room.click(page.people.empty.button)
    [step] = begun(page)
    assert (page.waiting.headline.text(), step.what.text()) == ("从这里开始", "添加您带的人")
    room.click(step.button)
    assert room.heard.went == [Link("team"), Link("team")]


def test_after_a_week_with_all_backups_on_this_pc_today_leads_to_the_second_place(room, file, today):
    add("张伟")
    backups.back_up(now=room.desk.now() - timedelta(days=8))
    page = room.open(HomePage)
    [told] = [row for row in rows(page) if row.notice.link.area == "settings"]
    assert told.what.text() == "所有备份都只在这台电脑上"
    room.click(told.button)
    assert room.heard.went == [Link("settings", table="backup")]


def test_what_was_never_done_stands_below_what_waits_until_it_is_done(room, file, today):
    add("张伟")
    page = room.open(HomePage)
    assert [row.what.text() for row in rows(page)] == ["张伟还没有2026年第四季度的目标"]
    assert [step.what.text() for step in begun(page)] == ["导入销售数据", "发起第一次绩效评估"]
    room.click(begun(page)[0].button)
    assert room.heard.went == [Link("sales")]
    reviews.start(period=Period.parse("2026Q3"), template="quarterly", today=today)
    assert "2026年第三季度还有 1 份绩效评估待签字" in [row.what.text() for row in rows(page)]
    room.qtbot.waitUntil(lambda: [step.what.text() for step in begun(page)] == ["导入销售数据"])
    assert page.waiting.headline.text() == "需要您处理"


def test_a_firm_at_work_on_a_day_when_nothing_waits_is_told_so(room, file, firm):
    page = room.open(HomePage)
    page.waiting.show_notices(())
    assert page.waiting.empty.isVisible()
    assert begun(page) == []


def test_the_head_says_which_day_it_is(room, file):
    page = room.open(HomePage)
    assert page.subtitle.text().startswith("2026年11月23日 星期一 · 第 48 周")


def test_what_is_due_first_stands_first_with_one_button_to_its_place(room, file):
    late = add("张伟", status="probation", joined=date(2026, 5, 1), probation_end=date(2026, 11, 20))
    add("王芳", status="probation", joined=date(2026, 6, 1), probation_end=date(2026, 12, 1))
    page = room.open(HomePage)
    assert [row.what.text()[:2] for row in rows(page)] == ["2 ", "张伟", "王芳"]
    first = rows(page)[1]
    assert first.what.text() == "张伟：试用期 2026年11月20日 截止"
    assert first.detail.text().startswith("逾期 3 天")
    room.click(first.button)
    assert room.heard.went == [Link("team", late)]


def test_five_are_shown_until_all_are_asked_for(room, file):
    for n in range(8):
        add(f"王{n}", contract_end=date(2026, 12, 1), joined=date(2023, 12, 1))
    page = room.open(HomePage)
    assert len(rows(page)) == home.FEW
    assert page.waiting.count.text == "9"
    room.click(page.waiting.unfold)
    room.qtbot.waitUntil(lambda: len(rows(page)) == 9)
    assert page.waiting.unfold.text() == "收起"
    room.click(page.waiting.unfold)
    room.qtbot.waitUntil(lambda: len(rows(page)) == home.FEW)


def test_the_four_figures_of_the_sample_firm(room, firm):
    page = room.open(HomePage)
    assert page.result.unit.text() == "万元"
    assert page.result.line.text().startswith("完成目标 ")
    assert "时间进度 59%" in page.result.line.text()
    assert "家客户" in page.overdue.line.text()
    assert page.reviews.unit.text() == "人"
    assert page.goals.unit.text() == "/ 46 个"


def test_a_figure_follows_what_is_done_elsewhere(room, file):
    person = add("张伟")
    page = room.open(HomePage)
    assert page.goals.line.text() == "2026年第四季度还没有约定目标"
    goals.set_goal(
        person=person, period=Period.parse("2026Q4"), name="拜访", metric="qualified_visits", target=Decimal(60),
        weight=Decimal(100), today=room.desk.day,
    )  # fmt: skip
    assert page.goals.unit.text() == "/ 1 个"


def test_a_double_click_on_somebody_opens_his_place(room, firm):
    page = room.open(HomePage)
    first = page.people.model().row(0)
    at = page.people.visualRect(page.people.model().index(0, 0)).center()
    page.people.viewport().setFocus()
    room.qtbot.mouseClick(page.people.viewport(), Qt.MouseButton.LeftButton, pos=at)
    room.qtbot.mouseDClick(page.people.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert room.heard.went == [Link("team", first.id)]


def test_the_sample_goes_with_one_answer_and_can_be_brought_back(room, firm, monkeypatch):
    page = room.open(HomePage)
    assert page.banner.isVisible()
    monkeypatch.setattr(ask, "confirm", lambda _parent, _language, _question, _act, yes: yes())
    room.click(page.remove)
    assert not page.banner.isVisible()
    assert page.people.empty.isVisible()
    assert room.heard.words == ["示例数据已移除"]
    room.desk.changes.undo()
    assert page.banner.isVisible()


def test_the_day_list_is_previewed_as_paper(room, firm):
    page = room.open(HomePage)
    room.click(room.button("打印今日清单"))
    preview = page.findChild(Preview)
    with room.qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert len(preview.view.paper) == 1
    preview.close()


def test_a_narrow_window_takes_the_figures_two_by_two(room, firm):
    page = room.open(HomePage)
    assert page.columns == 4
    room.resize(QSize(752, 512))
    QApplication.processEvents()
    assert page.columns == 2
    assert page.grid.itemAtPosition(1, 1).widget() is page.goals


def test_the_table_of_the_team_takes_its_room_before_anything_is_drawn(room, firm):
    room.resize(QSize(1148, 700))
    page = room.open(HomePage)
    content = page.chart.parentWidget().parentWidget()
    before = content.height()
    page._complete()
    assert content.height() >= content.layout().minimumSize().height() > before


def test_it_speaks_english_too(qtbot, en, today, firm):
    room = Room(qtbot, en, today)
    page = room.open(HomePage)
    assert page.title.text() == "Today"
    assert page.result.figure.text().startswith("¥")
    assert "of the target" in page.result.line.text()
