"""The side panel: faults beside their fields, nothing typed is lost, the keyboard is enough."""

from datetime import date

import pytest
from peewee import Model
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.storage import fields
from tests.ui.conftest import freed
from ui.kit import ask
from ui.kit.form import RecordForm, as_dialog

TODAY = date(2026, 11, 23)


class Slip(Model):
    name = fields.Text(verbose_name="Name", max_length=20)
    amount = fields.Money(null=True, verbose_name="Amount")
    day = fields.Day(null=True, verbose_name="Date")
    note = fields.Note(null=True, verbose_name="Notes")


FIELDS = (Slip.name, Slip.amount, Slip.day, Slip.note)


@pytest.fixture
def kept():
    return []


@pytest.fixture
def form(qtbot, zh, kept):
    page = QWidget()
    qtbot.addWidget(page)
    made = RecordForm(zh, "Person", FIELDS, lambda **values: kept.append(values), day=TODAY)
    QHBoxLayout(page).addWidget(made)
    page.show()
    qtbot.waitExposed(page)
    made.start()
    yield made
    page.close()


def test_what_was_typed_is_saved_as_values(qtbot, form, kept):
    form.editors["name"].setText(" 张伟 ")
    form.editors["amount"].setText("3.5万")
    form.editors["day"].setText("下周一")
    with qtbot.waitSignals([form.saved, form.closed]):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert kept == [{"name": "张伟", "amount": Money.yuan(35000), "day": date(2026, 11, 30), "note": None}]


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(qtbot, zh, form):
    def refuse(**_values):
        raise Refused(M("“{text}” is not a number.", text="张伟"), "name")

    form._save = refuse
    form.editors["name"].setText("张伟")
    form.submit()
    assert form.fault("name") == "“张伟”不是数字。"
    assert form.fault("amount") == ""
    assert form.focusWidget() is form.editors["name"]
    assert form.editors["name"].text() == "张伟"
    assert not form.banner.isVisible()


def test_every_slip_is_marked_at_once_and_the_first_has_the_cursor(form, kept):
    form.editors["amount"].setText("abc")
    form.editors["day"].setText("32号")
    form.submit()
    assert form.fault("amount")
    assert form.fault("day")
    assert form.focusWidget() is form.editors["amount"]
    assert kept == []


@pytest.mark.parametrize("no", [Refused(M("Working…"), "elsewhere"), Refused(M("Working…")), Fault(M("Working…"))])
def test_what_is_about_no_field_stands_above_them_all(form, no):
    def refuse(**_values):
        raise no

    form._save = refuse
    form.submit()
    assert form.banner.isVisible()
    assert form.banner.words.text() == "正在处理…"


def test_the_cursor_begins_in_the_first_field(form):
    assert form.focusWidget() is form.editors["name"]


def test_enter_goes_to_the_next_field_and_control_enter_saves(qtbot, form, kept):
    qtbot.keyClicks(form.editors["name"], "Wang")
    qtbot.keyClick(form.editors["name"], Qt.Key.Key_Return)
    assert form.focusWidget() is form.editors["amount"]
    assert kept == []
    qtbot.keyClick(form.editors["amount"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each["name"] for each in kept] == ["Wang"]


def test_enter_that_picks_a_candidate_stays_in_its_field(qtbot, form):
    name = form.editors["name"]
    QApplication.sendEvent(name, QInputMethodEvent("wang'fang", []))
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert form.focusWidget() is name


def test_escape_leaves_an_untouched_form_without_a_question(qtbot, monkeypatch, form):
    monkeypatch.setattr(ask, "confirm", lambda *_args: pytest.fail("asked"))
    with qtbot.waitSignal(form.closed):
        form.cancel()


def test_leaving_with_something_typed_is_asked(qtbot, monkeypatch, form):
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda _parent, _words, question, _act, yes, _no: asked.append((question, yes)))
    qtbot.keyClicks(form.editors["name"], "W")
    form.cancel()
    assert [question for question, _ in asked] == ["Throw away what you typed?"]
    with qtbot.waitSignal(form.closed):
        asked[0][1]()


def test_values_are_shown_and_count_as_untouched(qtbot, zh):
    made = RecordForm(zh, "Person", FIELDS, dict, day=TODAY, values={"name": "李娜", "amount": Money.yuan(5)})
    qtbot.addWidget(made)
    assert made.editors["name"].text() == "李娜"
    assert made.editors["amount"].text() == "5.00"
    assert not made.changed


def test_every_field_has_a_label_that_leads_to_it_and_a_name(form):
    for row in form.rows.values():
        assert row.label.buddy() is row.editor
        assert row.editor.accessibleName()


def test_a_cap_is_told_beside_the_field(qtbot, form):
    form.editors["name"].insert("一" * 30)
    qtbot.waitUntil(lambda: form.fault("name") == "最多 20 个字，超出的部分没有放进来。")


def test_a_form_left_is_freed(qtbot, zh):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RecordForm(zh, "Person", FIELDS, dict, day=TODAY, parent=parent)
    made.leave()
    freed(qtbot, made)


def test_a_dialog_closes_with_its_form_and_is_freed(qtbot, zh, qapp):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RecordForm(zh, "Person", FIELDS, dict, day=TODAY)
    dialog = as_dialog(made, parent)
    made.leave()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    freed(qtbot, dialog)
