"""The talk about a review and the plan after it in the window: prepared, written where it stands, printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import BEHIND, MET
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.queries.improvements import AimLine, CheckpointLine, improvement
from desktopapp.reviews.queries.interviews import AgreedLine, interview
from desktopapp.reviews.rules import PLAN as DECIDED
from desktopapp.storage import revert, undoable
from tests.reviews.team import hire, review_of, score_all
from tests.ui.desks import Room
from ui.kit.label import Label
from ui.kit.preview import Preview
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.sheet import ASSESSMENT, PLAN, TALK


@pytest.fixture
def room(qtbot, zh, today, file):
    return Room(qtbot, zh, today)


@pytest.fixture
def page(room, today):
    """A review that is scored and says what is to improve."""
    hire(3)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=today)
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(2))
    service.score(review=review, dimension="customer_satisfaction", score=Decimal(5))
    service.note_evidence(review=review, dimension="customer_satisfaction", evidence="华鼎来信表扬")
    service.set_steps(review=review, steps=[StepLine("按周核对应收")])
    page = room.open(ReviewsPage)
    page.open_review(review)
    return page


def part(page, at):
    page.sheet.tabs.setCurrentIndex(at)
    QApplication.processEvents()  # what was put in anew is shown then
    return page.sheet.views[at]


def told(of):
    return [each.text() for each in of.findChildren(Label) if not each.isHidden()]


def typed(lines, column, text):
    """Type into the empty line of a table."""
    cells = lines.grid.cells
    at = [each.name for each in lines.entries].index(column)
    cells.setData(cells.index(cells.rowCount() - 1, at), text)


def test_the_talk_is_prepared_out_of_the_review_and_its_points_begin_the_record(room, page):
    talk = part(page, TALK)
    assert "做得好：客户满意与服务 5：华鼎来信表扬" in told(talk)
    room.click(talk.buttons["take"])
    assert talk.boxes["well"].toPlainText() == "客户满意与服务 5：华鼎来信表扬"
    assert interview(page.review).better.startswith("销售业绩 2")
    assert "take" not in part(page, TALK).buttons, "nothing is left to take over"
    revert(undoable().unit)
    assert (interview(page.review), talk.boxes["well"].toPlainText()) == (None, "")


def test_a_talk_is_arranged_in_the_side_panel_and_was_held_with_one_click(room, page, today):
    room.click(part(page, TALK).buttons["arrange"])
    form = page.form
    form.editors["planned"].put(None)
    room.click(form.save_button)
    assert form.fault("planned") == "请填写计划日期或面谈日期。"
    form.editors["planned"].put(date(2026, 11, 26))
    room.write(form.editors["time"], "14:00")
    room.write(form.editors["place"], "小会议室")
    room.click(form.save_button)
    talk = part(page, TALK)
    assert "计划 2026年11月26日 面谈。14:00、小会议室" in told(talk)
    room.click(talk.buttons["hold"])
    assert interview(page.review).held == today
    assert "hold" not in part(page, TALK).buttons


def test_what_is_said_and_agreed_is_kept_where_it_is_typed(room, page):
    talk = part(page, TALK)
    room.write(talk.boxes["wishes"], "希望配一名助理")
    page.sheet.leave()
    typed(talk.agreed, "item", "整理应收清单")
    assert interview(page.review).wishes == "希望配一名助理"
    assert interview(page.review).agreed == (AgreedLine("整理应收清单"),)
    typed(talk.agreed, "item", "迟到罚款 100 元")
    assert "罚款" in page.sheet.state.text()
    assert len(interview(page.review).agreed) == 1


def test_what_was_typed_for_one_is_never_kept_for_the_next(room, page):
    talk = part(page, TALK)
    typed(talk.agreed, "item", "整理应收清单")
    room.click(page.sheet.finish)
    assert page.review != queries.reviews(page.cycle)[0].id
    assert (page.sheet.tabs.currentIndex(), talk.agreed.lines()) == (TALK, ())
    assert interview(page.review) is None


def test_a_decided_plan_is_one_click_from_its_tick_and_opens_with_facts_steps_and_weeks(room, page, today):
    service.set_outcomes(review=page.review, outcomes=[DECIDED])
    page.sheet.scroll.ensureWidgetVisible(page.sheet.outcomes.plan)
    room.click(page.sheet.outcomes.plan)
    assert page.sheet.tabs.currentIndex() == PLAN
    room.click(part(page, PLAN).buttons["open"])
    room.click(page.form.save_button)
    row = improvement(page.review)
    assert row.aims == (AimLine("按周核对应收"),)
    assert [each.item for each in row.shortfalls] == ["销售业绩", "回款与应收"]
    assert (len(row.checkpoints), row.end) == (6, date(2027, 1, 4))
    assert "2026年11月23日 至 2027年1月4日" in told(part(page, PLAN))


def test_a_look_is_written_into_its_line_and_the_plan_is_judged_with_a_reason(room, page, today):
    service.open_improvement(review=page.review, today=date(2026, 10, 12), end=date(2026, 10, 19))
    plan = part(page, PLAN)
    looks = plan.lines["checkpoints"].grid.cells
    for at, said in ((1, BEHIND), (2, "两家未回款"), (3, "陪访一次")):
        looks.setData(looks.index(0, at), said)
    assert looks.index(0, 1).data() == "落后"
    assert improvement(page.review).checkpoints == (
        CheckpointLine(date(2026, 10, 19), BEHIND, "两家未回款", "陪访一次"),
    )  # fmt: skip
    room.click(part(page, PLAN).buttons["judge"])
    page.form.editors["result"].put(MET)
    room.click(page.form.save_button)
    assert page.form.fault("verdict") == "请写明结论依据：数字、日期、事实。"
    room.write(page.form.editors["verdict"], "逾期清零")
    room.click(page.form.save_button)
    plan = part(page, PLAN)
    assert "2026年11月23日 复评：达标。逾期清零" in told(plan)
    assert looks.fixed
    room.click(plan.buttons["reopen"])
    assert improvement(page.review).is_open


@pytest.mark.parametrize(("at", "words", "forms"), [(TALK, "打印面谈记录", 1), (PLAN, "打印改进计划", 1)])
def test_each_part_prints_its_own_form(room, page, qtbot, at, words, forms):
    part(page, at)
    assert page.sheet.paper.text() == words
    assert not page.sheet.signing.isVisible()
    room.click(page.sheet.paper)
    [preview] = page.findChildren(Preview)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert len(preview.view.paper) == forms
    preview.close()


@pytest.mark.parametrize(("table", "at"), [("interview", TALK), ("improvement", PLAN), ("", ASSESSMENT)])
def test_a_link_leads_to_the_part_it_is_about(room, page, table, at):
    page.turn_to(table)
    page.arrive(page.review)
    assert page.sheet.tabs.currentIndex() == at
