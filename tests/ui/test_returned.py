"""Forms going out and coming back, as the owner does it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMessageBox

from desktopapp import storage
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.team import service as team
from tests.reviews import fill
from tests.ui.desks import Room
from ui.kit import ask
from ui.kit.drops import are_forms
from ui.kit.nav import Place
from ui.kit.page import Page
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.returned import TakeBack
from ui.pages.sales import SalesPage
from ui.window import Window

ANSWERS = {"gain": "收获：大客户谈判 𫖯", "needs": "谈判技巧 & <b>㛃</b>", "signer": "", "sure": "Yes"}


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def cycle(file, today):
    for name in ("王芳", "张伟"):
        team.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=today)
    return service.start(period=Period.parse("2026Q3"), template="quarterly", today=today)


@pytest.fixture
def page(room, cycle):
    return room.open(ReviewsPage)


@pytest.fixture
def out(room, page, tmp_path, monkeypatch):
    """A folder with everybody's form, written by a click."""
    folder = tmp_path / "发出"
    folder.mkdir()
    monkeypatch.setattr(ask, "open_folder", lambda *given: given[-1](folder))
    page.issue.click()
    room.qtbot.waitUntil(lambda: bool(room.heard.words), timeout=20_000)
    return folder


def filled(folder, tmp_path, name, **more):
    dimensions = queries.form(1).dimensions
    scores = {f"score:{each.id}": "4" for each in dimensions}
    path = tmp_path / f"{name}交回.pdf"
    return fill.by_pypdf(folder / f"{name}_员工自评表_2026Q3.pdf", scores | ANSWERS | more, path)


def opened(room, page, paths):
    page.take_files(paths)
    room.qtbot.waitUntil(lambda: page.findChild(TakeBack) is not None, timeout=20_000)
    return page.findChild(TakeBack)


