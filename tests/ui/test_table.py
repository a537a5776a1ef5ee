"""Tables: sorted by value, fetched as they are seen, copied as a spreadsheet takes them."""

from array import array
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from desktopapp.kernel.money import Money
from desktopapp.storage import fields
from ui.kit.avatar import Who
from ui.kit.chart import Progress
from ui.kit.empty import Empty
from ui.kit.pill import State
from ui.kit.rows import PAGES
from ui.kit.table import VALUE, Asked, Column, RecordTable, TableView, WindowTable


@dataclass(frozen=True)
class Deal:
    id: int
    name: str
    amount: Money | None
    day: date


DEALS = (
    Deal(1, "华盛", Money.yuan(900), date(2026, 1, 2)),
    Deal(2, "恒达", Money.yuan(10000), date(2026, 3, 1)),
    Deal(3, "远大", None, date(2025, 12, 31)),
)
COLUMNS = (
    Column("Name", lambda deal: deal.name, stretch=True, order="name"),
    Column("Amount", lambda deal: deal.amount, kind="number", order="amount"),
    Column("Date", lambda deal: deal.day, order="day"),
)


def texts(model, column):
    return [model.index(n, column).data() for n in range(model.rowCount())]


@pytest.fixture
def small(zh):
    model = RecordTable(COLUMNS, zh)
    model.show(DEALS)
    return model


class Stock:
    """A hundred thousand rows that count how often they are asked for."""

    def __init__(self, count=100_000):
        self.count, self.fetched, self.asked = count, 0, []

    def keys(self, asked):
        self.asked.append(asked)
        numbers = range(1, self.count + 1)
        if asked.text:
            numbers = [n for n in numbers if asked.text in str(n)]
        return array("q", sorted(numbers, reverse=asked.descending))

    def fetch(self, ids):
        self.fetched += len(ids)
        return [Deal(n, f"客户{n}", Money.yuan(n), date(2026, 1, 1)) for n in sorted(ids)]


@pytest.fixture
def stock():
    return Stock()


@pytest.fixture
def large(zh, stock):
    model = WindowTable(COLUMNS, zh, stock.keys, stock.fetch)
    model.refresh()
    return model


def opened(qtbot, zh, model, **options):
    view = TableView(model, zh, name="People", **options)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_both_models_keep_qt_s_contract(qtmodeltester: ModelTester, small, zh):
    qtmodeltester.check(small)
    few = Stock(300)
    model = WindowTable(COLUMNS, zh, few.keys, few.fetch)
    model.refresh()
    qtmodeltester.check(model)


def test_cells_are_worded_and_figures_stand_right(small):
    assert texts(small, 1) == ["¥900.00", "¥10,000.00", ""]
    assert texts(small, 2)[0] == "2026年1月2日"
    right = int(small.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole))
    assert right & int(Qt.AlignmentFlag.AlignRight)
    assert small.index(0, 1).data(VALUE) == Money.yuan(900)
    assert small.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_sorting_goes_by_value_with_what_is_empty_last(small):
    small.sort(1, Qt.SortOrder.AscendingOrder)
    assert texts(small, 0) == ["华盛", "恒达", "远大"]
    small.sort(1, Qt.SortOrder.DescendingOrder)
    assert texts(small, 0) == ["恒达", "华盛", "远大"]
    small.sort(-1)
    assert texts(small, 0) == ["华盛", "恒达", "远大"]


def test_a_click_on_a_heading_sorts(qtbot, zh, small):
    view = opened(qtbot, zh, small)
    heads = view.horizontalHeader()
    at = QPoint(heads.sectionViewportPosition(2) + 20, 10)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert texts(small, 0) == ["远大", "华盛", "恒达"]


def test_a_field_gives_its_column_heading_alignment_and_words(zh):
    stage = fields.Choice((("won", "Chinese"), ("lost", "English")), verbose_name="Copies")
    stage.name = "stage"
    column = Column(stage)

    class Row:
        stage = "won"

    assert RecordTable((column,), zh).headerData(0, Qt.Orientation.Horizontal) == "份数"
    assert column.text(Row, zh) == "中文"
    assert column.order == "stage"
    amount = fields.Money(verbose_name="x")
    amount.name = "amount"
    assert Column(amount).kind == "number"


