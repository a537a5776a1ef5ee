"""What comes after a signature: who would not give his, who objects, what is talked about, and what of it is due."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from peewee import JOIN, Value, fn

from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.message import N_, M
from desktopapp.reviews.models import (
    Agreed,
    Checkpoint,
    Cycle,
    Improvement,
    Interview,
    Objection,
    Refusal,
    Review,
)
from desktopapp.reviews.queries.review import RefusalLine
from desktopapp.reviews.rules import PLAN, SIGNED
from desktopapp.reviews.rules.time import answer_by
from desktopapp.storage import rows
from desktopapp.team import queries as team
from desktopapp.team.models import LEFT, Person


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


TALK = timedelta(days=7)
"""A talk is held within a week of the signature."""
OPENED = timedelta(days=7)
"""A plan that was decided on is opened within a week."""
FRESH = timedelta(days=45)
"""How long after a signature the owner is reminded of what should follow it."""
AHEAD = timedelta(days=7)
"""How many days before it is due something agreed is told of."""


def notices(today: date) -> Iterator[Notice]:
    """Objections to be decided, talks to be held, plans to be opened, and what was agreed in either."""
    yield from _objections()
    yield from _following(today)
    yield from _agreed(today)


def _objections() -> Iterator[Notice]:
    columns = (Objection.review, Review.person, Person.name, Cycle.period, Objection.raised)
    wanted = Objection.select(*columns).join(Review).join(Person).switch(Review).join(Cycle)
    for review, person, name, period, raised in rows(wanted.where(Objection.decision.is_null())):
        yield Notice(
            M("{name} objects to the review of {period}", name=name, period=period), answer_by(raised, team.swaps()),
            Link("reviews", review, "objection"), M("raised on {day}", day=raised), N_("Decide"), person,
        )  # fmt: skip


def _following(today: date) -> Iterator[Notice]:
    """Talks that are planned, or that nobody planned after a signature; plans that were decided on and not opened."""
    is_fresh = (Review.state == SIGNED) & (Review.signed >= today - FRESH)
    has_plan = fn.EXISTS(Improvement.select(Improvement.id).where(Improvement.review == Review.id))
    columns = (Review.id, Review.person, Person.name, Cycle.id, Cycle.period, Review.signed, Review.outcomes, has_plan,
               Interview.planned, Interview.time, Interview.held)  # fmt: skip
    wanted = (
        Review.select(*columns).join(Person).switch(Review).join(Cycle).switch(Review)
        .join(Interview, JOIN.LEFT_OUTER, on=Interview.review == Review.id)
        .where(is_fresh | (Interview.planned.is_null(is_null=False) & Interview.held.is_null()), Person.status != LEFT)
        .order_by(Review.signed, Person.pinyin)
    )  # fmt: skip
    untalked: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows(wanted):
        review, person, name, cycle, period, signed, outcomes, planned_for, planned, time, held = row
        if planned and not held:
            said = M("Performance interview with {name} about {period}", name=name, period=period)
            at = M("at {time}", time=time) if time else None
            yield Notice(said, planned, Link("reviews", review, "interview"), at, N_("Prepare"), person)
        elif not held:
            untalked.setdefault(cycle, []).append((review, period, signed, name))
        if signed and PLAN in outcomes.split() and not planned_for:
            said = M("An improvement plan for {name} was decided on and is not opened yet", name=name)
            yield Notice(said, signed + OPENED, Link("reviews", review, "improvement"), None, N_("Open"), person)
    for found in untalked.values():
        review, period, signed, name = found[0]
        said = M("{count} {count:review|reviews} of {period} {count:is|are} signed and not talked about yet",
                 count=len(found), period=period)  # fmt: skip
        names = M("{names}", names=tuple(each[-1] for each in found))
        yield Notice(said, signed + TALK, Link("reviews", review, "interview"), names, N_("Arrange"))


def _agreed(today: date) -> Iterator[Notice]:
    """What was agreed and is due, looks at plans, and plans that end."""
    until = today + AHEAD
    agreed = _due(AGREED, Agreed.item, Agreed.by, Agreed.select, Interview).where(
        Agreed.done.is_null(), Agreed.by <= until
    )
    looks = _due(LOOK, Value(""), Checkpoint.day, Checkpoint.select, Improvement).where(
        Checkpoint.course.is_null(), Checkpoint.progress == "", Improvement.result.is_null(), Checkpoint.day <= until
    )
    ends = _due(END, Value(""), Improvement.end, Improvement.select, None).where(
        Improvement.result.is_null(), Improvement.end <= until
    )
    for kind, review, person, name, text, day in rows(agreed.union_all(looks).union_all(ends)):
        due = date.fromisoformat(str(day))
        if kind == AGREED:
            said, table, act = M("Agreed with {name}: {item}", name=name, item=text), "interview", N_("Open")
        elif kind == LOOK:
            said, table, act = M("Look at the improvement plan of {name}", name=name), "improvement", N_("Write")
        else:
            said, table, act = M("The improvement plan of {name} ends", name=name), "improvement", N_("Judge")
        yield Notice(said, due, Link("reviews", review, table), None, act, person)


AGREED, LOOK, END = "agreed", "look", "end"


def _due(kind: str, text: Any, day: Any, select: Any, within: Any) -> Any:
    """Something due by a day, of whom: the same columns for each kind, so that all are asked for at once."""
    wanted = select(Value(kind), Review.id, Review.person, Person.name, text, day.cast("text"))
    return (wanted.join(within) if within else wanted).join(Review).join(Person)
