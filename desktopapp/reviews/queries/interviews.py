"""Talks about reviews: what to talk about, when, what was said and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.models import Agreed, Interview
from desktopapp.reviews.queries.review import GoalLine, Line, ReviewSheet
from desktopapp.reviews.rules import talking, weakest
from desktopapp.storage import rows

WELL, BETTER, APART = "well", "better", "apart"
KINDS = {WELL: N_("Went well"), BETTER: N_("To improve"), APART: N_("Seen differently")}
"""What is to be talked about, in the order of the talk."""
APARTS = 3
"""So many differences of view are spoken of, the widest."""
GOALS = 2
"""So many goals of each kind are spoken of."""


@frozen
class Point:
    """One thing to talk about."""

    kind: str
    """What went well, what needs improving, or where two views are apart."""
    said: Message

    @property
    def whole(self) -> Message:
        """With what it is to be spoken of as."""
        return M("{kind}: {said}", kind=Message(KINDS[self.kind]), said=self.said)


@frozen
class AgreedLine:
    """Something agreed in a talk."""

    item: str
    measure: str = ""
    by: date | None = None
    owner: str = ""
    support: str = ""
    done: date | None = None


@frozen
class InterviewRow:
    """A talk as it is planned and recorded."""

    kind: str | None
    planned: date | None
    time: str
    place: str
    interviewer: str
    held: date | None
    recorder: str
    well: str
    better: str
    own_view: str
    wishes: str
    support: str
    agreed: tuple[AgreedLine, ...] = ()


_COLUMNS = (
    Interview.kind, Interview.planned, Interview.time, Interview.place, Interview.interviewer, Interview.held,
    Interview.recorder, Interview.well, Interview.better, Interview.own_view, Interview.wishes, Interview.support,
)  # fmt: skip
_AGREED = (Agreed.item, Agreed.measure, Agreed.by, Agreed.owner, Agreed.support, Agreed.done)


def interview(review: int) -> InterviewRow | None:
    """The talk about a review; nothing where none is planned."""
    return interviews([review]).get(review)


def interviews(reviews: Iterable[int]) -> dict[int, InterviewRow]:
    """The talks about these reviews, by review."""
    of_them = Interview.review.in_(list(reviews))
    agreed: dict[int, tuple[AgreedLine, ...]] = {}
    lines = Agreed.select(Interview.review, *_AGREED).join(Interview).where(of_them).order_by(Agreed.id)
    for review, *values in rows(lines):
        agreed[review] = (*agreed.get(review, ()), AgreedLine(*values))
    found: dict[int, list[Any]] = {row[0]: row[1:] for row in rows(Interview.select(Interview.review, *_COLUMNS)
                                                                   .where(of_them))}  # fmt: skip
    whole = {review: (*values, agreed.get(review, ())) for review, values in found.items()}
    return {review: InterviewRow(*values) for review, values in whole.items()}


def agenda(sheet: ReviewSheet) -> tuple[Point, ...]:
    """What to talk about, out of the review: the best and the weakest with their facts, goals, where views differ."""
    return (*_well(sheet), *_better(sheet), *_apart(sheet))


def _well(sheet: ReviewSheet) -> Iterator[Point]:
    lines = {line.id: line for line in sheet.dimensions}
    for each in talking.strongest(sheet.form, {line.id: line.score for line in sheet.dimensions}):
        yield Point(WELL, _scored(lines[each.id], sheet))
    reached = [goal for goal in sheet.goals if goal.attainment is not None and goal.attainment >= 1]
    for goal in _by_attainment(reached)[::-1][:GOALS]:
        yield Point(WELL, _attained(goal))


def _better(sheet: ReviewSheet) -> Iterator[Point]:
    lines = {line.id: line for line in sheet.dimensions}
    for each in weakest(sheet.form, {line.id: line.score for line in sheet.dimensions}):
        yield Point(BETTER, _scored(lines[each.id], sheet))
    missed = [goal for goal in sheet.goals if goal.attainment is not None and goal.attainment < 1]
    for goal in _by_attainment(missed)[:GOALS]:
        yield Point(BETTER, _attained(goal))


def _apart(sheet: ReviewSheet) -> Iterator[Point]:
    lines = {line.id: line for line in sheet.dimensions}
    own, superior = ({line.id: getattr(line, name) for line in sheet.dimensions} for name in ("self_score", "score"))
    for each in talking.differing(sheet.form, own, superior)[:APARTS]:
        line = lines[each.id]
        if line.self_score is not None and line.score is not None:
            mine, his = map(sheet.form.written, (line.self_score, line.score))
            said = M("{dimension}: self {own}, superior {score}", dimension=line.name, own=mine, score=his)
            yield Point(APART, said)


def _scored(line: Line, sheet: ReviewSheet) -> Message:
    score = sheet.form.written(line.score) if line.score is not None else ""
    fact = " ".join(line.evidence.split())
    if not fact:
        return M("{dimension}: {score}", dimension=line.name, score=score)
    return M("{dimension}: {score}. {fact}", dimension=line.name, score=score, fact=fact)


def _attained(goal: GoalLine) -> Message:
    return M("{goal}: {reached} of the target reached", goal=goal.name, reached=goal.attainment)


def _by_attainment(goals: Sequence[GoalLine]) -> list[GoalLine]:
    return sorted(goals, key=lambda goal: goal.attainment or 0)
