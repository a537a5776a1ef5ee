"""Objecting to a signed review: in time or late, what is decided, and both versions kept; and who will not sign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import history
from desktopapp.overview.today import today as waiting
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.models import DISMISSED, PARTLY, UPHELD, WITHDRAWN, Review
from desktopapp.reviews.queries import RefusalLine, register
from desktopapp.reviews.queries.objections import Time, objection, objections, time_for
from desktopapp.reviews.rules.register import grouped
from desktopapp.reviews.rules.time import last_day
from desktopapp.storage import revert, undoable
from desktopapp.team import queries as team_queries
from desktopapp.team import service as team
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

DAY = date(2026, 9, 24)
"""A Thursday before the Mid-Autumn Festival."""
PRINTED = datetime(2026, 11, 23, 8, tzinfo=UTC)
WHY = "回款率按 9 月 30 日对账应为 95%，评估用了 9 月 20 日的数。"
FOUND = "复核对账单，回款率 95%，得分应为 5 分。"


@pytest.fixture
def cycle(file):
    hire(3)
    return service.start(period=Period.parse("2026Q2"), template="quarterly", today=date(2026, 7, 1))


@pytest.fixture
def signed(cycle):
    """A review signed before the holidays."""
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(3))
    service.sign(review=review, today=DAY)
    return review


def refused(call, **values):
    with pytest.raises(Refused) as no:
        call(**values)
    return no.value


def test_seven_working_days_go_around_the_holidays_of_the_owners_calendar():
    """Signed Thursday 2026-09-24: off 25 to 27 September and 1 to 7 October, worked on Saturday 10 October."""
    swaps = {date(2026, 9, 25): False, date(2026, 10, 10): True}
    swaps |= {date(2026, 10, day): False for day in range(1, 8)}
    assert last_day(DAY, swaps) == date(2026, 10, 12)
    assert last_day(DAY, {}) == date(2026, 10, 5)
    assert last_day(date(2026, 11, 23), swaps) == date(2026, 12, 2)


def test_the_calendar_that_the_owner_keeps_decides_what_is_late(signed):
    assert time_for(signed) == Time(1, DAY, date(2026, 10, 12), knows_holidays=True)
    team.set_holiday(day=date(2026, 10, 12), name="厂休")
    assert time_for(signed).last == date(2026, 10, 13)


def test_where_the_holidays_of_a_year_are_not_known_it_says_that_weekends_alone_were_counted(cycle):
    review = review_of(cycle, "李娜")
    score_all(review, Decimal(3))
    assert time_for(review) is None
    service.sign(review=review, today=date(2027, 9, 24))
    assert time_for(review) == Time(1, date(2027, 9, 24), date(2027, 10, 5), knows_holidays=False)


def test_an_objection_in_time_needs_no_reason_for_its_time(signed):
    number = service.object_to(review=signed, text=WHY, raised=date(2026, 10, 12), today=TODAY, late="出差")
    row = objection(number)
    assert (row.version, row.raised, row.text, row.late, row.is_open) == (1, date(2026, 10, 12), WHY, "", True)
    assert row.answer_by == date(2026, 10, 21)
    assert [each.name for each in queries.reviews(queries.sheet(signed).cycle) if each.disputed] == ["陈志远"]


def test_a_late_one_is_told_with_the_last_day_and_heard_only_for_a_reason(signed, zh):
    late = {"review": signed, "text": WHY, "raised": date(2026, 10, 13), "today": TODAY}
    no = refused(service.object_to, **late)
    assert (no.field, zh.text(no.message)) == (
        "late", "提出异议的期限为签字后 7 个工作日，已于 2026年10月12日 届满，可不再受理；如仍受理，请写明原因。",
    )  # fmt: skip
    assert objection(service.object_to(**late, late="长期出差，10 月 12 日才见到评估表")).late.startswith("长期出差")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"raised": date(2026, 9, 23)}, "raised"), ({"raised": date(2026, 11, 24)}, "raised"), ({"text": " "}, "text")],
)
def test_an_objection_that_cannot_be_is_refused_beside_its_field(signed, values, field):
    asked = {"review": signed, "text": WHY, "raised": DAY, "today": TODAY} | values
    assert refused(service.object_to, **asked).field == field
    assert objections(signed) == []


def test_only_what_is_signed_is_objected_to_and_each_version_once(cycle, signed):
    other = review_of(cycle, "李娜")
    refused(service.object_to, review=other, text=WHY, today=TODAY)
    service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    refused(service.object_to, review=signed, text=WHY, raised=DAY, today=TODAY)


def test_one_that_is_upheld_leads_to_a_version_more_and_both_are_kept(signed):
    first = queries.sheet(signed)
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    service.decide_objection(objection=number, decision=PARTLY, reason=FOUND, decided=date(2026, 9, 28), today=TODAY)
    assert queries.sheet(signed).amending == FOUND
    assert not queries.sheet(signed).disputed
    service.score(review=signed, dimension="collection", score=Decimal(5))
    service.sign(review=signed, today=date(2026, 9, 29))
    now, row = queries.sheet(signed), objection(number)
    assert (row.version, row.became, row.decision, row.reason) == (1, 2, PARTLY, FOUND)
    assert register.version(signed, 1).total == first.total == Decimal(60)
    assert (now.total, now.entry.corrects, now.entry.reason) == (Decimal(66), (1, first.code), FOUND)
    again = service.object_to(review=signed, text="仍不同意", raised=date(2026, 9, 29), today=TODAY)
    assert [(each.id, each.version) for each in objections(signed)] == [(again, 2), (number, 1)]


@pytest.mark.parametrize("decision", [DISMISSED, WITHDRAWN])
def test_one_that_is_not_upheld_leaves_the_review_as_it_was_signed(signed, decision):
    before = queries.sheet(signed)
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    service.decide_objection(objection=number, decision=decision, reason="数据以 9 月 20 日为准", today=TODAY)
    assert queries.sheet(signed) == before
    assert (objection(number).became, register.count()) == (None, 1)


def test_a_decision_needs_a_reason_and_a_day_it_can_have_been_made_on(signed):
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    asked = {"objection": number, "decision": DISMISSED, "reason": "数据无误", "today": TODAY}
    assert refused(service.decide_objection, **asked | {"reason": " "}).field == "reason"
    assert refused(service.decide_objection, **asked, decided=date(2026, 9, 23)).field == "decided"
    assert refused(service.decide_objection, **asked, decided=date(2026, 11, 24)).field == "decided"
    assert refused(service.decide_objection, **asked | {"decision": ""}).field == "decision"
    service.decide_objection(**asked)
    refused(service.decide_objection, **asked)
    refused(service.change_objection, objection=number, text="x", raised=DAY, late="", today=TODAY)


def test_while_an_objection_waits_the_review_is_not_corrected_past_it_and_the_round_stays_open(cycle, signed, zh):
    for name in ("李娜", "仇振华"):
        service.waive(review=review_of(cycle, name), reason="长期病假")
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    assert "异议" in zh.text(refused(service.amend, review=signed, reason="算错").message)
    assert zh.text(refused(service.close, cycle=cycle, today=TODAY).message) == "还有异议未处理：陈志远。"
    service.decide_objection(objection=number, decision=DISMISSED, reason="数据无误", today=TODAY)
    service.close(cycle=cycle, today=TODAY)


def test_giving_up_the_correction_lets_the_objection_wait_again(signed):
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    service.decide_objection(objection=number, decision=UPHELD, reason=FOUND, today=TODAY)
    service.give_up(review=signed)
    row = objection(number)
    assert (row.decision, row.decided, row.reason) == (None, None, FOUND)
    assert queries.sheet(signed).disputed


def test_a_long_reason_is_shortened_on_the_new_version_and_kept_whole_beside_it(signed):
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    service.decide_objection(objection=number, decision=UPHELD, reason=f"{FOUND}\n" * 20, today=TODAY)
    said = queries.sheet(signed).amending
    assert (len(said), said[-1], "\n" in said) == (200, "…", False)
    assert objection(number).reason.count(FOUND) == 20


def test_what_waits_for_a_decision_stands_on_today_until_it_has_one(signed, zh):
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    [notice] = [each for each in waiting(TODAY) if each.link.table == "objection"]
    assert zh.text(notice.what) == "陈志远对2026年第二季度的评估提出异议"
    assert (notice.due, notice.link.record) == (date(2026, 10, 12), signed)
    service.decide_objection(objection=number, decision=DISMISSED, reason="数据无误", today=TODAY)
    assert [each for each in waiting(TODAY) if each.link.table == "objection"] == []


def test_an_objection_can_be_undone_although_the_review_is_signed(signed):
    service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    assert undoable().action == "reviews.object_to"
    revert(undoable().unit)
    assert objections(signed) == []
    assert queries.sheet(signed).signed == DAY


def test_who_will_not_sign_is_noted_with_a_witness_and_stands_on_the_review(cycle, signed, zh):
    service.note_refusal(review=signed, witness="李娜", reason="不同意回款得分", day=DAY, today=TODAY)
    assert queries.sheet(signed).refusal == RefusalLine(DAY, "李娜", "不同意回款得分")
    assert [row.name for row in queries.reviews(cycle) if row.refused] == ["陈志远"]
    last = history.history(Review, signed)[0]
    assert zh.text(last.words) == "陈志远拒签2026年第二季度的评估"
    assert "不同意回款得分" in [line.new for line in last.lines]
    assert register.genuine(signed), "the signed text knows nothing of it"
    service.drop_refusal(review=signed)
    assert queries.sheet(signed).refusal is None
    refused(service.drop_refusal, review=signed)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"witness": ""}, "witness"),
        ({"witness": "陈志远"}, "witness"),
        ({"witness": "周总"}, "witness"),
        ({"reason": " "}, "reason"),
        ({"day": date(2026, 9, 23)}, "day"),
        ({"day": date(2026, 11, 24)}, "day"),
    ],
)
def test_a_refusal_without_a_true_witness_a_reason_or_a_possible_day_is_refused(signed, values, field):
    team.name_firm(name="远航科技", owner="周总")
    asked = {"review": signed, "witness": "李娜", "reason": "未说明理由", "day": DAY, "today": TODAY} | values
    assert refused(service.note_refusal, **asked).field == field


def test_a_refusal_belongs_to_its_version_and_the_corrected_one_may_be_signed(signed):
    service.note_refusal(review=signed, witness="李娜", reason="不同意回款得分", day=DAY, today=TODAY)
    service.amend(review=signed, reason="回款数据更正")
    service.sign(review=signed, today=TODAY)
    assert queries.sheet(signed).refusal is None
    assert register.version(signed, 1).refusal.witness == "李娜"


def printed(path, review, *languages):
    report.review_forms(path, languages, filled=True, firm=team_queries.firm(), printed=PRINTED, people=None,
                        cycle=queries.sheet(review).cycle)  # fmt: skip
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_paper_names_the_witness_beside_the_signatures_and_why_a_version_was_corrected(signed, tmp_path, zh, en):
    plain = printed(tmp_path / "plain.pdf", signed, zh)
    assert "见证人" not in plain.replace("请一名见证人签字", "")
    service.amend(review=signed, reason="回款数据更正")
    service.sign(review=signed, today=DAY)
    service.note_refusal(review=signed, witness="李娜", reason="不同意回款得分", day=DAY, today=TODAY)
    both = " ".join(printed(tmp_path / "both.pdf", signed, zh, en).split())
    assert "见证人：李娜" in both
    assert "陈志远于 2026年9月24日 拒签，理由：不同意回款得分；见证人：李娜。" in both
    assert "Witness: 李娜" in both
    assert "第 2 版，更正登记第 1 号：回款数据更正" in both


def test_the_objection_goes_on_paper_with_its_decision_and_both_versions(signed, tmp_path, zh, en):
    first = queries.sheet(signed)
    number = service.object_to(review=signed, text=WHY, raised=DAY, today=TODAY)
    service.decide_objection(objection=number, decision=PARTLY, reason=FOUND, decided=date(2026, 9, 28), today=TODAY)
    service.score(review=signed, dimension="collection", score=Decimal(5))
    service.sign(review=signed, today=date(2026, 9, 29))
    asked = {"reviews": [signed], "firm": team_queries.firm(), "printed": PRINTED}
    done = report.objection_forms(tmp_path / "one.pdf", (zh, en), filled=True, **asked)
    text = PdfReader(tmp_path / "one.pdf").pages[0].extract_text()
    assert (done.forms, done.pages) == (1, 1)
    codes = (grouped(first.code), grouped(queries.sheet(signed).code))
    for said in (WHY[:12], FOUND[:8], "2026年9月28日", *codes, "60", "66"):
        assert said in text.replace("\n", ""), said
    report.objection_forms(tmp_path / "blank.pdf", (zh,), filled=False, **asked)
    blank = PdfReader(tmp_path / "blank.pdf").pages[0].extract_text()
    assert "陈志远" in blank
    assert "2026年10月14日" in blank, "the last day in time of the version in force"
    assert WHY[:12] not in blank
