"""Forms that go out to be filled in, and taking back what was filled in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import (
    ACCEPTED,
    CREATED,
    EXPORTED,
    PDF,
    RECEIVED,
    REJECTED,
    Answer,
    RaterForm,
    Remark,
    Review,
    Score,
)
from desktopapp.reviews.rules import SIGNED, WAIVED
from desktopapp.reviews.service.judging import move_on, unsigned
from desktopapp.reviews.service.raters import EDITION, ask_again, take_score
from desktopapp.storage import unit
from desktopapp.team.models import Person


def issue(*, reviews: Iterable[int], today: date) -> tuple[int, ...]:
    """Make the forms in which people assess themselves; gives their numbers.

    Who has one that did not come back yet keeps it: written again it is the same form. What was
    handed out cannot be taken back by undoing.
    """
    wanted = Review.id.in_(list(reviews))
    unsigned: Iterable[Any] = Review.select(Review, Person).join(Person).where(
        wanted, Review.state.not_in((SIGNED, WAIVED))
    )
    asked = [each for each in unsigned if queries.form_of(each.id).with_self]
    if not asked:
        raise Refused(M("Nobody here still has to assess himself."))
    with unit("reviews.issue", M("Send out {count} {count:self-assessment|self-assessments}",
                                 count=len(asked)), is_step=False):  # fmt: skip
        return tuple(_issue(review, today) for review in asked)


def _issue(review: Any, today: date) -> int:
    mine = (RaterForm.review == review.id) & (RaterForm.relation == rules.OWN)
    waiting = RaterForm.state.in_((CREATED, EXPORTED, RECEIVED)) & (RaterForm.version == EDITION)
    there: Any = RaterForm.select().where(mine & waiting).first()
    if there is None:
        there = RaterForm.create(
            review=review.id, relation=rules.OWN, rater=review.person.name, person=review.person_id,
            nonce=secrets.token_hex(16), version=EDITION, issued=today,
        )  # fmt: skip
    return int(there.id)


def exported(*, forms: Iterable[int]) -> None:
    """Note that these forms were written as files."""
    made = list(forms)
    with unit("reviews.exported", M("{count} {count:form was|forms were} written", count=len(made)), is_step=False):
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
    way: str = PDF


def accept(*, taken: Sequence[Taken], today: date) -> int:
    """Take over what the owner has chosen of the forms that came back, all of it or nothing.

    Gives how many answers. What was not chosen is kept with the form and changes nothing.
    """
    forms: list[Any] = [RaterForm.get_by_id(each.form) for each in taken]
    words = M("Take over {count} {count:form|forms} that came back", count=len(taken))
    if all(form.relation == rules.OWN for form in forms):
        words = M("Take back the self-assessments of {count} {count:person|people}", count=len(taken))
    if len(forms) == 1:
        words = _about(forms[0], N_("Take back the self-assessment of {name}"), N_("Take back a form about {name}"))
    with unit("reviews.accept", words):
        return sum(_accept(each, today) for each in taken)


def _accept(taken: Taken, today: date) -> int:
    form = _waiting(taken.form)
    review = unsigned(form.review_id)
    template = queries.form_of(review.id)
    questions = rules.questions(template, form.relation)
    if strange := taken.chosen - {each.key for each in questions}:
        raise ValueError(strange)
    for each in questions:
        said = rules.answer(each, taken.answers.get(each.key, ""), template)
        is_taken, is_rating = each.key in taken.chosen, each.kind == rules.RATING
        if form.relation not in rules.NAMELESS:
            _keep_answer(form.id, each.key, said, is_taken=is_taken)
        if is_taken and is_rating:
            take_score(form, each.dimension, Decimal(said) if said else None)
        elif is_taken:
            _take_words(form, review, each, said)
    form.way = taken.way if taken.chosen else None
    form.state = ACCEPTED if taken.chosen else RECEIVED
    form.returned, form.file = today, taken.file
    form.save()
    move_on(review, template)
    return len(taken.chosen)


def _about(form: Any, own: str, other: str) -> Message:
    """What is done with a form, in words that fit whose it is."""
    return Message(own if form.relation == rules.OWN else other, {"name": form.review.person.name})


def _take_words(form: Any, review: Any, question: rules.Question, said: str) -> None:
    """Put what was written to where it is read: a superior's into the review, a nameless rater's among the others'."""
    if form.relation in rules.NAMELESS:
        if said:
            Remark.create(form=form.id, key=question.key, text=said)
    elif question.dimension:
        score: Any = Score.get(Score.review == review.id, Score.dimension == question.dimension)
        score.evidence = said
        score.save()
    elif question.key == rules.COMMENT:
        review.comment = said
        review.save()


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
    words = _about(found, N_("Send back the self-assessment of {name}"), N_("Send back a form about {name}"))
    with unit("reviews.send_back", words):
        found.state, found.returned, found.file = REJECTED, today, file
        found.save()
        if found.relation != rules.OWN:
            ask_again(found, today)


def _waiting(form: int) -> Any:
    """A form of which nothing was taken over yet."""
    found = RaterForm.get_by_id(form)
    if found.state in (ACCEPTED, REJECTED):
        raise Refused(M("This form has been dealt with already."))
    return found
