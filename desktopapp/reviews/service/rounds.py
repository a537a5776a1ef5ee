"""Starting a round of reviews, and closing it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import CLOSED, Cycle, Review, Score
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


def close(*, cycle: int) -> None:
    """Close a round once every review of it is signed."""
    row = queries.cycle(cycle)
    if row.signed < row.people:
        raise Refused(M("{count} reviews are still to be signed.", count=row.people - row.signed))
    with unit("reviews.close", M("Close the reviews of {period}", period=row.period)):
        Cycle.update(state=CLOSED).where(Cycle.id == cycle).execute()
