"""The printers of this PC, and pages on their way to one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M
from ui.kit.paper import POINTS, Paper

FINEST, FINEST_IN_COLOUR = 600, 400
"""Dots an inch beyond which paper shows no difference. A page in colour takes four times the memory."""

Told = Callable[[int, int], object]
"""Hears how many sides of how many are done; raises where it shall stop."""


@frozen
class Setting:
    """How a job is printed."""

    printer: str
    title: str
    """What the printer's own list calls it."""
    copies: int = 1
    both_sides: bool = False
    is_grey: bool = True


def installed() -> list[str]:
    """The printers of this PC, its default first."""
    from PySide6.QtPrintSupport import QPrinterInfo  # here, because only what is printed needs it

    default = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name))


def prints_both_sides(name: str) -> bool:
    """Whether that printer turns the sheet by itself."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinter.DuplexMode.DuplexLongSide in QPrinterInfo.printerInfo(name).supportedDuplexModes()


def ready(setting: Setting, *, is_landscape: bool) -> Any:
    """The printer, set for a job."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    found = QPrinterInfo.printerInfo(setting.printer)
    if found.isNull():
        raise Fault(M("The printer “{name}” is no longer there. Choose another one.", name=setting.printer))
    return put(QPrinter(found, QPrinter.PrinterMode.HighResolution), setting, is_landscape=is_landscape)


def put(printer: Any, setting: Setting, *, is_landscape: bool) -> Any:
    """Set a printer for a job; a sheet is turned like a page of a book, on its binding margin."""
    from PySide6.QtPrintSupport import QPrinter

    turned = QPrinter.DuplexMode.DuplexShortSide if is_landscape else QPrinter.DuplexMode.DuplexLongSide
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    orientation = QPageLayout.Orientation
    printer.setPageOrientation(orientation.Landscape if is_landscape else orientation.Portrait)
    printer.setFullPage(True)
    printer.setCopyCount(setting.copies)
    printer.setCollateCopies(True)
    printer.setDuplex(turned if setting.both_sides else QPrinter.DuplexMode.DuplexNone)
    printer.setColorMode(QPrinter.ColorMode.GrayScale if setting.is_grey else QPrinter.ColorMode.Color)
    printer.setDocName(setting.title)
    return printer


def on_sheets(pages: Sequence[int], starts: Collection[int]) -> tuple[int | None, ...]:
    """The sides of a job on both sides: none begins on the back of another person's form, that back stays empty."""
    sides: list[int | None] = []
    for page in pages:
        if page in starts and len(sides) % 2:
            sides.append(None)
        sides.append(page)
    return tuple(sides)


def print_pages(paper: Paper, printer: Any, sides: Sequence[int | None], *, is_grey: bool, told: Told) -> None:
    """Print at true scale, all of it or nothing: a line of ten centimetres on the page is ten on the paper."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Fault(M("The printer does not answer. Check that it is on and has paper, or save as PDF instead."))
    try:
        for nth, page in enumerate(sides):
            told(nth, len(sides))
            if nth and not printer.newPage():
                raise Fault(M("The printer stopped after {count} {count:page|pages}. See what it says.", count=nth))
            if page is not None:
                _draw(painter, printer, paper, page, is_grey=is_grey)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _draw(painter: QPainter, printer: Any, paper: Paper, page: int, *, is_grey: bool) -> None:
    resolution, layout = printer.resolution(), printer.pageLayout()
    whole, inner = layout.fullRectPixels(resolution), layout.paintRectPixels(resolution)
    width, height = (side * resolution / POINTS for side in paper.sizes[page])
    painter.save()
    painter.translate(whole.width() / 2 - inner.x(), whole.height() / 2 - inner.y())
    if (width > height) != (whole.width() > whole.height()):
        painter.rotate(90)
    finest = FINEST if is_grey else FINEST_IN_COLOUR
    image = paper.image(page, min(resolution, finest) / POINTS, is_grey=is_grey)
    painter.drawImage(QRectF(-width / 2, -height / 2, width, height), image)
    painter.restore()
