"""What was done, in words, each step with its way back."""

from __future__ import annotations

from datetime import date

import pytest

from desktopapp.kernel.area import Link
from desktopapp.team import queries, service
from tests.ui.desks import Room
from ui.kit import ask
from ui.pages.trail import Row, TrailPage


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


def add(name):
    return service.add(name=name, today=date(2026, 11, 23))


def rows(page):
    return [page.rows.itemAt(n).widget() for n in range(page.rows.count())]


def test_before_anything_is_done_it_says_so(room, file):
    page = room.open(TrailPage)
    assert page.empty.isVisible()
    assert rows(page) == []


def test_steps_stand_in_words_the_newest_first(room, file):
    add("张伟")
    add("王芳")
    page = room.open(TrailPage)
    assert [row.words.text() for row in rows(page)] == ["名册添加王芳", "名册添加张伟"]


def test_an_older_step_is_taken_back_while_a_newer_one_stays(room, file):
    add("张伟")
    add("王芳")
    page = room.open(TrailPage)
    room.click(rows(page)[1].button)
    assert [person.name for person in queries.people()] == ["王芳"]
    assert room.heard.words == ["已撤销：名册添加张伟"]
    assert [row.button is None for row in rows(page)] == [True, False, True]


def test_a_step_that_was_built_upon_stays_and_says_why(room, file, monkeypatch):
    person = add("张伟")
    service.change(person=person, phone="139")
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: told.append(language.text(message)))
    page = room.open(TrailPage)
    room.click(rows(page)[1].button)
    assert [person.name for person in queries.people()] == ["张伟"]
    assert len(told) == 1
    assert told[0]


def test_the_way_back_to_the_settings(room, file):
    page = room.open(TrailPage)
    room.click(page.back)
    assert room.heard.went == [Link("settings")]


def test_a_row_says_its_words_to_a_screen_reader(room, file):
    add("张伟")
    page = room.open(TrailPage)
    [row] = page.findChildren(Row)
    assert row.button.accessibleDescription() == "名册添加张伟"
