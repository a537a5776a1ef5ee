"""The sample firm's customers, deals and money received, before they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import Money, total
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.kernel.starter import rows
from desktopapp.sales.models import LOST, OPEN, WON

PRODUCTS = (
    "年度办公用品框架", "仓储货架采购", "劳保用品年度供应", "车间照明改造", "安防系统扩容", "包装耗材续签",
    "叉车租赁服务", "五金配件集采", "会议设备采购", "仓库托管服务", "净水设备安装", "员工福利采购",
)  # fmt: skip
STAGES = (
    ("初步接洽", "0.10"), ("需求确认", "0.30"), ("方案报价", "0.50"), ("商务谈判", "0.75"), ("合同审批", "0.90"),
)  # fmt: skip
LINES = {
    "办公与福利": ("年度办公用品框架", "会议设备采购", "员工福利采购"),
    "仓储与物流": ("仓储货架采购", "叉车租赁服务", "仓库托管服务", "包装耗材续签"),
    "劳保与五金": ("劳保用品年度供应", "五金配件集采"),
    "设备与改造": ("车间照明改造", "安防系统扩容", "净水设备安装"),
}
"""What the firm sells, by its lines of products."""
LOST_REASONS = ("价格高于对手", "客户预算取消", "交期不满足", "选择了原供应商")
SOURCES = ("老客户复购", "转介绍", "展会", "电话拜访", "官网咨询")
LATE = {"单文博": 105, "欧阳静": 81, "仇振华": 67}
"""Whose customer has not paid for a deal, and about how many days ago that closed."""


@frozen
class Seller:
    """How much somebody is asked to sell in a quarter, and what of it he usually reaches."""

    name: str
    since: date
    quota: Money
    skill: Decimal


@frozen
class MadeDeal:
    """A deal that never was."""

    seller: str
    customer: str
    name: str
    amount: Money
    created: date
    close_date: date
    status: str
    stage: str
    probability: Share
    source: str
    lost_reason: str = ""


@frozen
class MadeMove:
    """A step of a made deal, the nth, from one stage to the next."""

    deal: int
    day: date
    before: str
    after: str
    status: str
    days: int


@frozen
class MadePayment:
    """A payment for a made deal, the nth; one without a day is still to come."""

    deal: int
    day: date | None
    amount: Money
    due: date | None


def chance(of: str) -> Random:
    """Chance that falls the same way every time."""
    return Random(of)  # noqa: S311  # made up, not secret


def quota(seller: Seller, quarter: Period, now: Period) -> Money:
    """What a seller is asked to sell in a quarter, in whole 万元: less, the longer ago it is."""
    back = (now.start - quarter.start).days // 90
    ten_thousands = seller.quota.in_yuan / 10_000 * (1 - Decimal("0.04") * back)
    return Money.yuan(round(ten_thousands) * 10_000)


def deals(sellers: Sequence[Seller], quarters: Sequence[Period], today: date) -> list[MadeDeal]:
    """Their deals in these quarters, the last of which is running: what lies ahead is still open."""
    made = [deal for seller in sellers for deal in _deals_of(seller, quarters, today)]
    return sorted(made, key=lambda deal: (deal.created, deal.seller, deal.customer))


def _deals_of(seller: Seller, quarters: Sequence[Period], today: date) -> Iterator[MadeDeal]:
    luck = chance(f"deals {seller.name}")
    customers = [row["name"] for row in rows("sample_customers") if row["manager"] == seller.name]
    for nth, quarter in enumerate(quarters):
        if quarter.start < seller.since:
            continue
        known = customers[: nth + 1]
        wanted = quota(seller, quarter, quarters[-1]) * seller.skill * Decimal(luck.uniform(0.94, 1.07))
        yield from _closed(luck, seller, known, quarter, wanted, today)
        yield from _missed(luck, seller, known, quarter, today)
    yield from _slipped(luck, seller, customers, today)


def product(deal: MadeDeal) -> str:
    """The line of products a deal is about."""
    return next(line for line, names in LINES.items() if deal.name in names)


def moves(made: Sequence[MadeDeal], today: date) -> Iterator[MadeMove]:
    """How each deal came from stage to stage: one that is closed on its day, an open one until lately."""
    luck = chance("moves")
    names = [name for name, _ in STAGES]
    for nth, deal in enumerate(made):
        if deal.status == OPEN:
            way = names[: names.index(deal.stage) + 1]
        else:
            last = len(names) if deal.status == WON else luck.choice((2, 3, 3, 4, 4, 5))
            way = [*names[:last], deal.stage]
        end = deal.close_date if deal.status != OPEN else today - timedelta(days=luck.randint(1, 12))
        parts = [luck.uniform(0.6, 1.8) for _ in way[1:]]
        day, span = deal.created, max((end - deal.created).days, len(parts))
        for before, after, part in zip(way, way[1:], parts, strict=False):
            days = max(1, round(span * part / sum(parts)))
            day = min(day + timedelta(days=days), end if after == way[-1] else today)
            yield MadeMove(nth, day, before, after, deal.status if after == deal.stage else OPEN, days)


def payments(made: Sequence[MadeDeal], today: date) -> Iterator[MadePayment]:
    """What was agreed and received for the deals won; a few customers are late."""
    late = {_oldest_unpaid(made, seller, today - timedelta(days)) for seller, days in LATE.items()}
    luck = chance("payments")
    for nth, deal in enumerate(made):
        if deal.status == WON:
            yield from _paid(luck, nth, deal, today, late=nth in late)


def _closed(
    luck: Random, seller: Seller, known: Sequence[str], quarter: Period, wanted: Money, today: date
) -> Iterator[MadeDeal]:
    """Deals that add up to what was wanted, spread over the quarter, one of them with the newest customer."""
    parts = [luck.uniform(0.6, 1.6) for _ in range(luck.randint(5, 7))]
    newest = luck.randrange(len(parts))
    for nth, part in enumerate(parts):
        customer = known[-1] if nth == newest else luck.choice(known)
        amount = Money(round(wanted.fen * part / sum(parts) / 100_00) * 100_00)
        close = _workday(quarter, (nth + luck.random() * 0.8) / len(parts))
        yield _deal(luck, seller, customer, amount, close, today)


def _deal(luck: Random, seller: Seller, customer: str, amount: Money, close: date, today: date) -> MadeDeal:
    created = close - timedelta(days=luck.randint(18, 75))
    what = luck.choice(PRODUCTS)
    source = luck.choice(SOURCES)
    if close <= today:
        return MadeDeal(
            seller.name, customer, what, amount, created, close, WON, "赢单", Share(1), source
        )
    near = max(0, len(STAGES) - 1 - (close - today).days // 9)
    stage, chance = STAGES[near]
    opened = min(created, today - timedelta(days=luck.randint(2, 20)))
    return MadeDeal(seller.name, customer, what, amount, opened, close, OPEN, stage, Share(chance), source)


def _missed(
    luck: Random, seller: Seller, known: Sequence[str], quarter: Period, today: date
) -> Iterator[MadeDeal]:
    for _ in range(luck.randint(1, 2)):
        won = _deal(luck, seller, luck.choice(known), _some(luck), _workday(quarter, luck.random()), quarter.end)
        reason = luck.choice(LOST_REASONS)
        if won.close_date <= today:
            yield MadeDeal(
                won.seller, won.customer, won.name, won.amount, won.created, won.close_date, LOST, "输单",
                Share(0), won.source, reason,
            )  # fmt: skip


def _slipped(luck: Random, seller: Seller, known: Sequence[str], today: date) -> Iterator[MadeDeal]:
    """Open deals that should have closed by now, or will next quarter."""
    for days in (-luck.randint(3, 25), luck.randint(40, 80)):
        close = today + timedelta(days=days)
        stage, chance = luck.choice(STAGES[1:4])
        yield MadeDeal(
            seller.name, luck.choice(known), luck.choice(PRODUCTS), _some(luck), today - timedelta(days=60), close,
            OPEN, stage, Share(chance), luck.choice(SOURCES),
        )  # fmt: skip


def _paid(luck: Random, nth: int, deal: MadeDeal, today: date, *, late: bool) -> Iterator[MadePayment]:
    """A deposit without a date agreed, and the rest on its day, give or take; a late customer owes the rest."""
    due = deal.close_date + timedelta(days=45)
    deposit = Money(deal.amount.fen * 3 // 10)
    first, last = deal.close_date + timedelta(days=luck.randint(2, 8)), due + timedelta(days=luck.randint(-6, 9))
    if first <= today:
        yield MadePayment(nth, first, deposit, None)
    came = min(last, today) if due < today else last
    received = came <= today and not late
    yield MadePayment(nth, came if received else None, total((deal.amount, -deposit)), due)


def _oldest_unpaid(made: Sequence[MadeDeal], seller: str, around: date) -> int | None:
    """The deal a seller won nearest to a day."""
    won = [nth for nth, deal in enumerate(made) if deal.seller == seller and deal.status == WON]
    return min(won, key=lambda nth: abs((made[nth].close_date - around).days), default=None)


def _workday(quarter: Period, share: float) -> date:
    """The working day so far into a quarter."""
    day = quarter.start + timedelta(days=int((quarter.end - quarter.start).days * share))
    after = timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return min(day + after, quarter.end)


def _some(luck: Random) -> Money:
    return Money.yuan(luck.randint(30, 260) * 1000)
