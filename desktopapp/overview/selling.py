"""How sales stand in a period: of all, of one person, a product, a level of customer; beside what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from desktopapp.goals import queries as goals
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import ZERO, Money, total
from desktopapp.kernel.period import MONTH, Period
from desktopapp.kernel.share import Share
from desktopapp.overview.standing import share_of
from desktopapp.sales import queries as sales
from desktopapp.sales.queries import figures
from desktopapp.sales.queries.cuts import NOBODY, UNSAID, Cut, Scope
from desktopapp.sales.queries.figures import PERSON, PRODUCT, TIER, Due, Key, Part, StageLine, Step
from desktopapp.sales.rules import Forecast, win_rate
from desktopapp.team import queries as team

WAYS = ((PERSON, N_("Account manager")), (PRODUCT, N_("Product")), (TIER, N_("Customer level")))
"""By what figures can be parted, each with its word."""
MONTHS = 6
"""Months shown at least."""


@frozen
class Seller:
    """One person, product or level: what was asked, what came, what is still to come."""

    key: Key
    name: object
    """A text, or a message where there is none."""
    scope: Scope
    target: Money | None
    won: Money
    deals: int
    win_rate: Share | None
    open: Money
    collected: Money

    @property
    def attainment(self) -> Share | None:
        """What was sold as a part of what was asked."""
        return share_of(self.won, self.target)


@frozen
class Month:
    """A month: what was won, what the open deals due in it may bring, what was asked."""

    month: Period
    won: Money
    expected: Money
    target: Money


@frozen
class Selling:
    """Everything the page of figures and the summary on paper say."""

    scope: Scope
    today: date
    forecast: Forecast
    collected: Money
    won: int
    lost: int
    owed: tuple[Due, ...]
    sellers: tuple[Seller, ...]
    steps: tuple[Step, ...]
    months: tuple[Month, ...]
    stages: tuple[StageLine, ...]

    @property
    def attainment(self) -> Share | None:
        """What was sold as a part of what was asked."""
        return share_of(self.forecast.won, self.forecast.target)

    @property
    def win_rate(self) -> Share | None:
        """The part of the closed deals that was won."""
        return win_rate(self.won, self.lost)

    @property
    def late(self) -> Money:
        """What is owed and late."""
        return total(each.sum for each in self.owed[1:])

    def cut(self, kind: str, at: str = "") -> Cut:
        """Rows of one kind within all of this."""
        return Cut(kind, self.scope, self.today, at)


def selling(scope: Scope, by: str, today: date) -> Selling:
    """How sales stand within a scope, parted by one of `WAYS`."""
    assert isinstance(scope.period, Period)
    wanted = _months(scope.period)
    said = _asked_between(wanted[0], wanted[-1])
    here = frozenset(row.id for row in team.people())
    asked = targets(scope.period, said)
    target = _target(scope, asked, here)
    _, won = sales.total(Cut("won", scope, today))
    _, lost = sales.total(Cut("lost", scope, today))
    received, _ = sales.total(Cut("collected", scope, today))
    return Selling(
        scope, today, figures.forecast(scope, today, target), received, won, lost, tuple(figures.ageing(scope, today)),
        sellers(scope, by, today, asked), tuple(figures.funnel(scope, today)),
        _by_month(scope, wanted, said, here, today), tuple(figures.stage_lines(scope, today)),
    )  # fmt: skip


def sellers(scope: Scope, by: str, today: date, asked: Mapping[int, Money] | None = None) -> tuple[Seller, ...]:
    """The parts of a scope, the one that sold most first; by person everybody at work, though he sold nothing."""
    assert isinstance(scope.period, Period)
    found = figures.parts(by, scope, today)
    if by != PERSON:
        return tuple(_seller(part, part.key if part.key != UNSAID else M("Not said"), None) for part in found)
    if asked is None:
        asked = targets(scope.period)
    names = {row.id: row.name for row in team.people(leavers=True, owner=True)}
    there = {part.key for part in found}
    wanted = [row.id for row in team.people() if scope.person in (None, row.id) and row.id not in there]
    idle = [] if scope.product or scope.tier else [Part(each, replace(scope, person=each)) for each in wanted]
    plain = not scope.product and not scope.tier
    return tuple(
        _seller(part, names.get(int(part.key), "") if part.key != NOBODY else M("Nobody on the team"),
                asked.get(int(part.key)) if plain else None)
        for part in (*found, *idle)
    )  # fmt: skip


Asked = Sequence[tuple[int, Period, Decimal]]
"""What was asked of whom for which period, in yuan."""


def _asked_between(first: Period, last: Period) -> Asked:
    return goals.targets(goals.RESULT, first, last)


def targets(period: Period, said: Asked | None = None) -> dict[int, Money]:
    """The result asked of each person in a period: by a goal of just that period, or by the parts of others in it."""
    found: dict[int, Money] = {}
    if said is None:
        said = _asked_between(period, period)
    for person, of, target in said:
        if of == period:
            found[person] = Money.yuan(target)
    for person in {each for each, _, _ in said} - found.keys():
        months_ = [_asked_in(month, [row for row in said if row[0] == person]) for month in period.within()]
        if any(each is not None for each in months_):
            found[person] = total(Money.yuan(each) for each in months_ if each is not None)
    return found


def _asked_in(month: Period, said: Asked) -> Decimal | None:
    """A month's part of what was asked of somebody, by the goal of the shortest period it lies in."""
    around = [(of.months, target) for _, of, target in said if of.holds(month.start) and of.holds(month.end)]
    if not around:
        return None
    length, target = min(around)
    return target / length


