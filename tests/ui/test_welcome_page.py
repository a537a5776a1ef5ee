"""The first minute with the program."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktopapp.overview import sample
from desktopapp.team import queries
from tests.ui.desks import Room
from ui.pages.welcome import WelcomePage


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def begun():
    """Where the page led."""
    return []


@pytest.fixture
def page(room, file, begun):
    return room.open(partial(WelcomePage, begin=lambda: begun.append("home"), paste=lambda: begun.append("paste")))


def test_everything_can_be_skipped(room, page, begun):
    room.click(page.skip)
    assert begun == ["home"]
    assert queries.firm() is None


def test_two_names_and_one_click_are_enough(room, page, begun):
    room.write(page.rows["name"].editor, "远航商贸")
    room.write(page.rows["owner"].editor, "周建国")
    room.click(page.empty)
    assert begun == ["home"]
    assert (queries.firm().name, queries.firm().owner) == ("远航商贸", "周建国")


def test_enter_begins_too(room, page, begun):
    room.write(page.rows["name"].editor, "远航商贸")
    room.qtbot.keyClick(page.rows["name"].editor, Qt.Key.Key_Return)
    assert begun == ["home"]
    assert queries.firm().name == "远航商贸"


def test_an_owner_without_a_firm_is_asked_for_it_beside_the_field(room, page, begun):
    room.write(page.rows["owner"].editor, "周建国")
    room.click(page.empty)
    assert begun == []
    assert page.rows["name"].fault.text() == "请填写公司名称。"
    assert page.rows["owner"].editor.text() == "周建国"


def test_the_sample_team_is_loaded_beside_the_window(room, page, begun):
    room.click(page.sample)
    room.qtbot.waitUntil(lambda: begun == ["home"], timeout=20_000)
    assert sample.is_sample()
    assert queries.head_count() > 5


def test_a_list_from_excel_leads_to_the_roster(room, page, begun):
    room.write(page.rows["name"].editor, "远航商贸")
    room.click(page.pasting)
    assert begun == ["paste"]
    assert queries.firm().name == "远航商贸"
