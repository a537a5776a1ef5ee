"""The metrics that sales data can answer: for everybody at once by person or by team, or for the firm as a whole.

Each says what rows it is read from, so that a figure leads to them. One whose data the firm does not
keep, no activities or no due dates, is not answered: nothing known is not nought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from peewee import SQL, Case, Select, fn

from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.period import Period
from desktopapp.sales.models import Activity, Collection, Lead, Order
from desktopapp.sales.queries.cuts import KINDS, Columns, Cut, Days, Scope, asked, basis, question, year_to
from desktopapp.storage import DB, once, rows
from desktopapp.team.models import Person
from desktopapp.team.rules import FIRM, PERSON

Whose = int | str | None
"""A person by number, a team by name, or None for the firm."""
Answers = Mapping[Whose, Decimal]
_Counts = Callable[["Asked"], dict[Whose, Decimal]]
DUES, LEADS, ACTIVITIES = "dues", "leads", "activities"
SALES_DAYS, LARGEST = 90, 5
"""Days the sales of a collection period are taken of, and how many customers concentration looks at."""


@frozen
class Asked:
    """By whom figures are wanted, of which period, as of which day."""

    level: str
    period: Period | Days
    today: date

    @property
    def day(self) -> date:
        """The last day they are of."""
        return min(self.today, self.period.end)

    def cut(self, kind: str, at: str = "", period: Period | Days | None = None) -> Cut:
        """Rows of a kind, everybody's."""
        return Cut(kind, Scope(period or self.period), self.day, at, past=self.day < self.today)

    def of(self, c: Any) -> Any:
        """Whose a row is."""
        if self.level == FIRM:
            return SQL("null")
        return c.person if self.level == PERSON else Person.select(Person.team).where(Person.id == c.person)

    def values(self, cut: Cut, value: Columns) -> dict[Whose, tuple[Any, ...]]:
        """What is asked of the rows of a cut, for each it is asked of."""
        found = asked(cut, lambda c: [self.of(c), *value(c)], by=lambda c: [self.of(c)])
        return {whose: tuple(figures) for whose, *figures in found if whose or self.level == FIRM}

    def sums(self, cut: Cut) -> Any:
        """What each customer comes to in a cut, for each it is asked of, as a subquery."""

        def columns(c: Any) -> list[Any]:
            return [self.of(c).alias("of"), c.customer, fn.SUM(c.amount).alias("sum")]

        return question(cut, columns, by=lambda c: [self.of(c), c.customer]).alias("by_customer")


def _yuan(kind: str, at: str = "") -> _Counts:
    """The sum of a kind of rows."""

    def counts(a: Asked) -> dict[Whose, Decimal]:
        found = a.values(a.cut(kind, at), lambda c: [fn.SUM(getattr(c, KINDS[kind].amount))])
        return {whose: Decimal(fen or 0) / 100 for whose, (fen,) in found.items()}

    return counts


def _number(kind: str) -> _Counts:
    """How many rows of a kind there are."""

    def counts(a: Asked) -> dict[Whose, Decimal]:
        found = a.values(a.cut(kind), lambda c: [fn.COUNT(c.id)])
        return {whose: Decimal(count) for whose, (count,) in found.items()}

    return counts


def _average(a: Asked) -> dict[Whose, Decimal]:
    found = a.values(a.cut("won"), lambda c: [fn.SUM(c.amount), fn.COUNT(c.id) * 100])
    return _divided(found)


def _collection_rate(a: Asked) -> dict[Whose, Decimal]:
    """Of the payments that fell due, what came by then: no payment makes up for another."""

    def parts(c: Any) -> list[Any]:
        came = fn.COALESCE(c.amount, 0) * fn.COALESCE(c.day <= a.day, 0)
        return [fn.SUM(fn.MIN(came, c.planned)) * 100, fn.SUM(c.planned)]

    return _divided(a.values(a.cut("due"), parts))


def _dso(a: Asked) -> dict[Whose, Decimal]:
    quarter = Days(a.day - timedelta(days=SALES_DAYS - 1), a.day)
    owed = a.values(a.cut("owed"), lambda c: [fn.SUM(c.rest)])
    sold = a.values(a.cut("won", period=quarter), lambda c: [fn.SUM(c.amount)])
    return _divided({whose: ((owed.get(whose, (0,))[0] or 0) * SALES_DAYS, fen) for whose, (fen,) in sold.items()})


def _lead_wins(a: Asked) -> dict[Whose, Decimal]:
    leads = a.values(a.cut("leads"), lambda c: [fn.COUNT(c.id)])
    won = a.values(a.cut("won"), lambda c: [fn.COUNT(c.customer.distinct())])
    return _divided({whose: (won.get(whose, (0,))[0] * 100, count) for whose, (count,) in leads.items()})


def _leads_a_week(a: Asked) -> dict[Whose, Decimal]:
    weeks = Decimal(max((a.day - a.period.start).days + 1, 1)) / 7
    found = a.values(a.cut("leads"), lambda c: [fn.COUNT(c.id)])
    return {whose: _rounded(count / weeks) for whose, (count,) in found.items()}


