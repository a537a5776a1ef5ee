"""Somebody's customers: who they are, whom to call there, what is open, what they owe, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from peewee import fn

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import ZERO, Money
from desktopapp.sales.models import OPEN, Account, Contact, Deal, Order
from desktopapp.sales.queries.cuts import Cut, Scope, asked
from desktopapp.storage import among, rows
from desktopapp.team import queries as team


@frozen
class Customer:
    """One customer of a portfolio. What is not known stays empty."""

    name: str
    level: str
    contact: str
    """Whom to call, with the number; the customer's own number where no contact is known."""
    orders: int
    """Orders that are not done yet."""
    deals: int
    """Open deals."""
    open: Money
    """What those deals come to."""
    owed: Money
    next: str
    """The next step of the open deal that is to close first, or its name."""
    next_day: date | None
    """When that deal is to close."""


def portfolio(person: int, today: date) -> list[Customer]:
    """The customers of somebody, and those he has open deals with or who owe him; who owes most comes first."""
    accounts = {name: (number, level, phone) for number, name, level, phone in rows(
        Account.select(Account.id, Account.name, Account.level, Account.phone).where(Account.person == person)
    )}  # fmt: skip
    orders = dict(rows(_mine(Order, person, Order.customer, fn.COUNT(Order.id)).group_by(Order.customer)))
    owed = dict(asked(Cut("owed", Scope(team.season().of(today), person), today),
                      lambda c: [c.customer, fn.SUM(c.rest)], by=lambda c: [c.customer]))  # fmt: skip
    deals: dict[str, list[tuple[str, str, date | None, Money | None]]] = {}
    wanted = _mine(Deal, person, Deal.customer, Deal.next_step, Deal.name, Deal.close_date, Deal.amount)
    for customer, *deal in rows(wanted.order_by(Deal.close_date.is_null(), Deal.close_date, Deal.id)):
        deals.setdefault(customer, []).append(tuple(deal))
    calls = _contacts(number for number, _, _ in accounts.values())
    found = []
    for name in dict.fromkeys(filter(None, [*accounts, *deals, *orders, *owed])):
        number, level, phone = accounts.get(name, (0, "", ""))
        mine = deals.get(name, [])
        step, title, day, _ = mine[0] if mine else ("", "", None, None)
        found.append(Customer(
            name, level, calls.get(number, "") or phone, orders.get(name, 0), len(mine),
            sum((sum_ for *_, sum_ in mine if sum_), ZERO), Money(int(owed.get(name) or 0)), step or title, day,
        ))  # fmt: skip
    return sorted(found, key=lambda each: (-each.owed.fen, -each.open.fen, each.name))


def _mine(table: Any, person: int, *columns: Any) -> Any:
    """What of a table is somebody's and still open."""
    return table.select(*columns).where(table.person == person, table.status == OPEN)


def _contacts(accounts: Iterable[int]) -> dict[int, str]:
    """Whom to call at each of these customers: the main contact, or else the first."""
    wanted = Contact.select(Contact.account, Contact.name, Contact.mobile, Contact.phone)
    wanted = wanted.where(among(Contact.account, list(accounts)))
    found: dict[int, str] = {}
    for account, name, mobile, phone in rows(wanted.order_by(Contact.is_primary.desc(), Contact.id)):
        found.setdefault(account, " ".join(filter(None, (name, mobile or phone))))
    return found
