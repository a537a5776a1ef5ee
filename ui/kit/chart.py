"""Charts: described as plain data, painted in the colours of the moment."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.kit.theme import colours, font

Write = Callable[[float], str]
"""How a chart's numbers are written."""


def plain(value: float) -> str:
    """A number with thousands set off and no more places than one."""
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each label, a dashed line of targets over them; `current` is the one still running.

    A target of `None` leaves a gap in the line.
    """

    labels: Sequence[str]
    values: Sequence[float]
    target: Sequence[float | None] = ()
    current: int | None = None
    write: Write = plain


@dataclass(frozen=True, slots=True)
class Lines:
    """Named lines over the same labels; `None` leaves a gap. The first is the main one."""

    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    write: Write = plain
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Radar:
    """A value from 0 to 1 on each axis, and those of the period before, dashed."""

    axes: Sequence[str]
    now: Sequence[float]
    before: Sequence[float] = ()
    rings: int = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """A part of one, its mood, and how much of the time has passed."""

    share: float
    mood: str = "accent"
    mark: float | None = None
    text: str = ""


Chart = Bars | Lines | Radar


@dataclass
class Canvas:
    """Where a chart is painted, and the places that have something to tell."""

    painter: QPainter
    area: QRectF
    tips: list[tuple[QRectF, str]] = field(default_factory=list)


def blended(ink: QColor, ground: QColor, part: float) -> QColor:
    """An opaque mix: what shows through a see-through bar would be the grid."""
    mix = [round(a * part + b * (1 - part)) for a, b in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)]
    return QColor(*mix)


def steps_to(most: float, count: int = 6) -> list[float]:
    """Round numbers from 0 to at least `most`, for a scale."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / count
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * size for size in (1, 2, 2.5, 5, 10) if unit * size >= rough)
    return [step * n for n in range(math.ceil(most / step - 1e-9) + 1)]


def paint(canvas: Canvas, chart: Chart) -> None:
    """Draw a chart into its area."""
    canvas.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas.painter.setFont(font(12))
    {Bars: _bars, Lines: _lines, Radar: _radar}[type(chart)](canvas, chart)


def _frame(canvas: Canvas, labels: Sequence[str], scale: Sequence[float], write: Write) -> QRectF:
    """The grid, its numbers and the labels below; gives the field between."""
    painter, area, metrics = canvas.painter, canvas.area, canvas.painter.fontMetrics()
    gutter = max(metrics.horizontalAdvance(write(step)) for step in scale) + 10
    inner = area.adjusted(gutter, 8, -4, -(metrics.height() + 8))
    low, high = scale[0], scale[-1]
    for step in scale:
        y = inner.bottom() - (step - low) / (high - low) * inner.height()
        painter.setPen(QPen(colours().of("border" if step == low else "grid"), 1))
        painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
        painter.setPen(colours().of("text2"))
        place = QRectF(area.left(), y - 10, gutter - 8, 20)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, write(step))
    _labels(canvas, labels, inner)
    return inner


def _labels(canvas: Canvas, labels: Sequence[str], inner: QRectF) -> None:
    """The words below, every second or third where all would not fit."""
    metrics = canvas.painter.fontMetrics()
    slot = inner.width() / max(len(labels), 1)
    widest = max((metrics.horizontalAdvance(each) for each in labels), default=0) + 6
    every = max(1, math.ceil(widest / max(slot, 1)))
    for n, label in enumerate(labels):
        if (len(labels) - 1 - n) % every == 0:
            middle = inner.left() + slot * (n + 0.5)
            place = QRectF(middle - widest / 2, inner.bottom() + 6, widest, metrics.height())
            canvas.painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label)


def _bars(canvas: Canvas, chart: Bars) -> None:
    scale = steps_to(max([*chart.values, *filter(None, chart.target), 0]))
    inner = _frame(canvas, chart.labels, scale, chart.write)
    slot, accent, surface = inner.width() / max(len(chart.labels), 1), colours().of("accent"), colours().of("surface")
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    for n, value in enumerate(chart.values):
        target = chart.target[n] if n < len(chart.target) else None
        met = target is not None and value >= target
        part = 1.0 if n == chart.current else 0.62 if met or not chart.target else 0.3
        height = max(value, 0) / scale[-1] * inner.height()
        width = min(slot * 0.5, 36)
        bar = QRectF(inner.left() + slot * (n + 0.5) - width / 2, inner.bottom() - height, width, height)
        canvas.painter.setBrush(blended(accent, surface, part))
        canvas.painter.drawPath(_rounded_top(bar))
        hit = QRectF(inner.left() + slot * n, inner.top(), slot, inner.height())
        canvas.tips.append((hit, _tip(chart, n)))
    for run in _runs(chart.target):
        points = [_point(inner, slot, n, value / scale[-1]) for n, value in run]
        _polyline(canvas.painter, points, colours().of("warn"), dashed=True)


