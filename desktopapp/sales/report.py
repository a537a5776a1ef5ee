"""Customers that go from one hand to another, on paper (TE-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M
from desktopapp.kernel.money import total
from desktopapp.printing.form import Booklet, Filled, Printed, unprintable
from desktopapp.sales.queries.portfolio import Customer, portfolio
from desktopapp.team import queries as team

CODE = "TE-02"
CUSTOMERS = "Customers"
"""The table's title in the form."""


def handover(
    path: Path,
    languages: tuple[Language, ...],
    *,
    giver: int,
    receiver: int | None,
    today: date,
    printed: datetime | None = None,
    filled: bool = True,
    customers: Sequence[Customer] | None = None,
) -> Printed:
    """Print the customers of somebody for whoever takes them over, or the sheet with the names alone.

    `customers` are those that have gone over already, as they were before; else all he has.
    """
    firm = team.firm()
    names = {row.id: row.name for row in team.people(leavers=True)}
    if customers is None:
        customers = portfolio(giver, today) if filled else []
    fields: dict[str, object] = {
        "Giver": names[giver],
        "Receiver": names.get(receiver or 0),
        "Witness": firm.owner or None if firm else None,
        "Customers": len(customers) or None,
        "Receivable": total(each.owed for each in customers) if customers else None,
    }
    written = Filled(fields=fields, rows={CUSTOMERS: [_line(each) for each in customers]} if customers else {},
                     by_hand=not customers)  # fmt: skip
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        pages = booklet.form(CODE, written, bookmark=names[giver], subject=names[giver])
    return Printed(path, 1, pages)


def missing_glyphs(_language: Language, *, giver: int, today: date, **_chosen: object) -> Sequence[tuple[str, str]]:
    """Which customers stand on it under names that no font of ours can draw, with the characters."""
    return undrawn(portfolio(giver, today))


def undrawn(customers: Sequence[Customer]) -> list[tuple[str, str]]:
    """Which of these customers stand on it under names that no font of ours can draw, with the characters."""
    written = ((each.name, unprintable(each.name, each.contact, each.next)) for each in customers)
    return [(name, "".join(characters)) for name, characters in written if characters]


def _line(of: Customer) -> tuple[object, ...]:
    return (None, of.name, of.level, of.contact, _open(of), of.owed if of.owed else None, of.next)


def _open(of: Customer) -> object:
    """What is still going on with them: orders, and open deals."""
    said = []
    if of.orders:
        said.append(M("{count} {count:order|orders}", count=of.orders))
    if of.deals:
        said.append(M("{count} {count:open deal|open deals}", count=of.deals))
    return M("{open}", open=tuple(said)) if said else None
