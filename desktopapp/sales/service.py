"""Taking in what the CRM exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from operator import add
from typing import Any

from peewee import fn

from desktopapp.exchange.mapping import Problem
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M
from desktopapp.sales.models import OPEN, Account, Deal, ImportBatch, OwnerAlias
from desktopapp.storage import Record, among, bulk, held, revert, rows, unit, unit_of
from desktopapp.team import queries as team

ACCOUNT, DEAL, LEAD = "account", "deal", "lead"
TABLES: Mapping[str, type[Record]] = {ACCOUNT: Account, DEAL: Deal, LEAD: Deal}
"""The table each kind of file fills; a lead is a deal at its very beginning."""


@frozen
class Counts:
    """What taking a file in does, or did."""

    rows: int
    new: int
    changed: int
    same: int
    rejected: int
    twice: int
    """Rows that name a record a later row of the same file names again; the later one counts."""
    nobodys: int
    """Rows taken in whose owner is nobody on the team."""


@frozen
class Owner:
    """Somebody the file names as an owner."""

    label: str
    number: str
    """His number in the source, if the file has one."""
    person: int | None
    """Whom he is taken for."""
    rows: int
    asked: bool
    """Whether the owner of the program still has to say who this is."""


@frozen
class ColumnSeen:
    """One column of the file: what it fills, and what stands in it."""

    heading: str
    target: str
    """The name of what it fills; empty where it is kept among the other columns."""
    label: str
    """The marked text of what it fills."""
    samples: tuple[str, ...]


@frozen
class StageSeen:
    """One stage of the file, and what it is taken to mean."""

    label: str
    status: str
    known: bool
    rows: int


@frozen
class Content:
    """The records of a file, column by column, as the program's file holds them."""

    entity: str
    system: str
    columns: Mapping[str, Sequence[Any]]
    """By the name of the field; `system` and who it belongs to are added when it is taken in."""
    accounts: Sequence[str]
    """The number of each deal's customer in the source, where the file has it."""
    owners: Sequence[str]
    """The label of each record's owner, empty where it has none."""
    owner_numbers: Sequence[str]
    """The number of each owner in the source, where the file has it."""

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.owners)

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Label and number of each record's owner."""
        return zip(self.owners, self.owner_numbers, strict=True)


@frozen
class Preview:
    """Everything guessed about a file, before anything of it is taken in."""

    file: str
    sha256: str
    encoding: str
    system: str
    entity: str
    columns: tuple[ColumnSeen, ...]
    counts: Counts
    owners: tuple[Owner, ...]
    stages: tuple[StageSeen, ...]
    problems: tuple[Problem, ...]
    taken_in: date | None
    """When this very file was taken in before."""
    content: Content


@frozen
class Plan:
    """What taking records in does to those there are."""

    names: tuple[str, ...]
    """The fields the file speaks of, the number in the source first."""
    adding: Iterable[tuple[Any, ...]]
    """The records that are new."""
    changing: Sequence[tuple[Any, ...]]
    """Those that are there and say something else now."""
    new: int
    changed: int
    same: int
    nobodys: int


def plan(content: Content) -> Plan:
    """Compare records with those there are, known again by system and number. An empty cell leaves what is there."""
    columns = {**content.columns, **_customers(content)}
    nobodys = content.rows
    if any(content.owners):
        persons = {each: person for each, (person, _) in _persons(set(content.pairs)).items()}
        columns["person"] = list(map(persons.__getitem__, content.pairs))
        nobodys = columns["person"].count(None)
    names = ("external", *(name for name in columns if name != "external"))
    records = zip(*(columns[name] for name in names), strict=True)
    before = _before(content, names)
    if not before:
        return Plan(names, records, (), content.rows, 0, 0, nobodys)
    new, changed = _compared(names, records, before)
    same = content.rows - len(new) - len(changed)
    return Plan(names, new, changed, len(new), len(changed), same, nobodys)


