"""Reading goals: what was agreed and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import groupby
from typing import Any

from peewee import fn

from desktopapp.goals import rules
from desktopapp.goals.models import ACTIVE, CheckIn, Goal
from desktopapp.goals.rules import Figure, figure
from desktopapp.kernel.area import Findable, Found, Link, Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import HALF, MONTH, QUARTER, YEAR, Period
from desktopapp.kernel.share import Share
from desktopapp.kernel.starter import content
from desktopapp.kernel.starter import rows as starter_rows
from desktopapp.sales import queries as sales
from desktopapp.storage import once, rows
from desktopapp.storage.fields import summed
from desktopapp.team import queries as team
from desktopapp.team.models import LEFT, Person


@frozen
class GoalRow:
    """A goal and how it stands."""

    id: int
    person: int
    name: str
    """The person's."""
    pinyin: str
    team: str
    goal: str
    horizon: str
    period: Period
    metric: str
    metric_name: Both | str
    unit: str
    start: Figure | None
    target: Figure
    actual: Figure | None
    attainment: Share | None
    weight: Decimal
    direction: str
    due: date
    state: str
    status: str
    """How it stands; `rules.label` words it."""
    source: str
    """SALES, TYPED, or nothing where there is no figure yet."""
    as_of: date | None
    """The day the figure is of."""
    note: str
    reason: str


SALES, TYPED = "sales", "typed"


@frozen
class CheckInRow:
    """Where a goal stood on a day."""

    id: int
    day: date
    value: Figure
    comment: str


@frozen
class Metric:
    """Something that can be counted, as the content lists it."""

    id: str
    name: Both
    unit: str
    formula: Both
    source: Both
    better: str
    counted: bool
    """Whether its figure comes from the sales data by itself."""


@frozen
class Example:
    """A goal to start from, as the content lists it."""

    id: str
    area: str
    horizon: str
    name: Both
    statement: Both
    metric: str
    unit: str
    baseline: Decimal
    target: Decimal
    direction: str
    note: Both


def _average(period: Period) -> dict[int, Decimal]:
    deals = sales.deals_won_by_person(period)
    sold = sales.sold_by_person(period)
    return {person: (sold[person].in_yuan / count).quantize(Decimal("0.01"), ROUND_HALF_UP)
            for person, count in deals.items() if person in sold}  # fmt: skip


def _yuan(sums: Mapping[int, Money]) -> dict[int, Decimal]:
    return {person: sum_.in_yuan for person, sum_ in sums.items()}


def _count(counts: Mapping[int, int]) -> dict[int, Decimal]:
    return {person: Decimal(count) for person, count in counts.items()}


COUNTED: dict[str, Callable[[Period], dict[int, Decimal]]] = {
    "signed_amount": lambda period: _yuan(sales.sold_by_person(period)),
    "collected_amount": lambda period: _yuan(sales.collected_by_person(period)),
    "new_customer_count": lambda period: _count(sales.new_customers_by_person(period)),
    "avg_deal": _average,
}
"""The metrics the sales data answer, for everybody at once."""


@once
def standing(*, period: Period | None = None, person: int | None = None, today: date) -> list[GoalRow]:
    """The goals asked for, each with how it stands, in order of person and period."""
    wanted: list[Any] = [] if period is None else [Goal.period == period]
    wanted += [Person.status != LEFT] if person is None else [Goal.person == person]
    return _standing(wanted, today)


def goal(number: int, *, today: date) -> GoalRow:
    """One goal. Raises `LookupError` where there is none."""
    for row in _standing([Goal.id == number], today):
        return row
    raise LookupError(number)


def agreed(period: Period, people: Sequence[int]) -> dict[int, list[GoalRow]]:
    """The goals in force of these people for a period, with what they came to by its end."""
    where = [Goal.period == period, Goal.state == ACTIVE, Goal.person.in_(list(people))]
    found: dict[int, list[GoalRow]] = {}
    for row in _standing(where, period.end):
        found.setdefault(row.person, []).append(row)
    return found


@once
def running(today: date) -> list[GoalRow]:
    """The goals of the periods that are running: the year, the half, the quarter and the month of the day."""
    season = team.season()
    periods = [str(season.of(today, months)) for months in (YEAR, HALF, QUARTER, MONTH)]
    return _standing([Person.status != LEFT, Goal.period.in_(periods)], today)