def _divided(parts: Mapping[Whose, tuple[Any, ...]]) -> dict[Whose, Decimal]:
    """The first by the second, to two places; nothing where there is no second."""
    return {whose: _rounded(Decimal(above or 0) / Decimal(below)) for whose, (above, below) in parts.items() if below}


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _concentration(a: Asked) -> dict[Whose, Decimal]:
    """What the five largest payers paid, of all that was paid."""
    by_customer = a.sums(a.cut("collected"))
    rank = fn.ROW_NUMBER().over(partition_by=[by_customer.c.of], order_by=[by_customer.c.sum.desc()])
    ranked = Select([by_customer], [by_customer.c.of, by_customer.c.sum, rank.alias("rank")]).alias("ranked")
    most = fn.SUM(Case(None, [(ranked.c.rank <= LARGEST, ranked.c.sum)], 0))
    found = Select([ranked], [ranked.c.of, most * 100, fn.SUM(ranked.c.sum)]).group_by(ranked.c.of).bind(DB)
    return _divided({whose: (above, below) for whose, above, below in rows(found) if whose or a.level == FIRM})


def _key_accounts(a: Asked) -> dict[Whose, Decimal]:
    """Customers that bought for the sum that makes one a key account within the year up to the day."""
    by_customer = a.sums(a.cut("won", period=year_to(a.day)))
    wanted = by_customer.c.sum >= basis().key_account.fen
    found = Select([by_customer], [by_customer.c.of, fn.COUNT(by_customer.c.sum)]).where(wanted)
    counted = rows(found.group_by(by_customer.c.of).bind(DB))
    return {whose: Decimal(count) for whose, count in counted if whose or a.level == FIRM}


@once
def known() -> frozenset[str]:
    """What the file holds of what not every firm keeps: due dates, leads, activities."""
    there = {
        DUES: Collection.due.is_null(False), LEADS: Lead.id > 0, ACTIVITIES: Activity.id > 0,
    }  # fmt: skip
    ordered = Order.select(SQL("1")).where(Order.due.is_null(False))
    found = [fn.EXISTS(where.lhs.model.select(SQL("1")).where(where)) for where in there.values()]
    asked_ = Select(columns=[*found, fn.EXISTS(ordered)]).bind(DB)
    [(*each, orders)] = rows(asked_)
    return frozenset(name for name, is_there in zip(there, each, strict=True) if is_there or (name == DUES and orders))


@frozen
class Measure:
    """One metric: how it is counted, what rows a figure leads to, and what the file must hold for that."""

    counts: _Counts
    kind: str
    at: str = ""
    adds_up: bool = False
    """Whether it grows from nothing within the period; else it is a level, which may begin anywhere."""
    none_is_nought: bool = False
    """Whether nobody's rows mean nought, not that nothing is known."""
    needs: str = ""


def _flow(counts: _Counts, kind: str, needs: str = "") -> Measure:
    return Measure(counts, kind, adds_up=True, none_is_nought=True, needs=needs)


MEASURES: Mapping[str, Measure] = {
    "signed_amount": _flow(_yuan("won"), "won"),
    "collected_amount": _flow(_yuan("collected"), "collected"),
    "collection_rate": Measure(_collection_rate, "due", needs=DUES),
    "overdue_60_amount": Measure(_yuan("owed", "61"), "owed", "61", none_is_nought=True, needs=DUES),
    "dso_days": Measure(_dso, "owed", needs=DUES),
    "new_customer_count": _flow(_number("new"), "new"),
    "lead_win_rate": Measure(_lead_wins, "leads", needs=LEADS),
    "avg_deal": Measure(_average, "won"),
    "qualified_visits": _flow(_number("visits"), "visits", ACTIVITIES),
    "customer_concentration": Measure(_concentration, "collected"),
    "key_account_count": Measure(_key_accounts, "key_accounts", none_is_nought=True),
    "qualified_leads": Measure(_leads_a_week, "leads", needs=LEADS, none_is_nought=True),
    "referral_wins": _flow(_number("referred"), "referred"),
    "open_amount": Measure(_yuan("open"), "open", none_is_nought=True),
}
"""What sales data can answer, by the name of the metric. The last is no metric by itself; coverage is made of it."""


def measured(metric: str, level: str, period: Period | Days, today: date) -> Answers:
    """What a metric comes to for everybody of a level; who is missing has no figure, or none but nought."""
    day = period.end if MEASURES[metric].adds_up else today  # what adds up is the same whatever day it is asked on
    return _measured(metric, level, period, day)


@once
def _measured(metric: str, level: str, period: Period | Days, today: date) -> Answers:
    return MEASURES[metric].counts(Asked(level, period, today))


def cut_of(metric: str, period: Period | Days, today: date, *, person: int | None, team: str) -> Cut:
    """The rows a figure of a metric is made of."""
    measure, a = MEASURES[metric], Asked(PERSON, period, today)
    return replace(a.cut(measure.kind, measure.at), scope=Scope(period, person, team))
