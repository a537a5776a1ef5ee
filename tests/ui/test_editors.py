"""Typing: what the owner's hands know from Excel holds here."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.storage import fields
from ui.kit.editors import (
    CELLS,
    EDITORS,
    CountLine,
    DayLine,
    Line,
    MomentLine,
    MoneyLine,
    NoteBox,
    NumberLine,
    Picker,
    ShareLine,
    editor,
)

TODAY = date(2026, 11, 23)


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def wheel(widget):
    event = QWheelEvent(
        QPointF(5, 5), widget.mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def field(kind, **options):
    made = {fields.Choice: lambda: kind((("a", "A"), ("b", "B")), **options),
            fields.Ref: lambda: kind("self", **options)}.get(kind, lambda: kind(**options))()  # fmt: skip
    made.name = "value"
    return made


@pytest.mark.parametrize("kind", fields.KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_has_an_editor_that_may_be_empty_and_a_cell(qtbot, zh, kind):
    made = editor(field(kind, null=True), zh, TODAY)
    qtbot.addWidget(made)
    made.put(None)
    assert made.value() in (None, False) or kind is fields.Span
    assert kind in EDITORS
    assert CELLS[kind] in ("text", "number")


@pytest.mark.parametrize("kind", fields.KINDS, ids=lambda kind: kind.__name__)
def test_the_wheel_changes_nothing(qtbot, zh, kind):
    made = shown(qtbot, editor(field(kind), zh, TODAY, [(1, "一"), (2, "二")] if kind is fields.Ref else ()))
    before = made.value()
    wheel(made)
    assert made.value() == before


def test_a_sum_may_be_typed_in_wan_with_full_width_digits(qtbot, zh):
    line = shown(qtbot, MoneyLine(zh))
    line.setText("３.５万")
    assert line.value() == Money.yuan(35000)
    line.editingFinished.emit()
    assert line.text() == "35,000.00"


def test_a_slip_is_told_and_stays_as_typed(qtbot, zh):
    line = shown(qtbot, MoneyLine(zh))
    line.setText("3.5.1")
    with qtbot.waitSignal(line.told) as told:
        line.editingFinished.emit()
    assert zh.text(told.args[0]) == "“3.5.1”不是数字。"
    assert line.text() == "3.5.1"
    with pytest.raises(Refused):
        line.value()


def test_a_day_may_be_empty_typed_or_picked(qtbot, zh):
    line = shown(qtbot, DayLine(zh, TODAY))
    assert line.value() is None
    line.setText("明天")
    line.editingFinished.emit()
    assert line.text() == "2026年11月24日"
    assert line.value() == date(2026, 11, 24)
    line.clear()
    line.editingFinished.emit()
    assert line.value() is None
    line.open_calendar()
    calendar = line._calendar
    calendar.activated.emit(calendar.selectedDate())
    assert line.value() == TODAY


def test_ctrl_semicolon_writes_today(qtbot, zh):
    line = shown(qtbot, DayLine(zh, TODAY))
    qtbot.keyClick(line, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert line.value() == TODAY


def test_percent_is_typed_as_it_is_read(qtbot, zh):
    line = shown(qtbot, ShareLine(zh))
    for typed in ("85", "85%", "８５％"):
        line.setText(typed)
        assert line.value() == Share("0.85")
    line.editingFinished.emit()
    assert line.text() == "85%"


def test_a_count_takes_no_half(qtbot, zh):
    line = shown(qtbot, CountLine(zh))
    line.setText("2.5")
    with pytest.raises(Refused):
        line.value()
    line.setText("1,200")
    assert line.value() == 1200


def test_a_number_keeps_its_places(qtbot, zh):
    line = shown(qtbot, NumberLine(zh))
    line.put(Decimal("12.5"))
    assert line.value() == Decimal("12.5")


def test_a_time_is_typed_with_its_day(qtbot, zh):
    line = shown(qtbot, MomentLine(zh, TODAY))
    line.setText("11.24 14:30")
    line.editingFinished.emit()
    assert line.text() == "2026年11月24日 14:30"
    line.setText("11.24 25:30")
    with pytest.raises(Refused):
        line.value()


def test_a_period_is_picked_and_starts_with_the_present_one(qtbot, zh):
    made = editor(field(fields.Span), zh, TODAY)
    qtbot.addWidget(made)
    assert made.currentText() == "2026年第四季度"
    made.put(Period.parse("2026Q3"))
    assert made.value() == Period.parse("2026Q3")


def paste(text, html=""):
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    return data


def test_pasting_takes_the_text_alone(qtbot, zh):
    box = shown(qtbot, NoteBox(zh))
    box.insertFromMimeData(paste("重点\r\n客户\u200b", "<b>重点</b><br>客户"))
    assert box.value() == "重点\n客户"


def test_pasting_ends_at_the_cap_with_a_word_about_it(qtbot, zh):
    box = shown(qtbot, NoteBox(zh, 10))
    with qtbot.waitSignal(box.told) as told:
        box.insertFromMimeData(paste("一" * 1_000_000))
    assert box.value() == "一" * 10
    assert zh.text(told.args[0]) == "最多 10 个字，超出的部分没有放进来。"


def test_a_line_ends_at_its_cap_with_a_word_about_it(qtbot, zh):
    line = shown(qtbot, Line(zh, 5))
    with qtbot.waitSignal(line.told):
        line.insert("一二三四五六")
    assert line.value() == "一二三四五"


def test_tab_leaves_a_note(qtbot, zh):
    frame = QWidget()
    box, after = NoteBox(zh, parent=frame), QLineEdit(frame)
    row = QHBoxLayout(frame)
    row.addWidget(box)
    row.addWidget(after)
    shown(qtbot, frame)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert frame.focusWidget() is after
    assert box.toPlainText() == ""


def test_a_note_grows_with_its_text(qtbot, zh):
    box = shown(qtbot, NoteBox(zh))
    low = box.height()
    box.put("\n".join("行" * 5 for _ in range(8)))
    assert box.height() > low
    box.put("\n".join("行" * 5 for _ in range(200)))
    assert box.height() < 400


def test_enter_that_picks_a_candidate_does_nothing_else(qtbot, zh):
    line = shown(qtbot, Line(zh))
    pressed = []
    line.returnPressed.connect(lambda: pressed.append(1))
    QApplication.sendEvent(line, QInputMethodEvent("zhang'wei", []))
    assert line.composing()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    picked = QInputMethodEvent("", [])
    picked.setCommitString("张伟")
    QApplication.sendEvent(line, picked)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.waitUntil(lambda: not line.composing())
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert pressed == [1]
    assert line.value() == "张伟"


def test_one_of_many_is_found_by_typing_a_part_of_the_name(qtbot, zh):
    picker = Picker([(n, f"客户{n}") for n in range(100)])
    shown(qtbot, picker)
    picker.setEditText("客户42")
    assert picker.value() == 42
    picker.setEditText("nobody")
    with pytest.raises(Refused):
        picker.value()
