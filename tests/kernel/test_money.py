"""Sums of money, whole fen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktopapp.kernel.money import ZERO, Money, total

sums = some.builds(Money, some.integers(-(10**12), 10**12))


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("0.005", 1), ("-0.005", -1), ("0.0049", 0), ("1.005", 101), ("1234567.891", 123456789), (3, 300)],
)
def test_a_sum_is_rounded_half_up_to_the_fen(yuan, fen):
    assert Money.yuan(yuan) == Money(fen)


def test_ten_times_ten_fen_are_one_yuan():
    assert total([Money.yuan("0.10")] * 10) == Money.yuan(1)


def test_a_rate_on_a_sum_gives_whole_fen():
    assert Money.yuan("15100") * Decimal("0.2") == Money.yuan(3020)
    assert Money.yuan("0.05") * Decimal("0.1") == Money(1)


def test_no_sums_make_no_money():
    assert total([]) == ZERO
    assert not ZERO
    assert Money(1)
    assert Money(-1)


def test_a_sum_is_not_a_number():
    with pytest.raises(TypeError):
        sorted([Money(1), 1])
    assert Money(1) != 1


@given(sums, sums)
def test_taking_away_what_was_added_leaves_the_sum(one, other):
    assert one + other - other == one
    assert one - other == -(other - one)


@given(sums)
def test_a_sum_is_the_same_in_yuan(each):
    assert Money.yuan(each.in_yuan) == each


@given(some.lists(sums))
def test_a_total_does_not_depend_on_the_order(many):
    assert total(many) == total(sorted(many)) == sum(many, ZERO)
