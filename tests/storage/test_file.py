"""The file is opened whole or not at all, and never lost."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from desktopapp import __version__
from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.folder import default_folder
from desktopapp.kernel.message import M
from desktopapp.storage import CLEAN, check_file, close_file, lock, migrations, open_file, seal, unit
from desktopapp.storage.file import KEYS, LOCK, NAME, Newer
from desktopapp.storage.slots import COPY
from desktopapp.storage.unit import DB, unlock
from desktopapp.team.models import Person

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    """A folder with a file that holds one person, closed."""
    open_file(tmp_path, TABLES)
    with unit("team.add", M("x")):
        Person.create(name="机密之人")
    close_file()
    yield tmp_path
    close_file()


def refused(folder: Path) -> str:
    before = (folder / NAME).read_bytes()
    with pytest.raises(Fault) as no:
        open_file(folder, TABLES)
    assert (folder / NAME).read_bytes() == before
    return no.value.message.msgid


def raw(folder: Path) -> apsw.Connection:
    key = json.loads((folder / KEYS).read_text())["slots"][0]["key"]
    connection = apsw.Connection(str(folder / NAME))
    unlock(connection, key)
    return connection


def test_what_was_kept_is_there_again(folder):
    open_file(folder, TABLES)
    assert Person.get().name == "机密之人"
    assert check_file() == ()


def test_the_file_shows_nothing_to_who_has_no_key(folder):
    kept = (folder / NAME).read_bytes()
    assert "机密之人".encode() not in kept
    assert not kept.startswith(b"SQLite format 3")


def test_the_file_belongs_to_its_user_alone(folder):
    if os.name != "nt":
        assert (folder / NAME).stat().st_mode & 0o077 == 0
        assert (folder / KEYS).stat().st_mode & 0o077 == 0


def test_the_pragmas_are_those_that_lose_nothing(folder):
    open_file(folder, TABLES)
    asked = {name: DB.execute_sql(f"pragma {name}").fetchone()[0] for name in
             ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "recursive_triggers")}  # fmt: skip
    assert asked == {"journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "secure_delete": 1,
                     "recursive_triggers": 1}  # fmt: skip


def test_a_file_of_a_newer_version_is_refused_and_not_touched(folder):
    connection = raw(folder)
    connection.execute(f"pragma user_version = {migrations.SCHEMA + 1}")
    connection.close()
    assert "newer version" in refused(folder)


def test_a_newer_version_is_named_where_it_closed_the_file(folder, zh):
    connection = raw(folder)
    connection.execute(f"pragma user_version = {migrations.SCHEMA + 1}")
    connection.close()
    sealed = json.loads((folder / seal.NAME).read_text())
    assert sealed["by"] == __version__
    (folder / seal.NAME).write_text(json.dumps({**sealed, "by": "9.1.0"}))
    with pytest.raises(Newer) as no:
        open_file(folder, TABLES)
    assert zh.text(no.value.message) == (
        f"这份资料由更新的版本 9.1.0 保存，当前版本是 {__version__}。文件没有改动。请安装 9.1.0 或更新的版本。"
    )


@pytest.mark.parametrize("where", [200, 5000, -20])
def test_a_damaged_file_is_told_and_not_touched(folder, where):
    kept = bytearray((folder / NAME).read_bytes())
    kept[where] ^= 1
    (folder / NAME).write_bytes(kept)
    assert "damaged" in refused(folder)


def test_a_file_of_another_program_is_refused(folder):
    connection = raw(folder)
    connection.execute("pragma application_id = 7")
    connection.close()
    assert "not ours" in refused(folder)


def test_without_any_key_file_that_is_told(folder):
    (folder / KEYS).unlink()
    (folder / COPY).unlink()
    assert "key file" in refused(folder)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Fault, match="cannot be written"):
        open_file(tmp_path / "file" / "data", TABLES)


def test_a_second_program_is_refused_and_the_lock_of_a_killed_one_is_taken_over(tmp_path):
    script = (
        "import sys; from pathlib import Path; from desktopapp.areas import TABLES;"
        "from desktopapp.storage import open_file;"
        f"open_file(Path({str(tmp_path)!r}), TABLES); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdin is not None
    assert other.stdout.readline() == b"open\n"
    with pytest.raises(Fault, match="already open"):
        open_file(tmp_path, TABLES)
    other.kill()
    other.wait()
    other.stdout.close()
    other.stdin.close()
    open_file(tmp_path, TABLES)
    close_file()
    assert (tmp_path / LOCK).exists()


def test_a_lock_is_let_go_of_though_the_disk_fails(tmp_path, monkeypatch):
    open_file(tmp_path, TABLES)

    def fails(_lock, _text):
        raise OSError(errno.EIO, "the disk says no")

    monkeypatch.setattr(lock.Lock, "_write", fails)
    close_file()
    monkeypatch.undo()
    assert open_file(tmp_path, TABLES).found == CLEAN
    close_file()


def test_a_failed_first_start_leaves_no_half_file(tmp_path, monkeypatch):
    monkeypatch.setattr(DB, "create_tables", lambda _tables: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_file(tmp_path, TABLES)
    monkeypatch.undo()
    assert not (tmp_path / NAME).exists()
    open_file(tmp_path, TABLES)
    close_file()


def test_the_folder_can_be_chosen_from_outside(monkeypatch, tmp_path):
    monkeypatch.setenv("TEAMHELM_DATA", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("TEAMHELM_DATA")
    assert default_folder().name.lower() == "teamhelm"
