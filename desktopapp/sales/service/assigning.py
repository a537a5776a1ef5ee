"""Giving deals to somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktopapp.kernel.message import M
from desktopapp.sales.models import Deal
from desktopapp.storage import among, unit
from desktopapp.team import queries as team

TOGETHER = 2_000
"""Deals assigned between two looks at whether the owner stopped it."""


def assign(
    *, deals: Sequence[int], person: int | None, progress: Callable[[int, int], object] = lambda _done, _whole: None
) -> None:
    """Give deals to somebody, or to nobody on the team, in one request."""
    words = M("Take {count} deals off the team", count=len(deals))
    if person is not None:
        words = M("Assign {count} deals to {name}", count=len(deals), name=team.person(person).name)
    is_other = Deal.person.is_null() if person is not None else Deal.person.is_null(False)
    if person is not None:
        is_other |= Deal.person != person
    with unit("sales.assign", words):
        for start in range(0, len(deals), TOGETHER):
            progress(start, len(deals))
            Deal.update(person=person).where(among(Deal.id, deals[start : start + TOGETHER]), is_other).execute()
