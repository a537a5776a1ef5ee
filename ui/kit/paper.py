"""Finished pages on the screen: the PDF as it will be printed, drawn by the engine that prints it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktopapp.kernel.message import N_
from ui.kit.theme import colours, ring

GAP = 16
"""Pixels between pages."""
POINTS = 72
"""Points an inch."""
SHARPEST = 300
"""Dots an inch beyond which a page on the screen is only drawn larger."""
KEPT = 128 * 2**20
"""Bytes of drawn pages that are kept at hand."""
NOTCH = 120
"""What one step of a mouse wheel turns."""

FIT_WIDTH, FIT_PAGE = "width", "page"
Zoom = str | float
"""One of these two, or a part of the size on paper: 1.0 is as large as it will be printed."""
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
ZOOMS: tuple[tuple[Zoom, str], ...] = (
    (FIT_WIDTH, N_("Whole width")), (FIT_PAGE, N_("Whole page")), *((each, f"{each:.0%}") for each in STEPS),
)  # fmt: skip
"""Every size there is to choose, with its words."""

_turn = threading.Lock()
"""The engine answers one thread at a time, whichever file it is asked about."""


class Paper:
    """A PDF, opened for looking at and printing. Any thread may ask it."""

    def __init__(self, path: Path) -> None:
        import pypdfium2  # here, because only what is printed needs it

        with _turn:
            self._document = pypdfium2.PdfDocument(path)
            self._document.init_forms()
            pages = range(len(self._document))
            self.sizes: list[tuple[float, float]] = [self._document.get_page_size(n) for n in pages]
            """Width and height of each page in points."""
            places = [mark.get_dest() for mark in self._document.get_toc()]
            self.starts: list[int] = [place.get_index() for place in places if place]
            """The pages bookmarks lead to: in a file of many forms, the first page of each."""

    def image(self, page: int, scale: float, *, is_grey: bool = False) -> QImage:
        """A page drawn at so many dots a point."""
        drawing = QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_RGB32
        with _turn:
            opened = self._document[page]
            drawn = opened.render(scale=scale, grayscale=is_grey, prefer_bgrx=not is_grey, may_draw_forms=True)
            image = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, drawing).copy()
            drawn.close()
            opened.close()
        return image

    def extract(self, pages: Sequence[int], path: Path) -> None:
        """Write some of the pages into a file of their own."""
        import pypdfium2

        with _turn:
            some = pypdfium2.PdfDocument.new()
            some.import_pages(self._document, list(pages))
            some.save(path)
            some.close()

    def close(self) -> None:
        """Let go of it."""
        with _turn:
            self._document.close()

    def __len__(self) -> int:
        return len(self.sizes)


class PaperView(QAbstractScrollArea):
    """The pages one below the other, drawn as they come into view."""

    turned = Signal(int)
    """Another page is the one looked at."""
    zoomed = Signal(object)
    """Another size was taken, by wheel or by key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.paper: Paper | None = None
        self.zoom: Zoom = FIT_WIDTH
        self.page = 0
        """The page looked at, from 0."""
        self._drawn: dict[int, QImage] = {}
        self._places: list[QRectF] = []
        self._wheeled = 0
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def show_paper(self, paper: Paper) -> None:
        """Show another one, at the page looked at if it has so many."""
        at = self.page
        self.close_paper()
        self.paper = paper
        self._lay()
        self.go(min(at, len(paper) - 1))

    def close_paper(self) -> None:
        """Let go of the pages."""
        if self.paper:
            self.paper.close()
        self.paper, self._drawn, self._places = None, {}, []

    @property
    def scale(self) -> float:
        """Pixels a point."""
        if isinstance(self.zoom, float):
            return self.zoom * self.logicalDpiX() / POINTS
        widest, tallest = (max(side) for side in zip(*self.paper.sizes, strict=True))
        across = max(self.viewport().width() - 2 * GAP, 100) / widest
        if self.zoom == FIT_WIDTH:
            return across
        return min(across, max(self.viewport().height() - 2 * GAP, 100) / tallest)

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        if self.paper and 0 <= page < len(self.paper):
            self.verticalScrollBar().setValue(round(self._places[page].top()) - GAP)
            self._turn_to(page)

    def zoom_to(self, zoom: Zoom, at: QPointF | None = None) -> None:
        """Take another size; what stands at that point of the view stays there, else what stands in its middle."""
        if self.paper is None or zoom == self.zoom:
            return
        held = at or QPointF(self.viewport().rect().center())
        before, shown = self.scale, self._shift() + held
        self.zoom = zoom
        self._lay()
        grown = self.scale / before
        self.horizontalScrollBar().setValue(round(shown.x() * grown - held.x()))
        self.verticalScrollBar().setValue(round(shown.y() * grown - held.y()))
        self._look()
        self.zoomed.emit(zoom)

    def step(self, by: int, at: QPointF | None = None) -> None:
        """One size larger or smaller than what is seen."""
        if self.paper is None:
            return
        now = self.scale * POINTS / self.logicalDpiX()
        larger, smaller = [each for each in STEPS if each > now * 1.01], [each for each in STEPS if each < now * 0.99]
        if by > 0 and larger:
            self.zoom_to(larger[0], at)
        elif by < 0 and smaller:
            self.zoom_to(smaller[-1], at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at = self.page
        self._lay()
        if not isinstance(self.zoom, float):
            self.go(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheeled += event.angleDelta().y()  # a touchpad turns in small parts of a step
        steps = int(self._wheeled / NOTCH)
        self._wheeled -= steps * NOTCH
        if steps:
            self.step(steps, event.position())
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = QRectF(self.viewport().rect())
        painter.fillRect(seen, colours().of("track"))
        for n, place in enumerate(self._places):
            there = place.translated(-self._shift())
            if there.intersects(seen):
                painter.drawImage(there, self._image(n))
                painter.setPen(QPen(colours().of("border"), 1))
                painter.drawRect(there)
        if self.hasFocus():
            ring(painter, self.viewport().rect())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _image(self, n: int) -> QImage:
        """A page as drawn last; those drawn longest ago make room."""
        if n not in self._drawn:
            self._drawn[n] = self.paper.image(n, min(self.scale * self.devicePixelRatioF(), SHARPEST / POINTS))
            while len(self._drawn) > 2 and sum(each.sizeInBytes() for each in self._drawn.values()) > KEPT:
                self._drawn.pop(next(iter(self._drawn)))
        return self._drawn[n]

    def _lay(self) -> None:
        self._drawn, self._places = {}, []
        if self.paper is None:
            return
        scale, room, top = self.scale, self.viewport().size(), float(GAP)
        for width, height in self.paper.sizes:
            across, down = width * scale, height * scale
            self._places.append(QRectF(max(GAP, (room.width() - across) / 2), top, across, down))
            top += down + GAP
        right = max(place.right() for place in self._places) + GAP
        self._set_bars(QSize(round(right), round(top)), room)
        self.viewport().update()

    def _set_bars(self, whole: QSize, room: QSize) -> None:
        for bar, length, shown in (
            (self.verticalScrollBar(), whole.height(), room.height()),
            (self.horizontalScrollBar(), whole.width(), room.width()),
        ):
            bar.setRange(0, max(0, length - shown))
            bar.setPageStep(shown)

    def _shift(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _look(self) -> None:
        """See which page is looked at: the one a third down the view."""
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        last = len(self._places) - 1
        self._turn_to(next((n for n, place in enumerate(self._places) if place.bottom() > line), max(last, 0)))

    def _turn_to(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.turned.emit(page)
