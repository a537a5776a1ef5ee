"""What of the reviews wants attention, worked out from dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import RUNNING, Review
from desktopapp.reviews.queries import afterwards
from desktopapp.reviews.queries.rounds import cycles
from desktopapp.reviews.rules import SIGNED, WAIVED
from desktopapp.team import queries as team
from desktopapp.team.models import Person

FRESH = timedelta(days=45)
"""How long after a period the owner is reminded that its reviews were never started."""


def notices(today: date) -> Iterable[Notice]:
    """Rounds with reviews still to be signed, what should follow a signature, and a period without a round."""
    every = cycles()
    for row in every:
        if row.state == RUNNING and row.signed < row.people:
            waiting = row.people - row.signed
            what = M("{count} {count:review|reviews} of {period} {count:is|are} still to be signed",
                     count=waiting, period=row.period)  # fmt: skip
            detail = M("{scored} of {people} scored, {signed} signed", scored=row.scored, people=row.people,
                       signed=row.signed)  # fmt: skip
            yield Notice(what, row.due, Link("reviews", _next(row.id)), detail, N_("Go on scoring"))
    yield from afterwards.notices(today)
    quarter = team.season().of(today).before
    started = any(row.period == quarter for row in every)
    if not started and today - quarter.end <= FRESH and _worked_in(quarter):
        what = M("The reviews of {period} have not been started", period=quarter)
        yield Notice(what, quarter.end + rules.TIME, Link("reviews"), None, N_("Start"))


def _worked_in(period: Period) -> bool:
    return any(row.joined is not None and row.joined <= period.end for row in team.people())


def _next(cycle: int) -> int | None:
    """The first review of a round that is still to be signed."""
    waiting = Review.select(Review.id).join(Person).where(Review.cycle == cycle, Review.state.not_in((SIGNED, WAIVED)))
    number: int | None = waiting.order_by(Person.pinyin, Person.id).scalar()
    return number
