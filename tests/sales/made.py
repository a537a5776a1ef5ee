"""Sales data for tests, written in as few words as they need."""

from __future__ import annotations

from datetime import date
from itertools import count

from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.sales.models import LOST, OPEN, WON, Account, Collection, Deal, Order, Stage, StageChange
from desktopapp.storage import unit

_number = count()


def _create(table, **values):
    with unit("sales.test", M("x")):
        return table.create(external=str(next(_number)), **values)


def deal(person, amount, day, status=WON, customer="华鼎机电", **values):
    """A deal; in yuan, of a day that may be missing, at odds that may be."""
    odds = values.pop("odds", None)
    return _create(Deal, name=f"{customer}采购", customer=customer, person=person, status=status,
                   amount=Money.yuan(amount), close_date=day,
                   probability=None if odds is None else Share(odds), **values)  # fmt: skip


def account(name, **values):
    """A customer."""
    return _create(Account, name=name, **values)


def paid(of, amount, day, due=None):
    """Money that came in for a deal."""
    return _create(Collection, deal=of, person=of.person_id, customer=of.customer, amount=Money.yuan(amount), day=day,
                   due=due)  # fmt: skip


def planned(customer, agreed, due, **values):
    """A payment agreed on."""
    return _create(Collection, customer=customer, planned=Money.yuan(agreed), due=due, **values)


def order(customer, amount, due, **values):
    """An order."""
    return _create(Order, customer=customer, amount=Money.yuan(amount), due=due, **values)


def stages(*odds):
    """Stages named A, B, C… at these odds, then won and lost."""
    with unit("sales.test", M("x")):
        for place, (label, each) in enumerate(zip("ABCDEFG", odds, strict=False), 1):
            Stage.create(label=label, probability=Share(each), position=place)
        Stage.create(label="赢单", status=WON, probability=Share(1), position=90)
        Stage.create(label="输单", status=LOST, probability=Share(0), position=91)


def moved(of, before, after, day, *, status=OPEN, days=None):
    """A deal that went from one stage to the next."""
    with unit("sales.test", M("x")):
        return StageChange.create(deal=of, before=before, after=after, day=day, status=status, days=days)


def day(text):
    """A day, as 2026-11-23."""
    return date.fromisoformat(text)
