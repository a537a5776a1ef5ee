"""A table with all that goes with it: marks, sums, narrowing, columns, files."""

from __future__ import annotations

import csv
from array import array
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from python_calamine import CalamineWorkbook

from desktopapp.kernel.money import Money
from desktopapp.kernel.narrowing import Holds, OneOf, Within
from desktopapp.kernel.share import Share
from desktopapp.kernel.tally import Tally
from desktopapp.team import queries as team
from tests.ui.conftest import freed
from tests.ui.desks import Room
from ui.kit import ask
from ui.kit.avatar import Who
from ui.kit.button import IconButton
from ui.kit.funnel import Funnel
from ui.kit.listing import Listing
from ui.kit.memory import Memory
from ui.kit.pair import Pair
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView, WindowTable

LEFT, CONTROL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    amount: Money | None
    share: Share
    day: date
    state: str
    unit: str = ""


ROWS = (
    Row(1, "=华盛", Money.yuan(900), Share("0.5"), date(2026, 1, 2), "won"),
    Row(2, "恒达", Money.yuan(100), Share("0.7"), date(2026, 3, 1), "lost"),
    Row(3, "远大", None, Share("0.9"), date(2025, 12, 31), "won"),
    Row(4, "丁丁", Money.yuan(50), Share("1"), date(2026, 5, 1), "open", "USD"),
)
WORDS = {"won": "Chinese", "lost": "English", "open": "Copies"}


def columns():
    return (
        Column("Name", lambda row: Who(row.name), kind="person", stretch=True, narrow="text"),
        Column("Amount", lambda row: row.amount, kind="number", unit=lambda row: row.unit, order="amount"),
        Column("Share", lambda row: row.share, kind="number", narrow="share"),
        Column("Date", lambda row: row.day, narrow="day"),
        Column("State", lambda row: State(WORDS[row.state], "good"), kind="state"),
    )


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


def shown(room, model, *, offers=True, ticks=True, key="rows"):
    """A listing on the screen."""
    view = TableView(model, room.desk.language, name="People", ticks=ticks)
    listing = room.open(lambda desk: Listing(desk, view, key=key, title="People"))
    if offers:
        listing.done = []
        listing.offer("Delete", lambda: listing.done.append([row.id for row in view.selected_rows()]))
    view.setFocus()
    return listing


@pytest.fixture
def listing(room, zh):
    model = RecordTable(columns(), zh)
    made = shown(room, model)
    model.show(ROWS)
    return made


def names(listing):
    model = listing.view.model()
    return [model.row(n).name for n in range(model.rowCount())]


