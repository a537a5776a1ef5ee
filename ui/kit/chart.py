"""Charts on the screen: their shapes painted in the colours of the moment, what they tell in tooltips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktopapp.kernel import layout
from desktopapp.kernel.chart import (
    Band,
    Bars,
    Chart,
    Funnel,
    Heat,
    Lines,
    Progress,
    Radar,
    Stage,
)
from desktopapp.kernel.shape import Ellipse, Ink, Line, Point, Polygon, Rect, Room, Shape, Spot, Text, hit
from ui.kit.theme import colours, font

__all__ = [
    "Band", "Bars", "Chart", "ChartView", "Funnel", "Heat", "Legend", "Lines", "Progress", "ProgressBar", "Radar",
    "Stage", "paint", "paint_progress",
]  # fmt: skip

SIZE = 12
"""The text in a chart."""
LEAST = QSize(200, 140)


def ink_of(ink: Ink) -> QColor:
    """A colour of the look, mixed with the sheet's."""
    full, ground = colours().of(ink.role), colours().of("surface")
    if ink.part == 1:
        return full
    pairs = zip(full.getRgb()[:3], ground.getRgb()[:3], strict=True)
    return QColor(*(round(a * ink.part + b * (1 - ink.part)) for a, b in pairs))


def room(width: float, height: float) -> Room:
    """Space for a chart on the screen."""
    metrics = QFontMetricsF(font(SIZE))
    return Room(width, height, metrics.horizontalAdvance, metrics.height())


def paint(painter: QPainter, area: QRectF, shapes: Iterable[Shape]) -> None:
    """Draw shapes into an area."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(SIZE))
    painter.translate(area.topLeft())
    for shape in shapes:
        _draw(shape, painter)
    painter.restore()


@singledispatch
def _draw(shape: Shape, _painter: QPainter) -> None:
    raise TypeError(shape)


@_draw.register
def _(_spot: Spot, _painter: QPainter) -> None:
    return


@_draw.register
def _(line: Line, painter: QPainter) -> None:
    painter.setPen(_pen(line.ink, line.weight, dashed=line.dashed))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_polygon(line.points))


@_draw.register
def _(polygon: Polygon, painter: QPainter) -> None:
    dashed = polygon.dashed
    painter.setPen(_pen(polygon.stroke, polygon.weight, dashed=dashed) if polygon.stroke else Qt.PenStyle.NoPen)
    painter.setBrush(ink_of(polygon.fill) if polygon.fill else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_polygon(polygon.points))


@_draw.register
def _(dot: Ellipse, painter: QPainter) -> None:
    painter.setPen(_pen(dot.stroke, dot.weight, dashed=False))
    painter.setBrush(ink_of(dot.fill))
    painter.drawEllipse(QPointF(dot.x, dot.y), dot.across, dot.down)


@_draw.register
def _(rect: Rect, painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink_of(rect.fill))
    place = QRectF(rect.x, rect.y, rect.width, rect.height)
    if rect.crown:
        painter.drawPath(_rounded_top(place, rect.round))
    else:
        painter.drawRoundedRect(place, rect.round, rect.round)


@_draw.register
def _(text: Text, painter: QPainter) -> None:
    metrics = QFontMetricsF(painter.font())
    left = text.x - metrics.horizontalAdvance(text.words) * text.anchor
    painter.setPen(ink_of(text.ink))
    painter.drawText(QPointF(left, text.y + (metrics.ascent() - metrics.descent()) / 2), text.words)


def _pen(ink: Ink, weight: float, *, dashed: bool) -> QPen:
    pen = QPen(ink_of(ink), weight)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
    if dashed:
        pen.setDashPattern([4, 3])
    return pen


def _polygon(points: Sequence[Point]) -> QPolygonF:
    return QPolygonF([QPointF(*point) for point in points])


def _rounded_top(bar: QRectF, radius: float) -> QPainterPath:
    """A bar with its upper corners rounded."""
    path = QPainterPath()
    path.moveTo(bar.bottomLeft())
    path.lineTo(bar.left(), bar.top() + radius)
    path.quadTo(bar.topLeft(), QPointF(bar.left() + radius, bar.top()))
    path.lineTo(bar.right() - radius, bar.top())
    path.quadTo(bar.topRight(), QPointF(bar.right(), bar.top() + radius))
    path.lineTo(bar.bottomRight())
    path.closeSubpath()
    return path


class ChartView(QWidget):
    """A chart as a widget. What its marks tell stands in tooltips: under the mouse, or with the arrow keys."""

    picked = Signal(int)
    """A mark was clicked, or Enter pressed on it: its place among them."""

    def __init__(self, name: str = "", chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self._chart: Chart | None = None
        self._at: int | None = None
        if chart:
            self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Put another chart in its place."""
        self._chart, self._at = chart, None
        self.setAccessibleDescription("\n".join(layout.tips(chart)))
        self.updateGeometry()
        self.update()

    def shapes(self) -> tuple[Shape, ...]:
        """The chart laid out at the widget's size."""
        return layout.layout(self._chart, room(self.width(), self.height())) if self._chart else ()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint().expandedTo(QSize(320, 220))

    def minimumSizeHint(self) -> QSize:
        tall = layout.height(self._chart, QFontMetricsF(font(SIZE)).height()) if self._chart else 0
        return QSize(LEAST.width(), max(LEAST.height(), round(tall)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, QRectF(self.rect()), self.shapes())
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        spots = self._spots()
        place = QRectF(self.rect())
        if self._at is not None and self._at < len(spots):
            spot = spots[self._at]
            place = QRectF(spot.x, spot.y, spot.width, spot.height) & place
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours().of("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)

    def _spots(self) -> list[Spot]:
        return [shape for shape in self.shapes() if isinstance(shape, Spot)]

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = hit(self.shapes(), event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), found.tip if found else "", self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = hit(self.shapes(), event.position().x(), event.position().y())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self._spots().index(found))
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.picked.emit(self._at)
            return
        spots = self._spots()
        last = len(spots) - 1
        here = -1 if self._at is None else self._at
        steps = {Qt.Key.Key_Right: min(here + 1, last), Qt.Key.Key_Left: max(here - 1, 0), Qt.Key.Key_Home: 0,
                 Qt.Key.Key_End: last}  # fmt: skip
        if event.key() not in steps or not spots:
            super().keyPressEvent(event)
            return
        self._at = steps[Qt.Key(event.key())]
        spot = spots[self._at]
        middle = QPointF(spot.x + spot.width / 2, spot.y + spot.height / 2).toPoint()
        self.setAccessibleDescription(spot.tip)
        QToolTip.showText(self.mapToGlobal(middle), spot.tip, self)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._at = None
        QToolTip.hideText()
        if self._chart:
            self.setAccessibleDescription("\n".join(layout.tips(self._chart)))
        self.update()


def paint_progress(painter: QPainter, rect: QRectF, progress: Progress) -> None:
    """Draw a bar with a mark where the time stands."""
    paint(painter, rect, layout.layout(progress, room(rect.width(), rect.height())))


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
        space = room(0, 0)
        width = layout.legend_width([name for name, _, _ in self._entries], space)
        return QSize(round(width), round(space.line) + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, QRectF(0, 2, self.width(), self.height()), layout.legend(self._entries, room(0, 0)))
        painter.end()
