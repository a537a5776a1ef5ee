"""What is kept of people who left, how long, and erasing it for good.

Reasons for the shortest times: ended contracts are kept for two years (Labour Contract Law, art. 50), what was paid
for two years (Interim Provisions on Payment of Wages, art. 6). For the rest the law asks for the shortest time there
is a need for (PIPL, art. 19) and for deletion afterwards (art. 47).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from desktopapp.goals.models import CheckIn, Goal
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M, Message
from desktopapp.overview import wording
from desktopapp.overview.belonging import leaves_first, rows_of
from desktopapp.reviews.models import (
    Agreed,
    Aim,
    Answer,
    Calibration,
    Checkpoint,
    ErasedEntry,
    Event,
    Improvement,
    Interview,
    Measure,
    Objection,
    RaterForm,
    RaterScore,
    Refusal,
    Remark,
    Review,
    Score,
    Shortfall,
    Signature,
    Step,
)
from desktopapp.sales.models import (
    Account,
    Activity,
    Contact,
    Deal,
    Lead,
    Order,
    OwnerAlias,
    Payroll,
    Quota,
    StageChange,
)
from desktopapp.sales.models import (
    Collection as Received,
)
from desktopapp.storage import Record, derived_key, erase, file, rows, unit, whole
from desktopapp.storage.erase import Mention
from desktopapp.storage.past import Row
from desktopapp.team import queries as team
from desktopapp.team.models import (
    CATEGORIES,
    LEFT,
    Hold,
    Move,
    Person,
    PrintedFor,
)
from desktopapp.team.queries import Held
from desktopapp.team.rules import DETAILS, JUDGED, LEAST, NOTED, PAPER, PAY

REMEMBERED = "forgotten.json"
"""Beside the file: who was erased, by number and by a mark that only this file's key can make of a name."""

TABLES: Mapping[str, frozenset[type[Record]]] = {
    PAY: frozenset({Payroll}),
    DETAILS: frozenset({Move, Hold}),
    NOTED: frozenset({Event}),
    JUDGED: frozenset(
        {Review, Signature, Score, Step, RaterForm, Answer, RaterScore, Remark, Calibration, Measure, Refusal,
         Objection, Interview, Agreed, Improvement, Shortfall, Aim, Checkpoint}
    ),
    PAPER: frozenset({PrintedFor}),
}
"""Rows that go with a kind of data."""
COLUMNS: Mapping[str, tuple[Any, ...]] = {
    PAY: (Person.base_pay,),
    DETAILS: (
        Person.number, Person.gender, Person.position, Person.grade, Person.phone, Person.other_phone, Person.email,
        Person.probation_end, Person.contract_end, Person.left_reason, Person.birthday, Person.birthday_calendar,
        Person.emergency_name, Person.emergency_relation, Person.emergency_phone, Person.note,
    ),
}  # fmt: skip
"""Columns of the roster that are emptied with it."""
NAMES = (Person.name, Person.pinyin, Person.initials)
"""What goes last, once nothing else is left."""
STAYING: frozenset[type[Record]] = frozenset(
    {Person, Goal, CheckIn, Account, Contact, Lead, Deal, StageChange, Order, Received, Activity, Quota, OwnerAlias}
)
"""What sums are made of: it stays, without the name."""
SIGNED = (("signature", "document"),)
"""Texts that would no longer be what was signed if a name in them were another."""


@frozen
class Item:
    """One kind of data of somebody."""

    category: str
    title: str
    count: int
    """Rows, and columns of the roster, that hold something."""
    until: date | None
    """The last day it is kept; none while he is still here."""
    no: Message | None
    """Why it cannot go yet; nothing where it can."""
    is_due: bool
    """Whether its time is over."""


@frozen
class Plan:
    """What is held of somebody, kind by kind."""

    person: int
    name: str
    items: tuple[Item, ...]
    held: Held | None
    """Why everything is held, where it is."""
    staying: int
    """Rows that stay without the name."""

    @property
    def due(self) -> tuple[str, ...]:
        """The kinds whose time is over."""
        return tuple(each.category for each in self.items if each.is_due and each.count)


@frozen
class Forgotten:
    """Who was erased, as it is remembered beside the file."""

    number: int
    mark: str
    """Of the name, which only this file's key can make."""
    categories: list[str]
    is_done: bool = True
    """False while it is being done."""


@frozen
class Erased:
    """What was erased of somebody, said without a word of him."""

    number: int
    day: date
    counts: Mapping[str, int]
    """By kind: rows and columns that went."""
    kept: Mapping[str, date | None]
    """By kind: until when what is left is kept."""
    is_whole: bool
    """Whether the name went too."""
    mentions: tuple[Mention, ...] = ()
    """Where the name still stands, where it was to go."""
    backups: int = 0
    """Backups from before, which still hold him until they are thinned out."""


def plan(person: int, today: date) -> Plan:
    """What is held of somebody, and what of it may go."""
    row, months = team.person(person), team.retention()
    held = team.held(person)
    mine = {table: len(numbers) for table, numbers in rows_of(person).items()}
    said = _said(person)
    items = []
    for category, title in CATEGORIES:
        filled = sum(said[column.name] for column in COLUMNS.get(category, ()))
        count = filled + sum(mine.get(table, 0) for table in TABLES[category])
        until = _months_after(row.left, months[category]) if row.left else None
        no = _no(row.status, held, until, _months_after(row.left, LEAST[category]) if row.left else None, today)
        items.append(Item(category, title, count, until, no, no is None and until is not None and until < today))
    staying = sum(count for table, count in mine.items() if table in STAYING and table is not Person)
    return Plan(person, row.name, tuple(items), held, staying)


