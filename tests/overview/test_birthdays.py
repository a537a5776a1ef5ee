"""Birthdays, solar and lunar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktopapp.kernel.message import M
from desktopapp.overview.birthdays import birthdays, lunar_day, next_birthday
from desktopapp.storage import unit
from desktopapp.team.models import LEFT, Person


@pytest.mark.parametrize(
    ("born", "calendar", "today", "falls"),
    [
        (date(1993, 11, 24), "solar", date(2026, 11, 23), date(2026, 11, 24)),
        (date(1993, 11, 23), "solar", date(2026, 11, 23), date(2026, 11, 23)),
        (date(1993, 11, 22), "solar", date(2026, 11, 23), date(2027, 11, 22)),
        (date(1996, 2, 29), "solar", date(2027, 1, 1), date(2027, 2, 28)),
        (date(1996, 2, 29), "solar", date(2028, 1, 1), date(2028, 2, 29)),
        (date(1988, 9, 25), "lunar", date(2026, 1, 1), date(2026, 9, 25)),  # mid-autumn: 八月十五
        (date(1987, 1, 28), "lunar", date(2026, 1, 1), date(2026, 2, 16)),  # 十二月廿九, the last of a short month
        (date(1985, 2, 19), "lunar", date(2026, 12, 1), date(2027, 2, 5)),  # 十二月三十: 2026 has no 三十 in it
        (date(1985, 2, 20), "lunar", date(2026, 1, 1), date(2026, 2, 17)),  # 正月初一
    ],
)
def test_a_birthday_falls_on_the_day_it_is_kept(born: date, calendar: str, today: date, falls: date) -> None:
    assert next_birthday(born, calendar, today) == falls


@given(some.dates(date(1930, 1, 1), date(2015, 12, 31)), some.dates(date(2020, 1, 1), date(2095, 12, 31)))
def test_there_is_always_a_lunar_birthday_within_thirteen_months(born: date, today: date) -> None:
    falls = next_birthday(born, "lunar", today)
    assert today <= falls <= today + timedelta(days=390)


def test_the_lunar_day_is_said_in_both_languages() -> None:
    said = lunar_day(date(2026, 9, 25))
    assert (said.zh, said.en) == ("八月十五", "month 8, day 15")


def test_birthdays_come_in_the_order_they_fall_without_leavers_and_the_owner(file: object, today: date) -> None:
    with unit("team.add", M("Add")):
        Person.create(name="张伟", birthday=date(1988, 12, 1))
        Person.create(name="李娜", birthday=date(1993, 11, 24))
        Person.create(name="旧人", birthday=date(1993, 11, 24), status=LEFT)
        Person.create(name="周建国", birthday=date(1975, 11, 25), is_owner=True)
        Person.create(name="王芳", birthday=date(1995, 2, 12))
    assert [each.name for each in birthdays(today, 30)] == ["李娜", "张伟"]