def owners_of(content: Content) -> tuple[Owner, ...]:
    """Everybody the records belong to, those who have to be asked for first."""
    times = Counter(content.pairs)
    found = _persons(times)
    seen = [Owner(*each, *found[each][:1], rows=times[each], asked=found[each][1]) for each in times if each[0]]
    return tuple(sorted(seen, key=lambda owner: (not owner.asked, -owner.rows, owner.label)))


def take_in(
    preview: Preview,
    *,
    owners: Mapping[str, int | None],
    today: date,
    progress: Callable[[], object] = lambda: None,
) -> Counts:
    """Take a file in as previewed, whole; `owners` says who the owners asked for are, None for nobody on the team.

    Taking the same file in again changes nothing. `progress` is called between the steps; what
    it raises stops the work, and nothing of it is kept.
    """
    with unit("sales.import", M("Import “{file}”", file=preview.file)):
        _remember(preview.owners, owners)
        progress()
        made = plan(preview.content)
        progress()
        counts = replace(preview.counts, new=made.new, changed=made.changed, same=made.same, nobodys=made.nobodys)
        if made.new or made.changed:
            _write(preview.content, made, _batch(preview, counts, today))
            progress()
            _link(preview.content)
        progress()
    return counts


def undo_import(*, batch: int) -> None:
    """Take back all that a file brought, whenever it came in. Refused where its records were edited since."""
    if (number := unit_of(ImportBatch._meta.table_name, batch)) is not None:
        revert(number)


TOGETHER = 2_000
"""Deals assigned between two looks at whether the owner stopped it."""


def assign(
    *, deals: Sequence[int], person: int | None, progress: Callable[[int, int], object] = lambda _done, _whole: None
) -> None:
    """Give deals to somebody, or to nobody on the team, in one request."""
    words = M("Take {count} deals off the team", count=len(deals))
    if person is not None:
        words = M("Assign {count} deals to {name}", count=len(deals), name=team.person(person).name)
    is_other = Deal.person.is_null() if person is not None else Deal.person.is_null(False)
    if person is not None:
        is_other |= Deal.person != person
    with unit("sales.assign", words):
        for start in range(0, len(deals), TOGETHER):
            progress(start, len(deals))
            Deal.update(person=person).where(among(Deal.id, deals[start : start + TOGETHER]), is_other).execute()


def _batch(preview: Preview, counts: Counts, today: date) -> int:
    kept = ImportBatch.create(
        file=preview.file, sha256=preview.sha256, system=preview.system, entity=preview.entity, day=today,
        rows=counts.rows, new=counts.new, changed=counts.changed, same=counts.same, rejected=counts.rejected,
    )  # fmt: skip
    return int(kept.id)


def _remember(seen: Iterable[Owner], said: Mapping[str, int | None]) -> None:
    """Keep who the owners asked for are, and give them what came in before they were known."""
    for owner in seen:
        if owner.label not in said:
            continue
        person = said[owner.label]
        for label in {owner.label, owner.number} - {""}:
            OwnerAlias.insert(label=label, person=person).on_conflict(
                conflict_target=[OwnerAlias.label], update={OwnerAlias.person: person}
            ).execute()
        for table in (Account, Deal):
            table.update(person=person).where(table.owner == owner.label, table.person.is_null()).execute()


def _persons(owners: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int | None, bool]]:
    """Who each owner is, and whether that has to be asked: as remembered, by number, or by a name only one bears."""
    remembered = dict(rows(OwnerAlias.select(OwnerAlias.label, OwnerAlias.person)))
    people = team.people(leavers=True, owner=True)
    bearers = Counter(person.name for person in people)
    known = {person.name: person.id for person in people if bearers[person.name] == 1}
    known |= {person.number: person.id for person in people if person.number}
    return {each: _person(each, remembered, known) for each in owners}


def _person(
    owner: tuple[str, str], remembered: Mapping[str, int | None], known: Mapping[str, int]
) -> tuple[int | None, bool]:
    label, number = owner
    for ways in (remembered, known):
        for each in (number, label):
            if each and each in ways:
                return ways[each], False
    return None, bool(label or number)


