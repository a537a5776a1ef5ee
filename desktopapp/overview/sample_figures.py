"""Writing the sample firm, area by area, through the areas' own requests where they are quick enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from desktopapp.goals import service as goals
from desktopapp.goals.rules import LONG
from desktopapp.goals.service import Draft
from desktopapp.kernel.money import Money, total
from desktopapp.kernel.period import HALF, YEAR, Period
from desktopapp.kernel.share import Share
from desktopapp.kernel.starter import rows as starter_rows
from desktopapp.overview import sample_reviews, sample_sales, sample_talks, sample_team
from desktopapp.overview.sample_reviews import Standing
from desktopapp.overview.sample_sales import MadeDeal, MadeMove, MadePayment, Seller
from desktopapp.sales import queries as sales
from desktopapp.sales.models import LOST, OPEN, WON, Account, Collection, Deal, Stage, StageChange
from desktopapp.storage import Record, bulk, rows
from desktopapp.team import queries as roster
from desktopapp.team import service as team
from desktopapp.team.rules import PERSON

SYSTEM = "sample"
"""The source system of the sample's customers and deals, so that no file of the owner's meets them."""
Values = dict[str, Any]
"""A row by the names of its columns."""
PAID_PART = Decimal("0.9")
"""How much of what is to be sold is to come in as money."""


def write(today: date) -> None:
    """Write the whole firm as of a day."""
    quarters = _quarters(today)
    people = list(sample_team.people(today))
    ids = _team(people, today)
    sellers = sample_team.sellers(people)
    made = sample_sales.deals(sellers, quarters, today)
    _sales(made, ids, today)
    _goals(sellers, ids, {each["name"]: each["team"] for each in people}, quarters[1:], today)
    _reviews(sellers, made, ids, quarters[1:], today)


def _quarters(today: date) -> list[Period]:
    """The running quarter and the five before it, the oldest first."""
    quarters = [Period.of(today)]
    for _ in range(5):
        quarters.insert(0, quarters[0].before)
    return quarters


def _team(people: Sequence[dict[str, Any]], today: date) -> dict[str, int]:
    firm = roster.firm()
    if firm is None or not firm.name:
        team.name_firm(name=sample_team.FIRM, owner=sample_team.OWNER)
    numbers = team.add_many(people, today=today)
    return {each["name"]: number for each, number in zip(people, numbers, strict=True)}


def _sales(made: Sequence[MadeDeal], ids: Mapping[str, int], today: date) -> None:
    _write(Stage, map(_stage, count(1), (*sample_sales.STAGES, ("赢单", "1"), ("输单", "0"))))
    _write(Account, (_account(nth, row, ids) for nth, row in enumerate(starter_rows("sample_customers"), 1)))
    accounts = dict(rows(Account.select(Account.name, Account.id).where(Account.system == SYSTEM)))
    _write(Deal, (_deal(nth, each, ids, accounts) for nth, each in enumerate(made, 1)))
    deals = [number for (number,) in rows(Deal.select(Deal.id).where(Deal.system == SYSTEM).order_by(Deal.id))]
    paid = enumerate(sample_sales.payments(made, today), 1)
    _write(StageChange, (_move(each, deals[each.deal]) for each in sample_sales.moves(made, today)))
    _write(Collection, (_payment(nth, each, made[each.deal], deals[each.deal], ids) for nth, each in paid))


def _stage(position: int, stage: tuple[str, str]) -> Values:
    label, probability = stage
    status = {"1": WON, "0": LOST}.get(probability, OPEN)
    return {"label": label, "status": status, "probability": Share(probability), "position": position}


def _account(nth: int, row: Mapping[str, str], ids: Mapping[str, int]) -> Values:
    seller = row["manager"]
    named = {name: row[name] for name in ("name", "level", "industry", "city")}
    return {**named, "external": f"C{nth:04}", "owner": seller, "person": ids[seller]}


def _deal(nth: int, made: MadeDeal, ids: Mapping[str, int], accounts: Mapping[str, int]) -> Values:
    values = {each.name: getattr(made, each.name) for each in fields(made)}
    seller = values.pop("seller")
    return {
        **values, "external": f"D{nth:04}", "product": sample_sales.product(made), "owner": seller,
        "person": ids[seller],
        "account": accounts[made.customer],
    }  # fmt: skip


def _move(made: MadeMove, deal: int) -> Values:
    return {**{each.name: getattr(made, each.name) for each in fields(made)}, "deal": deal}


def _payment(nth: int, paid: MadePayment, of: MadeDeal, deal: int, ids: Mapping[str, int]) -> Values:
    return {
        "external": f"P{nth:04}", "person": ids[of.seller], "deal": deal, "customer": of.customer, "day": paid.day,
        "amount": paid.amount if paid.day else None, "planned": paid.amount if paid.due else None, "due": paid.due,
    }  # fmt: skip


def _write(table: type[Record], values: Iterable[Values]) -> None:
    """Write many rows, columns not named as the table has them by default."""
    columns = [field for field in table._meta.sorted_fields if not field.primary_key]
    whole = ({"system": SYSTEM, **each} for each in values)
    bulk(table, columns, ([f.db_value(each.get(f.name, f.default)) for f in columns] for each in whole))


def _goals(
    sellers: Sequence[Seller], ids: Mapping[str, int], teams: Mapping[str, str], quarters: Sequence[Period],
    today: date,
) -> None:  # fmt: skip
    year, now = Period.of(today, YEAR), quarters[-1]
    above = _above(sellers, teams, quarters, year)
    for seller in sellers:
        luck = sample_sales.chance(f"goals {seller.name}")
        person, serves = ids[seller.name], above[teams[seller.name]]
        if seller.since < year.start:
            annual = _annual("年度签约额", _of_year(seller, year, now), serves)
            [serves] = goals.set_goals(person=person, period=year, goals=[annual], today=year.start)
        for quarter in _served(seller, quarters):
            within = serves if year.holds(quarter.start) else None
            drafts = _quarterly(sample_sales.quota(seller, quarter, now), within)
            *_, visits = goals.set_goals(person=person, period=quarter, goals=drafts, today=quarter.start)
            day = min(today, quarter.end - timedelta(days=3))
            done = round(60 * seller.skill * Decimal(quarter.elapsed(day)) * Decimal(luck.uniform(0.9, 1.1)))
            goals.check_in(goal=visits, day=day, value=Decimal(done), comment="按拜访记录统计", today=today)


def _above(
    sellers: Sequence[Seller], teams: Mapping[str, str], quarters: Sequence[Period], year: Period
) -> dict[str, int]:
    """The goals of the firm, for the year and its quarters, and those of its teams, which are given by name."""
    now, of_team = quarters[-1], defaultdict[str, list[Money]](list)
    for seller in sellers:
        of_team[teams[seller.name]].append(_of_year(seller, year, now))
    whole = total(quota for each in of_team.values() for quota in each)
    [firm] = goals.set_goals(period=year, goals=[_annual("公司年度签约额", whole, None)], today=year.start)
    for quarter in quarters:
        if year.holds(quarter.start):
            there = [each for each in sellers if _served(each, [quarter])]
            drafts = _of_firm(total(sample_sales.quota(each, quarter, now) for each in there), firm)
            goals.set_goals(period=quarter, goals=drafts, today=quarter.start)
    found = {}
    for name, quotas in of_team.items():
        draft = _annual("小组年度签约额", total(quotas), firm)
        [found[name]] = goals.set_goals(team=name, period=year, goals=[draft], today=year.start)
    return found


def _of_firm(quota: Money, serves: int) -> list[Draft]:
    return [
        Draft(name="公司季度签约额", target=quota.in_yuan, weight=Decimal(60), metric="signed_amount", parent=serves),
        Draft(name="公司季度回款额", target=(quota * PAID_PART).in_yuan, weight=Decimal(40), metric="collected_amount"),
    ]


def _of_year(seller: Seller, year: Period, now: Period) -> Money:
    """What a seller is asked to sell in the quarters of a year he is there for."""
    quarters = [Period.of(month.start) for month in year.within()[::3]]
    return total(sample_sales.quota(seller, quarter, now) for quarter in _served(seller, quarters))


def _annual(name: str, wanted: Money, serves: int | None) -> Draft:
    return Draft(
        name=name, target=wanted.in_yuan, weight=Decimal(100), horizon=LONG, metric="signed_amount", parent=serves,
        note="按季度分解到每位客户，季末复盘。",
    )  # fmt: skip


def _quarterly(quota: Money, serves: int | None) -> list[Draft]:
    return [
        Draft(name="季度签约额", target=quota.in_yuan, weight=Decimal(50), metric="signed_amount",
              parent=serves, note="老客户续签打底，每月至少一单新签。"),
        Draft(name="季度回款额", target=(quota * PAID_PART).in_yuan, weight=Decimal(30), metric="collected_amount",
              note="每周五对账，到期前一周提醒。"),
        Draft(name="新签客户", target=Decimal(1), weight=Decimal(10), metric="new_customer_count"),
        Draft(name="有效拜访", target=Decimal(60), weight=Decimal(10), metric="qualified_visits"),
    ]  # fmt: skip


def _reviews(
    sellers: Sequence[Seller], made: Sequence[MadeDeal], ids: Mapping[str, int], quarters: Sequence[Period],
    today: date,
) -> None:  # fmt: skip
    *past, last, now = quarters
    half = _half(past)
    for quarter in past:
        if quarter.end == half.end:
            sample_reviews.half_year(half, _standings(sellers, made, ids, half, now))
        sample_reviews.signed(quarter, _standings(sellers, made, ids, quarter, now))
    sample_reviews.running(last, _standings(sellers, made, ids, last, now), today)
    sample_talks.write(today)


def _half(quarters: Sequence[Period]) -> Period:
    """The last half-year that ends with one of these quarters."""
    halves = [Period.of(quarter.start, HALF) for quarter in quarters]
    return next(half for half, quarter in zip(reversed(halves), reversed(quarters), strict=True)
                if half.end == quarter.end)  # fmt: skip


def _standings(
    sellers: Sequence[Seller], made: Sequence[MadeDeal], ids: Mapping[str, int], period: Period, now: Period
) -> list[Standing]:
    """What everybody who was there for the whole of a period did in it."""
    sold, collected = sales.sold_by_person(period), sales.collected_by_person(period)
    new = sales.measured("new_customer_count", PERSON, period, period.end)
    quarters = [Period.of(month.start) for month in period.within()[::3]]
    standings = []
    for seller in sellers:
        if period not in _served(seller, [period]):
            continue
        person, quota = ids[seller.name], total(sample_sales.quota(seller, quarter, now) for quarter in quarters)
        standings.append(
            Standing(
                person, seller.name, seller.skill, sold.get(person, Money(0)), quota, collected.get(person, Money(0)),
                quota * PAID_PART, int(new.get(person, 0)), _best_customer(made, seller, period),
            )
        )  # fmt: skip
    return standings


def _served(seller: Seller, quarters: Iterable[Period]) -> list[Period]:
    """The quarters he was there for from their first day."""
    return [quarter for quarter in quarters if quarter.start >= seller.since]


def _best_customer(made: Sequence[MadeDeal], seller: Seller, quarter: Period) -> str:
    of_his = [deal for deal in made if deal.seller == seller.name and quarter.holds(deal.close_date)]
    return max(of_his, key=lambda deal: deal.amount).customer
