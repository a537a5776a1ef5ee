"""What the owner writes by hand, and what he chooses from while he does: customers, their deals, stages."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peewee import JOIN, Case, Ordering, fn

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.narrowing import Narrowing
from desktopapp.kernel.share import Share
from desktopapp.kernel.starter import rows as starter
from desktopapp.kernel.tally import Tally
from desktopapp.sales.models import (
    OPEN,
    STILL_OWED,
    Account,
    Activity,
    Collection,
    Contact,
    Deal,
    ImportBatch,
    Lead,
    Order,
    Product,
    Stage,
)
from desktopapp.sales.queries.cuts import own
from desktopapp.storage import among, keys, narrowed, rows
from desktopapp.storage.fields import summed
from desktopapp.team.models import Person

WRITTEN: Mapping[str, Any] = {
    "account": Account,
    "contact": Contact,
    "lead": Lead,
    "deal": Deal,
    "order": Order,
    "collection": Collection,
    "activity": Activity,
    "product": Product,
}
"""The tables the owner can write into by hand."""
FEW = 30
"""Suggestions made at most."""


@frozen
class Record:
    """A record as it can be written on."""

    id: int
    values: Mapping[str, Any]
    """By column; of a reference the number."""
    typed: frozenset[str]
    """The columns written by hand, which no file overwrites."""
    file: str
    """The file that last changed it; empty where none did."""

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def record(entity: str, number: int) -> Record | None:
    """One record, if it is still there."""
    table = WRITTEN[entity]
    found = table.select(table, ImportBatch.file.alias("came_with")).join(ImportBatch, JOIN.LEFT_OUTER)
    for values in found.where(table.id == number).dicts():
        typed, file = values.pop("typed"), values.pop("came_with") or ""
        return Record(values.pop("id"), values, frozenset(typed.split()), file)
    return None


@frozen
class WrittenRow:
    """A record in a list of its kind."""

    id: int
    values: Mapping[str, Any]
    """By column; of a person the name, or the owner as the file names him."""


SEARCHED: Mapping[str, Sequence[Any]] = {
    "contact": (Contact.name, Contact.customer, Contact.mobile, Contact.phone),
    "lead": (Lead.name, Lead.customer, Lead.mobile, Lead.phone),
    "order": (Order.name, Order.customer, Order.external),
    "collection": (Collection.customer, Collection.external),
    "activity": (Activity.customer, Activity.subject, Activity.body),
    "product": (Product.name, Product.category),
}
"""What a list of each kind is searched in."""
NEWEST: Mapping[str, Any] = {"order": Order.day, "collection": fn.COALESCE(Collection.day, Collection.due),
                             "activity": Activity.day, "lead": Lead.created}  # fmt: skip
"""The day the latest comes first by, where a kind has one."""


def written_keys(
    entity: str, order: str | None, *, descending: bool, text: str, narrowings: Mapping[str, Narrowing]
) -> array[int]:
    """The numbers of the records a list shows, in its order; without one the latest first, or by name."""
    table = WRITTEN[entity]
    wanted = table.select(table.id)
    if order == "person":
        wanted = wanted.join(Person, JOIN.LEFT_OUTER)
    by = Person.pinyin if order == "person" else table._meta.fields[order] if order else NEWEST.get(entity)
    by = table.name if by is None else by
    falling = descending or (order is None and entity in NEWEST)
    found = _shown(wanted, entity, text, narrowings)
    return keys(found.order_by(Ordering(by, "DESC" if falling else "ASC"), table.id.desc()))


def written_tally(
    entity: str, column: str, numbers: Sequence[int] | None, *, text: str, narrowings: Mapping[str, Narrowing]
) -> tuple[Tally, ...]:
    """A column's figures added up by currency: of these records, or of all that such a list shows."""
    table = WRITTEN[entity]
    field = table._meta.fields[column]
    wanted = table.select(table.currency, fn.COUNT(field), summed(field)).where(field.is_null(False))
    wanted = _shown(wanted, entity, text, narrowings) if numbers is None else wanted.where(among(table.id, numbers))
    return tuple(Tally(count, sum_, unit) for unit, count, sum_ in rows(wanted.group_by(table.currency)))


