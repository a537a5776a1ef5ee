"""An older file is brought up to date, or is as it was."""

from __future__ import annotations

import errno
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.storage import (
    DB,
    backup,
    check_file,
    close_file,
    copy,
    file,
    migrations,
    open_file,
    recall,
    slots,
    whole,
)
from desktopapp.storage.file import NAME
from desktopapp.team import queries, service
from tests.conftest import TODAY
from tests.house import ROOT
from tests.storage import frozen

TABLE = re.compile(r'^create table (?:if not exists )?"?(\w+)', re.IGNORECASE | re.MULTILINE)
KEPT = Path("20261123-120000-00001-upgrade.mbk")


def nickname(connection):
    connection.execute("alter table person add column nickname text not null default ''")


def filled(connection):
    connection.execute("update person set nickname = name")


def failing(connection):
    connection.execute("update person set nickname = 'lost'")
    connection.execute("select no_such_thing()")


@pytest.fixture
def old(tmp_path):
    """A folder with the frozen file of schema 1 and its keys."""
    keyfile, keys = slots.fresh()
    slots.save(tmp_path, keyfile)
    frozen.thawed(1, tmp_path / NAME, keys.file)
    return tmp_path


def key_of(folder):
    return json.loads((folder / slots.NAME).read_text())["slots"][0]["key"]


def upgrade(folder, version, steps):
    migrations.upgrade(folder / NAME, key_of(folder), version, steps, kept=KEPT)


def read(folder, statement):
    with copy.connected(folder / NAME, key_of(folder)) as connection:
        return connection.execute(statement).fetchall()


def left_over(folder):
    return sorted(each.name for each in folder.iterdir() if "upgrade" in each.name)


def test_the_steps_run_in_order_and_every_row_is_there(old):
    before = read(old, "select id, name, base_pay, note, joined from person order by id")
    assert len(before) == 2
    upgrade(old, 1, (nickname, filled))
    assert read(old, "select id, name, base_pay, note, joined from person order by id") == before
    assert read(old, "select nickname from person order by id") == [("张伟",), ("王芳",)]
    assert read(old, "pragma user_version") == [(3,)]
    assert (old / NAME).read_bytes().find("王芳".encode()) == -1
    assert left_over(old) == []


def test_only_the_missing_steps_run(old):
    upgrade(old, 1, (nickname,))
    upgrade(old, 2, (failing, filled))
    assert read(old, "select nickname from person order by id") == [("张伟",), ("王芳",)]


def test_a_failed_step_leaves_the_file_byte_for_byte_and_says_where_the_backup_is(old, zh):
    before = (old / NAME).read_bytes()
    with pytest.raises(Fault) as no:
        upgrade(old, 1, (nickname, failing))
    told = zh.text(no.value.message)
    assert told == f"升级资料时出错，已恢复到升级前的状态，没有丢失。升级前的备份是 {KEPT.name}。可继续使用旧版本。"
    assert (old / NAME).read_bytes() == before
    assert left_over(old) == []


def test_a_step_that_breaks_a_reference_does_not_count(old):
    before = (old / NAME).read_bytes()

    def dangling(connection):
        connection.execute("insert into move(person_id, kind, day, reason) values (999, 'joined', '2026-01-01', '')")

    with pytest.raises(Fault):
        upgrade(old, 1, (dangling,))
    assert (old / NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("where", "what", "error"),
    [
        (copy, "_copy", apsw.FullError("database or disk is full")),
        (copy, "look_through", apsw.CorruptError("malformed")),
        (copy, "look_through", apsw.IOError("disk I/O error")),
        (migrations, "swap", PermissionError(errno.EACCES, "held by another program")),
        (migrations, "swap", OSError(errno.ENOSPC, "No space left on device")),
        (copy, "copied", MemoryError()),
    ],
)
def test_whatever_goes_wrong_on_the_way_the_old_file_is_untouched_and_the_next_try_works(
    old, monkeypatch, where, what, error
):
    before = (old / NAME).read_bytes()

    def fail(*_given, **_named):
        raise error

    with monkeypatch.context() as broken, pytest.raises(Fault):
        broken.setattr(where, what, fail)
        upgrade(old, 1, (nickname,))
    assert (old / NAME).read_bytes() == before
    assert left_over(old) == []
    upgrade(old, 1, (nickname,))
    assert read(old, "pragma user_version") == [(2,)]


