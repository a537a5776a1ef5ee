"""What was sold, collected and is owed, by person and period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from peewee import fn

from desktopapp.kernel.money import ZERO, Money, total
from desktopapp.kernel.period import Period
from desktopapp.sales.models import OPEN, WON, Collection, Deal, Order
from desktopapp.storage import once, rows
from desktopapp.storage.fields import summed


def sold(person: int, period: Period) -> Money:
    """What a person closed within a period."""
    won = Deal.select(summed(Deal.amount)).where(Deal.person == person, *_won_in(period))
    return won.scalar() or ZERO


def collected(person: int, period: Period) -> Money:
    """What a person's customers paid within a period."""
    paid = Collection.select(summed(Collection.amount)).where(Collection.person == person, *_paid_in(period))
    return paid.scalar() or ZERO


def deals_won(person: int, period: Period) -> int:
    """How many deals a person closed within a period."""
    return int(Deal.select().where(Deal.person == person, *_won_in(period)).count())


def new_customers(person: int, period: Period) -> int:
    """How many customers of a person bought for the first time within a period."""
    return new_customers_by_person(period).get(person, 0)


@once
def sold_by_person(period: Period) -> dict[int, Money]:
    """What each person closed within a period."""
    return _by_person(Deal, Deal.amount, _won_in(period))


@once
def collected_by_person(period: Period) -> dict[int, Money]:
    """What each person's customers paid within a period."""
    return _by_person(Collection, Collection.amount, _paid_in(period))


@once
def deals_won_by_person(period: Period) -> dict[int, int]:
    """How many deals each person closed within a period."""
    counted = Deal.select(Deal.person, fn.COUNT(Deal.id)).where(Deal.person.is_null(False), *_won_in(period))
    return dict(rows(counted.group_by(Deal.person)))


@once
def new_customers_by_person(period: Period) -> dict[int, int]:
    """How many customers of each person bought for the first time within a period."""
    first = fn.MIN(Deal.close_date)
    firsts = (
        Deal.select(Deal.person.alias("person"), first.alias("day"))
        .where(Deal.status == WON, Deal.customer != "", Deal.person.is_null(False))
        .group_by(Deal.customer)
        .having(first.between(str(period.start), str(period.end)))
    )
    counted = Deal.select(firsts.c.person, fn.COUNT(firsts.c.day)).from_(firsts).group_by(firsts.c.person)
    return dict(rows(counted))


def sold_by_month(months: Sequence[Period], person: int | None = None) -> dict[Period, Money]:
    """What the whole team, or one person, closed in each of these months."""
    if not months:
        return {}
    month = fn.SUBSTR(Deal.close_date, 1, 7)
    wanted = (Deal.status == WON) & Deal.close_date.between(months[0].start, months[-1].end)
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


def overdue(today: date) -> tuple[Money, int]:
    """What is past due and unpaid in the firm's own money, and of how many customers.

    Only what was agreed to be paid by a day can be late: a payment planned, or an order with a day it is due
    on and no payments planned for it. A deal won is not yet owed.
    """
    owing = [*rows(_late_payments(today)), *rows(_late_orders(today))]
    return total(rest for _, rest in owing), len({customer for customer, _ in owing})


def _late_payments(today: date) -> Any:
    rest = Collection.planned - fn.COALESCE(Collection.amount, 0)
    wanted = (Collection.due < today) & (Collection.currency == "") & (rest > 0)
    return Collection.select(Collection.customer, _money(rest)).where(wanted)


def _late_orders(today: date) -> Any:
    """Orders by what is still owed of them: less what the file says was paid, or what came in, whichever is more."""
    of_it = Collection.select().where(Collection.order == Order.id)
    came = of_it.select(fn.COALESCE(fn.SUM(Collection.amount), 0))
    rest = Order.amount - fn.MAX(fn.COALESCE(Order.paid, 0), came)
    wanted = (Order.status == OPEN) & (Order.due < today) & (Order.currency == "") & (rest > 0)
    planned = fn.EXISTS(of_it.where(Collection.planned.is_null(False)))
    return Order.select(Order.customer, _money(rest)).where(wanted, ~planned)


def _money(fen: Any) -> Any:
    return fen.converter(Collection.amount.python_value)


def knows_dues() -> bool:
    """Whether it is known of any payment when it is due; without one, nothing can be said to be late."""
    return any(table.select().where(table.due.is_null(False)).exists() for table in (Collection, Order))


def _won_in(period: Period) -> tuple[Any, ...]:
    return (Deal.status == WON, Deal.close_date.between(period.start, period.end))


def _paid_in(period: Period) -> tuple[Any, ...]:
    return (Collection.day.between(period.start, period.end),)


def _by_person(table: Any, amount: Any, where: Iterable[Any]) -> dict[int, Money]:
    sums = table.select(table.person, summed(amount)).where(table.person.is_null(False), *where)
    return {person: sum_ or ZERO for person, sum_ in rows(sums.group_by(table.person))}
