"""What sales figures mean: how late money is, what a pipeline may bring, whether a stage's odds are true. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from math import sqrt
from typing import Any, Self

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.share import Share

AHEAD, LATE = "ahead", "late"
BUCKETS: Mapping[str, tuple[int | None, int | None]] = {
    AHEAD: (None, 0),
    "1-30": (1, 30),
    "31-60": (31, 60),
    "61-90": (61, 90),
    "91": (91, None),
}
"""Receivables by the days they are late: from so many to so many, both included."""
SPANS: Mapping[str, tuple[int | None, int | None]] = {**BUCKETS, LATE: (1, None), "61": (61, None)}
"""The same, and stretches of them that are counted as one."""
SPAN_NAMES: Mapping[str, str] = {
    AHEAD: N_("Not due yet"),
    "1-30": N_("1–30 days late"),
    "31-60": N_("31–60 days late"),
    "61-90": N_("61–90 days late"),
    "91": N_("Over 90 days late"),
    LATE: N_("Late"),
    "61": N_("Over 60 days late"),
}


WHOLE = 10_000
"""What a file holds for a share of one."""


@frozen
class Chance:
    """Open deals added up: what they come to, what of it may be expected, and how far that may be missed."""

    count: int = 0
    amount: Money = ZERO
    expected: Money = ZERO
    """Each deal by its probability."""
    variance: float = 0.0
    """In square fen: the sum of amount² · p · (1 − p), since one deal is won or lost whatever becomes of the others."""
    unrated: int = 0
    """Deals of no known probability: they are in `count` and `amount`, and nothing is expected of them."""

    @classmethod
    def of(cls, count: int, fen: int, weighed: int, variance: float, unrated: int) -> Self:
        """From what a file adds up: fen by ten-thousandths, and the variance in square fen."""
        return cls(count, Money(fen), expected(weighed), variance, unrated)

    @property
    def spread(self) -> Money:
        """One standard deviation."""
        return Money(round(sqrt(self.variance)))


def expected(weighed: int) -> Money:
    """Fen by ten-thousandths as a sum, rounded half up to the fen."""
    return Money(int((Decimal(weighed) / WHOLE).quantize(Decimal(1), ROUND_HALF_UP)))


COVERED = Decimal(3)
"""How many times what is still to be sold the pipeline should be."""


@frozen
class Forecast:
    """What a period may come to: what is won, and what the deals still due to close in it may bring."""

    won: Money
    coming: Chance
    slipped: Chance
    """Open deals whose date has passed. They are shown, and nothing is expected of them until they have a new date."""
    undated: Chance
    target: Money | None = None

    @property
    def weighted(self) -> Money:
        """What is won, and what may be expected."""
        return self.won + self.coming.expected

    @property
    def low(self) -> Money:
        """One spread below, but never less than what is won."""
        return max(self.won, self.weighted - self.coming.spread)

    @property
    def high(self) -> Money:
        """One spread above, but never more than if every deal were won."""
        return min(self.won + self.coming.amount, self.weighted + self.coming.spread)

    @property
    def remaining(self) -> Money | None:
        """What is still to be sold."""
        return None if self.target is None else max(ZERO, self.target - self.won)

    @property
    def coverage(self) -> Decimal | None:
        """How many times that the pipeline is."""
        return coverage(self.coming.amount, self.remaining)

    @property
    def gap(self) -> Money | None:
        """What the pipeline is short of the coverage it should have."""
        return None if self.remaining is None else gap(self.coming.amount, self.remaining)


def coverage(pipeline: Money, remaining: Money | None) -> Decimal | None:
    """How many times what is still to be sold the pipeline is; nothing where nothing is still to be sold."""
    return Decimal(pipeline.fen) / remaining.fen if remaining else None


def gap(pipeline: Money, remaining: Money, times: Decimal = COVERED) -> Money:
    """What a pipeline is short of so many times what is still to be sold."""
    return max(ZERO, remaining * times - pipeline)


THIN = 20
"""Closed deals below which a stage's history says nothing."""
_SURE = 1.645
"""Standard deviations between which nine in ten samples lie."""
TOO_HIGH, TOO_LOW, FITS, TOO_THIN = "too_high", "too_low", "fits", "too_thin"
VERDICTS = (
    (TOO_HIGH, N_("Set too high")),
    (TOO_LOW, N_("Set too low")),
    (FITS, N_("Fits")),
    (TOO_THIN, N_("Too few deals to say")),
)


