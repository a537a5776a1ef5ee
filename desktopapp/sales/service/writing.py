"""Records written by hand. What is typed is marked in the record, and no file overwrites it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from peewee import IntegrityError, fn

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.money import ZERO, Money
from desktopapp.sales import rules
from desktopapp.sales.models import (
    OPEN,
    Account,
    Activity,
    Collection,
    Contact,
    Deal,
    Order,
    Stage,
    StageChange,
)
from desktopapp.sales.queries.written import WRITTEN, Record, record, starter_stages, to_collect
from desktopapp.sales.service.content import ACCOUNT, COLLECTION, DEAL, HAND, MADE
from desktopapp.storage import among, rows, unit

NAMING = (Contact, Deal, Order, Collection, Activity)
"""What names its customer beside the reference to him."""


def add(*, entity: str, today: date, language: Language | None = None, **values: Any) -> int:
    """Write a record by hand; `values` are named as its columns. Gives the number.

    A customer nobody knew becomes one. `language` is that of the stages that ship, where there are none yet.
    """
    rules.check_written(entity, values, today)
    with unit("sales.add", M("Write {kind} “{name}”", kind=_kind(entity), name=_name(entity, values))):
        return _added(entity, values, today, language)


def _added(entity: str, values: Mapping[str, Any], today: date, language: Language | None) -> int:
    table = WRITTEN[entity]
    filled = {name: value for name, value in values.items() if value not in (None, "")}
    filled |= _referring(entity, filled, today)
    if entity == DEAL:
        _remember_stages(language)
        filled["status"] = _counts_as(filled.get("stage", ""))
        filled["stage_since"] = today
    number = filled.pop("external", "") or f"{MADE}{uuid4().hex}"
    _check_number(table, number)
    typed = " ".join(sorted(filled))
    if "created" in table._meta.fields:
        filled.setdefault("created", today)
    made = table.create(system=HAND, external=number, typed=typed, **filled)
    return int(made.id)


def _check_number(table: Any, number: str) -> None:
    if table.select().where(table.system == HAND, table.external == number).exists():
        raise Refused(M("There is one with the number {number} already.", number=number), "external")


def change(*, entity: str, number: int, today: date, language: Language | None = None, **values: Any) -> None:
    """Change what stands in a record; only the columns given, and those that are other than before."""
    before = _found(entity, number)
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return
    rules.check_written(entity, {**before.values, **changed}, today)
    with unit("sales.change", M("Change {kind} “{name}”", kind=_kind(entity), name=_name(entity, before.values))):
        if entity == DEAL and "stage" in changed:
            _remember_stages(language)
            status = _counts_as(changed["stage"])
            changed |= _moved(before, {**changed, "status": status}, today)
            if before["status"] == OPEN != status:
                changed.setdefault("close_date", today)
        if not changed.keys().isdisjoint(("customer", "deal")):
            follows = _referring(entity, changed, today)
            changed |= {name: value for name, value in follows.items() if name != "person" or before[name] is None}
        if entity == ACCOUNT and "name" in changed:
            _rename(number, before["name"], changed["name"])
        _write(entity, before, changed)


def _write(entity: str, before: Record, changed: Mapping[str, Any]) -> None:
    table = WRITTEN[entity]
    typed = " ".join(sorted(before.typed | set(changed)))
    table.update(typed=typed, **changed).where(table.id == before.id).execute()


def release(*, entity: str, number: int) -> None:
    """Let files say again what was written by hand in a record."""
    before = _found(entity, number)
    with unit("sales.release", M("Let files change “{name}” again", name=_name(entity, before.values))):
        table = WRITTEN[entity]
        table.update(typed="").where(table.id == number).execute()


def delete(*, entity: str, numbers: Sequence[int]) -> None:
    """Take records out, all of them or none; they go to the bin."""
    table = WRITTEN[entity]
    what = M("Delete {count} {count:record|records}: {kind}", count=len(numbers), kind=_kind(entity))
    if len(numbers) == 1:
        what = M("Delete {kind} “{name}”", kind=_kind(entity), name=_name(entity, _found(entity, numbers[0]).values))
    try:
        with unit("sales.delete", what):
            if entity == DEAL:
                StageChange.delete().where(among(StageChange.deal, numbers)).execute()
            table.delete().where(among(table.id, numbers)).execute()
    except IntegrityError as resting:
        raise Refused(M("Deals, orders, payments or contacts belong to it. Delete those first.")) from resting


def close_deal(*, deal: int, status: str, day: date, reason: str = "", today: date) -> None:
    """A deal comes to an end: won, lost, or void. Why it was lost is needed, for that is what one learns from."""
    before = _found(DEAL, deal)
    rules.check_closing(status, day, reason, today)
    with unit("sales.close_deal", M("Close the deal “{name}”: {how}", name=before["name"],
                                     how=Message(Deal.status.label(status)))):  # fmt: skip
        changed = {"status": status, "close_date": day} | ({"lost_reason": reason} if reason else {})
        stage = Stage.select(Stage.label).where(Stage.status == status).order_by(Stage.position).limit(1)
        for (label,) in rows(stage):
            changed["stage"] = label
        _write(DEAL, before, changed | _moved(before, changed, day))


def collect(*, deal: int, amount: Money, day: date, agreed: int | None = None, today: date) -> int:
    """Money came in for a deal; gives the number of the payment.

    `agreed` is the payment agreed on that it is: what of that has not come stays owed from the same day on.
    """
    of = to_collect(deal)
    values = {"customer": of.customer, "deal": deal, "amount": amount, "day": day}
    rules.check_written(COLLECTION, values, today)
    with unit("sales.collect", M("Receive {sum} for “{name}”", sum=amount, name=of.name)):
        if agreed is None:
            return _added(COLLECTION, values, today, None)
        return _met(_found(COLLECTION, agreed), amount, day, today)


def _met(before: Record, amount: Money, day: date, today: date) -> int:
    """A payment that was agreed on comes, all of it or a part; each part has its own day."""
    came = before["amount"]
    rest = before["planned"] - (came or ZERO)
    if came is None:
        number = before.id
        _write(COLLECTION, before, {"amount": amount, "day": day} | ({"planned": amount} if amount < rest else {}))
    else:
        _write(COLLECTION, before, {"planned": came})
        number = _part(before, today, planned=min(rest, amount), amount=amount, day=day)
    if amount < rest:
        _part(before, today, planned=rest - amount)
    return number


def _part(before: Record, today: date, **values: Any) -> int:
    """A part of a payment agreed on, due when that was."""
    same = {name: before[name] for name in ("customer", "account", "deal", "order", "person", "currency", "due")}
    return _added(COLLECTION, {**same, **values}, today, None)


def _kind(entity: str) -> Message:
    return Message(WRITTEN[entity].wording.kind)


def _name(entity: str, values: Mapping[str, Any]) -> str:
    for name in ("name", "subject", "customer", "external"):
        if value := values.get(name):
            return str(value)
    return entity


def _found(entity: str, number: int) -> Record:
    found = record(entity, number)
    if found is None:
        raise Refused(M("This record is no longer there."))
    return found


def _referring(entity: str, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What follows from the deal or the customer that is named: the customer, and whose it is where nobody is named."""
    found: dict[str, Any] = {}
    deal = values.get("deal")
    if deal is not None:
        [(customer, account, person)] = rows(
            Deal.select(Deal.customer, Deal.account, Deal.person).where(Deal.id == deal)
        )
        found = {"customer": values.get("customer") or customer, "account": account, "person": person}
    columns = WRITTEN[entity]._meta.fields
    customer = values.get("customer") or found.get("customer")
    if "account" in columns and "customer" in values and (customer != found.get("customer") or not found["account"]):
        account, person = _account(customer or "", values.get("person"), today)
        found |= {"account": account, "person": found.get("person") or person}
    if values.get("person") is not None or found.get("person") is None:
        found.pop("person", None)
    return {name: value for name, value in found.items() if name in columns}


