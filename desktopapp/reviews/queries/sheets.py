"""Reading whole reviews, many in a few questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from desktopapp.goals import queries as goals
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import Cycle, Review, Score, Step
from desktopapp.reviews.queries.document import signed
from desktopapp.reviews.queries.review import GoalLine, Line, ReviewSheet, StepLine
from desktopapp.reviews.queries.rounds import judged, stated
from desktopapp.reviews.rules import SIGNED, Dimension, Form
from desktopapp.storage import rows
from desktopapp.team import queries as team


def sheet(review: int) -> ReviewSheet:
    """One whole review. Raises `LookupError` where there is none."""
    for found in sheets([review]):
        return found
    raise LookupError(review)


BATCH = 50
"""How many reviews are read at once, so that a thousand take no more memory than fifty."""


def sheets(numbers: Sequence[int]) -> Iterator[ReviewSheet]:
    """These reviews whole, in the order asked for."""
    for start in range(0, len(numbers), BATCH):
        yield from _sheets(numbers[start : start + BATCH])


def _sheets(numbers: Sequence[int]) -> Iterator[ReviewSheet]:
    wanted = Review.select(Review, Cycle).join(Cycle).where(Review.id.in_(list(numbers)))
    found: dict[int, Any] = {r.id: r for r in wanted}
    people = {row.id: row for row in _people([r.person_id for r in found.values()])}
    live = [r for r in found.values() if r.state != SIGNED]
    given = _scores([r.id for r in live])
    steps = _steps([r.id for r in live])
    before = _before([r.person_id for r in live])
    agreed: dict[tuple[Period, int], list[goals.GoalRow]] = {}
    for period in {r.cycle.period for r in live}:
        reviewed = [r.person_id for r in live if r.cycle.period == period]
        agreed |= {(period, person): lines for person, lines in goals.agreed(period, reviewed).items()}
    for number in numbers:
        if (r := found.get(number)) is None:
            continue
        if r.state == SIGNED:
            yield signed(r)
            continue
        last = _last(before.get(r.person_id, ()), r.cycle.period)
        lines = agreed.get((r.cycle.period, r.person_id), [])
        yield _live(r, people[r.person_id], lines, given.get(r.id, {}), steps.get(r.id, ()), last)


def _people(numbers: Sequence[int]) -> list[team.PersonRow]:
    if len(numbers) == 1:
        return [team.person(numbers[0])]
    return team.people(leavers=True, owner=True)


def _scores(reviews: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    given: Iterable[Any] = Score.select().where(Score.review.in_(list(reviews)))
    for each in given:
        found.setdefault(each.review_id, {})[each.dimension] = each
    return found


def _steps(reviews: Sequence[int]) -> dict[int, tuple[StepLine, ...]]:
    found: dict[int, tuple[StepLine, ...]] = {}
    columns = (Step.item, Step.action, Step.measure, Step.by, Step.support)
    wanted = Step.select(Step.review, *columns).where(Step.review.in_(list(reviews))).order_by(Step.id)
    for review, *values in rows(wanted):
        found[review] = (*found.get(review, ()), StepLine(*values))
    return found


@frozen
class _Earlier:
    """A review that was signed before."""

    period: Period
    total: Decimal | None
    scores: Mapping[str, Decimal | None]


def _before(people: Sequence[int]) -> dict[int, list[_Earlier]]:
    """The signed reviews of these people."""
    earlier = (
        Review.select(Review.id, Review.person, Cycle.period, Review.total)
        .join(Cycle)
        .where(Review.state == SIGNED, Review.person.in_(list(people)))
    )
    past = rows(earlier)
    scores: dict[int, dict[str, Decimal | None]] = {}
    given = Score.select(Score.review, Score.dimension, Score.score)
    for review, dimension, score in rows(given.where(Score.review.in_([row[0] for row in past]))):
        scores.setdefault(review, {})[dimension] = score
    found: dict[int, list[_Earlier]] = {}
    for review, person, period, total in past:
        found.setdefault(person, []).append(_Earlier(period, total, scores.get(review, {})))
    return found


def _last(signed: Iterable[_Earlier], period: Period) -> _Earlier | None:
    """The latest of them for an earlier period of the same length."""
    fitting = [each for each in signed if each.period.months == period.months and each.period.end < period.start]
    return max(fitting, key=lambda each: each.period.end, default=None)


def _live(
    r: Any,
    who: team.PersonRow,
    lines: Sequence[goals.GoalRow],
    given: Mapping[str, Any],
    steps: tuple[StepLine, ...],
    last: _Earlier | None,
) -> ReviewSheet:
    template = stated(r.cycle.form)
    scores = {key: each.score for key, each in given.items()}
    total, level = judged(template, scores)
    effect = rules.effect(level.grade, template) if level else None
    return ReviewSheet(
        id=r.id, cycle=r.cycle_id, person=who.id, number=who.number, name=who.name, position=who.position,
        team=who.team, joined=who.joined, days=rules.days_in_post(who.joined, r.cycle.period), period=r.cycle.period,
        template=template.name, form=template, state=r.state,
        goals=tuple(map(_goal, lines)),
        dimensions=tuple(_line(template, each, given.get(each.id), last) for each in template.dimensions),
        highlights=r.highlights, improve=r.improve, comment=r.comment, opinion=r.opinion,
        outcomes=tuple(r.outcomes.split()), suggested=rules.suggested(level.grade, template) if level else (),
        steps=steps, done=sum(score is not None for score in scores.values()), total=total,
        grade=level.grade if level else "", factor=effect.factor if effect else None, level=level, effect=effect,
        last_total=last.total if last else None, last_period=last.period if last else None, signed=None, sha256="",
    )  # fmt: skip


def _goal(g: goals.GoalRow) -> GoalLine:
    start = None if g.source == goals.SALES else g.start
    return GoalLine(g.goal, g.metric_name, g.unit, start, g.target, g.actual, g.attainment, g.weight, g.note)


def _line(template: Form, each: Dimension, given: Any, last: _Earlier | None) -> Line:
    score = given.score if given else None
    return Line(
        each.id, each.name, each.weight, each.definition, each.anchors, each.hints, each.veto,
        given.self_score if given else None, score, rules.points(score, each.weight, template.highest),
        last.scores.get(each.id) if last else None, given.evidence if given else "",
    )  # fmt: skip
