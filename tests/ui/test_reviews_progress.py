"""A round from its start to its close: who is in, who is missing what, who is waived, and when it may end."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.team import service as team
from tests.ui.desks import Room
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.page import PROGRESS, SCORING

Q3 = Period.parse("2026Q3")


@pytest.fixture
def people(file, today):
    """Two who were there, one on leave, one who came late, one whose probation ends soon."""
    known = {
        "王芳": {}, "张伟": {}, "李娜": {"status": "on_leave"}, "赵敏": {"joined": date(2026, 9, 8)},
        "周晓": {"status": "probation", "joined": date(2026, 6, 1), "probation_end": date(2026, 11, 30)},
    }  # fmt: skip
    return {name: team.add(name=name, position="客户经理", today=today, **({"joined": date(2023, 4, 10)} | more))
            for name, more in known.items()}  # fmt: skip


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def cycle(people, today):
    return service.start(period=Q3, template="quarterly", today=today)


@pytest.fixture
def board(room, cycle):
    """The page, turned to the progress of its round."""
    page = room.open(ReviewsPage)
    page.tabs.setCurrentIndex(PROGRESS)
    return page, page.views[PROGRESS]


def ticked(form):
    return [item.text() for item in form.people.items() if item.checkState() == Qt.CheckState.Checked]


def shown(view):
    return {row.name: view.model.texts(n) for n, row in enumerate(map(view.model.row, range(view.model.rowCount())))}


def sign(review, today):
    for line in queries.sheet(review).dimensions:
        service.score(review=review, dimension=line.id, score=Decimal(4))
    service.sign(review=review, today=today)


def test_the_start_shows_who_is_in_and_why_somebody_is_not(room, people):
    page = room.open(ReviewsPage)
    room.click(page.add)
    assert ticked(page.form) == ["王芳", "张伟", "周晓"]
    said = [item.text() for item in page.form.people.items()]
    assert "李娜：休假中" in said
    assert "赵敏：在岗 23 天，不足本期 92 天的一半" in said
    assert "在岗不足周期一半的人不参加" in page.form.rows["people"].hint.text()


def test_somebody_is_ticked_in_and_out_by_hand(room, people, qtbot):
    page = room.open(ReviewsPage)
    room.click(page.add)
    people_list = page.form.people
    for item in people_list.items():
        if item.text().startswith(("赵敏", "王芳")):
            people_list.setCurrentItem(item)
            qtbot.keyClick(people_list, Qt.Key.Key_Space)
    room.click(page.form.save_button)
    assert [row.name for row in page.rows] == ["张伟", "赵敏", "周晓"]


def test_nobody_ticked_is_refused_beside_the_list(room, people):
    page = room.open(ReviewsPage)
    room.click(page.add)
    page.form.people.put(())
    room.click(page.form.save_button)
    assert page.form.fault("people") == "请至少勾选一人。"
    assert queries.cycles() == []


@pytest.mark.parametrize(
    ("template", "period", "count"),
    [("monthly_quick", "2026-10", 5), ("half_year", "2026H1", 5), ("annual", "2025", 5), ("quarterly", "2026Q3", 5)],
)
def test_each_kind_of_round_offers_periods_of_its_length(room, people, template, period, count):
    page = room.open(ReviewsPage)
    room.click(page.add)
    page.form.editors["template"].put(template)
    periods = page.form.editors["period"]
    assert periods.value() == Period.parse(period)
    assert {periods.itemData(n).months for n in range(periods.count())} == {Period.parse(period).months}
    assert periods.count() == count


def test_a_round_of_probation_is_of_the_month_and_of_whom_it_concerns(room, people):
    page = room.open(ReviewsPage)
    room.click(page.add)
    page.form.editors["template"].put("probation")
    assert page.form.editors["period"].value() == Period.parse("2026-11")
    assert ticked(page.form) == ["周晓"]
    assert page.form.people.count() == 1


def test_the_board_says_who_is_missing_what_and_leads_there(board, cycle, qtbot):
    page, view = board
    zhang = next(row for row in page.rows if row.name == "张伟")
    service.score(review=zhang.id, dimension="process", score=Decimal(3))
    assert "上级评分 1/9" in shown(view)["张伟"][2]
    assert "自评 0/9" in shown(view)["王芳"][2]
    view.view.select(lambda row: row.name == "张伟")
    qtbot.keyClick(view.view, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == SCORING
    assert page.sheet.heading.name.text() == "张伟"


def test_a_round_past_its_day_says_by_how_much(room, people, today):
    service.start(period=Period.parse("2026Q1"), template="quarterly", today=date(2026, 4, 1))
    page = room.open(ReviewsPage)
    page.tabs.setCurrentIndex(PROGRESS)
    assert page.views[PROGRESS].late.text() == f"逾期 {(today - date(2026, 4, 11)).days} 天"


def test_a_round_with_drafts_does_not_close_and_names_them(room, board, cycle, today):
    page, view = board
    sign(page.rows[0].id, today)
    room.click(view.close_round)
    [box] = page.findChildren(QMessageBox)
    assert box.text() == "还有 2 份评估未签字：张伟、周晓。"
    box.close()
    assert queries.cycle(cycle).state == "running"
    for row in page.rows[1:]:
        sign(row.id, today)
    room.click(view.close_round)
    assert queries.cycle(cycle).state == "closed"
    assert room.heard.words == ["本轮评估已关闭"]
    assert view.stage.text == "已关闭"
    assert not view.close_round.isVisible()


def test_a_review_is_waived_with_a_reason_and_taken_up_again(room, board):
    page, view = board
    view.view.select(lambda row: row.name == "张伟")
    room.click(view.waive)
    room.click(page.form.save_button)
    assert page.form.fault("reason") == "请写明不评估的原因。"
    room.write(page.form.editors["reason"], "调往采购部")
    room.click(page.form.save_button)
    assert shown(view)["张伟"][1] == "免评"
    assert view.told.text() == "已免评：调往采购部"
    page.open_review(next(row.id for row in page.rows if row.name == "张伟"))
    assert page.sheet.proof.words.text() == "本期免评：调往采购部。可在“进度”中恢复。"
    room.click(view.resume)
    assert shown(view)["张伟"][1] == "待自评"
    assert queries.sheet(page.review).waived == ""


def test_whom_the_rule_left_out_can_still_be_taken_in(room, board):
    page, view = board
    room.click(view.more)
    picker = page.form.editors["person"]
    offered = [picker.itemText(n) for n in range(picker.count())]
    assert offered == ["李娜：休假中", "赵敏：在岗 23 天，不足本期 92 天的一半"]
    picker.setCurrentIndex(1)
    room.click(page.form.save_button)
    assert "赵敏" in shown(view)


def test_everybody_is_rated_by_three_colleagues_with_one_click(room, people, today):
    for name in ("陈志远", "仇振华"):
        team.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=today)
    service.start(period=Period.parse("2025"), template="annual", today=today)
    page = room.open(ReviewsPage)
    page.tabs.setCurrentIndex(PROGRESS)
    view = page.views[PROGRESS]
    room.click(view.colleagues)
    room.click(page.form.save_button)
    assert room.heard.words == [f"已邀请 {3 * len(page.rows)} 人次的同事评价"]
    assert {texts[5] for texts in shown(view).values()} == {"0 / 3"}
