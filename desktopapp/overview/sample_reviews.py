"""The sample firm's reviews: three quarters and a half-year with colleagues signed, the last quarter under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.starter import content
from desktopapp.overview.sample_sales import chance
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.models import ACCEPTED, KEYBOARD, RaterForm, RaterScore, Remark, Review, Score, Step
from desktopapp.reviews.rules import CONFIRM, MANAGER, PEER

HIGH, MID, LOW = "high", "mid", "low"
STEPS = ((Decimal("1.10"), 5), (Decimal("1.00"), 4), (Decimal("0.85"), 3), (Decimal("0.70"), 2))
"""What reaching so much of a target scores; less scores 1."""


@frozen
class Standing:
    """What somebody did in a quarter, and was asked to."""

    person: int
    name: str
    skill: Decimal
    sold: Money
    quota: Money
    collected: Money
    due: Money
    new: int
    customer: str

    @property
    def reached(self) -> Decimal:
        return self.sold.in_yuan / self.quota.in_yuan

    @property
    def paid(self) -> Decimal:
        return self.collected.in_yuan / self.due.in_yuan


def signed(period: Period, standings: Iterable[Standing]) -> None:
    """A quarter's reviews, written and signed in the weeks after it."""
    day = period.after.start + timedelta(days=9)
    cycle = service.start(period=period, template="quarterly", today=day, people=_people(standings))
    for review, standing in _reviews(cycle, standings):
        _score(review, standing, period)
        _write(review, standing, day)
        service.sign(review=review.id, today=day)
    service.close(cycle=cycle, today=day)


def half_year(period: Period, standings: Iterable[Standing]) -> None:
    """A half-year's reviews, rated by colleagues too and calibrated before they were signed."""
    begun = period.after.start
    day = begun + timedelta(days=8)
    cycle = service.start(period=period, template="half_year", today=begun, people=_people(standings))
    service.ask_peers(cycle=cycle, today=begun)
    judged = _reviews(cycle, standings)
    for review, standing in judged:
        _score(review, standing, period)
        _colleagues(review, standing, day)
        _write(review, standing, day)
        service.set_potential(review=review.id, potential=_potential(standing))
    _calibrate(cycle, day)
    for review, _standing in judged:
        service.sign(review=review.id, today=day)
    service.close(cycle=cycle, today=day)


def _colleagues(review: Review, standing: Standing, day: date) -> None:
    """What the colleagues gave and wrote, typed in from their sheets."""
    said: Mapping[str, Any] = content("sample_reviews")["colleagues"]
    given = {row.dimension: int(row.score or 0) for row in Score.select().where(Score.review == review)}
    asked = rules.asked(queries.form_of(review.id), PEER)
    forms: Any = RaterForm.select().where(RaterForm.review == review, RaterForm.relation == PEER)
    for nth, form in enumerate(forms.order_by(RaterForm.id)):
        luck = chance(f"colleague {nth} {standing.name} {day}")
        for each in asked:
            score = min(5, max(2, given[each.id] + luck.choice((-1, 0, 0, 0, 1))))
            RaterScore.create(form=form, dimension=each.id, score=Decimal(score))
        for key, by_level in said.items():
            texts = by_level[_level(_step(standing.reached))]
            Remark.create(form=form, key=key, text=texts[nth % len(texts)])
        form.state, form.way, form.returned = ACCEPTED, KEYBOARD, day
        form.save()


def _calibrate(cycle: int, day: date) -> None:
    """Totals that were set otherwise when all stood side by side: the second best and the third from below."""
    rows = sorted(queries.reviews(cycle), key=lambda row: row.total or 0)
    for row, said in zip((rows[-2], rows[2]), content("sample_reviews")["calibrations"], strict=False):
        _calibrate_one(row.id, said, day)


def _calibrate_one(review: int, said: Mapping[str, Any], day: date) -> None:
    was = queries.sheet(review).total or Decimal(0)
    service.calibrate(review=review, total=was + said["change"], reason=said["reason"], today=day)


