"""Sums of money, always whole fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.quantity import number, plain

_CURRENCY = pattern(r"^(?:¥|rmb|cny|人民币)|(?:元整?|圆整?|块|rmb|cny)$|(?<=^-)¥")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """A sum in fen. A type of its own, so that a sum is never taken for a score or a count."""

    fen: int

    @classmethod
    def yuan(cls, amount: Decimal | int | str) -> Money:
        """The sum of so many yuan, rounded half up to the fen.

        Takes no float: a float is not a sum.
        """
        return cls(int((Decimal(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP)))

    @classmethod
    def parse(cls, text: str) -> Money:
        """The sum so written: 35000 · ￥35,000.00 · ３.５万元 · RMB 1.2亿. Raises `Refused` on anything else."""
        return cls.yuan(number(_CURRENCY.sub("", plain(text))))

    @property
    def in_yuan(self) -> Decimal:
        return Decimal(self.fen) / 100

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __mul__(self, by: Decimal | int) -> Money:
        return Money.yuan(self.in_yuan * by)

    def __bool__(self) -> bool:
        return self.fen != 0


ZERO = Money(0)
"""No money; the start of a sum."""


def total(sums: Iterable[Money]) -> Money:
    """The sum of sums."""
    return Money(sum(each.fen for each in sums))
