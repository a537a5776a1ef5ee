"""From scores to a grade, and how far a review has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_
from desktopapp.kernel.share import Share
from desktopapp.reviews.rules.form import PLACES, Dimension, Form, Level
from desktopapp.reviews.rules.raters import BLOCK, NAMELESS, OWN, RELATIONS, RENORMALISE, SUPERIOR, ZERO, merged

SELF, MANAGER, CONFIRM, SIGNED, WAIVED = "self", "manager", "confirm", "signed", "waived"
GOALS = "goals"
"""What stands for the goals where somebody or something is waited for."""
WAITED = {**dict(RELATIONS), GOALS: N_("Goals of the period")}
"""What is waited for, in marked texts."""

Scores = Mapping[str, Decimal | None]
"""What one rater gave, by dimension."""


@frozen
class Given:
    """All that a review is judged on."""

    superior: Scores
    own: Scores = field(default_factory=dict)
    others: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """The means of nameless raters, by kind and dimension, where there are enough of them."""
    counted: frozenset[str] = frozenset()
    """The nameless kinds of whom enough were asked."""
    goals: tuple[tuple[Share | None, Decimal], ...] = ()
    """Attainment and weight of each goal of the period."""
    calibrated: Decimal | None = None
    """The total that was set in calibration."""


@frozen
class Judged:
    """What it comes to."""

    scores: Mapping[str, Decimal | None]
    """Those of all raters in one, by dimension."""
    points: Mapping[str, Decimal | None]
    goal_points: tuple[Decimal | None, ...]
    computed: Decimal | None
    """The points so far; nothing before the first score."""
    total: Decimal | None
    """The same, unless it was calibrated."""
    level: Level | None
    """Only once every dimension is scored and nobody is waited for."""
    missing: frozenset[str]
    """Whom a template that waits for everybody still waits for."""


def judge(form: Form, given: Given) -> Judged:
    """Work out the points, the total and the grade of a review."""
    missing: set[str] = set()
    scores = {each.id: _merged(form, each, given, missing) for each in form.dimensions}
    earned = {each.id: points(scores[each.id], each.weight, form.highest) for each in form.dimensions}
    goals = _goal_points(form, given.goals, missing)
    if all(given.superior.get(each.id) is None for each in form.dimensions):
        return Judged(scores, earned, goals, None, None, None, frozenset(missing))
    is_whole = not missing and None not in scores.values()
    computed = total((*earned.values(), *goals))
    if is_whole and form.policy == RENORMALISE:
        computed = _without_goals(form, computed, goals)
    standing = computed if given.calibrated is None else given.calibrated
    level = grade(standing, form, vetoed=vetoed(given.superior, form)) if is_whole else None
    return Judged(scores, earned, goals, computed, standing, level, frozenset(missing))


def _merged(form: Form, dimension: Dimension, given: Given, missing: set[str]) -> Decimal | None:
    """The score of all who rate a dimension; nothing before the superior has, or while somebody is waited for."""
    weights = {relation: part for relation, part in form.weights.items() if _rates(relation, form, dimension, given)}
    scores = {relation: _given(relation, dimension.id, given) for relation in weights}
    if scores.get(SUPERIOR) is None:
        return None
    absent = {relation for relation, score in scores.items() if score is None}
    if form.policy == BLOCK and absent:
        missing |= absent
        return None
    return _rounded(merged(scores, weights, form.policy))


def _rates(relation: str, form: Form, dimension: Dimension, given: Given) -> bool:
    if relation in NAMELESS:
        return relation in dimension.asked and relation in given.counted
    return relation != OWN or form.with_self


def _given(relation: str, dimension: str, given: Given) -> Decimal | None:
    if relation == SUPERIOR:
        return given.superior.get(dimension)
    if relation == OWN:
        return given.own.get(dimension)
    return given.others.get(relation, {}).get(dimension)


def _goal_points(
    form: Form, goals: Sequence[tuple[Share | None, Decimal]], missing: set[str]
) -> tuple[Decimal | None, ...]:
    """What each goal earns of the part the goals have, by what was attained of it."""
    if not form.goal_weight:
        return (None,) * len(goals)
    if form.policy == BLOCK and (not goals or any(share is None for share, _ in goals)):
        missing.add(GOALS)
    whole = sum((weight for share, weight in goals if share is not None or form.policy == ZERO), Decimal(0))
    return tuple(
        None if share is None else _rounded(form.goal_weight * weight / whole * capped(share, form))
        for share, weight in goals
    )


def capped(share: Decimal, form: Form) -> Decimal:
    """How much of an attainment counts: nothing below zero, nothing above the cap."""
    return max(min(share, form.goal_cap) if form.goal_cap is not None else share, Decimal(0))


def _without_goals(form: Form, earned: Decimal, goals: Sequence[Decimal | None]) -> Decimal:
    """The total where goals should count and none has a figure: what else was judged stands for the whole."""
    left = 100 - form.goal_weight
    if not form.goal_weight or not left or any(each is not None for each in goals):
        return earned
    return _rounded(earned * 100 / left)


def _rounded(figure: Decimal) -> Decimal:
    """A figure as it is printed, and as whoever checks by hand goes on with it."""
    return figure.quantize(PLACES, ROUND_HALF_UP)


def points(score: Decimal | None, weight: Decimal, highest: Decimal) -> Decimal | None:
    """What a score on a dimension earns of its weight."""
    return None if score is None else _rounded(score / highest * weight)


def total(earned: Iterable[Decimal | None]) -> Decimal:
    """The sum of the points as they are printed, so that a reader who adds them up finds the same."""
    return sum((each for each in earned if each is not None), Decimal(0))


def vetoed(scores: Mapping[str, Decimal | None], form: Form) -> bool:
    """Whether a dimension that admits no failing was failed."""
    return any(each.veto and _is_failed(scores.get(each.id), each) for each in form.dimensions)


def _is_failed(score: Decimal | None, dimension: Dimension) -> bool:
    return score is not None and score <= min(at for at, _ in dimension.anchors)


def grade(total: Decimal, form: Form, *, vetoed: bool = False) -> Level:
    """The grade a total earns; a veto leaves the lowest."""
    if vetoed:
        return form.levels[-1]
    return next((level for level in form.levels if total >= level.least), form.levels[-1])


TRAINING, PLAN, MEASURE = "training", "plan", "measure"
OUTCOMES = (
    ("reward", N_("Reward")),
    ("promotion", N_("Promotion candidate")),
    (TRAINING, N_("Training")),
    (PLAN, N_("Improvement plan")),
    ("role", N_("Change of role")),
    ("keep", N_("Keep")),
)
"""The uses of a result that a form offers to tick, in its order."""


WEAK = Decimal("0.4")
"""A score of this part of the scale or less wants help."""


def weakest(form: Form, scores: Scores, most: int = 2) -> tuple[Dimension, ...]:
    """The dimensions scored lowest, if low; the weightier first."""
    given = [(score, each) for each in form.dimensions if (score := scores.get(each.id)) is not None]
    weak = [(score, each) for score, each in given if score / form.highest <= WEAK]
    return tuple(each for _, each in sorted(weak, key=lambda pair: (pair[0], -pair[1].weight))[:most])


def suggested(grade: str, form: Form) -> tuple[str, ...]:
    """The uses that go with a grade, by its place on the scale."""
    grades = [level.grade for level in form.levels]
    if grade not in grades:
        return ()
    place = grades.index(grade) / max(len(grades) - 1, 1)
    if place < 0.5:
        return ("reward", "promotion")
    return ("keep",) if place == 0.5 else (TRAINING, PLAN)


def state(self_scores: Sequence[Decimal | None], scores: Sequence[Decimal | None], *, with_self: bool) -> str:
    """How far a review that is not signed has come."""
    if all(score is not None for score in scores):
        return CONFIRM
    waiting = with_self and None in self_scores
    return SELF if waiting and not any(score is not None for score in scores) else MANAGER
