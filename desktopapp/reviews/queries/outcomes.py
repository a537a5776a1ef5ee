"""What follows from the reviews of a round, all side by side: grade, coefficient, uses, proposals without an answer."""

from __future__ import annotations

from decimal import Decimal

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both, Message
from desktopapp.reviews import rules
from desktopapp.reviews.queries.measures import measure_kinds
from desktopapp.reviews.queries.review import ReviewSheet
from desktopapp.reviews.queries.rounds import reviews
from desktopapp.reviews.queries.sheets import sheets
from desktopapp.reviews.rules import WAIVED


@frozen
class OutcomeRow:
    """What follows from one review, signed or not yet."""

    id: int
    person: int
    name: str
    pinyin: str
    position: str
    total: Decimal | None
    grade: str
    grades: tuple[str, ...]
    """Those of its template, the best first."""
    factor: Decimal | None
    """Times the performance bonus."""
    used: tuple[Message, ...]
    """What the result is used for."""
    open: tuple[Message, ...]
    """What is proposed and has no answer yet."""
    measures: tuple[Both, ...]
    is_signed: bool


def outcomes(cycle: int) -> list[OutcomeRow]:
    """Everybody of a round who was not waived, in order of pinyin."""
    found = {row.id: row for row in reviews(cycle) if row.state != WAIVED}
    named = {each.id: each.name for each in measure_kinds()}
    labels = {key: Message(label) for key, label in rules.OUTCOMES}
    return [
        OutcomeRow(
            sheet.id, sheet.person, sheet.name, found[sheet.id].pinyin, sheet.position,
            sheet.total if sheet.grade else None, sheet.grade, tuple(level.grade for level in sheet.form.levels),
            sheet.factor, tuple(labels[key] for key in sheet.outcomes), tuple(labels[key] for key in unanswered(sheet)),
            tuple(named[each.kind] for each in sheet.measures), sheet.signed is not None,
        )
        for sheet in sheets(list(found))
    ]  # fmt: skip


def unanswered(sheet: ReviewSheet) -> tuple[str, ...]:
    """The proposals of a review that are neither accepted nor declined, in the order of the form."""
    left = set(sheet.suggested) - set(sheet.outcomes) - set(sheet.declined)
    return tuple(key for key, _ in rules.OUTCOMES if key in left)
