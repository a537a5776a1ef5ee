"""What a figure is made of: one description gives its sum and the rows a click on it lists, so the two always agree.

A `Cut` names rows of one kind within a scope. Sums in other currencies than the firm's own are no part of any
figure; they have a kind of their own, so that the owner sees that they are there.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from peewee import SQL, Case, Select, fn

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.sales import rules
from desktopapp.sales.models import (
    LOST,
    OMITTED,
    OPEN,
    VOID,
    WON,
    Account,
    Activity,
    Basis,
    Collection,
    Deal,
    Lead,
    Stage,
    StageChange,
)
from desktopapp.sales.queries.owed import NAMES, owed
from desktopapp.storage import DB, keys, once, rows
from desktopapp.team.models import Person

NOBODY = 0
"""In place of a person: what is nobody's on the team."""
UNSAID = "—"
"""In place of a product or a level: what names none."""


@frozen
class BasisRow:
    """What the owner measures by."""

    key_account: Money = Basis.key_account.default
    no_contact: int = Basis.no_contact.default


@once
def basis() -> BasisRow:
    """What the owner measures by, or what is usual."""
    for row in rows(Basis.select(Basis.key_account, Basis.no_contact)):
        return BasisRow(*row)
    return BasisRow()


@frozen
class Days:
    """From one day to another, both included, where that is no period of the calendar."""

    start: date
    end: date


@frozen
class Scope:
    """When, whose, of which product, of which level of customer."""

    period: Period | Days
    person: int | None = None
    team: str = ""
    product: str = ""
    tier: str = ""


@frozen
class Cut:
    """Rows of one kind within a scope, as of a day; `at` says which stage, or how many days late."""

    kind: str
    scope: Scope
    today: date
    at: str = ""
    past: bool = False
    """Of what is owed: as it was on that day, not as it is."""


@frozen
class Kind:
    """Rows that are counted together."""

    title: str
    table: Any
    """A model; none for what is owed, which stands in two."""
    where: Callable[[Any, Cut], Iterable[Any]]
    """The conditions, given the table and the cut."""
    amount: str = "amount"
    """The column that is added up; none where rows are only counted."""
    day: str = "day"


def of(c: Any, names: Container[str], scope: Scope) -> Iterator[Any]:
    """The conditions that keep rows to a scope, its period aside; `names` are the columns they have."""
    if scope.person is not None:
        yield c.person == scope.person if scope.person else c.person.is_null()
    if scope.team:
        yield c.person.in_(Person.select(Person.id).where(Person.team == scope.team))
    if scope.product:
        yield _of_product(c, names, "" if scope.product == UNSAID else scope.product)
    if scope.tier:
        yield _of_tier(c, names, "" if scope.tier == UNSAID else scope.tier)


def _of_product(c: Any, names: Container[str], product: str) -> Any:
    if "product" in names:
        return c.product == product
    if "deal" not in names:
        return SQL("0")  # such rows know of no product
    return fn.COALESCE(Deal.select(Deal.product).where(Deal.id == c.deal), "") == product


def _of_tier(c: Any, names: Container[str], tier: str) -> Any:
    if "account" not in names:
        return SQL("0")
    return fn.COALESCE(Account.select(Account.level).where(Account.id == account_of(c, names)), "") == tier


def account_of(c: Any, names: Container[str]) -> Any:
    """The customer a row belongs to, itself or by its deal."""
    if "deal" not in names:
        return c.account
    return fn.COALESCE(c.account, Deal.select(Deal.account).where(Deal.id == c.deal))


def within(day: Any, period: Period | Days) -> Any:
    """Whether a day falls into a period."""
    return day.between(period.start, period.end)


def own(table: Any) -> Any:
    """Whether a sum is in the firm's own money."""
    return table.currency == ""


def last_contact(deal: Any) -> Any:
    """The day somebody last spoke to a deal's customer, as the deal, the customer and the log of contacts say.

    Empty where none of them says anything: nothing known is not long ago.
    """
    logged = Activity.select(fn.MAX(Activity.day)).where(Activity.customer == deal.customer, deal.customer != "")
    of_customer = Account.select(Account.last_activity).where(Account.id == deal.account)
    return fn.MAX(*(fn.COALESCE(each, "") for each in (deal.last_activity, of_customer, logged)))


def _quiet(deal: Any, cut: Cut) -> Any:
    last = last_contact(deal)
    return (last != "") & (last < str(cut.today - timedelta(days=basis().no_contact)))


def _closed(*statuses: str) -> Callable[[Any, Cut], Sequence[Any]]:
    def where(deal: Any, cut: Cut) -> Sequence[Any]:
        status = deal.status == statuses[0] if len(statuses) == 1 else deal.status.in_(statuses)
        return status, own(deal), within(deal.close_date, cut.scope.period)

    return where