def _customers(content: Content) -> dict[str, list[Any]]:
    """The account of each deal, by its number in the source or else by its name, and the name the deal goes by."""
    if TABLES[content.entity] is not Deal:
        return {}
    known = rows(Account.select(Account.external, Account.id, Account.name).where(Account.system == content.system))
    by_number = {external: number for external, number, _ in known}
    names = {external: name for external, _, name in known}
    bearers = Counter(rows(Account.select(Account.name)))
    by_name = {name: number for name, number in rows(Account.select(Account.name, Account.id)) if bearers[name,] == 1}
    said = content.columns.get("customer") or [""] * content.rows
    if not by_name and not by_number:
        return {}
    numbers = content.accounts or [""] * content.rows
    return {
        "customer": [name or names.get(each, "") for name, each in zip(said, numbers, strict=True)],
        "account": [by_number.get(each) or by_name.get(name) for name, each in zip(said, numbers, strict=True)],
    }


def _before(content: Content, names: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """The records of the same system there are already, by number: the same fields."""
    table: Any = TABLES[content.entity]
    fields = [table._meta.fields[name] for name in names]
    return {row[0]: row[1:] for row in held(table.select(*fields).where(table.system == content.system))}


Rows = list[tuple[Any, ...]]


def _compared(
    names: Sequence[str], records: Iterable[tuple[Any, ...]], before: Mapping[str, tuple[Any, ...]]
) -> tuple[Rows, Rows]:
    """The rows that are new, and those that change one there is."""
    new: Rows = []
    changed: Rows = []
    for row in records:
        old = before.get(row[0])
        if old is None:
            new.append(row)
        elif (now := _merged(names, row, old)) != old:
            changed.append((row[0], *now))
    return new, changed


def _merged(names: Sequence[str], row: tuple[Any, ...], old: tuple[Any, ...]) -> tuple[Any, ...]:
    """The old values with what the new row says.

    Whom a record was given to stays until the source names another owner, and none is opened again by an empty stage.
    """
    said = dict(zip(names[1:], row[1:], strict=True))
    kept = dict(zip(names[1:], old, strict=True))
    now = {name: kept[name] if value in (None, "") else value for name, value in said.items()}
    if "person" in now and now.get("owner") != kept.get("owner"):
        now["person"] = said["person"]
    elif "person" in now and kept["person"] is not None:
        now["person"] = kept["person"]
    if now.get("status") == OPEN and not said["stage"]:
        now["status"] = kept["status"]
    return tuple(now.values())


def _write(content: Content, made: Plan, batch: int) -> None:
    table: Any = TABLES[content.entity]
    said = {*made.names, "system", "batch"}
    silent = [field for field in table._meta.sorted_fields if field.name not in said and not field.primary_key]
    constants = (content.system, batch, *(field.db_value(field.default) for field in silent))
    fields = [table._meta.fields[name] for name in (*made.names, "system", "batch")]
    columns = [*fields, *silent]
    bulk(table, columns, map(add, made.adding, repeat(constants)))
    if made.changing:
        key = (table.system, table.external)
        bulk(table, columns, map(add, made.changing, repeat(constants)), key=key, keep=silent)


def _link(content: Content) -> None:
    """Give deals that came in before their accounts the accounts they name."""
    if content.entity != ACCOUNT:
        return
    named = fn.json_extract(fn.nullif(Deal.extra, ""), "$.account_id")
    accounts = Account.select(Account.id).where(Account.system == content.system, Account.external == named)
    waiting = (Deal.system == content.system) & Deal.account.is_null()
    Deal.update(account=accounts).where(waiting, fn.EXISTS(accounts)).execute()
    names = Account.select(Account.name).where(Account.id == Deal.account)
    nameless = (Deal.system == content.system) & (Deal.customer == "") & Deal.account.is_null(False)
    Deal.update(customer=names).where(nameless).execute()
