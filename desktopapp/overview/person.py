"""Everything about one person that several areas know."""

from __future__ import annotations

from datetime import date

from desktopapp.goals import queries as goals
from desktopapp.goals.queries import GoalRow
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.overview import birthdays
from desktopapp.overview.standing import Month, months, share_of
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.queries import Result, ReviewSheet
from desktopapp.sales import queries as sales
from desktopapp.team import queries as team


@frozen
class NextBirthday:
    """When somebody's birthday falls next, and the day by the lunar calendar if it is kept by that."""

    day: date
    lunar: Both | None


@frozen
class Work:
    """A person's work: a year of results, the goals of the quarter, the signed reviews, the last first."""

    quarter: Period
    months: tuple[Month, ...]
    sold: Money
    attainment: Share | None
    goals: tuple[GoalRow, ...]
    judged: tuple[Result, ...]
    last: ReviewSheet | None
    """The last signed review in full."""


def work(person: int, today: date) -> Work:
    """What somebody is doing and how it was judged."""
    quarter = team.season().of(today)
    year = months(today, person)
    sold = sales.sold(person, quarter)
    running = tuple(goals.standing(period=quarter, person=person, today=today))
    asked = [row.target for row in running if row.metric == "signed_amount" and isinstance(row.target, Money)]
    judged = tuple(reviews.results(person))
    last = reviews.sheet(judged[0].review) if judged else None
    return Work(quarter, year, sold, share_of(sold, asked[0] if asked else None), running, judged, last)


def next_birthday(row: team.PersonRow, today: date) -> NextBirthday | None:
    """Somebody's next birthday, where the roster knows it."""
    if row.birthday is None:
        return None
    day = birthdays.next_birthday(row.birthday, row.birthday_calendar, today)
    return NextBirthday(day, birthdays.lunar_day(day) if row.birthday_calendar == birthdays.LUNAR else None)
