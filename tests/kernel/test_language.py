"""Words, dates and sums as the owner reads them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import Both, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share

ZH, EN = language("zh_CN"), language("en")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "", ""),
        ("王芳", "王芳", "王芳"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (0, "0", "0"),
        (1234567, "1,234,567", "1,234,567"),
        (Decimal("1234.5000"), "1,234.5", "1,234.5"),
        (Decimal("99.99995"), "100", "100"),
        (Decimal("0.12345"), "0.1235", "0.1235"),
        (Decimal("-0.5"), "-0.5", "-0.5"),
        (Share("0.85"), "85%", "85%"),
        (Share("0.8555"), "85.6%", "85.6%"),
        (Share("1.2"), "120%", "120%"),
        (Money.yuan("1234567.8"), "¥1,234,567.80", "¥1,234,567.80"),
        (Money(-5), "-¥0.05", "-¥0.05"),
        (date(2026, 11, 3), "2026年11月3日", "2026-11-03"),
        (datetime(2026, 11, 3, 9, 5, tzinfo=UTC), "2026年11月3日 09:05", "2026-11-03 09:05"),
        (Period.parse("2026"), "2026年", "2026"),
        (Period.parse("2026H2"), "2026年下半年", "2026 H2"),
        (Period.parse("2026Q3"), "2026年第三季度", "2026 Q3"),
        (Period.parse("2026-07"), "2026年7月", "2026-07"),
        (Both("提成", "Commission"), "提成", "Commission"),
        (M("Monday"), "星期一", "Monday"),
        (("王芳", Money(100)), "王芳、¥1.00", "王芳, ¥1.00"),
        ((), "", ""),
    ],
)
def test_a_value_is_written_as_its_language_does(value, zh, en):
    assert (ZH.show(value), EN.show(value)) == (zh, en)


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ("0", "0元", "¥0"),
        ("999.4", "999元", "¥999"),
        ("1234", "1,234元", "¥1.2K"),
        ("123456", "12.3万元", "¥123.5K"),
        ("1234567", "123.5万元", "¥1.2M"),
        ("120000000", "1.2亿元", "¥120.0M"),
        ("-123456", "-12.3万元", "-¥123.5K"),
    ],
)
def test_a_sum_is_short_in_a_list(yuan, zh, en):
    assert (ZH.short(Money.yuan(yuan)), EN.short(Money.yuan(yuan))) == (zh, en)


def test_a_day_of_this_year_leaves_the_year_out():
    assert (ZH.short_day(date(2026, 11, 3)), EN.short_day(date(2026, 11, 3))) == ("11月3日", "11-03")


def test_a_week_runs_from_monday_to_sunday():
    week = [date(2026, 11, 23 + n) for n in range(7)]
    assert [ZH.weekday(day)[-1] for day in week] == list("一二三四五六日")
    assert [EN.weekday(day)[:3] for day in week] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_the_values_of_a_message_are_worded_with_it():
    said = M("Write a period as 2026, 2026H1, 2026Q3 or 2026-07, not “{text}”.", text=Period.parse("2026Q3"))
    assert "“2026年第三季度”" in ZH.text(said)
    assert "“2026 Q3”" in EN.text(said)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 days late"), (1, "1 day late"), (2, "2 days late"), (1001, "1,001 days late"),
     (Decimal("1.0"), "1 day late"), (Decimal("1.5"), "1.5 days late"), (None, " days late")],
)  # fmt: skip
def test_what_is_counted_stands_in_its_word_for_one_or_for_many(count, said):
    assert language("en").text(M("{n} {n:day|days} late", n=count)) == said


def test_a_text_may_count_several_things():
    held = M("{people} {people:person|people}, {goals} {goals:goal|goals}", people=1, goals=3)
    assert language("en").text(held) == "1 person, 3 goals"


def test_chinese_has_one_word_for_one_and_many():
    assert language("zh_CN").text(M("{days} {days:day|days} late", days=1)) == "逾期 1 天"


def test_a_message_inside_a_message_is_worded_in_the_same_language():
    assert ZH.text(M("{day}", day=M("Monday"))) == "星期一"


@given(some.text())
def test_what_the_owner_typed_is_said_again_as_it_is(typed):
    assert ZH.text(M("{typed}", typed=typed)) == typed


def test_nothing_to_say_is_nothing():
    assert [language(code).text("") for code in CODES] == ["", ""]


def test_chinese_comes_first():
    assert CODES[0] == "zh_CN"
    assert ZH.is_chinese
    assert not EN.is_chinese


def test_a_language_is_made_once():
    assert language("en") is EN


def test_an_unknown_language_is_a_bug():
    with pytest.raises(ValueError, match="fr"):
        language("fr")


@given(some.dates(min_value=date(1900, 1, 1)), some.sampled_from(CODES))
def test_two_days_never_look_alike(day, code):
    other = date.fromordinal(day.toordinal() - 1)
    assert language(code).day(day) != language(code).day(other)


@given(some.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_loses_nothing_within_four_places(number):
    assert Decimal(EN.show(number).replace(",", "")) == number


def test_an_owner_may_want_sums_in_whole_yuan():
    sum_ = Money.yuan("123456.78")
    assert language("zh_CN", in_yuan=True).short(sum_) == "123,457元"
    assert language("en", in_yuan=True).short(sum_) == "¥123,457"
    assert language("zh_CN").short(sum_) == "12.3万元"
