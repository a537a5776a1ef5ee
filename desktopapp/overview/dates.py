"""Every date the firm has to keep, for the owner's own calendar: reviews, goals, probation, contracts, birthdays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from peewee import fn

from desktopapp.exchange.calendar import Entry, write_ics
from desktopapp.goals.models import ACTIVE, Goal
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M, Message
from desktopapp.overview.birthdays import LUNAR, lunar_day, next_birthday
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.models import RUNNING
from desktopapp.sales.models import STILL_OWED, Collection
from desktopapp.storage import rows
from desktopapp.storage.fields import summed
from desktopapp.team import queries as team

YEARS = 3
"""Birthdays of so many years are written: a lunar one falls on another day each year, which no calendar works out."""
SOON = timedelta(days=90)
"""How far ahead payments are told of."""
TALKS = timedelta(days=6)
"""The talks take the last week before the reviews are due."""


@frozen
class Dated:
    """A date and what it is about."""

    key: str
    day: date
    what: Message
    last: date | None = None
    ahead: int = 0


def dates(today: date) -> list[Dated]:
    """All dates from today on, the nearest first."""
    found = [each for source in SOURCES for each in source(today)]
    return sorted((each for each in found if (each.last or each.day) >= today), key=lambda each: (each.day, each.key))


def write(path: Path, language: Language, *, today: date, made: datetime) -> int:
    """Write them as a calendar file; gives how many."""
    firm = team.firm()
    name = language.text(M("{firm}: dates", firm=firm.name if firm else language.text("TeamHelm")))
    entries = [
        Entry(each.key, each.day, language.text(each.what), last=each.last, ahead=each.ahead) for each in dates(today)
    ]
    return write_ics(path, entries, name=name, made=made)


def _contracts(_today: date) -> Iterator[Dated]:
    for row in team.people():
        if row.probation_end is not None:
            what = M("Probation of {name} ends", name=row.name)
            yield Dated(f"probation-{row.id}", row.probation_end, what, ahead=7)
        if row.contract_end is not None:
            yield Dated(f"contract-{row.id}", row.contract_end, M("Contract of {name} ends", name=row.name), ahead=30)


def _birthdays(today: date) -> Iterator[Dated]:
    for row in team.people():
        if row.birthday is None:
            continue
        day = today
        for _ in range(YEARS):
            day = next_birthday(row.birthday, row.birthday_calendar, day)
            what = M("Birthday of {name}", name=row.name)
            if row.birthday_calendar == LUNAR:
                what = M("Birthday of {name} (lunar {lunar})", name=row.name, lunar=lunar_day(day))
            yield Dated(f"birthday-{row.id}-{day.year}", day, what, ahead=1)
            day += timedelta(days=1)


def _goals(today: date) -> Iterator[Dated]:
    names = {row.id: row.name for row in team.people(leavers=True, owner=True)}
    found = Goal.select(Goal.id, Goal.name, Goal.person, Goal.team, Goal.period, Goal.due).where(Goal.state == ACTIVE)
    for number, name, person, group, period, due in rows(found):
        day = due or period.end
        if day >= today:
            whose = names.get(person, "") or group or M("the firm")
            yield Dated(f"goal-{number}", day, M("Goal of {name} ends: {goal}", name=whose, goal=name), ahead=7)


def _reviews(today: date) -> Iterator[Dated]:
    for row in reviews.cycles():
        if row.state == RUNNING:
            yield Dated(f"review-{row.id}", row.due, M("Reviews of {period} are due", period=row.period), ahead=3)
            left = row.people - row.signed
            talks = M("Review talks for {period}: {count} {count:person|people}", period=row.period, count=left)
            if left:
                yield Dated(f"talks-{row.id}", row.due - TALKS, talks, last=row.due, ahead=1)
    now = team.season().of(today)
    yield Dated(f"round-{now}", now.end + timedelta(days=1), M("Begin the reviews of {period}", period=now))


def _payments(today: date) -> Iterator[Dated]:
    """What is still to come in, by customer and day."""
    wanted = Collection.select(
        fn.MIN(Collection.id), Collection.customer, Collection.due, summed(Collection.planned),
        summed(Collection.amount),
    ).where(STILL_OWED, Collection.currency == "", Collection.due.between(today, today + SOON))  # fmt: skip
    for number, customer, due, planned, came in rows(wanted.group_by(Collection.customer, Collection.due)):
        rest = planned - came if came else planned
        yield Dated(f"payment-{number}", due, M("{customer} owes {sum}", customer=customer, sum=rest), ahead=1)


SOURCES: tuple[Callable[[date], Iterator[Dated]], ...] = (_reviews, _goals, _contracts, _birthdays, _payments)
