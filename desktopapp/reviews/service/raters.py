"""Who is asked to rate whom, and typing in what came back on paper."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import (
    ACCEPTED,
    KEYBOARD,
    REJECTED,
    Answer,
    Cycle,
    RaterForm,
    RaterScore,
    Remark,
    Review,
    Score,
)
from desktopapp.reviews.rules import NAMELESS, OWN, PEER, SUPERIOR, Form
from desktopapp.reviews.service.judging import move_on, unsigned
from desktopapp.storage import unit
from desktopapp.team import queries as team
from desktopapp.team.models import LEFT, Person

EDITION = 1
"""Counts up when a form asks or looks otherwise than before."""


def ask_raters(
    *, review: int, relation: str, today: date, people: Iterable[int] = (), names: Iterable[str] = ()
) -> tuple[int, ...]:
    """Ask somebody to rate: people of the roster, or others by a name. Gives the numbers of their forms."""
    found = unsigned(review)
    if relation == OWN:
        raise ValueError(relation)
    asked: list[tuple[int | None, str]] = [(person, team.person(person).name) for person in people]
    asked += [(None, name.strip()) for name in names if name.strip()]
    _check(found, queries.form_of(review), relation, asked)
    label = Message(RaterForm.relation.label(relation))
    words = M("Ask {count} {count:rater|raters} about {name}: {relation}",
              count=len(asked), name=found.person.name, relation=label)  # fmt: skip
    with unit("reviews.ask_raters", words):
        return tuple(_ask(review, relation, person, name, today) for person, name in asked)


def set_raters(
    *, review: int, relation: str, today: date, people: Iterable[int] = (), names: Iterable[str] = ()
) -> int:
    """Say who of a kind rates: who is not named is asked no longer, unless he has answered. Gives how many rate."""
    found, label = unsigned(review), Message(RaterForm.relation.label(relation))
    there = [row for row in queries.raters(review) if row.relation == relation]
    wanted: set[tuple[int | None, str]] = {(person, team.person(person).name) for person in people}
    wanted |= {(None, name.strip()) for name in names if name.strip()}
    gone = [row for row in there if (row.person, row.rater) not in wanted]
    for row in gone:
        if row.state == ACCEPTED:
            words = M("A rating of {rater} is in already, so he stays among those asked.", rater=row.rater)
            raise Refused(words, "people" if row.person else "names")
    kept = {(row.person, row.rater) for row in there if row not in gone}
    new = sorted(wanted - kept, key=str)
    if not gone and not new:
        return len(there)
    with unit("reviews.set_raters", M("Say who rates {name}: {relation}", name=found.person.name, relation=label)):
        for row in gone:
            _drop(RaterForm.get_by_id(row.form))
        if new:
            ask_raters(review=review, relation=relation, today=today, people=[p for p, _ in new if p is not None],
                       names=[name for p, name in new if p is None])  # fmt: skip
    return len(kept) + len(new)


def _check(review: Any, form: Form, relation: str, asked: Sequence[tuple[int | None, str]]) -> None:
    if not asked:
        raise Refused(M("Choose who is to rate."), "people")
    if relation not in form.weights:
        label = Message(RaterForm.relation.label(relation))
        raise Refused(M("In this template “{relation}” has no part in the score.", relation=label), "relation")
    there = [(each.person, each.rater) for each in queries.raters(review.id)]
    for person, name in asked:
        if person == review.person_id:
            raise Refused(M("{name} assesses himself on a form of his own.", name=name), "people")
        if person is not None and team.person(person).status == LEFT:
            raise Refused(M("{name} has left.", name=name), "people")
        if (person, name) in there or (person is not None and person in [each for each, _ in there]):
            raise Refused(M("{name} is asked already.", name=name), "people")
    superiors = sum(each.relation == SUPERIOR for each in queries.raters(review.id))
    if relation == SUPERIOR and superiors + len(asked) > 1:
        raise Refused(M("There is one superior's rating for a review."), "people")


def _ask(review: int, relation: str, person: int | None, name: str, today: date) -> int:
    form = RaterForm.create(
        review=review, relation=relation, rater=name, person=person, nonce=secrets.token_hex(16), version=EDITION,
        issued=today,
    )  # fmt: skip
    return int(form.id)


def ask_again(form: Any, today: date) -> int:
    """Give whoever got this form another one. For use within a unit."""
    return _ask(form.review_id, form.relation, form.person_id, form.rater, today)


def ask_peers(*, cycle: int, count: int = rules.FEWEST, today: date) -> int:
    """Have everybody of a round rated by so many colleagues, each rating as many; gives how many were asked.

    Colleagues of one team come first. Who is asked already stays; where the template gives peers
    no part, nobody is asked.
    """
    rows = [row for row in queries.reviews(cycle) if row.state not in (rules.SIGNED, rules.WAIVED)]
    with_peers = [row for row in rows if PEER in queries.form_of(row.id).weights]
    if not with_peers:
        raise Refused(M("In this round peers have no part in the score."), "relation")
    raters = [row.id for row in sorted(team.people(), key=lambda row: (row.team, row.pinyin, row.id))]
    if len(raters) <= count:
        words = M("With {people} {people:person|people}, nobody has {count} {count:colleague|colleagues} to be rated "
                  "by without being told apart.",
                  people=len(raters), count=count)  # fmt: skip
        raise Refused(words, "count")
    asked = 0
    with unit("reviews.ask_peers", M("Ask {count} {count:colleague|colleagues} about everybody", count=count)):
        for row in with_peers:
            there = {each.person for each in queries.raters(row.id)}
            wanted = [each for each in rules.colleagues(raters, row.person, count) if each not in there]
            already = sum(each.relation == PEER for each in queries.raters(row.id))
            for person in wanted[: max(count - already, 0)]:
                _ask(row.id, PEER, person, team.person(person).name, today)
                asked += 1
    return asked


def dismiss_rater(*, form: int) -> None:
    """Ask somebody no longer; what he may have given is taken out with his form."""
    found: Any = RaterForm.get_by_id(form)
    unsigned(found.review_id)
    with unit("reviews.dismiss_rater", M("Ask {rater} no longer about {name}", rater=found.rater,
                                         name=found.review.person.name)):  # fmt: skip
        _drop(found)


def _drop(form: Any) -> None:
    """Take a form out with all that came back on it."""
    for table in (RaterScore, Remark, Answer):
        for row in table.select().where(table.form == form.id):
            row.delete_instance()
    form.delete_instance()


def type_in(*, form: int, scores: Mapping[str, Decimal | None], today: date) -> None:
    """Type in a form that came back on paper; it takes the place of what was typed in from it before.

    `scores` are by dimension; one that was left empty, or marked as not known, has none.
    """
    found: Any = RaterForm.get_by_id(form)
    review, template = unsigned(found.review_id), queries.form_of(found.review_id)
    asked = {each.id for each in rules.asked(template, found.relation)}
    if strange := scores.keys() - asked:
        raise ValueError(strange)
    for score in scores.values():
        rules.check_score(score, template)
    if all(score is None for score in scores.values()):
        raise Refused(M("Nothing was filled in."), "score")
    label = Message(RaterForm.relation.label(found.relation))
    with unit("reviews.type_in", M("Type in a form about {name}: {relation}", name=review.person.name, relation=label)):
        for dimension in asked:
            take_score(found, dimension, scores.get(dimension))
        found.state, found.way, found.returned = ACCEPTED, KEYBOARD, today
        found.save()
        move_on(review, template)


def take_score(form: Any, dimension: str, score: Decimal | None) -> None:
    """Keep what a rater gave on a dimension, where scores of his kind are kept. For use within a unit."""
    if form.relation in NAMELESS:
        _take_nameless(form.id, dimension, score)
        return
    there: Any = Score.get(Score.review == form.review_id, Score.dimension == dimension)
    setattr(there, "self_score" if form.relation == OWN else "score", score)
    there.save()


def _take_nameless(form: int, dimension: str, score: Decimal | None) -> None:
    there: Any = RaterScore.get_or_none(RaterScore.form == form, RaterScore.dimension == dimension)
    if score is None:
        if there is not None:
            there.delete_instance()
        return
    there = there or RaterScore(form=form, dimension=dimension)
    there.score = score
    there.save()


def carry_over(*, cycle: int, today: date) -> None:
    """Ask about everybody who was asked in the round before on the same template, as long as they are still here.

    For use within a unit.
    """
    this: Any = Cycle.get_by_id(cycle)
    rounds = [row for row in queries.cycles() if row.template == this.template and row.period.end < this.period.start]
    if not rounds:
        return
    last = max(rounds, key=lambda row: row.period.end).id
    now = {row.person: row.id for row in queries.reviews(cycle)}
    asked = RaterForm.select(RaterForm, Review, Person).join(Review).switch(RaterForm).left_outer_join(Person)
    wanted = asked.where(Review.cycle == last, RaterForm.relation != OWN, RaterForm.state != REJECTED)
    forms: Iterable[Any] = wanted.order_by(RaterForm.id)
    for form in forms:
        review = now.get(form.review.person_id)
        is_here = form.person_id is None or form.person.status != LEFT
        if review and is_here and form.relation in queries.form_of(review).weights:
            _ask(review, form.relation, form.person_id, form.rater, today)
