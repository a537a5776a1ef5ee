"""What a list is narrowed to."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.kernel.money import Money
from desktopapp.kernel.narrowing import Holds, OneOf, Within, fits
from desktopapp.kernel.share import Share


@pytest.mark.parametrize(("value", "narrowing", "is_in"), [
    ("Huasheng", Holds("hua"), True),
    ("恒达", Holds("华"), False),
    (None, Holds("x"), False),
    ("won", OneOf(frozenset({"won", "lost"})), True),
    (None, OneOf(frozenset({None})), True),
    (Money.yuan(900), Within(Decimal(900), None), True),
    (Money.yuan(900), Within(None, Money.yuan("899.99")), False),
    (Decimal(5), Within(Decimal(1), Decimal(5)), True),
    (Share("0.9"), Within(Share("0.95")), False),
    (date(2026, 3, 1), Within(date(2026, 3, 1), date(2026, 3, 1)), True),
    (None, Within(None, Decimal(1)), False),
])  # fmt: skip
def test_a_cell_fits_or_not(value, narrowing, is_in):
    assert fits(value, narrowing) is is_in
