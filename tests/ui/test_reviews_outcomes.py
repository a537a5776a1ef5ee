"""What follows from a result in the window: proposals taken or declined, and measures within the law."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.queries.proposals import proposals
from desktopapp.storage import revert, undoable
from tests.reviews.team import hire, review_of, score_all
from tests.ui.desks import Room
from ui.kit.label import Label
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.page import RESULTS


@pytest.fixture
def room(qtbot, zh, today, file):
    return Room(qtbot, zh, today)


def open_scored(room, score):
    """The page on a review that is scored throughout."""
    hire(3)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=room.desk.day)
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(score))
    page = room.open(ReviewsPage)
    page.open_review(review)
    return page


def seen(page, widget):
    page.sheet.scroll.ensureWidgetVisible(widget)
    page.window().qtbot.waitUntil(widget.isVisible)
    return widget


def put(form, **values):
    for name, value in values.items():
        form.editors[name].put(value)


def told(page):
    return [each.text() for each in page.sheet.measures.findChildren(Label) if not each.isHidden()]


def test_a_good_grade_proposes_a_reward_and_says_why(room):
    page = open_scored(room, 5)
    outcomes = page.sheet.outcomes
    assert outcomes.reasons["reward"].text() == "建议：等级为 S，绩效系数 1.3"
    assert [key for key, button in outcomes.answers.items() if button.isVisibleTo(page)] == ["reward", "promotion"]


def test_a_proposal_is_taken_by_its_tick_and_later_areas_are_told_of_it_once_signed(room, today):
    page = open_scored(room, 5)
    room.click(seen(page, page.sheet.outcomes.boxes["reward"]))
    assert not page.sheet.outcomes.answers["reward"].isVisible()
    assert proposals() == []
    service.sign(review=page.review, today=today)
    [proposal] = proposals()
    assert (proposal.kind, proposal.name, proposal.grade, proposal.factor) == ("reward", "陈志远", "S", Decimal("1.3"))


def test_a_declined_proposal_says_so_and_can_be_reconsidered(room, today):
    page = open_scored(room, 5)
    answer = seen(page, page.sheet.outcomes.answers["promotion"])
    room.click(answer)
    assert page.sheet.outcomes.reasons["promotion"].text() == "系统建议，未采纳"
    assert queries.sheet(page.review).declined == ("promotion",)
    assert answer.text() == "重新考虑"
    room.click(answer)
    assert (queries.sheet(page.review).declined, answer.text()) == ((), "不采纳")
    room.click(answer)
    room.click(page.sheet.outcomes.boxes["promotion"])
    assert (queries.sheet(page.review).declined, queries.sheet(page.review).outcomes) == ((), ("promotion",))


def test_signing_says_which_proposals_have_no_answer(room):
    page = open_scored(room, 5)
    service.set_outcomes(review=page.review, outcomes=["reward"])
    room.click(page.sheet.signing)
    [box] = page.findChildren(QMessageBox)
    assert "还没有决定是否采纳：晋升候选。签字后不再提示。" in box.text()
    box.close()
    service.decline(review=page.review, outcome="promotion")
    room.click(page.sheet.signing)
    box = page.findChildren(QMessageBox)[-1]
    assert "还没有决定" not in box.text()
    box.close()


def test_what_was_declined_is_part_of_what_is_signed(room, today):
    page = open_scored(room, 5)
    service.decline(review=page.review, outcome="promotion")
    service.sign(review=page.review, today=today)
    assert queries.sheet(page.review).declined == ("promotion",)
    assert proposals() == []
    assert not page.sheet.outcomes.answers["promotion"].isVisibleTo(page)


def test_low_scores_propose_training_in_what_is_weakest(room):
    page = open_scored(room, 1)
    assert page.sheet.outcomes.reasons["training"].text() == "建议：销售业绩、回款与应收得分最低"


def test_a_loss_is_capped_while_it_is_typed_and_explained_beside_the_review(room, today):
    page = open_scored(room, 1)
    room.click(seen(page, page.sheet.measures.add))
    assert not page.form.rows["loss"].isVisible()
    put(page.form, kind="compensation", basis="劳动合同第 12 条")
    assert "法律要求：每月扣除不超过当月工资 20%，余额不低于最低工资" in page.form.law.text()
    put(page.form, loss=Money.parse("3000"), wage=Money.parse("2300"), minimum=Money.parse("2200"))
    assert "¥2,300 − ¥2,200 = ¥100" in page.form.cap.text().replace("￥", "¥").replace(".00", "")
    room.click(page.form.save_button)
    words = "".join(told(page))
    assert "损失赔偿" in words
    assert "依据：劳动合同第 12 条" in words
    assert "30 个月" in words
    service.sign(review=page.review, today=today)
    assert [each.kind for each in proposals()] == ["measure"]


def test_the_minimum_wage_is_asked_once(room):
    page = open_scored(room, 1)
    sums = {name: Money.parse(sum_) for name, sum_ in (("loss", "3000"), ("wage", "5000"), ("minimum", "2000"))}
    service.decide_measure(review=page.review, kind="compensation", basis="合同", **sums)
    room.click(seen(page, page.sheet.measures.add))
    assert page.form.editors["minimum"].value() == Money.parse("2000")


@pytest.mark.parametrize("text", ["迟到三次，罚款 300 元", "扣工资 300 元"])
def test_a_fine_is_refused_beside_its_field_and_what_was_typed_stays(room, text):
    page = open_scored(room, 1)
    room.click(seen(page, page.sheet.measures.add))
    put(page.form, kind="written_warning", text=text)
    room.click(page.form.save_button)
    assert "无权罚款" in page.form.fault("text")
    assert page.form.editors["text"].value() == text
    assert queries.sheet(page.review).measures == ()


def test_sums_typed_for_a_loss_do_not_go_with_another_measure(room):
    page = open_scored(room, 1)
    room.click(seen(page, page.sheet.measures.add))
    put(page.form, kind="compensation", loss=Money.parse("3000"), wage=Money.parse("5000"))
    put(page.form, kind="remind", text="漏报一次拜访")
    room.click(page.form.save_button)
    [measure] = queries.sheet(page.review).measures
    assert (measure.kind, measure.loss, measure.wage) == ("remind", None, None)


def test_a_measure_without_its_ground_is_refused(room):
    page = open_scored(room, 1)
    room.click(seen(page, page.sheet.measures.add))
    put(page.form, kind="role_change")
    room.click(page.form.save_button)
    assert page.form.fault("basis") == "请写明依据的合同条款、已公示制度或书面协议。"


def test_a_measure_is_taken_back_and_brought_back_by_undo(room):
    page = open_scored(room, 1)
    measure = service.decide_measure(review=page.review, kind="remind", text="拜访记录隔周才补")
    room.click(seen(page, page.sheet.measures.drops[measure]))
    assert room.heard.words == ["措施已撤销"]
    assert queries.sheet(page.review).measures == ()
    revert(undoable().unit)
    assert [each.text for each in queries.sheet(page.review).measures] == ["拜访记录隔周才补"]
    assert page.findChildren(QMessageBox) == []


def test_what_follows_for_everybody_stands_in_one_table_to_be_copied(room, today):
    page = open_scored(room, 5)
    page.tabs.setCurrentIndex(RESULTS)
    view = page.views[RESULTS]
    assert view.view.select(lambda row: row.name == "陈志远")
    at = next(n for n in range(view.model.rowCount()) if view.model.row(n).name == "陈志远")
    assert view.model.texts(at)[1:] == ["100", "S", "1.3", "", "奖励、晋升候选", "", "未签字"]
    room.click(view.accept)
    assert view.model.texts(at)[4:6] == ["奖励、晋升候选", ""]
    assert queries.sheet(page.review).outcomes == ("reward", "promotion")
    assert not view.accept.isEnabled()
    revert(undoable().unit)
    assert queries.sheet(page.review).outcomes == ()
    room.qtbot.keyClick(view.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "1.3" in QApplication.clipboard().text().split("\t")


def test_a_declined_proposal_is_not_accepted_with_the_rest(room):
    page = open_scored(room, 5)
    service.decline(review=page.review, outcome="promotion")
    service.accept_proposals(review=page.review)
    assert (queries.sheet(page.review).outcomes, queries.sheet(page.review).declined) == (("reward",), ("promotion",))


def test_a_cut_of_wages_is_no_comment_and_stays_typed_with_the_reason(room):
    page = open_scored(room, 1)
    box = page.sheet.texts.boxes["comment"]
    page.sheet.scroll.ensureWidgetVisible(box)
    room.write(box, "迟到三次，从工资中扣 300 元")
    page.sheet.leave()
    assert "无权罚款" in page.sheet.state.text()
    assert box.toPlainText() == "迟到三次，从工资中扣 300 元"
    assert queries.sheet(page.review).comment == ""
