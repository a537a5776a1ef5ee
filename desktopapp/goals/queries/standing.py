"""Goals and how each stands: by its own figure, counted or typed in, or by what its parts come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from peewee import JOIN, SQL, fn

from desktopapp.goals import rules
from desktopapp.goals.models import ACTIVE, CheckIn, Goal
from desktopapp.goals.queries.catalogue import metric_name
from desktopapp.goals.queries.measures import RESULT, Counted, Whose, by_days, counted, is_known, known
from desktopapp.goals.rules import Allocation, Figure, figure
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.period import HALF, MONTH, QUARTER, YEAR, Period
from desktopapp.kernel.share import Share
from desktopapp.sales.queries.cuts import Days
from desktopapp.storage import once, rows
from desktopapp.storage.fields import summed
from desktopapp.team import queries as team
from desktopapp.team.models import LEFT, Person
from desktopapp.team.rules import FIRM, PERSON, TEAM

SALES, TYPED, PARTS = "sales", "typed", "parts"
"""Where a figure comes from."""


@frozen
class GoalRow:
    """A goal and how it stands."""

    id: int
    person: int | None
    name: str
    """Whose it is: the person's, the team's or the firm's."""
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
    """SALES, TYPED, PARTS, or nothing where there is no figure yet."""
    as_of: date | None
    """The day the figure is of."""
    note: str
    reason: str
    scope: str = PERSON
    parent: int | None = None
    parent_name: str = ""
    part: Decimal | None = None
    """Its weight within the goal it serves, where that is another than its own."""
    rollup: str = rules.OWN
    lower: str = rules.LOWER_FORM
    cadence: str = ""
    basis: str = ""
    """Whether its figure is to be counted or typed in, as the owner chose."""
    parts: int = 0
    """How many goals serve it."""
    known: int = 0
    """How many of those have a figure, where its own is made of them."""
    allocation: Allocation | None = None
    """What of it is given out to them."""

    @property
    def is_typed(self) -> bool:
        """Whether its figure has to be typed in."""
        return self.source in (TYPED, "")

    @property
    def whose(self) -> Whose:
        """The person's number, the team's name, or nothing for the firm."""
        return {PERSON: self.person, TEAM: self.team, FIRM: None}[self.scope]


@frozen
class CheckInRow:
    """Where a goal stood on a day."""

    id: int
    day: date
    value: Figure
    confidence: str | None
    comment: str


@once
def standing(
    *, period: Period | None = None, person: int | None = None, scope: str = "", of: str = "", today: date
) -> list[GoalRow]:
    """The goals asked for, each with how it stands: the firm's, the teams', then people's by name and period.

    `scope` asks for those of the firm, of teams or of people; `of` names one team.
    """
    wanted: list[Any] = [] if period is None else [Goal.period == period]
    wanted += [Person.status.is_null() | (Person.status != LEFT)] if person is None else [Goal.person == person]
    if scope:
        wanted.append(Goal.person.is_null(scope != PERSON))
    if scope in (FIRM, TEAM):
        wanted.append(Goal.team == of if of or scope == FIRM else Goal.team != "")
    return _standing(wanted, today)


def goal(number: int, *, today: date) -> GoalRow:
    """One goal. Raises `LookupError` where there is none."""
    for row in _standing([Goal.id == number], today):
        return row
    raise LookupError(number)


def goals(numbers: Sequence[int], *, today: date) -> list[GoalRow]:
    """These goals, in the order of all lists."""
    return _standing([Goal.id.in_(list(numbers))], today)


def agreed(period: Period, people: Sequence[int]) -> dict[int, list[GoalRow]]:
    """The goals in force of these people for a period, with what they came to by its end."""
    where = [Goal.period == period, Goal.state == ACTIVE, Goal.person.in_(list(people))]
    found: dict[int, list[GoalRow]] = {}
    for row in _standing(where, period.end):
        if row.person is not None:
            found.setdefault(row.person, []).append(row)
    return found


