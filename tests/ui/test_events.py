"""An event noted while it is fresh, and found again where it counts."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import BAD, GOOD
from desktopapp.reviews.queries import events
from desktopapp.team import service as team
from tests.ui.desks import Room
from ui.kit.somebody import Somebody
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.event import EventForm, known
from ui.pages.reviews.page import NOTEBOOK

Q3 = Period.parse("2026Q3")
NAMES = ("王芳", "张伟", "曾国强")


@pytest.fixture
def people(file, today):
    return dict(zip(NAMES, [team.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=today)
                            for name in NAMES], strict=True))  # fmt: skip


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def form(qtbot, room, people):
    host = QWidget()
    qtbot.addWidget(host)
    form = EventForm(room.desk)
    QVBoxLayout(host).addWidget(form)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    form.start()
    yield form
    host.close()


def offered(form):
    belongs = form.editors["dimension"]
    return [belongs.itemText(n) for n in range(belongs.count())]


def note(person, text="9月12日收回 12 万元", **more):
    return service.note_event(person=person, text=text, day=date(2026, 9, 12), today=date(2026, 11, 23), **more)


@pytest.mark.parametrize(("typed", "name"), [("zw", "张伟"), ("cgq", "曾国强"), ("芳", "王芳"), ("zengg", "曾国强")])
def test_somebody_is_found_by_initials_pinyin_or_a_part_of_his_name(qtbot, zh, people, typed, name):
    line = Somebody(zh, known())
    qtbot.addWidget(line)
    line.setText(typed)
    assert line.value() == people[name]
    line.editingFinished.emit()
    assert line.text() == name


def test_nobody_is_told_and_nothing_is_nobody(qtbot, zh, people):
    line = Somebody(zh, known())
    qtbot.addWidget(line)
    assert line.value() is None
    line.setText("刘备")
    with pytest.raises(Refused):
        line.value()
    line.put(people["张伟"])
    assert (line.text(), line.value()) == ("张伟", people["张伟"])


def test_the_keys_alone_note_an_event(form, qtbot, people):
    qtbot.keyClicks(form.window().focusWidget(), "zw")
    qtbot.keyClick(form.window().focusWidget(), Qt.Key.Key_Return)
    assert form.editors["person"].text() == "张伟"
    assert offered(form)[:3] == ["", "销售业绩", "回款与应收"]
    qtbot.keyClick(form.window().focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(form.window().focusWidget(), Qt.Key.Key_Tab)
    assert form.editors["text"].hasFocus()
    qtbot.keyClicks(form.window().focusWidget(), "late on 12 Sept")
    qtbot.keyClick(form.window().focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [row] = events.events()
    assert (row.person, row.kind, row.text, row.day) == (people["张伟"], BAD, "late on 12 Sept", date(2026, 11, 23))


def test_a_vague_word_gets_a_hint_and_is_kept_all_the_same(form, people):
    hint = form.rows["text"].hint
    form.editors["text"].setPlainText("态度需改进")
    assert "哪个客户" in hint.text()
    assert hint.isVisible()
    form.editors["text"].setPlainText("9月12日态度冷淡，客户投诉")
    assert not hint.isVisible()
    form.editors["text"].setPlainText("态度需改进")
    form.editors["person"].put(people["王芳"])
    form.submit()
    assert [row.text for row in events.events()] == ["态度需改进"]


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(form):
    form.editors["customer"].setText("远大集团")
    form.submit()
    assert form.fault("person") == "请选择是关于谁的。"
    assert form.editors["customer"].text() == "远大集团"
    assert events.events() == []


def test_an_event_stands_beside_its_dimension_and_is_taken_over_by_a_click(room, people, today):
    service.start(period=Q3, template="quarterly", today=today)
    note(people["王芳"], customer="远大集团", dimension="collection")
    note(people["王芳"], "没有说属于哪项", kind=BAD)
    page = room.open(ReviewsPage)
    page.arrive(next(row.id for row in page.rows if row.person == people["王芳"]))
    row = page.sheet.board.rows["collection"]
    assert [each.text for each in row.noted.events] == ["9月12日收回 12 万元"]
    assert page.sheet.board.rows["growth"].noted.events == ()
    assert [each.text for each in page.sheet.loose.events] == ["没有说属于哪项"]
    room.click(row.noted.findChild(QPushButton))
    line = next(line for line in queries.sheet(page.review).dimensions if line.id == "collection")
    assert line.evidence == "9月12日 远大集团：9月12日收回 12 万元"
    assert row.noted.events == ()
    assert not row.noted.isVisible()


def test_events_of_another_period_or_person_do_not_stand_there(room, people, today):
    service.start(period=Q3, template="quarterly", today=today)
    service.note_event(person=people["王芳"], text="十月的事", day=date(2026, 10, 8), today=today, dimension="growth")
    note(people["张伟"], dimension="growth")
    page = room.open(ReviewsPage)
    page.arrive(next(row.id for row in page.rows if row.person == people["王芳"]))
    assert page.sheet.board.rows["growth"].noted.events == ()


def test_a_comment_that_is_left_vague_gets_a_hint_until_it_is_written_on(room, people, today, qtbot):
    service.start(period=Q3, template="quarterly", today=today)
    page = room.open(ReviewsPage)
    box = page.sheet.texts.boxes["comment"]
    hint = page.sheet.texts.hints["comment"]
    room.write(box, "态度需改进")
    assert not hint.isVisible()
    box.clearFocus()
    assert "哪个客户" in hint.text()
    assert not hint.isHidden()
    assert queries.sheet(page.review).comment == "态度需改进"
    box.setFocus()
    assert hint.isHidden()
    assert set(page.sheet.texts.hints) == {"highlights", "improve", "comment"}


def test_the_notebook_lists_changes_and_strikes_out(room, people, qtbot):
    page = room.open(ReviewsPage)
    page.tabs.setCurrentIndex(NOTEBOOK)
    view = page.views[NOTEBOOK]
    assert not view.view.current_row()
    number = note(people["王芳"])
    note(people["张伟"], "两次迟到", kind=BAD)
    assert [view.model.row(n).text for n in range(view.model.rowCount())] == ["两次迟到", "9月12日收回 12 万元"]
    page.turn_to("event")
    page.arrive(number)
    assert view.view.current_row().id == number
    view.change(view.view.current_row())
    form = view.findChild(EventForm)
    assert form.editors["person"].text() == "王芳"
    form.editors["kind"].put(BAD)
    form.submit()
    assert events.event(number).kind == BAD
    room.click(view.remove)
    assert [row.text for row in events.events()] == ["两次迟到"]
    room.changes.undo()
    room.changes.undo()
    assert events.event(number).kind == GOOD


def test_an_event_found_by_its_words_is_shown_in_the_notebook(room, people, today):
    service.start(period=Q3, template="quarterly", today=today)
    number = note(people["王芳"])
    page = room.open(ReviewsPage)
    page.turn_to("event")
    page.arrive(number)
    assert page.tabs.currentIndex() == NOTEBOOK
    page.arrive(page.rows[0].id)
    assert page.tabs.currentIndex() == 0
