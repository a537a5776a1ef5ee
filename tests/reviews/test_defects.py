"""What went wrong in other systems of this kind, each with the proof that it does not here."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.queries import register
from desktopapp.reviews.queries.notices import notices
from desktopapp.reviews.rules import drafting
from desktopapp.team import service as roster
from tests.conftest import TODAY
from tests.reviews.team import NAMES, hire, review_of, score_all

pytestmark = pytest.mark.usefixtures("file")
Q3 = Period.parse("2026Q3")


def start(template="quarterly", period=Q3, today=TODAY):
    return service.start(period=period, template=template, today=today)


@pytest.mark.parametrize(
    ("policy", "total"), [("renormalise", Decimal(100)), ("zero", Decimal(80)), ("block", None)]
)  # fmt: skip
def test_d1_an_absent_self_assessment_counts_as_nothing_only_where_the_owner_said_so(policy, total):
    hire(3)
    service.edit_template(form=replace(queries.template("quarterly"), policy=policy))
    review = review_of(start(), "李娜")
    score_all(review, Decimal(5))
    sheet = queries.sheet(review)
    assert (sheet.total if sheet.grade else None) == total
    assert sheet.missing == ({"self"} if policy == "block" else set())


@pytest.mark.parametrize(("scale", "good", "beyond"), [("ten", "8", "10.5"), ("hundred", "80", "101")])
def test_d4_a_template_of_ten_or_a_hundred_points_works_from_its_start_to_its_signature(scale, good, beyond):
    hire(3)
    service.edit_template(form=drafting.on_scale(queries.template("quarterly"), scale))
    review = review_of(start(), "李娜")
    score_all(review, Decimal(good))
    score_all(review, Decimal(good), by=service.self_score)
    with pytest.raises(Refused):
        service.score(review=review, dimension="growth", score=Decimal(beyond))
    service.sign(review=review, today=TODAY)
    assert (queries.sheet(review).total, queries.sheet(review).grade) == (80, "A")


def test_d6_the_next_round_keeps_its_raters():
    people = hire(6)
    first = start("annual", Period.parse("2024"))
    service.ask_peers(cycle=first, today=TODAY)
    customers = ["刘总", "陈经理", "周工"]
    service.set_raters(review=review_of(first, "李娜"), relation="customer", names=customers, today=TODAY)
    second = start("annual", Period.parse("2025"))
    for name in people:
        before, after = (queries.raters(review_of(cycle, name)) for cycle in (first, second))
        assert [(row.relation, row.rater) for row in after] == [(row.relation, row.rater) for row in before]
        assert {row.state for row in after} == {"created"}


def test_d6_a_pc_that_was_off_for_ten_days_still_tells_of_the_round_and_it_starts_once():
    hire(3)
    switched_on = Q3.end + timedelta(days=20)
    assert [each.due for each in notices(switched_on)] == [Q3.end + timedelta(days=10)]
    start(today=switched_on)
    assert [each.due for each in notices(switched_on)] == [switched_on + timedelta(days=10)]
    with pytest.raises(Refused):
        start(today=switched_on)


@pytest.mark.parametrize("score", ["10.9", "10.01", "0.5", "7.5"])
def test_d9_a_score_is_held_against_the_scale_with_its_decimals(score):
    hire(3)
    service.edit_template(form=drafting.on_scale(queries.template("quarterly"), "ten"))
    review = review_of(start(), "李娜")
    with pytest.raises(Refused):
        service.score(review=review, dimension="growth", score=Decimal(score))
    assert queries.sheet(review).done == 0


def test_d9_the_final_score_is_weighed_and_set_otherwise_only_with_a_reason_that_stays():
    hire(3)
    review = review_of(start(), "李娜")
    score_all(review, Decimal(4))
    with pytest.raises(Refused):
        service.calibrate(review=review, total=Decimal(101), reason="更好", today=TODAY)
    with pytest.raises(Refused):
        service.calibrate(review=review, total=Decimal(90), reason="", today=TODAY)
    service.calibrate(review=review, total=Decimal(90), reason="与华东组同尺度", today=TODAY)
    sheet = queries.sheet(review)
    assert (sheet.computed, sheet.total, sheet.calibrations[0].reason) == (80, 90, "与华东组同尺度")


def test_d10_a_result_that_is_changed_keeps_the_old_one_with_its_score_and_its_reason():
    hire(3)
    review = review_of(start(), "李娜")
    score_all(review, Decimal(3))
    service.sign(review=review, today=TODAY)
    for score, reason in ((Decimal(4), "异议成立：漏计回款"), (Decimal(5), "复核：漏计新客户")):
        service.amend(review=review, reason=reason)
        service.score(review=review, dimension="collection", score=score)
        service.sign(review=review, today=TODAY)
    kept = [register.version(review, version) for version in (1, 2, 3)]
    assert [each.total for each in kept] == [60, 63, 66]
    assert [row.reason for row in register.versions(review)] == ["复核：漏计新客户", "异议成立：漏计回款", ""]
    assert register.faults() == []


def test_d16_one_click_reviews_every_department_and_position_by_its_own_template():
    people = hire(12)
    for name, group in zip(NAMES, ("华东", "华南", "华北", "大客户"), strict=False):
        roster.change(person=people[name], team=group)
    service.set_position(position="大客户经理", template="key_account")
    start()
    [cycle] = queries.cycles()
    forms = {row.name: queries.form_of(row.id).id for row in queries.reviews(cycle.id)}
    assert forms == {name: "key_account" if name == "赵敏" else "quarterly" for name in NAMES}


def test_d16_five_quarters_are_five_rounds_however_many_departments_there_are():
    hire(12)
    for period in ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"):
        start(period=Period.parse(period), today=date(2026, 10, 8))
    assert len(queries.cycles()) == 5
    assert {row.people for row in queries.cycles()} == {12}


def test_the_shipped_figures_are_those_the_tests_above_rest_on():
    assert queries.template("quarterly").weights == {"self": 20, "superior": 80}
    assert rules.fewest("peer") == 3
