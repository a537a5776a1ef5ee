"""What goals want of the owner, and how they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from peewee import JOIN

from desktopapp.goals import rules
from desktopapp.goals.models import CheckIn, Goal
from desktopapp.goals.queries.standing import GoalRow, running, weight_sums
from desktopapp.kernel.area import Findable, Found, Link, Notice
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.period import Period
from desktopapp.team import queries as team
from desktopapp.team.models import Person

SETTLED = timedelta(days=14)
"""How long into a quarter its goals may still be under discussion."""
NAMED = 6
"""How many a notice names of those it is about."""


def notices(today: date) -> Iterable[Notice]:
    """Goals behind the calendar or without a fresh figure, sets whose weights are not 100, people without goals."""
    quarter = team.season().of(today)
    people = team.people()
    names = {row.id: row.name for row in people}
    now = running(today)
    yield from _behind(now)
    yield from _stale(now, today)
    sums = {whose: whole for whose, whole in weight_sums(quarter).items() if whose in names}
    due = quarter.start + SETTLED
    for person, whole in sums.items():
        if whole != 100 and isinstance(person, int):
            what = M("{name}: the weights of {period} add up to {sum}, not to 100", name=names[person],
                     period=quarter, sum=whole)  # fmt: skip
            first = next((row.id for row in now if (row.person, row.period) == (person, quarter)), None)
            yield Notice(what, due, Link("goals", first), None, N_("Mend"), person)
    without = [row for row in people if row.id not in sums and (row.joined is None or row.joined <= quarter.end)]
    if len(without) == 1:
        [row] = without
        what = M("{name} has no goals for {period} yet", name=row.name, period=quarter)
        yield Notice(what, due, Link("goals"), None, N_("Set goals"), row.id)
    elif without:
        what = M("{count} {count:person has|people have} no goals for {period} yet", count=len(without), period=quarter)
        yield Notice(what, due, Link("goals"), _named([row.name for row in without]), N_("Set goals"))


def _named(names: Sequence[str]) -> Message:
    """Who is meant; of many, a few by name."""
    if (more := len(names) - NAMED) > 1:
        return M("{names} and {count} {count:more person|more people}", names=tuple(names[:NAMED]), count=more)
    return M("{names}", names=tuple(names))


def _behind(now: Sequence[GoalRow]) -> Iterator[Notice]:
    """One notice for each whose goals are behind, however many they are."""
    behind = [row for row in now if row.status == rules.BEHIND]
    for whose, group in groupby(behind, key=lambda row: row.whose):
        late = list(group)
        first = min(late, key=lambda row: row.due)
        link = Link("goals", first.id)
        if len(late) == 1:
            what = M("{name}: “{goal}” is behind, {reached} reached", name=first.name, goal=first.goal,
                     reached=first.attainment)  # fmt: skip
            detail = None
            if first.actual is not None:
                detail = M("{actual} of {target} by {due}", actual=first.actual, target=first.target, due=first.due)
        else:
            what = M("{name}: {count} {count:goal is|goals are} behind", name=first.name, count=len(late))
            detail = M("{names}", names=tuple(row.goal for row in late))
        yield Notice(what, first.due, link, detail, N_("Look"), whose if isinstance(whose, int) else None)


def _stale(now: Sequence[GoalRow], today: date) -> Iterator[Notice]:
    """One notice for all goals whose figures are typed in and were not for longer than was agreed."""
    waiting = [(day, row) for row in now if (day := _waits_since(row, today))]
    if not waiting:
        return
    first, row = min(waiting, key=lambda each: each[0])
    what = M("{count} {count:goal waits for its figure|goals wait for their figures}", count=len(waiting))
    names = [f"{each.name} · {each.goal}" for _, each in waiting]
    if len(waiting) == 1:
        what, names = M("{name}: “{goal}” waits for its figure", name=row.name, goal=row.goal), []
    yield Notice(what, first, Link("goals", row.id), _named(names) if names else None, N_("Note progress"),
                 row.person if len(waiting) == 1 else None)  # fmt: skip


def _waits_since(row: GoalRow, today: date) -> date | None:
    """The day a figure was due that has not come."""
    if not row.is_typed or row.status in (rules.GIVEN_UP, rules.NOT_STARTED):
        return None
    due = rules.next_check(row.cadence, row.as_of or row.period.start, row.due)
    return due if due < today else None


def _found(number: int, name: str, person: str | None, of: str, period: Period) -> Found:
    return Found(N_("Goals"), Link("goals", number), name, (person or of, period))


def _found_progress(_number: int, goal: int, comment: str, name: str, period: Period, day: date) -> Found:
    return Found(N_("Progress of goals"), Link("goals", goal), comment, (name, period, day))


FINDS = (
    Findable(
        Goal,
        (Goal.name, Goal.note, Goal.reason),
        Goal.select(Goal.id, Goal.name, Person.name, Goal.team, Goal.period)
        .join(Person, JOIN.LEFT_OUTER)
        .order_by(Goal.id.desc()),
        _found,
        whose=Goal.person,
    ),
    Findable(
        CheckIn,
        (CheckIn.comment,),
        CheckIn.select(CheckIn.id, CheckIn.goal, CheckIn.comment, Goal.name, Goal.period, CheckIn.day)
        .join(Goal)
        .order_by(CheckIn.day.desc(), CheckIn.id.desc()),
        _found_progress,
    ),
)
