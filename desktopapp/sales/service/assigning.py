"""Giving deals and customers to somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M
from desktopapp.sales.models import OPEN, STILL_OWED, Account, Collection, Contact, Deal, Lead, Order
from desktopapp.storage import among, unit
from desktopapp.team import queries as team

TOGETHER = 2_000
"""Deals assigned between two looks at whether the owner stopped it."""


def assign(
    *, deals: Sequence[int], person: int | None, progress: Callable[[int, int], object] = lambda _done, _whole: None
) -> None:
    """Give deals to somebody, or to nobody on the team, in one request."""
    words = M("Take {count} {count:deal|deals} off the team", count=len(deals))
    if person is not None:
        words = M("Assign {count} {count:deal|deals} to {name}", count=len(deals), name=team.person(person).name)
    is_other = Deal.person.is_null() if person is not None else Deal.person.is_null(False)
    if person is not None:
        is_other |= Deal.person != person
    with unit("sales.assign", words):
        for start in range(0, len(deals), TOGETHER):
            progress(start, len(deals))
            Deal.update(person=person).where(among(Deal.id, deals[start : start + TOGETHER]), is_other).execute()


GOES_ON: tuple[tuple[Any, Any], ...] = (
    (Contact, Contact.id > 0), (Deal, Deal.status == OPEN), (Order, Order.status == OPEN), (Collection, STILL_OWED),
)  # fmt: skip
"""What goes with a customer to another hand. What was won and received stays with who did it."""
LEADS = ((Lead, Lead.status == OPEN),)
"""What goes besides where somebody gives up all he has."""


@frozen
class Handed:
    """How much went to another hand."""

    customers: int
    deals: int


def hand_over(*, giver: int, receiver: int) -> Handed:
    """All customers of somebody go to another, with everything that still goes on with them, in one request.

    His results stay his: deals won or lost, and money that came in.
    """
    if giver == receiver:
        raise Refused(M("Choose somebody else to take them over."), "receiver")
    names = team.person(giver).name, team.person(receiver).name
    words = M("Hand over the customers of {giver} to {receiver}", giver=names[0], receiver=names[1])
    with unit("sales.hand_over", words):
        customers = Account.update(person=receiver).where(Account.person == giver).execute()
        counts = _give(receiver, (*GOES_ON, *LEADS), lambda table: table.person == giver)
        if not customers and not any(counts.values()):
            raise Refused(M("{name} has no customers, and nothing that still goes on.", name=names[0]), "giver")
    return Handed(customers, counts[Deal])


def assign_customers(*, accounts: Sequence[int], person: int | None) -> Handed:
    """Give customers to somebody, or to nobody on the team, with what still goes on with them, whoever had it."""
    words = M("Take {count} {count:customer|customers} off the team", count=len(accounts))
    if person is not None:
        words = M("Assign {count} {count:customer|customers} to {name}",
                  count=len(accounts), name=team.person(person).name)  # fmt: skip
    wanted = among(Account.id, accounts)
    his = Account.select(Account.id).where(wanted)
    with unit("sales.assign_customers", words):
        customers = Account.update(person=person).where(wanted).execute()
        counts = _give(person, GOES_ON, lambda table: table.account.in_(his))
    return Handed(customers, counts[Deal])


def _give(
    person: int | None, tables: Iterable[tuple[Any, Any]], whose: Callable[[Any], Any]
) -> dict[Any, int]:  # fmt: skip
    """Give somebody what goes on; how many of each kind."""
    return {table: table.update(person=person).where(whose(table), goes_on).execute() for table, goes_on in tables}
