"""Working days: Monday to Friday, but for the days a table says otherwise of.

China moves working days around its holidays (调休), by a notice each autumn for the year to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from desktopapp.kernel.clean import clean
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.pattern import pattern

SATURDAY = 5
Swaps = Mapping[date, bool]
"""Days out of the ordinary: whether one works on them."""


@frozen
class Swap:
    """A day off in the week, or a day of work at its end."""

    day: date
    is_work: bool
    name: str


def is_workday(day: date, swaps: Swaps) -> bool:
    """Whether one works on a day."""
    return swaps.get(day, day.weekday() < SATURDAY)


def workdays(after: date, until: date, swaps: Swaps) -> int:
    """How many working days are left: those after the first day, up to the last and with it.

    None are left of what is past.
    """
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_workday(day, swaps) for day in days)


def workday_after(day: date, count: int, swaps: Swaps) -> date:
    """The working day that many working days after a day, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day, swaps)
    return day


def next_workday(day: date, swaps: Swaps) -> date:
    """A day, or where one does not work on it the first one after it on which one does."""
    return day if is_workday(day, swaps) else workday_after(day, 1, swaps)


_LINE = pattern(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?[\s,，]*(休|班|假|off|work)\w*[\s,，]*(.*)$", re.IGNORECASE
)
_WORK = ("班", "work")
_HOLIDAY = pattern(r"(?:[一二三四五六七八九十]+[、.．]|\d+[、.．])?\s*([\w、]+?)\s*[:：](.*)")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_SPAN = pattern(rf"{_DAY}(?:(?:至|到|-|—|~|～){_DAY})?")
_ASIDE = pattern(r"[（(][^）)]*[）)]")


def read_swaps(text: str, year: int) -> tuple[Swap, ...]:
    """The days a pasted text names, in order.

    It may be the government's notice (一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。)
    or lines of a table: 2026-01-04, 班 or 休, a name. What is neither is passed over.
    """
    found: dict[date, Swap] = {}
    for line in clean(text).splitlines():
        for swap in _of_line(line.strip(), year):
            found[swap.day] = swap
    return tuple(found[day] for day in sorted(found))


def _of_line(line: str, year: int) -> Iterator[Swap]:
    if listed := _LINE.match(line):
        nth_year, month, day, kind, name = listed.groups()
        if made := _day(int(nth_year), int(month), int(day)):
            yield Swap(made, kind.lower() in _WORK, name.strip())
    elif noticed := _HOLIDAY.match(line):
        yield from _of_notice(noticed[1], _ASIDE.sub("", noticed[2]), year)


def _of_notice(name: str, told: str, year: int) -> Iterator[Swap]:
    for sentence in re.split(r"[。；;]", told):
        is_work = "上班" in sentence
        if not is_work and "放假" not in sentence:
            continue
        for first, last in _spans(sentence.split("共")[0], year):
            for n in range((last - first).days + 1):
                yield Swap(first + timedelta(days=n), is_work, f"{name}调休" if is_work else name)


def _spans(sentence: str, year: int) -> Iterator[tuple[date, date]]:
    month = 0
    for found in _SPAN.finditer(sentence):
        start_year, start_month, start, end_year, end_month, end = found.groups()
        month = int(start_month or month or 1)
        first = _day(int(start_year or year), month, int(start))
        if first is None:
            continue
        if end is None:
            yield first, first
            continue
        month = int(end_month or month)
        last = _day(int(end_year or first.year), month, int(end))
        if last and last >= first:
            yield first, last


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
