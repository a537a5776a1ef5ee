"""Everything about one person that several areas know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktopapp.goals import queries as goals
from desktopapp.goals.queries import GoalRow
from desktopapp.kernel.message import Both
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import QUARTER, Period
from desktopapp.kernel.share import Share
from desktopapp.overview import birthdays
from desktopapp.overview.standing import Month, months, share_of
from desktopapp.reviews import queries as reviews
from desktopapp.sales import queries as sales
from desktopapp.team import queries as team


@dataclass(frozen=True, slots=True)
class Judged:
    """A review that was signed: of which period, with what result."""

    period: Period
    total: Decimal | None
    grade: str


@dataclass(frozen=True, slots=True)
class NextBirthday:
    """When somebody's birthday falls next, and the day by the lunar calendar if it is kept by that."""

    day: date
    lunar: Both | None


@dataclass(frozen=True, slots=True)
class Work:
    """A person's work: a year of results, the goals of the quarter, the last grades."""

    quarter: Period
    months: tuple[Month, ...]
    sold: Money
    attainment: Share | None
    goals: tuple[GoalRow, ...]
    judged: tuple[Judged, ...]


def work(person: int, today: date) -> Work:
    """What somebody is doing and how it was judged."""
    quarter = Period.of(today, QUARTER)
    year = months(today, person)
    sold = sales.sold(person, quarter)
    running = tuple(goals.standing(period=quarter, person=person, today=today))
    asked = [row.target for row in running if row.metric == "signed_amount" and isinstance(row.target, Money)]
    return Work(quarter, year, sold, share_of(sold, asked[0] if asked else None), running, _judged(person))


def next_birthday(row: team.PersonRow, today: date) -> NextBirthday | None:
    """Somebody's next birthday, where the roster knows it."""
    if row.birthday is None:
        return None
    day = birthdays.next_birthday(row.birthday, row.birthday_calendar, today)
    return NextBirthday(day, birthdays.lunar_day(day) if row.birthday_calendar == birthdays.LUNAR else None)


def _judged(person: int) -> tuple[Judged, ...]:
    """The signed reviews, the last first."""
    found = []
    for cycle in [each for each in reviews.cycles() if each.signed][:4]:
        found += [Judged(cycle.period, row.total, row.grade) for row in reviews.reviews(cycle.id)
                  if row.person == person and row.signed]  # fmt: skip
    return tuple(found)
