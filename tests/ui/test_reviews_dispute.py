"""What comes after a signature in the window: a refusal with its witness, an objection, its decision, their paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import DISMISSED, PARTLY
from desktopapp.reviews.queries.objections import objections
from desktopapp.storage import revert, undoable
from tests.reviews.team import hire, review_of, score_all
from tests.ui.desks import Room
from ui.kit.label import Label
from ui.kit.preview import Preview
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.sheet import ASSESSMENT, DISPUTE

SIGNED = date(2026, 11, 10)
WHY = "回款率按对账单应为 95%"


@pytest.fixture
def room(qtbot, zh, today, file):
    return Room(qtbot, zh, today)


@pytest.fixture
def page(room):
    """The part for objections of a review that was signed thirteen days ago."""
    hire(3)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=SIGNED)
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(3))
    service.sign(review=review, today=SIGNED)
    page = room.open(ReviewsPage)
    page.open_review(review)
    page.sheet.tabs.setCurrentIndex(DISPUTE)
    return page


def dispute(page):
    QApplication.processEvents()  # what was put in anew is shown then
    return page.sheet.views[DISPUTE]


def told(page):
    return [each.text() for each in dispute(page).findChildren(Label) if not each.isHidden()]


def pressed(room, page, name):
    room.click(dispute(page).buttons[name])
    return page.form


def test_an_objection_is_entered_and_the_list_and_the_head_say_so(room, page, today):
    assert "提出期限至 2026年11月19日：自 2026年11月10日 签字起 7 个工作日。" not in told(page), "that day is past"
    form = pressed(room, page, "object")
    assert form.rows["late"].isVisible(), "today is late"
    room.write(form.editors["text"], WHY)
    room.click(form.save_button)
    assert form.fault("late").startswith("提出异议的期限为签字后 7 个工作日，已于 2026年11月19日 届满")
    assert form.editors["text"].value() == WHY
    form.editors["raised"].put(date(2026, 11, 19))
    assert not form.rows["late"].isVisible()
    room.click(form.save_button)
    [row] = objections(page.review)
    assert (row.raised, row.text, row.late) == (date(2026, 11, 19), WHY, "")
    assert page.sheet.heading.pill.text == "异议"
    assert {WHY, "应于 2026年11月30日 前答复"} <= set(told(page))


def test_an_objection_that_is_upheld_opens_the_correction_and_both_versions_are_told_afterwards(room, page, today):
    service.object_to(review=page.review, text=WHY, raised=SIGNED, today=today)
    form = pressed(room, page, "decide")
    room.click(form.save_button)
    assert form.fault("decision") == "请选择异议的处理结果。"
    form.editors["decision"].put(PARTLY)
    room.write(form.editors["reason"], "对账单显示 95%")
    room.click(form.save_button)
    assert page.sheet.tabs.currentIndex() == ASSESSMENT
    assert page.sheet.proof.words.text().startswith("正在更正：对账单显示 95%")
    service.score(review=page.review, dimension="collection", score=Decimal(5))
    service.sign(review=page.review, today=today)
    page.sheet.tabs.setCurrentIndex(DISPUTE)
    assert "第 2 版：综合得分 60 → 66，等级 C → C。两版均保存，登记第 1 号和第 2 号。" in told(page)
    room.click(dispute(page).buttons["contested"])
    assert (page.sheet.tabs.currentIndex(), page.sheet.sheet.total) == (ASSESSMENT, Decimal(60))


def test_one_that_is_not_upheld_can_be_undone(room, page, today):
    service.object_to(review=page.review, text=WHY, raised=SIGNED, today=today)
    form = pressed(room, page, "decide")
    form.editors["decision"].put(DISMISSED)
    room.write(form.editors["reason"], "数据无误")
    room.click(form.save_button)
    assert "2026年11月23日 处理：数据无误" in told(page)
    assert page.sheet.heading.pill.text == "已签字"
    revert(undoable().unit)
    assert page.sheet.heading.pill.text == "异议"


def test_who_will_not_sign_is_noted_with_a_witness_and_signs_after_all(room, page):
    form = pressed(room, page, "refuse")
    room.click(form.save_button)
    assert form.fault("witness") == "请填写在场并签字的见证人。"
    room.write(form.editors["witness"], "李娜")
    room.write(form.editors["reason"], "不同意回款得分")
    room.click(form.save_button)
    assert page.sheet.heading.pill.text == "拒签"
    page.sheet.tabs.setCurrentIndex(ASSESSMENT)
    assert "陈志远拒签，见证人：李娜。" in page.sheet.proof.words.text()
    page.sheet.tabs.setCurrentIndex(DISPUTE)
    room.click(dispute(page).buttons["signed"])
    assert queries.sheet(page.review).refusal is None
    assert page.sheet.heading.pill.text == "已签字"


def test_before_a_signature_nothing_can_be_objected_to_or_refused(room, page):
    page.open_review(next(row.id for row in page.rows if not row.signed))
    assert dispute(page).buttons == {}
    assert "签字确认后才能提出异议。" in told(page)


def test_from_here_the_objection_is_printed(room, page, qtbot):
    assert page.sheet.paper.text() == "打印异议表"
    room.click(page.sheet.paper)
    [preview] = page.findChildren(Preview)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert [preview.pickers[name].value() for name in ("filled", "everyone")] == [True, False]
    assert len(preview.view.paper) == 1
    preview.close()


def test_today_leads_to_the_objection(room, page, today):
    service.object_to(review=page.review, text=WHY, raised=SIGNED, today=today)
    [notice] = [each for each in queries.notices(today) if each.link.table == "objection"]
    page.sheet.tabs.setCurrentIndex(ASSESSMENT)
    page.turn_to(notice.link.table)
    page.arrive(notice.link.record)
    assert (page.sheet.tabs.currentIndex(), WHY in told(page)) == (DISPUTE, True)