def press(listing, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        listing.desk.tasks.parent().qtbot.keyClick(listing.view, key, modifier)


def tick(room, listing, row, modifier=Qt.KeyboardModifier.NoModifier):
    ticks = listing.view.ticks
    at = QPoint(10, ticks.sectionViewportPosition(row) + 10)
    room.qtbot.mouseClick(ticks.viewport(), LEFT, modifier, at)


def click(room, listing, row, column=0, modifier=Qt.KeyboardModifier.NoModifier):
    view = listing.view
    at = view.visualRect(view.model().index(row, column)).center()
    room.qtbot.mouseClick(view.viewport(), LEFT, modifier, at)


def foot(room, listing, words):
    room.qtbot.waitUntil(lambda: words in listing.foot.text())


def funnel(room, listing, column):
    """The window that narrows by a column, opened with the mouse."""
    heads = listing.view.heads
    room.qtbot.mouseClick(heads.viewport(), LEFT, pos=heads.funnel(column).center())
    [made] = [each for each in listing.view.findChildren(Funnel) if each.isVisible()]
    return made


# Marking


def test_ctrl_and_shift_mark_rows_and_the_bar_appears(room, listing):
    click(room, listing, 0)
    assert not listing.batch.isVisible()
    click(room, listing, 2, modifier=CONTROL)
    assert listing.batch.isVisible()
    assert listing.batch.count.text() == "已选 2 项"
    click(room, listing, 3, modifier=SHIFT)
    assert [row.id for row in listing.view.selected_rows()] == [1, 3, 4]
    room.click(room.button("删除"))
    assert listing.done == [[1, 3, 4]]


def test_ticks_mark_one_by_one_up_to_a_row_and_all(room, listing):
    click(room, listing, 0)
    tick(room, listing, 2)
    assert [row.id for row in listing.view.selected_rows()] == [1, 3]
    tick(room, listing, 0)
    assert [row.id for row in listing.view.selected_rows()] == [3]
    tick(room, listing, 2, SHIFT)
    tick(room, listing, 3, SHIFT)
    assert listing.view.marked_count() >= 3
    listing.view.clear_marks()
    room.click(listing.view.everything)
    assert listing.view.marked_count() == 4
    room.click(listing.view.everything)
    assert listing.view.marked_count() == 1


def test_space_ticks_ctrl_a_marks_all_and_escape_takes_the_marks_away(room, listing):
    click(room, listing, 0)
    press(listing, Qt.Key.Key_Down, modifier=CONTROL)
    press(listing, Qt.Key.Key_Space)
    assert [row.id for row in listing.view.selected_rows()] == [1, 2]
    press(listing, Qt.Key.Key_A, modifier=CONTROL)
    assert listing.view.marked_count() == 4
    press(listing, Qt.Key.Key_Escape)
    assert listing.view.marked_count() == 1
    assert not listing.batch.isVisible()


def test_marks_stay_over_a_refresh(room, listing):
    listing.view.selectAll()
    listing.view.model().show(tuple(reversed(ROWS))[:3])
    assert {row.id for row in listing.view.selected_rows()} == {2, 3, 4}


def test_the_box_under_the_mouse_is_drawn(room, listing):
    view, at = listing.view, listing.view.visualRect(listing.view.model().index(1, 0)).center()
    before = view.ticks.grab().toImage()
    for where in (at, at + QPoint(1, 1)):
        place = QPointF(where)
        QApplication.sendEvent(view.viewport(), QMouseEvent(
            QEvent.Type.MouseMove, place, view.viewport().mapToGlobal(place), Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier))  # fmt: skip
    assert view.ticks.over == 1
    assert view.ticks.grab().toImage() != before


# Sums


def test_the_line_below_adds_up_the_column_of_the_cursor_and_no_two_currencies(room, listing):
    foot(room, listing, "4 行")
    click(room, listing, 0, 1)
    click(room, listing, 1, 1, CONTROL)
    foot(room, listing, "已选 2 项 · 金额：合计 ¥1,000.00 · 平均 ¥500.00 · 计数 2")
    listing.view.selectAll()
    foot(room, listing, "合计 ¥1,000.00 · 平均 ¥500.00 · 计数 2 · 金额：合计 50.00 USD · 平均 50.00 USD · 计数 1")
    click(room, listing, 0, 2)
    click(room, listing, 1, 2, CONTROL)
    foot(room, listing, "平均 60% · 计数 2")


def test_a_hundred_thousand_rows_are_summed_narrowed_and_sorted_by_the_file(room, zh):
    asked, fetched, tallies = [], [], []

    def keys(wanted):
        asked.append(wanted)
        return array("q", range(100_000))

    def fetch(ids):
        fetched.extend(ids)
        return [Row(n, str(n), Money(n), Share(0), date(2026, 1, 1), "won") for n in ids]

    def tally(column, numbers, wanted):
        tallies.append((column, None if numbers is None else len(numbers), wanted.narrowings))
        return (Tally(1, Money.yuan(7)),)

    model = WindowTable(columns(), zh, keys, fetch, tally)
    listing = shown(room, model)
    model.refresh()
    foot(room, listing, "100,000 行 · 金额：合计 ¥7.00")
    listing.view.setFocus()
    press(listing, Qt.Key.Key_A, modifier=CONTROL)
    foot(room, listing, "已选 100,000 项")
    assert tallies[-1] == ("amount", None, {})
    tick(room, listing, 0)
    foot(room, listing, "已选 99,999 项")
    assert tallies[-1][:2] == ("amount", 99_999)
    assert len(listing.view.selected_numbers()) == 99_999
    model.narrow("Amount", Within(Money(1)))
    assert asked[-1].narrowings == {"amount": Within(Money(1))}
    listing.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert (asked[-1].order, asked[-1].descending) == ("amount", True)
    assert len(set(fetched)) <= 512


# Headings


def test_a_heading_sorts_again_the_other_way_and_then_not_at_all(room, listing):
    heads = listing.view.heads
    at = QPoint(heads.sectionViewportPosition(3) + 20, 10)
    seen = []
    for _ in range(3):
        room.qtbot.mouseClick(heads.viewport(), LEFT, pos=at)
        seen.append(names(listing)[0])
    assert seen == ["远大", "丁丁", "=华盛"]


def test_a_text_narrows_and_its_chip_takes_it_away(room, listing, qtbot):
    popup = funnel(room, listing, 0)
    room.write(popup.part.line, "大")
    qtbot.keyClick(popup.part.line, Qt.Key.Key_Return)
    assert names(listing) == ["远大"]
    [chip] = listing.chips.chips
    assert chip.findChild(QLabel).text() == "姓名含“大”"
    room.click(chip.findChild(IconButton))
    assert len(names(listing)) == 4
    assert not listing.chips.isVisible()
    freed(qtbot, popup)


def test_choices_are_ticked_by_key_and_by_mouse(room, listing, qtbot):
    popup = funnel(room, listing, 4)
    ticks = popup.part.list
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    qtbot.mouseClick(ticks.viewport(), LEFT, pos=ticks.visualItemRect(ticks.item(1)).center())
    room.click(popup.apply)
    assert names(listing) == ["=华盛", "恒达", "远大"]
    assert listing.view.model().narrowings["State"] == OneOf(frozenset({"中文", "英文"}))


@pytest.mark.parametrize(("column", "least", "most", "left"), [
    (1, "１００", "", ["=华盛", "恒达"]), (1, "", "0.01万", ["恒达", "丁丁"]), (2, "60", "95", ["恒达", "远大"]),
    (3, "2026-01-01", "2026-03-01", ["=华盛", "恒达"]), (1, "500", "100", ["恒达"]),
])  # fmt: skip
def test_figures_and_days_are_narrowed_from_to(room, listing, column, least, most, left):
    popup = funnel(room, listing, column)
    room.write(popup.part.least, least)
    room.write(popup.part.most, most)
    room.click(popup.apply)
    assert names(listing) == left


def test_a_figure_that_is_none_is_said_and_nothing_is_narrowed(room, listing, qtbot):
    popup = funnel(room, listing, 1)
    room.write(popup.part.least, "很多")
    room.click(popup.apply)
    assert popup.fault.isVisible()
    assert len(names(listing)) == 4
    qtbot.keyClick(popup.part.least, Qt.Key.Key_Escape)
    freed(qtbot, popup)


def test_alt_and_down_opens_the_funnel_of_the_column_as_in_excel(room, listing):
    click(room, listing, 0, 3)
    press(listing, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    [popup] = listing.view.findChildren(Funnel)
    assert popup.accessibleName() == "按“日期”筛选"
    popup.close()


def test_where_nothing_fits_the_table_leads_back_to_everything(room, listing):
    listing.view.model().narrow("Name", Holds("没有"))
    assert names(listing) == []
    assert listing.view.heads.isVisible()
    room.click(room.button("全部显示", listing.view))
    assert len(names(listing)) == 4


def test_a_right_click_chooses_columns_and_moves_them(room, listing):
    view = listing.view
    place = QPoint(view.heads.sectionViewportPosition(3) + 10, 10)
    QApplication.sendEvent(view.heads.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place,
                                                                    view.heads.mapToGlobal(place)))  # fmt: skip
    acts = {act.text(): act for act in view.menu.actions()}
    acts["金额"].trigger()
    assert view.isColumnHidden(1)
    view.move_column(3, -1)
    assert [column.key for column in view.columns_shown()] == ["Name", "Date", "Share", "State"]
    view.reset_columns()
    assert [column.key for column in view.columns_shown()] == ["Name", "Amount", "Share", "Date", "State"]
    view.menu.close()


def test_columns_widths_and_order_come_back_after_a_restart(room, zh, tmp_path, today, qtbot):
    def opened():
        view = TableView(RecordTable(columns(), zh), zh, name="People")
        qtbot.addWidget(view)
        view.arrange(Memory(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)), "rows", today)
        view.model().show(ROWS)
        return view

    first = opened()
    first.resize(900, 300)
    first.show()
    edge = QPoint(first.heads.sectionViewportPosition(1) + first.columnWidth(1) - 1, 10)
    wide = first.columnWidth(1)
    qtbot.mousePress(first.heads.viewport(), LEFT, pos=edge)
    qtbot.mouseMove(first.heads.viewport(), edge + QPoint(40, 0))
    qtbot.mouseRelease(first.heads.viewport(), LEFT, pos=edge + QPoint(40, 0))
    first.show_column(2, shown=False)
    first.move_column(4, -1)
    first.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    again = opened()
    assert again.columnWidth(1) == first.columnWidth(1) != wide
    assert [column.key for column in again.columns_shown()] == ["Name", "Amount", "State", "Date"]
    assert [again.model().row(n).id for n in range(3)] == [1, 2, 4]


