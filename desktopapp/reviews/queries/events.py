"""The notebook of events: what somebody did well or not, noted when it happened."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.period import Period
from desktopapp.reviews.models import Cycle, Event, Review, Stated
from desktopapp.reviews.queries.templates import by_position, stated, template, templates
from desktopapp.reviews.rules import Dimension
from desktopapp.storage import once, rows
from desktopapp.team import queries as team
from desktopapp.team.models import Person

KIND, USUAL = "quarter", "quarterly"


@frozen
class EventRow:
    """An event as it was noted."""

    id: int
    person: int
    name: str
    pinyin: str
    kind: str
    day: date
    customer: str
    text: str
    dimension: str
    """The key of the dimension it belongs to, if one was named."""


@once
def events(*, person: int | None = None, period: Period | None = None) -> list[EventRow]:
    """What was noted, the latest first: of everybody or of one, ever or within a period."""
    columns = (
        Event.id, Event.person, Person.name, Person.pinyin, Event.kind, Event.day, Event.customer, Event.text,
        Event.dimension,
    )  # fmt: skip
    where: list[Any] = [Event.person == person] if person is not None else []
    if period is not None:
        where.append(Event.day.between(period.start, period.end))
    wanted = Event.select(*columns).join(Person).where(*where or (True,))
    return [EventRow(*row) for row in rows(wanted.order_by(Event.day.desc(), Event.id.desc()))]


def event(number: int) -> EventRow:
    """One of them. Raises `LookupError` where there is none."""
    for row in events():
        if row.id == number:
            return row
    raise LookupError(number)


def dimensions(person: int) -> tuple[Dimension, ...]:
    """What somebody is judged on: by his latest review, else by the template his position would get."""
    latest = (
        Review.select(Stated.form).join(Stated).switch(Review).join(Cycle).where(Review.person == person)
        .order_by(Cycle.started.desc(), Review.id.desc()).limit(1)
    )  # fmt: skip
    for (form,) in rows(latest):
        return stated(form).dimensions
    return template(by_position(KIND).get(team.person(person).position, USUAL)).dimensions


@once
def dimension_names() -> dict[str, Both]:
    """What every dimension of every template is called."""
    return {each.id: each.name for form in templates() for each in form.dimensions}