@once
def running(today: date) -> list[GoalRow]:
    """The goals of the periods that are running: the year, the half, the quarter and the month of the day.

    Those that were due beyond their period and still are count too.
    """
    season = team.season()
    periods = [str(season.of(today, months)) for months in (YEAR, HALF, QUARTER, MONTH)]
    here = Person.status.is_null() | (Person.status != LEFT)
    found = _standing([here, Goal.period.in_(periods) | (Goal.due >= today)], today)
    return [row for row in found if row.period.start <= today]


def _standing(where: list[Any], today: date) -> list[GoalRow]:
    found = _read(where)
    tree = _Tree(found, today)
    return [tree.row(g) for g in found]


def _read(where: list[Any]) -> list[Any]:
    above, below = Goal.alias("above"), Goal.alias("below")
    serving = below.select(SQL("1")).where(below.parent == Goal.id, below.state == ACTIVE)
    wanted = Goal.select(
        Goal.id, Goal.person, Goal.team, Goal.name, Goal.horizon, Goal.period, Goal.metric, Goal.unit, Goal.start,
        Goal.target, Goal.weight, Goal.direction, Goal.due, Goal.state, Goal.note, Goal.reason, Goal.parent, Goal.part,
        Goal.rollup, Goal.lower, Goal.cadence, Goal.basis, above.name.alias("serves"),
        fn.EXISTS(serving).alias("served"),
        Person.name.alias("whose"), Person.pinyin, Person.team.alias("group"),
    )  # fmt: skip
    joined = wanted.join(Person, JOIN.LEFT_OUTER).switch(Goal).join(above, JOIN.LEFT_OUTER, on=Goal.parent == above.id)
    widest_first = (Goal.person.is_null(False), Goal.team != "", Goal.team, Person.pinyin, Person.id)
    return list(joined.where(*where).order_by(*widest_first, Goal.period, Goal.id).namedtuples())


@frozen
class _Reach:
    """How far a goal has come."""

    actual: Decimal | None
    reached: Share | None
    source: str
    as_of: date | None


