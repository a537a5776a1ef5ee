"""When birthdays fall, by the solar or the lunar calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.team import queries as team

if TYPE_CHECKING:
    from borax.calendars.lunardate import LunarDate

LUNAR = "lunar"


@frozen
class Birthday:
    """Somebody's next birthday."""

    person: int
    name: str
    day: date
    lunar: Both | None
    """The day by the lunar calendar, for those who keep that one."""


def birthdays(today: date, days: int) -> tuple[Birthday, ...]:
    """The birthdays from today until so many days from now, the nearest first."""
    coming = sorted(_coming(team.people(), today), key=lambda each: (each.day, each.person))
    return tuple(each for each in coming if (each.day - today).days <= days)


def _coming(people: Iterable[team.PersonRow], today: date) -> Iterator[Birthday]:
    for each in people:
        if each.birthday is None:
            continue
        day = next_birthday(each.birthday, each.birthday_calendar, today)
        yield Birthday(each.id, each.name, day, lunar_day(day) if each.birthday_calendar == LUNAR else None)


def next_birthday(born: date, calendar: str, today: date) -> date:
    """The first birthday from today on of someone born on that solar day.

    A day that is missing from a year falls on the day before it: 29 February on the 28th, and
    the thirtieth of a lunar month that has 29 days, as 十二月三十 often does, on its 29th.
    """
    falls = _lunar_birthday if calendar == LUNAR else _solar_birthday
    # A lunar year begins up to seven weeks into the solar one, so its birthdays may lie a year behind.
    tried = (falls(born, year) for year in range(today.year - 1, today.year + 3))
    return next(day for day in tried if day >= today)


def lunar_day(day: date) -> Both:
    """The day by the lunar calendar: 十月十五."""
    lunar = _lunar(day)
    leap = " (leap)" if lunar.leap else ""
    return Both(lunar.cn_md, f"month {lunar.month}{leap}, day {lunar.day}")


def _solar_birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _lunar_birthday(born: date, year: int) -> date:
    """In the ordinary month for one born in a leap month: most years have no such month."""
    from borax.calendars.lunardate import LCalendars, LunarDate  # here, because the first window needs none of it

    lunar = _lunar(born)
    last = LCalendars.ndays(year, lunar.month)
    day: date = LunarDate(year, lunar.month, min(lunar.day, last)).to_solar_date()
    return day


def _lunar(day: date) -> LunarDate:
    from borax.calendars.lunardate import LunarDate

    return LunarDate.from_solar_date(day.year, day.month, day.day)
