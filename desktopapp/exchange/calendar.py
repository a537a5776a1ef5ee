"""Days as a calendar file (ICS), for the phone or any calendar program. Nothing is sent; the file is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from desktopapp.exchange.export import whole_place
from desktopapp.kernel.frozen import frozen

MORNING = timedelta(hours=9)
"""When on its day a reminder rings."""


@frozen
class Entry:
    """One day, or several in a row."""

    key: str
    """What the calendar knows it again by: taken in a second time, it is moved and not doubled."""
    day: date
    title: str
    detail: str = ""
    last: date | None = None
    """The last day, where there are several."""
    ahead: int = 0
    """So many days before it reminds."""


def as_ics(entries: Sequence[Entry], *, name: str, made: datetime) -> bytes:
    """The file: whole days by RFC 5545, with a reminder each; the same entries and moment give the same bytes."""
    from icalendar import Alarm, Calendar, Event  # here, because few ever want a calendar file

    calendar = Calendar()
    calendar.add("prodid", "-//TeamHelm//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for each in entries:
        event = Event()
        event.add("uid", f"{each.key}@teamhelm")
        event.add("dtstamp", made)
        event.add("dtstart", each.day)
        event.add("dtend", (each.last or each.day) + timedelta(days=1))
        event.add("summary", each.title)
        event.add("transp", "TRANSPARENT")  # a day to keep in mind, not one that is taken
        if each.detail:
            event.add("description", each.detail)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", each.title)
        alarm.add("trigger", MORNING - timedelta(days=each.ahead))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_ics(path: Path, entries: Sequence[Entry], *, name: str, made: datetime) -> int:
    """Write the file, all of it or none; gives the number of entries. Raises `Fault` where it cannot be written."""
    with whole_place(path) as partial:
        partial.write_bytes(as_ics(entries, name=name, made=made))
    return len(entries)
