"""The preview: what is seen is what is printed, saved and written down in the log of paper."""

import threading
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.reviews import report
from desktopapp.reviews import service as reviewing
from desktopapp.storage import undoable
from desktopapp.team import queries, service
from tests.reviews.team import hire
from tests.ui.conftest import freed
from ui.kit import ask, printer, task
from ui.kit.changes import Changes
from ui.kit.desk import Desk
from ui.kit.paper import FIT_WIDTH, Paper
from ui.kit.preview import LANGUAGES, About, Job, Option, Preview, in_one_go
from ui.kit.task import Bar, Tasks

WHO = [(1, "张伟"), (2, "王芳"), (3, "欧阳:静")]
EVERYONE = Option("everyone", "People", ((True, "Everybody"), (False, "Only")))
HP = "HP LaserJet 1020"
CLOCK = time(10, 42)


def draw(path, people, sheets=2):
    canvas = Canvas(str(path), pagesize=A4)
    for n in range(people):
        canvas.bookmarkPage(str(n))
        canvas.addOutlineEntry(str(n), str(n))
        for _ in range(sheets):
            canvas.rect(100, 100, 200, 200, fill=1)
            canvas.showPage()
    canvas.save()


def make(path, languages, *, everyone=True, progress, **_how):
    progress(1, 1)
    draw(path, 3 if everyone else 1, 2 * len(languages))


def about(*, everyone=True):
    return About(WHO if everyone else WHO[2:], Period.parse("2026Q3"))


JOB = Job("PF-01", "Appraisal form", make, (LANGUAGES, EVERYONE), about)


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
def printers(monkeypatch):
    """A printer on this PC that turns the sheet; what it is sent goes nowhere."""
    monkeypatch.setattr(printer, "installed", lambda: [HP])
    monkeypatch.setattr(printer, "prints_both_sides", lambda _name: True)


@pytest.fixture
def sent(monkeypatch, printers, tmp_path):
    """The printer prints into this file."""

    def ready(setting, *, is_landscape):
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "out.pdf"))
        made.setResolution(100)
        return printer.put(made, setting, is_landscape=is_landscape)

    monkeypatch.setattr(printer, "ready", ready)
    return tmp_path / "out.pdf"


def shown(qtbot, desk, job=JOB):
    opened = begun(desk, job)
    with qtbot.waitSignal(opened.ready):
        pass
    return opened


def begun(desk, job):
    opened = Preview(desk, job, desk.tasks.parent(), clock=lambda: CLOCK)
    opened.open()
    return opened


def count(path):
    paper = Paper(path)
    pages = len(paper)
    paper.close()
    return pages


def button(within, words):
    return next(each for each in within.findChildren(QPushButton) if each.text() == words)


def test_the_pages_are_shown_and_counted(qtbot, desk):
    preview = shown(qtbot, desk)
    assert preview.place.text() == "第 1 页，共 6 页"
    assert not preview.back.isEnabled()
    assert not preview.view.grab().isNull()
    preview.close()


def test_it_opens_in_the_language_the_firm_prints_in(qtbot, desk):
    service.change_firm(name="远航商贸", paper="zh_CN en")
    preview = shown(qtbot, desk)
    assert preview.pickers["languages"].value() == ("zh_CN", "en")
    assert preview.place.text() == "第 1 页，共 12 页"
    preview.close()


def test_another_choice_makes_the_pages_anew(qtbot, desk):
    preview = shown(qtbot, desk)
    with qtbot.waitSignal(preview.ready):
        preview.pickers["languages"].setCurrentIndex(1)
    assert preview.place.text() == "第 1 页，共 12 页"
    with qtbot.waitSignal(preview.ready):
        preview.pickers["everyone"].setCurrentIndex(1)
    assert len(preview.view.paper) == 4
    preview.close()


def test_pages_are_turned_by_key_and_by_button(qtbot, desk):
    preview = shown(qtbot, desk)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        qtbot.keyClick(preview, key)
    assert preview.place.text() == "第 2 页，共 6 页"
    qtbot.keyClick(preview, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.page == 5
    assert not preview.forth.isEnabled()
    qtbot.mouseClick(preview.back, Qt.MouseButton.LeftButton)
    assert preview.view.page == 4
    preview.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Equal, Qt.Key.Key_Plus])
