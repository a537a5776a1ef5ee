"""Sales data on their way out: the columns they came in, under headings the way in knows, and the other columns too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from peewee import JOIN, SQL, fn

from desktopapp.exchange.export import written
from desktopapp.exchange.headings import Target
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.share import Share
from desktopapp.sales.imports.kinds import ENTITIES, HELPERS, SYSTEMS, Entity, tells_system
from desktopapp.sales.models import CONVERTED, Account, Deal, Order
from desktopapp.sales.service.content import DEAL, LEAD, ORDER
from desktopapp.storage import rows
from desktopapp.storage.fields import Choice
from desktopapp.team.models import Person

REFERRED: Mapping[str, tuple[str, Any]] = {
    "account_id": ("account", Account), "deal_id": ("deal", Deal), "order_no": ("order", Order),
}  # fmt: skip
"""Helping targets that name another record by its number."""
TOGETHER = 2_000
"""Records read at a time."""


@frozen
class Outgoing:
    """The records of one kind that came from one system, as they leave: headings, and rows as they are read."""

    entity: str
    system: str
    heading: tuple[str, ...]
    rows: Callable[[], Iterator[list[Any]]]
    count: int


def outgoing(language: Language) -> list[Outgoing]:
    """Every kind of sales data there is any of; a file of it, taken in by an empty program, brings the same back."""
    return [each for entity in ENTITIES if entity.table is not None for each in _of_kind(entity, language)]


def _of_kind(entity: Entity, language: Language) -> Iterator[Outgoing]:
    """Apart by system, since numbers are those of a system; where there is one, a column says which."""
    table: Any = entity.table
    targets = [each for each in entity.kind.targets if _goes_out(entity.key, each, table)]
    headings = [heading_of(each, language) for each in targets]
    counted = rows(table.select(table.system, fn.COUNT(table.id)).group_by(table.system).order_by(table.system))
    for system, count in counted:
        others = _other_columns(table, system)
        named = (language.text(SYSTEMS.get(system, system)),) if system else ()
        said = (language.text(Account.system.verbose_name),) if system else ()
        read = partial(_rows, entity, system, targets, others, named, language)
        yield Outgoing(entity.key, system, (*headings, *said, *others), read, count)


def _goes_out(entity: str, target: Target, table: Any) -> bool:
    if target.name in REFERRED:
        return REFERRED[target.name][0] in table._meta.fields
    if target.name == "said":
        return entity in (DEAL, ORDER)
    if target.name == "converted":
        return entity == LEAD
    return target.name not in HELPERS and target.name in table._meta.fields


def heading_of(target: Target, language: Language) -> str:
    """The heading of a column: its label, or for whose a record is the word files have for it."""
    if target.name == "owner" and len(target.headings) > 1:
        return target.headings[0] if language.is_chinese else target.headings[-1]
    return language.text(target.field.verbose_name)


def _other_columns(table: Any, system: str) -> tuple[str, ...]:
    """The headings of the columns nobody asked for, as they stood in the files."""
    if "extra" not in table._meta.fields:
        return ()
    kept = fn.json_each(fn.NULLIF(table.extra, "")).alias("kept")
    found = table.select(SQL("kept.key")).from_(table, kept).where(table.system == system).distinct()
    names = (name for (name,) in rows(found))
    return tuple(name for name in names if name not in HELPERS and not tells_system(name))


def _rows(
    entity: Entity, system: str, targets: Sequence[Target], others: Sequence[str], named: Sequence[str],
    language: Language,
) -> Iterator[list[Any]]:  # fmt: skip
    table: Any = entity.table
    last = 0
    wanted = _question(table, targets).where(table.system == system)
    while True:
        found = rows(wanted.where(table.id > last).order_by(table.id).limit(TOGETHER))
        for number, extra, *values in found:
            kept = json.loads(extra) if extra else {}
            said = (_worded(each, value, entity.key, language) for each, value in zip(targets, values, strict=True))
            yield [*said, *named, *(kept.get(name, "") for name in others)]
            last = number
        if len(found) < TOGETHER:
            return


def _question(table: Any, targets: Sequence[Target]) -> Any:
    extra = table.extra if "extra" in table._meta.fields else SQL("''")
    wanted = table.select(table.id, extra, *(_column(table, each) for each in targets))
    if "person" in table._meta.fields:
        wanted = wanted.join(Person, JOIN.LEFT_OUTER, on=table.person == Person.id)
    for each in targets:
        if each.name in REFERRED:
            field, other = REFERRED[each.name]
            wanted = wanted.join(other, JOIN.LEFT_OUTER, on=getattr(table, field) == other.id, src=table)
    return wanted


def _column(table: Any, target: Target) -> Any:
    if target.name in REFERRED:
        return REFERRED[target.name][1].external
    if target.name == "owner" and "person" in table._meta.fields:
        return fn.COALESCE(Person.name, table.owner)
    if target.name in ("said", "converted"):
        return table.status
    return table._meta.fields[target.name]


def _worded(target: Target, value: Any, entity: str, language: Language) -> Any:
    """A value as a file has it: of a choice its word."""
    if target.name == "converted":
        return language.show(value == CONVERTED)
    if target.name == "said":
        field: Any = Order.status if entity == ORDER else Deal.status
        return language.text(field.label(value))
    if isinstance(target.field, Choice) and value is not None:
        return language.text(target.field.label(value))
    if isinstance(value, Share):
        return written(value)  # as a text, which leaves no doubt whether 0.5 is a half or half of a hundredth
    return language.show(value) if isinstance(value, bool) else value
