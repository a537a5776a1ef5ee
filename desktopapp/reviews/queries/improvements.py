"""Improvement plans: why there is one, what is to be reached, what was seen on the way, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M
from desktopapp.reviews.models import Aim, Checkpoint, Improvement, Shortfall
from desktopapp.reviews.queries.review import ReviewSheet
from desktopapp.reviews.rules import weakest
from desktopapp.storage import rows
from desktopapp.storage.fields import LINE


@frozen
class ShortfallLine:
    """A goal that was missed, with the facts."""

    item: str
    required: str = ""
    actual: str = ""
    proof: str = ""


@frozen
class AimLine:
    """What is to be reached, and how."""

    goal: str
    action: str = ""
    measure: str = ""
    by: date | None = None
    support: str = ""


@frozen
class CheckpointLine:
    """A day on which a plan is looked at, and what was seen."""

    day: date
    course: str | None = None
    progress: str = ""
    coaching: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether anything is written of it."""
        return bool(self.course or self.progress)


@frozen
class ImprovementRow:
    """A plan, whole."""

    id: int
    start: date
    end: date
    witness: str
    extended: date | None
    first_end: date | None
    """When it would have ended, where it was extended."""
    result: str | None
    verdict: str
    closed: date | None
    shortfalls: tuple[ShortfallLine, ...] = ()
    aims: tuple[AimLine, ...] = ()
    checkpoints: tuple[CheckpointLine, ...] = ()
    """In the order of their days."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be judged."""
        return self.result is None


def missed(sheet: ReviewSheet, language: Language) -> tuple[ShortfallLine, ...]:
    """The goals that were not reached and the dimensions scored low, in the words a plan begins with."""
    return (*_missed_goals(sheet, language), *_weak(sheet, language))


def _missed_goals(sheet: ReviewSheet, language: Language) -> Iterator[ShortfallLine]:
    for goal in sheet.goals:
        if goal.attainment is not None and goal.attainment < 1:
            target, actual = (_figure(language, each, goal.unit) for each in (goal.target, goal.actual))
            reached = language.text(M("{share} of the target reached", share=goal.attainment))
            yield ShortfallLine(goal.name[:LINE], target, actual, reached)


def _weak(sheet: ReviewSheet, language: Language) -> Iterator[ShortfallLine]:
    lines = {line.id: line for line in sheet.dimensions}
    for each in weakest(sheet.form, {line.id: line.score for line in sheet.dimensions}):
        line = lines[each.id]
        score = language.text(M("scored {score}", score=sheet.form.written(line.score))) if line.score else ""
        fact = " ".join(line.evidence.split())
        yield ShortfallLine(language.text(line.name)[:LINE], "", score, fact[:LINE])


def _figure(language: Language, value: object, unit: str) -> str:
    written = "" if value is None else language.show(value)
    return written if not written or written.startswith(("¥", "-¥")) else f"{written} {unit}".strip()


_COLUMNS = (
    Improvement.id, Improvement.start, Improvement.end, Improvement.witness, Improvement.extended,
    Improvement.first_end, Improvement.result, Improvement.verdict, Improvement.closed,
)  # fmt: skip
_PARTS = (
    (Shortfall, (Shortfall.item, Shortfall.required, Shortfall.actual, Shortfall.proof), Shortfall.id, ShortfallLine),
    (Aim, (Aim.goal, Aim.action, Aim.measure, Aim.by, Aim.support), Aim.id, AimLine),
    (Checkpoint, (Checkpoint.day, Checkpoint.course, Checkpoint.progress, Checkpoint.coaching), Checkpoint.day,
     CheckpointLine),
)  # fmt: skip


def improvement(review: int) -> ImprovementRow | None:
    """The plan after a review; nothing where there is none."""
    return improvements([review]).get(review)


def improvements(reviews: Iterable[int]) -> dict[int, ImprovementRow]:
    """The plans after these reviews, by review."""
    wanted = Improvement.select(Improvement.review, *_COLUMNS).where(Improvement.review.in_(list(reviews)))
    found = rows(wanted)
    parts: list[dict[int, tuple[Any, ...]]] = [{} for _ in _PARTS]
    for known, (table, columns, order, line) in zip(parts, _PARTS if found else (), strict=False):
        lines: Any = table
        for plan, *values in rows(lines.select(lines.improvement, *columns).order_by(order, lines.id)):
            known[plan] = (*known.get(plan, ()), line(*values))
    whole = {review: (*values, *(known.get(values[0], ()) for known in parts)) for review, *values in found}
    return {review: ImprovementRow(*values) for review, values in whole.items()}