def _shown(wanted: Any, entity: str, text: str, narrowings: Mapping[str, Narrowing]) -> Any:
    """The records that hold a text, narrowed column by column."""
    if text:
        wanted = wanted.where(_any([column.contains(text) for column in SEARCHED[entity]]))
    return narrowed(wanted, WRITTEN[entity]._meta.fields, narrowings)


def _any(conditions: Sequence[Any]) -> Any:
    first, *rest = conditions
    for each in rest:
        first |= each
    return first


def written(entity: str, numbers: Sequence[int]) -> list[WrittenRow]:
    """These records of a kind, in the order asked for."""
    table = WRITTEN[entity]
    wanted = table.select().where(among(table.id, numbers))
    if "person" in table._meta.fields:
        named = fn.COALESCE(Person.name, table.owner).alias("person")
        others = [field for field in table._meta.sorted_fields if field.name != "person"]
        wanted = table.select(*others, named).join(Person, JOIN.LEFT_OUTER).where(among(table.id, numbers))
    found = {values["id"]: WrittenRow(values["id"], values) for values in wanted.dicts()}
    return [found[number] for number in numbers if number in found]


def customers_like(text: str) -> list[str]:
    """Names of customers that hold a text, those that begin with it first; a few."""
    if not text.strip():
        return []
    begins = Case(None, [(Account.name.startswith(text), 0)], 1)
    found = Account.select(Account.name).distinct().where(Account.name.contains(text))
    return [name for (name,) in rows(found.order_by(begins, Account.name).limit(FEW))]


def deals_of(customer: str) -> list[tuple[int, str]]:
    """A customer's deals by number and name, those still open first, then the latest."""
    closed = Case(None, [(Deal.status == OPEN, 0)], 1)
    found = Deal.select(Deal.id, Deal.name).where(Deal.customer == customer, Deal.customer != "")
    return [(number, name) for number, name in rows(found.order_by(closed, Deal.close_date.desc()).limit(FEW))]


@frozen
class Agreed:
    """A payment agreed on of which something has not come."""

    id: int
    rest: Money
    due: date | None


@frozen
class ToCollect:
    """What may still come in for a deal."""

    deal: int
    name: str
    customer: str
    rest: Money | None
    """The deal's amount less what came in; none where nothing is left, or it has no amount in the firm's own money."""
    agreed: tuple[Agreed, ...]


def to_collect(deal: int) -> ToCollect:
    """What may still come in for a deal. Raises `LookupError` where there is none."""
    wanted = Deal.select(Deal.name, Deal.customer, Deal.amount, Deal.currency).where(Deal.id == deal)
    for name, customer, amount, currency in rows(wanted):
        came = Collection.select(summed(Collection.amount)).where(Collection.deal == deal, own(Collection))
        [(sum_,)] = rows(came)
        rest = amount - (sum_ or ZERO) if amount and not currency else ZERO
        columns = Collection.select(Collection.id, Collection.planned, Collection.amount, Collection.due)
        open_ = rows(columns.where(Collection.deal == deal, STILL_OWED).order_by(Collection.due))
        agreed = tuple(Agreed(number, planned - (so_far or ZERO), due) for number, planned, so_far, due in open_)
        return ToCollect(deal, name, customer, rest if rest.fen > 0 else None, agreed)
    raise LookupError(deal)


@frozen
class StageRow:
    """A stage of the owner's, in the order of the funnel."""

    id: int | None
    """None for one that ships and was not used yet."""
    label: str
    status: str
    probability: Share | None
    deals: int = 0
    """Deals that are in it."""


def stage_rows(language: Language) -> list[StageRow]:
    """The owner's stages in order; before he has any, those that ship, in a language."""
    there = Deal.select(fn.COUNT(Deal.id)).where(Deal.stage == Stage.label)
    found = rows(
        Stage.select(Stage.id, Stage.label, Stage.status, Stage.probability, there).order_by(Stage.position, Stage.id)
    )
    return [StageRow(*row) for row in found] or starter_stages(language)


def starter_stages(language: Language) -> list[StageRow]:
    """The stages that ship."""
    word = "zh" if language.is_chinese else "en"
    return [StageRow(None, row[word], row["status"], Share(row["probability"])) for row in starter("sales_stages")]
