"""What came after the sample firm's reviews: talks, an objection on each side, a refusal, an improvement plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import language
from desktopapp.kernel.starter import content
from desktopapp.kernel.workday import next_workday
from desktopapp.overview.sample_reviews import HIGH, LOW, MID
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import PARTLY
from desktopapp.reviews.queries import CycleRow, ReviewRow
from desktopapp.reviews.queries.improvements import CheckpointLine, improvement, missed
from desktopapp.reviews.queries.interviews import AgreedLine
from desktopapp.reviews.rules import CONFIRM, SIGNED
from desktopapp.team import queries as team

DAY = timedelta(days=1)
CONTESTED = "collection"
"""The dimension that was objected to."""


def write(today: date) -> None:
    """Write what followed the last round that was closed, and what is under way in the one that runs."""
    running, closed, *_ = queries.cycles()
    rows = sorted(queries.reviews(closed.id), key=lambda row: row.total or 0)
    lowest, refusing, objecting, *_ = rows
    for row in rows:
        _talk(row, _after(row, 3))
    _contest(objecting)
    service.note_refusal(review=refusing.id, witness=rows[-1].name, reason=_texts()["refusal"], today=today,
                         day=refusing.signed)  # fmt: skip
    _improve(lowest, today)
    _under_way(running, today)


def _texts() -> Any:
    return content("sample_reviews")


def _after(row: ReviewRow, days: int) -> date:
    """A working day so long after a review was signed."""
    if row.signed is None:
        raise LookupError(row.id)
    return next_workday(row.signed + days * DAY, team.swaps())


def _level(row: ReviewRow) -> str:
    return {"S": HIGH, "A": HIGH, "B": MID}.get(row.grade, LOW)


def _talk(row: ReviewRow, day: date, *, done: bool = True) -> None:
    """A talk that was held on a day, with one thing agreed."""
    level = _level(row)
    service.arrange(review=row.id, planned=day, held=day, time="14:00", place="小会议室", kind="quarterly", today=day,
                    interviewer=_owner(), recorder=_owner())  # fmt: skip
    service.record(review=row.id, words={name: by_level[level] for name, by_level in _texts()["talk"].items()})
    by = day + (30 * DAY if done else 4 * DAY)
    agreed = AgreedLine(**_texts()["agreed"][level], by=by, owner=row.name, done=by - 2 * DAY if done else None)
    service.set_agreed(review=row.id, lines=[agreed])


def _owner() -> str:
    firm = team.firm()
    return firm.owner if firm else ""


def _contest(row: ReviewRow) -> None:
    """An objection that was upheld in part: the review was corrected by another version."""
    said = _texts()["objection"]
    raised, decided = _after(row, 2), _after(row, 5)
    number = service.object_to(review=row.id, text=said["text"], raised=raised, today=raised)
    service.decide_objection(objection=number, decision=PARTLY, reason=said["reason"], today=decided)
    given = next(line.score for line in queries.sheet(row.id).dimensions if line.id == CONTESTED) or Decimal(0)
    service.score(review=row.id, dimension=CONTESTED, score=min(given + 1, Decimal(5)))
    service.sign(review=row.id, today=decided)


def _improve(row: ReviewRow, today: date) -> None:
    """A plan that is half over, its last look tomorrow."""
    start = today - 20 * DAY
    facts = missed(queries.sheet(row.id), language("zh_CN"))
    service.open_improvement(review=row.id, start=start, witness=_owner(), shortfalls=facts, today=start)
    plan = improvement(row.id)
    if plan is None:
        raise LookupError(row.id)
    seen: Sequence[Any] = _texts()["looks"]
    looks = [replace(look, **said) for look, said in zip(plan.checkpoints, seen, strict=False)]
    lines: list[CheckpointLine] = [*looks, *plan.checkpoints[len(looks) :]]
    service.set_lines(review=row.id, part="checkpoints", lines=lines)


def _under_way(cycle: CycleRow, today: date) -> None:
    """In the running round: a talk tomorrow, one that was held, and an objection that waits."""
    rows = queries.reviews(cycle.id)
    waiting = next(row for row in rows if row.state == CONFIRM)
    service.arrange(review=waiting.id, planned=next_workday(today + DAY, team.swaps()), time="14:00",
                    place="小会议室", kind="quarterly", interviewer=_owner(), today=today)  # fmt: skip
    first, *others = [row for row in rows if row.state == SIGNED]
    service.object_to(review=first.id, text=_texts()["objection"]["open"], raised=today, today=today)
    for row in others:
        _talk(row, today, done=False)
