"""Places rows on pages: what fits, what stays together, and where spare room goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from desktopapp.kernel.frozen import frozen
from desktopapp.printing.blocks import Kind, Row
from desktopapp.printing.style import LEAST_ROWS, MM, Heights, between

_STEPS, _EASY = 4, 0.8
"""Heights come down from generous to easy in so many steps, before any row goes; easy is so far to the tightest."""


@frozen
class Placed:
    """A row on its page, so far from the top of the printed part."""

    row: Row
    top: float
    height: float


_ASKS: Mapping[Kind, Callable[[Heights], float]] = {
    Kind.FIELD: attrgetter("field"), Kind.BLANK: attrgetter("blank"), Kind.SPACE: attrgetter("space"),
    Kind.REST: attrgetter("rest"), Kind.SIGN: attrgetter("sign"), Kind.CHART: attrgetter("chart"),
}
"""How tall each kind of row is to be, at least."""


@frozen
class _Fit:
    """How many blank rows a table keeps, and how tall what is filled in by hand is."""

    rows: int
    heights: Heights

    def of(self, row: Row) -> float:
        asks = _ASKS.get(row.kind)
        return max(row.height, asks(self.heights) * row.amount) if asks else row.height

    def keeps(self, row: Row) -> bool:
        return row.spare is None or row.spare < self.rows


@frozen
class _Growth:
    """How a kind of row takes part in spare room: how eagerly, and how far."""

    weight: float
    to: float = 0.0
    by: float = 0.0

    def most(self, row: Row) -> float:
        """How tall the row may become."""
        return max(self.to * row.amount, row.height + self.by)


_GROWTH = {
    Kind.SPACE: _Growth(6, to=28 * MM),
    Kind.REST: _Growth(6, to=14 * MM),
    Kind.CHART: _Growth(6, to=80 * MM),
    Kind.SIGN: _Growth(2, to=30 * MM),
    Kind.BLANK: _Growth(1, to=12.5 * MM),
    Kind.FIELD: _Growth(0.5, to=11 * MM),
    Kind.DATA: _Growth(1, by=2.5 * MM),
}


def place(rows: Sequence[Row], room: float, pages: int) -> list[list[Placed]]:
    """The rows page by page: on so many pages if that can be, else on as few as hold them.

    What does not fit first gives up what is generous in its heights, then blank rows, never
    below three to a table, then height down to what a hand needs; never the type size.
    """
    fits = list(_fits(rows))
    loosest = _flowed(rows, fits[0], room)
    if len(loosest) > pages:
        pages = max(pages, len(_flowed(rows, fits[-1], room)))
        loosest = next(flowed for fit in fits if len(flowed := _flowed(rows, fit, room)) <= pages)
    return [_stretched(page, room) for page in loosest]


def _fits(rows: Sequence[Row]) -> Iterator[_Fit]:
    """From the most generous to the tightest."""
    most = max((row.spare + 1 for row in rows if row.spare is not None), default=0)
    for step in range(_STEPS):
        yield _Fit(most, between(_EASY * step / _STEPS))
    for kept in range(most, LEAST_ROWS, -1):
        yield _Fit(kept, between(_EASY))
    yield _Fit(LEAST_ROWS, between(_EASY))
    yield _Fit(LEAST_ROWS, between(1))


def _flowed(rows: Sequence[Row], fit: _Fit, room: float) -> list[list[tuple[Row, float]]]:
    """Rows dealt out to pages, a heading repeated where its table goes on."""
    pages: list[list[tuple[Row, float]]] = [[]]
    used = 0.0
    for group in _groups([(row, fit.of(row)) for row in rows if fit.keeps(row)], room):
        asked = sum(height for _, height in group)
        if pages[-1] and used + asked > room + 0.01:
            repeated = [(row, fit.of(row)) for row in group[0][0].above]
            pages.append(repeated)
            used = sum(height for _, height in repeated)
        pages[-1].extend(group)
        used += asked
    return pages


def _groups(rows: Sequence[tuple[Row, float]], room: float) -> Iterator[list[tuple[Row, float]]]:
    """Rows that stand together; should they be too many for a page, each goes alone."""
    group: list[tuple[Row, float]] = []
    for row, height in rows:
        group.append((row, height))
        if row.keep:
            continue
        if sum(height for _, height in group) <= room:
            yield group
        else:
            yield from ([each] for each in group)
        group = []
    if group:
        yield group


def _stretched(page: Sequence[tuple[Row, float]], room: float) -> list[Placed]:
    """The rows of a page in their places, its spare room given to what is filled in by hand."""
    heights = [height for _, height in page]
    growing = [(place, row, _GROWTH[row.kind]) for place, (row, _) in enumerate(page) if row.kind in _GROWTH]
    for _ in range(4):  # what one row may not take goes round again
        spare = room - sum(heights)
        growing = [each for each in growing if heights[each[0]] < each[2].most(each[1])]
        if spare < 1 or not growing:
            break
        share = spare / sum(growth.weight * row.amount for _, row, growth in growing)
        for place, row, growth in growing:
            heights[place] = min(heights[place] + share * growth.weight * row.amount, growth.most(row))
    return [Placed(row, top, height) for (row, _), top, height in zip(page, _sums(heights), heights, strict=True)]


def _sums(heights: Sequence[float]) -> Iterator[float]:
    top = 0.0
    for height in heights:
        yield top
        top += height


