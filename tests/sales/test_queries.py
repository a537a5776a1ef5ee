"""What was sold, collected and is owed, by person and period."""

from datetime import date

import pytest

from desktopapp.kernel.message import M
from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.narrowing import Holds, OneOf, Within, fits
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.kernel.tally import Tally
from desktopapp.sales import queries, service
from desktopapp.sales.models import Account, Collection
from desktopapp.sales.queries import Cut, Scope
from desktopapp.storage import revert, undoable, unit
from desktopapp.team import service as team
from desktopapp.team.rules import PERSON
from tests.sales.made import deal, order, paid, planned

pytestmark = pytest.mark.usefixtures("file")
Q3 = Period.parse("2026Q3")


@pytest.fixture
def wang(file):
    return team.add(today=date(2026, 1, 1), name="王芳")


def test_only_deals_won_within_the_period_count(wang):
    deal(wang, "0.10", date(2026, 7, 1))
    deal(wang, "0.20", date(2026, 9, 30))
    deal(wang, 100, date(2026, 10, 1))
    deal(wang, 100, date(2026, 8, 1), status="lost")
    deal(wang, 100, date(2026, 8, 1), status="open")
    assert queries.sold(wang, Q3) == Money.yuan("0.30")
    assert queries.total(Cut("won", Scope(Q3, wang), Q3.end)) == (Money(30), 2)
    assert queries.sold_by_person(Q3) == {wang: Money(30)}


def test_sums_of_two_currencies_are_never_added_up(wang):
    deal(wang, 100, date(2026, 7, 1))
    deal(wang, 7, date(2026, 7, 2), currency="USD")
    assert queries.sold(wang, Q3) == Money.yuan(100)
    assert sum(queries.sold_by_month(Q3.within()).values(), ZERO) == Money.yuan(100)
    assert queries.total(Cut("foreign", Scope(Q3), Q3.end)) == (Money.yuan(7), 1)


def test_nothing_sold_is_no_money_and_not_nothing(wang):
    assert queries.sold(wang, Q3) == ZERO
    assert queries.collected(wang, Q3) == ZERO
    assert queries.sold_by_person(Q3) == {}
    assert list(queries.sold_by_month(Q3.within()).values()) == [ZERO] * 3


def test_money_received_counts_on_the_day_it_came(wang):
    sold = deal(wang, 100, date(2026, 6, 30))
    paid(sold, 40, date(2026, 7, 5))
    paid(sold, 60, date(2026, 10, 5))
    assert queries.collected(wang, Q3) == Money.yuan(40)
    assert queries.collected_by_person(Period.parse("2026Q4")) == {wang: Money.yuan(60)}


def test_a_customer_is_new_once(wang):
    deal(wang, 1, date(2026, 6, 1), customer="旧客户")
    deal(wang, 1, date(2026, 7, 1), customer="旧客户")
    deal(wang, 1, date(2026, 7, 2), customer="新客户")
    deal(wang, 1, date(2026, 8, 2), customer="新客户")
    assert queries.measured("new_customer_count", PERSON, Q3, Q3.end) == {wang: 1}


def test_the_months_of_a_period_stand_in_order(wang):
    deal(wang, 1, date(2026, 7, 31))
    deal(wang, 2, date(2026, 9, 1))
    assert [sum_.in_yuan for sum_ in queries.sold_by_month(Q3.within()).values()] == [1, 0, 2]


def test_a_payment_agreed_on_is_late_by_what_did_not_come(wang):
    planned("甲", 60, date(2026, 8, 1))
    planned("乙", 50, date(2026, 8, 1), amount=Money.yuan(43), day=date(2026, 7, 5))
    planned("丙", 9, date(2026, 8, 1), amount=Money.yuan(9), day=date(2026, 7, 5))
    planned("丁", 9, date(2026, 11, 23))
    planned("戊", 9, date(2026, 8, 1), currency="USD")
    assert queries.overdue(date(2026, 11, 23)) == (Money.yuan(67), 2)


def test_an_order_is_late_by_what_was_not_paid_for_it(wang):
    half = order("甲", 100, date(2026, 8, 1), paid=Money.yuan(30))
    with unit("sales.test", M("x")):
        Collection.create(external="c", order=half, amount=Money.yuan(40), day=date(2026, 7, 5))
    order("乙", 7, date(2026, 8, 1))
    order("丙", 9, None)
    order("丁", 9, date(2026, 8, 1), status="void")
    by_plan = order("戊", 100, date(2026, 8, 1))
    planned("戊", 100, date(2026, 12, 1), order=by_plan)
    assert queries.overdue(date(2026, 11, 23)) == (Money.yuan(67), 2)


def test_a_deal_won_is_not_owed_by_itself(wang):
    deal(wang, 100, date(2026, 1, 1))
    assert queries.overdue(date(2026, 11, 23)) == (ZERO, 0)
    assert not queries.knows_dues()
    planned("甲", 60, date(2026, 12, 1))
    assert queries.knows_dues()


