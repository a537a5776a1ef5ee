"""Where in a sheet the tables stand: their headings, what is above, and what under them is no record.

Nothing here knows what a table is about. A heading is the row that looks most like one; where cells are
merged, or blank under a group, the rows of headings are joined. Tables beside each other are told apart
by the empty columns between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice, pairwise

from desktopapp.exchange.figures import unit_of
from desktopapp.exchange.headings import letters
from desktopapp.exchange.workbook import COLUMNS, REASONS, WIDE, Cell, Merged
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace

LOOKED_AT = 30
"""How many rows are searched for the headings."""
BELOW = 6
"""How many rows under a heading say whether it is one."""
DEEPEST = 3
"""The most rows headings are spread over where nothing is merged."""
SHORT = 40
"""The most characters a heading usually has."""
TOGETHER = 256
"""How many rows are turned into columns at once: few enough to stay in the processor's cache."""
NEAR = 0.5
"""How far below the best score the first row may be and still be the headings."""
TAIL = 12
"""How many rows at the end may be notes, sums and signatures."""
EXAMPLES = 3
"""How many rows under the headings may be examples of how to fill the others in."""
FEW = 0.25
"""Up to which part of the cells its rows usually have filled a last row is a note."""
FILLED = 4
"""From how many cells on a row is a record beside one that has only its number."""
WIDE_ENOUGH = 3
"""From how many cells on words in a row can be the headings of a table under another."""
TALL = 2_000
"""The most rows one cell is taken to stand beside."""
JOIN = "/"
"""Between the headings of a group and a column of it."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_FIGURE = re.compile(r"[\s¥￥$€£(（+-]*\d[\d.,，:/\-\s年月日TZ%万亿元)）]*")
_TOTALS = ("合计", "总计", "小计", "共计", "累计", "grand total", "subtotal", "total", "totals", "sum")
_SUMMED = "本页", "当页", "本月", "本季", "本年", "本期", "全部", "全年", "以上"
"""What a sum may say it is of: 本页小计."""
_TOTAL = re.compile(
    rf"(?:{'|'.join(_SUMMED)})?(?:{'|'.join(_TOTALS)})(?:$|[\s:：(（].*)", re.IGNORECASE | re.DOTALL
)
_BEGINS = frozenset((
    " ", "\u3000", *(word[0] for word in (*_SUMMED, *_TOTALS)), *(word[0].upper() for word in _TOTALS),
))  # fmt: skip
_HINT = re.compile(
    r"[（(【\[]?(?:必填|选填|可选|示例|例如|例[:：]|格式|填写说明|required|optional|example|e\.g\.)", re.IGNORECASE
)
_EXAMPLE = re.compile(r"[（(【\[]?(?:示例|样例|范例|例[:：]|例如|example\b|sample\b|e\.g\.)", re.IGNORECASE)
_INSTRUCTION = re.compile(r"模板|必填|选填|填写|示例|样例|template|required|fill in|instructions", re.IGNORECASE)
_PIVOT = re.compile(
    r"(?:sum|count|average|avg|min|max|product|grand total|total) (?:of )?.*|row labels|column labels|"
    r"(?:求和项|计数项|平均值项|最大值项|最小值项|汇总)[:：].*|行标签|列标签|总计",
    re.IGNORECASE,
)


@frozen
class Aside:
    """A row that stands in a table and is no record of it."""

    row: int
    text: str


@frozen
class RawTable:
    """The headings of one table and what stands under each, nothing interpreted yet. Empty rows are left out."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[Sequence[Cell], ...]
    numbers: Sequence[int]
    """The number a spreadsheet gives each row, for telling the owner where to look."""
    over: tuple[tuple[int, Cell], ...] = ()
    """Rows that hold more cells than there are headings, with the first such cell."""
    encoding: str = ""
    separator: str = ""
    """Empty in a workbook; with one, every cell is a text."""
    first: int = 1
    """The number of the row the headings begin in."""
    depth: int = 1
    """How many rows of headings there are; none where its columns go by letters."""
    above: tuple[str, ...] = ()
    """What stands over the headings."""
    aside: tuple[Aside, ...] = ()
    """Sums, notes, signatures and headings that stand again among the rows."""
    is_whole: bool = True
    """Whether these are all of its rows."""

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The table row by row, for a small one."""
        return list(zip(*self.columns, strict=True))

    @property
    def is_blank_form(self) -> bool:
        """Whether it is a form to be filled in, with no more in it than an example."""
        said = (*self.above, *(each.text for each in self.aside if not self.numbers or each.row < self.numbers[0]))
        return len(self.numbers) <= EXAMPLES and any(map(_INSTRUCTION.search, said))

    @property
    def is_pivot(self) -> bool:
        """Whether its headings are those of sums a spreadsheet has worked out, and not of records."""
        said = [each for each in self.heading if each]
        return sum(_PIVOT.fullmatch(each) is not None for each in said) * 2 >= len(said) > 0


@frozen
class Cut:
    """How the owner says a table is to be cut out; None where that is to be seen by itself."""

    encoding: str | None = None
    separator: str | None = None
    first: int | None = None
    """The number of the row the headings begin in."""
    depth: int | None = None


AS_SEEN = Cut()


def tables(
    name: str, first: int, rows: Iterable[Sequence[Cell]], merged: Sequence[Merged] = (), cut: Cut = AS_SEEN
) -> tuple[RawTable, ...]:
    """The tables of one sheet, from left to right; nothing where no row could be the headings of one.

    `first` is the number of the first of the rows. Raises `Refused` where one is too wide.
    """
    left = iter(rows)
    start = list(islice(left, max(LOOKED_AT, (cut.first or 0) + 2 * DEEPEST)))
    blocks = _blocks(start)
    if len(blocks) < 2:
        return tuple(_above_each_other(name, first, start, left, merged, cut))
    whole = [*start, *left]
    found = []
    for left_edge, right_edge in blocks:
        cells = [row[left_edge:right_edge] for row in whole]
        ranges = [
            (top, bottom, west - left_edge, east - left_edge)
            for top, bottom, west, east in merged
            if left_edge <= west and east < right_edge
        ]
        table = _headed(name, first, cells[: len(start)], iter(cells[len(start) :]), ranges, cut)
        if table:
            title = next((text for text in reversed(table.above) if len(text) <= SHORT), "")
            found.append(replace(table, name=f"{name} · {title}" if title and name else title or name))
    return tuple(found)


def _above_each_other(
    name: str,
    first: int,
    start: list[Sequence[Cell]],
    left: Iterator[Sequence[Cell]],
    merged: Sequence[Merged],
    cut: Cut,
) -> Iterator[RawTable]:
    """The tables of a sheet from top to bottom: nearly always one."""
    edges = [0, *(_starts(start) if cut.first is None else ()), len(start)]
    for top, bottom in pairwise(edges):
        is_last = bottom == len(start)
        inside = (each for each in merged if each[0] >= top and (is_last or each[1] < bottom))
        ranges = [(t - top, b - top, west, east) for t, b, west, east in inside]
        if table := _headed(name, first + top, start[top:bottom], left if is_last else iter(()), ranges, cut):
            yield table


def _starts(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The rows another table begins in: headings under a blank row, where what is above is a table of its own."""
    found: list[int] = []
    for at in range(2, len(rows) - 1):
        top = found[-1] if found else 0
        if not _filled(rows[at - 1]) and _is_heading(rows, at) and _is_table(rows[top : at - 1]):
            found.append(at)
    return found


