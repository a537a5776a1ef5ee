"""Judging and signing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.goals import rules as goal_rules
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import CLOSED, Cycle, Review, Score, Step
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.rules import SIGNED
from desktopapp.storage import unit
from desktopapp.team import queries as team
from desktopapp.team.models import ACTIVE, PROBATION


def start(
    *, period: Period, template: str, today: date, people: Iterable[int] | None = None, due: date | None = None
) -> int:
    """Start a round: one review a person, on the template as it stands today. Gives the number.

    Unless people are named it takes in everyone at work; who joined after the period is left out.
    """
    form = queries.template(template)
    rules.check_form(form)
    if period.start > today:
        raise Refused(M("{period} has not begun.", period=period), "period")
    if Cycle.select().where(Cycle.period == period, Cycle.template == template).exists():
        words = M("The round “{name}” of {period} is there already.", name=form.name, period=period)
        raise Refused(words, "template")
    if due is not None and due < today:
        raise Refused(M("This day is past."), "due")
    reviewed = _reviewed(period, people)
    if not reviewed:
        raise Refused(M("Nobody was with the firm in {period}.", period=period), "people")
    with unit("reviews.start", M("Start the reviews of {period}", period=period)):
        kept = json.dumps(rules.to_plain(form), ensure_ascii=False)
        cycle = Cycle.create(
            period=period, template=template, name_zh=form.name.zh, name_en=form.name.en, form=kept, started=today,
            due=due or rules.due(period, today),
        )  # fmt: skip
        for person in reviewed:
            _begin(cycle, person, form)
    return int(cycle.id)


def _reviewed(period: Period, people: Iterable[int] | None) -> list[int]:
    named = None if people is None else set(people)
    return [
        row.id
        for row in team.people()
        if (row.status in (ACTIVE, PROBATION) if named is None else row.id in named)
        and (row.joined is None or row.joined <= period.end)
    ]


def _begin(cycle: Any, person: int, form: rules.Form) -> None:
    state = rules.SELF if form.with_self else rules.MANAGER
    review = Review.create(cycle=cycle, person=person, state=state)
    dimensions = enumerate(form.dimensions)
    Score.insert_many([{"review": review.id, "dimension": each.id, "position": n} for n, each in dimensions]).execute()


def score(*, review: int, dimension: str, score: Decimal | None) -> None:
    """Score a dimension, or take its score back."""
    _give(review, dimension, "score", score)


def self_score(*, review: int, dimension: str, score: Decimal | None) -> None:
    """Enter what the person gives himself on a dimension."""
    _give(review, dimension, "self_score", score)


def _give(review: int, dimension: str, column: str, score: Decimal | None) -> None:
    found = _unsigned(review)
    form = queries.form(found.cycle_id)
    rules.check_score(score, form)
    given = Score.get(Score.review == review, Score.dimension == dimension)
    name = next(each.name for each in form.dimensions if each.id == dimension)
    words: Message = M("Score {name} on “{dimension}”", name=found.person.name, dimension=name)
    with unit("reviews.score", words):
        setattr(given, column, score)
        given.save()
        scores = list(Score.select().where(Score.review == review))
        found.state = rules.state(
            [each.self_score for each in scores], [each.score for each in scores], with_self=form.with_self
        )
        found.save()


def note_evidence(*, review: int, dimension: str, evidence: str) -> None:
    """Write down what a score rests on."""
    found = _unsigned(review)
    given = Score.get(Score.review == review, Score.dimension == dimension)
    with unit("reviews.evidence", M("Note evidence for {name}", name=found.person.name)):
        given.evidence = evidence
        given.save()


TEXTS = ("highlights", "improve", "comment", "opinion")
"""The texts of a review that are written freely."""


def write(*, review: int, field: str, text: str) -> None:
    """Write one of the texts of a review."""
    if field not in TEXTS:
        raise ValueError(field)
    found = _unsigned(review)
    with unit("reviews.write", M("Write in the review of {name}", name=found.person.name)):
        setattr(found, field, text)
        found.save()


def set_outcomes(*, review: int, outcomes: Iterable[str]) -> None:
    """Say what the result is used for."""
    chosen = set(outcomes)
    if unknown := chosen - {key for key, _ in rules.OUTCOMES}:
        raise ValueError(unknown)
    found = _unsigned(review)
    with unit("reviews.outcomes", M("Decide what follows from the review of {name}", name=found.person.name)):
        found.outcomes = " ".join(key for key, _ in rules.OUTCOMES if key in chosen)
        found.save()


def set_steps(*, review: int, steps: Sequence[StepLine]) -> None:
    """Agree on what is to be improved next period; takes the place of what was agreed before."""
    found = _unsigned(review)
    if any(not step.item.strip() for step in steps):
        raise Refused(M("Write what is to be improved."), "item")
    with unit("reviews.steps", M("Agree on improvements with {name}", name=found.person.name)):
        there = _staying(list(Step.select().where(Step.review == review).order_by(Step.id)), steps)
        for nth, step in enumerate(steps):
            kept: Any = there[nth] if nth < len(there) else Step(review=review)
            kept.item, kept.action, kept.measure = step.item, step.action, step.measure
            kept.by, kept.support = step.by, step.support
            kept.save()


def _staying(there: list[Any], steps: Sequence[StepLine]) -> list[Any]:
    """The lines that stay, so that the bin holds what was taken out and not the line that moved up into its place."""
    wanted = {step.item for step in steps}
    too_many = len(there) - len(steps)
    going = sorted(there, key=lambda row: (row.item in wanted, -row.id))[: max(too_many, 0)]
    for row in going:
        row.delete_instance()
    return [row for row in there if row not in going]


def sign(*, review: int, today: date) -> None:
    """Sign a review: its figures and texts are copied into one text that never changes again."""
    found = _unsigned(review)
    sheet = queries.sheet(review)
    for line in sheet.dimensions:
        if line.score is None:
            raise Refused(M("“{dimension}” is not scored yet.", dimension=line.name), line.id)
    whole = goal_rules.weight_sum(goal.weight for goal in sheet.goals)
    if sheet.goals and whole != 100:
        words = M("The weights of the goals of {period} add up to {sum}, not to 100; mend them first.",
                  period=sheet.period, sum=whole)  # fmt: skip
        raise Refused(words, "goals")
    with unit("reviews.sign", M("Sign the review of {name} for {period}", name=sheet.name, period=sheet.period)):
        found.state, found.signed = SIGNED, today
        found.total, found.grade, found.factor = sheet.total, sheet.grade, sheet.factor
        found.document = queries.document(sheet, today)
        found.sha256 = queries.fingerprint(found.document)
        found.save()


def close(*, cycle: int) -> None:
    """Close a round once every review of it is signed."""
    row = queries.cycle(cycle)
    if row.signed < row.people:
        raise Refused(M("{count} reviews are still to be signed.", count=row.people - row.signed))
    with unit("reviews.close", M("Close the reviews of {period}", period=row.period)):
        Cycle.update(state=CLOSED).where(Cycle.id == cycle).execute()


def _unsigned(review: int) -> Any:
    found = Review.get_by_id(review)
    if found.state == SIGNED:
        raise Refused(M("This review is signed and no longer changes."))
    return found
