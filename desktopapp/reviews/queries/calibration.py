"""All reviews of a round on one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both, Message
from desktopapp.reviews import rules
from desktopapp.reviews.models import REJECTED, Calibration, RaterForm, Review
from desktopapp.reviews.queries.review import CalibrationLine
from desktopapp.reviews.queries.rounds import ReviewRow, form, forms, reviews
from desktopapp.reviews.rules import SIGNED, SUPERIOR, WAIVED, Box, Form
from desktopapp.storage import rows
from desktopapp.team import queries as team


@frozen
class CalibrationRow:
    """A review beside the others."""

    id: int
    person: int
    name: str
    pinyin: str
    position: str
    superior: str
    """Who scored."""
    total: Decimal | None
    """Nothing before every dimension is scored."""
    grade: str
    last: CalibrationLine | None
    """The last change of the total, if there was one."""
    changes: int
    normalised: Decimal | None
    """As strict as all superiors are; nothing where too few were rated, or by too few, to tell."""
    potential: Decimal | None
    box: Box | None
    signed: bool


@frozen
class GradeCount:
    """How many have a grade, and how many a template would expect."""

    grade: str
    name: Both
    people: int
    expected: int | None


@frozen
class Side:
    """A round side by side."""

    rows: tuple[CalibrationRow, ...]
    grades: tuple[GradeCount, ...]
    """The best first."""
    cautions: tuple[Message, ...]
    """What cannot be said of so few."""


def side_by_side(cycle: int) -> Side:
    """All reviews of a round beside each other, the highest total first."""
    stated = form(cycle)
    found = [row for row in reviews(cycle) if row.state != WAIVED]
    superiors = _superiors(cycle)
    whole = {row.id: row.total for row in found if row.total is not None}
    strict = _normalised(whole, superiors)
    changes, potential = _changes(whole), _potential(cycle)
    made = [_row(row, superiors.get(row.id, ""), strict, changes, potential) for row in found]
    ranked = sorted(made, key=lambda row: (row.total is None, -(row.total or 0), row.pinyin, row.id))
    raters = len({superiors.get(number, "") for number in whole})
    return Side(tuple(ranked), _grades(stated, forms(cycle), found), rules.cautions(len(found), raters))


def _row(
    row: ReviewRow,
    superior: str,
    strict: Mapping[int, Decimal | None],
    changes: Mapping[int, Sequence[CalibrationLine]],
    potential: Mapping[int, Decimal | None],
) -> CalibrationRow:
    changed, might = changes.get(row.id, ()), potential.get(row.id)
    is_known = row.total is not None and might is not None
    return CalibrationRow(
        row.id, row.person, row.name, row.pinyin, row.position, superior, row.total, row.grade,
        changed[-1] if changed else None, len(changed), strict.get(row.id), might,
        rules.box(rules.performance(row.total), might) if is_known and row.total is not None and might else None,
        row.state == SIGNED,
    )  # fmt: skip


def _superiors(cycle: int) -> dict[int, str]:
    """Who scored each review: the superior who was asked to, else the owner."""
    firm = team.firm()
    owner = firm.owner if firm else ""
    asked = RaterForm.select(RaterForm.review, RaterForm.rater).join(Review)
    theirs = (Review.cycle == cycle, RaterForm.relation == SUPERIOR, RaterForm.state != REJECTED)
    named = dict(rows(asked.where(*theirs)))
    numbers = [number for (number,) in rows(Review.select(Review.id).where(Review.cycle == cycle))]
    return {number: named.get(number, owner) for number in numbers}


def _normalised(totals: Mapping[int, Decimal], superiors: Mapping[int, str]) -> dict[int, Decimal | None]:
    by_rater: dict[str, list[Decimal]] = {}
    for number, total in totals.items():
        by_rater.setdefault(superiors.get(number, ""), []).append(total)
    if not rules.is_comparable(len(totals), len(by_rater)):
        return {}
    everybody = rules.spread(list(totals.values()))
    spreads = {rater: rules.spread(given) for rater, given in by_rater.items()}
    return {
        number: rules.normalised(
            total, spreads[superiors.get(number, "")], everybody, lowest=Decimal(0), highest=Decimal(100)
        )
        for number, total in totals.items()
    }


def _changes(reviews: Iterable[int]) -> dict[int, list[CalibrationLine]]:
    found: dict[int, list[CalibrationLine]] = {}
    columns = (Calibration.review, Calibration.day, Calibration.was, Calibration.now, Calibration.reason)
    for review, *line in rows(
        Calibration.select(*columns).where(Calibration.review.in_(list(reviews))).order_by(Calibration.id)
    ):
        found.setdefault(review, []).append(CalibrationLine(*line))
    return found


def _potential(cycle: int) -> dict[int, Decimal | None]:
    return dict(rows(Review.select(Review.id, Review.potential).where(Review.cycle == cycle)))


def _grades(stated: Form, others: Iterable[Form], found: Sequence[ReviewRow]) -> tuple[GradeCount, ...]:
    """How many have each grade of the round's template, then those that only templates of positions have."""
    counts = Counter(row.grade for row in found if row.grade)
    wanted = rules.expected(counts.total(), stated)
    own = tuple(
        GradeCount(level.grade, level.name, counts[level.grade], wanted[nth] if wanted else None)
        for nth, level in enumerate(stated.levels)
    )
    known = {level.grade for level in stated.levels}
    more = {level.grade: level.name for form in others for level in form.levels if level.grade not in known}
    return (*own, *(GradeCount(grade, name, counts[grade], None) for grade, name in more.items()))
