"""Reading whole reviews, many in a few questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from desktopapp.goals.queries import SALES, GoalRow
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import Calibration, Cycle, Measure, Review, Score, Stated, Step
from desktopapp.reviews.queries.afterwards import disputed, refusals
from desktopapp.reviews.queries.document import in_force, signed
from desktopapp.reviews.queries.given import Asked, Live, ScoreRow, agreed, asked, given, scores
from desktopapp.reviews.queries.review import (
    CalibrationLine,
    GoalLine,
    Line,
    MeasureLine,
    RaterLine,
    ReviewSheet,
    StepLine,
)
from desktopapp.reviews.queries.templates import stated
from desktopapp.reviews.rules import SIGNED, Form, Given, Judged, register
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
    wanted = Review.select(Review, Cycle, Stated, disputed(Review.id)).join(Cycle).switch(Review).join(Stated)
    found: dict[int, Any] = {r.id: r for r in wanted.where(Review.id.in_(list(numbers)))}
    read = _read([r for r in found.values() if r.state != SIGNED])
    texts = in_force(number for number, r in found.items() if r.version)
    refused = refusals(texts)
    for number in numbers:
        if (r := found.get(number)) is None:
            continue
        if r.state == SIGNED:
            yield signed(r, *texts[number], refused.get((number, r.version)))
        else:
            yield _amending(r, read.sheet(r), texts)


def _amending(r: Any, sheet: ReviewSheet, texts: Mapping[int, tuple[str, str]]) -> ReviewSheet:
    """A review that is not signed; of one that was, the version it is to take the place of."""
    if r.id not in texts:
        return sheet
    document, sha256 = texts[r.id]
    return replace(sheet, entry=register.entry(document), sha256=sha256, amending=r.amending)


@frozen
class _Read:
    """What is known of reviews that are not signed, each by its number."""

    people: Mapping[int, team.PersonRow]
    agreed: Mapping[tuple[Period, int], Sequence[GoalRow]]
    asked: Asked
    given: Mapping[int, Given]
    evidence: Mapping[int, Mapping[str, str]]
    steps: Mapping[int, tuple[StepLine, ...]]
    before: Mapping[int, Sequence[_Earlier]]
    calibrations: Mapping[int, tuple[CalibrationLine, ...]]
    measures: Mapping[int, tuple[MeasureLine, ...]]

    def sheet(self, r: Any) -> ReviewSheet:
        """One of them whole."""
        template, given, period = stated(r.stated.form), self.given[r.id], r.cycle.period
        judged, who = rules.judge(template, given), self.people[r.person_id]
        level = judged.level
        effect = rules.effect(level.grade, template) if level else None
        last = _last(self.before.get(r.person_id, ()), period)
        lines = self.agreed.get((period, r.person_id), ())
        return ReviewSheet(
            id=r.id, cycle=r.cycle_id, person=who.id, number=who.number, name=who.name, position=who.position,
            team=who.team, joined=who.joined, days=rules.days_in_post(who.joined, period), period=period,
            template=template.name, form=template, state=r.state,
            goals=tuple(_goal(*pair) for pair in zip(lines, judged.goal_points, strict=True)),
            dimensions=self._lines(r.id, template, judged, last),
            highlights=r.highlights, improve=r.improve, comment=r.comment, opinion=r.opinion,
            outcomes=tuple(r.outcomes.split()), suggested=rules.suggested(level.grade, template) if level else (),
            steps=self.steps.get(r.id, ()), done=sum(score is not None for score in given.superior.values()),
            total=judged.total, grade=level.grade if level else "", factor=effect.factor if effect else None,
            level=level, effect=effect, last_total=last.total if last else None,
            last_period=last.period if last else None, signed=None, sha256="", computed=judged.computed,
            calibrations=self.calibrations.get(r.id, ()),
            raters=raters(template, given, self.asked.get(r.id, {})), missing=judged.missing,
            measures=self.measures.get(r.id, ()), declined=tuple(r.declined.split()), potential=r.potential,
            waived=r.waived,
        )  # fmt: skip

    def _lines(self, review: int, template: Form, judged: Judged, last: _Earlier | None) -> tuple[Line, ...]:
        given, evidence = self.given[review], self.evidence.get(review, {})
        return tuple(
            Line(
                each.id, each.name, each.weight, each.definition, each.anchors, each.hints, each.veto,
                given.own.get(each.id), given.superior.get(each.id), judged.points[each.id],
                last.score(each.id, template) if last else None, evidence.get(each.id, ""),
                tuple((kind, means[each.id]) for kind, means in given.others.items() if each.id in means),
                judged.scores[each.id],
            )
            for each in template.dimensions
        )  # fmt: skip


def _read(live: Sequence[Any]) -> _Read:
    numbers = [r.id for r in live]
    judged = [Live(r.id, r.person_id, r.cycle.period, stated(r.stated.form), r.calibrated) for r in live]
    reached, counts, scored = agreed(judged), asked(judged), scores(judged)
    return _Read(
        {row.id: row for row in _people([r.person_id for r in live])}, reached, counts,
        given(judged, reached, counts, scored), _evidence(scored), _steps(numbers),
        _before([r.person_id for r in live]), _calibrations(numbers), _measures(numbers),
    )  # fmt: skip


def raters(template: Form, given: Given, asked: Mapping[str, tuple[int, int]]) -> tuple[RaterLine, ...]:
    """Who has a part in the score, and who of them has rated; the person and the superior are always asked."""
    known = dict(asked)
    for relation, said in ((rules.OWN, given.own), (rules.SUPERIOR, given.superior)):
        is_back = all(said.get(each.id) is not None for each in template.dimensions)
        known[relation] = (int(relation != rules.OWN or template.with_self), int(is_back))
    return tuple(RaterLine(kind, weight, *known.get(kind, (0, 0))) for kind, weight in template.weights.items())


def _people(numbers: Sequence[int]) -> list[team.PersonRow]:
    if len(numbers) < 2:
        return [team.person(number) for number in numbers]
    return team.people(leavers=True, owner=True)


def _evidence(scored: Sequence[ScoreRow]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for review, dimension, _score, _self_score, evidence in scored:
        found.setdefault(review, {})[dimension] = evidence
    return found


def _steps(reviews: Sequence[int]) -> dict[int, tuple[StepLine, ...]]:
    found: dict[int, tuple[StepLine, ...]] = {}
    columns = (Step.item, Step.action, Step.measure, Step.by, Step.support)
    wanted = Step.select(Step.review, *columns).where(Step.review.in_(list(reviews))).order_by(Step.id)
    for review, *values in rows(wanted):
        found[review] = (*found.get(review, ()), StepLine(*values))
    return found


def _calibrations(reviews: Sequence[int]) -> dict[int, tuple[CalibrationLine, ...]]:
    found: dict[int, tuple[CalibrationLine, ...]] = {}
    columns = (Calibration.day, Calibration.was, Calibration.now, Calibration.reason)
    wanted = Calibration.select(Calibration.review, *columns).where(Calibration.review.in_(list(reviews)))
    for review, *values in rows(wanted.order_by(Calibration.id)):
        found[review] = (*found.get(review, ()), CalibrationLine(*values))
    return found


def _measures(reviews: Sequence[int]) -> dict[int, tuple[MeasureLine, ...]]:
    found: dict[int, tuple[MeasureLine, ...]] = {}
    columns = (
        Measure.id, Measure.kind, Measure.text, Measure.basis, Measure.loss, Measure.wage, Measure.minimum,
    )  # fmt: skip
    wanted = Measure.select(Measure.review, *columns).where(Measure.review.in_(list(reviews)))
    for review, *values in rows(wanted.order_by(Measure.id)):
        found[review] = (*found.get(review, ()), MeasureLine(*values))
    return found


@frozen
class _Earlier:
    """A review that was signed before."""

    period: Period
    total: Decimal | None
    highest: Decimal
    scores: Mapping[str, Decimal | None]

    def score(self, dimension: str, template: Form) -> Decimal | None:
        """What was given then, on the scale of another template."""
        score = self.scores.get(dimension)
        return None if score is None else score * template.highest / self.highest


def _before(people: Sequence[int]) -> dict[int, list[_Earlier]]:
    """The signed reviews of these people."""
    earlier = (
        Review.select(Review.id, Review.person, Cycle.period, Review.total, Stated.form)
        .join(Cycle)
        .switch(Review)
        .join(Stated)
        .where(Review.state == SIGNED, Review.person.in_(list(people)))
    )
    past = rows(earlier)
    if not past:
        return {}
    scored: dict[int, dict[str, Decimal | None]] = {}
    columns = Score.select(Score.review, Score.dimension, Score.score)
    for review, dimension, score in rows(columns.where(Score.review.in_([row[0] for row in past]))):
        scored.setdefault(review, {})[dimension] = score
    found: dict[int, list[_Earlier]] = {}
    for review, person, period, total, form in past:
        found.setdefault(person, []).append(_Earlier(period, total, stated(form).highest, scored.get(review, {})))
    return found


def _last(signed: Iterable[_Earlier], period: Period) -> _Earlier | None:
    """The latest of them for an earlier period of the same length."""
    fitting = [each for each in signed if each.period.months == period.months and each.period.end < period.start]
    return max(fitting, key=lambda each: each.period.end, default=None)


def _goal(g: GoalRow, points: Decimal | None) -> GoalLine:
    start = None if g.source == SALES else g.start
    return GoalLine(g.goal, g.metric_name, g.unit, start, g.target, g.actual, g.attainment, g.weight, g.note, points)
