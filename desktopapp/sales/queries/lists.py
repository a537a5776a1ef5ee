"""The lists of deals, customers and imports, however long: their order, what they are narrowed to, what is seen."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peewee import JOIN, SQL, NodeList, Ordering, fn

from desktopapp.kernel.area import Findable, Found, Link
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_
from desktopapp.kernel.money import Money
from desktopapp.kernel.narrowing import Narrowing
from desktopapp.kernel.share import Share
from desktopapp.kernel.tally import Tally
from desktopapp.sales.models import Account, Collection, Contact, Deal, ImportBatch, Order
from desktopapp.storage import among, keys, narrowed, rows
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


def products() -> list[str]:
    """Every product a deal names, as it is said."""
    found = rows(Deal.select(Deal.product).where(Deal.product != "").distinct().order_by(Deal.product))
    return [product for (product,) in found]


def tiers() -> list[str]:
    """Every level a customer has."""
    found = rows(Account.select(Account.level).where(Account.level != "").distinct().order_by(Account.level))
    return [level for (level,) in found]


def deal_count() -> int:
    """How many deals there are."""
    return int(Deal.select().count())


def is_any() -> bool:
    """Whether anything is known of sales."""
    return any(table.select(table.id).exists() for table in (Deal, Collection, Order))


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


def _found_account(number: int, name: str, level: str, city: str, phone: str) -> Found:
    return Found(N_("Customers"), Link("sales", number, "account"), name, (level, city, phone))


def _found_contact(
    _number: int, account: int | None, name: str, customer: str, title: str, mobile: str, phone: str
) -> Found:
    place = Link("sales", account, "account") if account else Link("sales")
    return Found(N_("Contacts"), place, name, (customer, title, mobile or phone))


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
        Contact,
        (Contact.name, Contact.mobile, Contact.phone, Contact.email),
        Contact.select(Contact.id, Contact.account, Contact.name, Contact.customer, Contact.title, Contact.mobile,
                       Contact.phone)
        .order_by(Contact.id.desc()),
        _found_contact,
        spelt=Contact.name,
    ),
    Findable(
        Deal,
        (Deal.name, Deal.customer, Deal.external),
        Deal.select(Deal.id, Deal.name, Deal.customer, Deal.stage, Deal.amount).order_by(Deal.id.desc()),
        _found_deal,
    ),
)