def _is_heading(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether a row is of several words, all different, over a row of as many cells that are not all words."""
    cells = [_text(cell) for cell in rows[at] if cell not in ("", None)]
    if len(cells) < WIDE_ENOUGH or len({*cells}) < len(cells) or any(_is_figure(c) or len(c) > SHORT for c in cells):
        return False
    below = [cell for cell in rows[at + 1] if cell not in ("", None)]
    return len(below) * 2 > len(cells) and any(map(_is_figure, below))


def _is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether headings with rows under them stand here."""
    counts = list(map(_filled, rows))
    return any(count >= WIDE_ENOUGH and below * 2 > count for count, below in pairwise(counts))


def _blocks(start: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """The columns of each table that stands beside another: from, and up to.

    Empty columns alone may be a gap in one table. They part two where headings come again on the other
    side, where each side has a title of its own, or where the gap is wide.
    """
    width = max(map(len, start), default=0)
    full = [any(at < len(row) and row[at] not in ("", None) for row in start) for at in range(width)]
    runs: list[list[int]] = []
    for at in (at for at, is_full in enumerate(full) if is_full):
        if runs and runs[-1][1] == at:
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
    if len(runs) < 2 or any(right - left < 2 for left, right in runs):
        return []
    sides = [[_stretched(row[left:right], right - left) for row in start] for left, right in runs]
    headings = [at for at in map(_heading_at, sides) if at is not None]
    if len(headings) < len(sides):
        return []
    named = [set(side[at]) - {""} for side, at in zip(sides, headings, strict=True)]
    again = all(len(one & other) * 2 >= min(len(one), len(other)) for one, other in pairwise(named))
    titled = all(any(map(_filled, side[:at])) for side, at in zip(sides, headings, strict=True))
    wide = all(right[0] - left[1] >= 2 for left, right in pairwise(runs))
    return [(left, right) for left, right in runs] if again or titled or wide else []


def _headed(
    name: str,
    first: int,
    start: list[Sequence[Cell]],
    left: Iterator[Sequence[Cell]],
    merged: Sequence[Merged],
    cut: Cut,
) -> RawTable | None:
    """Rows cut at their headings; nothing where no row could be the headings, or none stands under them."""
    band = _band(start, merged, None if cut.first is None else cut.first - first, cut.depth)
    if band is None:
        return None
    top, bottom = band
    heading = _lettered(start[top:]) if top > bottom else _joined(start, top, bottom, merged)
    while heading and not heading[-1]:
        heading = heading[:-1]
    if cut.first is None and all(not cell or _is_figure(cell) for cell in heading):
        top = next((at for at, row in enumerate(start) if _filled(row)), 0)
        if sum(map(bool, heading)) < 2:
            return None
        heading, bottom = _lettered(start[top:]), top - 1
    if len(heading) > COLUMNS:
        raise Refused(REASONS[WIDE], "file")
    below = _filled_down(chain(start[bottom + 1 :], left), bottom + 1, merged)
    columns, numbers, over = _columns(below, len(heading), first + bottom + 1)
    if not numbers:
        return None
    above = tuple(_text(cell) for row in start[:top] for cell in row if cell not in ("", None))
    table = RawTable(name, heading, columns, numbers, over, first=first + top, depth=bottom - top + 1, above=above)
    return _without_asides(table)


def _filled_down(
    rows: Iterator[Sequence[Cell]], at: int, merged: Sequence[Merged]
) -> Iterator[Sequence[Cell]]:
    """The rows with what stands once beside several of them in each: the customer of three deals.

    Words and days only. A sum that stands beside several rows is that of all of them together.
    """
    tall = [each for each in merged if each[2] == each[3] and each[0] >= at and each[1] > each[0]]
    if not tall:
        return rows
    return _spread_down(rows, at, tall)


def _spread_down(rows: Iterator[Sequence[Cell]], at: int, tall: Sequence[Merged]) -> Iterator[Sequence[Cell]]:
    reach = {
        (row, column): top for top, bottom, column, _ in tall for row in range(top + 1, min(bottom, top + TALL) + 1)
    }
    columns = {column for _, column in reach}
    said: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows, at):
        filled = list(row)
        for column in columns:
            top = reach.get((number, column))
            if column >= len(row):
                continue
            if top is None:
                said[number, column] = row[column]
            elif row[column] in ("", None) and isinstance(cell := said.get((top, column)), str | date):
                filled[column] = cell
        yield filled


def _lettered(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The letters a spreadsheet gives the columns, where nothing else names them."""
    filled = (at + 1 for row in rows for at, cell in enumerate(row) if cell not in ("", None))
    return tuple(map(letters, range(max(filled, default=0))))


def _band(
    rows: Sequence[Sequence[Cell]], merged: Sequence[Merged], first: int | None, depth: int | None
) -> tuple[int, int] | None:
    """The first and the last row of the headings."""
    at = _heading_at(rows) if first is None else first
    if first is None and depth == 0:
        at = next((row for row, cells in enumerate(rows) if _filled(cells)), None)
    if at is None or not 0 <= at < len(rows):
        return None
    if depth is not None:
        return at, min(at + depth, len(rows)) - 1
    top, bottom = _by_merging(rows, at, merged) if merged else (at, at)
    if top == bottom:
        top, bottom = _by_gaps(rows, at)
    return (at if first is not None else top), bottom


def _by_merging(rows: Sequence[Sequence[Cell]], at: int, merged: Sequence[Merged]) -> tuple[int, int]:
    """The rows of headings by the cells that were made one: over a group of columns, or down beside one."""
    width = max(len(row) for row in rows)
    over = [each for each in merged if each[3] - each[2] + 1 < max(0.8 * width, 2)]  # a title goes over all
    top = bottom = at
    while True:
        reach = [(t, b) for t, b, _, _ in over if t <= bottom and b >= top and b < len(rows)]
        groups = [t for t, b, west, east in over if t == b == top - 1 and east > west]
        new_top = min([top, *(t for t, _ in reach), *groups])
        new_bottom = max([bottom, *(b for _, b in reach)])
        if any(t <= new_bottom == b and east > west for t, b, west, east in over) and new_bottom + 1 < len(rows):
            new_bottom += 1
        if (new_top, new_bottom) == (top, bottom):
            return top, bottom
        top, bottom = new_top, new_bottom


def _by_gaps(rows: Sequence[Sequence[Cell]], at: int) -> tuple[int, int]:
    """The rows of headings where nothing is merged: one fills the gaps of the other, names groups, or says it again."""
    top = bottom = at
    while bottom - top + 1 < DEEPEST and top > 0 and _belongs(rows, top - 1):
        top -= 1
    while bottom - top + 1 < DEEPEST and bottom + 2 < len(rows) and _belongs(rows, bottom):
        bottom += 1
    return top, bottom


def _belongs(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether a row and the next are headings together."""
    return _completes(rows, at) or _names_groups(rows, at) or _says_again(rows, at)


def _names_groups(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether a row names the groups of the headings under it, each of which has a name too: 客户 over 名称 and 等级.

    It begins where they begin and has a word for two groups at least, one of them of several columns, with figures
    or days in the table. What stands above a table besides - a title, who wrote it, what it is counted in - has a
    colon, a figure or one word.
    """
    width = max(len(rows[at]), len(rows[at + 1]))
    upper, lower = (_stretched(row, width) for row in rows[at : at + 2])
    words = [word for before, word in pairwise(["", *upper]) if word and word != before]
    if not (upper[0] and len(set(words)) == len(words) > 1 and len(words) < width == sum(map(bool, lower))):
        return False
    if any(_is_figure(cell) or len(cell) > SHORT for cell in (*words, *lower)) or any(map(_is_remark, words)):
        return False
    below = rows[at + 2 : at + BELOW]
    return any(_figures_below(column, below) for column in range(width))


def _is_remark(cell: str) -> bool:
    return ":" in cell or "：" in cell or unit_of(cell) is not None


def _says_again(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether the next row says the headings again in the other of the two languages, over figures or days."""
    width = max(len(rows[at]), len(rows[at + 1]))
    upper, lower = (_stretched(row, width) for row in rows[at : at + 2])
    if any(bool(up) != bool(down) for up, down in zip(upper, lower, strict=True)) or sum(map(bool, upper)) < 2:
        return False
    if any(_is_figure(cell) or len(cell) > SHORT for cell in (*upper, *lower) if cell):
        return False
    below = rows[at + 2 : at + BELOW]
    if not any(lower[column] and _figures_below(column, below) for column in range(width)):
        return False
    tongues = [{bool(_HAN.search(cell)) for cell in row if cell} for row in (upper, lower)]
    return tongues in ([{True}, {False}], [{False}, {True}])


def _completes(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether a row and the next are the headings of groups and of what is in them.

    Each is blank where the other speaks, both in short words, and figures stand under what only the lower says:
    two records may have gaps too, but words under words.
    """
    upper, lower, below = rows[at], rows[at + 1], rows[at + 2 : at + BELOW]
    width = max(len(upper), len(lower))
    one, other = (_stretched(row, width) for row in (upper, lower))
    if any(cell and (_is_figure(cell) or len(cell) > SHORT) for cell in (*one, *other)) or sum(map(bool, one)) < 2:
        return False
    only_above = any(up and not down for up, down in zip(one, other, strict=True))
    only_below = [column for column, (up, down) in enumerate(zip(one, other, strict=True)) if down and not up]
    return only_above and any(_figures_below(column, below) for column in only_below)


def _stretched(row: Sequence[Cell], width: int) -> list[str]:
    return [_text(cell) for cell in (*row, *[""] * (width - len(row)))]


def _joined(rows: Sequence[Sequence[Cell]], top: int, bottom: int, merged: Sequence[Merged]) -> tuple[str, ...]:
    """One heading for each column: what its group is called, and what it is called itself."""
    width = max(len(row) for row in rows[top : bottom + 1])
    grid = [_stretched(row, width) for row in rows[top : bottom + 1]]
    if top == bottom:
        return tuple(grid[0])
    for t, b, west, east in merged:
        if top <= t <= bottom and t - top < len(grid):
            said = grid[t - top][west] if west < width else ""
            for row in range(t, min(b, bottom) + 1):
                grid[row - top][west : east + 1] = [said] * (min(east, width - 1) - west + 1)
    if not merged:
        _spread(grid)
    return tuple(JOIN.join(dict.fromkeys(filter(None, cells))) for cells in zip(*grid, strict=True))


def _spread(grid: list[list[str]]) -> None:
    """Write the name of a group over all that follows it and has a name of its own below."""
    for upper, lower in pairwise(grid):
        for at in range(1, len(upper)):
            if lower[at] and lower[at - 1] and not upper[at]:
                upper[at] = upper[at - 1]


def _columns(
    rows: Iterator[Sequence[Cell]], width: int, first: int
) -> tuple[tuple[list[Cell], ...], list[int], tuple[tuple[int, Cell], ...]]:
    """Rows turned into columns, some at a time, so that no more rows than those are ever held."""
    columns: tuple[list[Cell], ...] = tuple([] for _ in range(width))
    numbers: list[int] = []
    over: list[tuple[int, Cell]] = []
    held: list[dict[Cell, Cell] | None] = [{} for _ in range(width)]
    while some := list(islice(rows, TOGETHER)):
        counted: Sequence[int] = range(first, first + len(some))
        first += len(some)
        if set(map(len, some)) != {width} or not all(map(any, some)):
            counted = [number for number, row in zip(counted, some, strict=True) if any(row)]
            some = list(filter(any, some))
            over += [(number, row[width]) for number, row in zip(counted, some, strict=True) if any(row[width:])]
            some = [(*row[:width], *[""] * (width - len(row))) for row in some]
        numbers += counted
        for at, (column, cells) in enumerate(zip(columns, zip(*some, strict=True), strict=False)):
            column += _shared(held, at, cells)
    return columns, numbers, tuple(over)


def _shared(held: list[dict[Cell, Cell] | None], at: int, cells: Sequence[Cell]) -> Iterable[Cell]:
    """The cells, with one text in place of many that are alike; given up in a column where few are."""
    seen = held[at]
    if seen is None or set(map(type, cells)) != {str}:
        held[at] = None
        return cells
    known = len(seen)
    shared = list(map(seen.setdefault, cells, cells))
    if (len(seen) - known) * 2 > len(cells):
        held[at] = None
    return shared


def _without_asides(table: RawTable) -> RawTable:
    """The table without the rows that are no records, which are named instead."""
    aside = {**_headings_again(table), **_sums(table), **_hints(table), **_notes(table), **_unused(table)}
    if not aside or len(aside) == len(table.numbers):
        return table
    kept = [at for at in range(len(table.numbers)) if at not in aside]
    gone = {table.numbers[at] for at in aside}
    return replace(
        table,
        columns=tuple([column[at] for at in kept] for column in table.columns),
        numbers=[table.numbers[at] for at in kept],
        over=tuple(each for each in table.over if each[0] not in gone),
        aside=tuple(Aside(table.numbers[at], text) for at, text in sorted(aside.items())),
    )


def _headings_again(table: RawTable) -> dict[int, str]:
    """Rows that say the headings once more, as pages and pay slips do."""
    at = next((at for at, text in enumerate(table.heading) if text), 0)
    if table.depth > 1 or table.heading[at] not in table.columns[at]:
        return {}
    again = [row for row, cell in enumerate(table.columns[at]) if _text(cell) == table.heading[at]]
    same = [row for row in again if _row(table, row) == list(table.heading)]
    return dict.fromkeys(same, table.heading[at])


def _sums(table: RawTable) -> dict[int, str]:
    """Rows that add others up."""
    found: dict[int, str] = {}
    for column in table.columns[:3]:
        rows = [at for at, cell in enumerate(column) if type(cell) is str and cell[:1] in _BEGINS]
        sums = [row for row in rows if _TOTAL.fullmatch(str(column[row]).strip())]
        found |= {row: _said(table, row) for row in sums if sum(not _is_figure(c) for c in _row(table, row) if c) <= 2}
    return found


def _hints(table: RawTable) -> dict[int, str]:
    """First rows that say how to fill the others in, as an example or in words, or what the figures are counted in."""
    examples: dict[int, str] = {}
    for row in range(min(EXAMPLES, len(table.numbers))):
        if not _EXAMPLE.match(next(filter(None, _row(table, row)), "")):
            break
        examples[row] = _said(table, row)
    if examples:
        return examples
    cells = list(filter(None, _row(table, 0)))
    hinting = sum(_HINT.match(cell) is not None for cell in cells)
    lone = len(cells) == 1 and _usual(table) >= 4 and not _is_figure(cells[0])
    return {0: _said(table, 0)} if cells and (lone or hinting * 2 >= len(cells)) else {}


def _usual(table: RawTable) -> int:
    """How many cells its rows usually have filled."""
    count = min(len(table.numbers), 50)
    return sorted(_filled(_row(table, row)) for row in range(count))[count // 2]


def _notes(table: RawTable) -> dict[int, str]:
    """The last rows where they are notes and signatures: hardly a cell of them is filled."""
    count, usual = len(table.numbers), _usual(table)
    found: dict[int, str] = {}
    for row in range(count - 1, max(count - TAIL, 0), -1):
        cells = list(filter(None, _row(table, row)))
        if not cells or _TOTAL.fullmatch(cells[0]):
            continue
        signed = all(cell.rstrip().endswith((":", "：")) or "：" in cell[:12] for cell in cells)
        if usual < 3 or (len(cells) > max(1, FEW * usual) and not signed) or any(map(_is_figure, cells)):
            break
        found[row] = _said(table, row)
    return found


def _unused(table: RawTable) -> dict[int, str]:
    """Rows that are numbered in advance and were never filled in."""
    if len(table.columns) < FILLED:
        return {}
    bare = [row for row, cell in enumerate(table.columns[1]) if cell in ("", None)]
    if not bare or max(_filled(_row(table, row)) for row in range(min(len(table.numbers), TAIL))) < FILLED:
        return {}
    alone = [row for row in bare if _filled(_row(table, row)) == 1 and _is_figure(table.columns[0][row] or None)]
    return {row: _text(table.columns[0][row]) for row in alone}


def _row(table: RawTable, at: int) -> list[str]:
    return [_text(column[at]) for column in table.columns]


def _said(table: RawTable, at: int) -> str:
    return " ".join(filter(None, _row(table, at)))[:120]


def _heading_at(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Where the headings stand: the first row nearly as good as the best; titles above them score low."""
    width = max((_filled(row) for row in rows), default=0)
    if not width:
        return None
    scores = [_score(row, rows[at + 1 : at + BELOW], width) for at, row in enumerate(rows)]
    best = max(scores)
    return next(at for at, score in enumerate(scores) if score >= best - NEAR)


def _score(row: Sequence[Cell], below: Sequence[Sequence[Cell]], width: int) -> float:
    """How much a row looks like headings: filled, in words, all different, short, with figures under them."""
    filled = [cell for cell in row if cell not in ("", None)]
    if not filled:
        return 0.0
    words = [not _is_figure(cell) for cell in filled]
    changes = sum(bool(cell) and not _is_figure(cell) and _figures_below(at, below) for at, cell in enumerate(row))
    short = sum(len(str(cell)) <= SHORT for cell in filled)
    count = len(filled)
    return 3 * count / width + 2 * sum(words) / count + len({*map(str, filled)}) / count + (short + changes / 2) / count


def _figures_below(at: int, below: Sequence[Sequence[Cell]]) -> bool:
    cells = [row[at] for row in below if at < len(row) and row[at] not in ("", None)]
    return bool(cells) and all(map(_is_figure, cells))


def _is_figure(cell: Cell) -> bool:
    return _FIGURE.fullmatch(cell) is not None if isinstance(cell, str) else cell is not None


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell not in ("", None) for cell in row)


def _text(cell: Cell) -> str:
    """A heading on one line, without space around it."""
    return "" if cell is None else " ".join(unicodedata.normalize("NFC", str(cell)).split())
