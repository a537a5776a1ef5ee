"""What a result is used for, and what is done about a bad one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.money import Money
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import Measure, Review
from desktopapp.reviews.queries.measures import measure_kinds
from desktopapp.reviews.queries.outcomes import unanswered
from desktopapp.reviews.service.judging import unsigned
from desktopapp.storage import unit


def set_outcomes(*, review: int, outcomes: Iterable[str]) -> None:
    """Say what the result is used for; what is used was not declined."""
    chosen = set(outcomes)
    if unknown := chosen - {key for key, _ in rules.OUTCOMES}:
        raise ValueError(unknown)
    found = unsigned(review)
    with unit("reviews.outcomes", M("Decide what follows from the review of {name}", name=found.person.name)):
        found.outcomes = _in_order(chosen)
        found.declined = _in_order(set(found.declined.split()) - chosen)
        found.save()


def accept_proposals(*, review: int) -> None:
    """Accept every proposal of a review that is neither accepted nor declined yet."""
    sheet = queries.sheet(review)
    if wanted := unanswered(sheet):
        set_outcomes(review=review, outcomes=(*sheet.outcomes, *wanted))


def decline(*, review: int, outcome: str) -> None:
    """Not follow a proposal; it stands on the review as declined until it is taken up again."""
    _answer(review, outcome, M("Do not follow a proposal for {name}: {outcome}", name=_name(review),
                               outcome=_label(outcome)), is_declined=True)  # fmt: skip


def reconsider(*, review: int, outcome: str) -> None:
    """Let a proposal that was declined be one again."""
    _answer(review, outcome, M("Reconsider a proposal for {name}: {outcome}", name=_name(review),
                               outcome=_label(outcome)), is_declined=False)  # fmt: skip


def _answer(review: int, outcome: str, words: Message, *, is_declined: bool) -> None:
    found = unsigned(review)
    with unit("reviews.answer", words):
        found.outcomes = _in_order(set(found.outcomes.split()) - {outcome})
        others = set(found.declined.split()) - {outcome}
        found.declined = _in_order(others | {outcome} if is_declined else others)
        found.save()


def _name(review: int) -> str:
    return str(Review.get_by_id(review).person.name)


def _label(outcome: str) -> Message:
    return Message(dict(rules.OUTCOMES)[outcome])


def _in_order(chosen: Collection[str]) -> str:
    """Outcomes as they are kept, in the order of the form."""
    return " ".join(key for key, _ in rules.OUTCOMES if key in chosen)


def decide_measure(
    *,
    review: int,
    kind: str,
    text: str = "",
    basis: str = "",
    loss: Money | None = None,
    wage: Money | None = None,
    minimum: Money | None = None,
) -> int:
    """Decide a measure; only the compensation for a loss has sums. Refused where it is a fine. Gives its number."""
    named = next((each.name for each in measure_kinds() if each.id == kind), None)
    if named is None:
        raise Refused(M("Choose a measure."), "kind")
    found = unsigned(review)
    rules.check_measure(kind, text, basis)
    if kind == rules.COMPENSATION:
        rules.deduction(loss=loss, wage=wage, minimum=minimum)
    elif any((loss, wage)):
        raise Refused(M("Only the compensation for a proven loss has a sum."), "loss")
    with unit("reviews.decide_measure", M("Decide for {name}: {measure}", name=found.person.name, measure=named)):
        made = Measure.create(
            review=review, kind=kind, text=text, basis=basis, loss=loss, wage=wage,
            minimum=minimum if kind == rules.COMPENSATION else None,
        )  # fmt: skip
    return int(made.id)


def drop_measure(*, measure: int) -> None:
    """Take a measure back before the review is signed."""
    found: Any = Measure.get_by_id(measure)
    review = unsigned(found.review_id)
    with unit("reviews.drop_measure", M("Drop a measure for {name}", name=review.person.name)):
        found.delete_instance()
