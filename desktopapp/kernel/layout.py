"""From a chart and the room for it to the shapes that show it, the same for screen and paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from desktopapp.kernel.chart import Bars, Chart, Funnel, Heat, Lines, Progress, Radar, Values, Write, percent
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.shape import (
    END,
    MIDDLE,
    START,
    Ellipse,
    Ink,
    Line,
    Point,
    Polygon,
    Rect,
    Room,
    Shape,
    Spot,
    Text,
)  # fmt: skip

MET, MISSED, AS_IS = Ink("accent", 0.62), Ink("accent", 0.3, hatched=True), Ink("accent", 0.62)
"""Bars that reached their target, that did not, and that had none."""
RUNNING = Ink("accent")
STROKES = (("accent", False), ("text3", True), ("good", False), ("warn", True))
"""Colour and dashes of the first line, the second and so on."""
GROUNDS = {
    "good": (Ink("good_soft"), Ink("good")), "accent": (Ink("accent_soft"), Ink("accent_text")),
    "warn": (Ink("warn_soft"), Ink("warn")), "bad": (Ink("bad_soft"), Ink("bad")),
}  # fmt: skip
"""Ground and ink of a cell by the mood of its band."""
NOTHING = (Ink("track"), Ink("text2"))

_SURFACE, _GRID, _AXIS, _RING = Ink("surface"), Ink("grid"), Ink("border"), Ink("text3", 0.3)
_GAP, _NARROWEST, _CELL, _DOT, _REACH = 6.0, 24.0, 4.0, 3.0, 10.0
_WIDEST_BAR, _MARK = 36.0, 22.0
_ENDLESS = 1e6


def layout(chart: Chart, room: Room) -> tuple[Shape, ...]:
    """The shapes of a chart, in the order they are drawn."""
    match chart:
        case Bars():
            found = _bars(chart, room)
        case Lines():
            found = _lines(chart, room)
        case Radar():
            found = _radar(chart, room)
        case Progress():
            found = _progress(chart, room)
        case Funnel():
            found = _funnel(chart, room)
        case Heat():
            found = _heat(chart, room)
    return tuple(found)


def height(chart: Chart, line: float) -> float:
    """How tall a chart must be for all of it to be read."""
    match chart:
        case Heat():
            return (len(chart.rows) + 1 + bool(chart.bands)) * (line + _GAP)
        case Funnel():
            return len(chart.stages) * (line + 2 * _GAP)
        case Radar():
            return 12 * line
        case Progress():
            return line
    return 8 * line


def tips(chart: Chart) -> tuple[str, ...]:
    """Everything a chart tells where it is pointed at."""
    return tuple(shape.tip for shape in layout(chart, _boundless()) if isinstance(shape, Spot))


def words(chart: Chart) -> tuple[str, ...]:
    """Every text that may stand in a chart."""
    return tuple(shape.words for shape in layout(chart, _boundless()) if isinstance(shape, Text))


def _boundless() -> Room:
    return Room(_ENDLESS, _ENDLESS, len, 1, tells=True)


def scale(least: float, most: float, count: int = 6) -> list[float]:
    """Round numbers for an axis, from `least` or below to `most` or above, about `count` steps apart."""
    if most <= least:
        most = least + 1
    rough = (most - least) / count
    unit = 10.0 ** math.floor(math.log10(rough))
    sizes = (1, 2, 2.5, 5, 10) if unit >= 1 else (1, 2, 5, 10)
    step = next(unit * size for size in sizes if unit * size >= rough * (1 - 1e-9))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [step * n for n in range(first, last + 1)]


def legend(entries: Iterable[tuple[str, str, str]], room: Room) -> Iterator[Shape]:
    """What marks mean, in a row: a name, its mark (bar, line or dash) and the colour of it."""
    left, middle = 0.0, room.line / 2
    for name, mark, role in entries:
        if mark == "bar":
            yield Rect(left + _MARK - 10, middle - 5, 10, 10, Ink(role))
        else:
            yield Line(((left, middle), (left + _MARK, middle)), Ink(role), 2, dashed=mark == "dash")
        yield Text(left + _MARK + _GAP, middle, name, ink=Ink(role))
        left += legend_width((name,), room)


def legend_width(names: Iterable[str], room: Room) -> float:
    """How wide a legend of those names is."""
    return sum(room.measure(name) + _MARK + 3 * _GAP for name in names)


def _legend_below(entries: Sequence[tuple[str, str, str]], room: Room) -> Iterator[Shape]:
    """A legend in the middle of the last line."""
    left = max((room.width - legend_width([each[0] for each in entries], room)) / 2, 0)
    for shape in legend(entries, room):
        yield _moved(shape, left, room.height - room.line)


def _moved(shape: Shape, right: float, down: float) -> Shape:
    if isinstance(shape, (Line, Polygon)):
        return replace(shape, points=tuple((x + right, y + down) for x, y in shape.points))
    return replace(shape, x=shape.x + right, y=shape.y + down)


@frozen
class _Field:
    """Where the marks of a chart with two axes stand."""

    left: float
    top: float
    width: float
    height: float
    scale: Sequence[float]
    """The numbers written at its left, the lowest first."""
    count: int

    @property
    def slot(self) -> float:
        return self.width / max(self.count, 1)

    def x(self, n: int) -> float:
        return self.left + self.slot * (n + 0.5)

    def y(self, value: float) -> float:
        low, high = self.scale[0], self.scale[-1]
        return self.top + self.height * (high - value) / (high - low)


def _field(room: Room, labels: Sequence[str], least: float, most: float, write: Write) -> _Field:
    told = room.line + 2 if room.tells else 0.0
    top = max(room.line / 2, told)
    deep = max(room.height - top - room.line - _GAP - 2 - (told if least < 0 else 0), 1.0)
    ticks = _ticks(least, most, max(int(deep / (1.9 * room.line)), 1))
    left = room.widest(map(write, ticks)) + 10
    return _Field(left, top, max(room.width - left - 4, 1.0), deep, ticks, len(labels))


def _ticks(least: float, most: float, few: int) -> list[float]:
    """The numbers written beside an axis: not many more than a few, its ends and nought among them."""
    steps = scale(least, most)
    step, first, last = steps[1] - steps[0], round(steps[0] / (steps[1] - steps[0])), len(steps) - 1
    ground = -first if first < 0 else 0
    every = min(max(1, math.ceil(last / few)), max(ground, last - ground))
    below, above = -(-ground // every), -(-(last - ground) // every)
    return [step * (first + ground + n * every) for n in range(-below, above + 1)]


def _frame(field: _Field, room: Room, labels: Sequence[str], write: Write) -> Iterator[Shape]:
    """The grid, its numbers and the labels below."""
    ground = 0.0 if field.scale[0] < 0 else field.scale[0]
    if not labels:
        yield Line(((0, field.y(ground)), (room.width, field.y(ground))), _AXIS)
        return
    for step in sorted(field.scale, key=lambda step: step == ground):
        y = field.y(step)
        yield Line(((field.left, y), (field.left + field.width, y)), _AXIS if step == ground else _GRID)
        yield Text(field.left - 8, y, write(step), END)
    yield from _labels(field, room, labels)


def _labels(field: _Field, room: Room, labels: Sequence[str]) -> Iterator[Shape]:
    """The words below: long ones cut, every second or third left out where all would not fit; the last stays."""
    longest = max(field.slot - _GAP, 4 * room.line)
    shown = [room.elided(label, longest) for label in labels]
    beyond = max(room.measure(shown[-1]) / 2 - (room.width - field.x(len(shown) - 1)), 0) if shown else 0
    every = max(1, math.ceil((room.widest(shown) + _GAP + beyond) / field.slot))
    free = room.width + _GAP
    for n in range(len(labels) - 1, -1, -every):
        half = room.measure(shown[n]) / 2
        x = max(min(field.x(n), room.width - half), half)
        if x + half + _GAP <= free:
            yield Text(x, room.height - room.line / 2, shown[n], MIDDLE)
            free = x - half


def _bars(chart: Bars, room: Room) -> Iterator[Shape]:
    whole, room = room, _above_legend(room, chart.names)
    values, targets = _known(chart.values, len(chart.labels)), _known(chart.target, len(chart.labels))
    numbers = [value for value in (*values, *targets) if value is not None]
    field = _field(room, chart.labels, min([0, *numbers]), max([0, *numbers]), chart.write)
    yield from _frame(field, room, chart.labels, chart.write)
    for n, (value, target) in enumerate(zip(values, targets, strict=True)):
        if value:
            yield _bar(field, n, value, RUNNING if n == chart.current else _reached(value, target))
    for run in _runs(targets):
        yield Line(_across(field, run), Ink("warn"), 2, dashed=True)
    if room.tells:
        yield from _told(field, room, values, chart.write)
    for n, label in enumerate(chart.labels):
        said = _said(label, [chart.write(each) for each in (values[n], targets[n]) if each is not None])
        yield Spot(field.left + field.slot * n, field.top, field.slot, field.height, said)
    if chart.names:
        marks = zip(chart.names, ("bar", "dash"), ("accent", "warn"), strict=False)
        yield from _legend_below(tuple(marks), whole)


def _reached(value: float, target: float | None) -> Ink:
    if target is None:
        return AS_IS
    return MET if value >= target else MISSED


def _bar(field: _Field, n: int, value: float, ink: Ink) -> Rect:
    width = min(field.slot * 0.5, _WIDEST_BAR)
    top, bottom = sorted((field.y(value), field.y(0)))
    return Rect(field.x(n) - width / 2, top, width, bottom - top, ink, min(3.0, bottom - top, width / 2),
                crown=value > 0)  # fmt: skip


def _across(field: _Field, run: Sequence[tuple[int, float]]) -> tuple[Point, ...]:
    """The points of a line; one alone becomes as wide as its bar, else nothing of it were seen."""
    if len(run) > 1:
        return tuple((field.x(n), field.y(value)) for n, value in run)
    [(n, value)] = run
    return ((field.x(n) - field.slot * 0.35, field.y(value)), (field.x(n) + field.slot * 0.35, field.y(value)))


def _told(field: _Field, room: Room, values: Values, write: Write) -> Iterator[Shape]:
    """Values beside their marks, each on a plate that covers what runs below it."""
    written = ["" if value is None else write(value) for value in values]
    every = max(1, math.ceil((room.widest(written) + 2) / field.slot))
    for n in range(len(values) - 1, -1, -every):
        value = values[n]
        if value is None:
            continue
        width = room.measure(written[n])
        y = field.y(value) - room.line / 2 - 2 if value >= 0 else field.y(value) + room.line / 2 + 2
        yield Rect(field.x(n) - width / 2 - 1, y - room.line / 2 + 1, width + 2, room.line - 2, _SURFACE)
        yield Text(field.x(n), y, written[n], MIDDLE, Ink("text"))


def _lines(chart: Lines, room: Room) -> Iterator[Shape]:
    many = [name for name, _ in chart.series] if len(chart.series) > 1 else []
    whole, room = room, _above_legend(room, many)
    count = len(chart.labels)
    known = [(name, _known(values, count)) for name, values in chart.series]
    numbers = [value for _, values in known for value in values if value is not None]
    least = min([0 if chart.least is None else chart.least, *numbers])
    most = max([*numbers, chart.most or 0, least])
    field = _field(room, chart.labels, least, most, chart.write)
    yield from _frame(field, room, chart.labels, chart.write)
    for nth in range(len(known) - 1, -1, -1):  # the main line last, above the others
        yield from _series(field, chart, nth, *known[nth])
    if room.tells and known:
        yield from _told(field, room, known[0][1], chart.write)
    if many:
        marks = [(name, "dash" if STROKES[n % 4][1] else "line", STROKES[n % 4][0]) for n, name in enumerate(many)]
        yield from _legend_below(marks, whole)


def _series(field: _Field, chart: Lines, nth: int, name: str, values: Values) -> Iterator[Shape]:
    role, dashed = STROKES[nth % len(STROKES)]
    reach = min(_REACH, max(field.slot / 2, 1.0))
    for run in _runs(values):
        if len(run) > 1:
            yield Line(_across(field, run), Ink(role), 2, dashed)
        for n, value in run:
            x, y = field.x(n), field.y(value)
            if field.slot > 3 * _DOT or len(run) == 1:
                yield Ellipse(x, y, _DOT, _DOT, _SURFACE, Ink(role), 2)
            said = _said(f"{name} {chart.labels[n]}".strip(), [chart.write(value)])
            yield Spot(x - reach, y - _REACH, 2 * reach, 2 * _REACH, said)


def _radar(chart: Radar, room: Room) -> Iterator[Shape]:
    count = len(chart.axes)
    now, before = _known(chart.now, count), _known(chart.before, count)
    if count < 3:  # no surface lies between two axes
        yield from _bars(Bars(chart.axes, now, before, write=chart.write, names=chart.names), room)
        return
    whole, room = room, _above_legend(room, chart.names)
    wheel = _wheel([_named(chart, n, now[n], tells=room.tells) for n in range(count)], room)
    if None not in now:
        yield Polygon(wheel.around(now), fill=Ink("accent", 0.12))
    for ring in range(1, chart.rings + 1):
        yield Polygon(wheel.around([ring / chart.rings] * count), stroke=_RING)
    for spoke in wheel.around([1.0] * count):
        yield Line((wheel.middle, spoke), _RING)
    yield from _outline(wheel, before, Ink("text3"), 1.5, dashed=True)
    yield from _outline(wheel, now, Ink("accent"), 2, dashed=False)
    yield from wheel.names()
    for n, axis in enumerate(chart.axes):
        x, y = wheel.at(n, now[n] or 0)
        said = _said(axis, [chart.write(each) for each in (now[n], before[n]) if each is not None])
        yield Spot(x - _REACH, y - _REACH, 2 * _REACH, 2 * _REACH, said)
    if chart.names:
        marks = zip(chart.names, ("line", "dash"), ("accent", "text3"), strict=False)
        yield from _legend_below(tuple(marks), whole)


def _named(chart: Radar, n: int, value: float | None, *, tells: bool) -> str:
    return _said(chart.axes[n], [chart.write(value)]) if tells and value is not None else chart.axes[n]


@frozen
class _Wheel:
    """The axes of a radar: from a middle outwards, their names around them."""

    middle: Point
    radius: float
    axes: Sequence[str]
    line: float

    def at(self, n: int, share: float) -> Point:
        """A place on an axis."""
        across, down = _spoke(n, len(self.axes))
        far = self.radius * min(max(share, 0.0), 1.0)
        return self.middle[0] + across * far, self.middle[1] + down * far

    def around(self, shares: Values) -> tuple[Point, ...]:
        """A place on every axis."""
        return tuple(self.at(n, share or 0.0) for n, share in enumerate(shares))

    def names(self) -> Iterator[Text]:
        """Each outside the end of its axis: to the left of a left one, above an upper one."""
        for n, axis in enumerate(self.axes):
            across, down = _spoke(n, len(self.axes))
            x = self.middle[0] + across * (self.radius + 8)
            y = self.middle[1] + down * (self.radius + 8 + self.line / 2)
            yield Text(x, y, axis, (1 - across) / 2 if abs(across) > 0.2 else MIDDLE)


def _wheel(axes: Sequence[str], room: Room) -> _Wheel:
    """As large as the names around it let it be; those that would leave too little are cut."""
    half = room.width / 2
    least = min(_NARROWEST, half)
    across = [abs(_spoke(n, len(axes))[0]) for n in range(len(axes))]
    shown = [room.elided(axis, (half - (least + 10) * far) * 2 / (1 + far) if far > 0.2 else room.width)
             for axis, far in zip(axes, across, strict=True)]  # fmt: skip
    radius = min(
        room.height / 2 - room.line - 8,
        *((half - room.measure(axis) * (1 + far) / 2) / far - 10
          for axis, far in zip(shown, across, strict=True) if far > 0.2),
    )  # fmt: skip
    return _Wheel((half, room.height / 2), max(radius, 1.0), shown, room.line)


def _spoke(n: int, count: int) -> Point:
    angle = math.tau * n / count - math.pi / 2
    return math.cos(angle), math.sin(angle)


def _outline(wheel: _Wheel, shares: Values, ink: Ink, weight: float, *, dashed: bool) -> Iterator[Shape]:
    """The line around, closed where every axis has a value; a value without neighbours is a dot."""
    if None not in shares:
        yield Polygon(wheel.around(shares), stroke=ink, weight=weight, dashed=dashed)
        return
    gap = list(shares).index(None)
    turned = [(gap + n) % len(shares) for n in range(len(shares))]
    for run in _runs([shares[n] for n in turned]):
        points = tuple(wheel.at(turned[n], value) for n, value in run)
        if len(points) > 1:
            yield Line(points, ink, weight, dashed)
        else:
            yield Ellipse(*points[0], _DOT, _DOT, _SURFACE, ink, weight)


def _progress(chart: Progress, room: Room) -> Iterator[Shape]:
    """A bar, full at 100 % however much more it is, with a mark where the time stands."""
    said = chart.text or percent(chart.share)
    width = max(room.width - (room.measure(said) + 8 if room.tells else 0), 1.0)
    deep = min(room.height, room.line / 2)
    top = (room.height - deep) / 2
    ink = Ink(chart.mood if chart.mood in ("good", "warn", "bad") else "accent")
    yield Rect(0, top, width, deep, Ink("track"), deep / 2)
    if share := min(max(chart.share, 0.0), 1.0):
        yield Rect(0, top, min(max(width * share, deep), width), deep, ink, deep / 2)
    if chart.mark is not None:
        yield Rect(width * min(max(chart.mark, 0.0), 1.0) - 1, top - 3, 2, deep + 6, Ink("text"))
    if room.tells:
        yield Text(room.width, room.height / 2, said, END, Ink("text"))
    yield Spot(0, 0, width, room.height, said)


def _funnel(chart: Funnel, room: Room) -> Iterator[Shape]:
    """A step for each stage, narrowing to the next; its name left, its figures right."""
    if not chart.stages:
        return
    figures = [_said(chart.write(each.count), [] if each.sum is None else [chart.write_sum(each.sum)])
               for each in chart.stages]  # fmt: skip
    shares = ["", *(percent(b.count / a.count) if a.count > 0 else "" for a, b in pairwise(chart.stages))]
    names = [room.elided(stage.name, room.width * 0.3) for stage in chart.stages]
    left = room.widest(names) + 2 * _GAP
    told, passed = room.widest(figures) + 2 * _GAP, room.widest(shares) + 2 * _GAP
    wide = max(room.width - left - told - passed, 1.0)
    deep, most = room.height / len(chart.stages), max([stage.count for stage in chart.stages])
    spans = [max(wide * max(stage.count, 0) / most if most > 0 else 0, 2.0) for stage in chart.stages]
    for n, stage in enumerate(chart.stages):
        top, middle = deep * n, left + wide / 2
        upper, lower = spans[n] / 2, spans[min(n + 1, len(spans) - 1)] / 2
        bottom = top + max(deep - 2, 1)
        points = ((middle - upper, top), (middle + upper, top), (middle + lower, bottom), (middle - lower, bottom))
        last = n == len(chart.stages) - 1
        yield Polygon(points, fill=RUNNING if last else AS_IS)
        yield Text(0, top + deep / 2, names[n], START, Ink("text"))
        yield Text(left + wide + told - _GAP, top + deep / 2, figures[n], END, Ink("text"))
        if shares[n]:
            yield Text(room.width, top, f"{shares[n]}", END)
        part = f"{chart.passed} {shares[n]}".strip() if shares[n] else ""
        yield Spot(0, top, room.width, deep, _said(stage.name, [each for each in (figures[n], part) if each], " · "))


def _heat(chart: Heat, room: Room) -> Iterator[Shape]:
    """Cells with their values, the columns' names above, the people's left, the bands' words below."""
    if not chart.rows or not chart.columns:
        return
    names = [room.elided(name, room.width * 0.28) for name in chart.rows]
    cells = [_known(values, len(chart.columns)) for values in chart.cells]
    left, top = room.widest(names) + 2 * _GAP, room.line + _GAP
    foot = room.line + _GAP if chart.bands else 0.0
    wide = (room.width - left) / len(chart.columns)
    deep = (room.height - top - foot) / len(chart.rows)
    for n, column in enumerate(chart.columns):
        yield Text(left + wide * (n + 0.5), room.line / 2, room.elided(column, wide - _CELL), MIDDLE)
    worded = room.widest(" ".join(_meant(chart, value)) for row in cells for value in row) <= wide - 2 * _CELL
    for row, (name, values) in enumerate(zip(chart.rows, cells, strict=True)):
        y = top + deep * row
        yield Text(0, y + deep / 2, names[row], START, Ink("text"))
        for n, value in enumerate(values):
            ground, ink = _mood(chart, value)
            yield Rect(left + wide * n + 1, y + 1, max(wide - 2, 1), max(deep - 2, 1), ground, _CELL)
            if value is not None and deep >= room.line:
                said = " ".join(_meant(chart, value)) if worded else room.elided(chart.write(value), wide - 2)
                yield Text(left + wide * (n + 0.5), y + deep / 2, said, MIDDLE, ink)
            yield Spot(left + wide * n, y, wide, deep, _said(f"{name} · {chart.columns[n]}", _meant(chart, value)))
    if chart.bands:
        yield from _bands(chart, room)


