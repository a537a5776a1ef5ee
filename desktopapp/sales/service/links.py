"""What records refer to: a deal its customer, a payment its order, whichever file comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from peewee import fn

from desktopapp.kernel.frozen import frozen
from desktopapp.sales.models import Account, Deal, Order
from desktopapp.sales.service.content import (
    ACCOUNT,
    ACTIVITY,
    COLLECTION,
    CONTACT,
    DEAL,
    ORDER,
    TABLES,
    Coming,
    Content,
)
from desktopapp.storage import Record, rows

YET_TO_COME = -1
"""Stands for the row of a record that the same drop is going to bring."""


@frozen
class Link:
    """A column that refers to another table, and the helping targets it is found by."""

    field: str
    to: str
    numbers: tuple[str, ...]
    names: str = ""
    """The target, or the column, with the name of what is meant."""


_ACCOUNT = Link("account", ACCOUNT, ("account_id",), "customer")
_DEAL = Link("deal", DEAL, ("deal_id", "related_id"), "deal_name")
_ORDER = Link("order", ORDER, ("order_no",))
LINKS: Mapping[str, tuple[Link, ...]] = {
    CONTACT: (_ACCOUNT,),
    DEAL: (_ACCOUNT,),
    ORDER: (_ACCOUNT, _DEAL),
    COLLECTION: (_ACCOUNT, _DEAL, _ORDER),
    ACTIVITY: (Link("account", ACCOUNT, ("account_id", "related_id"), "customer"), _DEAL),
}
HEIRS = (COLLECTION, ACTIVITY, ORDER)
"""Records that belong to whom the deal or the customer belongs to, where the file names nobody."""
REFERRED: Mapping[str, type[Record]] = {ACCOUNT: Account, DEAL: Deal, ORDER: Order}
"""What can be referred to. Orders go by the firm's own numbers, whichever system names them."""


@frozen
class Referred:
    """What may be referred to: rows by number, rows by a name only one bears, and names by row."""

    by_number: Mapping[str, int]
    by_name: Mapping[str, int]
    names: Mapping[str, str]
    """By number."""
    customers: Mapping[int, str]
    """Whose a deal or an order is."""
    people: Mapping[int, int | None]

    def __bool__(self) -> bool:
        return bool(self.by_number or self.by_name)


def referring(content: Content, coming: Mapping[str, Coming]) -> dict[str, Sequence[Any]]:
    """The columns that refer to other records, filled in, and the customer's name where only his number is said."""
    found: dict[str, Sequence[Any]] = {}
    customers: Sequence[str] = content.columns.get("customer") or [""] * content.rows
    people: Sequence[int | None] = [None] * content.rows
    for link in LINKS.get(content.entity, ()):
        numbers = [content.links[name] for name in link.numbers if any(content.links.get(name, ()))]
        names = content.links.get(link.names) or (customers if link.names == "customer" else None)
        if not numbers and not (names and any(names)):
            continue
        referred = _referred(link.to, content.system, coming.get(link.to))
        if not referred:
            continue
        rows_ = _resolved(content.rows, numbers, names, referred)
        found[link.field] = rows_
        if link.to == ACCOUNT:
            customers = _named(customers, numbers, referred)
        else:
            whose = referred.customers
            customers = [name or whose.get(row or 0, "") for name, row in zip(customers, rows_, strict=True)]
        people = [one or referred.people.get(row or 0) for one, row in zip(people, rows_, strict=True)]
    if found and "customer" in TABLES[content.entity]._meta.fields:
        found["customer"] = customers
    if found and "account" not in found and content.entity in HEIRS and any(customers):
        accounts = _referred(ACCOUNT, content.system, coming.get(ACCOUNT))
        found["account"] = _resolved(content.rows, (), customers, accounts)  # whose the order is, the payment is too
    if found and content.entity in HEIRS and any(people):
        found["heir"] = people
    return found


def _resolved(
    count: int, numbers: Sequence[Sequence[str]], names: Sequence[str] | None, referred: Referred
) -> list[int | None]:
    found: list[int | None] = [None] * count
    for column in numbers:
        found = [row or referred.by_number.get(each) for row, each in zip(found, column, strict=True)]
    if names is None:
        return found
    return [row or referred.by_name.get(name) for row, name in zip(found, names, strict=True)]


def _named(customers: Sequence[str], numbers: Sequence[Sequence[str]], referred: Referred) -> Sequence[str]:
    for column in numbers:
        customers = [name or referred.names.get(each, "") for name, each in zip(customers, column, strict=True)]
    return customers


def _referred(entity: str, system: str, coming: Coming | None) -> Referred:
    """What a kind of record may be referred to by, with what the same drop is going to bring."""
    table: Any = REFERRED[entity]
    customer = table.name if entity == ACCOUNT else table.customer
    known = rows(table.select(table.id, table.system, table.external, table.name, customer, table.person))
    bearers = Counter(name for _, _, _, name, _, _ in known)
    numbered = Counter(external for _, _, external, *_ in known) if entity == ORDER else Counter[str]()
    by_number = {external: row for row, of, external, *_ in known if of == system or numbered[external] == 1}
    by_name = {name: row for row, _, _, name, _, _ in known if name and bearers[name] == 1}
    names = {external: name for _, of, external, name, _, _ in known if of == system}
    if coming:
        by_number = {**dict.fromkeys(coming.names, YET_TO_COME), **by_number}
        fresh = Counter(name for number, name in coming.names.items() if number not in names)
        by_name |= {name: YET_TO_COME for name, times in fresh.items() if name and times == 1 and not bearers[name]}
        names = {**coming.names, **names}
    customers = {row: whose for row, _, _, _, whose, _ in known if whose}
    return Referred(by_number, by_name, names, customers, {row: person for row, *_, person in known})


def link_waiting(system: str, entity: str) -> None:
    """Give records that came in before what they refer to the rows they name by number."""
    for waiting, links in LINKS.items():
        for link in links:
            if link.to == entity:
                _link(TABLES[waiting], link, system)


def _link(table: Any, link: Link, system: str) -> None:
    to: Any = REFERRED[link.to]
    field = table._meta.fields[link.field]
    for name in link.numbers:
        named = fn.json_extract(fn.nullif(table.extra, ""), f"$.{name}")
        meant = to.select(to.id).where(to.system == system, to.external == named)
        lonely = (table.system == system) & field.is_null() & (table.extra != "")
        table.update({field: meant}).where(lonely, fn.EXISTS(meant)).execute()
    if link.to == ACCOUNT:
        names = Account.select(Account.name).where(Account.id == table.account)
        nameless = (table.system == system) & (table.customer == "") & table.account.is_null(False)
        table.update(customer=names).where(nameless).execute()
