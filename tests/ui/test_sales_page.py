"""Sales data as the owner sees it: long lists, and a file of the CRM's on its way in and out again."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from desktopapp.kernel.money import Money
from desktopapp.kernel.narrowing import OneOf, Within
from desktopapp.overview import sample
from desktopapp.sales import queries
from desktopapp.team import service as team
from tests.ui.desks import Room
from ui.kit import ask
from ui.pages.sales import SalesPage
from ui.pages.sales.take_in import TakeIn

HEADINGS = "商机编号,商机名称,客户名称,负责人,销售阶段,金额,预计成交日期,备用列"
DEALS = f"""{HEADINGS}
D1,年度框架,华鼎机电,张伟,赢单,120000,2026-10-08,甲
D2,货架采购,远大集团,王五,方案报价,"￥80,000",2026-12-20,乙
D3,劳保用品,远大集团,王五,方案报价,很多,2026-12-21,丙
"""


def lists(room):
    """The page, turned to the list of deals."""
    page = room.open(SalesPage)
    page.turn_to("deal")
    return page


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def seller(file):
    return team.add(name="张伟", today=date(2026, 11, 23))


def write(tmp_path, text, name="商机.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def opened(room, page, path):
    """The preview of a file, once all its rows are gone through."""
    page.read_files([path])
    room.qtbot.waitUntil(lambda: page.findChild(TakeIn) is not None and page.findChild(TakeIn).found is not None)
    return page.findChild(TakeIn)


def check_again(room, dialog, act):
    """Answer something, and wait until every row was gone through with that."""
    with room.qtbot.waitSignal(dialog.checked):
        act()


def taken_in(room, page, path):
    dialog = opened(room, page, path)
    room.click(dialog.go)
    room.qtbot.waitUntil(lambda: page.findChild(TakeIn) is None)


def said(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def deals(page):
    return [page.deals.model.row(n).name for n in range(page.deals.model.rowCount())]


def test_an_empty_list_teaches_and_offers_to_begin(room, file, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "open_files", lambda *given: asked.append(given))
    page = lists(room)
    assert page.deals.view.empty.isVisible()
    room.click(page.deals.view.empty.button)
    assert len(asked) == 1


def test_a_file_is_shown_whole_before_anything_is_kept(room, seller, tmp_path):
    page = lists(room)
    dialog = opened(room, page, write(tmp_path, DEALS, encoding="gb18030"))
    words = said(dialog)
    assert "商机.csv" in words
    assert any("gb18030" in text for text in words)
    fills = {heading: picker.currentText() for heading, picker in dialog.columns.pickers.items()}
    assert (fills["金额"], fills["备用列"]) == ("金额", "原样保留")
    assert dialog.go.text() == "导入 2 条"
    assert [*dialog.asking.owners] == ["王五"]
    assert queries.batches() == []
    dialog.close()


def test_what_cannot_be_read_is_listed_with_row_column_and_reason(room, seller, tmp_path):
    page = lists(room)
    dialog = opened(room, page, write(tmp_path, DEALS))
    [reason] = [dialog.reasons.row(n) for n in range(dialog.reasons.rowCount())]
    assert (reason.row, reason.column, reason.value) == (4, "金额", "很多")
    dialog.close()


def test_an_unknown_owner_is_asked_for_once_and_remembered(room, seller, tmp_path):
    page = lists(room)
    dialog = opened(room, page, write(tmp_path, DEALS))
    dialog.asking.owners["王五"].put(seller)
    room.click(dialog.go)
    room.qtbot.waitUntil(lambda: page.findChild(TakeIn) is None)
    assert {row.person for row in queries.deals(queries.deal_keys())} == {"张伟"}
    again = opened(room, page, write(tmp_path, DEALS.replace("D2", "D9"), "十二月.csv"))
    assert again.asking.owners == {}
    again.close()


def test_an_import_is_told_and_taken_back_with_one_click(room, seller, tmp_path):
    page = lists(room)
    taken_in(room, page, write(tmp_path, DEALS))
    assert room.heard.words == ["已导入：新增 2 条，更新 0 条"]
    assert deals(page) == ["货架采购", "年度框架"]
    said = "2 条商机 · 金额：合计 ¥200,000.00 · 平均 ¥100,000.00 · 计数 2"
    room.qtbot.waitUntil(lambda: page.deals.foot.text() == said)
    page.tabs.setCurrentIndex(page.stack.indexOf(page.batches))
    page.batches.view.select(lambda row: True)
    room.click(page.batches.undo)
    room.qtbot.waitUntil(lambda: not queries.batches())
    page.tabs.setCurrentIndex(1)
    assert deals(page) == []


def test_an_import_that_was_built_upon_stays_and_says_why(room, seller, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: told.append(language.text(message)))
    page = lists(room)
    taken_in(room, page, write(tmp_path, DEALS))
    taken_in(room, page, write(tmp_path, DEALS.replace("年度框架", "年度框架二期"), "十二月.csv"))
    page.tabs.setCurrentIndex(page.stack.indexOf(page.batches))
    page.batches.view.select(lambda row: row.file == "商机.csv")
    room.click(page.batches.undo)
    room.qtbot.waitUntil(lambda: bool(told))
    assert len(queries.batches()) == 2


def test_the_same_file_again_brings_nothing(room, seller, tmp_path):
    page = lists(room)
    path = write(tmp_path, DEALS)
    taken_in(room, page, path)
    dialog = opened(room, page, path)
    assert any("2026年11月23日 导入过" in text for text in said(dialog))
    room.click(dialog.go)
    room.qtbot.waitUntil(lambda: len(room.heard.words) == 2)
    assert room.heard.words[-1] == "文件里没有新内容"
    assert len(queries.batches()) == 1


def test_cancelling_keeps_nothing(room, seller, tmp_path):
    page = lists(room)
    dialog = opened(room, page, write(tmp_path, DEALS))
    room.click(dialog.cancel)
    assert queries.batches() == []


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("", "空.csv", "空.csv"),
        ("<html></html>", "网页.xls", "网页.xls"),
        ("x", "图.png", "图.png"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_words(room, file, tmp_path, monkeypatch, text, name, part):
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: told.append(language.text(message)))
    page = lists(room)
    page.read_files([write(tmp_path, text, name)])
    room.qtbot.waitUntil(lambda: bool(told))
    assert part in told[0]
    assert page.findChild(TakeIn) is None


def test_dates_that_can_be_read_both_ways_are_asked_for(room, seller, tmp_path):
    text = f"{HEADINGS}\nD1,年度框架,华鼎机电,张伟,赢单,1,03/04/2026,甲\nD2,二,华鼎机电,张伟,赢单,1,05/06/2026,甲\n"
    page = lists(room)
    dialog = opened(room, page, write(tmp_path, text))
    assert not dialog.go.isEnabled()
    check_again(room, dialog, lambda: room.click(room.button("日、月、年", dialog)))
    room.click(dialog.go)
    room.qtbot.waitUntil(lambda: len(queries.batches()) == 1)
    assert {row.close_date for row in queries.deals(queries.deal_keys())} == {date(2026, 4, 3), date(2026, 6, 5)}


def test_a_file_dropped_on_the_page_is_read(room, seller, tmp_path):
    page = lists(room)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path, DEALS)))])
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))  # fmt: skip
    room.qtbot.waitUntil(lambda: page.findChild(TakeIn) is not None)
    page.findChild(TakeIn).close()


def test_the_list_is_searched_and_narrowed_and_counted(room, file, today):
    sample.load(today)
    page = lists(room)
    whole = page.deals.model.rowCount()
    room.write(page.deals.search, "叉车")
    room.qtbot.waitUntil(lambda: page.deals.model.rowCount() < whole)
    found = page.deals.model.rowCount()
    assert set(deals(page)) == {"叉车租赁服务"}
    room.qtbot.waitUntil(lambda: page.deals.foot.text().startswith(f"{found} 条商机"))
    page.deals.status.setCurrentIndex(page.deals.status.findData("won"))
    assert 0 < page.deals.model.rowCount() < found


def test_marked_rows_are_counted_and_summed(room, file, today):
    sample.load(today)
    page = lists(room)
    page.deals.view.selectAll()
    room.qtbot.waitUntil(lambda: page.deals.foot.text().startswith("已选 "))


def test_customers_stand_in_a_list_of_their_own(room, file, today):
    sample.load(today)
    page = lists(room)
    page.tabs.setCurrentIndex(2)
    assert page.accounts.model.rowCount() > 10
    room.qtbot.waitUntil(lambda: page.accounts.foot.text().endswith("家客户"))


def test_marked_deals_are_assigned_to_somebody_in_one_undo(room, file, today):
    sample.load(today)
    page = lists(room)
    view = page.deals.view
    for row in (0, 1):
        ticks = view.ticks
        at = QPoint(10, ticks.sectionViewportPosition(row) + 10)
        room.qtbot.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=at)
    marked = list(view.selected_numbers())
    before = [row.person for row in queries.deals(marked)]
    room.click(room.button("分配给…", page))
    picker = page.form.editors["person"]
    picker.setCurrentIndex(2)
    name = picker.currentText()
    room.click(page.form.save_button)
    room.qtbot.waitUntil(lambda: room.heard.words == ["已分配 2 条商机"])
    assert {row.person for row in queries.deals(marked)} == {name}
    room.changes.undo()
    assert [row.person for row in queries.deals(marked)] == before


def test_deals_are_narrowed_by_amount_person_and_stage_in_the_file(room, file, today):
    sample.load(today)
    page = lists(room)
    model = page.deals.model
    model.narrow("amount", Within(Money.yuan(200_000)))
    assert 0 < model.rowCount() < len(queries.deal_keys())
    people = [value for value, _ in model.columns[2].choices()]
    model.narrow("person", OneOf(frozenset(people[:1])))
    assert {model.row(n).person for n in range(model.rowCount())} == {dict(model.columns[2].choices())[people[0]]}
    assert page.deals.listing.chips.chips[0].findChild(QLabel).text() == "金额：¥200,000.00 起"
    page.deals.widen()
    assert model.rowCount() == len(queries.deal_keys())
