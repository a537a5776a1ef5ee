"""Forms that went out to be filled in, and what came back on them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import (
    ACCEPTED,
    CREATED,
    REJECTED,
    Answer,
    Cycle,
    RaterForm,
    RaterScore,
    Remark,
    Review,
)
from desktopapp.reviews.queries.rounds import form_of
from desktopapp.reviews.queries.templates import stated
from desktopapp.reviews.rules import SIGNED, WAIVED
from desktopapp.storage import derived_key, rows
from desktopapp.team.models import Person


@frozen
class FormRow:
    """A form that went out to be filled in, and what became of it."""

    id: int
    review: int
    person: int
    name: str
    """Whom it is about."""
    period: Period
    cycle: int
    relation: str
    rater: str
    nonce: str
    version: int
    issued: date
    state: str
    returned: date | None
    review_state: str

    @property
    def is_signed(self) -> bool:
        """Whether its review is signed, so that nothing can be taken over any more."""
        return self.review_state == SIGNED


_FORM_COLUMNS = (
    RaterForm.id, RaterForm.review, Person.id, Person.name, Cycle.period, Cycle.id, RaterForm.relation,
    RaterForm.rater, RaterForm.nonce, RaterForm.version, RaterForm.issued, RaterForm.state, RaterForm.returned,
    Review.state,
)  # fmt: skip


def rater_forms(cycle: int) -> list[FormRow]:
    """The forms of a round that were sent out, those of one person in their order."""
    return _rater_forms((Review.cycle == cycle) & (RaterForm.state != CREATED))


def typeable(cycle: int) -> list[FormRow]:
    """Every form of another rater that paper may be typed in from, also again; those that are still out come first."""
    wanted = (Review.cycle == cycle) & (RaterForm.relation != rules.OWN) & (Review.state.not_in((SIGNED, WAIVED)))
    return sorted(_rater_forms(wanted & (RaterForm.state != REJECTED)), key=lambda row: row.state == ACCEPTED)


def waiting(cycle: int) -> list[FormRow]:
    """The forms of other raters that have not come back; those that were not sent out as files come first."""
    return sorted((row for row in typeable(cycle) if row.state != ACCEPTED), key=lambda row: row.state != CREATED)


def ticking(cycle: int, relations: Iterable[str]) -> list[FormRow]:
    """The forms of these kinds of raters that have not come back, to be ticked on paper."""
    wanted = (Review.cycle == cycle) & (Review.state.not_in((SIGNED, WAIVED)))
    is_out = RaterForm.state.not_in((ACCEPTED, REJECTED)) & RaterForm.relation.in_(list(relations))
    return _rater_forms(wanted & is_out)


def unassessed(cycle: int) -> list[int]:
    """The reviews of a round whose people are to assess themselves and have not given a form back."""
    mine = (Review.cycle == cycle) & (RaterForm.relation == rules.OWN) & (RaterForm.state == ACCEPTED)
    back = {row.review for row in _rater_forms(mine)}
    still = Review.select(Review.id).where(Review.cycle == cycle, Review.state.not_in((SIGNED, WAIVED)))
    return [review for (review,) in rows(still) if review not in back and form_of(review).with_self]


def forms_numbered(numbers: Sequence[int]) -> list[FormRow]:
    """These forms, in the order of their people."""
    return _rater_forms(RaterForm.id.in_(list(numbers)))


def forms_known(nonces: Iterable[str]) -> dict[str, FormRow]:
    """The forms that bear these numbers used once, by them."""
    return {row.nonce: row for row in _rater_forms(RaterForm.nonce.in_(list(nonces)))}


def _rater_forms(where: Any) -> list[FormRow]:
    found = (
        RaterForm.select(*_FORM_COLUMNS).join(Review).join(Person).switch(Review).join(Cycle).where(where)
        .order_by(Person.pinyin, Person.id, RaterForm.id)
    )  # fmt: skip
    return [FormRow(*row) for row in rows(found)]


def answers(review: int, relation: str = rules.OWN) -> dict[str, str]:
    """What was taken over from the forms about somebody, by question; what came last stands."""
    found = (
        Answer.select(Answer.key, Answer.text).join(RaterForm)
        .where(RaterForm.review == review, RaterForm.relation == relation, Answer.is_taken).order_by(Answer.id)
    )  # fmt: skip
    return dict(rows(found))


def came_back(form: int) -> dict[str, str]:
    """Every answer that came back on a form, taken over or not; of a nameless rater's none."""
    return dict(rows(Answer.select(Answer.key, Answer.text).where(Answer.form == form)))


