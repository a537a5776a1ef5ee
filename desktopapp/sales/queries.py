"""Reading what the CRM told."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from peewee import JOIN, SQL, NodeList, Ordering, fn

from desktopapp.kernel.area import Findable, Found, Link
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_
from desktopapp.kernel.money import ZERO, Money, total
from desktopapp.kernel.narrowing import Narrowing
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.kernel.tally import Tally
from desktopapp.sales.models import OPEN, WON, Account, Collection, Deal, ImportBatch, Order
from desktopapp.storage import among, keys, narrowed, once, rows
from desktopapp.storage.fields import summed
from desktopapp.team.models import Person


@frozen
class DealRow:
    """A deal in the list."""

    id: int
    name: str
    customer: str
    person: str
    owner: str
    stage: str
    status: str
    amount: Money | None
    probability: Share | None
    close_date: date | None


@frozen
class AccountRow:
    """A customer in the list."""

    id: int
    name: str
    level: str
    industry: str
    person: str
    owner: str
    phone: str
    city: str


@frozen
class BatchRow:
    """A file that was taken in."""

    id: int
    file: str
    system: str
    entity: str
    day: date
    rows: int
    new: int
    changed: int
    same: int
    rejected: int


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


_MANAGER = fn.COALESCE(Person.name, "")

DEAL_ORDERS: dict[str, Any] = {
    "name": Deal.name,
    "customer": Deal.customer,
    "person": Person.pinyin,
    "owner": Deal.owner,
    "stage": Deal.stage,
    "status": Deal.status,
    "amount": Deal.amount,
    "probability": Deal.probability,
    "close_date": Deal.close_date,
}
"""What the list of deals can be ordered by."""


DEAL_COLUMNS: dict[str, Any] = {**DEAL_ORDERS, "person": Deal.person}
"""What the list of deals can be narrowed by; a person by number."""

NOTHING: Mapping[str, Narrowing] = {}


def deal_keys(
    order: str = "close_date",
    *,
    descending: bool = True,
    text: str = "",
    status: str = "",
    narrowings: Mapping[str, Narrowing] = NOTHING,
) -> array[int]:
    """The numbers of the deals a list shows, in its order: the whole list, eight bytes a deal."""
    by = DEAL_ORDERS[order]
    if text or narrowings:  # nearly every row is read then, which is four times as slow in the order of an index
        by = NodeList((SQL("+"), by), glue="")
    wanted = Deal.select(Deal.id)
    if order == "person":
        wanted = wanted.join(Person, JOIN.LEFT_OUTER)
    found = _shown(wanted, text, status, narrowings)
    return keys(found.order_by(Ordering(by, "DESC" if descending else "ASC"), Deal.id))


def deal_tally(
    column: str,
    numbers: Sequence[int] | None = None,
    *,
    text: str = "",
    status: str = "",
    narrowings: Mapping[str, Narrowing] = NOTHING,
) -> tuple[Tally, ...]:
    """A column's figures added up by currency: of these deals, or of all that such a list shows."""
    field = DEAL_COLUMNS[column]
    currency = Deal.currency if column == "amount" else SQL("''")
    wanted = Deal.select(currency, fn.COUNT(field), summed(field)).where(field.is_null(False))
    wanted = _shown(wanted, text, status, narrowings) if numbers is None else wanted.where(among(Deal.id, numbers))
    return tuple(Tally(count, sum_, unit) for unit, count, sum_ in rows(wanted.group_by(currency)))


def stages() -> list[str]:
    """The stages there are, in the words of the files."""
    found = rows(Deal.select(Deal.stage).distinct().order_by(Deal.stage))
    return [stage for (stage,) in found]


def _shown(wanted: Any, text: str, status: str, narrowings: Mapping[str, Narrowing]) -> Any:
    """The deals that hold a text, of one status where it is given, narrowed column by column."""
    if text:
        wanted = wanted.where(Deal.customer.contains(text) | Deal.name.contains(text) | Deal.owner.contains(text))
    if status:
        wanted = wanted.where(Deal.status == status)
    return narrowed(wanted, DEAL_COLUMNS, narrowings)


