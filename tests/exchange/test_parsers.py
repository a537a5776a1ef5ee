"""What a cell means, decided for a whole column at once."""

import csv
import io
import sys
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktopapp.exchange.parsers import PARSERS, Column, Wrong, parsed
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_
from desktopapp.storage import fields
from desktopapp.storage.fields import (
    KINDS,
    Choice,
    Count,
    Day,
    Flag,
    Moment,
    Money,
    Note,
    Number,
    Ref,
    Share,
    Span,
    Text,
)

STATES = (("open", N_("Open")), ("won", N_("Won")))


def column(field, *cells, heading="列", **said):
    return list(parsed(Column(field, heading, cells, **said)))


def one(field, cell):
    return column(field, cell)[0]


def complaint(field, cell, language):
    [wrong] = column(field, cell)
    assert isinstance(wrong, Wrong), wrong
    assert wrong.cell == cell
    return language.text(wrong.message)


def test_every_kind_of_field_has_a_parser():
    assert set(PARSERS) == set(KINDS)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("250000.0", 25_000_000), ("1,234.50", 123_450), ("￥1，234.5", 123_450), ("¥12", 1_200), ("１２３元", 12_300),
        ("1.2万", 1_200_000), ("3亿", 30_000_000_000), ("5千", 500_000), ("12万元", 12_000_000), ("（300）", -30_000),
        ("(1,000.00)", -100_000), ("-12.5", -1_250), ("−3", -300), ("$12,400.00", 1_240_000), ("RMB 88", 8_800),
        ("6.0E7", 6_000_000_000), (".5", 50), ("0.005", 1), ("100元整", 10_000), ("-¥2", -200), ("¥-2", -200),
    ],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(cell, fen):
    assert one(Money(null=True), cell) == fen


@pytest.mark.parametrize(
    "cell",
    ["一百", "1.2.3", "1,23,456", "1-2", "(-5)", "12元3角", "1e", ".", "9" * 61, "3abc"],
)
def test_what_is_no_sum_is_named(en, cell):
    assert "is not a figure" in complaint(Money(null=True), cell, en)


def test_a_sum_beyond_all_reason_is_named(en):
    assert complaint(Money(null=True), "1" + "0" * 20, en) == f"“{'1' + '0' * 20}” is too large."
    assert complaint(Money(null=True), "99999亿亿", en) == "“99999亿亿” is not a figure."


SUMS = st.decimals(-10**9, 10**9, places=2)


@given(SUMS)
@example(Decimal("0.10"))
def test_a_sum_written_out_is_read_back(amount):
    fen = int(amount * 100)
    ways = (f"{amount}", f"{amount:,}", f"¥{amount}", f"{amount}元", f"￥{amount:,}")
    assert column(Money(null=True), *ways) == [fen] * len(ways)


@given(st.lists(SUMS.map(abs), min_size=1), st.sampled_from((0, 1, 2)))
def test_a_column_of_sums_written_alike_is_read_as_each_would_be(amounts, places):
    written = [str(amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) for amount in amounts]
    assert column(Money(null=True), *written) == [one(Money(null=True), cell) for cell in written]


def test_a_break_inside_a_cell_does_not_make_two_sums_of_it():
    first, second = column(Money(null=True), "1\n2", "3")
    assert isinstance(first, Wrong)
    assert second == 300


@pytest.mark.parametrize("blank", ["", " ", "-", "--", "—", "N/A", "null"])
def test_a_blank_is_no_figure_and_no_mistake(blank):
    assert column(Money(null=True), blank, "5") == [None, 500]
    assert column(Day(null=True), blank) == [None]
    assert column(Money(), blank, "5")[0].cell in ("", blank)


def test_a_dash_is_a_word_among_words():
    assert column(Text(default=""), "-", "") == ["-", ""]


def test_numbers_and_counts():
    assert column(Number(null=True), "1.5", "2", "1,000") == [15_000, 20_000, 10_000_000]
    assert column(Count(null=True), "12", "12.0", "1,000") == [12, 12, 1_000]
    assert isinstance(one(Count(null=True), "1.5"), Wrong)


DAYS = ["2026-01-02", "2026/1/2", "2026.1.2", "2026年1月2日", "2026 年 1 月 2 日", "20260102", "２０２６-０１-０２",
        "2026-01-02 16:42:25", "2026-01-02T20:47:07.000Z", "2026/1/2 9:05", "2026年1月2日 下午3:04",
        "2026-01-02 02:14:45+0800", "2026年1月2日15时30分"]  # fmt: skip


@pytest.mark.parametrize("cell", DAYS)
def test_days_are_read_as_people_write_them(cell):
    assert one(Day(null=True), cell) == "2026-01-02"


@pytest.mark.parametrize(
    "cell", ["明天", "2026-1", "0026-01-02", "2026-01-02-03", "12345678", "2026-01-02 25", "3" * 99]
)
def test_what_is_no_date_is_named(en, cell):
    assert "is not a date" in en.text(one(Day(null=True), cell).message)


@pytest.mark.parametrize("cell", ["2026-02-30", "2026年13月1日", "2025-2-29", "20260431"])
def test_a_day_that_cannot_be_is_named(en, cell):
    assert complaint(Day(null=True), cell, en) == f"There is no such day as {cell}."


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.times())
def test_a_day_written_out_is_read_back(day, at):
    ways = [str(day), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y%m%d}" if day.year < 2100 else str(day), f"{day} {at:%H:%M:%S}", f"{day}T{at:%H:%M}Z"]  # fmt: skip
    assert column(Day(null=True), *ways) == [str(day)] * len(ways)


