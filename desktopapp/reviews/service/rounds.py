"""Starting a round of reviews, leaving somebody out of it, and closing it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import CLOSED, Cycle, Review, Score, Stated
from desktopapp.reviews.queries.afterwards import names_disputed
from desktopapp.reviews.queries.eligible import eligible
from desktopapp.reviews.rules import Form
from desktopapp.reviews.service.judging import move_on
from desktopapp.reviews.service.raters import carry_over
from desktopapp.storage import unit
from desktopapp.team import queries as team


def start(
    *, period: Period, template: str, today: date, people: Iterable[int] | None = None, due: date | None = None
) -> int:
    """Start a round: one review a person, on the template as it stands today. Gives the number.

    A position that has a template of its own of the same kind is reviewed by that. Unless people
    are named it takes in whom `eligible` finds. Raters are those of the round before.
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
    found = eligible(period, form.kind)
    named = None if people is None else set(people)
    reviewed = [row for row in found if (row.why is None if named is None else row.person in named)]
    if not reviewed:
        raise Refused(M("Nobody was with the firm in {period}.", period=period), "people")
    with unit("reviews.start", M("Start the reviews of {period}", period=period)):
        cycle = Cycle.create(
            period=period, template=template, name_zh=form.name.zh, name_en=form.name.en, started=today,
            due=due or rules.due(period, today),
        )  # fmt: skip
        chosen = queries.by_position(form.kind)
        stated: dict[str, Any] = {}
        for row in reviewed:
            own = chosen.get(row.position, template)
            stated[own] = stated.get(own) or _state(cycle, queries.template(own))
            _begin(cycle, row.person, stated[own], queries.template(own))
        carry_over(cycle=int(cycle.id), today=today)
    return int(cycle.id)


def _state(cycle: Any, form: Form) -> Any:
    """Keep a template as it is now, for a round."""
    kept = json.dumps(rules.to_plain(form), ensure_ascii=False)
    return Stated.create(cycle=cycle, template=form.id, form=kept)


def _begin(cycle: Any, person: int, stated: Any, form: Form) -> int:
    state = rules.SELF if form.with_self else rules.MANAGER
    review = Review.create(cycle=cycle, person=person, stated=stated, state=state)
    dimensions = enumerate(form.dimensions)
    Score.insert_many([{"review": review.id, "dimension": each.id, "position": n} for n, each in dimensions]).execute()
    return int(review.id)


def take_in(*, cycle: int, person: int) -> int:
    """Review somebody too whom a running round left out, on the template it began with. Gives the review's number."""
    row, who = queries.cycle(cycle), team.person(person)
    if row.state == CLOSED:
        raise Refused(M("The round of {period} is closed.", period=row.period))
    if any(each.person == person for each in queries.reviews(cycle)):
        raise Refused(M("{name} is in this round already.", name=who.name), "person")
    stated: dict[str, Any] = {each.template: each for each in Stated.select().where(Stated.cycle == cycle)}
    own = queries.by_position(queries.form(cycle).kind).get(who.position, row.template)
    with unit("reviews.take_in", M("Review {name} too for {period}", name=who.name, period=row.period)):
        kept = stated.get(own) or stated[row.template]
        return _begin(kept.cycle, person, kept, queries.stated(kept.form))


def waive(*, review: int, reason: str) -> None:
    """Let somebody have no review in this round after all, and say why; what was scored stays."""
    found = Review.get_by_id(review)
    if found.version:
        raise Refused(M("This review is signed and no longer changes."))
    if not reason.strip():
        raise Refused(M("Write why there is no review."), "reason")
    with unit("reviews.waive", M("Waive the review of {name}", name=found.person.name)):
        found.state, found.waived = rules.WAIVED, reason
        found.save()


def take_up(*, review: int) -> None:
    """Take a waiver back: the review goes on where it stood."""
    found: Any = Review.get_by_id(review)
    if found.state != rules.WAIVED:
        raise Refused(M("This review was not waived."))
    row = queries.cycle(found.cycle_id)
    if row.state == CLOSED:
        raise Refused(M("The round of {period} is closed.", period=row.period))
    with unit("reviews.take_up", M("Review {name} after all", name=found.person.name)):
        found.waived = ""
        move_on(found, queries.form_of(review))


def close(*, cycle: int, today: date) -> None:
    """Close a round once every review of it is signed or waived, and no objection waits for a decision.

    Refused with the names of those that are not.
    """
    row = queries.cycle(cycle)
    open_ones = tuple(each.name for each in queries.reviews(cycle) if each.state not in (rules.SIGNED, rules.WAIVED))
    if open_ones:
        raise Refused(M("{count} {count:review is|reviews are} still to be signed: {names}.",
                        count=len(open_ones), names=open_ones))  # fmt: skip
    if names := names_disputed(cycle):
        raise Refused(M("Objections are still to be decided: {names}.", names=names))
    with unit("reviews.close", M("Close the reviews of {period}", period=row.period)):
        Cycle.update(state=CLOSED, closed=today).where(Cycle.id == cycle).execute()
