"""Noting what happened, while it is fresh."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.reviews.models import GOOD, Event
from desktopapp.reviews.queries.events import dimensions
from desktopapp.storage import unit
from desktopapp.team import queries as team


def note_event(
    *,
    person: int | None,
    text: str,
    today: date,
    day: date | None = None,
    kind: str = GOOD,
    customer: str = "",
    dimension: str | None = None,
) -> int:
    """Note what somebody did well or not; on a day that is over, today unless one is named. Gives its number."""
    values = _checked(person, text, day or today, dimension, today)
    with unit("reviews.note_event", M("Note an event about {name}", name=team.person(values["person"]).name)):
        return int(Event.create(kind=kind, customer=customer, **values).id)


def change_event(
    *, event: int, person: int | None, text: str, today: date, day: date | None, kind: str, customer: str,
    dimension: str | None,
) -> None:  # fmt: skip
    """Note an event otherwise."""
    values = _checked(person, text, day or today, dimension, today)
    found: Any = Event.get_by_id(event)
    with unit("reviews.change_event", M("Change an event about {name}", name=team.person(values["person"]).name)):
        for name, value in (values | {"kind": kind, "customer": customer}).items():
            setattr(found, name, value)
        found.save()


def drop_event(*, event: int) -> None:
    """Strike an event out."""
    found: Any = Event.get_by_id(event)
    with unit("reviews.drop_event", M("Strike out an event about {name}", name=found.person.name)):
        found.delete_instance()


def _checked(person: int | None, text: str, day: date, dimension: str | None, today: date) -> dict[str, Any]:
    if person is None:
        raise Refused(M("Choose whom it is about."), "person")
    if day > today:
        raise Refused(M("This day is still to come."), "day")
    if not text.strip():
        raise Refused(M("Write what happened."), "text")
    if dimension and dimension not in {each.id for each in dimensions(person)}:
        raise Refused(M("{name} is not judged on this.", name=team.person(person).name), "dimension")
    return {"person": person, "text": text, "day": day, "dimension": dimension or ""}
