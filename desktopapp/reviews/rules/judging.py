"""From scores to a grade, and how far a review has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.message import N_
from desktopapp.reviews.rules.form import PLACES, Effect, Form, Level

SELF, MANAGER, CONFIRM, SIGNED = "self", "manager", "confirm", "signed"


def points(score: Decimal | None, weight: Decimal, highest: Decimal) -> Decimal | None:
    """What a score on a dimension earns of its weight."""
    return None if score is None else (score / highest * weight).quantize(PLACES, ROUND_HALF_UP)


def total(earned: Iterable[Decimal | None]) -> Decimal:
    """The sum of the points as they are printed, so that a reader who adds them up finds the same."""
    return sum((each for each in earned if each is not None), Decimal(0))


def vetoed(scores: Mapping[str, Decimal | None], form: Form) -> bool:
    """Whether a dimension that admits no failing was failed."""
    return any(each.veto and scores.get(each.id) == form.lowest for each in form.dimensions)


def grade(total: Decimal, form: Form, *, vetoed: bool = False) -> Level:
    """The grade a total earns; a veto leaves the lowest."""
    if vetoed:
        return form.levels[-1]
    return next((level for level in form.levels if total >= level.least), form.levels[-1])


def effect(grade: str, form: Form) -> Effect | None:
    """What a grade leads to, where the template says."""
    return next((each for each in form.effects if each.grade == grade), None)


OUTCOMES = (
    ("reward", N_("Reward")),
    ("promotion", N_("Promotion candidate")),
    ("training", N_("Training")),
    ("plan", N_("Improvement plan")),
    ("role", N_("Change of role")),
    ("keep", N_("Keep")),
)
"""The uses of a result that a form offers to tick, in its order."""


def suggested(grade: str, form: Form) -> tuple[str, ...]:
    """The uses that go with a grade, by its place on the scale."""
    grades = [level.grade for level in form.levels]
    if grade not in grades:
        return ()
    place = grades.index(grade) / max(len(grades) - 1, 1)
    if place < 0.5:
        return ("reward", "promotion")
    return ("keep",) if place == 0.5 else ("training", "plan")


def state(self_scores: Sequence[Decimal | None], scores: Sequence[Decimal | None], *, with_self: bool) -> str:
    """How far a review that is not signed has come."""
    if all(score is not None for score in scores):
        return CONFIRM
    waiting = with_self and None in self_scores
    return SELF if waiting and not any(score is not None for score in scores) else MANAGER
