"""How the firm stands: the figures of the first page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from peewee import fn

from desktopapp.goals import queries as goals
from desktopapp.goals import rules
from desktopapp.kernel.area import Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.money import ZERO, Money, total
from desktopapp.kernel.period import MONTH, Period
from desktopapp.kernel.share import Share
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.models import RUNNING, Review
from desktopapp.reviews.rules import SIGNED
from desktopapp.sales import queries as sales
from desktopapp.storage import rows
from desktopapp.team import queries as team

RESULT = "signed_amount"
"""The metric a team's result is measured by."""
MONTHS = 12


@frozen
class Figures:
    """The firm on a day, in four figures and what they are compared with."""

    quarter: Period
    sold: Money
    target: Money | None
    elapsed: Share
    overdue: Money | None
    """None where no due date is known, so that nothing can be said of it."""
    debtors: int
    unsigned: int
    reviews: int
    due: date | None
    """By when the reviews of the running round are to be finished."""
    behind: int
    at_risk: int
    goals: int

    @property
    def attainment(self) -> Share | None:
        """What was sold as a part of the target."""
        return share_of(self.sold, self.target)


@frozen
class Month:
    """A month's result beside what was asked."""

    month: Period
    sold: Money
    target: Money


@frozen
class Line:
    """One of the team, on one line."""

    id: int
    name: str
    pinyin: str
    team: str
    attainment: Share | None
    collected: Money
    grade: str
    next: Message | None


def figures(today: date) -> Figures:
    """The four figures of a day."""
    quarter = team.season().of(today)
    people = team.people()
    asked = _asked(quarter, people)
    sold = sales.sold_by_person(quarter)
    owed, debtors = sales.overdue(today)
    agreed = [row.status for row in goals.running(today) if row.period == quarter]
    states = [status for status in agreed if status != rules.GIVEN_UP]
    unsigned, everybody, due = _reviews()
    return Figures(
        quarter, total(sold.values()), total(asked.values()) if asked else None, Share(str(quarter.elapsed(today))),
        owed if owed or sales.knows_dues() else None, debtors, unsigned, everybody, due,
        sum(state in (rules.BEHIND, rules.MISSED) for state in states), states.count(rules.AT_RISK), len(states),
    )  # fmt: skip


def months(today: date, person: int | None = None) -> tuple[Month, ...]:
    """The last twelve months of the team or of one person, the running one last."""
    wanted = _last_months(today)
    sold = sales.sold_by_month(wanted, person)
    asked = goals.targets(RESULT, wanted[0], wanted[-1])
    mine = [row for row in asked if person is None or row[0] == person]
    return tuple(Month(month, sold[month], _asked_in(month, mine)) for month in wanted)


def lines(today: date, notices: Iterable[Notice]) -> tuple[Line, ...]:
    """The team, one line each; `notices` say what each needs next."""
    quarter = team.season().of(today)
    people = team.people()
    asked, sold = _asked(quarter, people), sales.sold_by_person(quarter)
    collected, last, steps = sales.collected_by_person(quarter), grades(), _next_steps(today, notices)
    return tuple(
        Line(
            row.id, row.name, row.pinyin, row.team, share_of(sold.get(row.id, ZERO), asked.get(row.id)),
            collected.get(row.id, ZERO), last.get(row.id, ""), steps.get(row.id),
        )
        for row in people
    )  # fmt: skip


def share_of(part: Money, whole: Money | None) -> Share | None:
    """A sum as a part of another; nothing where there is no other."""
    return Share(Decimal(part.fen) / whole.fen) if whole else None


def _asked(quarter: Period, people: Iterable[team.PersonRow]) -> dict[int, Money]:
    """The result asked of each of these for a quarter."""
    here = {row.id for row in people}
    asked = goals.targets(RESULT, quarter, quarter)
    return {person: Money.yuan(target) for person, period, target in asked if period == quarter and person in here}


def _last_months(today: date) -> tuple[Period, ...]:
    found = [Period.of(today, MONTH)]
    while len(found) < MONTHS:
        found.insert(0, found[0].before)
    return tuple(found)


def _asked_in(month: Period, asked: Sequence[tuple[int, Period, Decimal]]) -> Money:
    """A month's part of what was asked: of each person the goal with the shortest period counts."""
    nearest: dict[int, tuple[int, Decimal]] = {}
    for person, period, target in asked:
        if period.holds(month.start) and period.months < nearest.get(person, (13, target))[0]:
            nearest[person] = (period.months, target)
    return total(Money.yuan(target / length) for length, target in nearest.values())


def _reviews() -> tuple[int, int, date | None]:
    """Reviews still to be signed in the running rounds, all of them, and the first date due."""
    running = [cycle for cycle in reviews.cycles() if cycle.state == RUNNING]
    signed, everybody = sum(cycle.signed for cycle in running), sum(cycle.people for cycle in running)
    return everybody - signed, everybody, min((cycle.due for cycle in running), default=None)


def grades() -> dict[int, str]:
    """Everybody's last signed grade."""
    last = Review.select(Review.person, Review.grade, fn.MAX(Review.signed)).where(Review.state == SIGNED)
    return {person: grade for person, grade, _ in rows(last.group_by(Review.person))}


def _next_steps(today: date, notices: Iterable[Notice]) -> Mapping[int, Message]:
    """What each person needs next: his most pressing notice, or else the deal that should close next."""
    coming = sales.next_deals(today)
    steps = {person: M("Close {deal} with {customer}", deal=deal, customer=customer)
             for person, (customer, deal) in coming.items()}  # fmt: skip
    for notice in reversed(list(notices)):
        if notice.person is not None:
            steps[notice.person] = notice.what
    return steps
