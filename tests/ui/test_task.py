"""Long work: off the window's thread, with a bar, and stopped for real."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from desktopapp.storage import unit
from desktopapp.team import queries, service
from tests.ui.conftest import freed
from ui.kit import ask, task
from ui.kit.task import Bar, Tasks


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def tasks(zh, window):
    made = Tasks(zh, window)
    yield made
    made.close()


def bar_of(window):
    return next((each for each in window.findChildren(Bar) if each.isVisible()), None)


def test_work_is_done_elsewhere_and_its_result_comes_home(qtbot, tasks):
    seen = []
    here = QThread.currentThread()

    def done(name):
        seen.append((name, QThread.currentThread()))

    tasks.run(lambda _progress: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: bool(seen))
    name, thread = seen[0]
    assert name.startswith("work")
    assert thread is here
    assert not tasks.busy


@pytest.mark.parametrize("error", [Refused(M("Working…")), Fault(M("Working…"))])
def test_what_cannot_be_done_is_told(qtbot, monkeypatch, zh, tasks, error):
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: told.append(language.text(message)))

    def fail(_progress):
        raise error

    tasks.run(fail, lambda _result: pytest.fail("done"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["正在处理…"]


def test_short_work_shows_no_bar(qtbot, window, tasks):
    done = []
    tasks.run(lambda _progress: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert bar_of(window) is None
    assert QApplication.overrideCursor() is None


def test_long_work_shows_what_it_does_and_how_far_it_is(qtbot, monkeypatch, window, tasks):
    monkeypatch.setattr(task, "BUSY", 0)
    monkeypatch.setattr(task, "BAR", 1)
    go, done = threading.Event(), []

    def work(progress):
        progress(3, 10)
        go.wait(10)

    tasks.run(work, done.append, words=M("Making the pages…"))
    qtbot.waitUntil(lambda: bar_of(window) is not None)
    bar = bar_of(window)
    assert bar.words.text() == "正在生成页面…"
    qtbot.waitUntil(lambda: bar.bar.value() == 3)
    assert QApplication.overrideCursor() is not None
    go.set()
    freed(qtbot, bar)
    assert done == [None]
    assert QApplication.overrideCursor() is None


def test_work_stopped_midway_keeps_nothing(qtbot, monkeypatch, file, window, tasks):
    monkeypatch.setattr(task, "BAR", 1)
    written = threading.Event()

    def work(progress):
        with unit("tests.long", M("Working…")):
            service.name_firm(name="远航商贸")
            written.set()
            while True:
                progress()

    tasks.run(work, lambda _result: pytest.fail("done"))
    qtbot.waitUntil(lambda: bar_of(window) is not None and written.is_set())
    qtbot.mouseClick(bar_of(window).cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert queries.firm() is None


def test_escape_stops_too(qtbot, monkeypatch, window, tasks):
    monkeypatch.setattr(task, "BAR", 1)

    def work(progress):
        while True:
            progress()

    tasks.run(work, lambda _result: pytest.fail("done"))
    qtbot.waitUntil(lambda: bar_of(window) is not None)
    qtbot.keyClick(bar_of(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not tasks.busy)


def test_a_window_that_closes_stops_its_work(tasks):
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress()

    tasks.run(work, lambda _result: pytest.fail("done"))
    assert begun.wait(10)
    tasks.close()


def test_a_bug_in_the_work_is_not_swallowed(qtbot, tasks):
    with qtbot.captureExceptions() as raised:
        tasks.run(lambda _progress: 1 // 0, lambda _result: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


class Asking(QDialog):
    """A dialog that has work done and is closed before it ends."""

    def __init__(self, window):
        super().__init__(window)
        self.heard = []

    def hear(self, *told):
        self.heard.append(told)
        self.setWindowTitle("heard")


def closed_meanwhile(qtbot, window, tasks, work, **ends):
    """Have `work` done for a dialog that is closed and freed while it goes on."""
    asking, begun, go = Asking(window), threading.Event(), threading.Event()

    def waits(progress):
        begun.set()
        go.wait(10)
        return work(progress)

    tasks.run(waits, partial(asking.hear, "done"), asking.hear, stopped=asking.hear, **ends)
    assert begun.wait(10)
    asking.deleteLater()
    freed(qtbot, asking)
    return asking, go


def test_a_dialog_closed_meanwhile_hears_nothing_more(qtbot, window, tasks):
    asking, go = closed_meanwhile(qtbot, window, tasks, lambda _progress: 1)
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert asking.heard == []


def test_work_stopped_after_its_dialog_was_closed_ends_quietly(qtbot, window, tasks):
    def stopped(_progress):
        raise task.Cancelled

    asking, go = closed_meanwhile(qtbot, window, tasks, stopped)
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert asking.heard == []


def test_what_failed_after_its_dialog_was_closed_is_told_all_the_same(qtbot, monkeypatch, zh, window, tasks):
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: told.append(language.text(message)))

    def fails(_progress):
        raise Fault(M("Working…"))

    asking, go = closed_meanwhile(qtbot, window, tasks, fails)
    go.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["正在处理…"]
    assert asking.heard == []


def test_nobody_hears_of_work_that_ended_with_the_window(qtbot, tasks):
    begun = threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress()

    tasks.run(work, lambda _result: pytest.fail("done"), stopped=lambda: pytest.fail("stopped"))
    assert begun.wait(10)
    tasks.close()
    qtbot.waitUntil(lambda: not tasks.busy)
