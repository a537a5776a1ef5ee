"""The owner's list for the day, on paper (DL-01)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from peewee import fn

from desktopapp.kernel.area import Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.overview.birthdays import Birthday, birthdays, lunar_day, next_birthday
from desktopapp.overview.today import today as waiting
from desktopapp.printing.form import Booklet, Filled, Printed, unprintable
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.models import RUNNING
from desktopapp.reviews.rules import CONFIRM, SELF
from desktopapp.sales.models import OPEN, Deal
from desktopapp.storage import rows
from desktopapp.team import queries as team
from desktopapp.team.queries import PersonRow

CODE = "DL-01"
TODAY, CONTACTS, DAYS = "1. Today", "2. People to contact", "3. Birthdays and anniversaries"
"""The sections of the form, as it titles them."""


@frozen
class Room:
    """What one page holds; the rest is on the screen."""

    items: int
    contacts: int
    reasons: int
    with_details: bool


ROOM = {1: Room(8, 5, 3, with_details=True), 2: Room(6, 5, 1, with_details=False)}
"""By the number of languages."""
LEAST = 2
"""Rows left to be filled in by hand."""
AHEAD = 14
"""Days ahead that birthdays and anniversaries are told of."""
TOMORROW = 1

Line = tuple[object, ...]


def daily_list(
    path: Path, languages: tuple[Language, ...], *, today: date, printed: datetime | None = None
) -> Printed:
    """What is to be done, whom to speak to, whose day it is; with room to write."""
    firm = team.firm()
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        pages = booklet.form(CODE, _filled(today, languages))
    return Printed(path, 1, pages)


def missing_glyphs(_language: Language) -> list[tuple[str, str]]:
    """Who may stand on the list under a name that no font of ours can draw, with the characters."""
    written = ((row.name, unprintable(row.name)) for row in team.people())
    return [(name, "".join(characters)) for name, characters in written if characters]


def _filled(today: date, languages: Sequence[Language]) -> Filled:
    people = team.people()
    room = ROOM[len(languages)]
    coming = birthdays(today, AHEAD)
    return Filled(
        fields={
            "Date": today,
            "Weekday": _both(lambda words: words.weekday(today)),
            "Lunar day": lunar_day(today),
        },
        rows={
            TODAY: _by_hand(_items(waiting(today), room, people, today, languages[0]), 4),
            CONTACTS: _by_hand(_contacts(room, people, coming, today), 4),
        },
        texts={DAYS: _days(people, coming, today)},
    )


def _items(
    notices: Sequence[Notice], room: Room, people: Iterable[PersonRow], today: date, first: Language
) -> Iterator[Line]:
    names = {row.id: row.name for row in people}
    shown = notices if len(notices) <= room.items else notices[: room.items - 1]
    for each in shown:
        yield _said(each, room), names.get(each.person or 0, ""), _when(each.due, today, first), ""
    if rest := len(notices) - len(shown):
        yield M("and {count} more on the screen", count=rest), "", "", ""


def _said(notice: Notice, room: Room) -> Message:
    if notice.detail is None or not room.with_details:
        return notice.what
    return M("{what} ({detail})", what=notice.what, detail=notice.detail)


def _when(due: date, today: date, first: Language) -> object:
    if due < today:
        return M("Late")
    return M("Today") if due == today else first.short_day(due)


def _contacts(
    room: Room, people: Sequence[PersonRow], coming: Iterable[Birthday], today: date
) -> Iterator[Line]:
    """Whom to speak to, with everything there is to speak about."""
    reasons: dict[int, list[Message]] = {}
    for person, reason in (*_greetings(coming, today), *_talks(), *_slipped(today)):
        reasons.setdefault(person, []).append(reason)
    known = {row.id: row for row in people}
    for person, why in islice(reasons.items(), room.contacts):
        if row := known.get(person):
            yield row.name, M("{reasons}", reasons=tuple(why[: room.reasons])), row.phone, ""


def _greetings(coming: Iterable[Birthday], today: date) -> Iterator[tuple[int, Message]]:
    for each in coming:
        if each.day == today:
            yield each.person, M("Birthday today")
        elif (each.day - today).days == TOMORROW:
            yield each.person, M("Birthday tomorrow")


def _talks() -> Iterator[tuple[int, Message]]:
    """Reviews that wait for a word with somebody."""
    words = {
        SELF: lambda period: M("Ask for the self-assessment of {period}", period=period),
        CONFIRM: lambda period: M("Talk through the review of {period}", period=period),
    }
    for cycle in reviews.cycles():
        if cycle.state == RUNNING:
            for row in reviews.reviews(cycle.id):
                if row.state in words:
                    yield row.person, words[row.state](cycle.period)


def _slipped(today: date) -> Iterator[tuple[int, Message]]:
    """The deal of each that should have closed longest ago."""
    slipped = Deal.select(Deal.person, Deal.customer, Deal.name, fn.MIN(Deal.close_date)).where(
        Deal.status == OPEN, Deal.person.is_null(False), Deal.close_date < today
    )
    for person, customer, deal, day in rows(slipped.group_by(Deal.person).order_by(fn.MIN(Deal.close_date))):
        late = (today - day).days
        yield person, M("{customer}: deal {count} {count:day|days} late", customer=customer or deal, count=late)


def _days(people: Iterable[PersonRow], coming: Iterable[Birthday], today: date) -> Both | None:
    said = [*map(_birthday, coming), *_anniversaries(people, today)]
    return _both(lambda words: "\n".join(words.text(each) for each in said)) if said else None


def _birthday(each: Birthday) -> Message:
    if each.lunar is None:
        return M("{day}: birthday of {name}", day=each.day, name=each.name)
    return M("{day}: birthday of {name} (lunar {lunar})", day=each.day, name=each.name, lunar=each.lunar)


def _anniversaries(people: Iterable[PersonRow], today: date) -> Iterator[Message]:
    """Whole years with the firm that are reached soon."""
    for row in people:
        if row.joined is None:
            continue
        day = next_birthday(row.joined, "solar", today)
        years = day.year - row.joined.year
        if years and (day - today).days <= AHEAD:
            yield M("{day}: {name} has been with the firm for {count} {count:year|years}",
                    day=day, name=row.name, count=years)  # fmt: skip


def _by_hand(lines: Iterable[Line], columns: int) -> list[Line]:
    """The lines, and some left to be filled in."""
    return [*lines, *[(None,) * columns] * LEAST]


def _both(said: Callable[[Language], str]) -> Both:
    """Something worded in both languages, whichever the form takes."""
    chinese, english = map(language, CODES)
    return Both(said(chinese), said(english))