def _tip(chart: Bars, n: int) -> str:
    said = f"{chart.labels[n]}  {chart.write(chart.values[n])}"
    target = chart.target[n] if n < len(chart.target) else None
    return said if target is None else f"{said} / {chart.write(target)}"


def _rounded_top(bar: QRectF) -> QPainterPath:
    """A bar with its upper corners rounded."""
    radius = min(3.0, bar.height())
    path = QPainterPath()
    path.moveTo(bar.bottomLeft())
    path.lineTo(bar.left(), bar.top() + radius)
    path.quadTo(bar.topLeft(), QPointF(bar.left() + radius, bar.top()))
    path.lineTo(bar.right() - radius, bar.top())
    path.quadTo(bar.topRight(), QPointF(bar.right(), bar.top() + radius))
    path.lineTo(bar.bottomRight())
    path.closeSubpath()
    return path


def _point(inner: QRectF, slot: float, n: int, share: float) -> QPointF:
    return QPointF(inner.left() + slot * (n + 0.5), inner.bottom() - share * inner.height())


def _polyline(painter: QPainter, points: Sequence[QPointF], colour: QColor, *, dashed: bool = False) -> None:
    pen = QPen(colour, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _lines(canvas: Canvas, chart: Lines) -> None:
    values = [value for _, line in chart.series for value in line if value is not None]
    scale = steps_to(max([*values, chart.most or 0]))
    inner = _frame(canvas, chart.labels, scale, chart.write)
    slot = inner.width() / max(len(chart.labels), 1)
    for nth, (name, line) in enumerate(chart.series):
        colour = colours().of("accent" if nth == 0 else "text3")
        for run in _runs(line):
            points = [_point(inner, slot, n, value / scale[-1]) for n, value in run]
            _polyline(canvas.painter, points, colour, dashed=nth > 0)
            _dots(canvas, [(at, f"{name} {chart.labels[n]}  {chart.write(value)}")
                           for at, (n, value) in zip(points, run, strict=True)], colour)  # fmt: skip


def _runs(line: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The unbroken stretches of a line."""
    runs: list[list[tuple[int, float]]] = [[]]
    for n, value in enumerate(line):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((n, value))
    return [run for run in runs if run]


def _dots(canvas: Canvas, dots: Sequence[tuple[QPointF, str]], colour: QColor) -> None:
    canvas.painter.setBrush(colours().of("surface"))
    canvas.painter.setPen(QPen(colour, 2))
    for at, tip in dots:
        canvas.painter.drawEllipse(at, 3, 3)
        canvas.tips.append((QRectF(at.x() - 10, at.y() - 10, 20, 20), tip))


def _radar(canvas: Canvas, chart: Radar) -> None:
    area, metrics, painter = canvas.area, canvas.painter.fontMetrics(), canvas.painter
    spokes = [_spoke(n, len(chart.axes)) for n in range(len(chart.axes))]
    room = [_room(area.width() / 2, metrics.horizontalAdvance(axis), abs(spoke.x()))
            for axis, spoke in zip(chart.axes, spokes, strict=True)]  # fmt: skip
    radius = max(24.0, min([*room, area.height() / 2 - metrics.height() - 10]))

    def around(shares: Sequence[float]) -> QPolygonF:
        pairs = zip(spokes, shares, strict=True)
        return QPolygonF([area.center() + spoke * radius * min(max(share, 0), 1) for spoke, share in pairs])

    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours().of("border"), 1))
    for ring in range(1, chart.rings + 1):
        painter.drawPolygon(around([ring / chart.rings] * len(spokes)))
    for spoke in spokes:
        painter.drawLine(area.center(), area.center() + spoke * radius)
    if chart.before:
        pen = QPen(colours().of("text3"), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawPolygon(around(chart.before))
    ground = colours().of("accent")
    ground.setAlpha(46)
    painter.setPen(QPen(colours().of("accent"), 2))
    painter.setBrush(ground)
    painter.drawPolygon(around(chart.now))
    painter.setPen(colours().of("text2"))
    for axis, spoke in zip(chart.axes, spokes, strict=True):
        _axis(canvas, axis, area.center() + spoke * (radius + 8), spoke)


def _room(half: float, width: float, across: float) -> float:
    """How long a spoke may be so that its name beside its end still fits; straight up and down none is too long."""
    return (half - width * (1 + across) / 2) / across - 10 if across > 0.2 else half


def _spoke(n: int, count: int) -> QPointF:
    angle = math.tau * n / count - math.pi / 2
    return QPointF(math.cos(angle), math.sin(angle))


def _axis(canvas: Canvas, axis: str, at: QPointF, spoke: QPointF) -> None:
    """The axis's name outside its end: to the left of a left spoke, above an upper one."""
    metrics = canvas.painter.fontMetrics()
    width, height = metrics.horizontalAdvance(axis) + 2, metrics.height()
    left = at.x() - width * (1 - spoke.x()) / 2 if abs(spoke.x()) > 0.2 else at.x() - width / 2
    top = at.y() - height * (1 - spoke.y()) / 2
    canvas.painter.drawText(QRectF(left, top, width, height), Qt.AlignmentFlag.AlignCenter, axis)


class ChartView(QWidget):
    """A chart as a widget, with what each place means in its tooltip."""

    def __init__(self, name: str = "", chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 140)
        self.setAccessibleName(name)
        self._chart, self._tips = chart, []

    def show_chart(self, chart: Chart) -> None:
        """Put another chart in its place."""
        self._chart = chart
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 220)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        canvas = Canvas(painter, QRectF(self.rect()))
        paint(canvas, self._chart)
        painter.end()
        self._tips = canvas.tips

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = next((tip for place, tip in reversed(self._tips) if place.contains(QPointF(event.pos()))), "")
            QToolTip.showText(event.globalPos(), found, self)
            return True
        return super().event(event)


def paint_progress(painter: QPainter, rect: QRectF, progress: Progress) -> None:
    """Draw a bar, full at 100 % however much more it is, with a mark where the time stands."""
    ink = colours().of(progress.mood if progress.mood in ("good", "warn", "bad") else "accent")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, share in ((colours().of("track"), 1.0), (ink, min(max(progress.share, 0), 1))):
        if share:
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(rect.x(), rect.y(), max(rect.width() * share, rect.height()), rect.height()),
                                    rect.height() / 2, rect.height() / 2)  # fmt: skip
    if progress.mark is not None:
        painter.setBrush(colours().of("text"))
        at = rect.x() + rect.width() * min(max(progress.mark, 0), 1)
        painter.drawRect(QRectF(at - 1, rect.y() - 3, 2, rect.height() + 6))


