"""Reading the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from functools import cache
from typing import Any

from desktopapp.kernel.area import Findable, Found, Link, Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import HALF, MONTH, QUARTER, YEAR, Period, Season
from desktopapp.kernel.starter import STARTER
from desktopapp.kernel.starter import rows as starter_rows
from desktopapp.printing.spec import form_title
from desktopapp.storage import once, rows
from desktopapp.team import rules
from desktopapp.team.models import (
    LEFT,
    PROBATION,
    USUAL,
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


@frozen
class FirmRow:
    """The owner's firm."""

    name: str
    owner: str
    seal: str
    printed_name: str = ""
    paper: str = "zh_CN"
    season: str = "quarter"
    first_month: int = 1
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Its own number of a form, by the one that ships."""

    @property
    def head(self) -> dict[str, Any]:
        """What its paper is headed and numbered with, as a `Booklet` is told."""
        return {"company": self.printed_name or self.name, "seal": self.seal, "numbers": self.numbers}


@frozen
class HolidayRow:
    """A day off in the week, or a day of work at its end."""

    day: date
    kind: str
    name: Both | str
    is_own: bool
    """Whether the owner entered it."""


@frozen
class PersonRow:
    """Somebody on the roster, as read."""

    id: int
    number: str
    name: str
    pinyin: str
    initials: str
    gender: str | None
    position: str
    grade: str
    team: str
    is_owner: bool
    phone: str
    other_phone: str
    email: str
    joined: date | None
    probation_end: date | None
    contract_end: date | None
    status: str
    left: date | None
    left_reason: str
    base_pay: Money | None
    birthday: date | None
    birthday_calendar: str
    emergency_name: str
    emergency_relation: str
    emergency_phone: str
    note: str


@frozen
class MoveRow:
    """A step in a person's time with the firm."""

    id: int
    kind: str
    day: date
    reason: str


@frozen
class PrintRow:
    """One job of printing, or one list that went into a file, as the log tells it."""

    id: int
    at: datetime
    """In the time of this PC."""
    form: str
    title: Both | Message
    name: str
    """The first person on it; empty where it is nobody's paper."""
    people: int
    period: Period | None
    pages: int
    copies: int
    printer: str
    file: str
    """Its name, where it went into a file."""
    rows: int = 0
    """Of a list."""


_COLUMNS = tuple(getattr(Person, name) for name in PersonRow.__dataclass_fields__)


@once
def firm() -> FirmRow | None:
    """The firm, once it has been named."""
    found = Firm.select().first()
    if found is None:
        return None
    return FirmRow(
        found.name, found.owner, found.seal, found.printed_name, found.paper, found.season, found.first_month,
        form_numbers(),
    )  # fmt: skip


def form_numbers() -> dict[str, str]:
    """The forms that go by another number here, with that number."""
    return dict(rows(FormNumber.select(FormNumber.form, FormNumber.number)))


_LENGTHS = {"month": MONTH, "quarter": QUARTER, "half": HALF, "year": YEAR}


@once
def season() -> Season:
    """How long a period of goals and reviews is, and when the business year begins."""
    found = rows(Firm.select(Firm.season, Firm.first_month).limit(1))
    return Season(_LENGTHS[found[0][0]], found[0][1]) if found else Season()


@cache
def _shipped() -> dict[date, tuple[str, Both]]:
    """The days off and moved working days that ship, with their names."""
    told = (row for path in sorted(STARTER.glob("holidays_cn_*.tsv")) for row in starter_rows(path.stem))
    return {date.fromisoformat(row["date"]): (row["kind"], Both(row["name_zh"], row["name_en"])) for row in told}


def holidays(year: int) -> list[HolidayRow]:
    """The days of a year that are not as their weekday, in order."""
    own = {row.day: row for row in Holiday.select() if row.day.year == year}
    shipped = [HolidayRow(day, kind, name, is_own=False) for day, (kind, name) in _shipped().items()
               if day.year == year and day not in own]  # fmt: skip
    kept = [HolidayRow(row.day, row.kind, row.name, is_own=True) for row in own.values() if row.kind != USUAL]
    return sorted((*shipped, *kept), key=lambda row: row.day)


def knows_holidays(year: int) -> bool:
    """Whether the moved days of a year are known; else it goes by weekends alone."""
    return bool(holidays(year))


def has_own_days(year: int) -> bool:
    """Whether the owner changed the calendar of a year."""
    return any(day.year == year for (day,) in rows(Holiday.select(Holiday.day)))


@once
def swaps() -> dict[date, bool]:
    """The days that are not as their weekday, with whether one works on them."""
    known = {day: kind == WORK for day, (kind, _) in _shipped().items()}
    for day, kind in rows(Holiday.select(Holiday.day, Holiday.kind)):
        if kind == USUAL:
            known.pop(day, None)
        else:
            known[day] = kind == WORK
    return known


@once
def people(*, leavers: bool = False, owner: bool = False) -> list[PersonRow]:
    """The roster in order of pinyin; leavers and the owner only where asked for."""
    wanted = Person.select(*_COLUMNS)
    if not leavers:
        wanted = wanted.where(Person.status != LEFT)
    if not owner:
        wanted = wanted.where(~Person.is_owner)
    return [PersonRow(*row) for row in rows(wanted.order_by(Person.pinyin, Person.id))]


