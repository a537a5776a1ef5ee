"""A table one types into as into Excel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester

from desktopapp.kernel.message import M, Message
from desktopapp.storage import fields
from ui.kit.editors import Picker
from ui.kit.grid import Entry, Grid

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def field(kind, name, **more):
    made = kind(verbose_name="Name", **more)
    made.name = name
    return made


ENTRIES = (
    Entry(field(fields.Text, "name"), stretch=True), Entry(field(fields.Number, "count")),
    Entry(field(fields.Day, "day", null=True), width=150),
    Entry(field(fields.Text, "metric"), options=(("a", "签约额"), ("b", "回款额"))),
)  # fmt: skip


@pytest.fixture
def grid(qtbot, zh, today):
    """A grid between two fields, in an active window."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    made = Grid(zh, today, ENTRIES, name="People")
    window.before, window.after = QLineEdit(), QLineEdit()
    for widget in (window.before, made, window.after):
        column.addWidget(widget)
    window.resize(700, 400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.put([])
    made.setFocus()
    yield made


def press(qtbot, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    """Keys go where the focus is."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def at(grid):
    return grid.currentIndex().row(), grid.currentIndex().column()


def lines(grid):
    return [line for _, line in grid.filled()]


def test_the_model_keeps_qt_s_contract(qtmodeltester: ModelTester, grid):
    grid.put([{"name": "a", "count": Decimal(3)}])
    qtmodeltester.check(grid.cells)


def test_typing_writes_enter_goes_down_and_tab_goes_right(grid, qtbot):
    press(qtbot, *"ab", Key.Key_Return)
    assert at(grid) == (1, 0)
    press(qtbot, *"cd", Key.Key_Tab, *"3.5", Key.Key_Tab)
    assert at(grid) == (1, 2)
    assert lines(grid) == [{"name": "ab"}, {"name": "cd", "count": Decimal("3.5")}]


def test_an_empty_line_always_waits_below_and_tab_in_the_last_cell_leads_to_it(grid, qtbot):
    grid.put([{"name": "a"}])
    grid.setCurrentIndex(grid.cells.index(0, 3))
    press(qtbot, Key.Key_Tab)
    assert at(grid) == (1, 0)
    press(qtbot, *"b", Key.Key_Return)
    assert (grid.cells.rowCount(), at(grid)) == (3, (2, 0))


def test_tab_leaves_the_table_from_an_empty_line_and_back_from_its_start(grid, qtbot):
    grid.setCurrentIndex(grid.cells.index(0, 3))
    press(qtbot, Key.Key_Tab)
    assert grid.window().after.hasFocus()
    grid.setFocus()
    grid.setCurrentIndex(grid.cells.index(0, 0))
    press(qtbot, Key.Key_Backtab)
    assert grid.window().before.hasFocus()


def test_f2_edits_and_escape_brings_back_what_was(grid, qtbot):
    grid.put([{"name": "old"}])
    grid.setCurrentIndex(grid.cells.index(0, 0))
    press(qtbot, Key.Key_F2, *"new", Key.Key_Escape)
    assert lines(grid) == [{"name": "old"}]
    press(qtbot, Key.Key_F2, *"new", Key.Key_Return)
    assert lines(grid) == [{"name": "new"}]


def test_enter_that_picks_a_candidate_does_not_go_down(grid, qtbot):
    press(qtbot, Key.Key_F2)
    editor = QApplication.focusWidget()
    QApplication.sendEvent(editor, QInputMethodEvent("zhang", []))
    press(qtbot, Key.Key_Return)
    assert QApplication.focusWidget() is editor
    done = QInputMethodEvent()
    done.setCommitString("张")
    QApplication.sendEvent(editor, done)
    qtbot.waitUntil(lambda: not editor.composing())
    press(qtbot, Key.Key_Return)
    assert (lines(grid), at(grid)) == ([{"name": "张"}], (1, 0))


def test_what_is_no_value_stays_as_typed_and_says_why(grid, qtbot, zh):
    said = []
    grid.told.connect(lambda why: said.append(zh.text(why) if why else ""))
    grid.setCurrentIndex(grid.cells.index(0, 1))
    press(qtbot, *"x1", Key.Key_Return, Key.Key_Up)
    assert grid.cells.index(0, 1).data() == "x1"
    assert isinstance(lines(grid)[0]["count"], Message)
    assert said[-1] == grid.cells.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) != ""
    press(qtbot, Key.Key_F2, *"12", Key.Key_Return)
    assert lines(grid) == [{"count": Decimal(12)}]


def test_days_are_taken_as_everywhere(grid, qtbot, today):
    grid.setCurrentIndex(grid.cells.index(0, 2))
    press(qtbot, *"12.20", Key.Key_Return)
    assert lines(grid) == [{"day": date(2026, 12, 20)}]


def test_delete_empties_the_marked_cells(grid, qtbot):
    grid.put([{"name": "a", "count": Decimal(1)}])
    grid.setCurrentIndex(grid.cells.index(0, 0))
    press(qtbot, Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Key.Key_Delete)
    assert lines(grid) == []


def test_a_block_from_a_spreadsheet_is_pasted_at_the_cursor(grid, qtbot):
    grid.put([{"name": "a"}])
    grid.setCurrentIndex(grid.cells.index(0, 1))
    QApplication.clipboard().setText("１２\t12.20\t签约额\r\n很多\t\t没有的\r\n")
    press(qtbot, Key.Key_V, modifier=CONTROL)
    first, second = lines(grid)
    assert first == {"name": "a", "count": Decimal(12), "day": date(2026, 12, 20), "metric": "a"}
    assert isinstance(second["count"], Message)
    assert isinstance(second["metric"], Message)
    assert grid.cells.index(1, 3).data() == "没有的"
    assert grid.cells.rowCount() == 3


def test_marked_cells_are_copied(grid, qtbot):
    grid.put([{"name": "a", "count": Decimal("3.5")}, {"name": "b"}])
    grid.selectAll()
    press(qtbot, Key.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text().splitlines()[:2] == ["a\t3.5\t\t", "b\t\t\t"]


def test_the_wheel_changes_nothing_while_a_cell_is_edited(grid, qtbot):
    grid.put([{"metric": "a"}])
    grid.setCurrentIndex(grid.cells.index(0, 3))
    press(qtbot, Key.Key_F2)
    picker = grid.findChild(Picker)
    wheel = QWheelEvent(QPointF(5, 5), picker.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, -120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(picker, wheel)
    assert picker.value() == "a"


def test_what_is_fixed_cannot_be_typed_into(grid, qtbot):
    grid.put([{"name": "a"}], fixed=True)
    grid.setCurrentIndex(grid.cells.index(0, 0))
    press(qtbot, *"b", Key.Key_Delete)
    grid.paste("x")
    assert (lines(grid), grid.cells.rowCount()) == ([{"name": "a"}], 1)


def test_cells_are_marked_and_lines_say_what_becomes_of_them(grid):
    grid.put([{"name": "a"}])
    grid.tell({(0, "name"): M("Working…")}, ["New", ""])
    assert grid.verticalHeader().isVisible()
    assert grid.cells.index(0, 0).data(Qt.ItemDataRole.BackgroundRole)
    assert grid.cells.headerData(0, Qt.Orientation.Vertical) == "New"


def test_a_grid_in_a_page_grows_with_its_texts(qtbot, zh, today):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    grid = Grid(zh, today, ENTRIES, name="People", fits=True)
    column.addWidget(grid)
    column.addStretch(1)
    window.resize(500, 600)
    window.show()
    grid.put([{"name": "短"}])
    qtbot.waitUntil(lambda: grid.height() > 80)
    low = grid.height()
    grid.cells.setData(grid.cells.index(0, 0), "每周拜访三家重点客户，记录需求与竞争对手的动向，" * 3)
    qtbot.waitUntil(lambda: grid.height() > low + 20)
    assert grid.rowViewportPosition(1) + grid.rowHeight(1) <= grid.viewport().height()
