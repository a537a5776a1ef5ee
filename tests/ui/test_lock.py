"""The program under a password: the door, the lock, and what was typed when it fell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktopapp.areas import TABLES
from desktopapp.kernel.area import Link
from desktopapp.overview import backups, protection, sample
from desktopapp.storage import DB, close_file, file, open_file, recall, slots
from desktopapp.team import queries
from desktopapp.team import service as team
from tests.conftest import TODAY
from ui.kit.left import Left
from ui.kit.lock import Lock
from ui.main import Program
from ui.pages.settings.password import PasswordDialog
from ui.pages.team.paste import PasteDialog

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GOOD, OTHER = "青山在 2317 lake", "kweiqz82mmplx"


class Clock:
    """Seconds that pass when they are told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def code():
    return slots.code()


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    for where in ("ui.kit.lock.passed", "ui.pages.settings.password.passed"):
        monkeypatch.setattr(where, made)
    return made


@pytest.fixture
def firm(file, code):
    """The sample firm under a password."""
    sample.load(TODAY)
    protection.protect(password=GOOD, code=code)
    return file


@pytest.fixture
def start(qapp, qtbot, clock):
    """Starts the program as its main does; gives it."""
    made = []

    def begin(folder, **chosen):
        program = Program(qapp, folder, today=TODAY, **chosen)
        made.append(program)
        qapp.setQuitOnLastWindowClosed(False)
        if DB.key:
            program.start()
            qtbot.waitUntil(lambda: program._pool is not None)
            program._pool.submit(bool).result()  # the backup of the day is there, or is not: the same in every run
        else:
            program.knock()
        return program

    yield begin
    for program in made:
        program.stop()
        program.deleteLater()


