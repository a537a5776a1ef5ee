"""The figures of the sales page: results, funnel, receivables, stages, and the forecast to the fen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import M
from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.sales import queries, rules
from desktopapp.sales.models import LOST, OPEN, VOID, WON
from desktopapp.sales.queries import Cut, Days, Scope, figures
from desktopapp.storage import unit
from desktopapp.team import service as team
from tests.sales.made import account, deal, moved, order, paid, planned, stages

pytestmark = pytest.mark.usefixtures("file")
TODAY = date(2026, 11, 23)
Q4 = Period.parse("2026Q4")
SOON = date(2026, 12, 15)
FIRM = Scope(Q4)


@pytest.fixture
def wang(file):
    return team.add(today=date(2026, 1, 1), name="王芳", team="华东")


@pytest.fixture
def li(file):
    return team.add(today=date(2026, 1, 1), name="李娜", team="华南")


def coming(*deals, when=SOON):
    """Open deals by amount and odds, and what may be expected of them."""
    for amount, odds in deals:
        deal(None, amount, when, OPEN, odds=odds)
    return figures.forecast(FIRM, TODAY)


# The forecast


@pytest.mark.parametrize(("deals", "expected"), [
    ([(20_000, "0.30")], "6000"),
    ([(10_000, "0.60")] * 3, "18000"),
    ([(50_000, "0.40"), (30_000, "0.80")], "44000"),
    ([(100_000, "0.10")], "10000"),
    ([(100_000, "0.50")], "50000"),
    ([(100_000, "0.80")], "80000"),
    ([("0.01", "0.50")], "0.01"),
    ([("0.01", "0.49")], "0"),
    ([("33.33", "0.3333")] * 3, "33.33"),
])  # fmt: skip
def test_each_open_deal_is_expected_by_its_probability(deals, expected):
    assert coming(*deals).coming.expected == Money.yuan(expected)


def test_the_forecast_names_how_far_it_may_be_missed():
    said = coming((45_000, "0.70"), (18_500, "0.85"), (12_000, "0.50"))
    assert said.weighted == Money.yuan("53225.00")
    assert said.coming.spread == Money.yuan("22469.69")
    assert (said.low, said.high) == (Money.yuan("30755.31"), Money.yuan("75500.00"))


def test_the_range_never_falls_below_what_is_won_nor_rises_above_what_could_be(wang):
    deal(wang, 5_000, date(2026, 10, 8))
    said = coming((1_000, "0.10"))
    assert (said.low, said.weighted, said.high) == (Money.yuan(5_000), Money.yuan(5_100), Money.yuan(5_400))


def test_deals_are_expected_in_the_month_they_are_due_in():
    for amount, odds, when in ((100_000, "0.5", "2027-06-15"), (100_000, "0.5", "2027-07-15"),
                               (100_000, "1", "2027-08-15")):  # fmt: skip
        deal(None, amount, date.fromisoformat(when), OPEN, odds=odds)
    months = [Period.parse(f"2027-{month:02}") for month in (5, 6, 7, 8)]
    found = figures.expected_by_month(FIRM, months, TODAY)
    assert [found[month].in_yuan for month in months] == [0, 50_000, 50_000, 100_000]


def test_what_is_lost_or_void_counts_nothing_whatever_its_probability_says(wang):
    for status in (LOST, VOID):
        deal(wang, 100_000, SOON, status, odds="1")
    said = coming((20_000, "0.30"))
    assert (said.weighted, said.coming.count) == (Money.yuan(6_000), 1)


def test_what_is_won_stands_apart_and_counts_whole_whatever_its_probability_says(wang):
    deal(wang, 9_000, date(2026, 10, 8), odds="0.5")
    said = coming((20_000, "0.30"))
    assert (said.won, said.coming.expected, said.weighted) == (Money.yuan(9_000), Money.yuan(6_000), Money.yuan(15_000))


def test_a_deal_whose_date_has_passed_has_slipped_and_nothing_is_expected_of_it(wang):
    deal(wang, 70_000, TODAY - timedelta(1), OPEN, odds="0.9")
    deal(wang, 30_000, None, OPEN, odds="0.9")
    said = coming((20_000, "0.30"), when=TODAY)
    assert (said.slipped.count, said.slipped.amount) == (1, Money.yuan(70_000))
    assert (said.undated.count, said.undated.amount) == (1, Money.yuan(30_000))
    assert (said.coming.count, said.weighted) == (1, Money.yuan(6_000))


def test_a_deal_left_out_of_the_forecast_by_the_crm_is_left_out_here(wang):
    deal(wang, 70_000, SOON, OPEN, odds="0.9", category="omitted")
    deal(wang, 10_000, SOON, OPEN, odds="0.5", category="commit")
    assert figures.forecast(FIRM, TODAY).coming.amount == Money.yuan(10_000)


def test_a_deal_takes_the_probability_of_the_stage_it_is_in_unless_it_has_its_own(wang):
    stages("0.2", "0.6")
    one = deal(wang, 10_000, SOON, OPEN, stage="A")
    deal(wang, 10_000, SOON, OPEN, stage="A", odds="0.5")
    assert figures.forecast(FIRM, TODAY).coming.expected == Money.yuan(7_000)
    with unit("sales.test", M("x")):
        one.stage = "B"
        one.save()
    assert figures.forecast(FIRM, TODAY).coming.expected == Money.yuan(11_000)


def test_deals_of_no_known_probability_are_counted_and_told_of(wang):
    deal(wang, 10_000, SOON, OPEN, stage="???")
    said = figures.forecast(FIRM, TODAY).coming
    assert (said.count, said.amount, said.expected, said.unrated) == (1, Money.yuan(10_000), ZERO, 1)


def test_coverage_is_measured_against_what_is_still_to_be_sold(wang):
    deal(wang, 300_000, date(2026, 10, 8))
    deal(None, 425_000, SOON, OPEN, odds="0.3")
    said = figures.forecast(FIRM, TODAY, target=Money.yuan(500_000))
    assert said.remaining == Money.yuan(200_000)
    assert round(said.coverage, 1) == Decimal("2.1")
    assert said.gap == Money.yuan(175_000)


def test_where_the_target_is_reached_nothing_is_left_to_be_covered(wang):
    deal(wang, 600_000, date(2026, 10, 8))
    said = figures.forecast(FIRM, TODAY, target=Money.yuan(500_000))
    assert (said.remaining, said.coverage, said.gap) == (ZERO, None, ZERO)


# Stages


def closed_from(stage, won, lost):
    """Deals that came to an end after a stage."""
    for nth in range(won + lost):
        one = deal(None, 1, date(2026, 6, 1), WON if nth < won else LOST)
        moved(one, stage, "赢单" if nth < won else "输单", date(2026, 6, 1), status=one.status, days=nth)


def test_a_probability_is_tested_by_what_became_of_the_deals():
    stages("0.5", "0.5", "0.2")
    closed_from("A", 30, 70)
    closed_from("B", 5, 5)
    closed_from("C", 30, 70)
    tested = figures.calibrations()
    assert (tested["A"].rate, tested["A"].verdict) == (Share("0.3"), rules.TOO_HIGH)
    assert round(tested["A"].overstated, 2) == Share("0.67")
    assert (tested["B"].closed, tested["B"].verdict) == (10, rules.TOO_THIN)
    assert tested["C"].verdict == rules.TOO_LOW


def test_a_stage_without_history_says_so():
    stages("0.5")
    assert figures.calibrations()["A"].verdict == rules.TOO_THIN
    assert figures.calibrations()["A"].rate is None


def test_a_deal_that_came_twice_through_a_stage_is_one_deal():
    stages("0.5")
    one = deal(None, 1, date(2026, 6, 1))
    for when in (1, 2):
        moved(one, "A", "B", date(2026, 5, when))
    assert (figures.calibrations()["A"].won, figures.calibrations()["A"].closed) == (1, 1)


def test_the_days_in_a_stage_are_the_middle_ones_of_the_year(wang, li):
    stages("0.5", "0.6")
    for person, days in ((wang, 3), (wang, 9), (li, 4), (li, 100)):
        moved(deal(person, 1, SOON, OPEN, stage="B"), "A", "B", date(2026, 8, 1), days=days)
    moved(deal(wang, 1, SOON, OPEN, stage="B"), "A", "B", date(2024, 8, 1), days=1000)
    moved(deal(wang, 1, SOON, OPEN, stage="B"), "A", "B", date(2026, 8, 1))
    first, second = figures.stage_lines(FIRM, TODAY)
    assert (first.stage, first.typical, first.left) == ("A", 4, 4)
    assert (second.typical, second.count) == (None, 6)
    mine, _ = figures.stage_lines(Scope(Q4, wang), TODAY)
    assert (mine.typical, mine.left) == (3, 2)


# The funnel


def test_the_funnel_tells_how_far_the_deals_of_the_period_came(wang):
    stages("0.1", "0.3", "0.6")
    deal(wang, 100, date(2026, 10, 8))
    deal(wang, 10, SOON, OPEN, stage="B")
    deal(wang, 1, SOON, OPEN, stage="A")
    at_last = deal(wang, 1000, date(2026, 11, 1), LOST, stage="输单")
    moved(at_last, "A", "B", date(2026, 10, 9))
    moved(at_last, "B", "C", date(2026, 10, 19))
    moved(at_last, "C", "输单", date(2026, 11, 1), status=LOST)
    deal(wang, 7, date(2026, 11, 1), LOST, stage="输单")
    deal(wang, 7, date(2026, 11, 1), VOID)
    deal(wang, 7, date(2026, 9, 30))
    steps = figures.funnel(FIRM, TODAY)
    assert [(step.stage, step.count, step.amount.in_yuan) for step in steps] == [
        ("A", 5, 1118), ("B", 3, 1110), ("C", 2, 1100), ("", 1, 100),
    ]  # fmt: skip
    assert [step.passed for step in steps] == [None, Share("0.6"), Share(2) / 3, Share("0.5")]


def test_without_stages_the_funnel_goes_from_all_deals_to_the_sale(wang):
    deal(wang, 100, date(2026, 10, 8))
    deal(wang, 1, SOON, OPEN)
    assert [(step.stage, step.count) for step in figures.funnel(FIRM, TODAY)] == [("—", 2), ("", 1)]


# Receivables


def test_what_is_owed_is_told_by_how_late_it_is(wang):
    for late, amount in ((-5, 1), (0, 2), (1, 4), (30, 8), (31, 16), (60, 32), (61, 64), (90, 128), (91, 256)):
        planned("甲", amount, TODAY - timedelta(late), person=wang)
    order("乙", 512, TODAY - timedelta(400))
    found = figures.ageing(FIRM, TODAY)
    assert [(due.cut.at, due.sum.in_yuan, due.count) for due in found] == [
        ("ahead", 3, 2), ("1-30", 12, 2), ("31-60", 48, 2), ("61-90", 192, 2), ("91", 768, 2),
    ]  # fmt: skip
    assert sum((due.sum for due in figures.ageing(Scope(Q4, wang), TODAY)), ZERO) == Money.yuan(511)


def test_what_was_owed_on_a_day_that_is_past_is_known_still(wang):
    due = date(2026, 9, 1)
    for amount, came, when in ((100, 60, "2026-10-15"), (50, 50, "2026-10-20"), (7, 7, "2026-09-20"), (3, 0, None)):
        planned("甲", amount, due, amount=Money.yuan(came), day=when and date.fromisoformat(when))
    now, then = Cut("owed", FIRM, TODAY), Cut("owed", FIRM, date(2026, 9, 30), past=True)
    assert queries.total(now) == (Money.yuan(43), 2)
    assert queries.total(then) == (Money.yuan(153), 3)


# Parted by person, product and level


def test_figures_are_parted_by_person_product_and_level(wang, li):
    large = account("华鼎机电", level="A")
    first = deal(wang, 100, date(2026, 10, 8), product="货架", account=large)
    deal(li, 30, date(2026, 10, 9), product="照明")
    deal(li, 1, date(2026, 10, 9), LOST, product="照明")
    deal(None, 7, SOON, OPEN, product="照明", account=large)
    paid(first, 40, date(2026, 11, 1))

    def told(by):
        return {part.key: (part.won.in_yuan, part.deals, part.lost, part.open.in_yuan, part.collected.in_yuan)
                for part in figures.parts(by, FIRM, TODAY)}  # fmt: skip

    assert told(figures.PERSON) == {wang: (100, 1, 0, 0, 40), li: (30, 1, 1, 0, 0), 0: (0, 0, 0, 7, 0)}
    assert told(figures.PRODUCT) == {"货架": (100, 1, 0, 0, 40), "照明": (30, 1, 1, 7, 0)}
    assert told(figures.TIER) == {"A": (100, 1, 0, 7, 40), "—": (30, 1, 1, 0, 0)}


@pytest.mark.parametrize("by", [figures.PERSON, figures.PRODUCT, figures.TIER])
def test_the_rows_behind_a_part_add_up_to_it(wang, li, by):
    large = account("华鼎机电", level="A")
    for nth, (person, product, customer) in enumerate(((wang, "货架", large), (li, "", None), (None, "照明", large))):
        paid(deal(person, 10 + nth, date(2026, 10, 8), product=product, account=customer), nth, date(2026, 11, 1))
        deal(person, 100 + nth, SOON, OPEN, product=product, account=customer)
    for part in figures.parts(by, FIRM, TODAY):
        for kind, figure in (("won", part.won), ("open", part.open), ("collected", part.collected)):
            cut = Cut(kind, part.scope, TODAY)
            assert queries.total(cut)[0] == figure
            assert len(queries.keys_of(cut)) == queries.total(cut)[1]


def test_every_figure_leads_to_rows_that_add_up_to_it(wang):
    stages("0.1", "0.3")
    deal(wang, 100, date(2026, 10, 8))
    deal(wang, 10, SOON, OPEN, stage="B")
    planned("甲", 64, TODAY - timedelta(70), person=wang)
    planned("乙", 8, TODAY + timedelta(7), person=wang)
    made = [(step.cut, step.amount, step.count) for step in figures.funnel(FIRM, TODAY)]
    made += [(due.cut, due.sum, due.count) for due in figures.ageing(FIRM, TODAY)]
    made += [(line.cut, line.amount, line.count) for line in figures.stage_lines(FIRM, TODAY)]
    said = figures.forecast(FIRM, TODAY)
    made += [(Cut("coming", FIRM, TODAY), said.coming.amount, said.coming.count)]
    assert len(made) == 11
    for cut, figure, count in made:
        assert queries.total(cut) == (figure, count)
        assert len(queries.keys_of(cut)) == count


def test_months_are_told_of_one_scope(wang, li):
    deal(wang, 1, date(2026, 10, 31))
    deal(li, 2, date(2026, 11, 1))
    months = Q4.within()
    found = figures.by_month("won", FIRM, months, TODAY)
    assert [found[month].in_yuan for month in months] == [1, 2, 0]
    assert figures.by_month("won", replace(FIRM, team="华南"), months, TODAY)[months[0]] == ZERO


def test_any_days_make_a_period(wang):
    deal(wang, 1, date(2026, 10, 31))
    deal(wang, 2, date(2026, 11, 1))
    assert queries.total(Cut("won", Scope(Days(date(2026, 11, 1), TODAY)), TODAY)) == (Money.yuan(2), 1)
