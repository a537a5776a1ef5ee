"""The preview: what is seen is what is printed, at true scale, and saved under a legal name."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from tests.ui.conftest import freed
from ui.kit import ask, task
from ui.kit.changes import Changes
from ui.kit.desk import Desk
from ui.kit.paper import Paper, pages_of, print_pages
from ui.kit.preview import LANGUAGES, Option, Preview
from ui.kit.task import Bar, Tasks

OPTIONS = (
    Option("languages", "Language on paper", LANGUAGES),
    Option("filled", "Copies", ((False, "Print"), (True, "Save")), 1),
)


def draw(path, pages):
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(pages):
        canvas.rect(3 * cm, 5 * cm, 10 * cm, 10 * cm, fill=1)
        canvas.showPage()
    canvas.save()


@pytest.fixture
def said():
    return []


@pytest.fixture
def desk(qtbot, zh, file, said):
    window = QWidget()
    qtbot.addWidget(window)
    changes, tasks = Changes(window), Tasks(zh, window)
    yield Desk(zh, date(2026, 11, 23), changes, tasks, lambda _link: None,
               lambda words, undo=False: said.append(zh.text(words)), lambda: None)  # fmt: skip
    tasks.close()
    changes.close()


@pytest.fixture
def made():
    return []


@pytest.fixture
def preview(qtbot, desk, made):
    def make(path, languages, *, filled):
        made.append(([each.code for each in languages], filled))
        draw(path, 3 if len(languages) == 1 else 6)

    page = QWidget()
    qtbot.addWidget(page)
    opened = Preview(desk, "Print", make, OPTIONS, "张伟_绩效:评估_2026Q3.pdf", page)
    with qtbot.waitSignal(opened.ready):
        opened.open()
    yield opened
    page.close()


def onto(preview, path):
    def printer():
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(path))
        made.setResolution(150)
        made.setFullPage(True)
        made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        return made

    preview.make_printer = printer
    preview.print_button.setEnabled(True)


def test_the_pages_are_shown_for_the_choices_it_begins_with(preview, made):
    assert made == [(["zh_CN"], True)]
    assert preview.place.text() == "第 1 页，共 3 页"
    assert not preview.view.grab().isNull()


def test_another_choice_makes_the_pages_anew(qtbot, preview, made):
    with qtbot.waitSignal(preview.ready):
        preview.pickers["languages"].setCurrentIndex(1)
    assert made[-1] == (["zh_CN", "en"], True)
    assert len(preview.view.paper) == 6


def test_enter_prints(qtbot, tmp_path, preview, said):
    onto(preview, tmp_path / "out.pdf")
    preview.print_button.setFocus()
    with qtbot.waitSignal(preview.printed) as printed:
        qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert printed.args == [3]
    assert said == ["已发送 3 页到打印机。"]
    assert len(Paper(tmp_path / "out.pdf")) == 3


def test_ten_centimetres_are_ten_centimetres_on_paper(tmp_path):
    draw(tmp_path / "in.pdf", 1)
    paper = Paper(tmp_path / "in.pdf")

    class Holder:
        pass

    onto(holder := type("P", (), {"print_button": QWidget()})(), tmp_path / "out.pdf")
    print_pages(paper, holder.make_printer(), [0])
    before, after = (ink(Paper(tmp_path / name).image(0, 1)) for name in ("in.pdf", "out.pdf"))
    assert all(abs(a - b) <= 1 for a, b in zip(before, after, strict=True))


def ink(image):
    """The box of what is dark, in points."""
    dark = [(x, y) for x in range(image.width()) for y in range(0, image.height(), 4)
            if image.pixelColor(x, y).lightness() < 100]  # fmt: skip
    return min(x for x, _ in dark), max(x for x, _ in dark), min(y for _, y in dark) // 4, max(y for _, y in dark) // 4


def test_only_the_pages_asked_for_are_printed(qtbot, tmp_path, preview):
    onto(preview, tmp_path / "out.pdf")
    preview.pages.setText("1,3")
    with qtbot.waitSignal(preview.printed) as printed:
        preview.print_now()
    assert printed.args == [2]


def test_a_page_that_is_not_there_is_told_and_nothing_is_printed(tmp_path, preview):
    onto(preview, tmp_path / "out.pdf")
    preview.pages.setText("9")
    preview.print_now()
    assert preview.fault.text() == "页码请写成 1-3,5，最大 3。"
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(("text", "pages"), [("", [0, 1, 2]), ("1-2", [0, 1]), ("1，3", [0, 2]), ("2", [1])])
def test_pages_are_read_as_they_are_written(text, pages):
    assert pages_of(text, 3) == pages


@pytest.mark.parametrize("text", ["0", "4", "2-1", "a", "1-", ","])
def test_pages_that_cannot_be_are_refused(text):
    with pytest.raises(Refused):
        pages_of(text, 3)


def test_it_is_saved_where_the_owner_says_under_a_legal_name(monkeypatch, tmp_path, preview, said):
    asked = []
    monkeypatch.setattr(ask, "save_file", lambda _p, _l, _t, name, _k, then: asked.append((ask.legal(name), then)))
    preview.save()
    name, then = asked[0]
    assert name == "张伟_绩效_评估_2026Q3.pdf"
    then(tmp_path / name)
    assert len(Paper(tmp_path / name)) == 3
    assert said == [f"已另存为“{name}”。"]
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_a_folder_that_cannot_be_written_is_told(preview, tmp_path):
    (tmp_path / "file").write_text("")
    preview.write(tmp_path / "file" / "out.pdf")
    assert preview.fault.text().startswith("无法写入")
    assert preview.isVisible()


def test_what_cannot_be_made_is_told(qtbot, desk):
    def make(_path, _languages):
        raise Refused(M("Working…"))

    page = QWidget()
    qtbot.addWidget(page)
    opened = Preview(desk, "Print", make, (), "x.pdf", page)
    opened.open()
    qtbot.waitUntil(lambda: opened.fault.text() == "正在处理…")
    assert not opened.print_button.isEnabled()


def test_without_a_printer_the_way_to_a_pdf_is_shown(preview):
    if preview.printers.count():
        pytest.fail("this machine has a printer")
    assert not preview.print_button.isEnabled()
    assert preview.save_button.isEnabled()
    preview.print_now()
    assert preview.fault.text() == "这台电脑没有安装打印机，请另存为 PDF。"


def test_many_pages_tell_how_far_they_are_and_can_be_stopped(qtbot, monkeypatch, desk):
    monkeypatch.setattr(task, "BAR", 1)

    def make(_path, _languages, *, progress):
        while True:
            progress(1, 2)

    page = QWidget()
    qtbot.addWidget(page)
    opened = Preview(desk, "Print", make, (), "x.pdf", page)
    opened.open()
    window = desk.tasks.parent()
    qtbot.waitUntil(lambda: bool(window.findChildren(Bar)))
    qtbot.mouseClick(window.findChild(Bar).cancel, Qt.MouseButton.LeftButton)
    freed(qtbot, opened)


def test_closing_frees_it_and_its_files(qtbot, preview):
    folder = Path(preview._folder.name)
    preview.reject()
    freed(qtbot, preview)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("a/b:c.pdf", "a_b_c.pdf"),
        ("CON.pdf", "CON_.pdf"),
        ("...pdf", "_.pdf"),
        ("甲" * 300 + ".pdf", "甲" * 120 + ".pdf"),
    ],
)
def test_names_are_made_legal_on_every_system(name, legal):
    assert ask.legal(name) == legal


def test_nothing_is_overwritten_unasked(tmp_path):
    (tmp_path / "a.pdf").write_text("")
    assert ask.free(tmp_path / "a.pdf").name == "a (2).pdf"
    assert ask.free(tmp_path / "b.pdf").name == "b.pdf"
