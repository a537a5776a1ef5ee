"""Rounds of reviews, and how far each review of one has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import CLOSED, Cycle, Review, Stated
from desktopapp.reviews.queries.afterwards import disputed, refused
from desktopapp.reviews.queries.given import Live, agreed, asked, given, scores
from desktopapp.reviews.queries.templates import stated
from desktopapp.reviews.rules import CONFIRM, SIGNED, WAIVED, Form, Given
from desktopapp.storage import once, rows
from desktopapp.team.models import Person

STARTED, SCORING, CALIBRATING = "started", "scoring", "calibrating"


@frozen
class CycleRow:
    """A round of reviews and how far it has come."""

    id: int
    period: Period
    template: str
    name: Both
    state: str
    started: date
    due: date
    people: int
    """How many are reviewed; who was waived is not."""
    scored: int
    """How many have every score, signed or not."""
    signed: int
    waived: int = 0

    @property
    def stage(self) -> str:
        """How far it has come: nothing scored yet, being scored, all scored and side by side, closed."""
        if self.state == CLOSED:
            return CLOSED
        if not self.scored:
            return STARTED
        return CALIBRATING if self.scored == self.people else SCORING


@frozen
class ReviewRow:
    """A person's review in the list."""

    id: int
    person: int
    name: str
    pinyin: str
    initials: str
    position: str
    team: str
    state: str
    total: Decimal | None
    """Only once every dimension is scored."""
    grade: str
    done: int
    dimensions: int
    signed: date | None
    refused: bool = False
    """Whether the person would not sign, and a witness did instead."""
    disputed: bool = False
    """Whether an objection to it is still to be decided."""

    @property
    def is_over(self) -> bool:
        """Whether it takes no more writing: it is signed, or was waived."""
        return self.state in (SIGNED, WAIVED)


@frozen
class Result:
    """What came of a signed review."""

    review: int
    period: Period
    total: Decimal | None
    grade: str


@once
def cycles() -> list[CycleRow]:
    """Every round, that of the latest period first."""
    return sorted(_cycles(), key=lambda row: (row.period.end, row.id), reverse=True)


def cycle(number: int) -> CycleRow:
    """One round. Raises `LookupError` where there is none."""
    for row in _cycles(Cycle.id == number):
        return row
    raise LookupError(number)


def _cycles(*where: Any) -> list[CycleRow]:
    states: dict[int, Counter[str]] = {}
    for number, state in rows(Review.select(Review.cycle, Review.state)):
        states.setdefault(number, Counter())[state] += 1
    found = []
    for each in Cycle.select().where(*(where or (True,))):
        count = states.get(each.id, Counter())
        found.append(
            CycleRow(
                each.id, each.period, each.template, Both(each.name_zh, each.name_en), each.state, each.started,
                each.due, count.total() - count[WAIVED], count[CONFIRM] + count[SIGNED], count[SIGNED], count[WAIVED],
            )
        )  # fmt: skip
    return found


def form(cycle: int) -> Form:
    """The template a round was started with, as it was then; positions may have their own."""
    kept = Stated.select(Stated.form).join(Cycle).where(Stated.cycle == cycle, Stated.template == Cycle.template)
    for (text,) in rows(kept):
        return stated(text)
    return forms(cycle)[0]


def forms(cycle: int) -> list[Form]:
    """Every template used in a round, as it was when the round began. Raises `LookupError` where there is no round."""
    kept = [stated(text) for (text,) in rows(Stated.select(Stated.form).where(Stated.cycle == cycle))]
    if not kept:
        raise LookupError(cycle)
    return kept


def form_of(review: int) -> Form:
    """The template of one review, as it was when its round began. Raises `LookupError` where there is none."""
    for (text,) in rows(Stated.select(Stated.form).join(Review).where(Review.id == review)):
        return stated(text)
    raise LookupError(review)


def dimension_name(kept: str, dimension: str) -> Both | str:
    """What a dimension is called in a template kept as text; its key where the template has none such."""
    return next((each.name for each in stated(kept).dimensions if each.id == dimension), dimension)


@once
def reviews(cycle: int) -> list[ReviewRow]:
    """The reviews of a round, in order of pinyin."""
    kept = {number: (period, stated(text)) for number, period, text in rows(_kept(cycle))}
    columns = (
        Person.id, Person.name, Person.pinyin, Person.initials, Person.position, Person.team, Review.state,
        Review.signed, Review.total, Review.grade, refused(Review.id, Review.version), disputed(Review.id),
        Review.calibrated,
    )  # fmt: skip
    wanted = Review.select(Review.id, Review.stated, *columns).join(Person).where(Review.cycle == cycle)
    found = rows(wanted.order_by(Person.pinyin, Person.id))
    live = [Live(number, facts[0], *kept[form], facts[-1]) for number, form, *facts in found if facts[6] != SIGNED]
    goals = agreed(each for each in live if each.form.goal_weight)
    judged = given(live, goals, asked(live), scores(live))
    return [_row(number, kept[form][1], judged.get(number), facts) for number, form, *facts in found]


def _kept(cycle: int) -> Any:
    return Stated.select(Stated.id, Cycle.period, Stated.form).join(Cycle).where(Stated.cycle == cycle)


def results(person: int) -> list[Result]:
    """What came of somebody's signed reviews, that of the latest period first."""
    signed = (
        Review.select(Review.id, Cycle.period, Review.total, Review.grade)
        .join(Cycle)
        .where(Review.state == SIGNED, Review.person == person)
    )
    return sorted((Result(*row) for row in rows(signed)), key=lambda each: (each.period.end, each.review), reverse=True)


def _row(number: int, template: Form, known: Given | None, facts: Sequence[Any]) -> ReviewRow:
    """A review in the list; of a signed one the total and the grade are those that were signed."""
    *who, state, signed, total, grade, refused, disputed, _calibrated = facts
    done = whole = len(template.dimensions)
    if known is not None:
        done = sum(score is not None for score in known.superior.values())
        judged = rules.judge(template, known)
        total, grade = (judged.total, judged.level.grade) if judged.level else (None, "")
    person, name, pinyin, initials, position, group = who
    return ReviewRow(
        number, person, name, pinyin, initials, position, group, state, total, grade, done, whole, signed,
        bool(refused), bool(disputed),
    )