def said(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_everybody_gets_a_file_of_his_own(out, room):
    assert sorted(path.name for path in out.iterdir()) == ["张伟_员工自评表_2026Q3.pdf", "王芳_员工自评表_2026Q3.pdf"]
    assert room.heard.words == ["2 份自评表已生成，可以发给本人"]
    assert room.heard.files[0].parent == out


def test_each_answer_is_seen_beside_what_stands_there(room, page, out, tmp_path):
    dialog = opened(room, page, [filled(out, tmp_path, "王芳")])
    words = said(dialog)
    assert "共 1 个文件：1 个可采纳，0 个已拒收" in words
    assert ANSWERS["needs"] in words
    assert "自评：销售业绩" in words
    assert dialog.boxes["score:sales_result"].accessibleName() == "自评：销售业绩"
    assert all(box.isChecked() for box in dialog.boxes.values())
    assert dialog.go.text() == "采纳 11 项回答"


def test_what_is_ticked_is_taken_over_and_can_be_undone(room, page, out, tmp_path):
    dialog = opened(room, page, [filled(out, tmp_path, "王芳")])
    room.click(dialog.boxes["score:collection"])
    room.click(dialog.go)
    review = next(row.id for row in queries.reviews(1) if row.name == "王芳")
    given = {line.id: line.self_score for line in queries.sheet(review).dimensions}
    assert given["collection"] is None
    assert given["sales_result"] == 4
    assert room.heard.words[-1] == "已采纳 10 项回答"
    page.open_review(review)
    room.qtbot.waitUntil(lambda: ANSWERS["gain"] in said(page.sheet.said))
    storage.revert(storage.undoable().unit)
    assert queries.answers(review) == {}
    assert not page.sheet.said.isVisible()


def test_a_refused_file_says_why_and_leaves_nothing_to_take(room, page, out, tmp_path):
    stranger = tmp_path / "说明.pdf"
    stranger.write_text("不是表")
    dialog = opened(room, page, [stranger])
    assert "这不是 PDF 文件。只能收回从本软件发出的表。" in said(dialog)
    assert not dialog.go.isEnabled()
    dialog.close()


def test_many_files_are_shown_one_at_a_time(room, page, out, tmp_path):
    paths = [filled(out, tmp_path, name) for name in ("王芳", "张伟")]
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    dialog = opened(room, page, [*paths, tmp_path / "坏.pdf"])
    assert "共 3 个文件：2 个可采纳，1 个已拒收" in said(dialog)
    dialog.view.select(lambda row: row.path.name == "坏.pdf")
    assert "文件已损坏，无法读取。请对方重新保存后再发一次。" in said(dialog)
    room.click(dialog.go)
    assert {row.state for row in queries.rater_forms(1)} == {"accepted"}


def test_a_file_left_out_is_not_taken(room, page, out, tmp_path):
    dialog = opened(room, page, [filled(out, tmp_path, name) for name in ("王芳", "张伟")])
    room.click(room.button("不看这个文件", dialog))
    room.click(dialog.go)
    assert sorted(row.state for row in queries.rater_forms(1)) == ["accepted", "exported"]


def test_a_form_is_sent_back_after_a_question(room, page, out, tmp_path):
    dialog = opened(room, page, [filled(out, tmp_path, "王芳")])
    room.click(room.button("退回重填…", dialog))
    box = dialog.findChild(QMessageBox)
    assert box.text().startswith("退回王芳的表？")
    box.buttons()[0].click()
    assert "rejected" in {row.state for row in queries.rater_forms(1)}
    assert not dialog.go.isEnabled()
    dialog.close()


def test_what_was_refused_meanwhile_is_told_and_the_dialog_stays(room, page, out, tmp_path, today):
    dialog = opened(room, page, [filled(out, tmp_path, "王芳")])
    service.send_back(form=dialog.found[0].form.id, file="", today=today)
    room.click(dialog.go)
    assert dialog.fault.text() == "这张表已经处理过了。"
    dialog.close()


def test_an_empty_folder_says_so(room, page, tmp_path):
    (tmp_path / "空").mkdir()
    page.take_files([tmp_path / "空"])
    room.qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    assert page.findChild(QMessageBox).text() == "没有找到 PDF 文件或图片。"


def enters(widget, data):
    event = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
    event.ignore()
    widget.dragEnterEvent(event)
    return event.isAccepted()


def test_the_page_takes_forms_and_folders_and_nothing_else(page, tmp_path):
    assert enters(page, mime(tmp_path / "a.pdf", tmp_path))
    assert not enters(page, mime(tmp_path / "a.xlsx"))
    assert not enters(page, QMimeData())


def test_forms_dropped_on_the_sales_page_are_left_to_the_window(room, file, tmp_path):
    page = room.open(SalesPage)
    assert not enters(page, mime(tmp_path / "a.pdf"))
    assert enters(page, mime(tmp_path / "a.xlsx"))


@pytest.mark.parametrize(("name", "of_lists"), [("商机.CSV", True), ("客户.zip", True), ("张伟.pdf", False)])
def test_a_folder_with_a_list_in_it_is_the_sales_pages_and_one_of_forms_is_not(room, file, tmp_path, name, of_lists):
    folder = tmp_path / "dropped"
    (folder / "inner").mkdir(parents=True)
    (folder / "附件.pdf").write_bytes(b"%PDF")
    (folder / "inner" / name).write_bytes(b"x")
    assert enters(room.open(SalesPage), mime(folder)) is of_lists
    assert are_forms([folder]) is not of_lists


class Forms(Page):
    """A page that forms belong to."""

    def __init__(self, desk):
        super().__init__(desk, "Print")
        self.given = []
        self.start()

    def take_files(self, paths):
        self.given.extend(paths)


class Other(Forms):
    """A page they do not belong to."""


PLACES = (Place("home", "Undo", "users", Other), Place("reviews", "Print", "users", Forms, takes_forms=True))


@pytest.fixture
def window(qtbot, zh, today, file):
    window = Window(zh, today, PLACES, firm=lambda: ("", ""))
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def test_forms_dropped_anywhere_on_the_window_reach_their_page(window, tmp_path):
    data = mime(tmp_path / "a.pdf")
    assert enters(window, data)
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    assert window.page is window.pages["reviews"]
    assert window.page.given == [tmp_path / "a.pdf"]