def _potential(standing: Standing) -> Decimal:
    """How far somebody might go: more than he shows for some, less for others."""
    luck = chance(f"potential {standing.name}")
    shown = Decimal(4) if standing.skill > 1 else Decimal(3) if standing.skill > Decimal("0.88") else Decimal(2)
    return shown + luck.choice((Decimal("-0.5"), Decimal(0), Decimal("0.5"), Decimal(1)))


def running(period: Period, standings: Iterable[Standing], today: date) -> None:
    """A quarter's reviews in every state there is."""
    started = max(today - timedelta(days=10), period.after.start)
    due = today + timedelta(days=12)
    cycle = service.start(period=period, template="quarterly", today=started, people=_people(standings), due=due)
    for nth, (review, standing) in enumerate(_reviews(cycle, standings)):
        if nth < 3:  # these three have not handed in their own view yet
            continue
        _score(review, standing, period, own_only=nth < 6)
        if nth > 5:
            service.set_potential(review=review.id, potential=_potential(standing))
        if nth > 7:
            _write(review, standing, today)
        if nth == 8:
            _calibrate_one(review.id, content("sample_reviews")["calibrations"][-1], today)
        if nth > 8:
            service.sign(review=review.id, today=today)


def _people(standings: Iterable[Standing]) -> list[int]:
    return [standing.person for standing in standings]


def _reviews(cycle: int, standings: Iterable[Standing]) -> list[tuple[Review, Standing]]:
    by_person = {standing.person: standing for standing in standings}
    started: Any = Review.select().where(Review.cycle == cycle).order_by(Review.id)
    return [(review, by_person[review.person_id]) for review in started]


def _score(review: Review, standing: Standing, period: Period, *, own_only: bool = False) -> None:
    """Fill in the scores: his own view, and the reviewer's unless that is still to come."""
    luck = chance(f"scores {standing.name} {period}")
    for row in Score.select().where(Score.review == review):
        score = _deserved(row.dimension, standing, luck)
        row.self_score = Decimal(min(5, score + luck.choice((0, 0, 1))))
        if not own_only:
            row.score = Decimal(score)
            row.evidence = _text(content("sample_reviews")["evidence"][row.dimension][_level(score)], standing)
        row.save()
    review.state = MANAGER if own_only else CONFIRM
    review.save()


def _deserved(dimension: str, standing: Standing, luck: Random) -> int:
    """The figures speak for the first three dimensions, habit for the others."""
    if dimension == "sales_result":
        return _step(standing.reached)
    if dimension == "collection":
        return _step(standing.paid)
    if dimension == "new_business":
        return min(5, 2 + standing.new)
    if dimension == "integrity":
        return luck.choice((4, 5))
    habit = 5 if standing.skill > 1 else 4 if standing.skill > Decimal("0.88") else 3
    return max(2, habit - luck.choice((0, 0, 1)))


def _step(reached: Decimal) -> int:
    return next((score for least, score in STEPS if reached >= least), 1)


def _level(score: int) -> str:
    return HIGH if score > 3 else MID if score == 3 else LOW


def _write(review: Review, standing: Standing, day: date) -> None:
    """Fill in the words and the steps agreed for the next quarter."""
    texts: Mapping[str, Any] = content("sample_reviews")
    reached = _step(standing.reached)
    level = _level(reached)
    for field in ("highlights", "improve", "comment", "opinion"):
        setattr(review, field, _text(texts[field][level], standing))
    review.outcomes = {HIGH: "reward", MID: "keep", LOW: "training plan"}[level]
    review.save()
    for each in texts["steps"][level]:
        Step.create(review=review, by=day + timedelta(days=75), **each)


def _text(template: str, standing: Standing) -> str:
    return template.format(
        sold=_ten_thousands(standing.sold),
        rate=_percent(standing.reached),
        collected=_ten_thousands(standing.collected),
        paid=_percent(standing.paid),
        new=standing.new,
        customer=standing.customer,
    )


def _ten_thousands(sum_: Money) -> str:
    return f"{sum_.in_yuan / 10_000:.1f}"


def _percent(part: Decimal) -> str:
    return f"{part * 100:.0f}%"
