"""Where lines end, and that it never takes long to find out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.printing.fonts import Fonts
from desktopapp.printing.text import LONGEST_LINE, printable, wrap

EMS = Fonts().regular.ems


def lines(text: str, width: float) -> list[str]:
    return list(wrap(text, width, EMS))


def test_no_line_begins_with_a_closing_mark() -> None:
    assert lines("业绩扎实，客户信任。", 4) == ["业绩扎", "实，客户", "信任。"]


def test_no_line_ends_with_an_opening_mark() -> None:
    assert lines("详见制度（第三条）", 5) == ["详见制度", "（第三条）"]


def test_a_word_or_a_figure_stays_whole() -> None:
    assert lines("合同额 1,342,500.50 元", 8) == ["合同额", "1,342,500.50 元"]
    assert lines("Reviewed by R&D today", 6) == ["Reviewed by", "R&D today"]


def test_a_word_no_line_can_hold_is_parted() -> None:
    assert "".join(lines("x" * 300, 10)) == "x" * 300


def test_what_cannot_be_seen_is_left_out() -> None:
    assert printable("张\u200b三\x00\u202e葛\U000e0100\r\nA\tB") == "张三葛\nA    B"


@given(st.text(max_size=300), st.floats(2, 40))
def test_wrapping_loses_nothing_but_space(text: str, width: float) -> None:
    text = printable(text)
    found = lines(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(st.characters(min_codepoint=0x4e00, max_codepoint=0x9fa5), max_size=300), st.floats(2, 40))
def test_every_line_fits(text: str, width: float) -> None:
    assert all(sum(EMS[each] for each in line) <= width for line in lines(text, width))


@pytest.mark.parametrize("part", ["客户经理。", "x", "word ", "。", "((((", "a.b/", "\u0301", "（", " "])
def test_a_million_characters_take_a_second_or_two(part: str) -> None:
    text = part * (1_000_000 // len(part))
    began = time.process_time()
    longest = max(map(len, wrap(printable(text), 40, EMS)))
    assert time.process_time() - began < 5
    assert longest <= LONGEST_LINE
