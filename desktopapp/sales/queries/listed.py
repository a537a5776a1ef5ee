"""The rows a figure is made of, as they are listed: of whatever table, in the same few columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import JOIN, SQL, Select, fn

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import Money
from desktopapp.sales.models import Activity, Collection, Deal, Lead, Order
from desktopapp.sales.queries.cuts import KINDS, Cut
from desktopapp.sales.queries.owed import owed
from desktopapp.storage import DB, among, rows
from desktopapp.team.models import Person


@frozen
class CutRow:
    """One row behind a figure."""

    id: int
    """An order's, among what is owed, below zero."""
    name: str
    customer: str
    person: str
    """Somebody of the team, or the owner as the file names him."""
    stage: str
    """Of a deal."""
    day: date | None
    amount: Money | None


def cut_rows(cut: Cut, numbers: Sequence[int]) -> list[CutRow]:
    """These rows of a cut, in the order asked for."""
    found = {row.id: row for row in (_owed(cut, numbers) if KINDS[cut.kind].table is None else _plain(cut, numbers))}
    return [found[number] for number in numbers if number in found]


def _plain(cut: Cut, numbers: Sequence[int]) -> list[CutRow]:
    kind = KINDS[cut.kind]
    table: Any = kind.table
    name: Any = {Deal: Deal.name, Lead: Lead.name, Activity: Activity.subject}.get(table, table.customer)
    customer: Any = Lead.name if table is Lead else table.customer
    wanted = (
        table.select(
            table.id, name, customer, fn.COALESCE(Person.name, table.owner),
            table.stage if table is Deal else SQL("''"), getattr(table, kind.day),
            getattr(table, kind.amount) if kind.amount else SQL("null"),
        )
        .join(Person, JOIN.LEFT_OUTER)
        .where(among(table.id, numbers))
    )  # fmt: skip
    return [CutRow(*row) for row in rows(wanted)]


def _owed(cut: Cut, numbers: Sequence[int]) -> list[CutRow]:
    """Payments and orders with what of them is still to come."""
    all_of_it = owed(cut.today if cut.past else None)
    wanted = Select([all_of_it], [all_of_it.c.id, all_of_it.c.due, all_of_it.c.rest]).where(
        among(all_of_it.c.id, numbers)
    )
    asked = rows(wanted.bind(DB))
    rests = {number: (date.fromisoformat(due) if due else None, Money(rest)) for number, due, rest in asked}
    found = []
    for table, sign in ((Collection, 1), (Order, -1)):
        mine = [sign * number for number in rests if number * sign > 0]
        name: Any = Order.name if table is Order else Collection.customer
        said = table.select(table.id, name, table.customer, fn.COALESCE(Person.name, table.owner)).join(
            Person, JOIN.LEFT_OUTER
        )
        found += [CutRow(sign * number, what, customer, person, "", *rests[sign * number])
                  for number, what, customer, person in rows(said.where(among(table.id, mine)))]  # fmt: skip
    return found