def deals(numbers: Sequence[int]) -> list[DealRow]:
    """These deals, in the order asked for."""
    wanted = (
        Deal.select(
            Deal.id, Deal.name, Deal.customer, _MANAGER, Deal.owner, Deal.stage, Deal.status, Deal.amount,
            Deal.probability, Deal.close_date,
        )
        .join(Person, JOIN.LEFT_OUTER)
        .where(among(Deal.id, numbers))
    )  # fmt: skip
    found = {row[0]: DealRow(*row) for row in rows(wanted)}
    return [found[number] for number in numbers if number in found]


ACCOUNT_ORDERS: dict[str, Any] = {
    "name": Account.name,
    "level": Account.level,
    "industry": Account.industry,
    "person": Person.pinyin,
    "owner": Account.owner,
    "phone": Account.phone,
    "city": Account.city,
}
"""What the list of customers can be ordered by."""


ACCOUNT_COLUMNS: dict[str, Any] = {**ACCOUNT_ORDERS, "person": Account.person}
"""What the list of customers can be narrowed by; a person by number."""


def account_keys(
    order: str = "name", *, descending: bool = False, text: str = "", narrowings: Mapping[str, Narrowing] = NOTHING
) -> array[int]:
    """The numbers of the customers a list shows, in its order."""
    by = ACCOUNT_ORDERS[order]
    wanted = Account.select(Account.id)
    if order == "person":
        wanted = wanted.join(Person, JOIN.LEFT_OUTER)
    if text:
        wanted = wanted.where(Account.name.contains(text) | Account.owner.contains(text))
    found = narrowed(wanted, ACCOUNT_COLUMNS, narrowings)
    return keys(found.order_by(by.desc() if descending else by.asc(), Account.id))


def accounts(numbers: Sequence[int]) -> list[AccountRow]:
    """These customers, in the order asked for."""
    wanted = (
        Account.select(
            Account.id, Account.name, Account.level, Account.industry, _MANAGER, Account.owner, Account.phone,
            Account.city,
        )
        .join(Person, JOIN.LEFT_OUTER)
        .where(among(Account.id, numbers))
    )  # fmt: skip
    found = {row[0]: AccountRow(*row) for row in rows(wanted)}
    return [found[number] for number in numbers if number in found]


def batches() -> list[BatchRow]:
    """The files taken in, the newest first."""
    columns = tuple(getattr(ImportBatch, name) for name in BatchRow.__dataclass_fields__)
    return [BatchRow(*row) for row in rows(ImportBatch.select(*columns).order_by(ImportBatch.id.desc()))]


def _won_in(period: Period) -> tuple[Any, ...]:
    return (Deal.status == WON, Deal.close_date.between(period.start, period.end))


def _paid_in(period: Period) -> tuple[Any, ...]:
    return (Collection.day.between(period.start, period.end),)


def _by_person(table: Any, amount: Any, where: Iterable[Any]) -> dict[int, Money]:
    sums = table.select(table.person, summed(amount)).where(table.person.is_null(False), *where)
    return {person: sum_ or ZERO for person, sum_ in rows(sums.group_by(table.person))}


def _found_account(number: int, name: str, level: str, city: str, phone: str) -> Found:
    return Found(N_("Customers"), Link("sales", number, "account"), name, (level, city, phone))


def _found_deal(number: int, name: str, customer: str, stage: str, amount: Money | None) -> Found:
    return Found(N_("Deals"), Link("sales", number, "deal"), name, (customer, stage, amount))


FINDS = (
    Findable(
        Account,
        (Account.name, Account.external, Account.phone),
        Account.select(Account.id, Account.name, Account.level, Account.city, Account.phone)
        .order_by(Account.id.desc()),
        _found_account,
    ),
    Findable(
        Deal,
        (Deal.name, Deal.customer, Deal.external),
        Deal.select(Deal.id, Deal.name, Deal.customer, Deal.stage, Deal.amount).order_by(Deal.id.desc()),
        _found_deal,
    ),
)
