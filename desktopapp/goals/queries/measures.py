"""The figures that need no typing: counted from the sales data, or from the goals and the calendar themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.goals.models import Goal
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.period import Period
from desktopapp.kernel.workday import workdays
from desktopapp.sales.queries import measures as sales
from desktopapp.sales.queries.cuts import Days
from desktopapp.sales.queries.measures import MEASURES
from desktopapp.sales.queries.measures import Whose as Whose
from desktopapp.storage import once, rows
from desktopapp.team import queries as team
from desktopapp.team.rules import FIRM, PERSON, TEAM

RESULT = "signed_amount"
"""The metric results are measured by."""


@frozen
class Counted:
    """A figure that is counted: for whom, what it is where nothing was found, and how its way is measured."""

    figures: Mapping[Whose, Decimal]
    nought: Decimal | None
    """What those have who are missing."""
    adds_up: bool
    """Whether it grows from nothing within the period, so that a baseline is there to compare with only."""


def _completion(level: str, period: Period, today: date) -> dict[Whose, Decimal]:
    """What was sold, in percent of what was asked."""
    sold, asked = sales.measured(RESULT, level, period, today), _asked(level, period)
    return {whose: _percent(sold.get(whose, Decimal(0)), target) for whose, target in asked.items()}


def _coverage(level: str, period: Period, today: date) -> dict[Whose, Decimal]:
    """How many times what is asked of the next period the open deals are."""
    there, asked = sales.measured("open_amount", level, period, today), _asked(level, period.after)
    return {whose: _percent(there.get(whose, Decimal(0)), target) / 100 for whose, target in asked.items()}


def _time(level: str, period: Period, today: date) -> dict[Whose, Decimal]:
    """The working days that have passed, in percent."""
    before, swaps = period.before.end, team.swaps()
    passed, whole = workdays(before, min(today, period.end), swaps), workdays(before, period.end, swaps)
    share = _percent(Decimal(passed), Decimal(whole))
    people = [row.id for row in team.people(leavers=True)] if level == PERSON else []
    teams = {row.team for row in team.people()} if level == TEAM else set()
    return dict.fromkeys([*people, *teams, *([None] if level == FIRM else [])], share)


_OF_OURS: Mapping[str, Callable[[str, Period, date], dict[Whose, Decimal]]] = {
    "goal_completion": _completion,
    "pipeline_multiple": _coverage,
    "time_progress": _time,
}
COUNTED = frozenset({*MEASURES, *_OF_OURS} - {"open_amount"})
"""The metrics that can be counted."""
_CUTS = {"goal_completion": RESULT, "pipeline_multiple": "open_amount"}
"""By which measure those of ours lead to rows."""


def is_known(metric: str) -> bool:
    """Whether there is what a metric is counted from; where not, its figures are typed in."""
    return metric in known([metric])


def known(metrics: Iterable[str]) -> set[str]:
    """Those of some metrics there is something to count from."""
    counted = COUNTED.intersection(metrics)
    needing = {metric for metric in counted - {*_OF_OURS} if MEASURES[metric].needs}
    there = sales.known() if needing else frozenset()
    return {metric for metric in counted if metric not in needing or MEASURES[metric].needs in there}


def counted(metric: str, level: str, period: Period | Days, today: date) -> Counted:
    """The figures of a metric for everybody of a level."""
    if metric in _OF_OURS and isinstance(period, Period):
        return Counted(_OF_OURS[metric](level, period, today), None, adds_up=metric != "pipeline_multiple")
    measure = MEASURES[metric]
    nought = Decimal(0) if measure.none_is_nought else None
    return Counted(sales.measured(metric, level, period, today), nought, measure.adds_up)


def by_days(metric: str) -> bool:
    """Whether a metric can be counted from any day to any other; else only over a whole period."""
    return metric in MEASURES


def rows_of(metric: str) -> str:
    """The measure whose rows a metric's figure is made of; none where it is made of no rows."""
    by = _CUTS.get(metric, metric)
    return by if by in MEASURES else ""


@once
def _asked(level: str, period: Period) -> dict[Whose, Decimal]:
    """What is asked of everybody of a level: by their own goals; of a team or the firm without one, by its people's."""
    found = Goal.select(Goal.person, Goal.team, Goal.target).where(Goal.metric == RESULT, Goal.period == period)
    targets = [(person, of, target) for person, of, target in rows(found.where(Goal.state == "active"))]
    people = {person: target for person, _, target in targets if person is not None}
    if level == PERSON:
        return {**people}
    teams = {row.id: row.team for row in team.people(leavers=True)}
    summed: dict[Whose, Decimal] = {}
    for person, target in people.items():
        of: Whose = teams.get(person, "") if level == TEAM else None
        summed[of] = summed.get(of, Decimal(0)) + target
    own = {(of or None): target for person, of, target in targets if person is None and bool(of) == (level == TEAM)}
    return {**summed, **own}


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else Decimal(0)
