"""The front of the program: a window that is seen before the file is opened, and what becomes of it."""

from __future__ import annotations

from argparse import Namespace

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktopapp.areas import AREAS, TABLES
from desktopapp.kernel.folder import LOCK, was_closed
from desktopapp.overview import protection, sample
from desktopapp.storage import close_file, is_open, open_file, slots
from tests.conftest import TODAY
from ui import main
from ui.front import Front
from ui.kit.broken import Broken
from ui.kit.choices import PROTECTED, SETTINGS
from ui.kit.label import Label
from ui.pages.unopened import Unopened
from ui.places import PLACES


@pytest.fixture
def firm(tmp_path):
    """The sample firm in a file that was closed in good order; gives its folder."""
    folder = tmp_path / "data"
    open_file(folder, TABLES)
    sample.load(TODAY)
    close_file()
    return folder


@pytest.fixture
def begin(qapp):
    """Starts the program as its main does; gives its front."""
    made = []

    def begin(folder):
        made.append(Front(qapp, Namespace(data=folder, lang=None, scheme="light", today=TODAY, leave=False)))
        made[-1].begin()
        return made[-1]

    yield begin
    for front in made:
        front.end()
        front.deleteLater()
    close_file()


@pytest.fixture
def ended(qapp, monkeypatch):
    """What the program would have ended with, had the tests let it."""
    codes = []
    monkeypatch.setattr(main.QApplication, "exit", lambda _app, code=0: codes.append(code))
    return codes


def shown(kind):
    """The windows of a kind."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]


def unopened():
    """What explains why the data was not opened."""
    return shown(Unopened)


def test_the_window_is_seen_before_the_file_is_opened_and_stays_the_same_one(qtbot, begin, firm):
    front = begin(firm)
    frame = front.window
    assert frame.isVisible()
    assert not is_open()
    assert [label.text() for label in frame.stack.currentWidget().findChildren(Label)] == ["今日"]
    assert [frame.side.bar.tabText(n) for n in range(frame.side.bar.count())][:2] == ["今日", "团队名册"]
    qtbot.waitUntil(lambda: front.program is not None and front.program.window is not None)
    assert front.program.window is frame
    assert frame.pages["home"] is frame.page
    assert frame.page.title.text() == "今日"
    qtbot.waitUntil(lambda: front.program._is_settled)


def test_the_frame_names_the_page_that_was_left(qtbot, begin, firm):
    QSettings(str(firm / SETTINGS), QSettings.Format.IniFormat).setValue("page", "goals")
    front = begin(firm)
    assert [label.text() for label in front.window.stack.currentWidget().findChildren(Label)] == ["目标"]
    qtbot.waitUntil(lambda: front.program is not None and front.program.window is not None)
    assert front.window.page.title.text() == "目标"


def test_a_firm_that_is_not_there_yet_is_welcomed_without_a_frame_first(qtbot, begin, tmp_path):
    front = begin(tmp_path / "data")
    assert front.window is None
    qtbot.waitUntil(lambda: front.program is not None and front.program.window is not None)
    assert front.program.window.page.title.text() == "欢迎使用掌舵"


def test_an_empty_file_is_welcomed_in_a_window_of_its_own(qtbot, begin, tmp_path):
    open_file(tmp_path / "data", TABLES)
    close_file()
    front = begin(tmp_path / "data")
    frame = front.window
    qtbot.waitUntil(lambda: front.program is not None and front.program.window is not None)
    qtbot.waitUntil(lambda: not isValid(frame))
    assert front.program.window.isVisible()


def test_where_a_password_is_asked_for_the_door_takes_the_place_of_the_frame(qtbot, begin, firm):
    open_file(firm, TABLES)
    protection.protect(password="青山在 2317 lake", code=slots.code())
    close_file()
    front = begin(firm)
    frame = front.window
    qtbot.waitUntil(lambda: front.program is not None and front.program.door_lock.door.isVisible())
    qtbot.waitUntil(lambda: not isValid(frame))
    assert front.program.window is None
    assert not is_open()


def test_once_that_is_known_no_frame_is_shown_before_the_door(begin, firm):
    QSettings(str(firm / SETTINGS), QSettings.Format.IniFormat).setValue(PROTECTED, "1")
    assert begin(firm).window is None


def test_whether_a_password_is_asked_for_is_kept_for_the_next_start(qtbot, begin, firm):
    front = begin(firm)
    qtbot.waitUntil(lambda: front.program is not None and front.program._is_settled)
    kept = QSettings(str(firm / SETTINGS), QSettings.Format.IniFormat)
    assert not kept.value(PROTECTED, "")
    protection.protect(password="青山在 2317 lake", code=slots.code())
    front.program.watch_hands()
    kept.sync()
    assert kept.value(PROTECTED, "") == "1"


def test_data_that_another_pc_has_open_gets_no_frame(qtbot, begin, firm):
    (firm / LOCK).write_text('{"host": "the other PC", "since": ""}')
    assert not was_closed(firm)
    front = begin(firm)
    assert front.window is None
    qtbot.waitUntil(lambda: bool(unopened()))


def test_what_cannot_be_opened_is_explained_in_the_place_of_the_frame(qtbot, begin, firm):
    (firm / "teamhelm.db").write_bytes(b"not a file of ours" * 400)
    frame = begin(firm).window
    qtbot.waitUntil(lambda: bool(unopened()))
    qtbot.waitUntil(lambda: not isValid(frame))
    assert unopened()[0].isVisible()


def test_a_second_start_shows_no_frame_and_ends(qtbot, begin, firm, ended, monkeypatch):
    monkeypatch.setattr(main, "raise_first", lambda _folder: True)
    open_file(firm, TABLES)
    assert begin(firm).window is None
    qtbot.waitUntil(lambda: ended == [0])


def test_a_bug_behind_the_frame_is_told_and_no_hollow_window_stays(qtbot, begin, firm, monkeypatch, capsys):
    monkeypatch.setattr(main, "_home", lambda _desk: 1 / 0)
    front = begin(firm)
    frame = front.window
    qtbot.waitUntil(lambda: bool(shown(Broken)))
    assert not frame.isVisible()
    shown(Broken)[0].close()
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_frame_that_is_closed_at_once_asks_nothing_of_the_file(begin, firm):
    front = begin(firm)
    assert front.window.close()
    assert not is_open()


def test_the_frame_names_the_places_as_the_areas_name_themselves():
    titles = {place.key: place.title for place in PLACES}
    assert [area.key for area in AREAS if titles.get(area.key, area.title) != area.title] == []
