"""Words, dates and sums in one language. Several can be in use at once: a form may carry two."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from pathlib import Path

from desktopapp.kernel.message import N_, Both, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import HALF, MONTH, QUARTER, YEAR, Period
from desktopapp.kernel.share import Share

LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"
DOMAIN = "desktopapp"
"""The name of the catalogue."""
CODES = ("zh_CN", "en")
"""The languages there are, the default first."""

_WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Said(str):
    """A value as it is written; of `{count:day|days}` it gives the word that goes with it."""

    def __format__(self, choice: str) -> str:
        one, is_choice, many = choice.partition("|")
        if not is_choice:
            return super().__format__(choice)
        return one if self == "1" else many


@dataclass(frozen=True)
class Language:
    """One language of the program."""

    code: str
    catalogue: gettext.NullTranslations
    in_yuan: bool = False
    """Whether lists and figures give sums in whole yuan, not rounded to ten thousands."""

    @property
    def is_chinese(self) -> bool:
        return self.code == "zh_CN"

    def text(self, text: str | Message | Both) -> str:
        """The words for a marked text, a message or a text of the content."""
        if isinstance(text, Both):
            return (text.zh or text.en) if self.is_chinese else (text.en or text.zh)
        if isinstance(text, str):
            return self.catalogue.gettext(text) if text else ""
        said = {name: Said(self.show(value)) for name, value in text.values.items()}
        return self.catalogue.gettext(text.msgid).format(**said)

    def show(self, value: object) -> str:
        """A value as this language writes it: the one place that words dates, sums and percentages."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        for kind, write in self._writers.items():
            if isinstance(value, kind):
                return write(value)
        return str(value)

    @cached_property
    def _writers(self) -> Mapping[type, Callable[[object], str]]:
        """How each kind is written; a kind stands before the kind it is a special case of."""
        return {
            Message: self.text,
            Both: self.text,
            bool: lambda yes: self.text(N_("yes") if yes else N_("no")),
            datetime: lambda at: f"{self.day(at.date())} {at:%H:%M}",
            date: self.day,
            Money: lambda sum_: _sign(f"¥{abs(sum_.in_yuan):,.2f}", sum_.fen),
            Share: lambda share: f"{_plain(share * 100, 1)}%",
            Decimal: lambda number: _plain(number, 4),
            int: lambda count: f"{count:,}",
            Period: self.period,
            tuple: lambda many: self.text(N_(", ")).join(map(self.show, many)),
        }

    def day(self, day: date) -> str:
        """A date in full: 2026年11月23日, 2026-11-23."""
        return f"{day.year}年{day.month}月{day.day}日" if self.is_chinese else f"{day:%Y-%m-%d}"

    def short_day(self, day: date) -> str:
        """A date of this year, for lists: 11月23日, 11-23."""
        return f"{day.month}月{day.day}日" if self.is_chinese else f"{day:%m-%d}"

    def month(self, day: date) -> str:
        """A month under a chart: 11月, Nov."""
        return f"{day.month}月" if self.is_chinese else _MONTHS[day.month - 1]

    def weekday(self, day: date) -> str:
        """The name of the day in the week."""
        return self.text(_WEEKDAYS[day.weekday()])

    def period(self, period: Period) -> str:
        """A period: 2026年第三季度, 2026 Q3."""
        year, nth = period.start.year, period.nth
        if period.is_shifted:
            return self._months(period.start, period.end)
        if not self.is_chinese:
            return str(period).replace("Q", " Q").replace("H", " H")
        written = {
            YEAR: f"{year}年",
            HALF: f"{year}年{'上下'[nth - 1]}半年" if period.months == HALF else "",
            QUARTER: f"{year}年第{'一二三四'[nth - 1]}季度" if period.months == QUARTER else "",
            MONTH: f"{year}年{period.start.month}月",
        }
        return written[period.months]

    def _months(self, first: date, last: date) -> str:
        """Months in a row: 2026年2–4月, 2026-02–2026-04."""
        if not self.is_chinese:
            return f"{first:%Y-%m}–{last:%Y-%m}"
        until = f"{last.month}月" if first.year == last.year else f"{last.year}年{last.month}月"
        return f"{first.year}年{first.month}{'' if first.year == last.year else '月'}–{until}"

    def short(self, sum_: Money) -> str:
        """A sum for a list or a figure: 12.3万元, 1.2亿元; ¥123K, ¥1.2M; in whole yuan where the owner wants it."""
        yuan = abs(sum_.in_yuan)
        steps = ((10**8, "亿元"), (10**4, "万元")) if self.is_chinese else ((10**6, "M"), (10**3, "K"))
        for step, name in () if self.in_yuan else steps:
            if yuan >= step:
                figure = f"{(yuan / step).quantize(Decimal('0.1'), ROUND_HALF_UP):,}{name}"
                return _sign(figure if self.is_chinese else f"¥{figure}", sum_.fen)
        figure = f"{yuan.quantize(Decimal(1), ROUND_HALF_UP):,}"
        return _sign(f"{figure}元" if self.is_chinese else f"¥{figure}", sum_.fen)


def _plain(number: Decimal, places: int) -> str:
    """A number with thousands set off and no more places than it needs."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{rounded:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _sign(figure: str, amount: int) -> str:
    return f"-{figure}" if amount < 0 else figure


@cache
def language(code: str, *, in_yuan: bool = False) -> Language:
    """The language of that code; English is the text as written in the code."""
    if code not in CODES:
        raise ValueError(code)
    found = gettext.translation(DOMAIN, LOCALE, [code], fallback=code == "en")
    return Language(code, found, in_yuan)