def _mood(chart: Heat, value: float | None) -> tuple[Ink, Ink]:
    band = chart.band(value)
    return GROUNDS.get(band.mood, NOTHING) if band else NOTHING


def _meant(chart: Heat, value: float | None) -> list[str]:
    if value is None:
        return []
    band = chart.band(value)
    return [chart.write(value), *([band.word] if band and band.word else [])]


def _bands(chart: Heat, room: Room) -> Iterator[Shape]:
    x, y = 0.0, room.height - room.line / 2
    for band in chart.bands:
        words = f"{band.word} ≥ {chart.write(band.least)}"
        yield Rect(x, y - 5, 10, 10, GROUNDS.get(band.mood, NOTHING)[0], 2)
        yield Text(x + 16, y, words)
        x += room.measure(words) + 32


def _above_legend(room: Room, names: Sequence[str]) -> Room:
    return replace(room, height=room.height - room.line - _GAP) if names else room


def _known(values: Values, count: int) -> list[float | None]:
    """So many values; what is missing or no number is not known."""
    found = [value if value is not None and math.isfinite(value) else None for value in values]
    return (found + [None] * count)[:count]


def _said(what: str, figures: Sequence[str], between: str = " / ") -> str:
    return f"{what}  {between.join(figures)}".rstrip()


def _runs(line: Values) -> list[list[tuple[int, float]]]:
    """The unbroken stretches of a line."""
    runs: list[list[tuple[int, float]]] = [[]]
    for n, value in enumerate(line):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((n, value))
    return [run for run in runs if run]
