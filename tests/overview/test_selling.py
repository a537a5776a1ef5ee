"""How sales stand in a period, beside what was asked, on the screen and on one page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.goals import service as goals
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import sales_summary, sample, selling
from desktopapp.sales import queries as sales
from desktopapp.sales.models import LOST, OPEN
from desktopapp.sales.queries import Cut, Scope
from desktopapp.sales.queries.listed import cut_rows
from desktopapp.team import service as team
from tests.sales.made import account, deal, order, planned, stages

TODAY = date(2026, 11, 23)
Q4 = Period.parse("2026Q4")
YUAN = Money.yuan


@pytest.fixture
def zhang(file):
    return team.add(name="张伟", today=TODAY)


@pytest.fixture
def wang(file):
    return team.add(name="王芳", today=TODAY)


def asks(person, period, target, metric="signed_amount"):
    goals.set_goal(person=person, period=Period.parse(period), name="签约额", metric=metric, target=Decimal(target),
                   weight=Decimal(100), today=TODAY)  # fmt: skip


def seen(person=None, period=Q4, **scope):
    return selling.selling(Scope(period, person=person, **scope), "person", TODAY)


def test_each_is_shown_beside_what_was_asked_of_him_also_who_sold_nothing(zhang, wang):
    asks(zhang, "2026Q4", 100_000)
    deal(zhang, 80_000, date(2026, 10, 20))
    found = seen()
    assert [(each.name, each.won, each.target) for each in found.sellers] == [
        ("张伟", YUAN(80_000), YUAN(100_000)), ("王芳", YUAN(0), None),
    ]  # fmt: skip
    assert found.sellers[0].attainment == Decimal("0.8")


def test_a_target_of_the_year_is_asked_in_parts_where_no_shorter_one_is_agreed(zhang, wang):
    asks(zhang, "2026", 1_200_000)
    asks(wang, "2026", 1_200_000)
    asks(wang, "2026-11", 50_000)
    assert selling.targets(Q4) == {zhang: YUAN(300_000), wang: YUAN(250_000)}
    assert selling.targets(Period.parse("2026-11")) == {zhang: YUAN(100_000), wang: YUAN(50_000)}


def test_of_the_firm_its_own_target_counts_and_not_the_sum_of_its_people(zhang):
    asks(zhang, "2026Q4", 100_000)
    assert seen().forecast.target == YUAN(100_000)
    asks(None, "2026Q4", 400_000)
    assert seen().forecast.target == YUAN(400_000)
    assert seen(zhang).forecast.target == YUAN(100_000)


def test_by_product_or_level_nothing_is_asked_and_what_names_none_is_said_so(zhang):
    asks(zhang, "2026Q4", 100_000)
    a = account("甲公司", level="A")
    deal(zhang, 500, date(2026, 10, 20), product="叉车", account=a.id, customer="甲公司")
    deal(zhang, 300, date(2026, 10, 21))
    by_product = selling.sellers(Scope(Q4), "product", TODAY)
    assert [each.won for each in by_product] == [YUAN(500), YUAN(300)]
    assert by_product[0].name == "叉车"
    assert [each.target for each in by_product] == [None, None]
    assert seen(product="叉车").forecast.won == YUAN(500)
    assert seen(product="叉车").forecast.target is None
    assert seen(tier="A").forecast.won == YUAN(500)


def test_what_is_late_is_what_is_owed_past_its_day(zhang):
    planned("甲公司", 700, date(2026, 12, 5))
    planned("乙公司", 400, date(2026, 11, 3))
    order("丙公司", 200, date(2026, 8, 1))
    found = seen()
    assert found.late == YUAN(600)
    assert [each.sum for each in found.owed] == [YUAN(700), YUAN(400), YUAN(0), YUAN(0), YUAN(200)]


def test_months_to_come_show_what_may_be_expected(zhang):
    stages("0.5")
    deal(zhang, 100, date(2026, 10, 20))
    deal(zhang, 1000, date(2026, 12, 20), OPEN, odds="0.5")
    months = {str(each.month): each for each in seen().months}
    assert next(iter(months)) == "2026-07"
    assert (months["2026-10"].won, months["2026-12"].won) == (YUAN(100), YUAN(0))
    assert months["2026-12"].expected == YUAN(500)


def test_a_forecast_says_what_it_leaves_out(zhang, zh):
    asks(zhang, "2026Q4", 10_000)
    deal(zhang, 1000, date(2026, 11, 1), OPEN, odds="0.5")
    deal(zhang, 2000, None, OPEN, odds="0.5")
    deal(zhang, 4000, date(2026, 12, 1), OPEN)
    told = [zh.text(each) for each in selling.said(seen().forecast)]
    assert told == [
        "1 个进行中商机（¥1,000.00）已过预计成交日，改期之前不计入预测。",
        "1 个进行中商机（¥2,000.00）没有预计成交日。",
        "1 个商机没有赢率，未计入预测。",
        "距目标还差¥10,000.00，进行中商机是它的 0.4 倍，一般应有 3 倍。",
    ]


KINDS = ("won", "lost", "closed", "open", "coming", "slipped", "collected", "owed", "due", "new")


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_leads_to_rows_that_add_up_to_it(file, kind):
    sample.load(TODAY)
    cut = Cut(kind, Scope(Q4), TODAY)
    numbers = sales.keys_of(cut)
    found = cut_rows(cut, numbers)
    amount, count = sales.total(cut)
    assert len(found) == count > 0
    assert [row.id for row in found] == list(numbers)
    assert sum(row.amount.fen for row in found if row.amount) == amount.fen
    assert all(row.customer for row in found)


def test_an_order_that_is_owed_is_listed_by_its_own_name(zhang, file):
    order("丙公司", 200, date(2026, 8, 1), name="叉车二台", person=zhang)
    cut = Cut("owed", Scope(Q4), TODAY)
    [row] = cut_rows(cut, sales.keys_of(cut))
    assert (row.name, row.customer, row.person, row.amount) == ("叉车二台", "丙公司", "张伟", YUAN(200))
    assert row.id < 0


def test_the_summary_is_printed_with_everybody_and_their_sum(file, tmp_path, zh, en):
    sample.load(TODAY)
    found = seen()
    made = sales_summary.summary(tmp_path / "sd.pdf", (zh,), period=Q4, today=TODAY)
    said = "".join(page.extract_text() for page in PdfReader(made.path).pages)
    assert all(each.name in said for each in found.sellers)
    assert zh.show(found.forecast.won) in said
    assert sales_summary.summary(tmp_path / "both.pdf", (zh, en), period=Q4, today=TODAY).pages <= 2


def test_win_rate_counts_what_came_to_an_end(zhang):
    deal(zhang, 100, date(2026, 10, 20))
    deal(zhang, 100, date(2026, 10, 21), LOST)
    deal(zhang, 100, date(2026, 12, 21), OPEN)
    assert seen().win_rate == Decimal("0.5")