def test_the_list_of_deals_is_ordered_and_filtered_by_the_file(wang):
    li = team.add(today=date(2026, 1, 1), name="李娜")
    first = deal(wang, 30, date(2026, 7, 1), customer="甲公司")
    second = deal(li, 10, date(2026, 7, 2), customer="乙公司")
    third = deal(None, 20, date(2026, 7, 3), customer="丙%公司", owner="外部")
    assert list(queries.deal_keys("amount", descending=False)) == [second.id, third.id, first.id]
    assert list(queries.deal_keys("person", descending=False)) == [third.id, second.id, first.id]
    assert list(queries.deal_keys(text="乙")) == [second.id]
    assert list(queries.deal_keys(text="%")) == [third.id]
    assert list(queries.deal_keys(text="外部")) == [third.id]
    assert list(queries.deal_keys(status="lost")) == []
    shown = queries.deals([third.id, first.id, 999])
    assert [(row.customer, row.person) for row in shown] == [("丙%公司", ""), ("甲公司", "王芳")]


def test_customers_are_listed_with_their_manager(wang):
    with unit("sales.test", M("x")):
        account = Account.create(external="1", name="华鼎机电", person=wang, city="上海")
    [row] = queries.accounts(queries.account_keys(text="华鼎"))
    assert (row.id, row.person, row.city) == (account.id, "王芳", "上海")


NARROWINGS = {
    "name": Holds("采购"), "customer": Holds("司"), "status": OneOf(frozenset({"won"})),
    "amount": Within(Money.yuan(10), Money.yuan(20)), "close_date": Within(date(2026, 7, 2)),
    "probability": Within(None, Share("0.5")),
}  # fmt: skip


@pytest.mark.parametrize("column", NARROWINGS)
def test_the_file_narrows_a_list_as_the_rule_says(wang, column):
    values = ((10, 1, "won", "0.3"), (15, 2, "lost", "0.5"), (20, 3, "won", "0.9"), (30, 4, "open", None))
    for amount, day, status, odds in values:
        deal(wang, amount, date(2026, 7, day), status, f"{day}公司", odds=odds)
    rows = queries.deals(queries.deal_keys())
    wanted = {row.id for row in rows if fits(getattr(row, column), NARROWINGS[column])}
    assert 0 < len(wanted) < 5
    assert set(queries.deal_keys(narrowings={column: NARROWINGS[column]})) == wanted


def test_deals_are_narrowed_to_people_and_to_nobody(wang):
    mine, nobodys = deal(wang, 1, date(2026, 7, 1)), deal(None, 2, date(2026, 7, 1))
    assert list(queries.deal_keys(narrowings={"person": OneOf(frozenset({wang}))})) == [mine.id]
    assert list(queries.deal_keys(narrowings={"person": OneOf(frozenset({None}))})) == [nobodys.id]
    assert len(queries.deal_keys(narrowings={"person": OneOf(frozenset({None, wang}))})) == 2


def test_a_text_that_looks_like_a_condition_is_only_a_text(wang):
    deal(wang, 1, date(2026, 7, 1))
    assert len(queries.deal_keys(narrowings={"name": Holds("' or 1=1 --")})) == 0
    assert len(queries.deal_keys(narrowings={"name": Holds("%")})) == 0


def test_figures_are_added_up_by_currency(wang):
    first = deal(wang, 10, date(2026, 7, 1), odds="0.5")
    deal(wang, 20, date(2026, 7, 2), odds="0.7")
    deal(wang, 5, date(2026, 7, 3), currency="USD")
    assert set(queries.deal_tally("amount")) == {Tally(2, Money.yuan(30)), Tally(1, Money.yuan(5), "USD")}
    assert queries.deal_tally("amount", [first.id]) == (Tally(1, Money.yuan(10)),)
    assert queries.deal_tally("amount", narrowings={"amount": Within(Money.yuan(15))}) == (Tally(1, Money.yuan(20)),)
    [odds] = queries.deal_tally("probability")
    assert (odds.mean, type(odds.mean)) == (Share("0.6"), Share)


def test_deals_given_to_somebody_come_back_with_one_undo(wang):
    li = team.add(today=date(2026, 1, 1), name="李娜")
    deals = [deal(wang, 1, date(2026, 7, 1)).id, deal(None, 2, date(2026, 7, 1)).id, deal(li, 3, date(2026, 7, 1)).id]
    before = [row.person for row in queries.deals(deals)]
    service.assign(deals=deals, person=li)
    assert {row.person for row in queries.deals(deals)} == {"李娜"}
    revert(undoable().unit)
    assert [row.person for row in queries.deals(deals)] == before
    service.assign(deals=deals[:1], person=None)
    assert queries.deals(deals[:1])[0].person == ""
