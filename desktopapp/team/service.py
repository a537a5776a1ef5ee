"""Changing the firm and the roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from peewee import IntegrityError

from desktopapp.kernel.clean import clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.kernel.pinyin import spell
from desktopapp.kernel.workday import read_swaps
from desktopapp.printing.spec import form_title, forms
from desktopapp.storage import bulk, unit
from desktopapp.storage.fields import LINE
from desktopapp.team import queries, rules
from desktopapp.team.models import (
    ACTIVE,
    CONFIRMED,
    JOINED,
    LEFT,
    OFF,
    PROBATION,
    RETURNED,
    USUAL,
    WENT,
    WORK,
    Firm,
    FormNumber,
    Hold,
    Holiday,
    Move,
    Person,
    Printed,
    PrintedFor,
    Retention,
)


def name_firm(*, name: str, owner: str = "", seal: str = "") -> None:
    """Say what the firm is called and who owns it."""
    rules.check_firm(name)
    with unit("team.name_firm", M("Name the firm “{name}”", name=name)):
        _set_firm({"name": name, "owner": owner, "seal": seal})


def change_firm(**values: Any) -> None:
    """Change what is kept of the firm; `values` are named as the columns of `Firm`, only those given change."""
    if "name" in values:
        rules.check_firm(values["name"])
    with unit("team.change_firm", M("Change the firm's details")):
        _set_firm(values)


def _set_firm(values: Mapping[str, Any]) -> None:
    firm = Firm.select().first() or Firm(name="")
    for column, value in values.items():
        if getattr(firm, column) != value:
            setattr(firm, column, value)
    firm.save()


def number_form(*, form: str, number: str) -> None:
    """Give a form another number; none, or the one that ships, takes that back."""
    number = clean_line(number)
    taken = {**{code: code for code in forms()}, **queries.form_numbers()}
    rules.check_form_number(form, number, taken)
    with unit("team.number_form", M("Number the form “{title}”", title=form_title(form))):
        FormNumber.delete().where(FormNumber.form == form).execute()
        if number and number != form:
            FormNumber.create(form=form, number=number)


def set_holiday(*, day: date, kind: str = OFF, name: str = "") -> None:
    """Say that a day is off or worked, whatever its weekday."""
    with unit("team.set_holiday", M("Change the calendar on {day}", day=day)):
        _set_holiday(day, kind, name)


def drop_holiday(*, day: date) -> None:
    """Let a day be as its weekday again."""
    with unit("team.drop_holiday", M("Take {day} out of the calendar", day=day)):
        _set_holiday(day, USUAL, "")


def take_in_holidays(*, text: str, year: int) -> int:
    """Take in the days a pasted notice or table names; gives how many."""
    found = read_swaps(text, year)
    if not found:
        raise Refused(M("No dates were found in this text. Paste the notice of the State Council, or lines like "
                        "“2027-02-05 off Spring Festival”."), "text")  # fmt: skip
    with unit("team.take_in_holidays", M("Take in {count} {count:day|days} of the holiday notice", count=len(found))):
        for each in found:
            _set_holiday(each.day, WORK if each.is_work else OFF, each.name)
    return len(found)


def restore_holidays(*, year: int) -> None:
    """Go back to the calendar that ships, for a year."""
    with unit("team.restore_holidays", M("Restore the holiday calendar of {year}", year=str(year))):
        first, last = date(year, 1, 1), date(year, 12, 31)
        Holiday.delete().where(Holiday.day.between(first, last)).execute()


def _set_holiday(day: date, kind: str, name: str) -> None:
    there: Any = Holiday.select().where(Holiday.day == day).first() or Holiday(day=day)
    if there.kind != kind or there.name != name or there.id is None:
        there.kind, there.name = kind, name
        there.save()


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
    with unit("team.add_many", M("Add {count} {count:person|people} to the roster", count=len(wanted))):
        return [_added(values, today) for values in wanted]


def take_in(new: Iterable[Mapping[str, Any]], changed: Mapping[int, Mapping[str, Any]], *, today: date) -> None:
    """Take a list of people in, whole: those who are new, and what it says of those who are here."""
    wanted = list(new)
    with unit("team.take_in", M("Take in {count} {count:person|people} from a list", count=len(wanted) + len(changed))):
        for person, values in changed.items():
            change(person=person, **values)
        if wanted:
            add_many(wanted, today=today)


def change(*, person: int, **values: Any) -> None:
    """Change what the roster says of somebody; only the columns given."""
    before = queries.person(person)
    now = {name: getattr(before, name) for name in ("name", "number", "joined", "birthday")} | values
    rules.check(now, queries.taken_numbers(but=person) if "number" in values else {})
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


def keep_for(*, category: str, months: int) -> None:
    """Say how long a kind of data is kept after somebody left."""
    rules.check_months(category, months)
    title = Message(Retention.category.label(category))
    with unit("team.keep_for", M("Keep {what} for {months} {months:month|months}", what=title, months=months)):
        there = Retention.select().where(Retention.category == category).first() or Retention(category=category)
        there.months = months
        there.save()


def hold(*, person: int, reason: str, today: date) -> None:
    """Keep everything of somebody, whatever the time, because of a dispute."""
    if not reason.strip():
        raise Refused(M("Write why it is held."), "reason")
    with unit("team.hold", M("Hold the data of {name}", name=queries.person(person).name)):
        Hold.delete().where(Hold.person == person).execute()
        Hold.create(person=person, since=today, reason=reason)


def release(*, person: int) -> None:
    """Let the data of somebody go in their time again."""
    with unit("team.release", M("No longer hold the data of {name}", name=queries.person(person).name)):
        Hold.delete().where(Hold.person == person).execute()


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


def log_export(*, what: str, at: datetime, rows: int, file: str, person: tuple[int, str] | None = None) -> int:
    """Write down that data left the program as a file; `what` is the marked name of the list. Gives the number."""
    with unit("team.log_export", M("Export: {what}", what=Message(what)), is_step=False):
        job = Printed.create(
            at=at, what=what, rows=rows, file=file[:LINE], name=person[1] if person else "", people=1 if person else 0
        )
        if person:
            PrintedFor.create(printed=job.id, person=person[0], name=person[1])
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
    if "name" not in values and "pinyin" not in values:
        return dict(values)
    full, initials = spell(values.get("name", name))
    typed = values.get("pinyin", "")
    return {**values, "pinyin": typed or full, "initials": initials}
