"""Days as people type them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from ui.kit.dates import parse_day

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", (2026, 11, 23)),
        ("2026/1/5", (2026, 1, 5)),
        ("2026.1.5", (2026, 1, 5)),
        ("20260105", (2026, 1, 5)),
        ("2026年1月5日", (2026, 1, 5)),
        ("11.24", (2026, 11, 24)),
        ("１１．２４", (2026, 11, 24)),
        ("11。24", (2026, 11, 24)),
        ("1124", (2026, 11, 24)),
        ("11月24日", (2026, 11, 24)),
        ("24号", (2026, 11, 24)),
        ("今天", (2026, 11, 23)),
        ("明天", (2026, 11, 24)),
        ("后天", (2026, 11, 25)),
        ("昨天", (2026, 11, 22)),
        ("Today", (2026, 11, 23)),
        ("tomorrow", (2026, 11, 24)),
        ("周三", (2026, 11, 25)),
        ("星期日", (2026, 11, 29)),
        ("下周一", (2026, 11, 30)),
        ("下个星期三", (2026, 12, 2)),
        ("上周五", (2026, 11, 20)),
        ("next Friday", (2026, 12, 4)),
        ("+7", (2026, 11, 30)),
        ("3天后", (2026, 11, 26)),
        ("in 2 weeks", (2026, 12, 7)),
        ("月底", (2026, 11, 30)),
        ("年底", (2026, 12, 31)),
    ],
)
def test_a_day_is_read_however_it_is_typed(text, day):
    assert parse_day(text, MONDAY) == date(*day)


def test_no_text_is_no_day():
    assert parse_day("  ", MONDAY) is None


BAD = ["2026-02-30", "13.1", "1332", "32号", "someday", "9999-99-99", "+9999999", "0000", "1.2.3"]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refused):
        parse_day(text, MONDAY)


def test_a_week_begins_on_monday():
    assert parse_day("周一", date(2026, 11, 29)) == MONDAY


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["zh_CN", "en"]))
def test_a_day_shown_can_be_typed_back(day, code):
    assert parse_day(language(code).day(day), MONDAY) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_nothing_or_refused(text):
    with suppress(Refused):
        parse_day(text, MONDAY)
