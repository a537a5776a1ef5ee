"""Years, halves, quarters and months: the beat of goals and reviews."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M

YEAR, HALF, QUARTER, MONTH = 12, 6, 3, 1
"""The lengths there are, in months."""

_WRITTEN = (
    (re.compile(r"(\d{4})"), YEAR),
    (re.compile(r"(\d{4})H([12])"), HALF),
    (re.compile(r"(\d{4})Q([1-4])"), QUARTER),
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), MONTH),
)
_SHIFTED = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\+(3|6|12)")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """`months` months from `start`; written 2026, 2026H1, 2026Q3 or 2026-07.

    Of a business year that begins in February, the second quarter is written 2026-05+3.
    """

    start: date
    months: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period so written. Raises `Refused` on anything else."""
        if shifted := _SHIFTED.fullmatch(text.strip()):
            return cls(date(int(shifted[1]), int(shifted[2]), 1), int(shifted[3]))
        for pattern, months in _WRITTEN:
            found = pattern.fullmatch(text.strip().upper())
            if found and int(found[1]) >= 1900:
                nth = int(found[2]) if found.lastindex == 2 else 1
                return cls(date(int(found[1]), (nth - 1) * months + 1, 1), months)
        raise Refused(M("Write a period as 2026, 2026H1, 2026Q3 or 2026-07, not “{text}”.", text=text), "period")

    @classmethod
    def of(cls, day: date, months: int = QUARTER, first: int = 1) -> Period:
        """The period of that length a day falls into, in years that begin with the month `first`."""
        return cls(_shift(day.replace(day=1), -((day.month - first) % months)), months)

    @property
    def end(self) -> date:
        """The last day."""
        return _shift(self.start, self.months) - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The one of the same length just before."""
        return Period(_shift(self.start, -self.months), self.months)

    @property
    def after(self) -> Period:
        """The one of the same length just after."""
        return Period(_shift(self.start, self.months), self.months)

    def holds(self, day: date) -> bool:
        """Whether a day falls into it."""
        return self.start <= day <= self.end

    def within(self) -> tuple[Period, ...]:
        """Its months."""
        return tuple(Period(_shift(self.start, n), MONTH) for n in range(self.months))

    def elapsed(self, today: date) -> float:
        """How much of it has passed, from 0 to 1."""
        days = (self.end - self.start).days + 1
        return min(max((today - self.start).days + 1, 0), days) / days

    @property
    def nth(self) -> int:
        """Which of its length in the year, from 1."""
        return (self.start.month - 1) // self.months + 1

    @property
    def is_shifted(self) -> bool:
        """Whether it is no year, half or quarter of the calendar."""
        return (self.start.month - 1) % self.months != 0

    def __str__(self) -> str:
        if self.is_shifted:
            return f"{self.start:%Y-%m}+{self.months}"
        year = self.start.year
        written = {YEAR: f"{year}", HALF: f"{year}H{self.nth}", QUARTER: f"{year}Q{self.nth}"}
        return written.get(self.months, f"{year}-{self.start.month:02}")


@frozen
class Season:
    """The firm's beat: how long the period of goals and reviews is, and the month its year begins with."""

    months: int = QUARTER
    first: int = 1

    def of(self, day: date, months: int | None = None) -> Period:
        """The period a day falls into, of the firm's length unless another is asked for."""
        return Period.of(day, months or self.months, self.first)


def _shift(first: date, months: int) -> date:
    month = first.year * 12 + first.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)
