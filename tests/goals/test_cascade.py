"""The cascade: firm, teams, people and the time of their goals; what parts come to, to the fen."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.goals import queries, rules, service
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.storage import redoable, revert, undoable, unit
from desktopapp.team import service as team
from tests.sales.made import deal

pytestmark = pytest.mark.usefixtures("file")
TODAY, START = date(2026, 11, 23), date(2026, 1, 1)
YEAR, Q4 = Period.parse("2026"), Period.parse("2026Q4")


@pytest.fixture
def wang(file):
    return team.add(today=START, name="王芳", team="华东")


@pytest.fixture
def li(file):
    return team.add(today=START, name="李娜", team="华东")


def asks(whose, name="签约额", target=100, *, period=YEAR, weight=100, **more):
    """A goal of a person, a team, or of the firm where there is no name."""
    of = {"person": whose} if isinstance(whose, int) else {"team": whose}
    horizon = "long" if period == YEAR else "short"
    return service.set_goal(**of, period=period, name=name, target=Decimal(target), weight=Decimal(weight),
                            horizon=horizon, today=START, **more)  # fmt: skip


def typed(goal, value):
    service.check_in(goal=goal, value=Decimal(value), day=TODAY, today=TODAY)


def standing(goal):
    return queries.goal(goal, today=TODAY)


def parts(above, *reached, **more):
    """Goals of a hundred below one, each so far."""
    for nth, each in enumerate(reached):
        part = asks("", f"{above}-{nth}", 100, unit="分", parent=above, **more)
        typed(part, each)


def tree(period=Q4):
    return [(branch.depth, branch.goal.name, branch.goal.goal) for branch in queries.cascade(period, TODAY)]


def test_the_cascade_goes_from_the_firm_over_teams_to_people_and_from_the_year_to_the_quarter(wang, li):
    firm = asks("", "公司签约额")
    east = asks("华东", "小组签约额", parent=firm)
    annual = asks(wang, "年度签约额", parent=east)
    asks(wang, "季度签约额", period=Q4, parent=annual)
    asks(li, "年度签约额", parent=east)
    assert tree() == [
        (0, "", "公司签约额"), (1, "华东", "小组签约额"), (2, "李娜", "年度签约额"), (2, "王芳", "年度签约额"),
        (3, "王芳", "季度签约额"),
    ]  # fmt: skip


def test_of_another_time_nothing_stands_in_it_and_what_serves_nothing_stands_alone(wang):
    asks(wang, "季度签约额", period=Q4)
    assert tree(Period.parse("2027")) == []
    assert tree(YEAR) == [(0, "王芳", "季度签约额")]


def test_who_left_and_what_was_closed_stand_in_it_no_more(wang, li):
    firm = asks("", "公司签约额")
    service.close_goal(goal=asks(wang, "甲", parent=firm), reason="改计划")
    asks(li, "乙", parent=firm)
    team.let_go(person=li, day=date(2026, 11, 1))
    assert tree() == [(0, "", "公司签约额")]


def test_a_goal_may_serve_what_is_wider_in_whose_and_when(wang, li):
    firm, east = asks("", "公司"), asks("华东", "小组")
    mine, other = asks(wang, "年度"), asks(li, "年度")
    assert {row.id for row in queries.can_serve(wang, Q4)} == {firm, east, mine}
    assert {row.id for row in queries.can_serve("华东", YEAR, None, east)} == {firm}
    assert {row.id for row in queries.can_serve(None, YEAR, None, firm)} == set()
    with pytest.raises(Refused) as no:
        asks(wang, "季度", period=Q4, parent=other)
    assert no.value.field == "parent"


@pytest.mark.parametrize(("reached", "percent"), [((50, 0), "25"), ((50, 100), "75"), ((25, 0, 25), "16.667")])
def test_the_mean_of_parts_is_what_the_textbook_says(file, reached, percent):
    above = asks("", "上级", rollup=rules.MEAN)
    parts(above, *reached)
    assert round(standing(above).attainment * 100, 3) == Decimal(percent)


def test_a_part_that_has_parts_comes_to_what_they_come_to(file):
    above = asks("", "上级", rollup=rules.MEAN)
    nested = asks("", "中级", parent=above, rollup=rules.MEAN)
    parts(above, 0)
    parts(nested, 50, 0)
    assert standing(above).attainment == Share("0.125")


def test_the_weighted_mean_counts_each_part_by_its_weight(file):
    above = asks("", "综合", rollup=rules.WEIGHTED)
    for name, reached, weight in (("甲", "12.5", 30), ("乙", "50", 70)):
        typed(asks("", name, 100, unit="分", parent=above, weight=weight), reached)
    assert standing(above).attainment == Share("0.3875")
    assert round(standing(above).attainment * 100 / 20, 3) == Decimal("1.938")


def test_from_its_start_a_key_result_has_come_two_fifths_of_its_way(file):
    goal = asks("", "满意度", 85, unit="分", start=Decimal(60))
    typed(goal, 70)
    assert standing(goal).attainment == Share("0.4")


def test_a_sum_of_parts_is_counted_to_the_fen(wang, li):
    firm = asks("", "公司签约额", 3_000, rollup=rules.SUM, metric="signed_amount")
    for person, sum_ in ((wang, "333.33"), (li, "666.68")):
        deal(person, sum_, date(2026, 10, 8))
        asks(person, "签约额", 1_000, parent=firm, metric="signed_amount")
    row = standing(firm)
    assert row.actual == Money.yuan("1000.01")
    assert (row.parts, row.known, row.source) == (2, 2, queries.PARTS)


def test_what_is_not_given_out_and_what_is_given_out_too_much_is_told(wang, li):
    firm = asks("", "公司签约额", 30_000_000, rollup=rules.SUM, metric="signed_amount")
    asks(wang, "签约额", 10_000_000, parent=firm, metric="signed_amount")
    assert standing(firm).allocation.left == Money.yuan(20_000_000)
    asks(li, "签约额", 25_000_000, parent=firm, metric="signed_amount")
    assert standing(firm).allocation.left == Money.yuan(-5_000_000)


def test_given_out_to_people_and_over_the_quarters_is_two_ways_of_the_same(wang, li):
    firm = asks("", "公司签约额", 100, metric="signed_amount")
    for nth in (1, 2):
        asks("", "公司季度签约额", 25, period=Period.parse(f"2026Q{nth + 2}"), parent=firm, metric="signed_amount")
    assert standing(firm).allocation.left == Money.yuan(50)
    for whose in (wang, li):
        asks(whose, "签约额", 45, parent=firm, metric="signed_amount")
    assert standing(firm).allocation.left == Money.yuan(10)


def test_a_goal_to_be_made_of_parts_keeps_its_own_figure_while_it_has_none(file):
    above = asks("", "上级", 100, unit="分", rollup=rules.MEAN)
    typed(above, 40)
    assert standing(above).attainment == Share("0.4")


def test_milestones_count_the_parts_achieved(file):
    above = asks("", "里程碑", 3, unit="项", rollup=rules.MILESTONES)
    parts(above, 100, 100, 20)
    row = standing(above)
    assert (row.actual, round(row.attainment, 3)) == (Decimal(2), Decimal("0.667"))


def test_goals_that_rest_on_each_other_and_came_in_one_request_are_undone_and_done_again(wang):
    with unit("tests.cascade", M("Working…")):
        firm = asks("", "公司签约额")
        asks(wang, "年度签约额", parent=asks("华东", "小组签约额", parent=firm))
    before = tree(YEAR)
    revert(undoable().unit)
    assert tree(YEAR) == []
    revert(redoable().unit)
    assert tree(YEAR) == before != []
