"""Changing the firm and the roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from peewee import IntegrityError

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.kernel.pinyin import spell
from desktopapp.printing.spec import form_title
from desktopapp.storage import bulk, unit
from desktopapp.storage.fields import LINE
from desktopapp.team import queries, rules
from desktopapp.team.models import (
    ACTIVE,
    CONFIRMED,
    JOINED,
    LEFT,
    PROBATION,
    RETURNED,
    WENT,
    Firm,
    Move,
    Person,
    Printed,
    PrintedFor,
)


def name_firm(*, name: str, owner: str = "", seal: str = "") -> None:
    """Say what the firm is called and who owns it."""
    if not name.strip():
        raise Refused(M("Write the firm's name."), "name")
    with unit("team.name_firm", M("Name the firm “{name}”", name=name)):
        firm = Firm.select().first() or Firm()
        firm.name, firm.owner, firm.seal = name, owner, seal
        firm.save()


def add(*, today: date, **values: Any) -> int:
    """Put a person on the roster; `values` are named as the columns of `Person`. Gives the number."""
    rules.check(values, queries.taken_numbers())
    with unit("team.add", M("Add {name} to the roster", name=values["name"])):
        return _added(values, today)


def add_many(people: Iterable[Mapping[str, Any]], *, today: date) -> list[int]:
    """Put several people on the roster in one go; all of them, or none."""
    wanted = list(people)
    taken = queries.taken_numbers()
    for values in wanted:
        rules.check(values, taken)
        if number := values.get("number", ""):
            taken[number] = values["name"]
    with unit("team.add_many", M("Add {count} people to the roster", count=len(wanted))):
        return [_added(values, today) for values in wanted]


def take_in(new: Iterable[Mapping[str, Any]], changed: Mapping[int, Mapping[str, Any]], *, today: date) -> None:
    """Take a list of people in, whole: those who are new, and what it says of those who are here."""
    wanted = list(new)
    with unit("team.take_in", M("Take in {count} people from a list", count=len(wanted) + len(changed))):
        for person, values in changed.items():
            change(person=person, **values)
        if wanted:
            add_many(wanted, today=today)


def change(*, person: int, **values: Any) -> None:
    """Change what the roster says of somebody; only the columns given."""
    before = queries.person(person)
    now = {name: getattr(before, name) for name in ("name", "number", "joined", "birthday")} | values
    rules.check(now, queries.taken_numbers(but=person))
    with unit("team.change", M("Change {name}'s details", name=before.name)):
        Person.update(_spelt(values, before.name)).where(Person.id == person).execute()


def confirm(*, person: int, day: date) -> None:
    """Take somebody over after probation (转正)."""
    row = queries.person(person)
    if row.status != PROBATION:
        raise Refused(M("{name} is not on probation.", name=row.name))
    with unit("team.confirm", M("Confirm {name} after probation", name=row.name)):
        Person.update(status=ACTIVE, probation_end=day).where(Person.id == person).execute()
        Move.create(person=person, kind=CONFIRMED, day=day)


def let_go(*, person: int, day: date, reason: str = "") -> None:
    """Somebody leaves: out of today's lists, kept in every history."""
    row = queries.person(person)
    if row.status == LEFT:
        raise Refused(M("{name} has already left.", name=row.name))
    rules.check_leaving(row.joined, day)
    with unit("team.let_go", M("{name} leaves", name=row.name)):
        Person.update(status=LEFT, left=day, left_reason=reason).where(Person.id == person).execute()
        Move.create(person=person, kind=WENT, day=day, reason=reason)


def take_back(*, person: int, day: date) -> None:
    """Somebody who left comes back."""
    row = queries.person(person)
    if row.status != LEFT:
        raise Refused(M("{name} has not left.", name=row.name))
    rules.check_return(row.left, day)
    with unit("team.take_back", M("{name} comes back", name=row.name)):
        Person.update(status=ACTIVE, left=None, left_reason="").where(Person.id == person).execute()
        Move.create(person=person, kind=RETURNED, day=day)


def log_print(
    *,
    form: str,
    at: datetime,
    pages: int,
    people: Sequence[tuple[int, str]] = (),
    period: Period | None = None,
    copies: int = 1,
    printer: str = "",
    file: str = "",
) -> int:
    """Write down that paper was made, by a printer or as a file; `people` are numbers with names. Gives the number.

    Undo does not take it back: the paper is there.
    """
    with unit("team.log_print", M("Print: {title}", title=form_title(form)), is_step=False):
        job = Printed.create(
            at=at, form=form, name=people[0][1] if people else "", people=len(people), period=period, pages=pages,
            copies=copies, printer=printer[:LINE], file=file[:LINE],
        )  # fmt: skip
        whose = ((job.id, person, name) for person, name in people)
        bulk(PrintedFor, (PrintedFor.printed, PrintedFor.person, PrintedFor.name), whose)
        return int(job.id)


def delete(*, person: int) -> None:
    """Take somebody off the roster who was put there by mistake: nothing may rest on him yet."""
    row = queries.person(person)
    try:
        with unit("team.delete", M("Delete {name}", name=row.name)):
            Move.delete().where(Move.person == person).execute()
            Person.delete().where(Person.id == person).execute()
    except IntegrityError as resting:
        words = M("{name} has goals, reviews or figures and cannot be deleted. Note that {name} left instead.",
                  name=row.name)  # fmt: skip
        raise Refused(words) from resting


def _added(values: Mapping[str, Any], today: date) -> int:
    person = Person.create(**_spelt(values, values["name"]))
    Move.create(person=person, kind=JOINED, day=person.joined or today)
    return int(person.id)


def _spelt(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The values with the name's spelling, where the name is new or no spelling was typed."""
    full, initials = spell(values.get("name", name))
    typed = values.get("pinyin", "")
    if "name" not in values and "pinyin" not in values:
        return dict(values)
    return {**values, "pinyin": typed or full, "initials": initials}
