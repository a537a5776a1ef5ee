"""Sums as people type and paste them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.money import Money
from desktopapp.kernel.quantity import number


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("35000", "35000"),
        ("35,000.50", "35000.50"),
        ("３.５万", "35000"),
        ("3.5w", "35000"),
        ("3。5万", "35000"),
        ("￥1,234,567.8", "1234567.8"),
        ("¥ 12 000", "12000"),
        ("1.2亿元", "120000000"),
        ("1亿2000万", "120000000"),
        ("3万5千", "35000"),
        ("RMB 500", "500"),
        ("500元", "500"),
        ("500元整", "500"),
        ("-20", "-20"),
        ("−20", "-20"),
        ("-¥20", "-20"),
        ("（20）", "-20"),
        ("+20", "20"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.005", "1.01"),
        ("12k", "12000"),
    ],
)
def test_a_sum_is_read_however_it_is_written(text, yuan):
    assert Money.parse(text) == Money.yuan(yuan)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "1.2.3", "1,2,3", "12,34", "3，5万", "3万5", "5千3万", "--5", "1-2", "万", "¥", "1e5", "nan",
     "inf", "٣٥", "(5", "十", "1亿1亿", "1" * 14, "9999亿9999万9999亿"],
)  # fmt: skip
def test_what_is_not_a_sum_is_refused(text):
    with pytest.raises(Refused):
        Money.parse(text)


def test_the_refusal_quotes_what_was_typed_but_not_a_page_of_it(en):
    with pytest.raises(Refused) as no:
        number("三万五" * 100)
    assert en.text(no.value.message) == f"“{('三万五' * 100)[:40]}” is not a number."


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_sum_shown_can_be_typed_back(yuan):
    said = Money.yuan(yuan)
    assert Money.parse(language("en").show(said)) == said


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text):
    with suppress(Refused):
        assert isinstance(number(text), Decimal)