def _account(name: str, person: int | None, today: date) -> tuple[int | None, int | None]:
    """The customer of that name and whose he is: a new one where nobody knew him, none where two bear the name."""
    known = rows(Account.select(Account.id, Account.person).where(Account.name == name).limit(2))
    if len(known) == 1:
        [(number, whose)] = known
        return number, whose
    if known or not name:
        return None, None
    return _added(ACCOUNT, {"name": name, "person": person}, today, None), person


def _rename(number: int, before: str, after: str) -> None:
    """Call a customer by another name wherever it stands, also against what files say."""
    alone = Account.select().where(Account.name == before).count() == 1
    tables: Iterable[Any] = NAMING
    for table in tables:
        his = table.account == number
        if alone:
            his |= table.account.is_null() & (table.customer == before)
        typed = fn.TRIM(table.typed + " customer")
        table.update(customer=after, typed=typed).where(his, table.customer != after).execute()


def _counts_as(stage: str) -> str:
    """What a deal in a stage counts as, as the owner said."""
    for (status,) in rows(Stage.select(Stage.status).where(Stage.label == stage)):
        return str(status)
    return OPEN


def _moved(before: Record, changed: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What goes with a deal's other stage: since when, the log of it, and that stage's odds unless they are typed."""
    since = before["stage_since"]
    now = {**before.values, **changed}
    if now["stage"] == before["stage"] and now["status"] == before["status"]:
        return {}
    days = (day - since).days if since and day >= since else None
    StageChange.create(deal=before.id, day=day, before=before["stage"], after=now["stage"], status=now["status"],
                       days=days)  # fmt: skip
    moved = {"status": now["status"], "stage_since": day}
    if "probability" not in before.typed and "probability" not in changed:
        moved["probability"] = None
    return moved


def _remember_stages(language: Language | None) -> None:
    """The stages that ship become the owner's own with the first deal he writes, where no file brought others."""
    if language is None or Stage.select().exists():
        return
    for position, each in enumerate(starter_stages(language), 1):
        Stage.create(label=each.label, status=each.status, probability=each.probability, position=position)
