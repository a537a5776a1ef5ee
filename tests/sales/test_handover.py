"""Somebody's customers, and the sheet they are handed over by (TE-02)."""

from datetime import date, datetime

import pypdfium2
import pytest

from desktopapp.kernel.language import language
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.sales import report
from desktopapp.sales.models import OPEN, Contact
from desktopapp.sales.queries.portfolio import portfolio
from desktopapp.storage import unit
from desktopapp.team import service as team
from tests.sales.made import account, deal, order, planned

pytestmark = pytest.mark.usefixtures("file")
TODAY = date(2026, 11, 23)
ZH, EN = language("zh_CN"), language("en")


@pytest.fixture
def wang(file):
    return team.add(today=date(2026, 1, 1), name="王芳")


@pytest.fixture
def li(file):
    return team.add(today=date(2026, 1, 1), name="李娜")


def contact(of, name, **values):
    with unit("sales.test", M("x")):
        Contact.create(external=name, account=of, name=name, **values)


@pytest.fixture
def customers(wang, li):
    big = account("华鼎机电", level="A", person=wang, phone="021-5555")
    contact(big, "周工", phone="021-1111")
    contact(big, "吴总", mobile="13900000001", is_primary=True)
    account("蓝海", level="C", person=wang, phone="0755-8888")
    account("远大集团", level="B", person=li)
    deal(wang, 300_000, date(2026, 12, 20), OPEN, account=big, next_step="送样")
    deal(wang, 100_000, date(2026, 12, 1), OPEN, account=big, next_step="报价")
    deal(wang, 50_000, date(2026, 12, 5), OPEN, customer="新客户")
    deal(wang, 70_000, date(2026, 10, 5), customer="老客户")
    planned("华鼎机电", 60_000, date(2026, 11, 1), person=wang, account=big)
    order("华鼎机电", 20_000, None, person=wang)


def test_a_portfolio_names_level_contact_what_is_open_what_is_owed_and_what_comes_next(wang, customers):
    first = portfolio(wang, TODAY)[0]
    assert (first.name, first.level, first.contact) == ("华鼎机电", "A", "吴总 13900000001")
    assert (first.orders, first.deals, first.open, first.owed) == (1, 2, Money.yuan(400_000), Money.yuan(60_000))
    assert (first.next, first.next_day) == ("报价", date(2026, 12, 1))


def test_who_has_a_deal_open_belongs_to_it_without_being_on_the_list_of_customers(wang, customers):
    assert [each.name for each in portfolio(wang, TODAY)] == ["华鼎机电", "新客户", "蓝海"]
    assert portfolio(wang, TODAY)[1].next == "新客户采购"


def test_without_a_contact_the_customers_own_number_stands(wang, customers):
    assert portfolio(wang, TODAY)[2].contact == "0755-8888"


def test_customers_of_others_are_in_no_portfolio_of_his(li, customers):
    assert [each.name for each in portfolio(li, TODAY)] == ["远大集团"]


def printed(tmp_path, languages=(ZH,), **how):
    path = tmp_path / "h.pdf"
    report.handover(path, languages, today=TODAY, printed=datetime.fromisoformat("2026-11-23T09:00"), **how)
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "".join("".join(pages).split()), len(pages)


def test_the_sheet_names_both_hands_every_customer_and_the_sum(wang, li, customers, tmp_path):
    text, pages = printed(tmp_path, giver=wang, receiver=li)
    for each in ("客户交接单", "王芳", "李娜", "华鼎机电", "吴总13900000001", "1张订单、2单在谈", "¥60,000.00", "报价",
                 "新客户", "蓝海", "TE-02"):  # fmt: skip
        assert each in text
    assert pages == 1


@pytest.mark.parametrize("languages", [(ZH,), (EN,), (ZH, EN)], ids=["zh", "en", "both"])
def test_left_blank_it_has_the_names_and_room_for_the_rest(wang, customers, tmp_path, languages):
    text, pages = printed(tmp_path, languages, giver=wang, receiver=None, filled=False)
    assert "王芳" in text
    assert "华鼎机电" not in text
    assert pages == 1


def test_sixty_customers_take_as_many_pages_as_they_need(wang, tmp_path):
    for nth in range(60):
        account(f"客户{nth}", person=wang)
    text, pages = printed(tmp_path, giver=wang, receiver=None)
    assert pages > 1
    assert all(f"客户{nth}" in text for nth in range(60))


def test_a_name_no_font_has_is_told_before_printing(wang):
    account("王\U000323af公司", person=wang)
    assert report.missing_glyphs(ZH, giver=wang, today=TODAY, receiver=None) == [("王\U000323af公司", "\U000323af")]
