"""Days as people type them: 2026-11-23, 11.23, 1123, 明天, 下周一. Pure: the day it is is handed in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import MONTH, QUARTER, YEAR, Period

_NEAR = {
    "大前天": -3, "前天": -2, "昨天": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0, "now": 0,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_ENDS = {"月底": MONTH, "月末": MONTH, "本月底": MONTH, "季末": QUARTER, "季度末": QUARTER, "年底": YEAR, "年末": YEAR}
_WEEKS = {"上": -1, "last": -1, "": 0, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
         "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}  # fmt: skip
_WEEKDAY = re.compile(r"(上|本|这|下下|下|last|this|next)?个?(?:(?:周|星期|礼拜)([一二三四五六日天])|"
                      r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*)")  # fmt: skip
_LATER = re.compile(r"\+(\d{1,4})|(\d{1,4})(天|周)后|in(\d{1,4})(day|week)s?")
_FULL = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?号?|(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})(?:[-/.月])(\d{1,2})[日号]?|(\d{2})(\d{2})")
_OF_MONTH = re.compile(r"(\d{1,2})[日号]")


def parse_day(text: str, today: date) -> date | None:
    """The day so written; none for no text. Raises `Refused` on what is no day."""
    written = "".join(unicodedata.normalize("NFKC", text).split()).lower().replace("。", ".")
    if not written:
        return None
    try:
        found = next((day for read in _READERS if (day := read(written, today))), None)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1900 <= found.year <= 2100:
        raise Refused(M("“{text}” is not a date. Write 2026-11-23, 11.23 or tomorrow.", text=text.strip()[:40]))
    return found


def _near(text: str, today: date) -> date | None:
    if text in _ENDS:
        return Period.of(today, _ENDS[text]).end
    return today + timedelta(days=_NEAR[text]) if text in _NEAR else None


def _weekday(text: str, today: date) -> date | None:
    """A day of this week, which began on Monday, or of one before or after."""
    if not (found := _WEEKDAY.fullmatch(text)):
        return None
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_WEEKS[found[1] or ""], days=_DAYS[found[2] or found[3]])


def _later(text: str, today: date) -> date | None:
    if not (found := _LATER.fullmatch(text)):
        return None
    count = int(found[1] or found[2] or found[4])
    return today + (timedelta(weeks=count) if (found[3] or found[5]) in ("周", "week") else timedelta(days=count))


def _full(text: str, _today: date) -> date | None:
    found = _FULL.fullmatch(text)
    return date(*(int(part) for part in found.groups() if part)) if found else None


def _short(text: str, today: date) -> date | None:
    """A day of this year."""
    found = _SHORT.fullmatch(text)
    return date(today.year, *(int(part) for part in found.groups() if part)) if found else None


def _of_month(text: str, today: date) -> date | None:
    found = _OF_MONTH.fullmatch(text)
    return today.replace(day=int(found[1])) if found else None


_READERS: tuple[Callable[[str, date], date | None], ...] = (_near, _weekday, _later, _full, _short, _of_month)
