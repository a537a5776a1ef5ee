"""A file that was not opened: why is said, and what helps is one click away. What was found amiss is said over every
page."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import LOCK
from desktopapp.overview import backups, protection
from desktopapp.storage import close_file, file, lock, open_file, place, slots
from desktopapp.team import queries, service
from tests.conftest import TODAY
from ui import main
from ui.kit.button import IconButton
from ui.kit.waiting import Waiting
from ui.main import Program
from ui.pages.unopened import Unopened

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GOOD = "青山在 2317 lake"


@pytest.fixture
def start(qapp, qtbot):
    """Starts the program on a folder as its main does; gives it."""
    made = []

    def begin(folder, code="zh_CN"):
        program = Program(qapp, folder, language=code, today=TODAY)
        made.append(program)
        qapp.setQuitOnLastWindowClosed(False)
        program.enter()
        if program.window:
            qtbot.waitUntil(lambda: program._pool is not None)
        return program

    yield begin
    for program in made:
        program.stop()
        if program._unopened:
            program._unopened.close()
        program.deleteLater()
    close_file()


@pytest.fixture
def kept(file):
    """A closed file with one person and a backup of it; what was done after is in no backup."""
    service.add(name="张伟", today=TODAY)
    backups.back_up(now=NOON)
    service.add(name="王芳", today=TODAY)
    close_file()
    return file


def spoil(path: Path, at: int = 5000) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def banners(program) -> list[str]:
    notes = program.window.notes
    return [notes.itemAt(n).widget().words.text() for n in range(notes.count())]


def names() -> list[str]:
    return [row.name for row in queries.people()]


@pytest.mark.parametrize(
    ("code", "said"),
    [("zh_CN", "资料文件已损坏，或不是本程序的文件"), ("en", "The data file is damaged or is not ours, so it was not")],
)
def test_a_damaged_file_says_so_and_offers_the_backups(kept, start, code, said):
    spoil(kept / file.NAME)
    program = start(kept, code)
    asked = program._unopened
    assert program.window is None
    assert asked.why.text().startswith(said)
    assert "2026" in asked.why.text().splitlines()[1]
    assert asked.put_back.isVisibleTo(asked)
    assert not asked.take_over.isVisibleTo(asked)


def test_a_backup_is_put_back_by_three_clicks_and_the_damaged_file_is_kept(kept, start):
    spoil(kept / file.NAME)
    damaged = (kept / file.NAME).read_bytes()
    program = start(kept)
    asked = program._unopened
    asked.put_back.click()
    assert asked.list.count() == 1
    assert "里面有 1 人" in asked.holds.text()
    assert "之后的修改" in asked.holds.text()
    asked.forth.click()
    assert program._unopened is None
    assert names() == ["张伟"]
    program._look_at_found()
    assert banners(program) == ["已恢复备份 20261123-120000-00001-hand.mbk。损坏的文件保留在资料文件夹里。"]
    [before] = kept.glob("before-*")
    assert before.read_bytes() == damaged


def test_a_backup_of_a_file_with_a_password_asks_for_it(kept, start):
    open_file(kept, TABLES)
    protection.protect(password=GOOD, code=slots.code())
    backups.back_up(now=NOON)
    service.add(name="李娜", today=TODAY)
    backups.back_up(now=NOON)
    close_file()
    spoil(kept / file.NAME)
    program = start(kept)
    door = program.door_lock.door
    door.secret.line.setText(GOOD)
    door.open_button.click()
    asked = program._unopened
    assert program.door_lock.door is None
    asked.put_back.click()
    asked.forth.click()
    assert asked.secret.isVisibleTo(asked)
    asked.secret.line.setText("wrong")
    asked.forth.click()
    assert asked.secret.fault.text().startswith("密码不对")
    asked.secret.line.setText(GOOD)
    asked.forth.click()
    program.door_lock.door.secret.line.setText(GOOD)
    program.door_lock.door.open_button.click()
    assert names() == ["李娜", "王芳", "张伟"]


def test_a_damaged_backup_is_refused_and_changes_nothing(kept, start):
    spoil(kept / file.NAME)
    [made] = (kept / file.BACKUPS).glob("*.mbk")
    spoil(made)
    before = (kept / file.NAME).read_bytes()
    asked = start(kept)._unopened
    asked.put_back.click()
    asked.forth.click()
    assert "损坏或不完整" in asked.fault.text()
    assert asked.isEnabled()
    assert (kept / file.NAME).read_bytes() == before


def test_damaged_keys_are_taken_from_a_backup_and_nothing_is_lost(kept, start):
    for name in (slots.NAME, slots.COPY):
        (kept / name).write_text("{}")
    asked = start(kept)._unopened
    assert "不是密码错误" in asked.why.text()
    asked.take_keys.click()
    asked.forth.click()
    assert names() == ["王芳", "张伟"]


def test_keys_of_other_data_are_refused(kept, start, tmp_path):
    other = tmp_path / "other"
    open_file(other, TABLES)
    service.add(name="别人", today=TODAY)
    made = backups.back_up(now=NOON).backup.path
    close_file()
    for name in (slots.NAME, slots.COPY):
        (kept / name).write_text("{}")
    asked = start(kept)._unopened
    asked.take_keys.click()
    asked.take(made)
    asked.forth.click()
    assert "打不开这份资料" in asked.fault.text()
    assert (kept / slots.NAME).read_text() == "{}"


def test_a_file_that_is_gone_is_not_begun_anew(kept, start):
    (kept / file.NAME).unlink()
    asked = start(kept)._unopened
    asked.put_back.click()
    asked.forth.click()
    assert names() == ["张伟"]


def held_elsewhere(folder: Path) -> None:
    stated = {"host": "MEETING-ROOM", "pid": 7, "since": "2026-11-23T08:15+08:00"}
    (folder / LOCK).write_text(json.dumps(stated))


def test_what_another_pc_has_open_can_be_looked_at_and_not_changed(kept, start):
    held_elsewhere(kept)
    program = start(kept)
    asked = program._unopened
    assert "MEETING-ROOM" in asked.why.text()
    asked.look.click()
    assert names() == ["王芳", "张伟"]
    with pytest.raises(Fault) as no:
        service.add(name="李娜", today=TODAY)
    assert "不能写入" in program.window.language.text(no.value.message)
    program._look_at_found()
    assert [said for said in banners(program) if said.startswith("资料以只读方式打开")]
    assert lock.read(kept / LOCK).host == "MEETING-ROOM"


def test_it_is_taken_over_only_when_asked_twice(kept, start, qapp):
    held_elsewhere(kept)
    program = start(kept)
    program._unopened.take_over.click()
    [box] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)]
    assert program.window is None
    box.buttons()[0].click()
    assert program.window is not None
    service.add(name="李娜", today=TODAY)
    assert lock.read(kept / LOCK).host == lock.host()


def test_a_folder_that_is_kept_in_step_is_offered_another(start, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "share"))
    program = start(tmp_path / "坚果云" / "data")
    asked = program._unopened
    assert "坚果云" in asked.why.text()
    asked.use_here.click()
    assert program.folder.is_relative_to(tmp_path / "share")
    assert (program.folder / file.NAME).exists()
    assert not (tmp_path / "坚果云").exists()


def test_it_can_be_used_all_the_same_and_every_start_says_so(start, tmp_path, qtbot):
    program = start(tmp_path / "坚果云" / "data")
    program._unopened.anyway.click()
    qtbot.waitUntil(lambda: program._is_settled)
    assert [said for said in banners(program) if "坚果云" in said]


def test_an_end_that_was_not_normal_is_told_once_and_can_be_closed(kept, start, qtbot):
    (kept / "seal.json").unlink()
    program = start(kept)
    qtbot.waitUntil(lambda: program._is_settled)
    [said] = banners(program)
    assert said.startswith("上次程序没有正常关闭。资料已自动核对，完好；最后保存时间 2026")
    program.choose(language="en")
    qtbot.waitUntil(lambda: program.window.language.code == "en")
    [said] = banners(program)
    assert said.startswith("The program did not close normally last time. Your data was checked and is intact")
    program.window.notes.itemAt(0).widget().findChild(IconButton).click()
    assert program._found == []


def test_an_earlier_state_that_was_put_back_from_outside_is_noticed(kept, start, qtbot):
    early = (kept / file.NAME).read_bytes()
    open_file(kept, TABLES)
    service.add(name="李娜", today=TODAY)
    close_file()
    (kept / file.NAME).write_bytes(early)
    program = start(kept)
    qtbot.waitUntil(lambda: program._is_settled)
    assert "少了 1 次操作" in banners(program)[0]


def test_a_clock_that_is_behind_is_told(kept, start, qtbot, monkeypatch):
    monkeypatch.setattr(Program, "now", lambda _program: datetime(2020, 1, 2, 3, 4, tzinfo=UTC))
    program = start(kept)
    qtbot.waitUntil(lambda: program._is_settled)
    assert [said for said in banners(program) if said.startswith("电脑时间比上次使用时早（2020")]


def test_copies_made_by_a_sync_program_and_a_disk_that_is_nearly_full_are_told(kept, start, qtbot, monkeypatch):
    shutil.copy(kept / file.NAME, kept / "teamhelm-冲突.db")
    monkeypatch.setattr(place, "free_space", lambda _folder: 90 * 2**20)
    program = start(kept)
    qtbot.waitUntil(lambda: program._is_settled)
    said = "\n".join(banners(program))
    assert "teamhelm-冲突.db" in said
    assert "只剩 90 MB" in said


def test_nothing_is_said_of_a_file_that_was_closed_in_good_order(kept, start, qtbot):
    program = start(kept)
    qtbot.waitUntil(lambda: program._is_settled)
    assert banners(program) == []


def test_it_can_be_tried_again_once_the_hindrance_is_gone(kept, start, monkeypatch):
    with monkeypatch.context() as hindered:
        hindered.setattr(file, "_opened", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        program = start(kept)
        asked: Unopened = program._unopened
        assert asked.why.text().startswith("数据文件无法读写")
    asked.again.click()
    assert names() == ["王芳", "张伟"]


def test_a_bar_tells_of_checks_that_take_longer_than_a_moment(kept, start, monkeypatch):
    seen = []
    told = Waiting.told
    monkeypatch.setattr(main, "MOMENT", -1)
    monkeypatch.setattr(Waiting, "told", lambda bar, *how: (told(bar, *how), seen.append((bar.isVisible(), *how))))
    program = start(kept)
    size = (kept / file.NAME).stat().st_size
    assert seen[-1] == (True, size, size)
    assert program._waiting is None
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, Waiting) and each.isVisible()]
