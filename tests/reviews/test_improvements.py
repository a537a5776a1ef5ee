"""Improvement plans: opened by a proposal, looked at each week, extended once, judged with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview.search import catch_up, search
from desktopapp.overview.today import today as waiting
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.models import BEHIND, MET, ON_COURSE, ROLE
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.queries.improvements import AimLine, CheckpointLine, ShortfallLine, improvement, missed
from desktopapp.reviews.queries.interviews import AgreedLine
from desktopapp.reviews.queries.proposals import proposals
from desktopapp.reviews.rules import PLAN
from desktopapp.reviews.rules.improving import checkpoints
from desktopapp.storage import revert, undoable
from desktopapp.team import queries as roster
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

END = date(2027, 1, 4)
STEP = StepLine("按周核对应收", "每周五与财务对账", "逾期 60 天以上为零", date(2026, 12, 31), "财务")


@pytest.fixture
def review(file):
    """A review of a poor quarter, with a plan decided on, signed."""
    hire(3)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(2))
    service.note_evidence(review=review, dimension="collection", evidence="9 月 30 日逾期 12 万元")
    service.set_steps(review=review, steps=[STEP])
    service.set_outcomes(review=review, outcomes=[PLAN])
    service.sign(review=review, today=TODAY)
    return review


@pytest.fixture
def plan(review):
    """Its plan: six weeks from today."""
    service.open_improvement(review=review, today=TODAY)
    return review


def notices(day=TODAY):
    return [each for each in waiting(day) if each.link.table == "improvement"]


def refused(call, **values):
    with pytest.raises(Refused) as no:
        call(**values)
    return no.value


def seen(review, **values):
    lines = [CheckpointLine(each.day, **values) for each in improvement(review).checkpoints]
    service.set_lines(review=review, part="checkpoints", lines=lines)


def test_a_look_a_week_moves_past_days_off_and_never_past_the_end():
    """2026-09-18 for four weeks: Friday 25 September and 2 October are off, so Monday 28 and Thursday 8."""
    swaps = {date(2026, 9, 25): False, date(2026, 10, 10): True}
    swaps |= {date(2026, 10, day): False for day in range(1, 8)}
    found = checkpoints(date(2026, 9, 18), date(2026, 10, 16), swaps)
    assert found == (date(2026, 9, 28), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 16))
    assert checkpoints(date(2026, 9, 18), date(2026, 10, 2), swaps)[-1] == date(2026, 10, 2)
    assert checkpoints(date(2026, 9, 18), date(2026, 9, 20), swaps) == ()


def test_the_proposal_opens_the_plan_and_is_none_any_more(review, zh):
    [asked] = notices()
    assert zh.text(asked.what) == "已决定为陈志远制定改进计划，尚未制定"
    assert asked.due == date(2026, 11, 30)
    assert [each.review for each in proposals(kind=PLAN)] == [review]
    service.open_improvement(review=review, today=TODAY)
    assert proposals(kind=PLAN) == []
    assert [zh.text(each.what) for each in notices()] == ["检查陈志远的改进计划"]


def test_a_plan_begins_with_the_steps_agreed_and_a_look_each_week(plan):
    row = improvement(plan)
    assert (row.start, row.end) == (TODAY, END)
    assert row.aims == (AimLine("按周核对应收", "每周五与财务对账", "逾期 60 天以上为零", date(2026, 12, 31), "财务"),)
    assert [each.day.isoformat() for each in row.checkpoints] == [
        "2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28", "2027-01-04",
    ]  # fmt: skip


def test_why_there_is_a_plan_is_read_off_the_review(review, zh):
    lines = missed(queries.sheet(review), zh)
    assert lines[1] == ShortfallLine("回款与应收", "", "得分 2", "9 月 30 日逾期 12 万元")
    service.open_improvement(review=review, today=TODAY, shortfalls=lines)
    assert improvement(review).shortfalls == lines


def test_a_look_comes_up_a_week_ahead_until_something_is_written_of_it(plan):
    assert [each.due for each in notices()] == [date(2026, 11, 30)]
    assert [each.due for each in notices(date(2026, 12, 2))] == [date(2026, 11, 30), date(2026, 12, 7)]
    seen(plan, course=BEHIND, progress="两家未回款", coaching="陪访一次")
    assert [each.due for each in notices(date(2026, 12, 30))] == [END], "the plan itself ends"


def test_a_plan_is_extended_once_and_the_weeks_added_are_looked_at_too(plan):
    assert refused(service.extend_improvement, review=plan, end=END, today=TODAY).field == "end"
    service.extend_improvement(review=plan, end=date(2027, 1, 18), today=date(2027, 1, 4))
    row = improvement(plan)
    assert (row.end, row.first_end, row.extended) == (date(2027, 1, 18), END, date(2027, 1, 4))
    assert [each.day for each in row.checkpoints][-2:] == [date(2027, 1, 11), date(2027, 1, 18)]
    refused(service.extend_improvement, review=plan, end=date(2027, 3, 1), today=TODAY)


def test_the_result_rests_on_goals_on_what_was_seen_and_on_a_reason(plan, zh):
    asked = {"review": plan, "result": MET, "verdict": "逾期清零", "today": END}
    assert "2026年11月30日" in zh.text(refused(service.judge_improvement, **asked).message)
    seen(plan, course=ON_COURSE)
    assert refused(service.judge_improvement, **asked | {"verdict": " "}).field == "verdict"
    assert refused(service.judge_improvement, **asked | {"result": None}).field == "result"
    assert refused(service.judge_improvement, **asked, closed=date(2027, 1, 5)).field == "closed"
    service.judge_improvement(**asked)
    row = improvement(plan)
    assert (row.result, row.verdict, row.closed, row.is_open) == (MET, "逾期清零", END, False)
    assert notices(END) == []


def test_a_plan_without_goals_is_not_judged(plan):
    service.set_lines(review=plan, part="aims", lines=[])
    refused(service.judge_improvement, review=plan, result=ROLE, verdict="x", today=TODAY)


def test_a_judged_plan_stays_as_it_is_unless_it_is_reopened(plan):
    seen(plan, course=BEHIND)
    service.judge_improvement(review=plan, result=ROLE, verdict="两项未达标，双方协商调岗", today=END)
    refused(service.set_lines, review=plan, part="aims", lines=[])
    refused(service.change_improvement, review=plan, start=TODAY, end=END, witness="")
    service.reopen_improvement(review=plan)
    row = improvement(plan)
    assert (row.is_open, row.verdict) == (True, "两项未达标，双方协商调岗")
    refused(service.reopen_improvement, review=plan)


def test_lines_that_cannot_be_are_refused(plan):
    twice = [CheckpointLine(TODAY), CheckpointLine(TODAY)]
    assert refused(service.set_lines, review=plan, part="checkpoints", lines=twice).field == "day"
    assert refused(service.set_lines, review=plan, part="aims", lines=[AimLine(" ")]).field == "goal"
    fine = [AimLine("回款", action="未达标罚款 500 元")]
    assert refused(service.set_lines, review=plan, part="aims", lines=fine).field == "action"


def test_one_plan_a_review_with_a_week_at_least_and_it_can_be_undone(review):
    assert refused(service.open_improvement, review=review, today=TODAY, end=date(2026, 11, 29)).field == "end"
    service.open_improvement(review=review, today=TODAY)
    refused(service.open_improvement, review=review, today=TODAY)
    revert(undoable().unit)
    assert improvement(review) is None
    assert [each.review for each in proposals(kind=PLAN)] == [review]


def test_the_plan_is_printed_blank_running_and_judged(review, tmp_path, zh, en):
    asked = {"reviews": [review], "firm": roster.firm(), "printed": datetime(2026, 11, 23, 8, tzinfo=UTC)}

    def printed(name, *languages):
        done = report.improvement_forms(tmp_path / name, languages, filled=True, **asked)
        assert done.pages == 1
        return PdfReader(tmp_path / name).pages[0].extract_text().replace("\n", "")

    assert "按周核对应收" not in printed("blank.pdf", zh)
    service.open_improvement(review=review, today=TODAY, witness="李娜", shortfalls=missed(queries.sheet(review), zh))
    running = printed("running.pdf", zh, en)
    for said in ("按周核对应收", "逾期 12 万元", "星期一", "李娜", "2027年1月4日"):
        assert said in running, said
    seen(review, course=BEHIND, progress="两家未回款", coaching="陪访一次")
    service.extend_improvement(review=review, end=date(2027, 1, 11), today=END)
    seen(review, course=ON_COURSE, progress="已回款")
    service.judge_improvement(review=review, result=MET, verdict="逾期 60 天以上为零", today=date(2027, 1, 11))
    judged = printed("judged.pdf", zh)
    assert "按计划：已回款" in judged
    assert "结论依据" in judged


def test_a_step_whose_day_is_over_is_set_anew_in_the_plan(review):
    service.open_improvement(review=review, today=date(2027, 1, 10))
    assert improvement(review).aims[0].by is None


def test_talks_agreements_objections_and_plans_are_found_by_their_words(plan):
    service.record(review=plan, words={"wishes": "希望配一名助理"})
    service.set_agreed(review=plan, lines=[AgreedLine("整理滞纳清单")])
    service.object_to(review=plan, text="漏计铁塔公司回款", today=TODAY)
    seen(plan, course=BEHIND, progress="两家仍未付清")
    catch_up()
    found = {words: [each.link for each in search(words)] for words in ("助理", "滞纳", "铁塔公司", "按周核对", "付清")}
    tables = ("interview", "interview", "objection", "improvement", "improvement")
    for words, table in zip(found, tables, strict=True):
        assert Link("reviews", plan, table) in found[words], words