@pytest.mark.parametrize("written", ["nonsense", '{"widths": {"gone": 5}, "order": ["gone"]}', "[1]"])
def test_what_another_version_remembered_is_passed_over(zh, tmp_path, today, qtbot, written):
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    kept.setValue("table/rows", written)
    view = TableView(RecordTable(columns(), zh), zh, name="People")
    qtbot.addWidget(view)
    view.arrange(Memory(kept), "rows", today)
    assert len(view.columns_shown()) == 5


def test_the_edge_between_two_panes_is_remembered(qtbot):
    memory = Memory()

    def opened():
        pair = Pair(QWidget(), QWidget(), width=200, least=0, memory=memory, key="x")
        qtbot.addWidget(pair)
        pair.resize(800, 300)
        pair.show()
        return pair

    first = opened()
    assert first.edge.sizes()[0] == 200
    handle = first.edge.handle(1)
    qtbot.mousePress(handle, LEFT, pos=QPoint(5, 50))
    qtbot.mouseMove(handle, QPoint(65, 50))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(65, 50))
    wide = first.edge.sizes()[0]
    assert wide > 220
    again = opened()
    assert again.edge.sizes()[0] == wide


# Out of the table


def test_copied_rows_carry_headings_and_only_the_columns_in_sight(room, listing):
    listing.view.show_column(3, shown=False)
    click(room, listing, 0)
    click(room, listing, 1, modifier=CONTROL)
    press(listing, Qt.Key.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text() == (
        "姓名\t金额\tShare\t状态\r\n'=华盛\t900.00\t50%\t中文\r\n恒达\t100.00\t70%\t英文\r\n"
    )


def test_what_is_shown_goes_into_a_workbook_and_reads_the_same(room, listing, tmp_path, monkeypatch, file):
    path = tmp_path / "out.xlsx"
    asked = []
    monkeypatch.setattr(ask, "save_file", lambda *given: asked.append(given) or given[-1](path))
    listing.view.model().narrow("State", OneOf(frozenset({"中文", "英文"})))
    listing.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    listing.view.move_column(3, -1)
    listing.export(".xlsx")
    room.qtbot.waitUntil(lambda: bool(room.heard.words))
    assert asked[0][3] == f"人员_{room.desk.day.isoformat()}.xlsx"
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert head == ["姓名", "金额", "日期", "Share", "状态"]
    assert rows == [
        ["远大", "", date(2025, 12, 31), 0.9, "中文"], ["=华盛", 900.0, date(2026, 1, 2), 0.5, "中文"],
        ["恒达", 100.0, date(2026, 3, 1), 0.7, "英文"],
    ]  # fmt: skip
    assert room.heard.words == ["已导出 3 行到“out.xlsx”"]
    assert [(row.file, row.rows) for row in team.prints(9)] == [("out.xlsx", 3)]


def test_every_row_of_a_long_list_goes_into_a_file_without_the_window(room, zh, tmp_path, file):
    def fetch(ids):
        return [Row(n, f"客户{n}", Money(n), Share(0), date(2026, 1, 1), "won") for n in sorted(ids)]

    model = WindowTable(columns(), zh, lambda _asked: array("q", range(3000, 0, -1)), fetch)
    listing = shown(room, model)
    model.refresh()
    listing.write(tmp_path / "out.csv")
    room.qtbot.waitUntil(lambda: bool(room.heard.words))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as table:
        _, *rows = csv.reader(table)
    assert [row[0] for row in rows] == [f"客户{n}" for n in range(3000, 0, -1)]


def test_the_menu_offers_the_files(room, listing):
    room.click(listing.more)
    assert [act.text() for act in listing.menu.actions()][:2] == ["导出为 Excel…", "导出为 CSV…"]
    listing.menu.close()


def test_weights_are_told_as_percent(zh):
    from ui.kit.listing import told

    assert told(Column("x", lambda row: row, kind="number"), [Tally(2, Decimal(100), "%")], zh) == [
        "x：合计 100% · 平均 50% · 计数 2"
    ]
