"""Years, halves, quarters and months."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.period import HALF, MONTH, QUARTER, YEAR, Period, Season

lengths = some.sampled_from((YEAR, HALF, QUARTER, MONTH))
days = some.dates(date(1901, 1, 1), date(9998, 12, 31))
periods = some.builds(Period.of, days, lengths)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        (" 2026q3 ", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(text, start, end):
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    ("", "26", "20261", "2026Q0", "2026Q5", "2026H3", "2026-00", "2026-13", "2026-7", "1899", "0000", "2026 Q3",
     "第三季度", "2026Q3\n2026Q4", "٢٠٢٦Q٣"),
)  # fmt: skip
def test_what_is_no_period_is_refused(text):
    with pytest.raises(Refused) as no:
        Period.parse(text)
    assert no.value.field == "period"
    assert no.value.message.values == {"text": text}


@given(some.text(max_size=12))
def test_any_text_is_a_period_or_refused(text):
    try:
        period = Period.parse(text)
    except Refused:
        return
    assert Period.parse(str(period)) == period


@given(periods)
def test_a_period_is_read_as_it_is_written(period):
    assert Period.parse(str(period)) == period


@given(days, lengths)
def test_a_day_falls_into_its_period_and_no_other(day, months):
    period = Period.of(day, months)
    assert period.holds(day)
    assert not period.before.holds(day)
    assert not period.after.holds(day)


@given(periods)
def test_periods_follow_each_other_without_a_gap(period):
    assert period.after.start - period.end == timedelta(days=1)
    assert period.after.before == period
    assert period.before < period < period.after


@given(periods)
def test_a_period_is_made_of_its_months(period):
    months = period.within()
    assert len(months) == period.months
    assert (months[0].start, months[-1].end) == (period.start, period.end)


@given(periods, days)
def test_the_part_that_has_passed_only_grows(period, day):
    assume(day < date(9998, 12, 31))
    assert 0 <= period.elapsed(day) <= period.elapsed(day + timedelta(days=1)) <= 1


def test_a_period_is_over_on_its_last_day():
    quarter = Period.parse("2026Q3")
    assert quarter.elapsed(date(2026, 6, 30)) == 0
    assert quarter.elapsed(date(2026, 7, 1)) == 1 / 92
    assert quarter.elapsed(date(2026, 9, 30)) == 1


@pytest.mark.parametrize(("text", "nth"), [("2026", 1), ("2026H2", 2), ("2026Q3", 3), ("2026-11", 11)])
def test_a_period_knows_its_place_in_the_year(text, nth):
    assert Period.parse(text).nth == nth


@pytest.mark.parametrize(
    ("first", "months", "day", "text", "zh", "en"),
    [
        (2, QUARTER, date(2026, 11, 23), "2026-11+3", "2026年11月–2027年1月", "2026-11–2027-01"),
        (2, QUARTER, date(2026, 3, 1), "2026-02+3", "2026年2–4月", "2026-02–2026-04"),
        (4, QUARTER, date(2026, 11, 23), "2026Q4", "2026年第四季度", "2026 Q4"),
        (4, HALF, date(2026, 11, 23), "2026-10+6", "2026年10月–2027年3月", "2026-10–2027-03"),
        (4, YEAR, date(2026, 3, 31), "2025-04+12", "2025年4月–2026年3月", "2025-04–2026-03"),
        (1, HALF, date(2026, 11, 23), "2026H2", "2026年下半年", "2026 H2"),
    ],
)
def test_a_business_year_may_begin_in_another_month(first, months, day, text, zh, en):
    period = Season(months, first).of(day)
    assert str(period) == text
    assert Period.parse(text) == period
    assert period.holds(day)
    assert (language("zh_CN").period(period), language("en").period(period)) == (zh, en)


@given(days, lengths, some.integers(1, 12))
def test_a_period_of_any_business_year_is_read_back_as_it_was_written(day, months, first):
    assume(day.year > 1902)
    period = Period.of(day, months, first)
    assert Period.parse(str(period)) == period
    assert period.holds(day)
    assert period.before.after == period
    assert (period.start.month - first) % months == 0
