"""Goals on paper: the agreement of a year (GF-01) and the card of a quarter (GF-02)."""

from datetime import date, datetime
from decimal import Decimal

import pypdfium2
import pytest

from desktopapp.goals import report, service
from desktopapp.kernel.language import language
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.storage import unit
from desktopapp.team import service as team
from desktopapp.team.models import Firm
from tests.sales.made import deal

pytestmark = pytest.mark.usefixtures("file")
TODAY, START = date(2026, 11, 23), date(2026, 1, 1)
YEAR, Q4 = Period.parse("2026"), Period.parse("2026Q4")
ZH, EN = language("zh_CN"), language("en")


@pytest.fixture
def wang(file):
    with unit("team.test", M("x")):
        Firm.create(name="远航商贸", owner="周建国")
    return team.add(today=START, name="王芳", position="客户经理")


def asks(person, name, target, period, weight=100, **more):
    return service.set_goal(person=person, period=period, name=name, target=Decimal(target), weight=Decimal(weight),
                            today=START, **more)  # fmt: skip


def printed(tmp_path, period, languages=(ZH,), **more):
    """The words of the paper, without breaks, and how many pages there are."""
    path = tmp_path / "g.pdf"
    report.forms(path, languages, period=period, today=TODAY, printed=datetime.fromisoformat("2026-11-23T09:00"),
                 **more)  # fmt: skip
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "".join("".join(pages).split()), len(pages)


def test_the_agreement_names_both_parties_the_term_and_every_goal(wang, tmp_path):
    asks(wang, "年度签约额", 4_140_000, YEAR, 70, metric="signed_amount", horizon="long", cadence="monthly")
    asks(wang, "客户满意度", 90, YEAR, 30, unit="分", horizon="long")
    text, _ = printed(tmp_path, YEAR)
    for each in ("甲方：远航商贸（公司）", "乙方：王芳(客户经理)", "保证2026年度目标实现",
                 "自2026年1月1日起至2026年12月31日止", "年度签约额", "¥4,140,000.00",
                 "70%", "每月", "客户满意度", "90分", "100%", "GF-01"):  # fmt: skip
        assert each in text


def test_in_two_languages_each_says_the_term_in_its_own_words(wang, tmp_path):
    text, _ = printed(tmp_path, YEAR, (ZH, EN))
    assert "自2026年1月1日起" in text
    assert "From2026-01-01to2026-12-31." in text


def test_the_card_fills_in_the_months_begun_and_ticks_what_holds(wang, tmp_path):
    asks(wang, "季度签约额", 1_000, Q4, 60, metric="signed_amount")
    asks(wang, "有效拜访", 60, Q4, 40, metric="qualified_visits", start=Decimal(40))
    deal(wang, 250, date(2026, 10, 8))
    deal(wang, 300, date(2026, 11, 8))
    text, pages = printed(tmp_path, Q4)
    for each in ("季度目标卡", "王芳", "2026年第四季度", "周建国", "季度签约额", "¥1,000.00", "60次", "40次", "10月",
                 "¥250.00", "25%", "11月", "¥300.00", "55%", "12月", "GF-02"):  # fmt: skip
        assert each in text
    assert pages == 1


def test_a_blank_form_says_whose_it_is_and_leaves_the_goals_to_the_pen(wang, tmp_path):
    asks(wang, "季度签约额", 1_000, Q4, metric="signed_amount")
    text, pages = printed(tmp_path, Q4, filled=False)
    assert "王芳" in text
    assert "季度签约额" not in text
    assert pages == 1


@pytest.mark.parametrize("languages", [(ZH,), (EN,), (ZH, EN)], ids=["zh", "en", "both"])
@pytest.mark.parametrize(("period", "pages"), [(YEAR, 2), (Q4, 1)])
@pytest.mark.parametrize("filled", [True, False])
def test_every_form_stands_on_its_pages_in_every_language(wang, tmp_path, languages, period, pages, filled):
    for nth in range(5):
        asks(wang, f"目标{nth}", 60, period, 20, unit="次", horizon="long" if period == YEAR else "short")
    assert printed(tmp_path, period, languages, filled=filled)[1] == pages


def test_everybody_has_a_form_of_his_own_or_only_who_is_asked_for(wang, tmp_path):
    li = team.add(today=START, name="李娜")
    text, pages = printed(tmp_path, Q4)
    assert pages == 2
    assert "王芳" in text
    assert "李娜" in text
    text, pages = printed(tmp_path, Q4, people=[li])
    assert pages == 1
    assert "王芳" not in text


def test_without_anybody_one_form_without_a_name_is_printed(file, tmp_path):
    assert printed(tmp_path, Q4)[1] == 1


def test_characters_no_font_has_are_told_before_printing(wang):
    asks(wang, "拜访\U000323af客户", 60, Q4, unit="次")
    assert report.missing_glyphs(ZH, period=Q4, today=TODAY, filled=True) == [("王芳", "\U000323af")]
