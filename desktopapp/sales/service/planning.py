"""What taking records in would do to those there are, without doing any of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from peewee import SQL

from desktopapp.exchange.parsers import alike
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Message
from desktopapp.sales.models import OPEN
from desktopapp.sales.service.content import (
    ACCOUNT,
    BOTH,
    BY_NAME,
    CONTACT,
    DEAL,
    FILL,
    LEAD,
    MADE,
    NEVER,
    PRODUCT,
    SKIP,
    TABLES,
    Change,
    Coming,
    Content,
    How,
    Plan,
)
from desktopapp.sales.service.links import referring
from desktopapp.sales.service.owners import persons
from desktopapp.storage import held
from desktopapp.storage.fields import Choice
from desktopapp.team import queries as team

SHOWN = 500
"""How many changed fields are kept for showing."""
FEW = 5_000
"""Up to so many records, those there are already are looked up one by one."""
NAMED: Mapping[str, tuple[str, ...]] = {
    ACCOUNT: ("name",),
    CONTACT: ("name", "customer"),
    LEAD: ("name", "customer"),
    DEAL: ("name", "customer"),
    PRODUCT: ("name",),
}
"""What a record is known again by where one side has no number of its source."""
_NEVER_EMPTIED = frozenset(
    ("name", "status", "person", "stage_since", "account", "deal", "order", "day", "extra", "period")
)
"""Columns an empty cell never empties: what a record is known by, and what is worked out."""
_UNSHOWN = frozenset(("extra", "stage_since", "account", "deal", "order"))
"""Columns whose changes say nothing to the owner."""


@frozen
class Before:
    """A record as it is here."""

    row: int
    typed: frozenset[str]
    external: str
    system: str
    values: tuple[Any, ...]
    """As the file holds them, in the order of the fields asked for."""


@frozen
class _Met:
    """What became of records that met those that are here."""

    adding: list[tuple[Any, ...]]
    changing: list[tuple[Any, ...]]
    renumbered: list[tuple[int, str]]
    moves: list[tuple[Any, ...]]
    changes: list[Change]
    changed: int = 0
    kept: int = 0


def plan(content: Content, how: How, today: date, coming: Mapping[str, Coming] | None = None) -> Plan:
    """Compare records with those there are. An empty cell leaves what is there, unless it is to erase.

    `coming` is what the same drop brings before them, so that what refers to it counts as it will.
    """
    columns, nobodys = _filled(content, coming or {})
    names = ("external", *(name for name in columns if name != "external"))
    records: Iterable[tuple[Any, ...]] = zip(*(columns[name] for name in names), strict=True)
    before = {} if how.known_by == NEVER else _before(content, names)
    by_name = _by_name(content, names, before, columns) if how.known_by == BY_NAME else {}
    if how.known_by == NEVER:
        records = _apart(content, records)
    if not before and not by_name:
        return Plan(names, records, (), (), (), (), content.rows, 0, 0, 0, nobodys)
    met = _Meeting(content, how, today, names).met(records, before, by_name)
    same = content.rows - len(met.adding) - met.changed - met.kept
    return Plan(
        names, met.adding, met.changing, met.renumbered, met.moves, tuple(met.changes), len(met.adding), met.changed,
        same, met.kept, nobodys,
    )  # fmt: skip


def _filled(content: Content, coming: Mapping[str, Coming]) -> tuple[dict[str, Sequence[Any]], int]:
    """The columns with what they refer to and whom they belong to, and how many belong to nobody."""
    columns = {**content.columns, **referring(content, coming)}
    heirs = columns.pop("heir", None)
    if content.entity == DEAL and "stage" in columns and "stage_since" not in columns:
        columns["stage_since"] = [None] * content.rows
    has_owner = any(content.owners)
    if not has_owner and heirs is None:
        return columns, content.rows if "owner" in TABLES[content.entity]._meta.fields else 0
    known = {each: person for each, (person, _) in persons(set(content.pairs)).items()}
    people = list(map(known.__getitem__, content.pairs))
    if heirs is not None:
        each_of = zip(people, heirs, content.owners, strict=True)
        people = [person or (None if label else heir) for person, heir, label in each_of]
    columns["person"] = people
    return columns, people.count(None)


def _before(content: Content, names: Sequence[str]) -> dict[str, Before]:
    """The records of the same system by their number."""
    table: Any = TABLES[content.entity]
    wanted = _asked(table, names).where(table.system == content.system)
    if content.rows <= FEW:
        numbers = json.dumps(list(content.columns["external"]))
        wanted = wanted.where(table.external.in_(SQL("(select value from json_each(?))", [numbers])))
    return {each.external: each for each in map(_known, held(wanted))}


def _asked(table: Any, names: Sequence[str]) -> Any:
    typed = table.typed if "typed" in table._meta.fields else SQL("''")
    return table.select(table.id, typed, table.external, table.system, *(getattr(table, name) for name in names[1:]))


def _known(row: tuple[Any, ...]) -> Before:
    number, typed, external, system, *values = row
    return Before(number, frozenset(typed.split()), external, system, tuple(values))


def _by_name(
    content: Content, names: Sequence[str], before: Mapping[str, Before], columns: Mapping[str, Sequence[Any]]
) -> dict[str, Before]:
    """Records met by their names, by the number the file has for each: where one of the two has no number of a source.

    A name two records bear, here or in the file, is nobody's.
    """
    key = NAMED.get(content.entity, ())
    if not key or any(name not in columns for name in key):
        return {}
    table: Any = TABLES[content.entity]
    numbers = columns["external"]
    strangers = [at for at, number in enumerate(numbers) if number not in before]
    if not strangers or not table.select().exists():
        return {}
    wanted = _asked(table, names)
    if not any(numbers[at].startswith(MADE) for at in strangers):
        wanted = wanted.where(table.external.startswith(MADE))
    at_key = [names.index(name) - 1 for name in key]
    here = [(_key(known.values[at] for at in at_key), known) for known in map(_known, held(wanted))]
    named = [(_key(columns[name][at] for name in key), numbers[at]) for at in strangers]
    bearers, times = Counter(name for name, _ in here), Counter(name for name, _ in named)
    known_by = {name: known for name, known in here if bearers[name] == 1}
    found = ((number, known_by[name]) for name, number in named if name in known_by and times[name] == 1)
    return {
        number: known
        for number, known in found
        if number.startswith(MADE) or known.external.startswith(MADE)
    }


def _key(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(alike(value or "") for value in values)


def _apart(content: Content, records: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Records with numbers nobody bears yet."""
    table: Any = TABLES[content.entity]
    taken = {external for (external,) in held(table.select(table.external).where(table.system == content.system))}
    return [(_free(record[0], taken), *record[1:]) for record in records]


