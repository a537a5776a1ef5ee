"""Who has the password or the recovery code gets in, nobody else; and a wrong password is never taken for damage."""

import errno
import json
import random
import time
from pathlib import Path

import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import M
from desktopapp.storage import close_file, open_file, slots, unit
from desktopapp.storage.file import NAME as DATA
from desktopapp.storage.file import Damaged
from desktopapp.storage.slots import COPY, NAME, Locked, Spoilt, Wrong
from desktopapp.team.models import Person

GOOD, OTHER = "青山在 2317 lake", "kweiqz82mmplx"


@pytest.fixture
def code():
    return slots.code()


@pytest.fixture
def locked(tmp_path, code):
    """A closed folder under a password, with one person in it."""
    open_file(tmp_path, TABLES)
    with unit("team.add", M("x")):
        Person.create(name="机密之人")
    close_file()
    kept = slots.load(tmp_path)
    slots.save(tmp_path, slots.protected(kept, slots.opened(kept), GOOD, code))
    yield tmp_path
    close_file()


def names(folder, secret):
    open_file(folder, TABLES, secret=secret)
    found = [person.name for person in Person.select()]
    close_file()
    return found


def test_a_file_under_a_password_opens_to_who_knows_it_alone(locked):
    with pytest.raises(Locked):
        open_file(locked, TABLES)
    with pytest.raises(Wrong):
        open_file(locked, TABLES, secret=OTHER)
    assert names(locked, GOOD) == ["机密之人"]


def test_while_the_password_is_asked_for_the_folder_stays_held(locked):
    with pytest.raises(Locked):
        open_file(locked, TABLES)
    held = (locked / "app.lock").open("a+")
    fcntl = pytest.importorskip("fcntl")
    with pytest.raises(OSError, match="unavailable"):
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    held.close()
    assert names(locked, GOOD) == ["机密之人"]


def test_neither_the_keys_nor_the_password_stand_in_the_key_file(locked, code):
    known, _ = slots.unlocked(slots.load(locked), GOOD)
    for name in (NAME, COPY):
        written = (locked / name).read_text()
        assert [word for word in (known.file, known.root, GOOD, code, slots.plain(code)) if word in written] == []


def test_the_recovery_code_opens_it_however_it_is_typed(locked, code):
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")):
        assert slots.unlocked(slots.load(locked), typed)[1] == slots.RECOVERY
    assert names(locked, code) == ["机密之人"]


def test_a_recovery_code_has_200_bits_and_no_letter_that_reads_as_another():
    made = {slots.code() for _ in range(200)}
    assert len(made) == 200
    assert {len(each.split("-")) for each in made} == {8}
    assert set("".join(made)) - {"-"} == set(slots.DIGITS)
    assert not {"O", "I", "L", "U"} & set(slots.DIGITS)


def test_after_a_lost_password_the_code_opens_and_the_old_password_is_dead(locked, code):
    kept = slots.load(locked)
    known, _ = slots.unlocked(kept, code)
    slots.save(locked, slots.protected(kept, known, OTHER))
    with pytest.raises(Wrong):
        open_file(locked, TABLES, secret=GOOD)
    assert names(locked, OTHER) == ["机密之人"]
    assert slots.unlocked(slots.load(locked), code) == (known, slots.RECOVERY)


def test_a_new_recovery_code_ends_the_old_one(locked, code):
    kept = slots.load(locked)
    new = slots.code()
    slots.save(locked, slots.with_code(kept, slots.unlocked(kept, GOOD)[0], new))
    with pytest.raises(Wrong):
        slots.unlocked(slots.load(locked), code)
    assert slots.unlocked(slots.load(locked), new)[1] == slots.RECOVERY


def test_wide_letters_of_an_input_method_are_the_same_password(tmp_path):
    kept, known = slots.fresh()
    kept = slots.protected(kept, known, "Qingshan２３17－lake")
    assert slots.unlocked(kept, "Ｑingshan2317-ｌake")[0] == known


def test_a_slot_opens_for_its_own_store_alone():
    ours, known = slots.fresh()
    theirs, _ = slots.fresh()
    moved = slots.KeyFile(theirs.store, slots.protected(ours, known, GOOD).slots)
    with pytest.raises(Wrong):
        slots.unlocked(moved, GOOD)