def due(today: date) -> list[Plan]:
    """Of whom something has been kept long enough."""
    gone = [row.id for row in team.people(leavers=True, owner=True) if row.status == LEFT]
    return [found for person in gone if (found := plan(person, today)).due]


def forget(person: int, categories: Collection[str], *, today: date) -> Erased:
    """Erase kinds of data of somebody, and the name once nothing else is left; neither undo nor the bin bring it back.

    Raises `Refused` where one of them may not go yet.
    """
    found = plan(person, today)
    for each in found.items:
        if each.category in categories and each.count and each.no:
            raise Refused(each.no, each.category)
    mark, before = _mark(person, found.name), _remembered()
    _remember([*before, Forgotten(person, mark, sorted(categories), is_done=False)])
    done = _erase(found, categories, today)
    _remember([*before, Forgotten(person, mark, sorted(categories))])
    return done


def honour(today: date) -> int:
    """Erase again whoever a restored backup brought back; gives how many that were.

    Who was being erased when the program was cut short is so or is not: that is settled first.
    """
    remembered = [each for each in _remembered() if each.is_done or not _still_there(each, today)]
    if any(not each.is_done for each in _remembered()):
        remembered = [replace(each, is_done=True) for each in remembered]
        _remember(remembered)
    came = 0
    for each in remembered:
        if found := _still_there(each, today):
            _erase(found, each.categories, today)
            came += 1
    return came


def _still_there(forgotten: Forgotten, today: date) -> Plan | None:
    """Of whom there still is, or is again, what was erased; nothing where it is gone or is somebody else's."""
    number = forgotten.number
    name = next((name for (name,) in rows(Person.select(Person.name).where(Person.id == number))), None)
    if name is None or not hmac.compare_digest(_mark(number, name), forgotten.mark):
        return None
    found = plan(number, today)
    wanted = any(each.count for each in found.items if each.category in forgotten.categories)
    return found if wanted or not any(each.count for each in found.items) else None


def _no(status: str, held: Held | None, until: date | None, least: date | None, today: date) -> Message | None:
    if status != LEFT or until is None or least is None:
        return M("Kept while somebody works here.")
    if held:
        return M("Held: {reason}", reason=held.reason)
    if least >= today:
        return M("The law has it kept until {day}.", day=least)
    return None


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def _said(person: int) -> dict[str, bool]:
    """Which columns of the roster say something of him."""
    [row] = Person.select().where(Person.id == person)
    usual = {field.name: field.default for field in row._meta.sorted_fields}
    return {name: getattr(row, name) not in (None, "", usual[name]) for name in usual}


def _erase(found: Plan, categories: Collection[str], today: date) -> Erased:
    going, left = _parted(found, categories)
    mine = rows_of(found.person)
    tables = {table for category in going for table in TABLES[category]}
    gone = {wording.name(table): mine[table] for table in tables if table in mine}
    columns = [column for category in going for column in COLUMNS.get(category, ())]
    is_whole = not left
    with unit("overview.forget", M("Erase data of no. {number}", number=found.person), is_step=False):
        _strike_from_the_register(mine.get(Signature, ()) if Signature in tables else (), today)
        emptied: dict[Row, Mapping[str, Any]] = {}
        if columns or is_whole:
            values = {column.column_name: _nothing(column) for column in (*columns, *(NAMES if is_whole else ()))}
            if is_whole:
                values[Person.name.column_name] = f"#{found.person}"
            emptied[wording.name(Person), found.person] = values
        erase.erase(gone, [wording.name(each) for each in leaves_first() if each in tables], emptied)
        if is_whole:
            _rename(found)
            erase.forget_found()
    erase.compact()
    counts = {each.category: each.count for each in found.items if each.category in going and each.count}
    mentions = tuple(erase.mentions(found.name)) if is_whole else ()
    return Erased(found.person, today, counts, left, is_whole, mentions, _backups())


def _parted(found: Plan, categories: Collection[str]) -> tuple[list[str], dict[str, date | None]]:
    """The kinds that go, and those that are left, each with its last day."""
    going = [each.category for each in found.items if each.category in categories]
    return going, {each.category: each.until for each in found.items if each.category not in going and each.count}


def _strike_from_the_register(signatures: Iterable[int], today: date) -> None:
    wanted = Signature.select(Signature.number, Signature.sha256).where(Signature.id.in_(list(signatures)))
    for number, fingerprint in rows(wanted):
        ErasedEntry.create(number=number, sha256=fingerprint, day=today)


def _nothing(column: Any) -> object:
    """What a column says that says nothing, as the file holds it."""
    return None if column.null else column.db_value(column.default)


def _rename(found: Plan) -> None:
    """Write the number wherever the name stands, unless others have the name in theirs."""
    others = [row.name for row in team.people(leavers=True, owner=True) if row.id != found.person]
    if not any(found.name in other for other in others):
        erase.rename(found.name, f"#{found.person}", SIGNED)


def _backups() -> int:
    return sum(1 for each in (file.folder() / file.BACKUPS).glob("*") if each.is_file())


def _mark(number: int, name: str) -> str:
    return hmac.new(derived_key("forgotten"), f"{number}:{name}".encode(), sha256).hexdigest()


def _path() -> Path:
    return file.folder() / REMEMBERED


def _remembered() -> list[Forgotten]:
    try:
        stated = json.loads(_path().read_bytes())
        return [Forgotten(int(each["number"]), str(each["mark"]), list(each["categories"]), each.get("done", True))
                for each in stated]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _remember(forgotten: Iterable[Forgotten]) -> None:
    known = [{"number": each.number, "mark": each.mark, "categories": each.categories, "done": each.is_done}
             for each in forgotten]  # fmt: skip
    whole.write(_path(), json.dumps(known).encode())
