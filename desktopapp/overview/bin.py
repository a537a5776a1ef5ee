"""The recycle bin: what was deleted in the last thirty days, each with its way back.

It holds nothing itself. It is read off the trail, so emptying it takes deletions off the list
and erases nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from desktopapp import storage
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.overview import seal, wording
from desktopapp.overview.wording import BY_NAME
from desktopapp.storage import BIN, Deletion, Edited, Row

DAYS = 30
"""Days a deletion stays in the bin."""
MANY = 20
"""From so many rows on a request is brought back whole."""

TABLES = frozenset(BY_NAME) | {BIN}
"""What the windows listen to, to show the bin as it is."""


@frozen
class Gone:
    """Something that was deleted, as the bin lists it."""

    unit: int
    rows: tuple[Row, ...]
    """What comes back when it is brought back; what rested on it comes along."""
    what: Message
    words: Message
    """The request that deleted it."""
    at: datetime
    """In the time of this PC."""
    days: int
    """Days it stays in the bin."""


def deleted(today: date) -> list[Gone]:
    """What can be brought back, the last deletion first."""
    since = datetime.combine(today - timedelta(DAYS - 1), time()).astimezone()
    return [gone for each in storage.deletions(since) for gone in _listed(each, today)]


def _listed(made: Deletion, today: date) -> Iterator[Gone]:
    at = made.at.astimezone()
    days = min(DAYS, DAYS - (today - at.date()).days)
    if len(made.rows) > MANY:
        many = M("{count} {count:record|records}", count=len(made.rows))
        yield Gone(made.unit, made.rows, many, made.words, at, days)
        return
    named = storage.resting(made.rows)
    for row in made.rows:
        if not named[row]:
            yield Gone(made.unit, (row,), _what(row), made.words, at, days)


def _what(row: Row) -> Message:
    """What is gone; a part with the record it was a part of."""
    whole = wording.whole(row)
    if whole == row or BY_NAME[row[0]].wording.part_of in BY_NAME[row[0]].wording.name:
        return wording.spoken(row)
    return M("{part} of {whole}", part=wording.spoken(row), whole=wording.called(whole))


def restore(gone: Iterable[Gone]) -> int:
    """Bring deleted things back as they were, with all that went with them; how many records came."""
    chosen = list(gone)
    for unit in {each.unit for each in chosen}:
        seal.check(unit)
    what = chosen[0].what if len(chosen) == 1 else M("{count} {count:record|records}", count=len(chosen))
    words = M("Restore {what}", what=what)
    try:
        return storage.restore((row for each in chosen for row in each.rows), words)
    except Edited as no:
        words = M("{record} cannot come back: another record has its number now.", record=wording.spoken(no.rows[0]))
        raise Refused(words) from no


def empty() -> None:
    """Take everything off the list."""
    storage.empty()
