"""Figures added up, each unit for itself."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.kernel.tally import Tally, tallied


def test_currencies_and_plain_numbers_are_never_added_together():
    found = tallied([("", Money(100)), ("USD", Money(200)), ("", Money(50)), ("", Decimal(7))])
    assert found == (Tally(2, Money(150)), Tally(1, Money(200), "USD"), Tally(1, Decimal(7)))


def test_a_mean_is_of_the_kind_of_its_figures():
    assert Tally(3, Money(100)).mean == Money(33)
    assert Tally(2, Money(101)).mean == Money(51)
    assert isinstance(tallied([("", Share("0.5")), ("", Share("0.7"))])[0].mean, Share)
    assert tallied([("", 3), ("", 4)])[0].mean == Decimal("3.5")


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_sums_are_exact(fen):
    [tally] = tallied(("", Money(each)) for each in fen)
    assert (tally.count, tally.sum) == (len(fen), Money(sum(fen)))