def person(number: int) -> PersonRow:
    """One person, leaver or not. Raises `LookupError` where there is none."""
    for row in rows(Person.select(*_COLUMNS).where(Person.id == number)):
        return PersonRow(*row)
    raise LookupError(number)


def moves(number: int) -> list[MoveRow]:
    """A person's steps with the firm, the last first."""
    steps = Move.select(Move.id, Move.kind, Move.day, Move.reason).where(Move.person == number)
    return [MoveRow(*row) for row in rows(steps.order_by(Move.day.desc(), Move.id.desc()))]


def prints(limit: int, *, person: int | None = None) -> list[PrintRow]:
    """What was printed, the newest first; for one person, if one is named."""
    jobs = Printed.select(
        Printed.id, Printed.at, Printed.form, Printed.name, Printed.people, Printed.period, Printed.pages,
        Printed.copies, Printed.printer, Printed.file, Printed.rows, Printed.what,
    )  # fmt: skip
    if person is not None:
        jobs = jobs.where(Printed.id.in_(PrintedFor.select(PrintedFor.printed).where(PrintedFor.person == person)))
    return [
        PrintRow(number, at.astimezone(), form, Message(what) if what else form_title(form), *rest)
        for number, at, form, *rest, what in rows(jobs.order_by(Printed.id.desc()).limit(limit))
    ]


def names() -> list[tuple[int, str]]:
    """Everyone on the team, for choosing from; two of one name are told apart."""
    everyone = people()
    times = Counter(row.name for row in everyone)
    return [(row.id, apart(row) if times[row.name] > 1 else row.name) for row in everyone]


def apart(row: PersonRow) -> str:
    """A name with what tells its bearer from another of that name."""
    mark = row.team or row.phone[-4:] or row.number
    return f"{row.name} · {mark}" if mark else row.name


@once
@once
def head_count() -> int:
    """How many work here now, the owner not counted."""
    return Person.select().where(Person.status != LEFT, ~Person.is_owner).count()


def taken_numbers(but: int | None = None) -> dict[str, str]:
    """The employee numbers in use, each with its bearer's name."""
    used = Person.select(Person.number, Person.name).where(Person.number != "", Person.id != (but or 0))
    return dict(rows(used))


@frozen
class Held:
    """Why everything of somebody is kept."""

    since: date
    reason: str


def retention() -> dict[str, int]:
    """For how many months each kind of data is kept after somebody left."""
    return {**rules.USUAL_MONTHS, **dict(rows(Retention.select(Retention.category, Retention.months)))}


def held(person: int) -> Held | None:
    """Why everything of somebody is kept; nothing where it is not."""
    wanted = Hold.select(Hold.since, Hold.reason).where(Hold.person == person)
    return next((Held(*row) for row in rows(wanted)), None)


def _place(row: PersonRow) -> Message | None:
    """What somebody does and in which team, as far as it is known."""
    if row.position and row.team:
        return M("{position} · {team}", position=row.position, team=row.team)
    known = row.position or row.team
    return M("{place}", place=known) if known else None


def notices(today: date) -> Iterable[Notice]:
    """Probations and contracts about to end, and those that have."""
    for row in people():
        where = _place(row)
        if row.status == PROBATION and row.probation_end and rules.is_near(row.probation_end, today):
            what = M("{name}: probation ends on {day}", name=row.name, day=row.probation_end)
            yield Notice(what, row.probation_end, Link("team", row.id), where, N_("Decide"), row.id)
        if row.contract_end and rules.is_near(row.contract_end, today):
            what = M("{name}: labour contract ends on {day}", name=row.name, day=row.contract_end)
            yield Notice(what, row.contract_end, Link("team", row.id), where, N_("Look"), row.id)


def _found(number: int, name: str, position: str, group: str, status: str) -> Found:
    mark = Person.status.label(LEFT) if status == LEFT else ""
    return Found(N_("People"), Link("team", number), name, (position, group), mark)


def _found_paper(
    number: int, at: datetime, form: str, what: str, name: str, period: Period | None, device: str, file: str
) -> Found:
    title = Message(what) if what else form_title(form)
    said = (name, period, at.astimezone(), device or file)
    return Found(N_("Log of paper"), Link("trail", number, "printed"), title, said)


FINDS = (
    Findable(
        Person,
        (Person.name, Person.pinyin, Person.initials, Person.number, Person.position, Person.team, Person.phone,
         Person.other_phone, Person.email),
        Person.select(Person.id, Person.name, Person.position, Person.team, Person.status)
        .order_by(Person.pinyin, Person.id),
        _found,
        spelt=Person.name,
    ),
    Findable(
        Printed,
        (Printed.form, Printed.file),
        Printed.select(Printed.id, Printed.at, Printed.form, Printed.what, Printed.name, Printed.period,
                       Printed.printer, Printed.file)
        .order_by(Printed.id.desc()),
        _found_paper,
        is_log=True,
    ),
)  # fmt: skip
"""People are found by name, number, position, team and where to reach them; not by what is noted of them. Papers are
found by the number of the form and the name of the file; whose they are stands on the page of the person."""
