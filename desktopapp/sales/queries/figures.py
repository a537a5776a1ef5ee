"""The figures of the sales page: what was sold by whom, how far deals come, what is still to come in, what may be.

Every sum is made in the file, and every one is a `Cut`, so that it leads to its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from peewee import Case, Select, fn

from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.sales import rules
from desktopapp.sales.models import LOST, OPEN, WON, Account, Collection, Deal, Stage, StageChange
from desktopapp.sales.queries.cuts import FAR, NOBODY, UNSAID, Cut, Days, Scope, account_of, asked, of, reach, year_to
from desktopapp.sales.rules import BUCKETS, WHOLE, Calibration, Chance, Forecast
from desktopapp.storage import DB, rows

PERSON, PRODUCT, TIER = "person", "product", "tier"
"""By what figures are parted."""
Key = int | str
"""A person's number or `NOBODY`; a product, a level of customer or `UNSAID`."""


@frozen
class Part:
    """What one person, product or level of customer stands for."""

    key: Key
    scope: Scope
    """What its figures are cuts of."""
    won: Money = ZERO
    deals: int = 0
    lost: int = 0
    open: Money = ZERO
    collected: Money = ZERO

    @property
    def win_rate(self) -> Share | None:
        """The part of the closed deals that was won."""
        return rules.win_rate(self.deals, self.lost)


def parts(by: str, scope: Scope, today: date) -> list[Part]:
    """The figures of a scope parted by person, product or level of customer, the one that sold most first."""
    figures: dict[Key, dict[str, Any]] = {}

    def key(c: Any) -> Sequence[Any]:
        return (_key(by, c),)

    def closed(c: Any) -> Sequence[Any]:
        won = c.status == WON
        return (*key(c), fn.SUM(Case(None, [(won, c.amount)], 0)), fn.SUM(Case(None, [(won, 1)], 0)), fn.COUNT(c.id))

    def summed(c: Any) -> Sequence[Any]:
        return *key(c), fn.SUM(c.amount)

    for of_, fen, count, every in asked(Cut("closed", scope, today), closed, by=key):
        figures.setdefault(of_, {}).update(won=Money(fen or 0), deals=count, lost=every - count)
    for name in ("open", "collected"):
        for of_, fen in asked(Cut(name, scope, today), summed, by=key):
            figures.setdefault(of_, {})[name] = Money(fen or 0)
    found = [Part(each, replace(scope, **{by: each}), **values) for each, values in figures.items()]
    return sorted(found, key=lambda part: (-part.won.fen, -part.open.fen, str(part.key)))


def _key(by: str, c: Any) -> Any:
    if by == PERSON:
        return fn.COALESCE(c.person, NOBODY)
    account = account_of(c, c._meta.fields)
    said: Any = Account.select(Account.level).where(Account.id == account)
    if by == PRODUCT:
        said = Deal.select(Deal.product).where(Deal.id == c.deal) if c is Collection else c.product
    return fn.COALESCE(fn.NULLIF(said, ""), UNSAID)


def by_month(kind: str, scope: Scope, months: Sequence[Period], today: date) -> dict[Period, Money]:
    """What the rows of a kind come to in each of these months, which stand in order."""
    if not months:
        return {}
    cut = Cut(kind, replace(scope, period=Days(months[0].start, months[-1].end)), today)
    sums = dict(asked(cut, lambda c: [_month(c), fn.SUM(c.amount)], by=lambda c: [_month(c)]))
    return {each: Money(sums.get(str(each)) or 0) for each in months}


def _month(c: Any) -> Any:
    return fn.SUBSTR(c.close_date if hasattr(c, "close_date") else c.day, 1, 7)


@frozen
class Step:
    """One stage on the way to a sale, and the deals that came so far."""

    stage: str
    """Empty for the sale itself."""
    cut: Cut
    count: int
    amount: Money
    passed: Share | None
    """What part of those of the step before came so far."""


def funnel(scope: Scope, today: date) -> list[Step]:
    """How far the deals came that were to close in the period, from the first stage to the sale.

    Every deal was in the first stage; one that was won came through all of them.
    """
    cut = Cut("dated", scope, today)

    def far(deal: Any) -> Sequence[Any]:
        return (reach(deal),)

    found = asked(cut, lambda deal: [*far(deal), fn.COUNT(deal.id), fn.SUM(deal.amount)], by=far)
    first, *later = stages_in_order() or [(UNSAID, 0)]
    ways = [(first[0], 0, cut), *((name, place, replace(cut, at=name)) for name, place in later),
            ("", FAR, Cut("won", scope, today))]  # fmt: skip
    steps: list[Step] = []
    for name, place, made_of in ways:
        so_far = [(count, fen or 0) for came, count, fen in found if came >= place]
        count, fen = sum(count for count, _ in so_far), sum(fen for _, fen in so_far)
        before = steps[-1].count if steps else 0
        steps.append(Step(name, made_of, count, Money(fen), Share(Decimal(count) / before) if before else None))
    return steps


def stages_in_order() -> list[tuple[str, int]]:
    """The owner's stages on the way to a sale, each with its place, the first one first."""
    stages = Stage.select(Stage.label, Stage.position).where(Stage.status == OPEN)
    return rows(stages.order_by(Stage.position, Stage.id))


@frozen
class Due:
    """What is owed and so many days late."""

    cut: Cut
    sum: Money
    count: int


