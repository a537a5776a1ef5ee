"""What a new firm does first, as long as it has not been done: each with the way there."""

from __future__ import annotations

from desktopapp.goals.models import Goal
from desktopapp.kernel.area import Link
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_
from desktopapp.reviews.models import Cycle
from desktopapp.sales.models import Deal
from desktopapp.team import queries as team


@frozen
class Beginning:
    """Something to begin with: marked words for what it is, what it brings, and its button."""

    what: str
    brings: str
    act: str
    link: Link


PEOPLE = Beginning(
    N_("Add the people you lead"), N_("One by one, or the whole list pasted from Excel."), N_("Go to the roster"),
    Link("team"),
)  # fmt: skip
AFTER = (
    (Deal, Beginning(N_("Take in your sales data"), N_("What your CRM exports, as CSV or Excel. It stays on this PC."),
                     N_("Go to the sales data"), Link("sales"))),
    (Goal, Beginning(N_("Agree on goals"), N_("Three to five a person; from sales data their progress counts itself."),
                     N_("Go to the goals"), Link("goals"))),
    (Cycle, Beginning(N_("Start the first reviews"), N_("Score by digit keys, print, sign. The forms print blank too."),
                      N_("Go to the reviews"), Link("reviews"))),
)  # fmt: skip
"""In the order in which one rests on the other, each with the table that is empty until it is done."""


def beginnings() -> tuple[Beginning, ...]:
    """What was never done yet; before there is anybody on the roster nothing else, as all the rest is about people."""
    if not team.head_count():
        return (PEOPLE,)
    return tuple(step for table, step in AFTER if not table.select(table.id).exists())
