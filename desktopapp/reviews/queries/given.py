"""What reviews that are not signed yet are judged on, read for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktopapp.goals import queries as goals
from desktopapp.goals.queries import GoalRow
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import ACCEPTED, REJECTED, RaterForm, RaterScore, Score
from desktopapp.reviews.rules import NAMELESS, Form, Given
from desktopapp.storage import rows


@frozen
class Live:
    """A review to be judged."""

    review: int
    person: int
    period: Period
    form: Form
    calibrated: Decimal | None


Agreed = Mapping[tuple[Period, int], Sequence[GoalRow]]
"""The goals of people for periods."""


ScoreRow = tuple[int, str, Decimal | None, Decimal | None, str]
"""A review, a dimension, what the superior and the person gave, and what it rests on."""
Asked = Mapping[int, Mapping[str, tuple[int, int]]]
"""How many raters of each kind were asked about each review, and how many have answered."""


def given(live: Sequence[Live], agreed: Agreed, asked: Asked, scores: Sequence[ScoreRow]) -> dict[int, Given]:
    """What each of these reviews is judged on, by its number."""
    superior: dict[int, dict[str, Decimal | None]] = {}
    own: dict[int, dict[str, Decimal | None]] = {}
    for review, dimension, score, self_score, _evidence in scores:
        superior.setdefault(review, {})[dimension] = score
        own.setdefault(review, {})[dimension] = self_score
    counted = {review: _counted(kinds) for review, kinds in asked.items()}
    others = _others([review for review, kinds in counted.items() if kinds])
    return {
        each.review: Given(
            superior.get(each.review, {}), own.get(each.review, {}), others.get(each.review, {}),
            counted.get(each.review, frozenset()),
            tuple((row.attainment, row.weight) for row in agreed.get((each.period, each.person), ())),
            each.calibrated,
        )
        for each in live
    }  # fmt: skip


def agreed(live: Iterable[Live]) -> dict[tuple[Period, int], Sequence[GoalRow]]:
    """The goals in force of those reviewed, for the periods of their reviews."""
    people: dict[Period, list[int]] = {}
    for each in live:
        people.setdefault(each.period, []).append(each.person)
    return {
        (period, person): lines
        for period, those in people.items()
        for person, lines in goals.agreed(period, those).items()
    }


def scores(live: Sequence[Live]) -> list[ScoreRow]:
    """Every dimension of these reviews with what the superior and the person gave, and the evidence."""
    columns = (Score.review, Score.dimension, Score.score, Score.self_score, Score.evidence)
    return rows(Score.select(*columns).where(Score.review.in_([each.review for each in live])))


def _others(reviews: Sequence[int]) -> dict[int, dict[str, dict[str, Decimal]]]:
    """The means of nameless raters, by kind and dimension; none of so few that one could be told by it."""
    if not reviews:
        return {}
    said: dict[tuple[int, str, str], list[Decimal]] = {}
    columns = (RaterForm.review, RaterForm.relation, RaterScore.dimension, RaterScore.score)
    wanted = RaterScore.select(*columns).join(RaterForm)
    theirs = (RaterForm.review.in_(list(reviews)), RaterForm.relation.in_(NAMELESS), RaterForm.state == ACCEPTED)
    for review, relation, dimension, score in rows(wanted.where(*theirs)):
        said.setdefault((review, relation, dimension), []).append(score)
    found: dict[int, dict[str, dict[str, Decimal]]] = {}
    for (review, relation, dimension), scores in said.items():
        if (mean := rules.mean(relation, scores)) is not None:
            found.setdefault(review, {}).setdefault(relation, {})[dimension] = mean
    return found


def asked(live: Sequence[Live]) -> dict[int, dict[str, tuple[int, int]]]:
    """How many raters of each kind were asked about these reviews, and how many have answered."""
    reviews = [each.review for each in live if any(kind in NAMELESS for kind in each.form.weights)]
    found: dict[int, dict[str, tuple[int, int]]] = {}
    if not reviews:
        return found
    columns = (RaterForm.review, RaterForm.relation, RaterForm.state)
    theirs = (RaterForm.review.in_(reviews), RaterForm.state != REJECTED)
    for review, relation, state in rows(RaterForm.select(*columns).where(*theirs)):
        kinds = found.setdefault(review, {})
        so_far, back = kinds.get(relation, (0, 0))
        kinds[relation] = so_far + 1, back + (state == ACCEPTED)
    return found


def _counted(asked: Mapping[str, tuple[int, int]]) -> frozenset[str]:
    """The nameless kinds of raters of whom enough were asked."""
    return frozenset(kind for kind in NAMELESS if kind in asked and rules.is_counted(kind, asked[kind][0]))
