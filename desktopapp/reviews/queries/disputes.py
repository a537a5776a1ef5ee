"""Whether a signed review is agreed to: who would not sign it, and which of them is under an objection."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from peewee import fn

from desktopapp.reviews.models import Objection, Refusal, Review
from desktopapp.reviews.queries.review import RefusalLine
from desktopapp.storage import rows
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