def test_control_and_a_key_zoom_and_the_list_shows_the_size(qtbot, desk, key):
    preview = shown(qtbot, desk)
    preview.zooms.put(1.0)
    assert preview.view.zoom == 1.0
    qtbot.keyClick(preview, key, Qt.KeyboardModifier.ControlModifier)
    assert (preview.view.zoom, preview.zooms.currentText()) == (1.25, "125%")
    qtbot.keyClick(preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.zooms.currentText() == "100%"
    qtbot.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (preview.view.zoom, preview.zooms.currentText()) == (FIT_WIDTH, "适合宽度")
    preview.close()


def test_enter_prints_everything_as_one_job(qtbot, desk, sent, said):
    preview = shown(qtbot, desk)
    assert preview.focusWidget() is preview.panel.print_button
    with qtbot.waitSignal(preview.printed) as printed:
        qtbot.keyClick(preview.focusWidget(), Qt.Key.Key_Return)
    assert printed.args == [6]
    assert said == ["已发送 6 页到打印机。"]
    assert count(sent) == 6


def test_enter_on_the_way_out_goes_out(qtbot, desk, sent):
    preview = shown(qtbot, desk)
    preview.panel.cancel_button.setFocus()
    qtbot.keyClick(preview.panel.cancel_button, Qt.Key.Key_Return)
    freed(qtbot, preview)
    assert not sent.exists()


def test_what_was_printed_is_written_down(qtbot, desk, sent, said):
    preview = shown(qtbot, desk)
    preview.panel.copies.setValue(2)
    with qtbot.waitSignal(preview.printed):
        preview.print_now()
    [row] = queries.prints(9)
    assert (row.form, row.name, row.people, str(row.period)) == ("PF-01", "张伟", 3, "2026Q3")
    assert (row.pages, row.copies, row.printer, row.file) == (6, 2, HP, "")
    assert f"{row.at:%Y-%m-%d %H:%M}" == "2026-11-23 10:42"
    assert said == ["已发送 12 页到打印机。"]
    assert undoable() is None


def test_only_those_whose_pages_went_out_are_written_down(qtbot, desk, sent):
    preview = shown(qtbot, desk)
    preview.panel.pages.setText("4-")
    with qtbot.waitSignal(preview.printed) as printed:
        preview.print_now()
    assert printed.args == [3]
    assert count(sent) == 4  # the back of the second person's last page stays empty
    assert [len(queries.prints(9, person=number)) for number, _ in WHO] == [0, 1, 1]


def test_on_both_sides_each_person_begins_a_new_sheet(qtbot, desk, sent):
    def odd(path, _languages, **_how):
        draw(path, 3, 3)

    preview = shown(qtbot, desk, Job("PF-01", "Appraisal form", odd))
    assert preview.panel.sides.value() is True
    with qtbot.waitSignal(preview.printed) as printed:
        preview.print_now()
    assert printed.args == [9]
    assert count(sent) == 11


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("9", "没有第 9 页，最后一页是第 6 页。"),
        ("x", "页码请写成 1-3,5，不能写成“x”。"),
        ("3-1", "页码要从小到大写：1-3。"),
    ],
)
def test_pages_that_cannot_be_are_refused_beside_the_field(qtbot, desk, sent, text, why):
    preview = shown(qtbot, desk)
    preview.panel.pages.setText(text)
    preview.print_now()
    assert preview.panel.fault.isVisible()
    assert preview.panel.fault.text() == why
    assert preview.focusWidget() is preview.panel.pages
    assert not sent.exists()
    qtbot.keyClicks(preview.panel.pages, "1")
    assert not preview.panel.fault.isVisible()
    assert queries.prints(9) == []
    preview.close()


def test_a_printer_that_does_not_turn_the_sheet_is_not_asked_to(qtbot, desk, sent, monkeypatch):
    monkeypatch.setattr(printer, "prints_both_sides", lambda _name: False)
    preview = shown(qtbot, desk)
    assert not preview.panel.sides.isEnabled()
    assert preview.panel.setting("x").both_sides is False
    preview.close()


