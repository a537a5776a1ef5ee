"""Rounds of reviews, and how far each review of one has come."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import Cycle, Review, Score
from desktopapp.reviews.rules import CONFIRM, SIGNED, Form, Level
from desktopapp.storage import once, rows
from desktopapp.team.models import Person


@frozen
class CycleRow:
    """A round of reviews and how far it has come."""

    id: int
    period: Period
    template: str
    name: Both
    state: str
    started: date
    due: date
    people: int
    scored: int
    """How many have every score, signed or not."""
    signed: int


@frozen
class ReviewRow:
    """A person's review in the list."""

    id: int
    person: int
    name: str
    pinyin: str
    initials: str
    position: str
    team: str
    state: str
    total: Decimal | None
    """Only once every dimension is scored."""
    grade: str
    done: int
    dimensions: int
    signed: date | None


@frozen
class Result:
    """What came of a signed review."""

    review: int
    period: Period
    total: Decimal | None
    grade: str


@once
def cycles() -> list[CycleRow]:
    """Every round, that of the latest period first."""
    return sorted(_cycles(), key=lambda row: (row.period.end, row.id), reverse=True)


def cycle(number: int) -> CycleRow:
    """One round. Raises `LookupError` where there is none."""
    for row in _cycles(Cycle.id == number):
        return row
    raise LookupError(number)


def _cycles(*where: Any) -> list[CycleRow]:
    states: dict[int, Counter[str]] = {}
    for number, state in rows(Review.select(Review.cycle, Review.state)):
        states.setdefault(number, Counter())[state] += 1
    found = []
    for each in Cycle.select().where(*(where or (True,))):
        count = states.get(each.id, Counter())
        found.append(
            CycleRow(
                each.id, each.period, each.template, Both(each.name_zh, each.name_en), each.state, each.started,
                each.due, count.total(), count[CONFIRM] + count[SIGNED], count[SIGNED],
            )
        )  # fmt: skip
    return found


def form(cycle: int) -> Form:
    """The template of a round, as it was when the round began."""
    return stated(Cycle.get_by_id(cycle).form)


def dimension_name(kept: str, dimension: str) -> Both | str:
    """What a dimension is called in a template kept as text; its key where the template has none such."""
    return next((each.name for each in stated(kept).dimensions if each.id == dimension), dimension)


@cache
def stated(kept: str) -> Form:
    """A template as a round keeps it."""
    return rules.from_plain(json.loads(kept))


@once
def reviews(cycle: int) -> list[ReviewRow]:
    """The reviews of a round, in order of pinyin."""
    template = form(cycle)
    given: dict[int, dict[str, Decimal | None]] = {}
    scores = Score.select(Score.review, Score.dimension, Score.score).join(Review).where(Review.cycle == cycle)
    for review, dimension, score in rows(scores):
        given.setdefault(review, {})[dimension] = score
    found = (
        Review.select(
            Review.id, Person.id, Person.name, Person.pinyin, Person.initials, Person.position, Person.team,
            Review.state, Review.signed,
        )
        .join(Person)
        .where(Review.cycle == cycle)
        .order_by(Person.pinyin, Person.id)
    )
    return [_row(template, given.get(row[0], {}), *row) for row in rows(found)]


def results(person: int) -> list[Result]:
    """What came of somebody's signed reviews, that of the latest period first."""
    signed = (
        Review.select(Review.id, Cycle.period, Review.total, Review.grade)
        .join(Cycle)
        .where(Review.state == SIGNED, Review.person == person)
    )
    return sorted((Result(*row) for row in rows(signed)), key=lambda each: (each.period.end, each.review), reverse=True)


def _row(template: Form, scores: Mapping[str, Decimal | None], *facts: Any) -> ReviewRow:
    number, person, name, pinyin, initials, position, group, state, signed = facts
    done = sum(score is not None for score in scores.values())
    total, level = judged(template, scores)
    complete = done == len(template.dimensions)
    grade = level.grade if level else ""
    return ReviewRow(
        number, person, name, pinyin, initials, position, group, state, total if complete else None, grade, done,
        len(template.dimensions), signed,
    )  # fmt: skip


def judged(template: Form, scores: Mapping[str, Decimal | None]) -> tuple[Decimal | None, Level | None]:
    """The points so far, and the grade once every dimension is scored."""
    given = [(each, scores.get(each.id)) for each in template.dimensions]
    if all(score is None for _, score in given):
        return None, None
    total = rules.total(rules.points(score, each.weight, template.highest) for each, score in given)
    if any(score is None for _, score in given):
        return total, None
    return total, rules.grade(total, template, vetoed=rules.vetoed(scores, template))