def _free(number: str, taken: set[str]) -> str:
    """A number like this one that is not taken, which it then is."""
    free, nth = number, 1
    while free in taken:
        nth += 1
        free = f"{number}#{nth}"
    taken.add(free)
    return free


class _Meeting:
    """Records of a file beside those that are here."""

    def __init__(self, content: Content, how: How, today: date, names: Sequence[str]) -> None:
        self.content, self.how, self.today, self.names = content, how, str(today), names
        table: Any = TABLES[content.entity]
        self.fields = [table._meta.fields[name] for name in names]
        self.people = {row.id: row.name for row in team.people(leavers=True, owner=True)} if "person" in names else {}
        self.at = {name: at for at, name in enumerate(names)}
        self.is_deal = content.entity == DEAL and "stage" in names

    def met(
        self, records: Iterable[tuple[Any, ...]], before: Mapping[str, Before], by_name: Mapping[str, Before]
    ) -> _Met:
        """Each record as new, changed, the same, or kept as it is here."""
        found = _Met([], [], [], [], [])
        changed = kept = 0
        taken = set(before) if self.how.again == BOTH else set()
        for record in records:
            known = before.get(record[0]) or by_name.get(record[0])
            if known is None:
                found.adding.append(record)
            elif record[1:] == known.values and not self._is_numbered(known, record[0]) and self.how.again != BOTH:
                continue
            elif self.how.again == BOTH:
                found.adding.append((_free(record[0], taken), *record[1:]))
            elif (now := self._merged(known, record)) != known.values or self._is_numbered(known, record[0]):
                changed += 1
                self._change(found, known, record[0], now)
            elif self._differs(known, record):
                kept += 1
        return _Met(found.adding, found.changing, found.renumbered, found.moves, found.changes, changed, kept)

    def _is_numbered(self, known: Before, number: str) -> bool:
        """Whether a record that had no number of a source gets one."""
        return known.external.startswith(MADE) and not number.startswith(MADE)

    def _change(self, found: _Met, known: Before, number: str, now: tuple[Any, ...]) -> None:
        system = known.system
        if self._is_numbered(known, number):
            system = self.content.system
            found.renumbered.append((known.row, number))
        else:
            number = known.external
        if self.is_deal:
            now = self._moved(found, known, now)
        found.changing.append((number, *now, system))
        if len(found.changes) < SHOWN:
            name = str(now[self.at["name"] - 1] if "name" in self.at else number)
            pairs = zip(self.fields[1:], known.values, now, strict=True)
            found.changes.extend(
                Change(name, field.verbose_name, self._shown(field, old), self._shown(field, new))
                for field, old, new in pairs
                if old != new and field.name not in _UNSHOWN
            )

    def _shown(self, field: Any, value: Any) -> Any:
        """A value as it is shown: of a person the name, of a choice its word."""
        if value is None or field.name == "person":
            return self.people.get(value, "")
        return Message(field.label(value)) if isinstance(field, Choice) else field.python_value(value)

    def _merged(self, known: Before, record: tuple[Any, ...]) -> tuple[Any, ...]:
        """The record as it is to be: what it says, but for what it leaves empty and what was written by hand.

        Whom a deal belongs to stays until the source names another owner, and none is opened
        again by an empty stage.
        """
        if self.how.again == SKIP:
            return known.values
        now = list(record[1:])
        for at, (name, old, new) in enumerate(zip(self.names[1:], known.values, record[1:], strict=True)):
            if name in known.typed or self._stays(name, old, new):
                now[at] = old
            elif name == "extra" and old not in ("", new):
                now[at] = json.dumps({**json.loads(old), **json.loads(new)}, ensure_ascii=False)
        self._keep_person(known, record, now)
        if "status" in self.at and self.is_deal:
            status, stage = self.at["status"] - 1, self.at["stage"] - 1
            if now[status] == OPEN and not record[stage + 1]:
                now[status] = known.values[status]
        return tuple(now)

    def _stays(self, name: str, old: Any, new: Any) -> bool:
        """Whether what is here stays whatever the file says of it."""
        if new in (None, ""):
            return not self.how.erases or name in _NEVER_EMPTIED
        return self.how.again == FILL and old not in (None, "")

    def _keep_person(self, known: Before, record: tuple[Any, ...], now: list[Any]) -> None:
        if "person" not in self.at or "person" in known.typed or self.how.again == FILL:
            return
        person, owner = self.at["person"] - 1, self.at.get("owner", 0) - 1
        if owner >= 0 and now[owner] != known.values[owner]:
            now[person] = record[person + 1]
        elif known.values[person] is not None:
            now[person] = known.values[person]

    def _differs(self, known: Before, record: tuple[Any, ...]) -> bool:
        """Whether the file says something else than what was kept."""
        pairs = zip(self.names[1:], known.values, record[1:], strict=True)
        said = ((old, new) for name, old, new in pairs if name not in ("person", "status", "stage_since", "extra"))
        return any(new not in (None, "", old) for old, new in said)

    def _moved(self, found: _Met, known: Before, now: tuple[Any, ...]) -> tuple[Any, ...]:
        """A deal that goes to another stage says since when it is there, and how long it was in the last."""
        stage, since = self.at["stage"] - 1, self.at["stage_since"] - 1
        old, new = known.values[stage], now[stage]
        if old == new:
            return (*now[:since], known.values[since], *now[since + 1 :]) if now[since] is None else now
        day = now[since] if now[since] not in (None, known.values[since]) else self.today
        status = now[self.at["status"] - 1] if "status" in self.at else OPEN
        began = known.values[since]
        days = (date.fromisoformat(day) - date.fromisoformat(began)).days if began else None
        found.moves.append((known.row, day, old, new, status, None if days is None or days < 0 else days))
        return (*now[:since], day, *now[since + 1 :])
