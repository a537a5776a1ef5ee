"""What was sold, collected and is owed, by person and period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peewee import Select, fn

from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.period import Period
from desktopapp.sales.models import OPEN, WON, Collection, Deal, Order
from desktopapp.sales.queries.cuts import own
from desktopapp.sales.queries.measures import measured
from desktopapp.sales.queries.owed import owed
from desktopapp.storage import DB, once, rows
from desktopapp.storage.fields import summed
from desktopapp.team.rules import PERSON


def sold(person: int, period: Period) -> Money:
    """What a person closed within a period."""
    return sold_by_person(period).get(person, ZERO)


def collected(person: int, period: Period) -> Money:
    """What a person's customers paid within a period."""
    return collected_by_person(period).get(person, ZERO)


def sold_by_person(period: Period) -> dict[int, Money]:
    """What each person closed within a period."""
    return _sums("signed_amount", period)


def collected_by_person(period: Period) -> dict[int, Money]:
    """What each person's customers paid within a period."""
    return _sums("collected_amount", period)


def sold_by_month(months: Sequence[Period], person: int | None = None) -> dict[Period, Money]:
    """What the whole team, or one person, closed in each of these months."""
    if not months:
        return {}
    month = fn.SUBSTR(Deal.close_date, 1, 7)
    wanted = (Deal.status == WON) & own(Deal) & Deal.close_date.between(months[0].start, months[-1].end)
    if person is not None:
        wanted &= Deal.person == person
    found = dict(rows(Deal.select(month, summed(Deal.amount)).where(wanted).group_by(month)))
    return {each: found.get(str(each)) or ZERO for each in months}


def next_deals(today: date) -> dict[int, tuple[str, str]]:
    """The open deal each person should close next: the customer and the deal."""
    coming = (
        Deal.select(Deal.person, Deal.customer, Deal.name, fn.MIN(Deal.close_date))
        .where(Deal.status == OPEN, Deal.close_date >= today, Deal.person.is_null(False))
        .group_by(Deal.person)
    )
    return {person: (customer, name) for person, customer, name, _ in rows(coming)}


@once
def overdue(today: date) -> tuple[Money, int]:
    """What is past due and unpaid in the firm's own money, and of how many customers."""
    late = owed()
    asked = Select([late], [fn.SUM(late.c.rest), fn.COUNT(late.c.customer.distinct())])
    [(fen, customers)] = rows(asked.where(late.c.due < str(today)).bind(DB))
    return Money(fen or 0), customers


def knows_dues() -> bool:
    """Whether it is known of any payment when it is due; without one, nothing can be said to be late."""
    return any(table.select().where(table.due.is_null(False)).exists() for table in (Collection, Order))


def _sums(metric: str, period: Period) -> dict[int, Money]:
    found = measured(metric, PERSON, period, period.end)
    return {person: Money.yuan(sum_) for person, sum_ in found.items() if isinstance(person, int)}
