"""An older file is brought up to date, or is as it was."""

import json

import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.storage import close_file, open_file, unit
from desktopapp.storage.file import KEYS, NAME
from desktopapp.storage.migrations import _connect, upgrade
from desktopapp.team.models import Person


@pytest.fixture
def old(tmp_path):
    open_file(tmp_path, TABLES)
    with unit("team.add", M("x")):
        Person.create(name="王芳")
    close_file()
    return tmp_path / NAME, json.loads((tmp_path / KEYS).read_text())["slots"][0]["key"]


def nickname(connection):
    connection.execute("alter table person add column nickname text not null default ''")


def filled(connection):
    connection.execute("update person set nickname = name")


def failing(connection):
    connection.execute("update person set nickname = 'lost'")
    connection.execute("select no_such_thing()")


def read(path, key, statement):
    connection = _connect(path, key)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_the_steps_run_in_order_and_the_old_file_is_kept(old):
    path, key = old
    kept = upgrade(path, key, 1, (nickname, filled))
    assert read(path, key, "select nickname from person") == [("王芳",)]
    assert read(path, key, "pragma user_version") == [(3,)]
    assert read(kept, key, "pragma user_version") == [(1,)]
    assert read(kept, key, "select name from person") == [("王芳",)]
    assert path.read_bytes().find("王芳".encode()) == -1


def test_only_the_missing_steps_run(old):
    path, key = old
    upgrade(path, key, 1, (nickname,))
    upgrade(path, key, 2, (failing, filled))
    assert read(path, key, "select nickname from person") == [("王芳",)]


def test_a_failed_step_leaves_the_file_byte_for_byte(old):
    path, key = old
    before = path.read_bytes()
    with pytest.raises(Fault, match="as it was"):
        upgrade(path, key, 1, (nickname, failing))
    assert path.read_bytes() == before
    assert not [each for each in path.parent.iterdir() if "upgrade" in each.name or "pre-v" in each.name]


def test_a_step_that_breaks_a_reference_does_not_count(old):
    path, key = old
    before = path.read_bytes()

    def dangling(connection):
        connection.execute("insert into move(person_id, kind, day, reason) values (999, 'joined', '2026-01-01', '')")

    with pytest.raises(Fault):
        upgrade(path, key, 1, (dangling,))
    assert path.read_bytes() == before


def test_a_cut_short_attempt_does_not_hinder_the_next(old):
    path, key = old
    path.with_suffix(".upgrade").write_bytes(b"half")
    upgrade(path, key, 1, (nickname,))
    assert read(path, key, "pragma user_version") == [(2,)]
