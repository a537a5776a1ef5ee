"""What makes a goal a good one, how far it has come, and whether that is far enough. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share

LONG, SHORT = "long", "short"
UP, DOWN, HOLD, MILESTONE = "up", "down", "hold", "milestone"

YUAN = "元"
"""The unit of goals that are sums of money."""

Figure = Money | Decimal


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
    today: date,
) -> None:
    """Refuse a goal that cannot be measured or can no longer be worked on."""
    if not name.strip():
        raise Refused(M("Write what is to be reached."), "name")
    if period.end < today:
        raise Refused(M("{period} is already over.", period=period), "period")
    _check_target(target, start, direction)
    check_weight(weight)
    if due is not None and not period.holds(due):
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


TWO_MINUS, RATIO = "two_minus", "ratio"
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


ACHIEVED, ON_TRACK, AT_RISK, BEHIND, MISSED = "achieved", "on_track", "at_risk", "behind", "missed"
UNKNOWN, GIVEN_UP = "unknown", "closed"
STANDINGS = (
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


def standing(reached: Share | None, passed: float, *, over: bool, direction: str = UP) -> str:
    """How a goal stands against the calendar; whether it was missed follows from the date alone.

    What is to be kept low or level can still slip, so it is achieved only once its time is over.
    """
    done = reached is not None and reached >= 1
    if over:
        return ACHIEVED if done else MISSED
    if reached is None:
        return UNKNOWN
    if done and direction in (UP, MILESTONE):
        return ACHIEVED
    behind = Decimal(passed) - reached
    if behind <= SLACK or direction == MILESTONE:
        return ON_TRACK
    return AT_RISK if behind <= FAR else BEHIND


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
) -> tuple[Advice, ...]:
    """The five marks of a goal as it is being written; `last` is what the period before came to."""
    return (
        Advice("S", N_("Specific"), *_specific(name)),
        Advice("M", N_("Measurable"), *_measurable(name, metric or unit, target)),
        Advice("A", N_("Achievable"), *_achievable(target, start if last is None else last, note)),
        Advice("R", N_("Relevant"), *_relevant(metric)),
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


def _relevant(metric: str) -> tuple[bool, Message]:
    if metric:
        return True, M("It moves a figure the firm counts.")
    return False, M("Choose the metric it is to move.")


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
