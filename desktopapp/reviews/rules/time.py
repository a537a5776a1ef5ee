"""When a round is due, and how long somebody was there for it."""

from __future__ import annotations

from datetime import date, timedelta

from desktopapp.kernel.period import Period

TIME = timedelta(days=10)
"""How long after its period a round takes, and at least after it was started."""


def due(period: Period, today: date) -> date:
    """When a round is to be finished unless the owner says otherwise."""
    return max(period.end, today) + TIME


def days_in_post(joined: date | None, period: Period) -> int | None:
    """How many days of the firm a person had by the end of a period."""
    return None if joined is None else max((period.end - joined).days + 1, 0)


def days_there(joined: date | None, period: Period) -> int:
    """How many days of a period somebody was with the firm, as far as the day he joined says."""
    return max((period.end - max(joined or period.start, period.start)).days + 1, 0)
