"""The clipboard between the program and a spreadsheet."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktopapp.exchange.tabbed import tabbed, untabbed
from desktopapp.kernel.clean import clean
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share

CELL = st.text(st.one_of(st.sampled_from("\t\n\"'=+-@ 张"), st.characters(exclude_categories=("Cs",))), max_size=8)


def test_figures_are_plain_and_a_formula_is_disarmed():
    row = ["张伟", Money(-123_450), Share("0.855"), date(2026, 1, 2), Decimal("3.5"), None, "=1+1"]
    assert tabbed([row]) == "张伟\t-1234.50\t85.5%\t2026-01-02\t3.5\t\t'=1+1\r\n"


@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=1)))
@example([["a\tb", 'c"d'], ["e\nf", "'=1"]])
@example([[""], [""]])
def test_what_is_copied_is_pasted_back_as_it_was(rows):
    assert untabbed(tabbed(rows)) == [[clean(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(("text", "rows"), [
    ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
    ("目标\t60 家\n", [["目标", "60 家"]]),
    ('"a\nb"\tc\n', [["a\nb", "c"]]),
    ('"never closed\tb\nc\td', [['"never closed', "b"], ["c", "d"]]),
    ("\ufeff'=1\n", [["=1"]]),
    ("", []),
])  # fmt: skip
def test_what_a_spreadsheet_copied_is_read(text, rows):
    assert untabbed(text) == rows
