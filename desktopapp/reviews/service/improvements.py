"""Opening an improvement plan, following it, extending it once, and judging it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import RESULTS, Aim, Checkpoint, Improvement, Review, Shortfall
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.queries.improvements import AimLine, CheckpointLine, ImprovementRow, ShortfallLine, improvement
from desktopapp.reviews.rules import improving
from desktopapp.reviews.service.lines import keep_lines
from desktopapp.storage import unit
from desktopapp.team import queries as team

PARTS = {
    "shortfalls": (Shortfall.improvement, ("item", "required", "actual", "proof")),
    "aims": (Aim.improvement, ("goal", "action", "measure", "by", "support")),
    "checkpoints": (Checkpoint.improvement, ("day", "course", "progress", "coaching")),
}
"""The tables of a plan, by what they are called in it."""
Lines = Sequence[ShortfallLine] | Sequence[AimLine] | Sequence[CheckpointLine]


def open_improvement(
    *, review: int, today: date, start: date | None = None, end: date | None = None, witness: str = "",
    shortfalls: Sequence[ShortfallLine] = (),
) -> int:  # fmt: skip
    """Open a plan after a review: its goals are the steps agreed there, its checkpoints a day each week.

    `shortfalls` are the goals missed, with the facts. Gives the plan's number.
    """
    of: Any = Review.get_by_id(review)
    if of.state == rules.WAIVED:
        raise Refused(M("This review was waived: take that back first."))
    if Improvement.select().where(Improvement.review == review).exists():
        raise Refused(M("There is an improvement plan after this review already."))
    first = start or today
    last = end or first + improving.TERM
    improving.check_term(first, last)
    with unit("reviews.open_improvement", M("Open an improvement plan for {name}", name=of.person.name)):
        made: Any = Improvement.create(review=of, start=first, end=last, witness=witness)
        steps = [_aim(step, first) for step in queries.sheet(review).steps]
        days = [CheckpointLine(day) for day in improving.checkpoints(first, last, team.swaps())]
        for part, lines in (("shortfalls", shortfalls), ("aims", steps), ("checkpoints", days)):
            whole, columns = PARTS[part]
            keep_lines(whole, made.id, lines, columns)
    return int(made.id)


def _aim(step: StepLine, start: date) -> AimLine:
    """A step of the review as a goal of the plan; a day that is over by then is to be set anew."""
    by = step.by if step.by and step.by >= start else None
    return AimLine(step.item, step.action, step.measure, by, step.support)


def change_improvement(*, review: int, start: date, end: date, witness: str) -> None:
    """Give a plan other dates or another witness; its checkpoints stay as they are."""
    found, _row = _open(review)
    improving.check_term(start, end)
    with unit("reviews.change_improvement", M("Change the improvement plan of {name}", name=_name(found))):
        found.start, found.end, found.witness = start, end, witness
        found.save()


def set_lines(*, review: int, part: str, lines: Lines) -> None:
    """Write one of the tables of a plan; takes the place of what stood there."""
    whole, columns = PARTS[part]
    found, _row = _open(review)
    for line in lines:
        key = getattr(line, columns[0])
        if key is None or not str(key).strip():
            raise Refused(M("Fill in the first column of every line."), columns[0])
        for column in columns:
            if isinstance(text := getattr(line, column), str):
                rules.check_no_fine(text, column)
    if part == "checkpoints" and len({line.day for line in lines if isinstance(line, CheckpointLine)}) < len(lines):
        raise Refused(M("Two checkpoints are on one day."), "day")
    with unit("reviews.set_lines", M("Write in the improvement plan of {name}", name=_name(found))):
        keep_lines(whole, found.id, lines, columns)


def extend_improvement(*, review: int, end: date, today: date) -> None:
    """Give a plan more time, once; the weeks that are added get their checkpoints."""
    found, row = _open(review)
    improving.check_extension(row.end, end, is_extended=row.extended is not None)
    with unit("reviews.extend_improvement", M("Extend the improvement plan of {name}", name=_name(found))):
        added = improving.checkpoints(row.end, end, team.swaps())
        lines = [*row.checkpoints, *(CheckpointLine(day) for day in added)]
        whole, columns = PARTS["checkpoints"]
        keep_lines(whole, found.id, lines, columns)
        found.extended, found.first_end, found.end = today, row.end, end
        found.save()


def judge_improvement(
    *, review: int, result: str | None, verdict: str, today: date, closed: date | None = None
) -> None:
    """Say how a plan ended, and what that rests on; from then on it stays as it is."""
    if result not in dict(RESULTS):
        raise Refused(M("Choose how the plan ended."), "result")
    found, row = _open(review)
    day = closed or today
    unseen = [each.day for each in row.checkpoints if each.day <= day and not each.is_seen]
    improving.check_result(verdict=verdict, closed=day, start=row.start, today=today, aims=len(row.aims),
                           unseen=unseen)  # fmt: skip
    words = M("Judge the improvement plan of {name}: {result}", name=_name(found),
              result=Message(dict(RESULTS)[result]))  # fmt: skip
    with unit("reviews.judge_improvement", words):
        found.result, found.verdict, found.closed = result, verdict, day
        found.save()


def reopen_improvement(*, review: int) -> None:
    """Let a plan that was judged be open again; what was written of the result stays as a beginning."""
    row = improvement(review)
    if row is None or row.is_open:
        raise Refused(M("This plan is not judged yet."))
    found: Any = Improvement.get_by_id(row.id)
    with unit("reviews.reopen_improvement", M("Reopen the improvement plan of {name}", name=_name(found))):
        found.result = found.closed = None
        found.save()


def _open(review: int) -> tuple[Any, ImprovementRow]:
    row = improvement(review)
    if row is None:
        raise Refused(M("There is no improvement plan after this review."))
    if not row.is_open:
        raise Refused(M("This plan is judged and no longer changes."))
    return Improvement.get_by_id(row.id), row


def _name(found: Any) -> str:
    return str(found.review.person.name)