KILLED = """
import os, sys
from pathlib import Path
from desktopapp.storage import copy, migrations
from tests.storage.test_migrations import KEPT, nickname, filled

at, path, key = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
count = 0

def point(*_):
    global count
    count += 1
    if count == at:
        os._exit(9)

def around(where, name):
    whole = getattr(where, name)
    def cut(*given, **named):
        point()
        found = whole(*given, **named)
        point()
        return found
    setattr(where, name, cut)

for where, name in ((copy, "_copy"), (copy, "look_through"), (os, "fsync"), (os, "replace")):
    around(where, name)

def step(work):
    def cut(connection):
        point()
        work(connection)
        point()
    return cut

Path.replace = lambda self, to: os.replace(self, to)
migrations.upgrade(path, key, 1, (step(nickname), step(filled)), kept=KEPT)
print(count)
"""


@pytest.mark.parametrize("at", [1, 2, 4, 5, 7, 9, 10, 11, 12, 13, 99])
def test_killed_at_any_point_it_is_the_old_file_or_the_new_one(old, at):
    before = read(old, "select id, name, note from person order by id")
    command = [sys.executable, "-c", KILLED, str(at), str(old / NAME), key_of(old)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == (9 if at < 99 else 0), ended.stderr
    if at == 99:
        assert int(ended.stdout) == 14
    [(version,)] = read(old, "pragma user_version")
    assert version == (1 if at <= 11 else 3)
    assert read(old, "select id, name, note from person order by id") == before
    assert read(old, "pragma integrity_check") == [("ok",)]
    if version == 1:
        upgrade(old, 1, (nickname, filled))
    assert read(old, "select nickname from person order by id") == [("张伟",), ("王芳",)]


@pytest.fixture
def next_version(monkeypatch):
    """The program of a pretended next version, whose schema is 2."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (nickname,))
    monkeypatch.setattr(migrations, "SCHEMA", 2)


@pytest.fixture
def saved(tmp_path):
    """A folder as the present version closes it."""
    open_file(tmp_path, TABLES)
    service.add(name="王芳", today=TODAY)
    close_file()
    return tmp_path


def test_the_next_version_opens_it_backed_up_before(saved, next_version):
    open_file(saved, TABLES)
    assert [row.name for row in queries.people()] == ["王芳"]
    assert check_file() == ()
    [made] = backup.backups(backup.place())
    assert (made.why, backup.manifest(made.path).schema) == ("upgrade", 1)
    close_file()
    assert read(saved, "pragma user_version") == [(2,)]
    assert open_file(saved, TABLES).found == file.CLEAN
    close_file()


def test_where_the_backup_before_cannot_be_made_nothing_is_upgraded(saved, next_version, monkeypatch, zh):
    before = (saved / NAME).read_bytes()
    monkeypatch.setattr(backup, "free_space", lambda _folder: 0)
    with pytest.raises(Fault) as no:
        open_file(saved, TABLES)
    assert "空间" in zh.text(no.value.message)
    assert (saved / NAME).read_bytes() == before


def test_what_may_only_be_looked_at_is_not_upgraded(saved, next_version, zh):
    before = (saved / NAME).read_bytes()
    with pytest.raises(Fault) as no:
        open_file(saved, TABLES, look_only=True)
    assert "写保护" in zh.text(no.value.message)
    assert (saved / NAME).read_bytes() == before


def test_a_backup_of_the_version_before_is_put_back_and_upgraded(saved, next_version):
    open_file(saved, TABLES)
    [made] = backup.backups(backup.place())
    service.add(name="张伟", today=TODAY)
    recall.restore(path=made.path, now=datetime(2026, 11, 24, tzinfo=UTC))
    close_file()
    open_file(saved, TABLES)
    assert [row.name for row in queries.people()] == ["王芳"]
    close_file()
    assert read(saved, "pragma user_version") == [(2,)]


def test_a_file_that_a_scanner_holds_for_a_moment_is_swapped_all_the_same(old, monkeypatch):
    held = [2]
    replace = Path.replace

    def refuse(path, to):
        if held[0]:
            held[0] -= 1
            raise PermissionError(errno.EACCES, "held by another program")
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(whole, "PATIENCE", (0, 0, 0))
    upgrade(old, 1, (nickname,))
    assert read(old, "pragma user_version") == [(2,)]


def test_the_frozen_file_has_every_table_a_released_version_has(file):
    """While no version with this schema is released it may lack some; from then on it may not."""
    is_unreleased = "(unreleased)" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    now = set(TABLE.findall(frozen.dumped(DB.connection())))
    known = set(TABLE.findall(frozen.path(migrations.SCHEMA).read_text(encoding="utf-8")))
    assert {"person", "unit", "change", "review", "deal"} <= known
    assert known <= now if is_unreleased else known == now
