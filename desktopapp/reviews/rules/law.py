"""What the law lets an employer do about a bad result. Go by the latest law and by a lawyer's advice."""

from __future__ import annotations

import re

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.pattern import pattern

CAVEAT = N_("The latest law and your lawyer's advice prevail.")
COMPENSATION = "compensation"
"""The one measure with a sum: making good a loss."""
NEEDS_BASIS = frozenset({"praise_suspend", "factor_cut", "customer_transfer", "role_change", COMPENSATION, "serious"})
"""Measures that stand on nothing without a contract clause, a published rule or a written agreement."""
ONE_FIFTH = 5
"""At most one part in so many of a month's wage may be withheld for a loss."""
_FINE = pattern(
    r"罚\s*(?:款|金|钱|薪|没|[\d０-９]+|[一二三四五六七八九十百千万两]+\s*[元块])|扣\s*罚|处罚\s*[\d０-９]+"
    r"|扣\s*(?:除|减|发|掉)?\s*(?:工资|薪水|薪资|底薪|钱|[\d０-９]+\s*(?:元|块))"
    r"|\bfin(?:es?|ed)\s+(?:of|him|her|them|\d)|\b(?:a|the|as a|pay a)\s+fine\b|\bfined\b"
    r"|\bdeduct\w*\b.{0,20}\b(?:wage|salary|pay)\b|\bdock\w*\b.{0,12}\bpay\b",
    re.IGNORECASE,
)


_CUT = pattern(
    r"扣\s*(?:除|减|发|掉)?\s*(?:工资|薪水|薪资|底薪)|(?:工资|薪水|薪资|底薪)\s*(?:中|里|内)?\s*(?:扣|罚)"
    r"|罚[款金][^。；;\n]{0,20}(?:工资|薪水|薪资|底薪)|\bfine[sd]?\b[^.;\n]{0,40}\b(?:wage|salary|pay)\b"
    r"|\bdeduct\w*\b.{0,20}\b(?:wage|salary|pay)\b|\bdock\w*\b.{0,12}\bpay\b",
    re.IGNORECASE,
)
"""What in running text can only mean a cut of wages; a fine that a customer had to pay may be told of."""


def check_no_cut(text: str, field: str) -> None:
    """Refuse a cut of wages in running text, where fines of others may well be told of."""
    _refuse(_CUT.search(text), field)


def check_no_fine(text: str, field: str) -> None:
    """Refuse a fine or any other cut of wages that the law does not know, and name what is lawful instead."""
    _refuse(_FINE.search(text), field)


def _refuse(found: re.Match[str] | None, field: str) -> None:
    if found:
        raise Refused(M("“{word}”: an employer may not fine anybody, whatever a rule of the firm says. Lawful instead: "
                        "a talk or a written warning; no award this period; the coefficient of the grade, with a "
                        "contract or a published rule; training or an improvement plan; compensation for a proven "
                        "loss, within the legal caps. The latest law and your lawyer's advice prevail.",
                        word=found[0]), field)  # fmt: skip


def check_measure(kind: str, text: str, basis: str) -> None:
    """Refuse a measure that is a fine, or that lacks what it must rest on."""
    check_no_fine(text, "text")
    check_no_fine(basis, "basis")
    if kind in NEEDS_BASIS and not basis.strip():
        words = M("Name the contract clause, the published rule or the written agreement this rests on.")
        raise Refused(words, "basis")


@frozen
class Deduction:
    """What of a loss may be withheld from a month's wage, and why no more."""

    loss: Money
    wage: Money
    minimum: Money
    by_share: Money
    """One fifth of the wage."""
    by_floor: Money
    """What lies above the minimum wage."""
    now: Money
    rest: Money
    """Left for later months."""

    @property
    def months(self) -> int:
        """How many months it takes at this wage; 0 where nothing may ever be withheld."""
        return -(-self.loss.fen // self.now.fen) if self.now else 0


def deduction(*, loss: Money | None, wage: Money | None, minimum: Money | None) -> Deduction:
    """What may be withheld this month of a loss somebody has to make good."""
    for figure, field in ((loss, "loss"), (wage, "wage"), (minimum, "minimum")):
        if figure is None or figure.fen <= 0:
            raise Refused(M("Enter a sum above zero."), field)
    assert loss is not None and wage is not None and minimum is not None
    by_share, by_floor = Money(wage.fen // ONE_FIFTH), Money(max(wage.fen - minimum.fen, 0))
    now = min(loss, by_share, by_floor)
    return Deduction(loss, wage, minimum, by_share, by_floor, now, loss - now)


def explained(of: Deduction) -> tuple[Message, ...]:
    """A deduction in sentences that can be checked by hand."""
    found = [
        M("At most one fifth of the month's wage: {wage} ÷ 5 = {share}.", wage=of.wage, share=of.by_share),
        M("What is left must not be below the local minimum wage: {wage} − {minimum} = {floor}.",
          wage=of.wage, minimum=of.minimum, floor=of.by_floor),
        M("So {now} of {loss} may be withheld this month; {rest} is left.", now=of.now, loss=of.loss, rest=of.rest),
    ]  # fmt: skip
    if of.months > 1:
        found.append(M("At this wage it takes {months} {months:month|months}.", months=of.months))
    if not of.now:
        found.append(M("Nothing may be withheld: the wage is at the minimum."))
    return (*found, Message(CAVEAT))
