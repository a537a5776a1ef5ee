"""The keys of undo in the real window: first what is being typed, then what was done, also after a restart."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox

from desktopapp.areas import TABLES
from desktopapp.goals import service as goals
from desktopapp.kernel.area import Link
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.storage import close_file, open_file, trail
from desktopapp.storage.unit import turn
from desktopapp.team import queries, service
from ui.kit import changes
from ui.kit.nav import Place
from ui.kit.page import Page
from ui.pages.goals import GoalsPage
from ui.pages.goals.page import EVERYBODY
from ui.pages.team import TeamPage
from ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Writing(Page):
    """A page with one of each kind of text on it."""

    def __init__(self, desk):
        super().__init__(desk, "Print")
        self.line, self.note, self.spin = QLineEdit(), QPlainTextEdit(), QSpinBox()
        self.picker = QComboBox(editable=True)
        for widget in (self.line, self.note, self.spin, self.picker):
            self.body.addWidget(widget)
        self.start()


PLACES = (Place("home", "Undo", "users", Writing), Place("team", "Print", "users", TeamPage),
          Place("goals", "Save", "target", GoalsPage))  # fmt: skip


@pytest.fixture
def window(qtbot, zh, today, file):
    window = Window(zh, today, PLACES, firm=lambda: ("", ""), clock=lambda: time(10, 42))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def person(window, today):
    return service.add(name="张伟", today=today)


def phone(person):
    return queries.person(person).phone


@pytest.mark.parametrize("kind", ["line", "note", "spin", "picker"])
def test_what_is_typed_is_undone_first_and_then_what_was_done(qtbot, window, person, kind):
    field = getattr(window.page, kind)
    field.setFocus()
    before = shown(field)
    qtbot.keyClicks(field, "12")
    assert shown(field) != before
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert shown(field) == before
    assert queries.person(person)
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert queries.people() == []


@pytest.mark.parametrize(("key", "keys"), [(Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, BOTH)])
def test_both_keys_of_redo_bring_typing_back_first_and_then_what_was_undone(qtbot, window, person, key, keys):
    window.undo()
    field = window.page.line
    field.setFocus()
    qtbot.keyClicks(field, "12")
    field.undo()
    qtbot.keyClick(field, key, keys)
    assert field.text() == "12"
    assert queries.people() == []
    qtbot.keyClick(field, key, keys)
    assert [each.name for each in queries.people()] == ["张伟"]


def test_a_text_that_cannot_be_written_in_leaves_the_keys_to_the_program(qtbot, window, person):
    field = window.page.line
    field.setText("x")
    field.setReadOnly(True)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert queries.people() == []


def shown(field):
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def test_the_words_offer_to_do_it_again_and_to_look_at_the_record(qtbot, window, person):
    service.change(person=person, phone="139")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert phone(person) == ""
    assert window.toast.words.text() == "已撤销：修改张伟的资料"
    assert window.toast.redo.isVisible()
    qtbot.mouseClick(window.toast.view, Qt.MouseButton.LeftButton)
    assert isinstance(window.page, TeamPage)
    assert window.page.shown == person
    window.undo()
    window.redo()
    assert not window.toast.view.isVisible()


def test_redo_on_the_words_does_it_again(qtbot, window, person):
    service.change(person=person, phone="139")
    window.undo()
    qtbot.mouseClick(window.toast.redo, Qt.MouseButton.LeftButton)
    assert phone(person) == "139"
    assert window.toast.words.text() == "已重做：修改张伟的资料"
    qtbot.mouseClick(window.toast.undo, Qt.MouseButton.LeftButton)
    assert phone(person) == ""


def test_undo_on_the_words_takes_back_what_they_tell_of_not_what_came_after(qtbot, window, person):
    service.change(person=person, phone="139")
    window.desk.toast(M("Working…"), undo=True)
    service.change(person=person, email="a@example.com")
    qtbot.mouseClick(window.toast.undo, Qt.MouseButton.LeftButton)
    assert (phone(person), queries.person(person).email) == ("", "a@example.com")


def test_on_the_page_itself_the_record_concerned_is_shown(window, person, today):
    other = service.add(name="王芳", today=today)
    period = Period.of(today, 12)
    goal = goals.set_goal(person=person, period=period, name="新客户", target=3, weight=40, today=today)
    goals.check_in(goal=goal, day=today, value=1, today=today)
    window.go(Link("goals"))
    window.page.person = other
    window.undo()
    assert window.page.showing() == goal


def test_with_control_held_the_record_is_chosen_alone(qtbot, window, person, today):
    for name in ("新客户", "回款"):
        goals.set_goal(person=person, period=Period.of(today, 3), name=name, target=3, weight=40, today=today)
    window.go(Link("goals"))
    first = window.page.showing()
    goals.delete_goal(goal=first)
    window.page.view.setFocus()
    qtbot.keyClick(window.page.view, Qt.Key.Key_Z, CONTROL)
    assert [row.id for row in window.page.view.selected_rows()] == [first]
    assert window.page.person == EVERYBODY


def test_a_refusal_says_which_record_is_in_the_way(qtbot, window, person):
    service.change(person=person, phone="139")
    window.desk.toast(M("Working…"), undo=True)
    service.change(person=person, phone="138")
    qtbot.mouseClick(window.toast.undo, Qt.MouseButton.LeftButton)
    assert phone(person) == "138"
    assert window.toast.words.text().startswith("人员“张伟”之后又有改动")
    assert window.toast.isVisible()


def test_undo_reaches_back_over_a_restart(qtbot, zh, today, file):
    person = service.add(name="张伟", today=today)
    service.change(person=person, phone="139")
    close_file()
    open_file(file, TABLES)
    window = Window(zh, today, PLACES, firm=lambda: ("", ""))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert window.undo_button.toolTip() == "撤销：修改张伟的资料（Ctrl+Z）"
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert queries.people() == []
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.redo_button.toolTip()
    assert [each.name for each in queries.people()] == ["张伟"]
    window.close()


def test_the_delete_key_deletes_and_the_words_bring_back(qtbot, window, person):
    window.go(Link("team", person))
    window.page.view.setFocus()
    qtbot.keyClick(window.page.view, Qt.Key.Key_Delete)
    assert queries.people() == []
    assert window.toast.words.text() == "已删除“张伟”"
    qtbot.mouseClick(window.toast.undo, Qt.MouseButton.LeftButton)
    assert [each.name for each in queries.people()] == ["张伟"]


def test_the_delete_key_deletes_a_goal(qtbot, window, person, today):
    period = Period.of(today, 3)
    goal = goals.set_goal(person=person, period=period, name="新客户", target=3, weight=40, today=today)
    window.go(Link("goals", goal))
    window.page.view.setFocus()
    qtbot.keyClick(window.page.view, Qt.Key.Key_Delete)
    assert window.page.showing() is None
    assert window.toast.words.text() == "已删除“新客户”"
    window.undo()
    assert window.page.showing() == goal


def test_what_is_about_many_records_is_undone_on_the_worker_and_done_again(qtbot, window, today, monkeypatch):
    monkeypatch.setattr(changes, "MANY", 2)
    service.add_many(({"name": name} for name in ("张伟", "李娜", "王芳")), today=today)
    with turn:  # nothing is written meanwhile, however quick the worker is
        window.undo()
        assert window.tasks.busy
        assert len(queries.people()) == 3
        window.undo()  # a second key while it is at work does nothing, and says so
        assert "正在" in window.toast.words.text()
    qtbot.waitUntil(lambda: not window.tasks.busy and not queries.people())
    qtbot.waitUntil(lambda: "已撤销" in window.toast.words.text())
    window.redo()
    qtbot.waitUntil(lambda: len(queries.people()) == 3)
    qtbot.waitUntil(lambda: not window.tasks.busy)


def test_undoing_much_is_stopped_midway_and_nothing_of_it_is_kept(qtbot, window, today, monkeypatch):
    monkeypatch.setattr(changes, "MANY", 2)
    service.add_many(({"name": name} for name in ("张伟", "李娜", "王芳")), today=today)
    monkeypatch.setattr(trail, "TOGETHER", 1)
    monkeypatch.setattr(trail, "_take_out", lambda *_rows: next(iter(window.tasks._running)).progress.stop())
    window.undo()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    monkeypatch.undo()
    assert len(queries.people()) == 3
    assert window.changes.undoable() is not None
