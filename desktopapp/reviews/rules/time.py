"""When a round is due, how long somebody was there for it, and how long he may object to it."""

from __future__ import annotations

from datetime import date, timedelta

from desktopapp.kernel.period import Period
from desktopapp.kernel.workday import Swaps, workday_after

TIME = timedelta(days=10)
"""How long after its period a round takes, and at least after it was started."""


OBJECTING = 7
"""Working days after the signature in which somebody may object, and after an objection in which it is answered."""


def due(period: Period, today: date) -> date:
    """When a round is to be finished unless the owner says otherwise."""
    return max(period.end, today) + TIME


def days_in_post(joined: date | None, period: Period) -> int | None:
    """How many days of the firm a person had by the end of a period."""
    return None if joined is None else max((period.end - joined).days + 1, 0)


def days_there(joined: date | None, period: Period) -> int:
    """How many days of a period somebody was with the firm, as far as the day he joined says."""
    return max((period.end - max(joined or period.start, period.start)).days + 1, 0)


def last_day(signed: date, swaps: Swaps) -> date:
    """The last day on which an objection to what was signed is in time."""
    return workday_after(signed, OBJECTING, swaps)


def answer_by(raised: date, swaps: Swaps) -> date:
    """The day by which an objection is to be decided."""
    return workday_after(raised, OBJECTING, swaps)
