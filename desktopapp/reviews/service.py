"""Judging and signing."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.goals import rules as goal_rules
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import (
    ACCEPTED,
    CLOSED,
    CREATED,
    EXPORTED,
    RECEIVED,
    REJECTED,
    Adjustment,
    Answer,
    Cycle,
    RaterForm,
    Review,
    Score,
    Step,
)
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.rules import SIGNED
from desktopapp.storage import unit
from desktopapp.team import queries as team
from desktopapp.team.models import ACTIVE, PROBATION, Person


def adjust(*, template: str, figures: rules.Figures) -> None:
    """Set figures of a template; only those given change, and rounds already begun keep theirs."""
    before = queries.template(template)
    after = rules.adjusted(before, figures)
    rules.check_form(after)
    plain = {form.id: rules.figures(form) for form in queries.shipped()}[template]
    now, was = rules.figures(after), rules.figures(before)
    with unit("reviews.adjust", M("Change the template “{name}”", name=before.name)):
        for (part, key), value in now.items():
            if value != was[part, key]:
                _adjust(template, part, key, None if value == plain[part, key] else value)


def _adjust(template: str, part: str, key: str, value: Decimal | None) -> None:
    """Keep a figure set otherwise; none is the one that ships."""
    found = (Adjustment.template == template) & (Adjustment.part == part) & (Adjustment.key == key)
    there: Any = Adjustment.select().where(found).first()
    if value is None:
        Adjustment.delete().where(found).execute()
        return
    there = there or Adjustment(template=template, part=part, key=key)
    there.value = value
    there.save()


def restore_template(*, template: str) -> None:
    """Set a template back to how it ships."""
    name = queries.template(template).name
    with unit("reviews.restore_template", M("Restore the template “{name}”", name=name)):
        Adjustment.delete().where(Adjustment.template == template).execute()


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
        _move_on(found, form)


def _move_on(review: Any, form: rules.Form) -> None:
    """Say anew how far a review has come."""
    scores = list(Score.select().where(Score.review == review))
    review.state = rules.state(
        [each.self_score for each in scores], [each.score for each in scores], with_self=form.with_self
    )
    review.save()


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


EDITION = 1
"""Counts up when a form asks or looks otherwise than before."""


def issue(*, reviews: Iterable[int], today: date) -> tuple[int, ...]:
    """Make the forms in which people assess themselves; gives their numbers.

    Who has one that did not come back yet keeps it: written again it is the same form. What was
    handed out cannot be taken back by undoing.
    """
    wanted = Review.id.in_(list(reviews))
    unsigned: Iterable[Any] = Review.select(Review, Person).join(Person).where(wanted, Review.state != SIGNED)
    asked = [each for each in unsigned if queries.form(each.cycle_id).with_self]
    if not asked:
        raise Refused(M("Nobody here still has to assess himself."))
    with unit("reviews.issue", M("Send out {count} self-assessments", count=len(asked)), is_step=False):
        return tuple(_issue(review, today) for review in asked)


def _issue(review: Any, today: date) -> int:
    mine = (RaterForm.review == review.id) & (RaterForm.relation == rules.OWN)
    waiting = RaterForm.state.in_((CREATED, EXPORTED, RECEIVED)) & (RaterForm.version == EDITION)
    there: Any = RaterForm.select().where(mine & waiting).first()
    if there is None:
        there = RaterForm.create(
            review=review.id, relation=rules.OWN, rater=review.person.name, nonce=secrets.token_hex(16),
            version=EDITION, issued=today,
        )  # fmt: skip
    return int(there.id)


def exported(*, forms: Iterable[int]) -> None:
    """Note that these forms were written as files."""
    made = list(forms)
    with unit("reviews.exported", M("{count} forms were written", count=len(made)), is_step=False):
        RaterForm.update(state=EXPORTED).where(RaterForm.id.in_(made), RaterForm.state == CREATED).execute()


@frozen
class Taken:
    """A form that came back, as the owner lets it in."""

    form: int
    answers: Mapping[str, str]
    """All that came back, by question."""
    chosen: frozenset[str]
    """The questions whose answers are taken over; without any the form is only kept."""
    file: str


def accept(*, taken: Sequence[Taken], today: date) -> int:
    """Take over what the owner has chosen of the forms that came back, all of it or nothing.

    Gives how many answers. What was not chosen is kept with the form and changes nothing.
    """
    people = [RaterForm.get_by_id(each.form).review.person.name for each in taken]
    words = M("Take back the self-assessments of {count} people", count=len(taken))
    if len(people) == 1:
        words = M("Take back the self-assessment of {name}", name=people[0])
    with unit("reviews.accept", words):
        return sum(_accept(each, today) for each in taken)


def _accept(taken: Taken, today: date) -> int:
    form = _waiting(taken.form)
    review = _unsigned(form.review_id)
    template = queries.form(review.cycle_id)
    questions = rules.questions(template, form.relation)
    if strange := taken.chosen - {each.key for each in questions}:
        raise ValueError(strange)
    for each in questions:
        said = rules.answer(each, taken.answers.get(each.key, ""), template)
        is_taken = each.key in taken.chosen
        _keep_answer(form.id, each.key, said, is_taken=is_taken)
        if is_taken and each.kind == rules.RATING:
            score = Score.get(Score.review == review.id, Score.dimension == each.dimension)
            score.self_score = Decimal(said) if said else None
            score.save()
    form.state = ACCEPTED if taken.chosen else RECEIVED
    form.returned, form.file = today, taken.file
    form.save()
    _move_on(review, template)
    return len(taken.chosen)


def _keep_answer(form: int, key: str, text: str, *, is_taken: bool) -> None:
    there: Any = Answer.get_or_none(Answer.form == form, Answer.key == key)
    if there is None and not text:
        return
    there = there or Answer(form=form, key=key)
    there.text, there.is_taken = text, is_taken
    there.save()


def send_back(*, form: int, file: str, today: date) -> None:
    """Do not take a form that came back; whoever filled it in gets a new one the next time."""
    found = _waiting(form)
    name = found.review.person.name
    with unit("reviews.send_back", M("Send back the self-assessment of {name}", name=name)):
        found.state, found.returned, found.file = REJECTED, today, file
        found.save()


def _waiting(form: int) -> Any:
    """A form of which nothing was taken over yet."""
    found = RaterForm.get_by_id(form)
    if found.state in (ACCEPTED, REJECTED):
        raise Refused(M("This form has been dealt with already."))
    return found
