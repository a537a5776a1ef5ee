"""The cascade: the firm's goals, the teams' that serve them, people's that serve those; the year's hold the shorter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from desktopapp.goals import rules
from desktopapp.goals.models import ACTIVE, Goal
from desktopapp.goals.queries.measures import Whose
from desktopapp.goals.queries.standing import GoalRow, goals, periods, places
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.period import Period
from desktopapp.storage import rows
from desktopapp.team import queries as team


@frozen
class Branch:
    """A goal in the cascade, and how deep it stands there."""

    goal: GoalRow
    depth: int
    above: GoalRow | None = None
    """The goal it stands below."""

    @property
    def id(self) -> int:
        """The goal's number."""
        return self.goal.id


def cascade(period: Period, today: date) -> list[Branch]:
    """The goals whose time meets a period, each followed by those that serve it."""
    spans = [each for each in periods() if each.start <= period.end and each.end >= period.start]
    asked = Goal.select(Goal.id).where(Goal.period.in_([str(each) for each in spans]), Goal.state == ACTIVE)
    here = {row.id for row in team.people()}
    found = [row for row in goals([number for (number,) in rows(asked)], today=today)
             if row.person is None or row.person in here]  # fmt: skip
    numbers, below = {row.id for row in found}, dict[int | None, list[GoalRow]]()
    for row in sorted(found, key=lambda row: -row.period.months):
        below.setdefault(row.parent if row.parent in numbers else None, []).append(row)
    return list(_branches(below, None, 0))


def _branches(below: Mapping[int | None, Sequence[GoalRow]], above: GoalRow | None, depth: int) -> Iterator[Branch]:
    for row in below.get(above.id if above else None, ()):
        yield Branch(row, depth, above)
        yield from _branches(below, row, depth + 1)


def can_serve(whose: Whose, period: Period, due: date | None = None, goal: int | None = None) -> list[GoalRow]:
    """The goals one of somebody's, of a period, may serve; `goal` is its number where it is there already."""
    person, of = (whose, "") if isinstance(whose, int) else (None, whose or "")
    known = places()
    serves = known[goal].parent if goal is not None and goal in known else None
    place = rules.Place(person, of, period.start, due or period.end, serves)
    numbers = [number for number in known if _fits(goal, place, number, known)]
    return goals(numbers, today=period.start) if numbers else []


def _fits(goal: int | None, place: rules.Place, above: int, known: Mapping[int, rules.Place]) -> bool:
    try:
        rules.check_parent(goal, place, above, known)
    except Refused:
        return False
    return True
