"""What signed reviews lead to: proposals for the areas that act on them. They are asked for, never sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import Cycle, Improvement, Measure, Review, Score, Stated
from desktopapp.reviews.queries.templates import stated
from desktopapp.reviews.rules import MEASURE, PLAN, SIGNED, TRAINING
from desktopapp.storage import rows
from desktopapp.team.models import LEFT, Person


@frozen
class Proposal:
    """One thing that was decided in a signed review, for whoever carries it out."""

    review: int
    person: int
    name: str
    period: Period
    kind: str
    """One of `rules.OUTCOMES`, or a measure."""
    grade: str
    factor: Decimal | None
    """Times the performance bonus."""
    signed: date
    dimensions: tuple[Both, ...] = ()
    """For training: what was scored weakest."""
    measure: str = ""
    """For a measure: which one."""
    text: str = ""


def proposals(*, kind: str | None = None, person: int | None = None) -> list[Proposal]:
    """What signed reviews lead to, that of the latest period first; who has left is left out.

    An improvement plan is no proposal any more once it is opened.
    """
    wanted = (
        Review.select(
            Review.id, Person.id, Person.name, Cycle.period, Review.grade, Review.factor, Review.signed,
            Review.outcomes, Stated.form,
        )
        .join(Person).switch(Review).join(Cycle).switch(Review).join(Stated)
        .where(Review.state == SIGNED, Person.status != LEFT, *([Review.person == person] if person else []))
    )  # fmt: skip
    found = rows(wanted)
    decided = _measures([row[0] for row in found]) if kind in (None, MEASURE) else {}
    weak = _scores([row[0] for row in found if TRAINING in row[7].split()]) if kind in (None, TRAINING) else {}
    opened = _opened([row[0] for row in found if PLAN in row[7].split()])
    made: list[Proposal] = []
    for number, who, name, period, grade, factor, signed, ticked, form in found:
        about = (number, who, name, period)
        for each in ticked.split():
            if kind in (None, each) and not (each == PLAN and number in opened):
                weakest = tuple(_weakest(form, weak.get(number, {}))) if each == TRAINING else ()
                made.append(Proposal(*about, each, grade, factor, signed, weakest))
        for measure, text in decided.get(number, ()):
            made.append(Proposal(*about, MEASURE, grade, factor, signed, (), measure, text))
    return sorted(made, key=lambda each: (each.period.end, each.review), reverse=True)


def coefficients(period: Period) -> dict[int, Decimal]:
    """The coefficient of everybody whose review of a period is signed, times which the performance bonus is paid."""
    signed = Review.select(Review.person, Review.factor).join(Cycle).where(Cycle.period == period)
    return dict(rows(signed.where(Review.state == SIGNED, Review.factor.is_null(is_null=False)).order_by(Review.id)))


def _opened(reviews: Sequence[int]) -> set[int]:
    """After which of these reviews there is an improvement plan."""
    if not reviews:
        return set()
    return {review for (review,) in rows(Improvement.select(Improvement.review)
                                         .where(Improvement.review.in_(list(reviews))))}  # fmt: skip


def _measures(reviews: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    columns = (Measure.review, Measure.kind, Measure.text)
    for review, kind, text in rows(Measure.select(*columns).where(Measure.review.in_(list(reviews)))):
        found.setdefault(review, []).append((kind, text))
    return found


def _scores(reviews: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = {}
    columns = (Score.review, Score.dimension, Score.score)
    for review, dimension, score in rows(Score.select(*columns).where(Score.review.in_(list(reviews)))):
        found.setdefault(review, {})[dimension] = score
    return found


def _weakest(kept: str, scores: dict[str, Decimal]) -> Iterator[Both]:
    form = stated(kept)
    yield from (each.name for each in rules.weakest(form, scores))
