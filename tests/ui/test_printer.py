"""On the way to the printer: true to scale, one job, no form on the back of another, stopped when asked."""

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageLayout
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from desktopapp.kernel.errors import Fault
from ui.kit import printer
from ui.kit.paper import Paper
from ui.kit.task import Cancelled

DPI = 100


def boxes(path, *sizes):
    canvas = Canvas(str(path))
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(3 * cm, 5 * cm, 10 * cm, 10 * cm, fill=1)
        canvas.circle(size[0] - 2 * cm, size[1] - 2 * cm, cm, fill=1)
        canvas.showPage()
    canvas.save()
    return Paper(path)


def onto(path, setting=None, *, is_landscape=False):
    """Qt's printer that prints into a PDF."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return printer.put(made, setting or printer.Setting("x", "x"), is_landscape=is_landscape)


def send(paper, made, sides, *, is_grey=True, told=lambda _part, _whole: None):
    printer.print_pages(paper, made, sides, is_grey=is_grey, told=told)


DARK = bytes(1 if level < 128 else 0 for level in range(256))


def rows_of(image):
    """Each row of a picture, a byte a dot, 1 where it is dark."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [bytes(grey.constScanLine(y))[: grey.width()].translate(DARK) for y in range(grey.height())]


def ink(paper, page=0):
    """The box of what is dark, in dots at 100 an inch."""
    rows = rows_of(paper.image(page, DPI / 72))
    inked = [y for y, row in enumerate(rows) if 1 in row]
    return (min(rows[y].find(1) for y in inked), max(rows[y].rfind(1) for y in inked), inked[0], inked[-1])


@pytest.mark.parametrize("size", [A4, landscape(A4)], ids=["portrait", "landscape"])
@pytest.mark.parametrize("is_grey", [True, False], ids=["grey", "colour"])
def test_a_page_comes_out_at_true_scale_and_in_its_place(qapp, tmp_path, size, is_grey):
    paper = boxes(tmp_path / "in.pdf", size)
    send(paper, onto(tmp_path / "out.pdf", is_landscape=size != A4), [0], is_grey=is_grey)
    out = Paper(tmp_path / "out.pdf")
    assert out.sizes[0] == pytest.approx(size, abs=1)
    assert all(abs(a - b) <= 1 for a, b in zip(ink(paper), ink(out), strict=True))
    paper.close()
    out.close()


def test_a_printers_own_margins_move_nothing(qapp, tmp_path):
    paper, made = boxes(tmp_path / "in.pdf", A4), onto(tmp_path / "out.pdf")
    made.setFullPage(False)
    made.setPageMargins(QMarginsF(10, 20, 5, 5), QPageLayout.Unit.Millimeter)
    send(paper, made, [0])
    out = Paper(tmp_path / "out.pdf")
    assert all(abs(a - b) <= 1 for a, b in zip(ink(paper), ink(out), strict=True))
    paper.close()
    out.close()


def test_a_wide_page_among_upright_ones_is_turned_and_loses_nothing(qapp, tmp_path):
    paper = boxes(tmp_path / "in.pdf", A4, landscape(A4))
    send(paper, onto(tmp_path / "out.pdf"), [0, 1])
    out = Paper(tmp_path / "out.pdf")
    left, right, top, bottom = ink(paper, 1)
    turned_left, turned_right, turned_top, turned_bottom = ink(out, 1)
    assert turned_bottom - turned_top == pytest.approx(right - left, abs=1)
    assert turned_right - turned_left == pytest.approx(bottom - top, abs=1)
    assert turned_top == pytest.approx(left, abs=1)
    paper.close()
    out.close()


def test_the_pages_asked_for_are_one_job_in_their_order(qapp, tmp_path):
    paper, heard = boxes(tmp_path / "in.pdf", *[A4] * 6), []
    send(paper, onto(tmp_path / "out.pdf"), [0, 2, 5], told=lambda part, whole: heard.append((part, whole)))
    out = Paper(tmp_path / "out.pdf")
    assert len(out) == 3
    assert heard == [(0, 3), (1, 3), (2, 3)]
    paper.close()
    out.close()


@pytest.mark.parametrize(
    ("pages", "starts", "sides"),
    [
        ([0, 1, 2, 3], [0, 2], (0, 1, 2, 3)),
        ([0, 1, 2, 3, 4], [0, 3], (0, 1, 2, None, 3, 4)),
        ([0, 1, 2], [0, 1, 2], (0, None, 1, None, 2)),
        ([2, 3], [0, 3], (2, None, 3)),
        ([0, 1, 2], [], (0, 1, 2)),
    ],
)
def test_nobodys_form_begins_on_the_back_of_anothers(pages, starts, sides):
    assert printer.on_sheets(pages, starts) == sides


def test_an_empty_back_comes_out_empty(qapp, tmp_path):
    paper = boxes(tmp_path / "in.pdf", A4, A4)
    send(paper, onto(tmp_path / "out.pdf"), [0, None, 1])
    out = Paper(tmp_path / "out.pdf")
    assert len(out) == 3
    assert not any(1 in row for row in rows_of(out.image(1, 0.5)))
    paper.close()
    out.close()


def test_printing_stops_between_two_pages(qapp, tmp_path):
    paper = boxes(tmp_path / "in.pdf", *[A4] * 4)

    def told(part, _whole):
        if part == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        send(paper, onto(tmp_path / "out.pdf"), [0, 1, 2, 3], told=told)
    paper.close()


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_cannot_begin_is_told(qapp, zh, tmp_path):
    paper = boxes(tmp_path / "in.pdf", A4)
    with pytest.raises(Fault) as no:
        send(paper, onto(tmp_path / "no" / "such" / "folder.pdf"), [0])
    assert zh.text(no.value.message).startswith("打印机没有响应")
    paper.close()


def test_a_printer_that_is_gone_is_told(qapp, zh):
    with pytest.raises(Fault) as no:
        printer.ready(printer.Setting("没有的打印机", "x"), is_landscape=False)
    assert zh.text(no.value.message) == "找不到打印机“没有的打印机”，请换一台。"


def test_a_job_is_set_as_the_owner_chose(qapp, tmp_path):
    setting = printer.Setting("x", "季度评估", copies=3, both_sides=True, is_grey=True)
    made = onto(tmp_path / "out.pdf", setting)
    assert (made.docName(), made.colorMode()) == ("季度评估", QPrinter.ColorMode.GrayScale)
    wide = onto(tmp_path / "wide.pdf", setting, is_landscape=True)
    assert wide.pageLayout().orientation() == QPageLayout.Orientation.Landscape


class Heard:
    """A printer that only remembers what it was told; Qt's into a PDF forgets the sides and the copies."""

    def __init__(self):
        self.told = {}

    def __getattr__(self, name):
        return lambda value: self.told.update({name: value})


@pytest.mark.parametrize(
    ("both_sides", "is_landscape", "turned"),
    [(False, False, "DuplexNone"), (True, False, "DuplexLongSide"), (True, True, "DuplexShortSide")],
)
def test_a_sheet_is_turned_like_the_page_of_a_book(qapp, both_sides, is_landscape, turned):
    setting = printer.Setting("x", "x", copies=3, both_sides=both_sides)
    told = printer.put(Heard(), setting, is_landscape=is_landscape).told
    assert told["setDuplex"].name == turned
    assert (told["setCopyCount"], told["setFullPage"]) == (3, True)
