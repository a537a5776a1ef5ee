"""Objections to signed reviews, with what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.period import Period
from desktopapp.reviews.models import PARTLY, UPHELD, Cycle, Objection, Review, Signature
from desktopapp.reviews.rules import SIGNED
from desktopapp.reviews.rules.time import answer_by, last_day
from desktopapp.storage import rows
from desktopapp.team import queries as team
from desktopapp.team.models import Person


@frozen
class ObjectionRow:
    """An objection with its decision, if there is one by now."""

    id: int
    review: int
    person: int
    name: str
    period: Period
    version: int
    """The contested one."""
    raised: date
    text: str
    late: str
    """Why it is heard although it came late; nothing where it was in time."""
    decision: str | None
    reason: str
    decided: date | None
    became: int | None
    """The version it led to, once that is signed."""
    answer_by: date

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.decision is None

    @property
    def is_upheld(self) -> bool:
        """Whether it was found right, in part at least."""
        return self.decision in (UPHELD, PARTLY)


_COLUMNS = (
    Objection.id, Objection.review, Review.person, Person.name, Cycle.period, Objection.version, Objection.raised,
    Objection.text, Objection.late, Objection.decision, Objection.reason, Objection.decided, Objection.became,
)  # fmt: skip


def objections(review: int) -> list[ObjectionRow]:
    """Every objection to a review, against its last version first."""
    return _objections(Objection.review == review)


def objection(number: int) -> ObjectionRow:
    """One of them. Raises `LookupError` where there is none."""
    for row in _objections(Objection.id == number):
        return row
    raise LookupError(number)


def _objections(*where: Any) -> list[ObjectionRow]:
    wanted = Objection.select(*_COLUMNS).join(Review).join(Person).switch(Review).join(Cycle).where(*where)
    found = rows(wanted.order_by(Objection.version.desc()))
    swaps = team.swaps() if found else {}
    told = ((*row, answer_by(row[6], swaps)) for row in found)
    return [ObjectionRow(*row) for row in told]


@frozen
class Time:
    """How long a signed version can be objected to."""

    version: int
    signed: date
    last: date
    """The last day in time."""
    knows_holidays: bool
    """Whether the moved days of that year are known; else weekends alone were counted."""


def time_for(review: int, version: int | None = None) -> Time | None:
    """The time to object to a version of a review, unless one is named that in force; nothing where none is signed."""
    columns = (Signature.version, Signature.day)
    wanted = Signature.select(*columns).join(Review).where(Signature.review == review)
    if version is None:
        wanted = wanted.where(Review.state == SIGNED, Signature.version == Review.version)
    else:
        wanted = wanted.where(Signature.version == version)
    for number, signed in rows(wanted):
        last = last_day(signed, team.swaps())
        return Time(number, signed, last, team.knows_holidays(last.year))
    return None
