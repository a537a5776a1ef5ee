"""Parts of one."""

from decimal import Decimal

from desktopapp.kernel.share import Share


def test_a_share_is_counted_with_like_a_number():
    assert Share("0.85") * 100 == 85
    assert Share("0.5") < Share("0.85")


def test_what_comes_of_counting_is_a_plain_number():
    assert type(Share("0.85") + Share("0.05")) is Decimal


def test_a_share_equals_the_number_it_is():
    assert Share("0.850") == Decimal("0.85")
    assert isinstance(Share(1), Share)