def _standing(where: list[Any], today: date) -> list[GoalRow]:
    wanted = Goal.select(
        Goal.id, Goal.person, Goal.name, Goal.horizon, Goal.period, Goal.metric, Goal.unit, Goal.start, Goal.target,
        Goal.weight, Goal.direction, Goal.due, Goal.state, Goal.note, Goal.reason,
        Person.name.alias("whose"), Person.pinyin, Person.team,
    )  # fmt: skip
    found = list(
        wanted.join(Person).where(*where).order_by(Person.pinyin, Person.id, Goal.period, Goal.id).namedtuples()
    )
    counted = {pair: COUNTED[pair[0]](pair[1]) for pair in {(g.metric, g.period) for g in found} if pair[0] in COUNTED}
    typed = _last_typed([g.id for g in found])
    return [_row(g, counted.get((g.metric, g.period)), typed.get(g.id), today) for g in found]


def _last_typed(goals: list[int]) -> dict[int, tuple[Decimal, date]]:
    """The last value typed for each of these goals."""
    said = CheckIn.select(CheckIn.goal, CheckIn.value, CheckIn.day).where(CheckIn.goal.in_(goals))
    return {goal: (value, day) for goal, value, day in rows(said.order_by(CheckIn.day, CheckIn.id))}


def _row(
    g: Any, counted: Mapping[int, Decimal] | None, typed: tuple[Decimal, date] | None, today: date
) -> GoalRow:
    due = g.due or g.period.end
    actual, as_of, source = typed[0] if typed else None, typed[1] if typed else None, TYPED if typed else ""
    start = g.start
    if counted is not None:
        begun = today >= g.period.start
        actual = counted.get(g.person, Decimal(0)) if begun else None
        as_of, source = min(today, g.period.end), SALES
        start = None  # counted from zero; the baseline is there to compare with
    reached = rules.attainment(actual, g.target, g.direction, start=start)
    status = rules.GIVEN_UP
    if g.state == ACTIVE:
        passed = rules.elapsed(g.period, due, today)
        status = rules.standing(reached, passed, over=today > due, direction=g.direction)
    target = figure(g.target, g.unit)
    assert target is not None
    return GoalRow(
        g.id, g.person, g.whose, g.pinyin, g.team, g.name, g.horizon, g.period, g.metric,
        metric_name(g.metric), g.unit, figure(g.start, g.unit), target, figure(actual, g.unit), reached, g.weight,
        g.direction, due, g.state, status, source, as_of, g.note, g.reason,
    )  # fmt: skip


def metric_name(metric: str) -> Both | str:
    """What a metric is called; one the content does not know is called what the owner wrote."""
    known = _metrics().get(metric)
    return known.name if known else metric


def unit_of_metric(metric: str) -> str:
    """The unit a metric of the content is counted in."""
    known = _metrics().get(metric)
    return known.unit if known else ""


def weight_sum(person: int, period: Period) -> Decimal:
    """What the weights of a person's goals of a period add up to."""
    return weight_sums(period).get(person, Decimal(0))


@once
def weight_sums(period: Period) -> dict[int, Decimal]:
    """The same for everybody with goals in that period."""
    sums = Goal.select(Goal.person, summed(Goal.weight)).where(Goal.period == period, Goal.state == ACTIVE)
    return {person: rules.weight_sum([each]) for person, each in rows(sums.group_by(Goal.person))}


def periods() -> list[Period]:
    """The periods there are goals for, the latest first."""
    found = [period for (period,) in rows(Goal.select(Goal.period).distinct())]
    return sorted(found, key=lambda period: (period.end, period.start), reverse=True)


@once
def targets(metric: str, first: Period, last: Period) -> list[tuple[int, Period, Decimal]]:
    """What was asked of whom by a metric, in the periods that lie between or around these two."""
    asked = Goal.select(Goal.person, Goal.period, Goal.target).where(Goal.metric == metric)
    return [row for row in rows(asked) if row[1].start <= last.end and row[1].end >= first.start]


def checkins(goal: int) -> list[CheckInRow]:
    """What was typed in for a goal, the last first."""
    said = (
        CheckIn.select(CheckIn.id, CheckIn.day, CheckIn.value, CheckIn.comment, Goal.unit)
        .join(Goal)
        .where(CheckIn.goal == goal)
        .order_by(CheckIn.day.desc(), CheckIn.id.desc())
    )
    return [CheckInRow(number, day, rules.figure(value, unit) or value, comment)
            for number, day, value, comment, unit in rows(said)]  # fmt: skip


