"""Goals of one person out of a spreadsheet: each cell read, and what is wrong with it said, before anything is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.exchange.headings import normal
from desktopapp.exchange.parsers import alike
from desktopapp.goals import queries, rules
from desktopapp.goals.models import ACTIVE, Goal
from desktopapp.goals.service import Draft
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import YEAR, Period
from desktopapp.kernel.quantity import number

COLUMNS = (Goal.name, Goal.metric, Goal.unit, Goal.start, Goal.target, Goal.weight, Goal.due)
"""What a list of goals may fill, in the order it is shown."""
BARE = ("name", "metric", "start", "target", "weight", "due")
"""What the cells of a list without headings are taken for, from the left."""
NEEDED = ("name", "target", "weight")
NEW, CHANGED = "new", "changed"
"""What taking a line in does."""
_HEADINGS = {
    "name": ("目标名称", "目标内容", "考核目标", "goal name"),
    "metric": ("指标", "考核指标", "指标名称", "metric", "kpi"),
    "unit": ("计量单位",),
    "start": ("基线", "基准", "现值", "起点", "baseline", "start"),
    "target": ("目标值", "目标数", "指标值", "target"),
    "weight": ("权重%", "权重(%)", "占比", "weight%"),
    "due": ("截止日期", "完成时间", "到期日", "due date", "deadline"),
}
"""Headings a column is known by besides our own label."""
_KEPT = ("note", "parent", "part", "rollup", "lower", "cadence", "basis")
"""What a list says nothing of stays as it is in a goal that is there."""
_MEASURE = re.compile(r"\s*([¥￥]?[-+(]?[\d.,，０-９]+[百千万亿]*\)?)\s*(\D*?)\s*")


@frozen
class Line:
    """One row of the list: the goal it makes, or what is wrong with its cells, by their names."""

    draft: Draft | None
    problems: Mapping[str, Message]
    does: str = NEW


@frozen
class Block:
    """A pasted block: each line by the names of its columns, and the headings nobody asked for."""

    lines: tuple[Mapping[str, str], ...]
    left_out: tuple[str, ...] = ()


def laid_out(cells: Sequence[Sequence[str]]) -> Block:
    """The cells of a pasted block by the name of their column; without headings, by their order."""
    names = [_column(cell) for cell in cells[0]] if cells else []
    known = [name for name in names if name]
    is_headed = "name" in known and len(set(known)) == len(known)
    filled = [row for row in cells[is_headed:] if any(map(str.strip, row))]
    rows = (zip(names if is_headed else BARE, row, strict=False) for row in filled)
    lines = tuple(_with_unit({name: cell.strip() for name, cell in row if name}) for row in rows)
    if not is_headed:
        return Block(lines)
    return Block(lines, tuple(each for each, name in zip(cells[0], names, strict=True) if each and not name))


def _with_unit(line: dict[str, str]) -> dict[str, str]:
    """A line whose unit is told by its target where no column tells it: 60 家, 70万元."""
    try:
        unit = amount(line.get("target", ""))[1]
    except Refused:
        return line
    return {**line, "unit": line.get("unit") or unit}


def _column(heading: str) -> str:
    """The name of the column that is meant by a heading, none where it is nobody's."""
    wanted = normal(heading)
    for field in COLUMNS:
        ours = {normal(language(code).text(field.verbose_name)) for code in CODES}
        if wanted in ours | {normal(each) for each in _HEADINGS[field.name]}:
            return str(field.name)
    return ""


def amount(text: str) -> tuple[Decimal, str]:
    """A figure and the unit behind it: 70万元, 60 家, 30%. Raises `Refused` where there is no figure."""
    found = _MEASURE.fullmatch(unicodedata.normalize("NFKC", text))
    if not found:
        return number(text), ""
    figure, unit = found[1].lstrip("¥￥"), found[2]
    return number(figure), "元" if unit == "元" or found[1].startswith(("¥", "￥")) else unit


def metric(text: str) -> str:
    """The metric that is meant by a word. Raises `Refused` where there is none of that name."""
    wanted = alike(text)
    for each in queries.metrics():
        if wanted in {alike(each.id), *(alike(language(code).text(each.name)) for code in CODES)}:
            return each.id
    raise Refused(M("No metric is called “{text}”. Leave it empty where another measure is meant.", text=text))


def read(lines: Sequence[Mapping[str, Any]], *, person: int, period: Period, today: date) -> list[Line]:
    """What each line makes; a goal of the same name in that period is changed, not made twice."""
    there = {row.goal: row for row in queries.standing(period=period, person=person, today=today)}
    found = [_line(line, period, today) for line in lines]
    names = [line.draft.name for line in found if line.draft]
    return [_placed(line, there, names) for line in found]


def _line(said: Mapping[str, Any], period: Period, today: date) -> Line:
    """A line by itself. A value that is a `Message` is what is wrong with its cell."""
    problems = {name: value for name, value in said.items() if isinstance(value, Message)}
    for name in NEEDED:
        if said.get(name) in (None, ""):
            problems[name] = M("Nothing is written here, but it is needed.")
    if problems:
        return Line(None, problems)
    known = str(said.get("metric") or "")
    draft = Draft(
        name=str(said["name"]), metric=known, unit=queries.unit_of_metric(known) or str(said.get("unit") or ""),
        start=_plain(said.get("start")), target=_plain(said["target"]) or Decimal(0),
        weight=_plain(said["weight"]) or Decimal(0), due=said.get("due"),
        horizon=rules.LONG if period.months == YEAR else rules.SHORT, direction=_direction(known, said),
    )  # fmt: skip
    try:
        rules.check(name=draft.name, period=period, target=draft.target, weight=draft.weight, start=draft.start,
                    direction=draft.direction, due=draft.due, today=today)  # fmt: skip
    except Refused as no:
        return Line(None, {no.field or "name": no.message})
    return Line(draft, {})


def _plain(figure: Any) -> Decimal | None:
    return Decimal(figure.in_yuan) if isinstance(figure, Money) else figure


def _direction(known: str, said: Mapping[str, Any]) -> str:
    """Which way is better: as the metric says, or towards the target from where it begins."""
    better = next((each.better for each in queries.metrics() if each.id == known), "")
    if better in (rules.UP, rules.DOWN, rules.HOLD):
        return better
    start, target = _plain(said.get("start")), _plain(said.get("target"))
    return rules.DOWN if start is not None and target is not None and target < start else rules.UP


def _placed(line: Line, there: Mapping[str, Any], names: Sequence[str]) -> Line:
    """The line among the others and the goals there are."""
    if line.draft is None:
        return line
    if names.count(line.draft.name) > 1:
        return Line(None, {"name": M("This goal stands twice in the list.")})
    old = there.get(line.draft.name)
    if old is None:
        return line
    if old.state != ACTIVE:
        return Line(None, {"name": M("A goal of this name was closed; reopen it or choose another name.")})
    return Line(replace(line.draft, goal=old.id, **{name: getattr(old, name) for name in _KEPT}), {}, CHANGED)
