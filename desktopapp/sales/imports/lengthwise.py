"""Targets with a column for each month or measure, as people write them, turned into a row for each.

Only where the file, its title or the headings say that they are targets: months side by side may be anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from desktopapp.exchange import spans
from desktopapp.exchange.regions import RawTable
from desktopapp.exchange.workbook import Cell
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.period import YEAR, Period

PERIOD, MEASURE, TARGET = "期间", "指标", "目标"
"""The headings of what stood in the headings, and of what stood under them."""
FEW = {PERIOD: 3, MEASURE: 2}
"""So many such columns make a table of them."""
_TARGETS = re.compile(r"目标|任务|指标|计划|target|quota|goal|budget", re.IGNORECASE)
_SUM = re.compile(r"合计|总计|小计|全年.*|年度.*|总额|total|sum|fy.*", re.IGNORECASE)
_WORD = re.compile(
    r"(?:额|金额)?(?:目标|任务|指标|计划)(?:额|金额|值)?(?:\(.*\))?$|\s+(?:target|quota|goal)$", re.IGNORECASE
)


def lengthwise(table: RawTable, file: str) -> RawTable:
    """The table with a row for each month or measure where it has a column for each; any other as it is."""
    said = (*table.above, table.name, file)
    for kind, of in ((PERIOD, _periods(table.heading, said)), (MEASURE, _measures(table.heading))):
        if len(of) >= FEW[kind] and any(map(_TARGETS.search, (*said, *table.heading))):
            return _turned(table, kind, of)
    return table


def _periods(heading: Sequence[str], said: Sequence[str]) -> Mapping[int, str]:
    """The columns whose headings are a period and nothing else, with it; the year may stand in the title."""
    year = next((found.start.year for found in map(spans.found, said) if found), None)
    whole = {at: _period(_WORD.sub("", _plain(each)), year) for at, each in enumerate(heading)}
    return {at: period for at, period in whole.items() if period}


def _period(text: str, year: int | None) -> str:
    if spans.is_period(text):
        found = spans.period(text)
        return str(found) if found.months != YEAR else ""
    if year is None or not _PART.fullmatch(text):
        return ""
    return str(spans.part_of(Period.parse(str(year)), text) or "")


_PART = re.compile(r"\d{1,2}月份?|第?[1-4一二三四]季度?|Q[1-4]|[a-z]{3,9}\.?", re.IGNORECASE)


def _measures(heading: Sequence[str]) -> Mapping[int, str]:
    """The columns whose headings name a measure and say that it is a target: 签约目标, 回款任务."""
    found = {at: _WORD.sub("", _plain(each)) for at, each in enumerate(heading) if _WORD.search(_plain(each))}
    return {at: measure for at, measure in found.items() if measure and not _SUM.fullmatch(measure)}


def _plain(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", heading).split())


def _turned(table: RawTable, kind: str, of: Mapping[int, str]) -> RawTable:
    stay = [at for at, each in enumerate(table.heading) if at not in of and not _SUM.fullmatch(_plain(each))]
    columns: list[list[Cell]] = [[] for _ in range(len(stay) + 2)]
    numbers: list[int] = []
    for nth, number in enumerate(table.numbers):
        kept = [table.columns[at][nth] for at in stay]
        for at, what in of.items():
            cell = table.columns[at][nth]
            if cell in ("", None):
                continue
            numbers.append(number)
            for column, each in zip(columns, (*kept, what, cell), strict=True):
                column.append(each)
    heading = (*(table.heading[at] for at in stay), kind, _unit(table.heading, of))
    return replace(table, heading=heading, columns=tuple(columns), numbers=numbers, over=())


def _unit(heading: Sequence[str], of: Mapping[int, str]) -> str:
    """The heading of the targets, with what they are counted in where the headings they stood under say it."""
    units = {found[0] for at in of if (found := re.search(r"[(（].*元[)）]$", heading[at]))}
    return TARGET + (units.pop() if len(units) == 1 else "")