@frozen
class Calibration:
    """The probability of a stage beside what became of the deals that were in it."""

    stage: str
    said: Share | None
    won: int
    closed: int

    @property
    def rate(self) -> Share | None:
        """The part that was won."""
        return Share(Decimal(self.won) / self.closed) if self.closed else None

    @property
    def between(self) -> tuple[Share, Share] | None:
        """Between what and what the true part lies, nine times in ten (Wilson's interval)."""
        return wilson(self.won, self.closed) if self.closed else None

    @property
    def overstated(self) -> Share | None:
        """By what part the probability says more than was won: 50 % where 30 % were won says 67 % too much."""
        if self.said is None or not self.rate:
            return None
        return Share(self.said / self.rate - 1)

    @property
    def verdict(self) -> str:
        """Whether the probability stands the test; deals too few say nothing."""
        if self.closed < THIN or self.said is None or self.between is None:
            return TOO_THIN
        low, high = self.between
        return TOO_HIGH if self.said > high else TOO_LOW if self.said < low else FITS


def wilson(won: int, closed: int) -> tuple[Share, Share]:
    """The interval nine in ten such samples have their true part in."""
    part, square = won / closed, _SURE**2
    middle = (part + square / (2 * closed)) / (1 + square / closed)
    half = _SURE / (1 + square / closed) * sqrt(part * (1 - part) / closed + square / (4 * closed**2))
    return Share(str(round(middle - half, 4))), Share(str(round(middle + half, 4)))


def win_rate(won: int, lost: int) -> Share | None:
    """The part of the deals that came to an end which was won; none where none did."""
    return Share(Decimal(won) / (won + lost)) if won + lost else None


def middle(counted: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The middle one of values in order, each with how often it is there, and how many they are."""
    count = sum(times for _, times in counted)
    so_far = accumulate(times for _, times in counted)
    return next(value for (value, _), passed in zip(counted, so_far, strict=True) if passed >= (count + 1) // 2), count


NEEDED: Mapping[str, Mapping[str, Message]] = {
    "account": {"name": M("Write the customer's name.")},
    "contact": {"name": M("Write who it is.")},
    "lead": {"name": M("Write who it is.")},
    "deal": {"name": M("Write what the deal is about."), "customer": M("Write which customer it is with.")},
    "order": {"customer": M("Write which customer it is with."), "amount": M("Give the amount.")},
    "collection": {"customer": M("Write which customer it is from.")},
    "activity": {"day": M("Give the day."), "customer": M("Write which customer it is with.")},
    "product": {"name": M("Write what it is called.")},
}
"""What a record written by hand has to say, and what is said where it does not."""
SUMS = ("amount", "planned", "paid", "price")


def check_written(entity: str, values: Mapping[str, Any], today: date) -> None:
    """Refuse a record that says too little, or what cannot be. Raises `Refused` with the field."""
    for name, message in NEEDED[entity].items():
        if values.get(name) in (None, ""):
            raise Refused(message, name)
    for name in SUMS:
        if (sum_ := values.get(name)) is not None and sum_.fen < 0:
            raise Refused(M("A sum below zero cannot be."), name)
    odds = values.get("probability")
    if odds is not None and not 0 <= odds <= 1:
        raise Refused(M("A probability lies between 0 and 100%."), "probability")
    if entity == "collection":
        _check_collection(values, today)
    if entity == "activity" and values.get("kind") != "task" and values["day"] > today:
        raise Refused(M("This day is still to come. What is planned is a task."), "day")


def _check_collection(values: Mapping[str, Any], today: date) -> None:
    """Money that came has a sum and a day; money agreed on has a sum and the day it is due."""
    amount, day, planned, due = (values.get(name) for name in ("amount", "day", "planned", "due"))
    if amount is None and planned is None:
        raise Refused(M("Give what came in, or what was agreed on."), "amount")
    if amount is not None and not amount:
        raise Refused(M("Give what came in."), "amount")
    if amount is not None and day is None:
        raise Refused(M("Give the day it came in."), "day")
    if day is not None and amount is None:
        raise Refused(M("Give what came in."), "amount")
    if day is not None and day > today:
        raise Refused(M("This day is still to come. Write what is agreed on with the day it is due."), "day")
    if planned is not None and due is None:
        raise Refused(M("Give the day it is due."), "due")


def check_closing(status: str, day: date, reason: str, today: date) -> None:
    """Refuse to close a deal ahead of time, or to lose one without saying why."""
    if day > today:
        raise Refused(M("This day is still to come."), "day")
    if status == "lost" and not reason.strip():
        raise Refused(M("Write why it was lost: that is what the next deal learns from."), "reason")


def check_stages(stages: Sequence[tuple[str, str, Share | None]]) -> None:
    """Refuse stages without a name, two of one name, odds that cannot be, or none that leads anywhere."""
    seen: set[str] = set()
    for label, _, odds in stages:
        if not label.strip():
            raise Refused(M("Give every stage a name."))
        if label in seen:
            raise Refused(M("There are two stages called “{label}”.", label=label))
        if odds is not None and not 0 <= odds <= 1:
            raise Refused(M("{label}: a probability lies between 0 and 100%.", label=label))
        seen.add(label)
    if not any(status == "open" for _, status, _ in stages):
        raise Refused(M("At least one stage must be one a deal is in while it goes on."))
