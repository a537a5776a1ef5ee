"""A round side by side in the window: the spread, the nine-box, a change with its reason, what so few cannot tell."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QSize

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.storage import revert, undoable
from tests.reviews.team import hire, review_of, score_all
from tests.ui.desks import SIZE, Room
from ui.kit import ask
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.page import CALIBRATION, SCORING

SCORES = {"陈志远": 5, "仇振华": 4, "李娜": 3, "欧阳静": 3}


@pytest.fixture
def room(qtbot, zh, today, file):
    return Room(qtbot, zh, today)


def open_side(room, people, *, scores=SCORES, size=SIZE):
    hire(people)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=room.desk.day)
    for name, score in scores.items():
        score_all(review_of(cycle, name), Decimal(score))
    page = room.open(ReviewsPage, size)
    page.tabs.setCurrentIndex(CALIBRATION)
    return page, page.views[CALIBRATION], cycle


def choose(view, name):
    assert view.view.select(lambda row: row.name == name)


def texts(view, name):
    return next(view.model.texts(n) for n in range(view.model.rowCount()) if view.model.row(n).name == name)


def test_the_best_comes_first_and_grades_are_counted(room):
    _page, view, _cycle = open_side(room, 4)
    assert [view.model.row(n).name for n in range(4)] == ["陈志远", "仇振华", "李娜", "欧阳静"]
    assert texts(view, "仇振华")[2:4] == ["80", "A"]
    assert list(view.chart._chart.values) == [1, 1, 0, 2, 0]


def test_a_total_is_changed_with_its_reason_and_the_grade_it_makes_is_shown_before(room):
    page, view, cycle = open_side(room, 4)
    choose(view, "仇振华")
    room.click(view.change)
    room.write(page.form.editors["total"], "")
    page.form.editors["total"].put(Decimal("91.5"))
    assert page.form.preview.text() == "A → S 卓越"
    room.click(page.form.save_button)
    assert page.form.fault("reason")
    room.write(page.form.editors["reason"], "独自保住大客户续签，同组横比偏严")
    room.click(page.form.save_button)
    assert texts(view, "仇振华")[2:4] == ["91.5", "S"]
    assert texts(view, "仇振华")[-1] == "80"
    assert view.told.text() == "2026年11月23日：80 → 91.5。独自保住大客户续签，同组横比偏严"
    sheet = queries.sheet(review_of(cycle, "仇振华"))
    assert (sheet.computed, sheet.total, sheet.grade) == (80, Decimal("91.5"), "S")
    revert(undoable().unit)
    assert texts(view, "仇振华")[2:4] == ["80", "A"]


def test_a_failed_veto_stays_failed_whatever_the_total(room):
    page, view, cycle = open_side(room, 4)
    service.score(review=review_of(cycle, "陈志远"), dimension="integrity", score=Decimal(1))
    choose(view, "陈志远")
    room.click(view.change)
    page.form.editors["total"].put(Decimal(99))
    assert page.form.preview.text() == "D → D 不合格"


def test_what_is_not_scored_or_is_signed_is_not_calibrated(room, today):
    _page, view, cycle = open_side(room, 3, scores={"陈志远": 5, "仇振华": 4})
    service.sign(review=review_of(cycle, "陈志远"), today=today)
    choose(view, "李娜")
    assert not view.change.isEnabled()
    assert view.told.text() == "全部评完后才有总分。"
    choose(view, "陈志远")
    assert not view.change.isEnabled()
    assert view.potential.isEnabled()
    choose(view, "仇振华")
    assert view.change.isEnabled()


def test_potential_puts_people_into_the_nine_box(room):
    page, view, _cycle = open_side(room, 4)
    choose(view, "陈志远")
    room.click(view.potential)
    page.form.editors["potential"].put(Decimal("5.5"))
    room.click(page.form.save_button)
    assert page.form.fault("potential")
    page.form.editors["potential"].put(Decimal(4))
    room.click(page.form.save_button)
    assert texts(view, "陈志远")[5:7] == ["4", "1 明星"]
    assert view.boxes.cells[1].people.text() == "陈志远"
    assert view.boxes.cells[1].property("chosen")
    choose(view, "李娜")
    assert not view.boxes.cells[1].property("chosen")


@pytest.mark.parametrize(("people", "expects"), [(9, False), (10, True)])
def test_below_ten_the_spread_is_information_only(room, people, expects):
    _page, view, _cycle = open_side(room, people)
    assert ("仅供参考" in view.cautions.words.text()) is not expects
    assert "z 分" in view.cautions.words.text()
    assert view.view.isColumnHidden(4)


def test_ten_people_and_two_superiors_are_compared_by_how_strict_they_are(room, today):
    people = 12
    hire(people)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=today)
    for nth, row in enumerate(queries.reviews(cycle)):
        score_all(row.id, Decimal(2 + nth % 3))
        if nth % 2:
            service.ask_raters(review=row.id, relation="superior", names=["区域经理"], today=today)
    page = room.open(ReviewsPage)
    page.tabs.setCurrentIndex(CALIBRATION)
    view = page.views[CALIBRATION]
    assert not view.view.isColumnHidden(4)
    assert not view.cautions.isVisible()
    assert {view.model.texts(n)[1] for n in range(people)} == {"", "区域经理"}
    assert all(view.model.texts(n)[4] for n in range(people))
    assert view.chart._chart.target == [1, 2, 6, 2, 1]


def test_in_a_narrow_window_the_charts_follow_below(room):
    _page, view, _cycle = open_side(room, 4, size=QSize(700, 420))
    assert view.charts.geometry().top() > view.view.geometry().bottom()


def test_enter_leads_to_the_scores_behind_a_total(room, qtbot):
    page, view, _cycle = open_side(room, 4)
    choose(view, "李娜")
    view.view.opened.emit(view.view.current_row())
    assert page.tabs.currentIndex() == SCORING
    assert page.sheet.heading.name.text() == "李娜"


def test_a_calibrated_total_says_what_the_scores_make_and_is_told_before_it_is_signed(room, monkeypatch):
    page, _view, cycle = open_side(room, 4)
    review = review_of(cycle, "仇振华")
    service.calibrate(review=review, total=Decimal(85), reason="同组横比", today=room.desk.day)
    page.arrive(review)
    assert page.sheet.heading.total_of.text() == "已校准；按评分为 80"
    score_all(review, Decimal(3))
    page.refresh(page.tables)
    assert (page.sheet.heading.total.text(), page.sheet.heading.total_of.text()) == ("85.0", "已校准；按评分为 60")
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda _parent, _language, question, *_more: asked.append(question))
    room.click(page.sheet.signing)
    assert "按评分计算为 60" in asked[0]
    service.calibrate(review=review, total=Decimal(60), reason="按新评分", today=room.desk.day)
    page.refresh(page.tables)
    assert page.sheet.heading.total_of.text() == "最终得分"
    room.click(page.sheet.signing)
    assert "校准" not in asked[1]
