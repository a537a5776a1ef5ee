"""What the sales data want of the owner: deals past their date, money that is late, customers nobody spoke to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from peewee import fn

from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.sales.queries.cuts import KINDS, Cut, Scope, asked, basis, last_contact
from desktopapp.sales.rules import LATE
from desktopapp.team import queries as team

SLIPPED, OVERDUE, QUIET = "slipped", "owed", "quiet"
LEADS_TO = {SLIPPED: "", OVERDUE: LATE, QUIET: ""}
"""The kinds of rows notices lead to, each with the part of it that is meant."""


@frozen
class _Told:
    """What the rows of a notice come to."""

    sum: Money
    count: int
    first: date
    """The day the oldest of them is of."""


def cut_of_notice(kind: str, today: date) -> Cut:
    """The rows a notice is about."""
    return Cut(kind, Scope(team.season().of(today)), today, LEADS_TO[kind])


def notices(today: date) -> Iterator[Notice]:
    """One notice of each kind, however many rows it is about; it leads to them."""
    if told := _of(SLIPPED, today):
        what = M("{count} {count:deal past its date|deals past their date}: {sum}", count=told.count, sum=told.sum)
        yield _notice(SLIPPED, what, told.first, N_("Give new dates"))
    if told := _of(OVERDUE, today):
        what = M("{count} {count:payment|payments} overdue: {sum}", count=told.count, sum=told.sum)
        yield _notice(OVERDUE, what, told.first, N_("Follow up"))
    if told := _of(QUIET, today):
        days = basis().no_contact
        what = M("{count} {count:deal|deals} without contact for {days} {days:day|days}: {sum}",
                 count=told.count, sum=told.sum, days=days)  # fmt: skip
        yield _notice(QUIET, what, told.first + timedelta(days=days), N_("Get in touch"))


def _notice(kind: str, what: Message, due: date, act: str) -> Notice:
    return Notice(what, due, Link("sales", None, kind), act=act)


def _of(kind: str, today: date) -> _Told | None:
    """What a notice is about, added up in the file."""

    def columns(c: Any) -> list[Any]:
        day = last_contact(c) if kind == QUIET else getattr(c, KINDS[kind].day)
        return [fn.SUM(getattr(c, KINDS[kind].amount)), fn.COUNT(c.id), fn.MIN(day)]

    [(fen, count, first)] = asked(cut_of_notice(kind, today), columns)
    if not count:
        return None
    return _Told(Money(fen or 0), count, first if isinstance(first, date) else date.fromisoformat(first))
