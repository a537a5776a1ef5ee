"""Working days, with the days China moved in 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.starter import rows
from desktopapp.kernel.workday import is_workday, read_swaps, workdays

SWAPS = {date.fromisoformat(row["date"]): row["kind"] == "work" for row in rows("holidays_cn_2026")}

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 28), True),
        (date(2026, 2, 16), False),  # a Monday within it
        (date(2026, 10, 1), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
    ],
)
def test_the_days_of_2026_are_worked_as_the_notice_says(day, works):
    assert is_workday(day, SWAPS) is works


@pytest.mark.parametrize(
    ("after", "until", "left"),
    [
        (date(2026, 9, 30), date(2026, 10, 8), 1),
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 2, 13), date(2026, 2, 28), 6),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 27), 4),
        (date(2026, 11, 27), date(2026, 11, 23), 0),
    ],
)
def test_working_days_left_are_counted_over_holidays(after, until, left):
    assert workdays(after, until, SWAPS) == left


def test_2026_has_248_working_days():
    assert workdays(date(2025, 12, 31), date(2026, 12, 31), SWAPS) == 248


def test_a_year_nothing_is_known_of_goes_by_weekends():
    assert workdays(date(2026, 12, 31), date(2027, 1, 8), {}) == 6


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_the_parts_of_a_time_have_the_days_of_the_whole(start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    assert workdays(start, middle, SWAPS) + workdays(middle, end, SWAPS) == workdays(start, end, SWAPS)


def test_the_notice_as_it_was_published_gives_the_table_that_ships():
    read = read_swaps(NOTICE, 2026)
    assert {swap.day: swap.is_work for swap in read} == SWAPS
    assert {swap.day: swap.name for swap in read} == {
        date.fromisoformat(row["date"]): row["name_zh"] for row in rows("holidays_cn_2026")
    }


def test_a_table_may_be_pasted_too():
    read = read_swaps("日期\t安排\t名称\n2027-02-05\t休\t除夕\n2027年2月7日 班 春节调休\n2027/13/40 休\n随便一行", 2027)
    assert [(swap.day, swap.is_work, swap.name) for swap in read] == [
        (date(2027, 2, 5), False, "除夕"), (date(2027, 2, 7), True, "春节调休"),
    ]  # fmt: skip


def test_a_holiday_may_cross_the_month_or_the_year():
    read = read_swaps("中秋节、国庆节：9月29日至10月2日放假。", 2027)
    assert [swap.day.day for swap in read] == [29, 30, 1, 2]
    read = read_swaps("元旦：2026年12月31日至2027年1月2日放假，共3天。", 2027)
    assert [swap.day for swap in read] == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]


@given(st.text())
def test_any_text_can_be_pasted(text):
    assert isinstance(read_swaps(text, 2027), tuple)