@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 12, 31)), min_size=1), st.booleans())
def test_day_and_month_are_told_apart_by_the_whole_column_or_asked_for(days, day_first):
    written = [f"{d.day}/{d.month}/{d.year}" if day_first else f"{d.month}/{d.day}/{d.year}" for d in days]
    if any(d.day > 12 for d in days):
        assert column(Day(null=True), *written) == list(map(str, days))
        return
    with pytest.raises(Refused) as asked:
        column(Day(null=True), *written, heading="日期")
    assert asked.value.field == "日期"
    assert column(Day(null=True), *written, order="dmy" if day_first else "mdy") == list(map(str, days))


def test_a_column_that_says_both_is_asked_for(en):
    with pytest.raises(Refused) as asked:
        column(Day(null=True), "13/2/2026", "2/13/2026", "3/4/2026", heading="日期")
    assert en.text(asked.value.message) == "Column “日期”: how is 3/4/2026 to be read?"


def test_years_of_two_digits_belong_to_the_nearer_century():
    assert column(Day(null=True), "15/10/75", "15/10/24") == ["1975-10-15", "2024-10-15"]


def test_moments_are_kept_in_utc():
    assert column(Moment(null=True), "2026-01-02T03:04:05+08:00", "") == ["2026-01-01T19:04:05+00:00", None]
    here = datetime(2026, 1, 2).astimezone().isoformat()
    assert column(Moment(null=True), "2026年1月2日") == column(Moment(null=True), here)


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (("85%", "5%"), (8_500, 500)), (("0.85", "1", "0"), (8_500, 10_000, 0)), (("85", "1", "0.5"), (8_500, 100, 50)),
        (("10.0", "100.0"), (1_000, 10_000)), (("85％", "0.2"), (8_500, 2_000)),
    ],
)  # fmt: skip
def test_percentages_are_of_one_scale_in_a_column(cells, kept):
    assert column(Share(null=True), *cells) == list(kept)


def test_a_heading_may_say_that_shares_are_percentages():
    assert column(Share(null=True), "1", "0.5", heading="Probability (%)") == [100, 50]


def test_a_share_beyond_the_whole_is_named(en):
    assert complaint(Share(null=True), "120%", en) == "“120%” is not a share between 0 and 100%."
    assert isinstance(column(Share(null=True), "-5", "50")[0], Wrong)


def test_flags_and_choices_in_both_languages(en, zh):
    yes, no = ("true", "是", "Yes", "1", "√"), ("FALSE", "否", "no", "0")
    assert column(Flag(null=True), *yes, *no, "") == [1] * 5 + [0] * 4 + [None]
    assert complaint(Flag(null=True), "也许", en) == "“也许” is neither yes nor no."
    field = Choice(STATES, default="open")
    assert column(field, "won", "Won", zh.text("Won"), "") == ["won", "won", "won", "open"]
    assert complaint(field, "也许", en) == "“也许” is none of the choices."


def test_periods_and_references():
    assert column(Span(null=True), "2026q3", "2026-07") == ["2026Q3", "2026-07"]
    assert column(Ref("self", null=True), " 张伟\n", "") == ["张伟", None]


HARD = "王" * 100 + "<b>&amp;</b>😀\u200b\x00\u202e" + "长" * 100


@pytest.mark.parametrize("field", [Text(300), Note(300)])
def test_text_is_cleaned_and_kept_as_it_was_written(field):
    [read] = column(field, HARD)
    assert read == "王" * 100 + "<b>&amp;</b>😀" + "长" * 100


def test_a_text_too_long_is_named(en):
    assert complaint(Text(200), "长" * 300, en) == "At most 200 characters; this has 300."


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
@example(["a ", "e\u0301", "'=1", "\ufeffx", "　张伟　"])
def test_a_column_of_text_is_read_as_each_cell_would_be(cells):
    field = Text(60, default="")
    assert column(field, *cells) == [one(field, cell) for cell in cells]


@given(st.sampled_from(KINDS), st.lists(st.text(max_size=80), max_size=5))
def test_no_cell_ends_in_a_crash(kind, cells):
    made = {Choice: lambda: Choice(STATES, null=True), Ref: lambda: Ref("self", null=True)}
    field = made.get(kind, lambda: kind(null=True))()
    try:
        assert len(column(field, *cells)) == len(cells)
    except Refused as asked:
        assert asked.field == "列"


def test_a_hundred_thousand_cells_cost_little_more_than_reading_them():
    """Counted in steps of the interpreter, which no neighbour on the machine can slow down."""
    days = [str(date(2026, 1, 1) + timedelta(days=at % 300)) for at in range(100_000)]
    sums = [f"{at}.50" for at in range(100_000)]
    steps = 0

    def count(_frame, event, _argument):
        nonlocal steps
        steps += event == "call"

    sys.setprofile(count)
    try:
        column(Day(null=True), *days)
        column(Money(null=True), *sums)
        column(Text(default=""), *sums)
    finally:
        sys.setprofile(None)
    assert steps < 10_000
    assert list(csv.reader(io.StringIO("a"))) == [["a"]]


def test_every_parser_is_for_a_kind_of_ours():
    assert {kind.__module__ for kind in PARSERS} == {fields.__name__}