def _open(more: Callable[[Any, Cut], Any] | None = None) -> Callable[[Any, Cut], Sequence[Any]]:
    def where(deal: Any, cut: Cut) -> Sequence[Any]:
        return deal.status == OPEN, own(deal), *((more(deal, cut),) if more else ())

    return where


def _coming(deal: Any, cut: Cut) -> Any:
    counts = deal.category.is_null() | (deal.category != OMITTED)
    return counts & deal.close_date.between(max(cut.today, cut.scope.period.start), cut.scope.period.end)


FAR = 1_000_000
"""How far a deal came that was won: past every stage."""


def reach(deal: Any) -> Any:
    """How far a deal came: the place of the furthest stage it was in, as its log and its present stage say."""
    now = Stage.select(Stage.position).where(Stage.label == deal.stage, Stage.status == OPEN)
    passed = (
        StageChange.select(fn.MAX(Stage.position))
        .join(Stage, on=Stage.label == StageChange.before)
        .where(StageChange.deal == deal.id, Stage.status == OPEN)
    )
    furthest = fn.MAX(fn.COALESCE(now, 0), fn.COALESCE(passed, 0))
    return Case(None, [(deal.status == WON, FAR)], furthest)


def _dated(deal: Any, cut: Cut) -> Iterator[Any]:
    """Deals that were to close in the period, whatever became of them, from a stage on where one is named."""
    yield deal.status.in_((OPEN, WON, LOST))
    yield own(deal)
    yield within(deal.close_date, cut.scope.period)
    if cut.at:
        yield reach(deal) >= Stage.select(Stage.position).where(Stage.label == cut.at)


def been_in(stage: str) -> Any:
    """The deals whose log says that they left a stage."""
    return StageChange.select(StageChange.deal).where(StageChange.before == stage)


def _been(deal: Any, cut: Cut) -> Sequence[Any]:
    """Deals of any time that came to an end and had been in a stage."""
    return deal.status.in_((WON, LOST)), deal.id.in_(been_in(cut.at))


def first_of_customer(deal: Any) -> Any:
    """Whether a won deal is its customer's first."""
    other = Deal.alias("other")
    sooner = (other.close_date < deal.close_date) | ((other.close_date == deal.close_date) & (other.id < deal.id))
    before = other.select(SQL("1")).where(other.customer == deal.customer, other.status == WON, sooner)
    return (deal.customer != "") & ~fn.EXISTS(before)


def _new(deal: Any, cut: Cut) -> Sequence[Any]:
    return deal.status == WON, within(deal.close_date, cut.scope.period), first_of_customer(deal)


def _referred(deal: Any, cut: Cut) -> Sequence[Any]:
    said = fn.LOWER(deal.source)
    return *_new(deal, cut), said.contains("介绍") | said.contains("referr")


def year_to(day: date) -> Days:
    """The 365 days up to a day."""
    return Days(day - timedelta(days=364), day)


def _of_key_accounts(deal: Any, cut: Cut) -> Sequence[Any]:
    """What customers bought in a year who bought enough to be key accounts."""
    year = (deal.status == WON, own(deal), within(deal.close_date, year_to(cut.today)))
    large = deal.select(deal.customer).where(*year).group_by(deal.customer)
    return *year, deal.customer.in_(large.having(fn.SUM(deal.amount) >= basis().key_account.fen))


def _owed(owed: Any, cut: Cut) -> Iterator[Any]:
    least, most = rules.SPANS[cut.at] if cut.at else (None, None)
    if least is not None:
        yield owed.due <= str(cut.today - timedelta(days=least))
    if most is not None:
        yield owed.due >= str(cut.today - timedelta(days=most))


def _due(collection: Any, cut: Cut) -> Sequence[Any]:
    until = min(cut.scope.period.end, cut.today)
    return collection.planned.is_null(False), own(collection), collection.due.between(cut.scope.period.start, until)


def _leads(lead: Any, cut: Cut) -> Sequence[Any]:
    """Leads with a contact; whether there is a need and a budget no file says."""
    reached = (lead.mobile != "") | (lead.phone != "") | (lead.email != "")
    return lead.status != VOID, within(lead.created, cut.scope.period), reached


def _visits(activity: Any, cut: Cut) -> Sequence[Any]:
    return activity.kind == "visit", within(activity.day, cut.scope.period), activity.subject != "", activity.body != ""


def _received(collection: Any, cut: Cut) -> Sequence[Any]:
    return own(collection), within(collection.day, cut.scope.period)


