"""What makes a goal a good one, how far it has come, what its parts come to, and whether that is far enough. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.team.rules import FIRM, PERSON, TEAM

LONG, SHORT = "long", "short"
UP, DOWN, HOLD, MILESTONE = "up", "down", "hold", "milestone"

COUNTED, TYPED = "counted", "typed"
"""Where the figure of a goal is to come from."""

YUAN = "元"
"""The unit of goals that are sums of money."""

Figure = Money | Decimal


def scope(person: int | None, team: str) -> str:
    """Whose a goal is that names this person or team; naming neither, it is the firm's."""
    return PERSON if person is not None else TEAM if team else FIRM


def figure(number: Decimal | None, unit: str) -> Figure | None:
    """A number as what it is: a sum of money where its unit is the yuan."""
    return Money.yuan(number) if number is not None and unit == YUAN else number


def check(
    *,
    name: str,
    period: Period,
    target: Decimal,
    weight: Decimal,
    start: Decimal | None = None,
    direction: str = UP,
    due: date | None = None,
    horizon: str = SHORT,
    today: date,
) -> None:
    """Refuse a goal that cannot be measured or can no longer be worked on."""
    if not name.strip():
        raise Refused(M("Write what is to be reached."), "name")
    if max(period.end, due or period.end) < today:
        raise Refused(M("{period} is already over.", period=period), "period")
    _check_target(target, start, direction)
    check_weight(weight)
    _check_due(period, due, horizon)


def _check_due(period: Period, due: date | None, horizon: str) -> None:
    """A long-term goal may run on past its period; no goal is due before it begins."""
    if due is None or period.holds(due) or (horizon == LONG and due > period.end):
        return
    raise Refused(M("This day is not within {period}.", period=period), "due")


def check_weight(weight: Decimal) -> None:
    """Refuse a weight that is none."""
    if not 0 < weight <= 100:
        raise Refused(M("A weight is more than 0 and at most 100."), "weight")


def _check_target(target: Decimal, start: Decimal | None, direction: str) -> None:
    if direction == MILESTONE and target <= 0:
        raise Refused(M("A milestone needs a target above zero; 1 means done."), "target")
    if direction == HOLD and target == 0:
        raise Refused(M("What is to be hit exactly cannot be zero."), "target")
    if direction not in (UP, DOWN):
        return
    if start is None:
        if target <= 0:
            raise Refused(M("A target of zero or below needs a baseline value to be measured from."), "start")
        return
    if start == target:
        raise Refused(M("The baseline equals the target, so there is nothing to reach."), "start")
    if (target < start) == (direction == UP):
        raise Refused(M("Seen from the baseline, this target points the other way."), "target")


