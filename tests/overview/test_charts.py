"""What the pages and the sheets draw of several areas."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import charts, person
from desktopapp.overview.standing import Month
from desktopapp.reviews import queries, service
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
HALVES = ("2026Q1", "2026Q2", "2026Q3")


@pytest.fixture
def judged(file):
    """Somebody with three signed reviews, each better than the last."""
    who = team.add(name="张伟", joined=date(2023, 4, 10), today=TODAY)
    for nth, period in enumerate(HALVES, 2):
        cycle = service.start(period=Period.parse(period), template="quarterly", today=TODAY)
        review = queries.reviews(cycle)[0].id
        for each in queries.form(cycle).dimensions:
            service.score(review=review, dimension=each.id, score=Decimal(nth))
        service.sign(review=review, today=TODAY)
    return who


def test_a_year_is_drawn_in_ten_thousand_yuan_with_gaps_where_nothing_was_asked(zh):
    work = [Month(Period.parse("2026-10"), Money.yuan(128_000), Money.yuan(100_000)),
            Month(Period.parse("2026-11"), Money.yuan(5_000), Money.yuan(0))]  # fmt: skip
    chart = charts.months(work, zh)
    assert (chart.labels, chart.values, chart.target, chart.current) == (["10月", "11月"], [12.8, 0.5], [10, None], 1)
    assert chart.names == ("实际", "目标")


def test_the_totals_of_reviews_go_from_left_to_right(judged, zh):
    chart = charts.totals(queries.results(judged), zh)
    assert list(chart.labels) == list(HALVES)
    [(name, values)] = chart.series
    assert (name, values) == ("最终得分", [40.0, 60.0, 80.0])


def test_the_last_review_is_drawn_beside_the_one_before(judged, zh):
    work = person.work(judged, TODAY)
    chart = charts.dimensions(work.last, zh)
    assert set(chart.now) == {0.8}
    assert set(chart.before) == {0.6}
    assert chart.write(0.8) == "4"
    assert [str(each.period) for each in work.judged] == ["2026Q3", "2026Q2", "2026Q1"]


def test_a_dimension_not_yet_scored_is_left_out(file, zh):
    team.add(name="张伟", joined=date(2023, 4, 10), today=TODAY)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    sheet = queries.sheet(queries.reviews(cycle)[0].id)
    assert set(charts.dimensions(sheet, zh).now) == {None}


def test_nobody_judged_has_no_review_to_draw(file):
    who = team.add(name="张伟", joined=date(2023, 4, 10), today=TODAY)
    assert person.work(who, TODAY).last is None


@pytest.mark.parametrize(("name", "axis"), [
    ("回款与应收", "回款"), ("新客户开发", "新客户"), ("团队协作", "团队协作"),
    ("Customer satisfaction and service", "Customer"), ("New business", "Business"), ("Teamwork", "Teamwork"),
])  # fmt: skip
def test_the_names_of_axes_are_short(name, axis):
    assert charts.short(name) == axis