class _Tree:
    """Goals with all that serve them, their figures asked for at once."""

    def __init__(self, found: Sequence[Any], today: date) -> None:
        self.today = today
        self.parts: dict[int, list[Any]] = {}
        every = {g.id: g for g in found}
        level = [g.id for g in found if g.served]
        while level:
            below = _read([Goal.parent.in_(level), Goal.state == ACTIVE])
            for g in below:
                self.parts.setdefault(g.parent, []).append(g)
            level = [g.id for g in below if g.served and g.id not in every]
            every |= {g.id: g for g in below}
        self.typed = _last_typed(list(every))
        self.there = known({g.metric for g in every.values()})
        self.counted: dict[tuple[str, str, Period | Days], Counted] = {}
        self.firm = _firm_name() if any(g.person is None and not g.team for g in found) else ""
        self.reaches: dict[int, _Reach] = {}

    def reach(self, g: Any) -> _Reach:
        """How far a goal has come; by its parts, where it is to be made of them and has any with a figure."""
        if g.id not in self.reaches:
            own = self.reaches[g.id] = self._own(g)
            if g.rollup != rules.OWN:
                self.reaches[g.id] = self._rolled(g) or own
        return self.reaches[g.id]

    def _rolled(self, g: Any) -> _Reach | None:
        below = self.parts.get(g.id)
        if not below:
            return None
        parts = [self._part(each) for each in below]
        come = rules.rolled(parts, g.rollup, g.target, g.direction, start=g.start, lower=g.lower)
        days = [day for each in below if (day := self.reach(each).as_of)]
        return _Reach(come.actual, come.reached, PARTS, max(days)) if days else _Reach(None, None, PARTS, None)

    def _part(self, g: Any) -> rules.Part:
        come = self.reach(g)
        return rules.Part(come.reached, come.actual, g.weight if g.part is None else g.part)

    def _own(self, g: Any) -> _Reach:
        figures = self._counted(g) if g.basis == rules.COUNTED and g.metric in self.there else None
        if figures is None:
            value, day = self.typed.get(g.id, (None, None))
            return _Reach(value, self._attained(g, value, g.start), TYPED if day else "", day)
        begun = self.today >= g.period.start
        value = figures.figures.get(_whose(g), figures.nought) if begun else None
        start = None if figures.adds_up else g.start
        return _Reach(value, self._attained(g, value, start), SALES, min(self.today, _end(g)))

    def _counted(self, g: Any) -> Counted:
        """The figures of all who are asked the same, counted once and only where one is looked at."""
        question = _question(g)
        if question not in self.counted:
            self.counted[question] = counted(*question, self.today)
        return self.counted[question]

    @staticmethod
    def _attained(g: Any, value: Decimal | None, start: Decimal | None) -> Share | None:
        return rules.attainment(value, g.target, g.direction, start=start, lower=g.lower)

    def row(self, g: Any) -> GoalRow:
        """The goal as it is read."""
        come, below = self.reach(g), self.parts.get(g.id, ())
        target = figure(g.target, g.unit)
        assert target is not None
        return GoalRow(
            g.id, g.person, g.whose or g.team or self.firm, g.pinyin or "", g.group or g.team, g.name, g.horizon,
            g.period, g.metric, metric_name(g.metric), g.unit, figure(g.start, g.unit), target,
            figure(come.actual, g.unit), come.reached, g.weight, g.direction, _end(g), g.state, self._status(g, come),
            come.source, come.as_of, g.note, g.reason, rules.scope(g.person, g.team), g.parent, g.serves or "", g.part,
            g.rollup, g.lower, g.cadence, g.basis, len(below),
            self._known(g, below), _allocation(g, below),
        )  # fmt: skip

    def _known(self, g: Any, below: Sequence[Any]) -> int:
        return 0 if g.rollup == rules.OWN else sum(self.reach(each).reached is not None for each in below)

    def _status(self, g: Any, come: _Reach) -> str:
        if g.state != ACTIVE:
            return rules.GIVEN_UP
        due, today = _end(g), self.today
        passed, begun = rules.elapsed(g.period, due, today), today >= g.period.start
        return rules.standing(come.reached, passed, over=today > due, direction=g.direction, begun=begun)


def _allocation(g: Any, below: Sequence[Any]) -> Allocation | None:
    """What of a goal's target is given out to those that serve it by the same measure, or of 100 to their weights.

    What is given out to others and what is given out over the parts of its time are two ways to give out the same,
    so where both are there the larger counts; only a figure made of its parts adds up all of them.
    """
    if not below:
        return None
    if g.rollup == rules.WEIGHTED:
        given = rules.weight_sum(each.weight if each.part is None else each.part for each in below)
        return Allocation(Decimal(100), given)
    alike = [each for each in below if (each.metric, each.unit) == (g.metric, g.unit)]
    if g.direction != rules.UP or g.rollup not in (rules.OWN, rules.SUM) or not alike or not (g.metric or g.unit):
        return None
    wanted, given_out = figure(g.target, g.unit), figure(_given_out(g, alike), g.unit)
    assert wanted is not None
    assert given_out is not None
    return Allocation(wanted, given_out)


def _given_out(g: Any, below: Sequence[Any]) -> Decimal:
    own = sum((each.target for each in below if _whose(each) == _whose(g)), Decimal(0))
    others = sum((each.target for each in below if _whose(each) != _whose(g)), Decimal(0))
    return own + others if g.rollup == rules.SUM else max(own, others)


def _question(g: Any) -> tuple[str, str, Period | Days]:
    """What is asked for a goal's figure: the metric, for whom, and from when to when."""
    whole = g.due is None or g.due == g.period.end or not by_days(g.metric)
    return g.metric, rules.scope(g.person, g.team), g.period if whole else Days(g.period.start, g.due)


def _whose(g: Any) -> Whose:
    return g.person if g.person is not None else g.team or None


def _end(g: Any) -> date:
    """The day a goal is due."""
    day: date = g.due or g.period.end
    return day


