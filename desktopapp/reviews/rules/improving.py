"""Improvement plans: how long, looked at when, and how they may end. Pure.

A plan gives time and support before anything else follows; the law asks for training before somebody is let go for not
being up to his work. Six weeks with a look each week is what its form has room for; both are the owner's to change.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.workday import Swaps, next_workday

TERM = timedelta(weeks=6)
"""How long a plan takes unless the owner says otherwise."""
WEEK = timedelta(weeks=1)


def checkpoints(start: date, end: date, swaps: Swaps) -> tuple[date, ...]:
    """A day each week after the start, up to the end; where one does not work on it, the next day on which one does."""
    days = []
    day = start + WEEK
    while day <= end:
        days.append(min(next_workday(day, swaps), end))
        day += WEEK
    return tuple(dict.fromkeys(days))


def check_term(start: date, end: date) -> None:
    """Refuse a plan that leaves no time to improve."""
    if end < start + WEEK:
        raise Refused(M("A plan needs a week at least: what is to improve takes time."), "end")


def check_extension(old: date, new: date, *, is_extended: bool) -> None:
    """Refuse to extend a plan twice, or not at all."""
    if is_extended:
        raise Refused(M("A plan is extended once only; judge it now."))
    if new <= old:
        raise Refused(M("The plan ends on {day} already; name a later day.", day=old), "end")


def check_result(
    *, verdict: str, closed: date, start: date, today: date, aims: int, unseen: Collection[date]
) -> None:
    """Refuse to judge a plan without goals, with looks that nobody wrote down, or without saying why."""
    if not aims:
        raise Refused(M("There are no goals in this plan yet: what should it be judged by?"))
    if unseen:
        words = M("Nothing is written for the checkpoints of {days}: write what was seen, or take them out.",
                  days=tuple(sorted(unseen)))  # fmt: skip
        raise Refused(words)
    if not verdict.strip():
        raise Refused(M("Write what the result rests on: figures, dates, what was seen."), "verdict")
    if closed < start:
        raise Refused(M("The plan began on {day}; it cannot be judged before.", day=start), "closed")
    if closed > today:
        raise Refused(M("This day is still to come."), "closed")