def covered(form: int) -> dict[str, str]:
    """What a nameless rater gave on a form, by question: to tell whether a file says the same, not to be shown."""
    remarked = rows(Remark.select(Remark.key, Remark.text).where(Remark.form == form))
    scored = rows(RaterScore.select(RaterScore.dimension, RaterScore.score).where(RaterScore.form == form))
    return dict(remarked) | {f"score:{key}": f"{score.normalize():f}" for key, score in scored}


def in_words(review: int) -> list[tuple[Message, str]]:
    """What was written about somebody, by question: by himself, in the order of the form, then by others.

    Ratings stand with the scores. What nameless raters wrote is there once enough of their kind are back, in an
    order that tells nobody.
    """
    return [*_of_himself(review), *_of_others(review)]


def _of_himself(review: int) -> list[tuple[Message, str]]:
    said = answers(review)
    if not said:
        return []
    asked = rules.questions(form_of(review), rules.OWN)
    return [(each.label, said[each.key]) for each in asked if each.kind != rules.RATING and said.get(each.key)]


def _of_others(review: int) -> list[tuple[Message, str]]:
    theirs = (RaterForm.review == review, RaterForm.state == ACCEPTED, RaterForm.relation.in_(rules.NAMELESS))
    said = rows(Remark.select(RaterForm.relation, Remark.key, Remark.text).join(RaterForm).where(*theirs))
    if not said:
        return []
    kinds = [kind for (kind,) in rows(RaterForm.select(RaterForm.relation).where(*theirs))]
    enough = {kind for kind in kinds if kinds.count(kind) >= rules.fewest(kind)}
    asked = {(kind, each.key): each.label for kind in enough for each in rules.questions(form_of(review), kind)}
    return [
        (M("{relation}: {question}", relation=Message(RaterForm.relation.label(kind)), question=asked[kind, key]), text)
        for kind, key, text in sorted(said) if kind in enough
    ]  # fmt: skip


def question_name(kept: str, relation: str, key: str) -> Message | str:
    """What a question of a form is called; its key where there is none such."""
    asked = rules.questions(stated(kept), relation)
    return next((each.label for each in asked if each.key == key), key)


@frozen
class RaterRow:
    """Somebody asked to rate, and how far that has come; never what he gave."""

    form: int
    relation: str
    rater: str
    person: int | None
    """On the roster, where he is."""
    state: str
    way: str | None
    returned: date | None


def raters(review: int) -> list[RaterRow]:
    """Who is asked about somebody besides himself, by kind and name; whose form was sent back is not."""
    columns = (
        RaterForm.id, RaterForm.relation, RaterForm.rater, RaterForm.person, RaterForm.state, RaterForm.way,
        RaterForm.returned,
    )  # fmt: skip
    theirs = (RaterForm.review == review, RaterForm.relation != rules.OWN, RaterForm.state != REJECTED)
    found = [RaterRow(*row) for row in rows(RaterForm.select(*columns).where(*theirs))]
    order = [relation for relation, _ in rules.RELATIONS]
    return sorted(found, key=lambda row: (order.index(row.relation), row.form))


def seal(known: Mapping[str, str], *contents: str) -> str:
    """The seal of this file's owner over a form."""
    return rules.seal(derived_key("rater form"), known, *contents)


def square_seal(row: FormRow, said: str) -> str:
    """The seal over what the square on a page of a form says, in letters and digits that a small square holds.

    It covers what the form asks and what may be chosen, so that a tick cannot come to mean something else.
    """
    stated = form_of(row.review)
    known = {"nonce": row.nonce, "edition": str(row.version), "relation": row.relation, "person": str(row.person)}
    asks = (*rules.ticked(stated, row.relation), *rules.options(stated, row.relation))
    return base64.b32encode(bytes.fromhex(seal(known, said, *asks))).decode()
