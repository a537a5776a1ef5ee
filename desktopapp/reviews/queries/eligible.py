"""Who is reviewed in a round, by one rule that is said."""

from __future__ import annotations

from datetime import timedelta

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.queries import rounds
from desktopapp.team import queries as team
from desktopapp.team.models import LEFT, ON_LEAVE, PROBATION

AHEAD = timedelta(days=10)
"""How long before his probation ends somebody is reviewed."""


@frozen
class Candidate:
    """Somebody who might be reviewed, and why he is not unless the owner says so."""

    person: int
    name: str
    position: str
    why: Message | None


def eligible(period: Period, kind: str) -> list[Candidate]:
    """Everybody who was with the firm in a period, with why he is left out of its reviews, in order of pinyin.

    Left out are who has left or is on leave, who was in post for less than half of the period, and
    of reviews of probation everybody whose probation does not end by then.
    """
    found = []
    for row in team.people(leavers=True):
        was_there = (row.joined is None or row.joined <= period.end) and (row.left is None or row.left >= period.start)
        why = _why_not_probation(row, period) if kind == rules.PROBATION else _why_not(row, period)
        if was_there and not (kind == rules.PROBATION and row.status != PROBATION):
            found.append(Candidate(row.id, row.name, row.position, why))
    return found


def _why_not(row: team.PersonRow, period: Period) -> Message | None:
    if row.status == LEFT:
        return M("left on {day}", day=row.left) if row.left else M("has left")
    if row.status == ON_LEAVE:
        return M("is on leave")
    days, whole = rules.days_there(row.joined, period), (period.end - period.start).days + 1
    if days * 2 < whole:
        return M("was there for {days} of {whole} {whole:day|days}, less than half", days=days, whole=whole)
    return None


def _why_not_probation(row: team.PersonRow, period: Period) -> Message | None:
    if row.probation_end is None:
        return M("no end of the probation is noted")
    if row.probation_end > period.end + AHEAD:
        return M("the probation ends on {day}", day=row.probation_end)
    return None


def left_out(cycle: int) -> list[Candidate]:
    """Who was with the firm in the period of a round and is not in it, with why the rule left him out."""
    row, inside = rounds.cycle(cycle), {each.person for each in rounds.reviews(cycle)}
    return [each for each in eligible(row.period, rounds.form(cycle).kind) if each.person not in inside]
