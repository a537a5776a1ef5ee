"""Which backups stay: all of late, then one a day, a week, a month. Counted in backups there are, not in days gone by,
so that a clock that is wrong takes none away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from datetime import datetime, timedelta

from desktopapp.kernel.frozen import frozen

NEWEST, DAYS, WEEKS, MONTHS = 10, 14, 12, 24
UPGRADE = "upgrade"
"""Why a backup was made that stays for so long, and the last few of them for ever."""
LONG = timedelta(days=90)
UPGRADES = 3
DRIFT = timedelta(minutes=5)
"""A clock may be so much behind the newest backup before nothing is thinned."""


@frozen
class Stamp:
    """What is known of a backup without opening it."""

    seq: int
    at: datetime
    why: str


def staying(stamps: Collection[Stamp], now: datetime) -> frozenset[int]:
    """The sequence numbers of those that stay. The newest always does."""
    newest = sorted(stamps, key=lambda stamp: -stamp.seq)
    if any(stamp.at > now + DRIFT for stamp in newest):
        return frozenset(stamp.seq for stamp in newest)
    upgrades = [stamp for stamp in newest if stamp.why == UPGRADE]
    return frozenset(stamp.seq for stamp in (
        *newest[:NEWEST],
        *_last_of(newest, DAYS, lambda stamp: stamp.at.date()),
        *_last_of(newest, WEEKS, lambda stamp: stamp.at.isocalendar()[:2]),
        *_last_of(newest, MONTHS, lambda stamp: (stamp.at.year, stamp.at.month)),
        *upgrades[:UPGRADES],
        *(stamp for stamp in upgrades if now - stamp.at <= LONG),
    ))  # fmt: skip


def _last_of(newest: Iterable[Stamp], count: int, span: Callable[[Stamp], Hashable]) -> list[Stamp]:
    """The last backup of each of the newest so many days, weeks or months that have one."""
    found: dict[Hashable, Stamp] = {}
    for stamp in newest:
        if span(stamp) not in found and len(found) < count:
            found[span(stamp)] = stamp
    return list(found.values())