def shown(qapp):
    """All that can be read in any widget."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    read = []
    for widget in QApplication.allWidgets():
        for name in ("text", "toPlainText", "windowTitle", "toolTip", "accessibleName", "accessibleDescription",
                     "placeholderText", "currentText"):  # fmt: skip
            if callable(told := getattr(widget, name, None)):
                read.append(str(told()))
    return "\n".join(read)


def unlock(program, secret):
    door = program.door_lock.door
    door.secret.line.setText(secret)
    door.open_button.click()


def test_a_program_with_a_password_asks_for_it_before_any_window(firm, start, qapp):
    close_file()
    with pytest.raises(slots.Locked):
        open_file(firm, TABLES)
    program = start(firm)
    assert program.window is None
    unlock(program, OTHER)
    assert program.door_lock.door.secret.fault.text().startswith("密码不对")
    unlock(program, GOOD)
    assert program.window.page.title.text() == "今日"
    assert program.door_lock.door is None


def test_after_five_wrong_tries_the_door_makes_wait(firm, start, clock):
    close_file()
    with pytest.raises(slots.Locked):
        open_file(firm, TABLES)
    program = start(firm)
    door = program.door_lock.door
    for _ in range(5):
        unlock(program, OTHER)
    assert not door.open_button.isEnabled()
    assert door.open_button.text() == "1 秒后可再试"
    door.secret.line.setText(GOOD)
    door.submit()
    assert program.window is None
    clock.now += 1
    door._count_down()
    door.open_button.click()
    assert program.window is not None


def test_a_restart_makes_no_wait_shorter(firm, start, clock):
    close_file()
    with pytest.raises(slots.Locked):
        open_file(firm, TABLES)
    program = start(firm)
    for _ in range(7):
        clock.now += 30
        program.door_lock.door._count_down()
        unlock(program, OTHER)
    program.stop()
    clock.now = 5.0
    again = start(firm)
    door = again.door_lock.door
    assert door.open_button.text() == "4 秒后可再试"
    clock.now += 4
    door._count_down()
    unlock(again, GOOD)
    assert again.window is not None
    assert not (firm / "tries.json").exists()


def test_ctrl_l_locks_and_leaves_nothing_to_be_read(firm, start, qapp, qtbot):
    program = start(firm)
    program.window.go(Link("team"))
    names = [row.name for row in queries.people()]
    assert names[0] in shown(qapp)
    assert program.window.lock_button.isVisibleTo(program.window)
    program.window.lock_key.activated.emit()
    assert program.window is None
    assert (DB.key, DB.root) == ("", "")
    read = shown(qapp)
    assert [name for name in [*names, "示例"] if name in read] == []
    assert {widget.windowTitle() for widget in QApplication.topLevelWidgets() if widget.isVisible()} == {"掌舵"}


def test_without_a_password_nothing_is_locked(file, start):
    program = start(file)
    assert not program.window.lock_key.isEnabled()
    assert not program.window.lock_button.isVisibleTo(program.window)
    program.lock()
    assert program.window is not None


def test_what_was_typed_in_a_form_is_there_again(firm, start, qapp):
    program = start(firm)
    program.window.go(Link("team", queries.people()[2].id))
    page = program.window.page
    page.edit_person()
    page.form.editors["note"].setPlainText("周五前谈一次")
    page.form.editors["phone"].setText("139 0000")
    program.lock()
    assert "周五前谈一次" not in shown(qapp)
    unlock(program, GOOD)
    page = program.window.page
    assert page.showing() == queries.people()[2].id
    assert page.form.editors["note"].toPlainText() == "周五前谈一次"
    assert page.form.editors["phone"].text() == "139 0000"
    assert page.form.changed


def test_what_cannot_be_put_back_is_handed_over(firm, start, qapp, qtbot):
    program = start(firm)
    program.window.go(Link("team"))
    program.window.page.paste_people()
    dialog = program.window.page.findChild(PasteDialog)
    field = dialog.findChildren(QWidget)[0]
    texts = [each for each in dialog.findChildren(QWidget) if hasattr(each, "toPlainText") and not each.isReadOnly()]
    assert texts, field
    QTest.keyClicks(texts[0], "abc 138")
    program.lock()
    assert "abc 138" not in shown(qapp)
    unlock(program, GOOD)
    left = program.window.findChild(Left)
    left.copies[0].click()
    assert QGuiApplication.clipboard().text() == "abc 138"


def test_it_locks_when_nobody_touches_it_for_five_minutes(firm, start, clock, qtbot):
    program = start(firm)
    lock = program.door_lock
    clock.now += 299
    lock._idle._look()
    assert program.window is not None
    QTest.mouseMove(program.window.windowHandle(), program.window.rect().center())
    QTest.keyClick(program.window.windowHandle(), "x")
    clock.now += 299
    lock._idle._look()
    assert program.window is not None
    clock.now += 1
    lock._idle._look()
    assert program.window is None


def test_it_locks_with_the_session_of_the_pc(firm, start):
    program = start(firm)
    program.door_lock._session.screen_changed(True)
    assert program.window is None


def test_a_program_that_never_locks_by_itself_is_the_owners_choice(firm, start, clock):
    program = start(firm)
    program.lock_later(0)
    clock.now += 100_000
    program.door_lock._idle._look()
    assert program.window is not None
    again = Program(program.app, firm, today=TODAY)
    assert again.lock_after == 0
    again.deleteLater()


def steps(dialog, *typed):
    """Go through a dialog; what is typed, step by step."""
    for texts in typed:
        for field, text in zip(dialog.step.fields.values(), texts, strict=True):
            field.line.setText(text)
        dialog.forth.click()


def section(program):
    program.window.go(Link("settings"))
    return program.window.page.show_section("protection")


def test_a_password_is_set_in_three_steps_and_counts_at_once(file, start, qapp):
    program = start(file)
    page = section(program)
    page.set.click()
    dialog = page.findChild(PasswordDialog)
    steps(dialog, ("password123", "password123"))
    assert "太容易猜到" in dialog.step.fields["password"].fault.text()
    steps(dialog, (GOOD, OTHER))
    assert dialog.step.fields["again"].fault.text()
    steps(dialog, (GOOD, GOOD), ())
    assert not file_is_protected()
    code = dialog.values["code"]
    steps(dialog, ("A" * 40,))
    assert not file_is_protected()
    steps(dialog, (code.lower(),))
    assert file_is_protected()
    assert program.window.lock_key.isEnabled()
    program.lock()
    unlock(program, code)
    assert program.window is not None


def file_is_protected():
    return protection.protection().has_password


def test_who_forgot_the_password_comes_in_by_the_sheet_and_names_another(firm, start, code):
    program = start(firm)
    program.lock()
    door = program.door_lock.door
    door.other.click()
    assert door.secret.label.text() == "恢复码"
    unlock(program, code)
    dialog = program.window.findChild(PasswordDialog)
    steps(dialog, (OTHER, OTHER))
    program.lock()
    unlock(program, GOOD)
    assert program.window is None
    unlock(program, OTHER)
    assert program.window is not None


def test_a_leaked_password_is_mended_behind_the_door(firm, start, qtbot, code):
    program = start(firm)
    before = DB.key
    section(program).leak.click()
    dialog = program.window.findChild(PasswordDialog)
    steps(dialog, (GOOD,), (OTHER, OTHER), (), ())
    steps(dialog, (dialog.values["code"],))
    qtbot.waitUntil(lambda: program.window is None and program.door_lock.door.isEnabled())
    unlock(program, GOOD)
    assert program.window is None
    unlock(program, OTHER)
    assert program.window is not None
    assert DB.key != before


def anew(program, qtbot, choice):
    """Say that the password leaked, and what is to become of the backups."""
    section(program).leak.click()
    dialog = program.window.findChild(PasswordDialog)
    steps(dialog, (GOOD,), (OTHER, OTHER))
    assert "2 份备份" in "".join(each.text() for each in dialog.step.findChildren(QLabel))
    dialog.step.choice.setCurrentIndex(dialog.step.choice.findData(choice))
    steps(dialog, (), ())
    steps(dialog, (dialog.values["code"],))
    qtbot.waitUntil(lambda: program.window is None and program.door_lock.door.isEnabled())
    unlock(program, OTHER)
    program._look_at_found()
    notes = program.window.notes
    return [notes.itemAt(n).widget().words.text() for n in range(notes.count())]


@pytest.fixture
def two_backups(firm):
    backups.back_up(now=NOON)
    team.add(name="新来的人", today=TODAY)
    backups.back_up(now=NOON)
    return firm


def opens(path, secret):
    """Whether a backup opens with a password."""
    key = DB.key
    DB.key = ""
    try:
        recall.test(path, secret)
    except slots.Wrong:
        return False
    finally:
        DB.key = key
    return True


def test_after_a_leak_no_backup_opens_with_the_old_password(two_backups, start, qtbot):
    program = start(two_backups)
    said = anew(program, qtbot, protection.RENEW)
    assert said[0].startswith("2 份备份已重新加密")
    assert not [text for text in said if "没有正常关闭" in text]
    there = [each.path for each in backups.kept() if each.why == "hand"]
    assert len(there) == 2
    for path in there:
        assert not opens(path, GOOD)
        assert opens(path, OTHER)
    assert backups.look(there[1]).counts["person"] + 1 == backups.look(there[0]).counts["person"]


def test_after_a_leak_the_older_backups_can_be_deleted(two_backups, start, qtbot):
    program = start(two_backups)
    newest = backups.kept()[0].path
    said = anew(program, qtbot, protection.DELETE)
    assert "1 份旧备份已删除" in said[0]
    assert [each.path for each in backups.kept() if each.why == "hand"] == [newest]
    assert not opens(newest, GOOD)


def test_backups_that_are_left_after_a_leak_are_told_of(two_backups, start, qtbot):
    program = start(two_backups)
    said = anew(program, qtbot, protection.LEAVE)
    assert said[0].startswith("还有 2 份备份能用旧密码打开")
    assert opens(backups.kept()[-1].path, GOOD)


def test_a_damaged_backup_is_left_as_it_is_and_told_of(two_backups, start, qtbot):
    program = start(two_backups)
    path = backups.kept()[-1].path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert anew(program, qtbot, protection.RENEW)[0].startswith("还有 1 份备份能用旧密码打开")
    assert path.read_bytes() == content


def test_wrong_tries_at_the_present_password_make_wait_too(firm, start, clock):
    program = start(firm)
    section(program).remove.click()
    dialog = program.window.findChild(PasswordDialog)
    steps(dialog, *[(OTHER,)] * 5)
    steps(dialog, (GOOD,))
    assert file_is_protected()
    clock.now += 1
    steps(dialog, (GOOD,))
    assert not file_is_protected()
    assert not program.window.lock_key.isEnabled()


def test_the_lock_waits_for_what_is_being_done(firm, start, qtbot):
    import threading

    program, go = start(firm), threading.Event()
    program.window.tasks.run(lambda _progress: go.wait(10), lambda _done: None)
    program.lock()
    assert program.window is not None
    go.set()
    qtbot.waitUntil(lambda: program.window is None, timeout=10_000)


def test_the_door_is_shown_in_the_language_and_tells_of_caps_lock(qtbot, qapp, en, firm):
    lock = Lock(lambda _secret, _told: None, qapp)
    lock.shut(en, None)
    QTest.keyClicks(lock.door.secret.line, "A")
    assert lock.door.secret.capitals.isVisibleTo(lock.door)
    QTest.keyClicks(lock.door.secret.line, "a")
    assert not lock.door.secret.capitals.isVisibleTo(lock.door)
    assert lock.door.open_button.text() == "Unlock"
    lock.stop()
    lock.deleteLater()


def test_a_shut_file_is_sealed(firm, start):
    program = start(firm)
    program.lock()
    assert (firm / "seal.json").exists()
    unlock(program, GOOD)
    assert not (firm / "seal.json").exists()
    assert file.current().is_open
