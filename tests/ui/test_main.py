"""The program around its window: the first start, choices that stay, the day that turns, a second start, a bug."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.area import Link
from desktopapp.overview import sample
from desktopapp.team import queries, service
from tests.house import ROOT
from tests.ui.desks import Room
from ui import front
from ui import main as start
from ui.kit.broken import Broken
from ui.kit.form import RecordForm
from ui.kit.instance import listen, raise_first
from ui.main import Program
from ui.pages.team.paste import PasteDialog

TODAY = date(2026, 11, 23)
QUIET = "This plugin does not support propagateSizeHints()\n"


@pytest.fixture
def program(qapp, file):
    """The program with its window shown, on an empty file."""
    made = Program(qapp, file, today=TODAY)
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def test_a_fresh_start_welcomes(qtbot, program):
    assert program.window.places[0].key == "welcome"
    assert program.window.page.title.text() == "欢迎使用掌舵"


def test_beginning_leaves_the_welcome_for_good(qtbot, program):
    program.window.page.empty.click()
    qtbot.waitUntil(lambda: program.window.places[0].key == "home")
    assert program.window.page.title.text() == "今日"


def test_pasting_a_list_begins_on_the_roster_with_the_list_open(qtbot, program):
    QApplication.clipboard().setText("姓名\t手机\n张伟\t138")
    program.window.page.pasting.click()
    qtbot.waitUntil(lambda: program.window.page.findChild(PasteDialog) is not None)
    dialog = program.window.page.findChild(PasteDialog)
    dialog.go.click()
    assert [row.name for row in queries.people()] == ["张伟"]


def test_a_firm_that_is_known_is_not_welcomed_again(qtbot, qapp, file):
    service.name_firm(name="远航商贸")
    again = Program(qapp, file, today=TODAY)
    again.start()
    assert again.window.page.title.text() == "今日"
    assert again.window.side.firm.name.text() == "远航商贸"
    again.stop()
    again.deleteLater()


def test_another_language_is_spoken_at_once_on_the_same_page(qtbot, program):
    program.window.go(Link("settings"))
    program.choose(language="en")
    qtbot.waitUntil(lambda: program.window.language.code == "en")
    assert program.window.page.title.text() == "Settings & backup"


def test_another_language_waits_until_what_was_typed_is_saved_or_thrown_away(qtbot, program):
    program.window.go(Link("team"))
    program.window.page.add_person()
    team, form = program.window.page, program.window.page.form
    Room.write(None, form.editors["name"], "张伟")
    program.window.go(Link("settings"))
    program.choose(language="en")
    qtbot.waitUntil(lambda: program.window.page is team)
    assert program.window.language.code == "zh_CN"
    assert program.window.toast.words.text() == "等这里填写的内容保存或放弃后再切换。"
    form.leave()
    qtbot.waitUntil(lambda: program.window.language.code == "en")


def test_what_was_chosen_is_there_at_the_next_start(qtbot, qapp, program, file):
    program.choose(language="en", scheme="dark", scale=115)
    qtbot.waitUntil(lambda: program.window.language.code == "en")
    again = Program(qapp, file, today=TODAY)
    assert (again.language, again.scheme, again.scale) == ("en", "dark", 115)
    again.deleteLater()


def test_the_day_turns_in_the_open_window(qtbot, program, monkeypatch):
    program.window.go(Link("home"))
    monkeypatch.setattr(program, "_today", lambda: date(2026, 11, 24))
    program.turn()
    assert program.window.day == date(2026, 11, 24)
    assert program.window.page.subtitle.text().startswith("2026年11月24日 星期二")


def test_the_day_waits_while_something_is_being_typed(qtbot, program, monkeypatch):
    program.window.go(Link("team"))
    program.window.page.add_person()
    form = program.window.page.form
    Room.write(None, form.editors["name"], "张伟")
    monkeypatch.setattr(program, "_today", lambda: date(2026, 11, 24))
    program.turn()
    assert program.window.day == TODAY
    assert program.window.findChild(RecordForm).editors["name"].text() == "张伟"


def test_what_is_due_is_counted_beside_its_place_once_the_window_is_seen(qtbot, qapp, file):
    service.add(name="张伟", status="probation", joined=date(2026, 6, 1), probation_end=date(2026, 11, 20), today=TODAY)
    program = Program(qapp, file, today=TODAY)
    program.start()
    qtbot.waitUntil(lambda: program.window.side.bar.badge("team") is not None)
    badge = program.window.side.bar.badge("team")
    assert (badge.text, badge.mood) == ("1", "bad")
    program.stop()
    program.deleteLater()


def test_a_second_start_brings_the_first_window_forward(qtbot, qapp, tmp_path):
    came = []
    server = listen(tmp_path, lambda: came.append("forward"), qapp)
    assert raise_first(tmp_path)
    qtbot.waitUntil(lambda: came == ["forward"])
    server.close()
    server.deleteLater()


@pytest.fixture
def started():
    """Starts the program in a process of its own, as the owner does who clicks the icon."""
    running = []

    def started(folder):
        command = [sys.executable, "-m", "ui", "--data", str(folder), "--today", "2026-11-23"]
        running.append(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True))
        return running[-1]

    yield started
    for each in running:
        each.kill()
        each.wait()
        each.stderr.close()


def test_a_second_start_ends_without_a_word_and_brings_the_first_window_back(qtbot, program, file, started):
    program.window.showMinimized()
    qtbot.waitUntil(lambda: program._server is not None)
    second = started(file)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert (second.returncode, second.communicate()[1]) == (0, "")
    qtbot.waitUntil(lambda: not program.window.isMinimized() and program.window.isActiveWindow())


def test_who_clicks_twice_in_a_hurry_gets_one_window_and_no_word(qtbot, tmp_path, started):
    """The second start comes while the first has the file but no window yet; after a power cut it is the first."""
    folder = tmp_path / "data"
    for _round in range(2):
        first, second = started(folder), started(folder)
        qtbot.waitUntil(lambda both=(first, second): any(each.poll() is not None for each in both), timeout=30_000)
        ended, stays = (first, second) if first.poll() is not None else (second, first)
        assert (ended.returncode, ended.communicate()[1].replace(QUIET, "")) == (0, "")
        assert stays.poll() is None
        stays.kill()


def test_a_folder_nobody_has_open_raises_nothing(tmp_path):
    assert not raise_first(tmp_path, patience=0)


def test_the_program_starts_shows_its_window_and_ends(tmp_path):
    """In a process of its own: an application that has quit delivers no timers to the tests after it."""
    asked = [sys.executable, "-m", "ui", "--data", str(tmp_path / "data"), "--today", "2026-11-23", "--leave"]
    ended = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr.replace(QUIET, "")) == (0, "")


@pytest.mark.parametrize(("code", "said"), [("zh_CN", "参数 --scheme：没有 'pink'"), ("en", "invalid choice: 'pink'")])
def test_a_slip_in_how_it_is_started_is_told_in_its_language(capsys, code, said):
    with pytest.raises(SystemExit):
        front.main(["--lang", code, "--scheme", "pink"])
    assert said in capsys.readouterr().err


def test_a_bug_is_told_without_a_word_of_the_firm(qtbot, program, capsys):
    def break_down():
        raise ValueError("张伟 的工资")

    try:
        break_down()
    except ValueError:
        sys.excepthook(*sys.exc_info())
    [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, Broken)]
    told = dialog.report.toPlainText()
    assert "ValueError" in told
    assert "break_down" in told
    assert "张伟" not in told
    dialog.copy.click()
    assert QApplication.clipboard().text() == told
    dialog.go_on.click()
    assert "张伟" in capsys.readouterr().err


def test_a_page_that_breaks_while_the_window_is_built_anew_leaves_the_one_there_is(qtbot, program, monkeypatch, capsys):
    program.window.go(Link("home"))
    before = program.window
    monkeypatch.setattr(start, "_home", lambda _desk: 1 / 0)
    program.choose(language="en")
    qtbot.waitUntil(lambda: program.watch.shown is not None)
    assert program.window is before
    assert before.isVisible()
    assert "ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.undo()
    program.watch.shown.close()
    program.redraw()
    qtbot.waitUntil(lambda: program.window is not before)
    assert program.window.page.title.text() == "Today"


def test_a_bug_in_the_very_start_is_told_too(tmp_path):
    """In a process of its own, which ends when the report is closed."""
    breaking = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import front, main
from ui.kit.broken import Broken

def look():
    for each in QApplication.topLevelWidgets():
        if isinstance(each, Broken):
            print(each.windowTitle(), "ZeroDivisionError" in each.report.toPlainText())
            each.close()

app = QApplication(["teamhelm"])
main._home = lambda desk: 1 / 0
main.queries.firm = lambda: 1 / 0
eye = QTimer(interval=20)
eye.timeout.connect(look)
eye.start()
front.main(["--data", "data", "--lang", "en"])
"""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{breaking}"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout.split("\n")[0] == "Something went wrong True"


def test_a_damaged_file_is_told_of_after_the_window_is_seen(qtbot, program, monkeypatch):
    told = []
    monkeypatch.setattr(start.ask, "tell", lambda _parent, language, message: told.append(language.text(message)))
    program.checked.emit(("page 7 is torn",))
    assert "1 处损坏" in told[0]


@pytest.mark.parametrize("key", ["home", "team", "goals", "reviews", "sales", "trail", "settings"])
@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_in_both_languages_and_both_looks(qtbot, qapp, file, key, code, scheme):
    sample.load(TODAY)
    program = Program(qapp, file, language=code, scheme=scheme, today=TODAY)
    program.start()
    program.window.go(Link(key))
    assert program.window.page.title.text()
    program.stop()
    program.deleteLater()