def _firm_name() -> str:
    firm = team.firm()
    return firm.name if firm else ""


def _last_typed(goals: list[int]) -> dict[int, tuple[Decimal, date]]:
    """The last value typed for each of these goals."""
    said = CheckIn.select(CheckIn.goal, CheckIn.value, CheckIn.day).where(CheckIn.goal.in_(goals))
    return {goal: (value, day) for goal, value, day in rows(said.order_by(CheckIn.day, CheckIn.id))}


def weight_sum(whose: Whose, period: Period) -> Decimal:
    """What the weights of somebody's goals of a period add up to."""
    return weight_sums(period).get(whose, Decimal(0))


@once
def weight_sums(period: Period) -> dict[Whose, Decimal]:
    """The same for everybody with goals in that period: people by number, teams by name, None for the firm."""
    sums = Goal.select(Goal.person, Goal.team, summed(Goal.weight)).where(Goal.period == period, Goal.state == ACTIVE)
    found = rows(sums.group_by(Goal.person, Goal.team))
    return {person if person is not None else of or None: rules.weight_sum([each]) for person, of, each in found}


def periods() -> list[Period]:
    """The periods there are goals for, the latest first."""
    found = [period for (period,) in rows(Goal.select(Goal.period).distinct())]
    return sorted(found, key=lambda period: (period.end, period.start), reverse=True)


@once
def targets(metric: str, first: Period, last: Period) -> list[tuple[int, Period, Decimal]]:
    """What was asked of which person by a metric, in the periods that lie between or around these two."""
    asked = Goal.select(Goal.person, Goal.period, Goal.target).where(Goal.metric == metric, Goal.person.is_null(False))
    return [row for row in rows(asked) if row[1].start <= last.end and row[1].end >= first.start]


def firm_target(period: Period) -> Decimal | None:
    """What result the firm asks of itself in a period, where it has a goal of its own."""
    own = (Goal.metric == RESULT, Goal.period == period, Goal.state == ACTIVE, Goal.person.is_null(), Goal.team == "")
    target: Decimal | None = Goal.select(Goal.target).where(*own).scalar()
    return target


def checkins(goal: int) -> list[CheckInRow]:
    """What was typed in for a goal, the last first."""
    said = (
        CheckIn.select(CheckIn.id, CheckIn.day, CheckIn.value, CheckIn.confidence, CheckIn.comment, Goal.unit)
        .join(Goal)
        .where(CheckIn.goal == goal)
        .order_by(CheckIn.day.desc(), CheckIn.id.desc())
    )
    return [CheckInRow(number, day, rules.figure(value, unit) or value, confidence, comment)
            for number, day, value, confidence, comment, unit in rows(said)]  # fmt: skip


def last(whose: Whose, metric: str, period: Period) -> Decimal | None:
    """What a metric of somebody came to in the period before, where that is known."""
    level = PERSON if isinstance(whose, int) else TEAM if whose else FIRM
    if is_known(metric):
        before: Counted = counted(metric, level, period.before, period.before.end)
        return before.figures.get(whose)
    same = (Goal.person == whose,) if level == PERSON else (Goal.person.is_null(), Goal.team == (whose or ""))
    said = (
        CheckIn.select(CheckIn.value)
        .join(Goal)
        .where(*same, Goal.metric == metric, Goal.metric != "", Goal.period == period.before)
        .order_by(CheckIn.day.desc(), CheckIn.id.desc())
    )
    value: Decimal | None = said.scalar()
    return value


def places(numbers: Iterable[int] | None = None) -> Mapping[int, rules.Place]:
    """Where every goal in force stands in the cascade, or each of these."""
    wanted = Goal.select(Goal.id, Goal.person, Goal.team, Goal.period, Goal.due, Goal.parent)
    wanted = wanted.where(Goal.state == ACTIVE) if numbers is None else wanted.where(Goal.id.in_(list(numbers)))
    return {number: rules.Place(person, of, period.start, due or period.end, parent)
            for number, person, of, period, due, parent in rows(wanted)}  # fmt: skip