def _target(scope: Scope, asked: Mapping[int, Money], here: frozenset[int]) -> Money | None:
    """What is asked of the whole scope; nothing is asked by product or level."""
    if scope.product or scope.tier:
        return None
    if scope.person is not None:
        return asked.get(scope.person)
    assert isinstance(scope.period, Period)
    own = goals.firm_target(scope.period)
    if own is not None:
        return Money.yuan(own)
    return total(target for person, target in asked.items() if person in here) if here & asked.keys() else None


def _months(period: Period) -> list[Period]:
    """The months of a period, with as many before it as make half a year."""
    wanted = list(period.within())
    while len(wanted) < MONTHS:
        wanted.insert(0, wanted[0].before)
    return wanted


def _by_month(
    scope: Scope, wanted: Sequence[Period], said: Asked, here: frozenset[int], today: date
) -> tuple[Month, ...]:
    won = figures.by_month("won", scope, wanted, today)
    coming = figures.expected_by_month(scope, wanted, today)
    found = []
    for month in wanted:
        asked = targets(month, said)
        person = scope.person
        of = [target for each, target in asked.items() if (each in here if person is None else each == person)]
        plain = not scope.product and not scope.tier
        found.append(Month(month, won[month], coming[month], total(of) if plain else ZERO))
    return tuple(found)


def _seller(part: Part, name: object, target: Money | None) -> Seller:
    return Seller(part.key, name, part.scope, target, part.won, part.deals, part.win_rate, part.open, part.collected)


def said(forecast: Forecast) -> tuple[Message, ...]:
    """What is to be known of a forecast beside its figures."""
    told = []
    if forecast.slipped.count:
        told.append(M("{count} {count:open deal|open deals} of {sum} {count:is past its date; nothing is expected of "
                      "it until it has|are past their date; nothing is expected of them until they have} a new one.",
                      count=forecast.slipped.count, sum=forecast.slipped.amount))  # fmt: skip
    if forecast.undated.count:
        told.append(M("{count} {count:open deal|open deals} of {sum} {count:has|have} no date.",
                      count=forecast.undated.count,
                      sum=forecast.undated.amount))  # fmt: skip
    if forecast.coming.unrated:
        told.append(M("{count} {count:deal has no probability; nothing is expected of it|deals have no probability; "
                      "nothing is expected of them}.", count=forecast.coming.unrated))
    if forecast.remaining and forecast.coverage is not None:
        told.append(M("Still to be sold: {rest}. The open deals are {times} {times:time|times} that; three times is "
                      "usual.",
                      rest=forecast.remaining, times=f"{forecast.coverage:.1f}"))  # fmt: skip
    return tuple(told)


def last_periods(today: date) -> tuple[Period, ...]:
    """The periods figures are asked for, the running one first: the season's, its year, and its months."""
    season = team.season()
    running = season.of(today)
    before = [running]
    while len(before) < 5:
        before.append(before[-1].before)
    year = season.of(today, 12)
    month = Period.of(today, MONTH)
    return tuple(dict.fromkeys((*before, year, year.before, month, month.before)))