def test_a_try_costs_64_mib_and_is_not_cheap(monkeypatch):
    monkeypatch.undo()
    kept, known = slots.fresh()
    slot = slots.protected(kept, known, GOOD).slot(slots.PASSWORD)
    assert slot.memory == 64 * 2**20
    started = time.thread_time()
    assert slots.unlocked(slots.KeyFile(kept.store, (slot,)), GOOD)[0] == known
    assert time.thread_time() - started > 0.05 >= slots.SLOW / 5  # far below it: other guests slow this PC now and then


@pytest.mark.parametrize(("pass_takes", "passes"), [(0.001, 200), (0.01, 25), (0.05, 5), (0.2, 3)])
def test_the_passes_of_a_try_take_a_quarter_of_a_second_on_this_pc(monkeypatch, pass_takes, passes):
    monkeypatch.undo()
    monkeypatch.setattr(slots, "_taken", lambda: pass_takes * slots.PASSES)
    assert slots.measured() == passes


def test_twenty_wrong_tries_change_no_file(locked):
    before = {path.name: path.read_bytes() for path in locked.iterdir() if path.name != "app.lock"}
    for n in range(20):
        with pytest.raises(Wrong) as no:
            open_file(locked, TABLES, secret=f"{OTHER}{n}")
        assert no.value.message.msgid.startswith("Wrong password. Nothing was changed.")
    close_file()
    assert {path.name: path.read_bytes() for path in locked.iterdir() if path.name != "app.lock"} == before


def test_damage_and_a_wrong_password_are_never_taken_for_each_other(locked):
    """A bit of both key files, of the first page, and the password: each is told as what it is."""
    chance = random.Random(5)
    kept, data = (locked / NAME).read_bytes(), (locked / DATA).read_bytes()
    told = []
    for n in range(99):
        spoilt, key_file, file, secret = n % 3, bytearray(kept), bytearray(data), GOOD
        if spoilt == 0:
            where = chance.randrange(len(key_file))
            key_file[where] ^= 1 << chance.randrange(1, 7)
            if json_of(key_file) == json_of(kept):  # a blank between two words
                continue
        elif spoilt == 1:
            file[chance.randrange(24, 4096)] ^= 1 << chance.randrange(8)
        else:
            secret = f"{GOOD}{n}"
        for name in (NAME, COPY):
            (locked / name).write_bytes(key_file)
        (locked / DATA).write_bytes(file)
        with pytest.raises((Fault, Wrong)) as no:
            open_file(locked, TABLES, secret=secret)
        told.append((spoilt, type(no.value)))
        close_file()
    assert set(told) == {(0, Spoilt), (1, Damaged), (2, Wrong)}
    assert len(told) > 90


def json_of(content):
    try:
        return json.loads(bytes(content))
    except ValueError:
        return None


@pytest.mark.parametrize("name", [NAME, COPY])
@pytest.mark.parametrize("left", [None, b"", b'{"format": 1}'], ids=["gone", "empty", "torn"])
def test_one_key_file_stands_in_for_the_other_and_mends_it(locked, name, left):
    before = (locked / NAME).read_bytes()
    (locked / name).unlink()
    if left is not None:
        (locked / name).write_bytes(left)
    assert names(locked, GOOD) == ["机密之人"]
    assert (locked / NAME).read_bytes() == (locked / COPY).read_bytes() == before


def test_key_files_the_disk_does_not_give_are_not_called_damaged(tmp_path, monkeypatch, zh):
    open_file(tmp_path, TABLES)
    close_file()

    def held(path):
        raise PermissionError(errno.EACCES, "held by a virus scanner", str(path))

    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(Fault) as no:
        open_file(tmp_path, TABLES)
    assert zh.text(no.value.message).startswith("无法读写“keys.json”")


def test_a_slot_that_would_take_all_memory_is_not_tried():
    kept, known = slots.fresh()
    slot = slots.protected(kept, known, GOOD).slot(slots.PASSWORD)
    greedy = replace(slot, memory=2**40)
    with pytest.raises(Spoilt):
        slots.unlocked(slots.KeyFile(kept.store, (greedy,)), GOOD)


def test_when_memory_runs_out_that_is_said(monkeypatch):
    kept, known = slots.fresh()
    monkeypatch.setattr(slots, "MEMORY", 2**41)
    with pytest.raises(MemoryError):
        slots.protected(kept, known, GOOD)
