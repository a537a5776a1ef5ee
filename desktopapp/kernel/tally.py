"""Figures added up: how many, their sum and their mean, each unit for itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share

Figure = Money | Decimal | int
"""What can be added up, with others of its kind."""


@frozen
class Tally:
    """The figures of one unit or currency."""

    count: int
    sum: Figure
    unit: str = ""

    @property
    def mean(self) -> Money | Decimal:
        """The mean, of the kind the figures are; a sum's is rounded half up to the fen."""
        if isinstance(self.sum, Money):
            return Money(int((Decimal(self.sum.fen) / self.count).quantize(Decimal(1), ROUND_HALF_UP)))
        mean = Decimal(self.sum) / self.count
        return Share(mean) if isinstance(self.sum, Share) else mean


def tallied(figures: Iterable[tuple[str, Figure]]) -> tuple[Tally, ...]:
    """Units with figures, added up by unit and kind: sums of money never meet plain numbers or other currencies."""
    found: dict[tuple[str, type], list[Figure]] = {}
    for unit, figure in figures:
        found.setdefault((unit, type(figure)), []).append(figure)
    return tuple(Tally(len(each), _sum(each), unit) for (unit, _), each in found.items())


def _sum(figures: list[Figure]) -> Figure:
    if isinstance(figures[0], Money):
        return Money(sum(each.fen for each in figures if isinstance(each, Money)))
    plain = sum((Decimal(each) for each in figures if not isinstance(each, Money)), Decimal(0))
    return Share(plain) if isinstance(figures[0], Share) else plain
