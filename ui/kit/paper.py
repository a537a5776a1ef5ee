"""Finished pages on the screen and on the printer: the same PDF, drawn by the same engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from ui.kit.theme import colours

GAP = 16
"""Pixels between pages."""
FINEST = 600
"""Dots an inch beyond which paper shows no difference."""
STEPS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
"""Sizes of the view; 1 fits the width."""

_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


class Paper:
    """A PDF, opened for looking at and printing."""

    def __init__(self, source: bytes | Path) -> None:
        import pypdfium2  # here, because only what is printed needs it

        self._document = pypdfium2.PdfDocument(source)
        self._document.init_forms()
        self.sizes: list[tuple[float, float]] = [self._document.get_page_size(n) for n in range(len(self._document))]
        """Width and height of each page in points."""

    def image(self, page: int, scale: float) -> QImage:
        """A page drawn at so many dots a point."""
        drawn = self._document[page].render(scale=scale, prefer_bgrx=True, may_draw_forms=True)
        return QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()

    def close(self) -> None:
        """Let go of it."""
        self._document.close()

    def __len__(self) -> int:
        return len(self.sizes)


class PaperView(QAbstractScrollArea):
    """The pages one below the other, drawn as they come into view."""

    turned = Signal(int)
    """The page at the top of the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper: Paper | None = None
        self._drawn: dict[int, QImage] = {}
        self._places: list[QRectF] = []
        self.zoom = 1.0
        self.verticalScrollBar().valueChanged.connect(self._turn)

    def show_paper(self, paper: Paper) -> None:
        """Show another one, from its first page."""
        if self.paper:
            self.paper.close()
        self.paper = paper
        self._lay()
        self.verticalScrollBar().setValue(0)

    def close_paper(self) -> None:
        """Let go of the pages."""
        if self.paper:
            self.paper.close()
            self.paper = None

    def step(self, by: int) -> None:
        """One size larger or smaller."""
        at = min(range(len(STEPS)), key=lambda n: abs(STEPS[n] - self.zoom))
        self.zoom = STEPS[min(max(at + by, 0), len(STEPS) - 1)]
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colours().of("track"))
        shift = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for n, place in enumerate(self._places):
            seen = place.translated(-shift)
            if seen.intersects(QRectF(self.viewport().rect())):
                painter.drawImage(seen, self._image(n, place))
                painter.setPen(QPen(colours().of("border"), 1))
                painter.drawRect(seen)
        painter.end()

    def _image(self, n: int, place: QRectF) -> QImage:
        """A page as drawn last; a few are kept."""
        if n not in self._drawn:
            if len(self._drawn) > 8:
                self._drawn.pop(next(iter(self._drawn)))
            scale = place.width() * self.devicePixelRatioF() / self.paper.sizes[n][0]
            self._drawn[n] = self.paper.image(n, scale)
        return self._drawn[n]

    def _lay(self) -> None:
        self._drawn, self._places = {}, []
        if self.paper is None:
            return
        room = self.viewport().width()
        top = float(GAP)
        widest = max(width for width, _ in self.paper.sizes)
        for width, height in self.paper.sizes:
            across = max(200.0, room - 2 * GAP) * self.zoom * width / widest
            down = across * height / width
            self._places.append(QRectF(max(GAP, (room - across) / 2), top, across, down))
            top += down + GAP
        right = max(place.right() for place in self._places) + GAP
        self.verticalScrollBar().setRange(0, max(0, int(top - self.viewport().height())))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, int(right - room)))
        self.horizontalScrollBar().setPageStep(room)
        self.viewport().update()

    def _turn(self, value: int) -> None:
        middle = value + self.viewport().height() / 3
        self.turned.emit(next((n for n, place in enumerate(self._places) if place.bottom() > middle), 0))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()


def pages_of(text: str, count: int) -> list[int]:
    """The pages named by "1-3,5", from 0; all of them for no text. Raises `Refused` on anything else."""
    written = "".join(text.split()).replace("，", ",").replace("、", ",").replace("－", "-")
    if not written:
        return list(range(count))
    chosen: list[int] = []
    for part in written.split(","):
        found = _RANGE.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= count:
            raise Refused(M("Write pages as 1-3,5, up to {count}.", count=count), "pages")
        chosen += range(first - 1, last)
    return chosen


def print_pages(paper: Paper, printer: Any, pages: Sequence[int]) -> None:
    """Print at true scale: a line of ten centimetres on the page is ten on the paper."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Fault(M("The printer does not answer. Check that it is on and has paper, or save as PDF instead."))
    resolution = printer.resolution()
    fine = min(resolution, FINEST)
    for nth, page in enumerate(pages):
        if nth:
            printer.newPage()
        width, height = (side * resolution / 72 for side in paper.sizes[page])
        whole = printer.pageLayout().fullRectPixels(resolution)
        inner = printer.pageLayout().paintRectPixels(resolution)
        left, top = (whole.width() - width) / 2 - inner.x(), (whole.height() - height) / 2 - inner.y()
        painter.drawImage(QRectF(left, top, width, height), paper.image(page, fine / 72))
    painter.end()