def ageing(scope: Scope, today: date) -> list[Due]:
    """What customers owe by how late it is, what is not due yet first. It is as of today, whatever the period."""
    bounds = [(today - timedelta(days=most), name) for name, (_, most) in BUCKETS.items() if most is not None]
    last = next(name for name, (_, most) in BUCKETS.items() if most is None)

    def bucket(owed: Any) -> Sequence[Any]:
        return (Case(None, [(owed.due >= str(day), name) for day, name in bounds], last),)

    found = asked(Cut("owed", scope, today), lambda c: [*bucket(c), fn.SUM(c.rest), fn.COUNT(c.id)], by=bucket)
    sums = {name: (Money(fen), count) for name, fen, count in found}
    return [Due(Cut("owed", scope, today, name), *sums.get(name, (ZERO, 0))) for name in BUCKETS]


def forecast(scope: Scope, today: date, target: Money | None = None) -> Forecast:
    """What the period may come to, as of today."""
    [(fen,)] = asked(Cut("won", scope, today), lambda c: [fn.SUM(c.amount)])
    coming, slipped, undated = (chance(Cut(kind, scope, today)) for kind in ("coming", "slipped", "undated"))
    return Forecast(Money(fen or 0), coming, slipped, undated, target)


def chance(cut: Cut) -> Chance:
    """What the open deals of a cut come to, and what of it may be expected."""

    def columns(deal: Any) -> Sequence[Any]:
        odds, real = _odds(deal), deal.amount.cast("real")
        return (
            fn.COUNT(deal.id), fn.SUM(deal.amount), fn.SUM(deal.amount * odds),
            fn.SUM(real * deal.amount * odds * (WHOLE - odds)) / float(WHOLE**2), fn.SUM(odds.is_null()),
        )  # fmt: skip

    [(count, fen, weighed, variance, unrated)] = asked(cut, columns)
    return Chance.of(count, fen or 0, weighed or 0, variance or 0.0, unrated or 0)


def expected_by_month(scope: Scope, months: Sequence[Period], today: date) -> dict[Period, Money]:
    """What may be expected of the open deals due in each of these months, which stand in order."""
    cut = Cut("coming", replace(scope, period=Days(months[0].start, months[-1].end)), today)
    found = asked(cut, lambda c: [_month(c), fn.SUM(c.amount * _odds(c))], by=lambda c: [_month(c)])
    sums = {month: rules.expected(weighed or 0) for month, weighed in found}
    return {each: sums.get(str(each), ZERO) for each in months}


def _odds(deal: Any) -> Any:
    """How likely a deal is won, in ten-thousandths: as it says itself, or as its stage says."""
    of_stage = Stage.select(Stage.probability).where(Stage.label == deal.stage)
    return fn.COALESCE(deal.probability, of_stage)


@frozen
class StageLine:
    """A stage: who is in it, how long deals stay, and whether its probability stands the test."""

    stage: str
    cut: Cut
    """The open deals in it."""
    count: int
    amount: Money
    typical: int | None
    """Days after which half of the deals had left it."""
    left: int
    """How many did within the year."""
    calibration: Calibration
    closed: Cut
    """The deals of any time it is tested by."""


def stage_lines(scope: Scope, today: date) -> list[StageLine]:
    """The stages in order. Days are of the year up to today; probabilities are tested by the firm's whole history."""

    def stage(deal: Any) -> Sequence[Any]:
        return (deal.stage,)

    there = {
        name: (count, Money(fen or 0))
        for name, count, fen in asked(
            Cut("open", scope, today), lambda c: [c.stage, fn.COUNT(c.id), fn.SUM(c.amount)], by=stage
        )
    }
    days, tested = _days_in_stage(scope, today), calibrations()
    return [
        StageLine(
            name, Cut("stage", scope, today, name), *there.get(name, (0, ZERO)), *days.get(name, (None, 0)),
            tested[name], Cut("been", Scope(scope.period), today, name),
        )
        for name, _ in stages_in_order()
    ]  # fmt: skip


def _days_in_stage(scope: Scope, today: date) -> dict[str, tuple[int | None, int]]:
    """The middle one of the days deals spent in each stage they left within the year, and of how many."""
    year = year_to(today)
    left = StageChange.select(StageChange.before, StageChange.days, fn.COUNT(StageChange.id))
    left = left.where(StageChange.day.between(year.start, year.end), StageChange.days.is_null(False))
    if kept := list(of(Deal, Deal._meta.fields, scope)):
        left = left.join(Deal).where(*kept)
    found = rows(left.group_by(StageChange.before, StageChange.days).order_by(StageChange.before, StageChange.days))
    by_stage = groupby(found, key=lambda row: row[0])
    return {stage: rules.middle([(days, count) for _, days, count in each]) for stage, each in by_stage}


def calibrations() -> Mapping[str, Calibration]:
    """The probability of each stage beside what became of the closed deals whose log says that they were in it."""
    been = StageChange.select(StageChange.before, StageChange.deal).group_by(StageChange.before, StageChange.deal)
    seen = been.alias("seen")

    def ended(status: str) -> Any:
        return fn.SUM(seen.c.deal_id.in_(Deal.select(Deal.id).where(Deal.status == status)))

    counted = Select([seen], [seen.c.before, ended(WON), ended(LOST)]).group_by(seen.c.before).bind(DB)
    found = {stage: (won, won + lost) for stage, won, lost in rows(counted)}
    said = rows(Stage.select(Stage.label, Stage.probability).where(Stage.status == OPEN))
    return {stage: Calibration(stage, odds, *found.get(stage, (0, 0))) for stage, odds in said}
