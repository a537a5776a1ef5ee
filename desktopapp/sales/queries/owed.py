"""What customers owe: payments agreed on that have not come, and orders due that are not paid, as one table.

Only what was agreed to be paid by a day can be late. A deal won is not yet owed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import SQL, fn

from desktopapp.sales.models import OPEN, STILL_OWED, Collection, Order

NAMES = ("id", "person", "customer", "account", "deal", "due", "rest")
"""The columns of what is owed. An order's number stands below zero, for it comes from another table."""


def owed(past: date | None = None) -> Any:
    """Everything owed in the firm's own money, as a subquery; as it is, or as it was on a day that is past."""
    payments = _payments(None, STILL_OWED) if past is None else _payments(past, STILL_OWED) + _paid_since(past)
    return (payments + _orders(past)).alias("owed")


def _payments(past: date | None, *which: Any) -> Any:
    came: Any = fn.COALESCE(Collection.amount, SQL("0"))
    if past is not None:
        came = came * fn.COALESCE(Collection.day <= past, 0)
    rest = Collection.planned - came
    wanted = (*which, Collection.currency == "", *([] if past is None else [rest > 0]))
    return Collection.select(*_named(Collection), rest.alias("rest")).where(*wanted)


def _paid_since(past: date) -> Any:
    """Payments that have come by now, after the day."""
    return _payments(past, ~STILL_OWED, Collection.day > past)


def _orders(past: date | None) -> Any:
    """Orders with a day they are due on and no payments agreed for them: less what the file says was paid, or
    what came in, whichever is more.
    """
    of_it = Collection.select().where(Collection.order == Order.id)
    came = of_it if past is None else of_it.where(Collection.day <= past)
    paid = fn.MAX(fn.COALESCE(Order.paid, 0), came.select(fn.COALESCE(fn.SUM(Collection.amount), 0)))
    rest = Order.amount - paid
    agreed = fn.EXISTS(of_it.where(Collection.planned.is_null(False)))
    still = Order.status == OPEN, Order.due.is_null(False), Order.currency == "", rest > 0, ~agreed
    return Order.select(*_named(Order, sign=-1), rest.alias("rest")).where(*still)


def _named(table: Any, sign: int = 1) -> list[Any]:
    """The columns both have, by the names they have in what is owed."""
    number = table.id if sign > 0 else table.id * sign
    return [number.alias("id"), *(getattr(table, name).alias(name) for name in NAMES[1:-1])]