def weight_sum(weights: Iterable[Decimal]) -> Decimal:
    """What weights add up to, to two places."""
    return sum(weights, Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def check_weights(weights: Iterable[Decimal]) -> None:
    """Refuse weights that do not add up to 100.00, naming what they do add up to."""
    if (summed := weight_sum(weights)) != 100:
        raise Refused(M("The weights add up to {sum}, not to 100.", sum=summed), "weight")


@frozen
class Place:
    """Where a goal stands in the cascade: whose it is, from when to when, and what it serves."""

    person: int | None
    team: str
    start: date
    due: date
    parent: int | None = None

    @property
    def scope(self) -> str:
        return scope(self.person, self.team)


def check_parent(goal: int | None, place: Place, parent: int, places: Mapping[int, Place]) -> None:
    """Refuse a goal above that cannot be: of somebody else, of another time, or one that serves this goal itself."""
    above = places[parent]
    if parent == goal or (goal is not None and goal in _above(parent, places)):
        raise Refused(M("That goal serves this one; a goal cannot serve itself."), "parent")
    if above.scope != FIRM and above.scope == place.scope and (above.person, above.team) != (place.person, place.team):
        raise Refused(M("That goal is somebody else's. Choose one of the same, of the team or of the firm."), "parent")
    if (FIRM, TEAM, PERSON).index(above.scope) > (FIRM, TEAM, PERSON).index(place.scope):
        raise Refused(M("A goal serves one of its own level or a wider one."), "parent")
    if place.start < above.start or place.due > above.due:
        raise Refused(M("This goal's time does not lie within that goal's, {start} to {due}.", start=above.start,
                        due=above.due), "parent")  # fmt: skip


def _above(goal: int, places: Mapping[int, Place]) -> list[int]:
    """The goals a goal serves, the nearest first."""
    found: list[int] = []
    at = places[goal].parent
    while at is not None and at in places and at not in found:
        found.append(at)
        at = places[at].parent
    return found


TWO_MINUS, RATIO = "two_minus", "ratio"
LOWER_FORMS = ((TWO_MINUS, N_("2 − actual ÷ target")), (RATIO, N_("Target ÷ actual")))
LOWER_FORM = TWO_MINUS
"""Where lower is better two forms are in use: 2 − actual/target, or target/actual.

The first is ours: 8 against 10 gives 120 % and 12 against 10 gives 80 %, as far from 100 either way.
"""


def attainment(
    actual: Decimal | None,
    target: Decimal,
    direction: str = UP,
    *,
    start: Decimal | None = None,
    lower: str = LOWER_FORM,
) -> Share | None:
    """The share of the way that is done; nothing where there is no figure yet.

    With a start value the way is from there to the target, whichever way it leads.
    """
    if actual is None:
        return None
    if direction == MILESTONE:
        return Share(int(actual >= target))
    if direction == HOLD:
        return Share(1 - abs(actual - target) / abs(target)) if target else Share(int(actual == 0))
    if start is not None and start != target:
        return Share((actual - start) / (target - start))
    if target == 0:
        return Share(int(actual >= 0 if direction == UP else actual <= 0))
    if direction == UP:
        return Share(actual / target)
    return _lower(actual, target, lower)


def _lower(actual: Decimal, target: Decimal, form: str) -> Share:
    if form == TWO_MINUS:
        return Share(2 - actual / target)
    return Share(target / actual) if actual else Share(2)


def weighed(parts: Iterable[tuple[Share | None, Decimal]], *, cap: Decimal | None = None) -> Share | None:
    """The weighted mean of attainments, each capped; those without a figure are left out."""
    found = [(share, weight) for share, weight in parts if share is not None]
    whole = sum((weight for _, weight in found), Decimal(0))
    if not whole:
        return None
    return Share(sum((min(share, cap) if cap else share) * weight for share, weight in found) / whole)


OWN, WEIGHTED, MEAN, SUM, MILESTONES = "own", "weighted", "mean", "sum", "milestones"
ROLLUPS = (
    (OWN, N_("Its own figure, counted or typed in")),
    (SUM, N_("Sum of its parts")),
    (WEIGHTED, N_("Weighted mean of its parts")),
    (MEAN, N_("Mean of its parts")),
    (MILESTONES, N_("Number of parts achieved")),
)
"""What the figure of a goal with parts is made of."""


@frozen
class Part:
    """A goal as a part of the one it serves."""

    reached: Share | None
    actual: Decimal | None
    weight: Decimal
    target: Decimal = Decimal(0)


@frozen
class Rolled:
    """What parts come to: in the unit of the goal above where that can be said, and as a share of its way."""

    actual: Decimal | None
    reached: Share | None


def rolled(
    parts: Sequence[Part],
    method: str,
    target: Decimal,
    direction: str = UP,
    *,
    start: Decimal | None = None,
    lower: str = LOWER_FORM,
) -> Rolled:
    """What the parts of a goal come to. One without a figure has come no way yet: it counts as nothing, not as absent.

    Nothing where no part has a figure.
    """
    if all(part.reached is None and part.actual is None for part in parts):
        return Rolled(None, None)
    if method in (SUM, MILESTONES):
        actual = _added(parts) if method == SUM else _achieved(parts)
        return Rolled(actual, attainment(actual, target, direction, start=start, lower=lower))
    weights = [part.weight if method == WEIGHTED else Decimal(1) for part in parts]
    reached = [part.reached or Share(0) for part in parts]
    return Rolled(None, weighed(zip(reached, weights, strict=True)))


def _added(parts: Iterable[Part]) -> Decimal:
    return sum((part.actual for part in parts if part.actual is not None), Decimal(0))


def _achieved(parts: Iterable[Part]) -> Decimal:
    return Decimal(sum(part.reached is not None and part.reached >= 1 for part in parts))


@frozen
class Allocation:
    """What of a target is given out to the goals below, or of 100 to their weights."""

    wanted: Figure
    given: Figure

    @property
    def left(self) -> Figure:
        """What is still to be given out; below zero where too much is."""
        return self.wanted - self.given  # type: ignore[operator]  # both are of one kind


ACHIEVED, ON_TRACK, AT_RISK, BEHIND, MISSED = "achieved", "on_track", "at_risk", "behind", "missed"
NOT_STARTED, UNKNOWN, GIVEN_UP = "not_started", "unknown", "closed"
STANDINGS = (
    (NOT_STARTED, N_("Not started")),
    (ACHIEVED, N_("Achieved")),
    (ON_TRACK, N_("On track")),
    (AT_RISK, N_("At risk")),
    (BEHIND, N_("Behind")),
    (MISSED, N_("Missed")),
    (UNKNOWN, N_("No figure yet")),
    (GIVEN_UP, N_("Closed")),
)
SLACK, FAR = Decimal("0.10"), Decimal("0.25")
"""How far attainment may trail the calendar before a goal is at risk, and before it is behind."""


def label(standing: str) -> str:
    """The marked text of a standing."""
    return dict(STANDINGS)[standing]


def elapsed(period: Period, due: date, today: date) -> float:
    """How much of the time for a goal has passed, from 0 to 1."""
    days = (due - period.start).days + 1
    return min(max((today - period.start).days + 1, 0), days) / days


def standing(
    reached: Share | None, passed: float, *, over: bool, direction: str = UP, begun: bool = True
) -> str:
    """How a goal stands against the calendar; whether it was missed follows from the date alone.

    What is to be kept low or level can still slip, so it is achieved only once its time is over.
    """
    done = reached is not None and reached >= 1
    if over:
        return ACHIEVED if done else MISSED
    if reached is None:
        return UNKNOWN if begun else NOT_STARTED
    if not begun and not done:
        return NOT_STARTED
    if done and direction in (UP, MILESTONE):
        return ACHIEVED
    behind = Decimal(passed) - reached
    if behind <= SLACK or direction == MILESTONE:
        return ON_TRACK
    return AT_RISK if behind <= FAR else BEHIND


WEEKLY, MONTHLY, QUARTERLY, YEARLY, ONCE = "weekly", "monthly", "quarterly", "yearly", "once"
EVERY = {WEEKLY: 7, MONTHLY: 31, QUARTERLY: 92, YEARLY: 366}
"""Days from one look at a goal to the next."""


def next_check(cadence: str, since: date, due: date) -> date:
    """When a goal is to be looked at next that was looked at on a day; at the latest on the day it is due."""
    return min(due, since + timedelta(days=EVERY[cadence])) if cadence in EVERY else due


_VAGUE = pattern(
    "加强|努力|尽量|尽力|提升|提高|改善|优化|争取|力争|进一步|更好|更多|更快|更大|积极"
    r"|\b(?:bigger|better|faster|more|improve\w*|enhance\w*|strengthen\w*|try|want|hope)\b",
    re.IGNORECASE,
)
_NUMBER = pattern(r"\d|[一二三四五六七八九十百千万两](?=[个家次份单人万%％])")
_TIME = pattern(
    r"年|季度|个月|月底|月末|\d月|周|日前|天内|\b(?:day|week|month|quarter|year|by)s?\b|\d{4}-\d", re.IGNORECASE
)
AHEAD = timedelta(days=7)
"""How far ahead a due date lies that still leaves time to act."""
BAND = (Decimal("0.5"), Decimal(2))
"""The part of the last figure a target may be without a reason given."""


@frozen
class Advice:
    """One of the five SMART marks of a goal: whether it holds, and why or why not."""

    key: str
    title: str
    holds: bool
    reason: Message


def smart(
    *,
    name: str,
    note: str = "",
    metric: str = "",
    unit: str = "",
    start: Decimal | None = None,
    target: Decimal | None = None,
    period: Period | None = None,
    due: date | None = None,
    today: date,
    last: Decimal | None = None,
    serves: str = "",
) -> tuple[Advice, ...]:
    """The five marks of a goal as it is being written.

    `last` is what the period before came to, `serves` the name of the goal above.
    """
    return (
        Advice("S", N_("Specific"), *_specific(name)),
        Advice("M", N_("Measurable"), *_measurable(name, metric or unit, target)),
        Advice("A", N_("Achievable"), *_achievable(target, start if last is None else last, note)),
        Advice("R", N_("Relevant"), *_relevant(metric, serves)),
        Advice("T", N_("Time-bound"), *_timely(name, period, due, today)),
    )


def _specific(name: str) -> tuple[bool, Message]:
    if len(name.strip()) < 3:
        return False, M("Name the action and what it is about.")
    vague = _VAGUE.search(name)
    if vague and not _NUMBER.search(name):
        return False, M("“{word}” says no amount: write what exactly, and how much.", word=vague[0])
    return True, M("It names what is to be reached.")


def _measurable(name: str, measure: str, target: Decimal | None) -> tuple[bool, Message]:
    if target is not None and measure:
        return True, M("There is a figure and where it is read from.")
    if _NUMBER.search(name):
        return True, M("The text names a figure.")
    return False, M("Give a target with its unit.")


def _achievable(target: Decimal | None, before: Decimal | None, note: str) -> tuple[bool, Message]:
    if note.strip():
        return True, M("A reason is written down.")
    if target is None or not before:
        return False, M("There is no earlier figure to compare with: write why it can be reached.")
    low, high = sorted(before * part for part in BAND)
    if low <= target <= high:
        return True, M("It lies between half and double the figure before ({before}).", before=before)
    return False, M("It lies far from the figure before ({before}): write why it can be reached.", before=before)


def _relevant(metric: str, serves: str) -> tuple[bool, Message]:
    if serves:
        return True, M("It serves “{goal}”.", goal=serves)
    if metric:
        return True, M("It moves a figure the firm counts.")
    return False, M("Choose the metric it is to move, or the goal above that it serves.")


def _timely(name: str, period: Period | None, due: date | None, today: date) -> tuple[bool, Message]:
    day = due or (period.end if period else None)
    if day is None:
        holds = bool(_TIME.search(name))
        return holds, M("The text says by when.") if holds else M("Say by when.")
    if period and not period.holds(day):
        return False, M("{day} is not within {period}.", day=day, period=period)
    if day - today < AHEAD:
        return False, M("{day} leaves less than a week.", day=day)
    return True, M("It is due on {day}.", day=day)