def test_a_printer_that_fails_says_so_and_the_preview_stays(qtbot, desk, printers, monkeypatch):
    def gone(_setting, *, is_landscape):
        raise Fault(M("The printer does not answer. Check that it is on and has paper, or save as PDF instead."))

    monkeypatch.setattr(printer, "ready", gone)
    preview = shown(qtbot, desk)
    preview.print_now()
    qtbot.waitUntil(preview.panel.print_button.isEnabled)
    assert "打印机没有响应" in preview.told.words.text()
    assert preview.isVisible()
    assert queries.prints(9) == []
    preview.close()


def test_paper_that_cannot_be_written_down_is_told(qtbot, desk, sent, monkeypatch):
    def full(**_how):
        raise Fault(M("Working…"))

    monkeypatch.setattr(service, "log_print", full)
    preview = shown(qtbot, desk)
    with qtbot.waitSignal(preview.printed):
        preview.print_now()
    assert preview.isVisible()
    assert preview.told.words.text() == "正在处理…"
    preview.close()


def test_printing_can_be_stopped(qtbot, desk, sent, monkeypatch):
    def slow(_paper, _made, sides, *, is_grey, told):
        while True:
            told(1, len(sides))

    preview = shown(qtbot, desk)
    monkeypatch.setattr(printer, "print_pages", slow)
    monkeypatch.setattr(task, "BAR", 1)
    preview.print_now()
    window = desk.tasks.parent()
    qtbot.waitUntil(lambda: bool(window.findChildren(Bar)))
    assert not preview.panel.print_button.isEnabled()
    qtbot.mouseClick(window.findChild(Bar).cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(preview.panel.print_button.isEnabled)
    assert "已停止打印" in preview.told.words.text()
    assert queries.prints(9) == []
    preview.close()


def offered(preview, monkeypatch):
    """What saving offers as a name, and the way on."""
    asked = []
    monkeypatch.setattr(ask, "save_file", lambda _p, _l, _t, name, _k, then: asked.append((name, then)))
    preview.save()
    return asked[0]


def test_a_file_is_named_by_whom_form_and_period(qtbot, desk, monkeypatch):
    preview = shown(qtbot, desk)
    assert offered(preview, monkeypatch)[0] == "张伟等3人_绩效考核表_2026Q3.pdf"
    with qtbot.waitSignal(preview.ready):
        preview.pickers["everyone"].setCurrentIndex(1)
    assert offered(preview, monkeypatch)[0] == "欧阳_静_绩效考核表_2026Q3.pdf"
    preview.close()


def test_a_paper_of_nobody_goes_by_the_day(qtbot, desk, monkeypatch):
    preview = shown(qtbot, desk, Job("TE-01", "Team roster", make))
    assert offered(preview, monkeypatch)[0].endswith("_2026-11-23.pdf")
    preview.close()


def test_it_is_saved_and_the_folder_is_one_click_away(qtbot, desk, monkeypatch, tmp_path):
    preview, opened = shown(qtbot, desk), []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    name, then = offered(preview, monkeypatch)
    then(tmp_path / name)
    assert count(tmp_path / name) == 6
    assert list(tmp_path.glob(".*")) == []
    assert preview.told.words.text() == f"已另存为“{name}”。"
    qtbot.mouseClick(button(preview.told, "打开文件夹"), Qt.MouseButton.LeftButton)
    assert opened == [str(tmp_path)]
    [row] = queries.prints(9)
    assert (row.file, row.printer, row.pages, row.people) == (name, "", 6, 3)
    preview.close()


def test_some_pages_are_saved_alone(qtbot, desk, monkeypatch, tmp_path):
    preview = shown(qtbot, desk)
    preview.panel.pages.setText("1-2")
    offered(preview, monkeypatch)[1](tmp_path / "a.pdf")
    assert count(tmp_path / "a.pdf") == 2
    assert [row.name for row in queries.prints(9)] == ["张伟"]
    preview.close()


def test_the_name_offered_is_never_that_of_a_file_there(qtbot, zh, desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "张伟.pdf").write_text("")
    page = QWidget()
    qtbot.addWidget(page)
    named = []
    monkeypatch.setattr(QFileDialog, "selectFile", lambda _self, name: named.append(name))
    monkeypatch.setattr(QFileDialog, "directory", lambda _self: type("D", (), {"absolutePath": lambda _s: tmp_path})())
    ask.save_file(page, zh, "Save as PDF", "张伟.pdf", (("PDF files", "*.pdf"),), print)
    assert named == ["张伟 (2).pdf"]
    page.findChild(QFileDialog).close()


def test_a_file_open_elsewhere_is_told_and_another_name_offered(qtbot, desk, monkeypatch, tmp_path):
    preview, target, replace = shown(qtbot, desk), tmp_path / "a.pdf", Path.replace
    target.write_text("open in a viewer")

    def locked(self, to):
        if to == target:
            raise PermissionError(13, "Permission denied")
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", locked)
    offered(preview, monkeypatch)[1](target)
    assert preview.told.words.text() == "“a.pdf”正在其他程序中打开，请先关闭它，或换一个文件名保存。"
    assert queries.prints(9) == []
    qtbot.mouseClick(button(preview.told, "另存为“a (2).pdf”"), Qt.MouseButton.LeftButton)
    assert count(tmp_path / "a (2).pdf") == 6
    assert target.read_text() == "open in a viewer"
    assert list(tmp_path.glob(".*")) == []
    preview.close()


def test_a_folder_that_cannot_be_written_is_told(qtbot, desk, monkeypatch, tmp_path):
    preview = shown(qtbot, desk)
    (tmp_path / "file").write_text("")
    offered(preview, monkeypatch)[1](tmp_path / "file" / "out.pdf")
    assert preview.told.words.text().startswith("无法写入")
    assert preview.isVisible()
    preview.close()


def test_without_a_printer_only_the_way_to_a_file_is_shown(qtbot, desk, monkeypatch):
    monkeypatch.setattr(printer, "installed", list)
    preview, saved = shown(qtbot, desk), []
    monkeypatch.setattr(preview, "save", lambda: saved.append(1))
    panel = preview.panel
    assert not any(each.isVisible() for each in (panel.print_button, panel.printers, panel.copies, panel.sides))
    assert any("没有安装打印机" in each.text() for each in panel.findChildren(type(panel.fault)) if each.isVisible())
    assert preview.focusWidget() is panel.save_button
    qtbot.keyClick(panel.save_button, Qt.Key.Key_Return)
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert saved
    preview.print_now()
    assert queries.prints(9) == []
    preview.close()


def test_characters_without_a_glyph_are_told_before_printing(qtbot, desk):
    def missing(_language, *, everyone):
        names = [("张𫚉", "𫚉"), ("李𫚈", "𫚈"), ("王一", "㐀"), ("赵二", "㐁")]
        return names if everyone else []

    preview = shown(qtbot, desk, Job("PF-01", "Appraisal form", make, (EVERYONE,), about, missing))
    said = preview.missing.words.text()
    assert "张𫚉的“𫚉”" in said
    assert "另有 1 人" in said
    assert "手写" in said
    with qtbot.waitSignal(preview.ready):
        preview.pickers["everyone"].setCurrentIndex(1)
    assert not preview.missing.isVisible()
    preview.close()


def test_what_cannot_be_made_is_told(qtbot, desk):
    def no(_path, _languages, **_how):
        raise Refused(M("Working…"))

    preview = begun(desk, Job("PF-01", "Appraisal form", no))
    qtbot.waitUntil(lambda: getattr(preview.told, "words", None) is not None)
    assert preview.told.words.text() == "正在处理…"
    assert not preview.panel.save_button.isEnabled()
    preview.close()


def never_ending(_path, _languages, *, progress, **_how):
    while True:
        progress(1, 26)


def test_making_pages_can_be_stopped_before_there_are_any(qtbot, monkeypatch, desk):
    monkeypatch.setattr(task, "BAR", 1)
    preview = begun(desk, Job("PF-01", "Appraisal form", never_ending))
    folder, window = Path(preview._folder.name), desk.tasks.parent()
    qtbot.waitUntil(lambda: bool(window.findChildren(Bar)))
    qtbot.mouseClick(window.findChild(Bar).cancel, Qt.MouseButton.LeftButton)
    freed(qtbot, preview)
    assert not folder.exists()


def test_stopping_the_making_of_others_stays_with_the_pages_there_were(qtbot, monkeypatch, desk):
    def for_one_only(path, languages, *, everyone, **how):
        (make if everyone else never_ending)(path, languages, **how)

    preview = shown(qtbot, desk, Job("PF-01", "Appraisal form", for_one_only, (EVERYONE,), about))
    monkeypatch.setattr(task, "BAR", 1)
    preview.pickers["everyone"].setCurrentIndex(1)
    window = desk.tasks.parent()
    qtbot.waitUntil(lambda: bool(window.findChildren(Bar)))
    assert not preview.panel.save_button.isEnabled()
    qtbot.mouseClick(window.findChild(Bar).cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(preview.panel.save_button.isEnabled)
    assert preview.pickers["everyone"].value() is True
    assert len(preview.view.paper) == 6
    preview.close()


def test_a_newer_choice_stops_the_making_for_the_older(qtbot, desk):
    def for_all_only(path, languages, *, everyone, **how):
        (never_ending if everyone else make)(path, languages, everyone=everyone, **how)

    preview = begun(desk, Job("PF-01", "Appraisal form", for_all_only, (EVERYONE,), about))
    with qtbot.waitSignal(preview.ready):
        preview.pickers["everyone"].setCurrentIndex(1)
    preview.close()


def test_closing_while_pages_are_made_stops_it_and_leaves_nothing_behind(qtbot, desk):
    preview = begun(desk, Job("PF-01", "Appraisal form", never_ending))
    folder = Path(preview._folder.name)
    preview.close()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert not folder.exists()


def test_closing_frees_it_and_its_files(qtbot, desk):
    preview = shown(qtbot, desk)
    folder = Path(preview._folder.name)
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    freed(qtbot, preview)
    assert not folder.exists()


def test_what_is_drawn_in_one_go_needs_to_know_of_no_progress(qtbot, desk):
    seen = []

    def sheet(path, languages, *, printed, today):
        seen.append((printed.time(), today, [each.code for each in languages]))
        draw(path, 1, 1)

    preview = shown(qtbot, desk, Job("DL-01", "Today's list", in_one_go(sheet, today=desk.day)))
    assert seen == [(CLOCK, desk.day, ["zh_CN"])]
    preview.close()


def test_every_choice_has_a_name_for_a_screen_reader(qtbot, desk, printers):
    preview = shown(qtbot, desk)
    panel = preview.panel
    for each in (*preview.pickers.values(), panel.printers, panel.copies, panel.pages, panel.sides, panel.inks):
        assert each.accessibleName()
    preview.close()


def test_a_batch_of_review_forms_shows_how_far_it_is_and_is_stopped_for_real(qtbot, monkeypatch, desk):
    hire(12)
    cycle = reviewing.start(period=Period.parse("2026Q3"), template="quarterly", today=desk.day)
    told, go = [], threading.Event()

    def forms(path, languages, *, progress, **how):
        def heard(done, whole):
            told.append((done, whole))
            progress(done, whole)
            if done == 5:
                go.wait(10)

        return report.review_forms(path, languages, cycle=cycle, filled=False, firm=None, progress=heard, **how)

    monkeypatch.setattr(task, "BAR", 1)
    preview = begun(desk, Job(report.CODE, "Appraisal form", forms))
    folder, window = Path(preview._folder.name), desk.tasks.parent()
    qtbot.waitUntil(lambda: bool(window.findChildren(Bar)) and window.findChild(Bar).bar.value() == 5)
    assert window.findChild(Bar).bar.maximum() == 12
    qtbot.mouseClick(window.findChild(Bar).cancel, Qt.MouseButton.LeftButton)
    go.set()
    freed(qtbot, preview)
    assert told[-1] == (6, 12), "the one after the click is the last that is begun"
    assert not folder.exists()
