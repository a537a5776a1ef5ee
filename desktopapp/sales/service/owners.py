"""Who the owners in files are: by number, by a name only one bears, or as the owner of the program once said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktopapp.sales.models import OwnerAlias
from desktopapp.sales.service.content import NEW_PERSON, TABLES, Content, Owner
from desktopapp.storage import rows
from desktopapp.team import queries as team
from desktopapp.team import service as roster

Label = tuple[str, str]
"""What the file calls an owner, and his number there."""


def owners_of(contents: Iterable[Content]) -> tuple[Owner, ...]:
    """Everybody the records belong to, those who have to be asked for first."""
    times: Counter[Label] = Counter()
    for content in contents:
        times.update(content.pairs)
    found = persons(times)
    seen = [Owner(*each, *found[each][:1], rows=times[each], asked=found[each][1]) for each in times if any(each)]
    return tuple(sorted(seen, key=lambda owner: (not owner.asked, -owner.rows, owner.label)))


def persons(owners: Iterable[Label]) -> dict[Label, tuple[int | None, bool]]:
    """Who each owner is, and whether that has to be asked."""
    remembered = dict(rows(OwnerAlias.select(OwnerAlias.label, OwnerAlias.person)))
    people = team.people(leavers=True, owner=True)
    bearers = Counter(person.name for person in people)
    known = {person.name: person.id for person in people if bearers[person.name] == 1}
    known |= {person.number: person.id for person in people if person.number}
    return {each: _person(each, remembered, known) for each in owners}


def _person(
    owner: Label, remembered: Mapping[str, int | None], known: Mapping[str, int]
) -> tuple[int | None, bool]:
    label, number = owner
    for ways in (remembered, known):
        for each in (number, label):
            if each and each in ways:
                return ways[each], False
    return None, bool(label or number)


def remember(seen: Iterable[Owner], said: Mapping[str, int | None], today: date) -> None:
    """Keep who the owners asked for are, and give them what came in before they were known.

    `NEW_PERSON` puts somebody on the roster under the name the file has for him.
    """
    for owner in seen:
        if owner.label not in said:
            continue
        person = said[owner.label]
        if person == NEW_PERSON:
            person = roster.add(name=owner.label, today=today)
        for label in {owner.label, owner.number} - {""}:
            OwnerAlias.insert(label=label, person=person).on_conflict(
                conflict_target=[OwnerAlias.label], update={OwnerAlias.person: person}
            ).execute()
        tables: Iterable[Any] = TABLES.values()
        for table in tables:
            if "owner" in table._meta.fields:
                names = [label for label in (owner.label, owner.number) if label]
                table.update(person=person).where(table.owner.in_(names), table.person.is_null()).execute()
