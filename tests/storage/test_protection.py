"""A password is set, changed, lost, leaked and taken off again, and nothing is ever lost by it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from desktopapp.storage import DB, check_file, close_file, copy, derived_key, file, open_file, protection, slots, unit
from desktopapp.storage.slots import Locked, Wrong
from desktopapp.storage.tries import WAITS, Tries
from desktopapp.team.models import Person

GOOD, OTHER = "青山在 2317 lake", "kweiqz82mmplx"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def code():
    return slots.code()


@pytest.fixture
def folder(tmp_path):
    """An open file with one person in it and no password."""
    open_file(tmp_path, TABLES)
    with unit("team.add", M("x")):
        Person.create(name="机密之人")
    yield tmp_path
    close_file()


@pytest.fixture
def protected(folder, code):
    protection.protect(password=GOOD, code=code)
    return folder


def names():
    return [person.name for person in Person.select()]


def again(folder, secret=""):
    close_file()
    return open_file(folder, TABLES, secret=secret)


def test_from_the_moment_a_password_is_set_it_is_needed(folder, code):
    assert protection.protection() == protection.Protection(has_password=False, has_code=False, by_code=False)
    protection.protect(password=GOOD, code=code)
    assert protection.protection() == protection.Protection(has_password=True, has_code=True, by_code=False)
    with pytest.raises(Locked):
        again(folder)
    again(folder, GOOD)
    assert names() == ["机密之人"]


def test_a_weak_one_is_refused_and_so_is_one_typed_in_two_ways():
    with pytest.raises(Refused) as no:
        protection.check_password("password123", "password123")
    assert no.value.field == "password"
    with pytest.raises(Refused) as no:
        protection.check_password(GOOD, OTHER)
    assert no.value.field == "again"
    protection.check_password(GOOD, GOOD)


def test_the_code_is_asked_back_as_it_is_printed(code):
    protection.check_code(code, code.lower().replace("-", " "))
    with pytest.raises(Refused):
        protection.check_code(code, code[:-1] + ("A" if code[-1] != "A" else "B"))


def test_the_password_is_changed_by_who_knows_it(protected, code):
    with pytest.raises(Wrong):
        protection.change_password(old=OTHER, password=OTHER)
    protection.change_password(old=GOOD, password=OTHER)
    with pytest.raises(Wrong):
        again(protected, GOOD)
    again(protected, OTHER)
    again(protected, code)


def test_who_came_in_by_the_code_names_a_new_password_without_the_lost_one(protected, code):
    assert again(protected, code).way == slots.RECOVERY
    assert protection.protection().by_code
    protection.change_password(old="", password=OTHER)
    assert not protection.protection().by_code
    with pytest.raises(Wrong):
        protection.change_password(old="", password=GOOD)
    with pytest.raises(Wrong):
        again(protected, GOOD)
    assert again(protected, OTHER).way == slots.PASSWORD


def test_a_new_sheet_ends_the_one_before(protected, code):
    new = slots.code()
    protection.change_code(code=new)
    with pytest.raises(Wrong):
        again(protected, code)
    again(protected, new)


def test_without_a_password_everybody_gets_in_again(protected):
    with pytest.raises(Wrong):
        protection.unprotect(password=OTHER)
    protection.unprotect(password=GOOD)
    again(protected)
    assert names() == ["机密之人"]


def test_a_shut_file_shows_nothing_holds_its_folder_and_opens_again(protected):
    assert file.shut()
    assert (DB.key, DB.root) == ("", "")
    with pytest.raises(Fault, match="locked"):
        names()
    with pytest.raises(Wrong):
        open_file(protected, TABLES, secret=OTHER)
    opened = open_file(protected, TABLES, secret=GOOD)
    assert (opened.found, opened.missing) == (file.CLEAN, 0)
    assert names() == ["机密之人"]


def test_after_a_leak_the_old_key_and_the_old_password_open_nothing(protected, code):
    old, sealing = DB.key, derived_key("forms")
    new = slots.code()
    protection.encrypt_anew(password=OTHER, code=new)
    assert not copy.fits(protected / file.NAME, old)
    for gone in (GOOD, code):
        with pytest.raises(Wrong):
            open_file(protected, TABLES, secret=gone)
    open_file(protected, TABLES, secret=OTHER)
    assert (names(), check_file(), derived_key("forms")) == (["机密之人"], (), sealing)
    again(protected, new)
    close_file()
    assert [path.name for path in protected.iterdir() if path.suffix in (".anew", ".part")] == []


def test_a_leak_is_not_mended_by_half_when_the_disk_is_full(protected, monkeypatch):
    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    old = DB.key
    monkeypatch.setattr(copy, "copied", full)
    with pytest.raises(OSError, match="No space"):
        protection.encrypt_anew(password=OTHER, code=slots.code())
    open_file(protected, TABLES, secret=GOOD)
    assert (DB.key, names()) == (old, ["机密之人"])


KILLED = """
import os, sys
from pathlib import Path
from desktopapp.areas import TABLES
from desktopapp.storage import copy, open_file, protection, slots, whole
at, count = int(sys.argv[2]), 0
def step(real):
    def stepped(*given, **named):
        global count
        count += 1
        if count == at:
            os._exit(9)
        return real(*given, **named)
    return stepped
for module, name in ((os, "fsync"), (os, "open"), (copy, "look_through"), (Path, "replace"), (Path, "unlink")):
    setattr(module, name, step(getattr(module, name)))
slots.MEMORY, slots.PASSES, slots.SLOW = 2**16, 1, 0.0
open_file(Path(sys.argv[1]), TABLES, secret=sys.argv[3])
count = 0
protection.encrypt_anew(password=sys.argv[4], code=slots.code())
"""


def test_cut_short_anywhere_the_file_opens_with_one_of_the_two_passwords(protected):
    close_file()
    opened = []
    for at in range(1, 40):
        command = [sys.executable, "-c", KILLED, str(protected), str(at), GOOD, OTHER]
        ended = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"}, check=False)
        for secret in (GOOD, OTHER):
            try:
                open_file(protected, TABLES, secret=secret)
            except Wrong:
                continue
            assert (names(), check_file()) == (["机密之人"], ())
            opened.append(secret)
            protection.change_password(old=secret, password=GOOD)
            break
        close_file()
        if ended.returncode == 0:
            break
    assert len(opened) == at > 10
    assert set(opened) == {GOOD, OTHER}


def test_five_tries_are_free_then_each_wrong_one_costs_more():
    tries = Tries()
    waited, now = [], 100.0
    for _ in range(12):
        tries.wrong(now)
        waited.append(tries.wait(now))
        now += waited[-1]
        assert tries.wait(now) == 0
    assert waited == [0, 0, 0, 0, *WAITS, 30, 30]
    tries.right()
    tries.wrong(now)
    assert tries.wait(now) == 0
