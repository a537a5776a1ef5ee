"""The roster on paper (TE-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M, Message
from desktopapp.printing.form import Booklet, Filled, Printed, unprintable
from desktopapp.team import queries, rules
from desktopapp.team.models import ON_LEAVE, PROBATION
from desktopapp.team.queries import PersonRow

CODE = "TE-01"
PEOPLE = "People"
"""The table's title in the form."""


def roster(
    path: Path,
    languages: tuple[Language, ...],
    *,
    today: date,
    printed: datetime | None = None,
    grades: Mapping[int, str] | None = None,
) -> Printed:
    """Everybody at work, team by team; neither pay nor any number of an identity card is ever on it.

    `grades` are those of the last review, which this area does not know of.
    """
    firm = queries.firm()
    people = sorted(queries.people(owner=True), key=_place)
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        pages = booklet.form(CODE, _filled(people, firm.owner if firm else "", today, grades or {}))
    return Printed(path, 1, pages)


def missing_glyphs(_language: Language) -> list[tuple[str, str]]:
    """Whose line holds characters that no font of ours can draw, and which: to be told before printing."""
    written = ((row.name, unprintable(row.name, row.position, row.grade, row.team, row.emergency_name))
               for row in queries.people(owner=True))  # fmt: skip
    return [(name, "".join(characters)) for name, characters in written if characters]


def _place(row: PersonRow) -> tuple[bool, str, str, str]:
    """The owner first, then team by team."""
    return not row.is_owner, rules.order_of(row.team), row.team, row.pinyin


def _filled(people: Sequence[PersonRow], owner: str, today: date, grades: Mapping[int, str]) -> Filled:
    teams = Counter(row.team for row in people if not row.is_owner)
    counts = tuple(M("{team} {count}", team=team, count=count) for team, count in teams.items() if team)
    return Filled(
        fields={
            "Date": today,
            "In post": M("{count} {count:person|people}", count=sum(teams.values())),
            "Prepared by": owner,
            "Team": M("{teams}", teams=counts) if counts else None,
        },
        rows={PEOPLE: [_line(row, today, grades.get(row.id, "")) for row in people]},
        totals={PEOPLE: (None, None, M("{count} {count:person|people}", count=len(people)), *(None,) * 8)},
    )


def _line(row: PersonRow, today: date, grade: str) -> tuple[object, ...]:
    return (
        None,
        row.name,
        row.position,
        row.grade,
        row.team,
        f"{row.joined:%Y-%m-%d}" if row.joined else None,
        rules.years_of_service(row.joined, today) if row.joined else None,
        row.phone,
        " ".join(filter(None, (row.emergency_name, row.emergency_phone))),
        grade,
        _remark(row),
    )


def _remark(row: PersonRow) -> Message | None:
    """What is out of the ordinary, in words short enough for the column."""
    return {PROBATION: M("Trial"), ON_LEAVE: M("On leave")}.get(row.status)
