"""Charts of the work of several areas, worded in one language: for every page and sheet that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktopapp.kernel.chart import Bars, Funnel, Lines, Radar, Stage
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.kernel.money import Money
from desktopapp.kernel.pattern import pattern
from desktopapp.overview.standing import Month
from desktopapp.reviews.queries import Result, ReviewSheet
from desktopapp.reviews.rules import FEW
from desktopapp.sales.rules import SPAN_NAMES

if TYPE_CHECKING:
    from desktopapp.overview.selling import Month as SellingMonth
    from desktopapp.overview.selling import Seller
    from desktopapp.reviews.queries.calibration import Side
    from desktopapp.sales.queries.figures import Due, Step

HAN, LATIN = 4, 9
"""Characters and letters the name of an axis may have."""
FAIR, FULL = 60.0, 100.0
"""Totals are drawn between these, unless one is lower."""
_SHORT = pattern(r"与|和|及| and |,")
_WAN = 10_000


def months(work: Sequence[Month], language: Language) -> Bars:
    """Results by month in ten thousand yuan with what was asked; the last month is still running."""
    return Bars(
        [language.month(each.month.start) for each in work],
        [_wan(each.sold) for each in work],
        [_wan(each.target) or None for each in work],
        len(work) - 1,
        names=(language.text(N_("Result")), language.text(N_("Target"))),
    )


def dimensions(sheet: ReviewSheet, language: Language) -> Radar:
    """Every dimension as a part of the scale; last period only where it was scored whole."""
    highest = sheet.form.highest
    lasts = [line.last for line in sheet.dimensions]
    return Radar(
        [short(language.text(line.name)) for line in sheet.dimensions],
        [None if line.score is None else float(line.score / highest) for line in sheet.dimensions],
        [float(last / highest) for last in lasts if last is not None] if None not in lasts else (),
        write=lambda share: language.show(round(Decimal(share) * highest, 2)),
        names=(language.text(N_("This period")), language.text(N_("Last period"))) if None not in lasts else (),
    )


def grades(side: Side, language: Language) -> Bars:
    """How many have each grade; how many a template would expect of so many people, where they are enough to tell."""
    people = sum(each.people for each in side.grades)
    expects = people >= FEW and any(each.expected for each in side.grades)
    names = (N_("People"), N_("Expected")) if expects else ()
    return Bars(
        [f"{each.grade} {language.text(each.name)}" for each in side.grades],
        [float(each.people) for each in side.grades],
        [float(each.expected or 0) for each in side.grades] if expects else (),
        write=lambda value: f"{value:.0f}" if value == int(value) else "",
        names=tuple(map(language.text, names)),
    )


def totals(results: Sequence[Result], language: Language) -> Lines:
    """The totals of signed reviews, which come newest first, in the order of time; all are as long as the newest."""
    alike = [each for each in results if each.period.months == results[0].period.months]
    known = [each for each in reversed(alike) if each.total is not None]
    return Lines(
        [str(each.period) for each in known],
        ((language.text(N_("Final score")), [float(each.total or 0) for each in known]),),
        least=FAIR,
        most=FULL,
    )


def sellers(parts: Sequence[Seller], language: Language) -> Bars:
    """What each sold, in ten thousand yuan, beside what was asked of him."""
    return Bars(
        [language.show(each.name) for each in parts],
        [_wan(each.won) for each in parts],
        [None if each.target is None else _wan(each.target) for each in parts],
        names=(language.text(N_("Result")), language.text(N_("Target"))) if any(each.target for each in parts) else (),
    )


def funnel(steps: Sequence[Step], language: Language) -> Funnel:
    """How many deals came how far, with what they come to."""
    stages = [Stage(each.stage or language.text(N_("Won")), each.count, float(each.amount.fen)) for each in steps]
    return Funnel(stages, write_sum=lambda fen: language.short(Money(round(fen))), passed=language.text(N_("came on")))


def ageing(owed: Sequence[Due], language: Language) -> Bars:
    """What is owed by how late it is, in ten thousand yuan."""
    return Bars([language.text(SPAN_NAMES[each.cut.at]) for each in owed], [_wan(each.sum) for each in owed])


def selling_months(work: Sequence[SellingMonth], language: Language, today: date) -> Bars:
    """Results by month in ten thousand yuan with what was asked; months to come show what may be expected."""
    coming = [each.month.start > today for each in work]
    running = [n for n, each in enumerate(work) if each.month.holds(today)]
    return Bars(
        [language.month(each.month.start) for each in work],
        [_wan(each.expected if later else each.won) for each, later in zip(work, coming, strict=True)],
        [_wan(each.target) or None for each in work],
        running[0] if running else None,
        names=(language.text(N_("Result")), language.text(N_("Target"))),
    )


def short(name: str) -> str:
    """A dimension's name for an axis: 回款与应收 → 回款, 新客户开发 → 新客户, New business → Business."""
    first = _SHORT.split(name)[0]
    if not first.isascii():
        return first if len(first) <= HAN else first[: HAN - 1]
    words = first.split()
    if len(first) <= LATIN:
        return first
    return words[0] if len(words[0]) > HAN - 1 else words[-1].capitalize()


def _wan(sum_: Money) -> float:
    return float(sum_.in_yuan / _WAN)
