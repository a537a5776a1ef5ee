"""Rounds: who is in by which rule, one round for all positions, who is missing what, and when it may close."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktopapp.goals import service as goals
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.queries.eligible import eligible, left_out
from desktopapp.reviews.queries.progress import progress
from desktopapp.storage import revert, undoable
from desktopapp.team import service as roster
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

pytestmark = pytest.mark.usefixtures("file")
Q3, Q4, NOVEMBER = map(Period.parse, ("2026Q3", "2026Q4", "2026-11"))


def begin(period=Q3, template="quarterly", today=TODAY, **more):
    return service.start(period=period, template=template, today=today, **more)


def names(cycle):
    return [row.name for row in queries.reviews(cycle)]


def test_who_left_is_away_or_came_late_is_left_out_by_a_rule_that_is_said(zh):
    for name, more in {
        "王芳": {}, "李娜": {"status": "on_leave"}, "张伟": {"joined": date(2026, 8, 16)},
        "赵敏": {"joined": date(2026, 8, 17)}, "周晓": {"joined": date(2026, 10, 8)}, "陈志远": {}, "单文博": {},
    }.items():  # fmt: skip
        known = {"joined": date(2023, 4, 10)} | more
        number = roster.add(name=name, today=TODAY, **known)
        if name in ("陈志远", "单文博"):
            roster.let_go(person=number, day=date(2026, 8, 31) if name == "陈志远" else date(2026, 6, 30))
    told = {each.name: each.why and zh.text(each.why) for each in eligible(Q3, "quarter")}
    assert told == {
        "陈志远": "2026年8月31日离职", "李娜": "休假中", "王芳": None, "张伟": None,
        "赵敏": "在岗 45 天，不足本期 92 天的一半",
    }
    assert names(begin()) == ["王芳", "张伟"]


def test_the_owner_may_take_in_whom_the_rule_leaves_out():
    away = roster.add(name="李娜", status="on_leave", joined=date(2023, 4, 10), today=TODAY)
    assert names(begin(people=[away])) == ["李娜"]


def test_a_round_of_probation_takes_in_whose_probation_ends_by_then(zh):
    for name, end in {"王芳": date(2026, 12, 10), "张伟": date(2026, 12, 11), "李娜": None}.items():
        roster.add(name=name, status="probation", probation_end=end, joined=date(2026, 9, 1), today=TODAY)
    roster.add(name="陈志远", joined=date(2023, 4, 10), today=TODAY)
    why = {each.name: each.why and zh.text(each.why) for each in eligible(NOVEMBER, "probation")}
    assert why == {"王芳": None, "张伟": "试用期到2026年12月11日", "李娜": "未填写试用期截止日"}
    assert names(begin(NOVEMBER, "probation")) == ["王芳"]


@pytest.mark.parametrize(
    ("template", "period"),
    [("monthly_quick", "2026-10"), ("quarterly", "2026Q3"), ("half_year", "2026H1"), ("annual", "2026")],
)
def test_a_round_of_any_length_is_one_request_and_one_step_of_undo(template, period):
    hire(3)
    assert len(names(begin(Period.parse(period), template))) == 3
    revert(undoable().unit)
    assert queries.cycles() == []


def test_one_round_serves_every_position_with_its_own_template():
    """The defect of the trade: a configuration for each position and quarter."""
    hire(12)
    service.set_position(position="大客户经理", template="key_account")
    cycle = begin()
    forms = {row.name: queries.sheet(row.id).form.id for row in queries.reviews(cycle)}
    assert len(forms) == 12
    assert {name for name, form in forms.items() if form == "key_account"} == {"赵敏"}
    assert queries.form(cycle).id == "quarterly"
    assert len(queries.cycles()) == 1
    score_all(review_of(cycle, "赵敏"), Decimal(4))
    assert queries.sheet(review_of(cycle, "赵敏")).total == 80


def test_a_position_s_template_is_for_rounds_of_its_kind_and_can_be_taken_back():
    hire(12)
    service.set_position(position="大客户经理", template="key_account")
    annual = begin(Period.parse("2025"), "annual")
    assert {queries.form_of(row.id).id for row in queries.reviews(annual)} == {"annual"}
    service.clear_position(position="大客户经理", kind="quarter")
    assert queries.by_position("quarter") == {}


def test_the_board_says_who_is_missing_what(zh):
    people = hire(4)
    cycle = begin()
    wang, li, chen, qiu = (review_of(cycle, name) for name in ("欧阳静", "李娜", "陈志远", "仇振华"))
    score_all(wang, Decimal(4), by=service.self_score)
    score_all(li, Decimal(4))
    service.self_score(review=chen, dimension="process", score=Decimal(3))
    service.waive(review=qiu, reason="本季长期病假")
    goals.set_goal(person=people["李娜"], period=Q3, name="回款", target=Decimal(1), weight=Decimal(60), unit="次",
                   today=date(2026, 7, 1))  # fmt: skip
    board = {row.name: row for row in progress(cycle, TODAY)}
    told = {name: [zh.text(each) for each in row.missing] for name, row in board.items()}
    assert told == {
        "陈志远": ["自评 1/9", "上级评分 0/9"], "欧阳静": ["上级评分 0/9"],
        "李娜": ["自评 0/9", "2026年第三季度目标权重合计 60，不是 100", "待签字"], "仇振华": [],
    }  # fmt: skip
    assert list(board)[-1] == "仇振华"
    assert board["仇振华"].why == "本季长期病假"


def test_late_is_worked_out_from_the_day_and_only_for_what_is_open():
    hire(2)
    cycle = begin()
    score_all(review_of(cycle, "陈志远"), Decimal(4))
    service.sign(review=review_of(cycle, "陈志远"), today=TODAY)
    due = queries.cycle(cycle).due
    assert [row.late for row in progress(cycle, due)] == [0, 0]
    later = progress(cycle, due + timedelta(days=10))
    assert [(row.name, row.late) for row in later] == [("仇振华", 10), ("陈志远", 0)]


def test_a_round_with_drafts_does_not_close_and_names_them(zh):
    hire(3)
    cycle = begin()
    score_all(review_of(cycle, "陈志远"), Decimal(4))
    service.sign(review=review_of(cycle, "陈志远"), today=TODAY)
    with pytest.raises(Refused) as no:
        service.close(cycle=cycle, today=TODAY)
    assert zh.text(no.value.message) == "还有 2 份评估未签字：李娜、仇振华。"
    score_all(review_of(cycle, "仇振华"), Decimal(4))
    service.sign(review=review_of(cycle, "仇振华"), today=TODAY)
    service.waive(review=review_of(cycle, "李娜"), reason="已离职")
    service.close(cycle=cycle, today=TODAY)
    row = queries.cycle(cycle)
    assert (row.state, row.people, row.signed, row.waived) == ("closed", 2, 2, 1)


def test_what_is_waived_takes_no_scores_and_undo_takes_the_waiver_back(zh):
    hire(1)
    review = review_of(begin(), "陈志远")
    score_all(review, Decimal(4))
    with pytest.raises(Refused) as no:
        service.waive(review=review, reason=" ")
    assert no.value.field == "reason"
    service.waive(review=review, reason="调岗")
    with pytest.raises(Refused) as no:
        service.score(review=review, dimension="process", score=Decimal(3))
    assert zh.text(no.value.message) == "这份评估已免评，请先撤销免评。"
    revert(undoable().unit)
    assert queries.sheet(review).total == 80


def test_a_waiver_is_taken_back_long_after_and_the_review_goes_on_where_it_stood():
    hire(2)
    cycle = begin()
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(4))
    service.waive(review=review, reason="调岗")
    score_all(review_of(cycle, "仇振华"), Decimal(3))
    service.take_up(review=review)
    sheet = queries.sheet(review)
    assert (sheet.state, sheet.waived, sheet.total) == ("confirm", "", 80)
    with pytest.raises(Refused):
        service.take_up(review=review)


def test_whom_the_rule_left_out_is_taken_in_on_the_template_the_round_began_with(zh):
    people = hire(2)
    people["赵敏"] = roster.add(name="赵敏", position="客户经理", joined=date(2026, 9, 8), today=TODAY)
    cycle = begin()
    [late] = left_out(cycle)
    assert zh.text(late.why) == "在岗 23 天，不足本期 92 天的一半"
    service.adjust(template="quarterly", figures={("weight", "process"): Decimal(15), ("weight", "growth"): Decimal(0)})
    review = service.take_in(cycle=cycle, person=people["赵敏"])
    form = queries.form_of(review)
    assert form == queries.form(cycle)
    assert len(queries.sheet(review).dimensions) == len(form.dimensions)
    assert left_out(cycle) == []
    with pytest.raises(Refused) as no:
        service.take_in(cycle=cycle, person=people["赵敏"])
    assert no.value.field == "person"


def test_a_closed_round_takes_nobody_in_and_nobody_back():
    people = hire(2)
    cycle = begin(people=[people["陈志远"]])
    service.waive(review=review_of(cycle, "陈志远"), reason="调岗")
    service.close(cycle=cycle, today=TODAY)
    with pytest.raises(Refused):
        service.take_in(cycle=cycle, person=people["仇振华"])
    with pytest.raises(Refused):
        service.take_up(review=review_of(cycle, "陈志远"))


def test_what_is_waived_is_no_next_review_and_gets_no_form(zh):
    people = hire(2)
    cycle = begin()
    service.waive(review=review_of(cycle, "陈志远"), reason="调岗")
    [notice] = [each for each in queries.notices(TODAY) if each.link.record]
    assert notice.link.record == review_of(cycle, "仇振华")
    forms = service.issue(reviews=[row.id for row in queries.reviews(cycle)], today=TODAY)
    assert [row.person for row in queries.forms_numbered(forms)] == [people["仇振华"]]


def test_a_round_goes_from_started_to_scored_to_side_by_side_to_closed():
    hire(2)
    cycle = begin()
    stages = [queries.cycle(cycle).stage]
    for name in ("陈志远", "仇振华"):
        score_all(review_of(cycle, name), Decimal(4))
        stages.append(queries.cycle(cycle).stage)
    for name in ("陈志远", "仇振华"):
        service.sign(review=review_of(cycle, name), today=TODAY)
    service.close(cycle=cycle, today=TODAY)
    assert [*stages, queries.cycle(cycle).stage] == ["started", "scoring", "calibrating", "closed"]


def test_a_pc_that_was_off_for_ten_days_catches_up_once(zh):
    """The defect of the trade: a round was begun at eight on its very day, or never."""
    hire(3)
    ended = date(2026, 12, 31)
    on_the_day = [zh.text(each.what) for each in queries.notices(ended + timedelta(days=1))]
    back = ended + timedelta(days=11)
    assert on_the_day == ["2026年第四季度的绩效评估还没有发起"]
    assert [zh.text(each.what) for each in queries.notices(back)] == on_the_day
    begin(Q4, today=back)
    assert not any("还没有发起" in zh.text(each.what) for each in queries.notices(back))
    with pytest.raises(Refused):
        begin(Q4, today=back)


def test_the_next_round_keeps_the_raters_of_the_last_who_are_still_here():
    """The defect of the trade: a copied round lost its colleagues."""
    people = hire(5)
    first = begin(Period.parse("2024"), "annual")
    wang = review_of(first, "陈志远")
    service.ask_raters(review=wang, relation="peer", today=TODAY,
                       people=[people[name] for name in ("仇振华", "李娜", "欧阳静")])  # fmt: skip
    service.ask_raters(review=wang, relation="customer", names=["远大集团 孙经理"], today=TODAY)
    service.ask_raters(review=review_of(first, "李娜"), relation="peer", people=[people["陈志远"]], today=TODAY)
    roster.let_go(person=people["仇振华"], day=TODAY)
    second = begin(Period.parse("2025"), "annual")
    kept = queries.raters(review_of(second, "陈志远"))
    asked = [(row.relation, row.rater) for row in kept]
    assert asked == [("peer", "李娜"), ("peer", "欧阳静"), ("customer", "远大集团 孙经理")]
    assert {row.state for row in kept} == {"created"}
    assert [row.rater for row in queries.raters(review_of(second, "李娜"))] == ["陈志远"]
