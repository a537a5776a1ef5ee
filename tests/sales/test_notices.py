"""What Today says of the sales data, and the rows it leads to."""

from datetime import date

import pytest

from desktopapp.kernel.area import Link
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.sales.models import OPEN, Activity, Basis
from desktopapp.sales.queries import keys_of, total
from desktopapp.sales.queries.notices import cut_of_notice, notices
from desktopapp.storage import unit
from desktopapp.team import service as team
from tests.sales.made import account, deal, planned

pytestmark = pytest.mark.usefixtures("file")
TODAY, SOON = date(2026, 11, 23), date(2026, 12, 15)


@pytest.fixture
def wang(file):
    return team.add(today=date(2026, 1, 1), name="王芳")


def told(zh):
    return [zh.text(notice.what) for notice in notices(TODAY)]


def spoke(customer, day):
    with unit("sales.test", M("x")):
        Activity.create(external=f"A{customer}{day}", customer=customer, day=day)


def test_nothing_known_asks_for_nothing(file):
    assert list(notices(TODAY)) == []


def test_deals_past_their_date_are_told_as_one_with_their_sum(wang, zh):
    for customer, sum_ in (("甲", 10_000), ("乙", 40_000), ("丙", 30_000), ("丁", 20_000)):
        deal(wang, sum_, date(2026, 11, 10), OPEN, customer)
    deal(wang, 5_000, SOON, OPEN)
    [notice] = notices(TODAY)
    assert zh.text(notice.what) == "4 单商机已过预计成交日：¥100,000.00"
    assert (notice.due, notice.link) == (date(2026, 11, 10), Link("sales", None, "slipped"))


def test_payments_that_are_late_are_told_since_the_oldest(wang, zh):
    planned("华鼎机电", 60_000, date(2026, 11, 1))
    planned("远大集团", 20_000, date(2026, 10, 1))
    planned("远大集团", 70_000, SOON)
    [notice] = notices(TODAY)
    assert zh.text(notice.what) == "2 笔应收款逾期：¥80,000.00"
    assert notice.due == date(2026, 10, 1)


def test_open_deals_nobody_spoke_about_for_long_are_told_by_whatever_knows_of_a_contact(wang, zh):
    deal(wang, 10_000, SOON, OPEN, "甲", last_activity=date(2026, 10, 1))
    deal(wang, 20_000, SOON, OPEN, "乙", account=account("乙", last_activity=date(2026, 9, 1)))
    deal(wang, 30_000, SOON, OPEN, "丙")
    spoke("丙", date(2026, 8, 1))
    deal(wang, 40_000, SOON, OPEN, "丁")  # of whom nothing is known
    deal(wang, 50_000, SOON, OPEN, "戊", last_activity=date(2026, 8, 1))
    spoke("戊", date(2026, 11, 20))
    assert told(zh) == ["3 单商机超过 30 天未联系：¥60,000.00"]
    assert total(cut_of_notice("quiet", TODAY)) == (Money.yuan(60_000), 3)


def test_after_how_many_days_is_the_owners_to_say(wang, zh):
    deal(wang, 10_000, SOON, OPEN, last_activity=date(2026, 11, 1))
    assert told(zh) == []
    with unit("sales.test", M("x")):
        Basis.create(no_contact=14)
    assert told(zh) == ["1 单商机超过 14 天未联系：¥10,000.00"]


@pytest.mark.parametrize("kind", ["slipped", "owed", "quiet"])
def test_a_notice_leads_to_as_many_rows_as_it_tells_of(wang, kind):
    deal(wang, 10_000, date(2026, 11, 10), OPEN, last_activity=date(2026, 8, 1))
    planned("远大集团", 20_000, date(2026, 10, 1))
    planned("远大集团", 20_000, SOON)
    notice = next(each for each in notices(TODAY) if each.link.table == kind)
    assert len(keys_of(cut_of_notice(kind, TODAY))) == notice.what.values["count"] == 1