KINDS: Mapping[str, Kind] = {
    "won": Kind(N_("Deals won"), Deal, _closed(WON), day="close_date"),
    "lost": Kind(N_("Deals lost"), Deal, _closed(LOST), day="close_date"),
    "closed": Kind(N_("Deals won and lost"), Deal, _closed(WON, LOST), day="close_date"),
    "foreign": Kind(
        N_("Deals in other currencies"), Deal,
        lambda deal, cut: (deal.status == WON, ~own(deal), within(deal.close_date, cut.scope.period)),
        day="close_date",
    ),
    "open": Kind(N_("Open deals"), Deal, _open(), day="close_date"),
    "coming": Kind(N_("Open deals due to close in the period"), Deal, _open(_coming), day="close_date"),
    "slipped": Kind(
        N_("Slipped deals"), Deal, _open(lambda deal, cut: deal.close_date < cut.today), day="close_date"
    ),
    "undated": Kind(
        N_("Open deals without a date"), Deal, _open(lambda deal, _cut: deal.close_date.is_null()), day="close_date"
    ),
    "quiet": Kind(N_("Open deals without contact for long"), Deal, _open(_quiet), day="close_date"),
    "stage": Kind(
        N_("Open deals in a stage"), Deal, _open(lambda deal, cut: deal.stage == cut.at), day="close_date"
    ),
    "dated": Kind(N_("Deals of the period"), Deal, _dated, day="close_date"),
    "been": Kind(N_("Closed deals that had been in a stage"), Deal, _been, day="close_date"),
    "new": Kind(N_("First deals of new customers"), Deal, _new, day="close_date"),
    "referred": Kind(N_("New customers by referral"), Deal, _referred, day="close_date"),
    "key_accounts": Kind(N_("A year's deals of key accounts"), Deal, _of_key_accounts, day="close_date"),
    "collected": Kind(N_("Money received"), Collection, _received),
    "due": Kind(N_("Payments that fell due"), Collection, _due, "planned", "due"),
    "owed": Kind(N_("Receivables"), None, _owed, "rest", "due"),
    "leads": Kind(N_("Qualified leads"), Lead, _leads, "", "created"),
    "visits": Kind(N_("Qualified visits"), Activity, _visits, ""),
}  # fmt: skip
"""Everything a figure can be made of."""


def told(cut: Cut) -> Message:
    """What a cut is, for the head of its list."""
    title = Message(KINDS[cut.kind].title)
    if cut.kind == "dated" and cut.at:
        return M("Deals of the period that came to “{stage}”", stage=cut.at)
    if not cut.at and cut.kind != "stage":
        return title
    at = Message(rules.SPAN_NAMES[cut.at]) if cut.kind == "owed" else cut.at or UNSAID
    return M("{what}: {at}", what=title, at=at)


def is_of(cut: Cut, table: Any) -> bool:
    """Whether the rows of a cut are those of a table."""
    return KINDS[cut.kind].table is table


@once
def total(cut: Cut) -> tuple[Money, int]:
    """What the rows of a cut come to, and how many they are."""
    kind = KINDS[cut.kind]

    def columns(c: Any) -> Sequence[Any]:
        return fn.SUM(getattr(c, kind.amount)) if kind.amount else SQL("0"), fn.COUNT(c.id)

    [(fen, count)] = asked(cut, columns)
    return Money(int(fen or 0)), count


def keys_of(cut: Cut) -> array[int]:
    """The numbers of the rows of a cut, the latest first; an order's, among what is owed, below zero."""
    return keys(question(cut, lambda c: [c.id], order=lambda c: [getattr(c, KINDS[cut.kind].day).desc(), c.id]))


Columns = Callable[[Any], Sequence[Any]]
"""Gives expressions from what the columns of a table hang on."""


def asked(cut: Cut, columns: Columns, *, by: Columns | None = None) -> list[Any]:
    """What a question about the rows of a cut finds, a tuple a group."""
    return rows(question(cut, columns, by=by))


def question(cut: Cut, columns: Columns, *, by: Columns | None = None, order: Columns | None = None) -> Any:
    """The question itself, for what is asked further of it."""
    kind = KINDS[cut.kind]
    if kind.table is None:
        table = owed(cut.today if cut.past else None)
        c, names = table.c, NAMES
        chosen = Select([table], columns(c)).bind(DB)
    else:
        c, names = kind.table, kind.table._meta.fields
        chosen = c.select(*columns(c))
    conditions = (*kind.where(c, cut), *of(c, names, cut.scope))
    chosen = chosen.where(*conditions) if conditions else chosen
    if by:
        chosen = chosen.group_by(*by(c))
    return chosen.order_by(*order(c)) if order else chosen
