"""Judging: scores, what they rest on, and the words of a review."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import Review, Score, Step
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.rules import SIGNED, WAIVED
from desktopapp.reviews.service.lines import keep_lines
from desktopapp.storage import unit


def score(*, review: int, dimension: str, score: Decimal | None) -> None:
    """Score a dimension, or take its score back."""
    _give(review, dimension, "score", score)


def self_score(*, review: int, dimension: str, score: Decimal | None) -> None:
    """Enter what the person gives himself on a dimension."""
    _give(review, dimension, "self_score", score)


def _give(review: int, dimension: str, column: str, score: Decimal | None) -> None:
    found = unsigned(review)
    form = queries.form_of(review)
    rules.check_score(score, form)
    given = Score.get(Score.review == review, Score.dimension == dimension)
    name = next(each.name for each in form.dimensions if each.id == dimension)
    words: Message = M("Score {name} on “{dimension}”", name=found.person.name, dimension=name)
    with unit("reviews.score", words):
        setattr(given, column, score)
        given.save()
        move_on(found, form)


def move_on(review: Any, form: rules.Form) -> None:
    """Say anew how far a review has come."""
    scores = list(Score.select().where(Score.review == review))
    review.state = rules.state(
        [each.self_score for each in scores], [each.score for each in scores], with_self=form.with_self
    )
    review.save()


def note_evidence(*, review: int, dimension: str, evidence: str) -> None:
    """Write down what a score rests on."""
    found = unsigned(review)
    given = Score.get(Score.review == review, Score.dimension == dimension)
    with unit("reviews.evidence", M("Note evidence for {name}", name=found.person.name)):
        given.evidence = evidence
        given.save()


TEXTS = ("highlights", "improve", "comment", "opinion")
"""The texts of a review that are written freely."""
BY_THE_REVIEWER = ("improve", "comment")
"""Those that bind the firm once they are signed."""


def write(*, review: int, field: str, text: str) -> None:
    """Write one of the texts of a review."""
    if field not in TEXTS:
        raise ValueError(field)
    found = unsigned(review)
    if field in BY_THE_REVIEWER:
        rules.check_no_cut(text, field)
    with unit("reviews.write", M("Write in the review of {name}", name=found.person.name)):
        setattr(found, field, text)
        found.save()


def set_steps(*, review: int, steps: Sequence[StepLine]) -> None:
    """Agree on what is to be improved next period; takes the place of what was agreed before."""
    found = unsigned(review)
    if any(not step.item.strip() for step in steps):
        raise Refused(M("Write what is to be improved."), "item")
    for step in steps:
        for field in ("item", "action", "measure"):
            rules.check_no_fine(getattr(step, field), field)
    with unit("reviews.steps", M("Agree on improvements with {name}", name=found.person.name)):
        keep_lines(Step.review, review, steps, ("item", "action", "measure", "by", "support"))


def unsigned(review: int) -> Any:
    """A review that may still be changed. Raises `Refused` where it is signed."""
    found = Review.get_by_id(review)
    if found.state == SIGNED:
        raise Refused(M("This review is signed and no longer changes."))
    if found.state == WAIVED:
        raise Refused(M("This review was waived: take that back first."))
    return found
