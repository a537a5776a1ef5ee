"""What comes after a signature: who would not give his, who objects, and what of that wants attention."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from peewee import fn

from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.message import N_, M
from desktopapp.reviews.models import Cycle, Objection, Refusal, Review
from desktopapp.reviews.queries.review import RefusalLine
from desktopapp.reviews.rules.time import answer_by
from desktopapp.storage import rows
from desktopapp.team import queries as team
from desktopapp.team.models import Person


def disputed(review: Any) -> Any:
    """A column of a query: whether an objection to a review is still to be decided."""
    open_ones = Objection.select(Objection.id).where(Objection.review == review, Objection.decision.is_null())
    return fn.EXISTS(open_ones).alias("disputed")


def refused(review: Any, version: Any) -> Any:
    """A column of a query: whether the person would not sign a version of a review."""
    found = Refusal.select(Refusal.id).where(Refusal.review == review, Refusal.version == version)
    return fn.EXISTS(found).alias("refused")


def refusals(reviews: Collection[int]) -> dict[tuple[int, int], RefusalLine]:
    """Who would not sign, by review and version."""
    if not reviews:
        return {}
    columns = (Refusal.review, Refusal.version, Refusal.day, Refusal.witness, Refusal.reason)
    wanted = Refusal.select(*columns).where(Refusal.review.in_(list(reviews)))
    return {(review, version): RefusalLine(*said) for review, version, *said in rows(wanted)}


def names_disputed(cycle: int) -> tuple[str, ...]:
    """Whose reviews of a round are under an objection that is still to be decided, in order of pinyin."""
    wanted = Objection.select(Person.name).join(Review).join(Person)
    open_ones = wanted.where(Review.cycle == cycle, Objection.decision.is_null())
    return tuple(name for (name,) in rows(open_ones.order_by(Person.pinyin, Person.id)))


def notices() -> Iterator[Notice]:
    """Objections that wait for a decision."""
    columns = (Objection.review, Review.person, Person.name, Cycle.period, Objection.raised)
    wanted = Objection.select(*columns).join(Review).join(Person).switch(Review).join(Cycle)
    for review, person, name, period, raised in rows(wanted.where(Objection.decision.is_null())):
        yield Notice(
            M("{name} objects to the review of {period}", name=name, period=period), answer_by(raised, team.swaps()),
            Link("reviews", review, "objection"), M("raised on {day}", day=raised), N_("Decide"), person,
        )  # fmt: skip