def test_drawn_cells_have_words_too(zh):
    row = (Who("欧阳静", "客户经理"), State("Copies", "good"), Progress(0.96))
    kinds = ("person", "state", "progress")
    columns = [Column(str(n), lambda row, n=n: row[n], kind=kind) for n, kind in enumerate(kinds)]
    model = RecordTable(columns, zh)
    model.show([row])
    assert [model.index(0, n).data() for n in range(3)] == ["欧阳静", "份数", "96%"]


def test_only_what_is_seen_is_fetched(qtbot, zh, large, stock):
    view = opened(qtbot, zh, large)
    view.viewport().repaint()
    assert large.rowCount() == 100_000
    assert stock.fetched <= 256
    view.scrollToBottom()
    view.viewport().repaint()
    assert stock.fetched <= 512


def test_fetched_rows_do_not_pile_up(large, stock):
    for n in range(0, 100_000, 128):
        large.texts(n)
    assert len(large._pages) <= PAGES


def test_sorting_and_filtering_a_large_table_is_asked_of_the_file(large, stock):
    large.sort(1, Qt.SortOrder.DescendingOrder)
    assert large.index(0, 0).data() == "客户100000"
    large.filter("777")
    assert stock.asked[-1] == Asked("amount", True, "777")
    assert all("777" in each for each in texts(large, 0))
    assert not isinstance(large, QSortFilterProxyModel)


def test_a_row_gone_since_is_shown_empty(zh):
    model = WindowTable(COLUMNS, zh, lambda *_asked: array("q", [1, 2]), lambda _ids: [DEALS[0]])
    model.refresh()
    assert texts(model, 0) == ["华盛", ""]


def test_enter_and_a_double_click_open_the_row(qtbot, zh, small):
    view = opened(qtbot, zh, small)
    assert view.select(lambda deal: deal.id == 2)
    with qtbot.waitSignal(view.opened) as by_key:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.opened) as by_mouse:
        at = view.visualRect(small.index(0, 0)).center()
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [by_key.args[0].id, by_mouse.args[0].id] == [2, 1]


def test_the_row_chosen_stays_chosen_over_a_refresh(qtbot, zh, small):
    view = opened(qtbot, zh, small)
    view.select(lambda deal: deal.id == 2)
    small.show(tuple(reversed(DEALS)))
    assert view.current_row().id == 2
    with qtbot.waitSignal(view.chosen) as chosen:
        small.show(DEALS[:1])
    assert chosen.args == [None]


def test_marked_rows_are_copied_as_a_spreadsheet_takes_them(qtbot, zh, small):
    view = opened(qtbot, zh, small)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines()[:2] == ["姓名\t金额\t日期", "华盛\t900.00\t2026-01-02"]
    assert len(view.selected_rows()) == 3


def test_an_empty_table_teaches_the_next_step(qtbot, zh):
    model, begun = RecordTable(COLUMNS, zh), []
    empty = Empty(zh, "users", "Working…", "Save", lambda: begun.append(1))
    view = opened(qtbot, zh, model, empty=empty)
    assert empty.isVisible()
    assert view.horizontalHeader().isHidden()
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert begun == [1]
    model.show(DEALS)
    assert not empty.isVisible()
    assert view.horizontalHeader().isVisible()


def test_a_view_has_a_name_for_screen_readers(qtbot, zh, small):
    assert opened(qtbot, zh, small).accessibleName()


def test_a_table_is_drawn_in_both_looks(qtbot, zh, qapp):
    from ui.kit.theme import dress

    row = (Who("欧阳静", "客户经理"), State("Copies", "accent"), Progress(1.18, "good", 0.5), "很长" * 50)
    kinds = ("person", "state", "progress", "text")
    model = RecordTable([Column(str(n), lambda row, n=n: row[n], kind=kind) for n, kind in enumerate(kinds)], zh)
    model.show([row])
    view = opened(qtbot, zh, model)
    light = view.grab().toImage()
    dress(qapp, "dark")
    assert view.grab().toImage() != light
