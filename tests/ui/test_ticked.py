"""Scans of ticked sheets given back in the window: what is unclear is decided beside its picture."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from desktopapp.reviews import queries
from tests.reviews import scans
from tests.reviews.test_ticked import Round
from tests.ui.desks import Room
from tests.ui.test_returned import enters, mime, opened, said
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.doubts import Doubts


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def round_(file, tmp_path):
    return Round(tmp_path)


@pytest.fixture
def page(room, round_):
    return room.open(ReviewsPage)


@pytest.fixture
def dialog(room, page, round_):
    """A superior's sheet: 4 everywhere, two ticks in the second row and none in the third."""
    round_.ask("superior", "覃晓岚")
    [paper] = round_.printed("superior")
    ticked, rows = paper.copy(), scans.rows_of(paper)
    pen = scans.Pen(ticked, round_.chance)
    for nth, row in enumerate(rows):
        if nth != 2:
            pen.tick(row, 3, scans.CROSS)
    pen.tick(rows[1], 0, scans.FILLED)
    return opened(room, page, [round_.save(ticked, "上级.jpg")])


def given(round_):
    return {line.id: line.score for line in queries.sheet(round_.review).dimensions}


def test_what_is_unclear_stands_beside_its_picture_and_holds_the_rest_back(dialog, round_):
    two, none = dialog.found[0].doubts
    pieces = [label for label in dialog.doubts.findChildren(QLabel) if not label.pixmap().isNull()]
    assert [piece.pixmap().width() for piece in pieces] == [two.width, none.width]
    assert [button.text() for (key, _), button in dialog.doubts.choices.items() if key == two.key] == [
        "1", "2", "3", "4", "5", "没有选",
    ]  # fmt: skip
    assert not any(button.isChecked() for (key, _), button in dialog.doubts.choices.items() if key == two.key)
    assert dialog.doubts.choices[none.key, ""].isChecked()
    assert not dialog.go.isEnabled()
    assert "还有 1 处勾选待确认；也可以把整份表移出。" in said(dialog)


def test_what_the_owner_decides_is_taken_over_with_the_rest(room, dialog, round_):
    two, none = dialog.found[0].doubts
    room.click(dialog.doubts.choices[two.key, "1"])
    room.click(dialog.doubts.choices[none.key, "5"])
    assert dialog.go.text() == "采纳 10 项回答"
    room.click(dialog.go)
    expected = dict.fromkeys(given(round_), 4)
    decided = {two.key.removeprefix("score:"): 1, none.key.removeprefix("score:"): 5}
    assert given(round_) == expected | decided
    assert {row.way for row in queries.raters(round_.review)} == {"scan"}
    assert room.heard.words[-1] == "已采纳 10 项回答"


def test_what_means_no_tick_leaves_what_stands_there(room, dialog, round_):
    two, none = dialog.found[0].doubts
    room.click(dialog.doubts.choices[two.key, ""])
    room.click(dialog.go)
    assert [given(round_)[each.key.removeprefix("score:")] for each in (two, none)] == [None, None]
    assert set(given(round_).values()) == {4, None}


def test_a_decision_is_still_there_when_the_sheet_is_shown_again(room, dialog):
    two, _ = dialog.found[0].doubts
    room.click(dialog.doubts.choices[two.key, "4"])
    first = dialog.doubts
    dialog._open(None)
    dialog._open(dialog.found[0])
    assert dialog.doubts is not first
    assert dialog.doubts.choices[two.key, "4"].isChecked()


def test_a_sheet_in_doubt_can_be_left_out(room, dialog):
    room.click(room.button("不看这个文件", dialog))
    assert dialog.findChild(Doubts) is None or not dialog.findChild(Doubts).isVisible()
    assert not dialog.go.isEnabled()


def test_sheets_of_one_scan_are_told_by_their_pages(room, page, round_):
    round_.ask("peer", "陈志远", "仇振华")
    first, second = [round_.tick(paper, 3) for paper in round_.printed()]
    first.save(round_.folder / "stack.pdf", save_all=True, append_images=[second], resolution=130)
    dialog = opened(room, page, [round_.folder / "stack.pdf"])
    assert "共 2 份：2 份可采纳，0 份已拒收" in said(dialog)
    assert [dialog._who(each).detail for each in dialog.found] == ["stack.pdf 第 1 页", "stack.pdf 第 2 页"]
    room.click(dialog.go)
    assert {row.state for row in queries.raters(round_.review)} == {"accepted"}


def test_pictures_are_taken_where_forms_are(page, tmp_path):
    assert enters(page, mime(tmp_path / "a.JPG", tmp_path / "b.png", tmp_path / "c.pdf"))
    assert not enters(page, mime(tmp_path / "a.jpg", tmp_path / "b.xlsx"))