class ProgressBar(QWidget):
    """A progress as a widget."""

    def __init__(self, progress: Progress | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(12)
        self._progress = progress or Progress(0)

    def show_progress(self, progress: Progress) -> None:
        """Show another one."""
        self._progress = progress
        self.setAccessibleName(f"{progress.share:.0%}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_progress(painter, QRectF(0, 3, self.width(), 6), self._progress)
        painter.end()


class Legend(QWidget):
    """What the marks of a chart mean: each a worded name, a mark (bar, line or dash) and a colour's name."""

    def __init__(self, entries: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("  ".join(name for name, _, _ in entries))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(12))
        return QSize(sum(metrics.horizontalAdvance(name) + 34 for name, _, _ in self._entries), metrics.height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, left, middle = QPainter(self), 0.0, self.height() / 2
        painter.setFont(font(12))
        for name, mark, role in self._entries:
            ink = colours().of(role)
            if mark == "bar":
                painter.fillRect(QRectF(left + 4, middle - 5, 10, 10), ink)
            else:
                ends = [QPointF(left, middle), QPointF(left + 16, middle)]
                _polyline(painter, ends, ink, dashed=mark == "dash")
            painter.setPen(ink)
            width = painter.fontMetrics().horizontalAdvance(name)
            painter.drawText(QRectF(left + 20, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
            left += width + 34
        painter.end()