def last(person: int, metric: str, period: Period) -> Decimal | None:
    """What a metric of a person came to in the period before, where that is known."""
    if metric in COUNTED:
        return COUNTED[metric](period.before).get(person)
    said = (
        CheckIn.select(CheckIn.value)
        .join(Goal)
        .where(Goal.person == person, Goal.metric == metric, Goal.metric != "", Goal.period == period.before)
        .order_by(CheckIn.day.desc(), CheckIn.id.desc())
    )
    value: Decimal | None = said.scalar()
    return value


def metrics() -> tuple[Metric, ...]:
    """What can be counted."""
    return tuple(_metrics().values())


@cache
def _metrics() -> dict[str, Metric]:
    return {
        row["id"]: Metric(
            row["id"], Both(row["name_zh"], row["name_en"]), row["unit"], Both(row["formula_zh"], row["formula_en"]),
            Both(row["source_zh"], row["source_en"]), row["better"], row["id"] in COUNTED,
        )
        for row in starter_rows("metrics")
    }  # fmt: skip


@cache
def examples() -> tuple[Example, ...]:
    """Goals to start from."""
    return tuple(
        Example(
            each["id"], each["area"], each["horizon"], each["name"], each["statement"], each["metric"], each["unit"],
            Decimal(str(each["baseline"])), Decimal(str(each["target"])), each["direction"], each["note"],
        )
        for each in content("goals")["examples"]
    )  # fmt: skip


SETTLED = timedelta(days=14)
"""How long into a quarter its goals may still be under discussion."""
NAMED = 6
"""How many a notice names of those it is about."""


def notices(today: date) -> Iterable[Notice]:
    """Goals that are behind, sets whose weights are not 100, people without goals this period."""
    quarter = team.season().of(today)
    people = team.people()
    names = {row.id: row.name for row in people}
    yield from _behind(today)
    running = [Goal.state == ACTIVE, Goal.period == quarter, Goal.person.in_(list(names))]
    agreed = rows(Goal.select(Goal.person, summed(Goal.weight)).where(*running).group_by(Goal.person))
    sums = {person: rules.weight_sum([each]) for person, each in agreed}
    due = quarter.start + SETTLED
    for person, whole in sums.items():
        if whole != 100:
            what = M("{name}: the weights of {period} add up to {sum}, not to 100", name=names[person],
                     period=quarter, sum=whole)  # fmt: skip
            yield Notice(what, due, Link("goals", _first(person, quarter)), None, N_("Mend"), person)
    without = [row for row in people if row.id not in sums and (row.joined is None or row.joined <= quarter.end)]
    if len(without) == 1:
        [row] = without
        what = M("{name} has no goals for {period} yet", name=row.name, period=quarter)
        yield Notice(what, due, Link("goals"), None, N_("Set goals"), row.id)
    elif without:
        what = M("{count} people have no goals for {period} yet", count=len(without), period=quarter)
        yield Notice(what, due, Link("goals"), _named([row.name for row in without]), N_("Set goals"))


def _named(names: Sequence[str]) -> Message:
    """Who is meant; of many, a few by name."""
    if (more := len(names) - NAMED) > 1:
        return M("{names} and {count} more people", names=tuple(names[:NAMED]), count=more)
    return M("{names}", names=tuple(names))


def _behind(today: date) -> Iterator[Notice]:
    """One notice a person, however many of his goals are behind."""
    behind = [row for row in running(today) if row.status == rules.BEHIND]
    for person, group in groupby(behind, key=lambda row: row.person):
        late = list(group)
        first = min(late, key=lambda row: row.due)
        link = Link("goals", first.id)
        if len(late) == 1:
            what = M("{name}: “{goal}” is behind, {reached} reached", name=first.name, goal=first.goal,
                     reached=first.attainment)  # fmt: skip
            detail = M("{actual} of {target} by {due}", actual=first.actual, target=first.target, due=first.due)
        else:
            what = M("{name}: {count} goals are behind", name=first.name, count=len(late))
            detail = M("{names}", names=tuple(row.goal for row in late))
        yield Notice(what, first.due, link, detail, N_("Look"), person)


def _first(person: int, period: Period) -> int | None:
    number: int | None = Goal.select(fn.MIN(Goal.id)).where(Goal.person == person, Goal.period == period).scalar()
    return number


def _found(number: int, name: str, person: str, period: Period) -> Found:
    return Found(N_("Goals"), Link("goals", number), name, (person, period))


FINDS = (
    Findable(
        Goal,
        (Goal.name, Goal.note, Goal.reason),
        Goal.select(Goal.id, Goal.name, Person.name, Goal.period).join(Person).order_by(Goal.id.desc()),
        _found,
        whose=Goal.person,
    ),
)
