"""Reading the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktopapp.kernel.area import Findable, Found, Link, Notice
from desktopapp.kernel.message import N_, Both, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.printing.spec import form_title
from desktopapp.storage import rows
from desktopapp.team import rules
from desktopapp.team.models import LEFT, PROBATION, Firm, Move, Person, Printed, PrintedFor


@dataclass(frozen=True, slots=True)
class FirmRow:
    """The owner's firm."""

    name: str
    owner: str
    seal: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A step in a person's time with the firm."""

    id: int
    kind: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One job of printing, as the log tells it."""

    id: int
    at: datetime
    """In the time of this PC."""
    form: str
    title: Both
    name: str
    """The first person on it; empty where it is nobody's paper."""
    people: int
    period: Period | None
    pages: int
    copies: int
    printer: str
    file: str
    """Its name, where it went into a file."""


_COLUMNS = tuple(getattr(Person, name) for name in PersonRow.__dataclass_fields__)


def firm() -> FirmRow | None:
    """The firm, once it has been named."""
    found = Firm.select().first()
    return None if found is None else FirmRow(found.name, found.owner, found.seal)


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
        Printed.copies, Printed.printer, Printed.file,
    )  # fmt: skip
    if person is not None:
        jobs = jobs.where(Printed.id.in_(PrintedFor.select(PrintedFor.printed).where(PrintedFor.person == person)))
    return [
        PrintRow(number, at.astimezone(), form, form_title(form), *rest)
        for number, at, form, *rest in rows(jobs.order_by(Printed.id.desc()).limit(limit))
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


def head_count() -> int:
    """How many work here now, the owner not counted."""
    return Person.select().where(Person.status != LEFT, ~Person.is_owner).count()


def taken_numbers(but: int | None = None) -> dict[str, str]:
    """The employee numbers in use, each with its bearer's name."""
    used = Person.select(Person.number, Person.name).where(Person.number != "", Person.id != (but or 0))
    return dict(rows(used))


def notices(today: date) -> Iterable[Notice]:
    """Probations and contracts about to end, and those that have."""
    for row in people():
        where = M("{position} · {team}", position=row.position, team=row.team)
        if row.status == PROBATION and row.probation_end and rules.is_near(row.probation_end, today):
            what = M("{name}: probation ends on {day}", name=row.name, day=row.probation_end)
            yield Notice(what, row.probation_end, Link("team", row.id), where, N_("Decide"), row.id)
        if row.contract_end and rules.is_near(row.contract_end, today):
            what = M("{name}: labour contract ends on {day}", name=row.name, day=row.contract_end)
            yield Notice(what, row.contract_end, Link("team", row.id), where, N_("Look"), row.id)


def _found(number: int, name: str, position: str, group: str, status: str) -> Found:
    mark = Person.status.label(LEFT) if status == LEFT else ""
    return Found(N_("People"), Link("team", number), name, (position, group), mark)


FINDS = (
    Findable(
        Person,
        (Person.name, Person.pinyin, Person.initials, Person.number, Person.position, Person.team, Person.phone,
         Person.other_phone, Person.email),
        Person.select(Person.id, Person.name, Person.position, Person.team, Person.status),
        _found,
        spelt=Person.name,
    ),
)  # fmt: skip
"""People are found by name, number, position, team and where to reach them; not by what is noted of them."""
