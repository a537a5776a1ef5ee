"""A backup counts once it was opened and looked through; what is put back is the whole of it, and nothing is lost."""

import random
from datetime import UTC, date, datetime, timedelta
from zipfile import ZIP_DEFLATED, ZipExtFile, ZipFile

import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.storage import (
    backup,
    check_file,
    close_file,
    copy,
    open_file,
    protection,
    recall,
    slots,
    thinning,
    unit,
)
from desktopapp.storage.file import NAME
from desktopapp.storage.thinning import Stamp
from desktopapp.storage.unit import DB
from desktopapp.team.models import Person

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GOOD, OTHER = "青山在 2317 lake", "kweiqz82mmplx"


def add(*names):
    for name in names:
        with unit("team.add", M("Add {name}", name=name)):
            Person.create(name=name)


def names():
    return [name for (name,) in Person.select(Person.name).order_by(Person.id).tuples()]


@pytest.fixture
def made(file):
    """A backup of a file with two people."""
    add("甲", "乙")
    return backup.make("day", now=NOW)


def test_a_backup_holds_the_rows_the_keys_and_what_it_says(made, file):
    held = backup.verify(made.path, DB.key)
    assert (held.head.unit, held.counts["person"], held.schema) == (2, 2, 1)
    assert backup.keys(made.path) == slots.load(file)
    assert backup.is_current()
    assert [each.name for each in backup.place().iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0


def test_a_backup_is_current_until_something_is_written(made):
    add("丙")
    assert not backup.is_current()


def test_nothing_of_the_firm_can_be_read_in_a_backup(file):
    add("机密之人")
    assert "机密之人".encode() not in backup.make("day", now=NOW).path.read_bytes()


@pytest.mark.parametrize("kind", ["bit", "byte", "cut"])
def test_damage_of_a_backup_is_noticed(made, kind, request):
    whole, dice = made.path.read_bytes(), random.Random(kind)
    for _ in range(30):
        damaged, at = bytearray(whole), dice.randrange(len(whole))
        if kind == "cut":
            del damaged[at:]
        else:
            damaged[at] ^= 1 << dice.randrange(8) if kind == "bit" else dice.randrange(1, 256)
        made.path.write_bytes(damaged)
        if _reads_the_same(made.path, whole):
            continue  # a byte of the ZIP's own directory that says nothing, as its time
        with pytest.raises((backup.Unfit, slots.Wrong)):
            backup.verify(made.path, DB.key)


def _reads_the_same(path, whole):
    from io import BytesIO
    from zipfile import ZipFile

    try:
        with ZipFile(path) as now, ZipFile(BytesIO(whole)) as before:
            return all(now.read(name) == before.read(name) for name in before.namelist())
    except Exception:  # noqa: BLE001 - whatever a damaged ZIP raises
        return False


@pytest.mark.parametrize(("part", "asked"), [("manifest.json", backup.manifest), ("keys.json", backup.keys)])
def test_a_part_that_would_fill_the_memory_is_not_read(made, tmp_path, part, asked, monkeypatch):
    path = tmp_path / made.path.name
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr(part, b" " * (64 * 2**20))
    monkeypatch.setattr(ZipExtFile, "read", lambda *_args: pytest.fail("it was read"))
    with pytest.raises(backup.Unfit):
        asked(path)


def test_a_copy_that_is_not_what_the_file_is_counts_for_nothing(made, monkeypatch):
    add("丙")
    real = copy.copied

    def damaged(path, key, to, **more):
        real(path, key, to, **more)
        content = bytearray(to.read_bytes())
        content[len(content) // 2] ^= 1
        to.write_bytes(content)

    monkeypatch.setattr(copy, "copied", damaged)
    with pytest.raises(Exception, match=r"malformed|damaged|not a database"):
        backup.make("day", now=NOW + timedelta(minutes=1))
    assert [each.path for each in backup.backups(backup.place())] == [made.path]
    assert [each.name for each in backup.place().iterdir()] == [made.path.name]


def test_a_copy_that_lacks_rows_counts_for_nothing(made, monkeypatch):
    real = copy.copied

    def lacking(path, key, to, **more):
        real(path, key, to, **more)
        with copy.connected(to, key) as connection:
            connection.execute("delete from person where id = 1")

    monkeypatch.setattr(copy, "copied", lacking)
    with pytest.raises(backup.Unfit):
        backup.make("day", now=NOW)


def test_it_is_put_back_whole_and_what_was_there_is_kept(made, file):
    add("丙")
    seen = recall.look(made.path)
    assert (seen.is_ours, seen.lost, [each.values["name"] for each in seen.said]) == (True, 1, ["丙"])
    kept = recall.restore(path=made.path, now=NOW + timedelta(hours=1))
    open_file(file, TABLES)
    assert names() == ["甲", "乙"]
    assert check_file() == ()
    assert kept.exists()
    newest = backup.backups(backup.place())[0]
    assert newest.why == "restore"
    recall.restore(path=newest.path, now=NOW + timedelta(hours=2))
    open_file(file, TABLES)
    assert names() == ["甲", "乙", "丙"]


def test_an_old_backup_goes_on_under_the_password_of_today(made, file):
    protection.protect(password=GOOD, code=slots.code())
    protection.encrypt_anew(password=OTHER, code=slots.code())
    open_file(file, TABLES, secret=OTHER)
    recall.restore(path=made.path, now=NOW)
    with pytest.raises(slots.Locked):
        open_file(file, TABLES)
    open_file(file, TABLES, secret=OTHER)
    assert names() == ["甲", "乙"]


def test_a_backup_under_another_password_asks_for_it(file):
    protection.protect(password=GOOD, code=slots.code())
    add("甲")
    old = backup.make("day", now=NOW)
    protection.encrypt_anew(password=OTHER, code=slots.code())
    open_file(file, TABLES, secret=OTHER)
    with pytest.raises(slots.Locked):
        recall.test(old.path)
    with pytest.raises(slots.Wrong):
        recall.test(old.path, OTHER)
    assert recall.test(old.path, GOOD).counts["person"] == 1


def test_a_damaged_backup_changes_nothing(made, file):
    add("丙")
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(backup.Unfit):
        recall.restore(path=made.path, now=NOW)
    assert names() == ["甲", "乙", "丙"]
    assert not list(file.glob("*.restored"))


def test_a_file_that_cannot_be_opened_is_rescued_and_kept(made, file):
    close_file()
    damaged = bytearray((file / NAME).read_bytes())
    damaged[5000] ^= 1
    (file / NAME).write_bytes(damaged)
    with pytest.raises(Fault):
        open_file(file, TABLES)
    kept = recall.rescue(file, path=made.path, now=NOW)
    open_file(file, TABLES)
    assert names() == ["甲", "乙"]
    assert kept.read_bytes() == damaged


def test_a_rescue_brings_the_keys_back_too(made, file):
    close_file()
    for name in (slots.NAME, slots.COPY, NAME):
        (file / name).unlink()
    recall.rescue(file, path=made.path, now=NOW)
    open_file(file, TABLES)
    assert names() == ["甲", "乙"]


def test_another_firms_backup_is_told_and_can_be_put_back(made, file, tmp_path):
    close_file()
    other = tmp_path / "other"
    open_file(other, TABLES)
    add("别家的人")
    assert not recall.look(made.path).is_ours
    recall.restore(path=made.path, now=NOW)
    open_file(other, TABLES)
    assert names() == ["甲", "乙"]
    close_file()
    open_file(file, TABLES)


def test_a_second_place_holds_the_same_bytes(made, tmp_path):
    sent = backup.send(made.path, tmp_path / "stick", now=NOW)
    assert sent.read_bytes() == made.path.read_bytes()


def test_a_stick_that_lies_is_told(made, tmp_path, monkeypatch):
    real = backup._streamed

    def lying(source, target, told):
        sum_ = real(source, target, told)
        target.write_bytes(bytes(target.stat().st_size))
        return sum_

    monkeypatch.setattr(backup, "_streamed", lying)
    with pytest.raises(Fault) as no:
        backup.send(made.path, tmp_path / "stick", now=NOW)
    assert "faulty" in no.value.message.msgid
    assert list((tmp_path / "stick").iterdir()) == []


def stamps(*days, why="day"):
    return [Stamp(n, datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=day), why) for n, day in enumerate(days, 1)]


def test_of_two_years_of_days_late_ones_and_the_last_of_each_span_stay():
    kept = thinning.staying(stamps(*range(730)), datetime(2028, 1, 1, tzinfo=UTC))
    days = sorted(date(2026, 1, 1) + timedelta(days=seq - 1) for seq in kept)
    assert days[-14:] == [date(2027, 12, 18) + timedelta(days=n) for n in range(14)]
    assert len(days) == 45  # two of the twelve weeks and one month end among the fourteen days
    assert date(2026, 1, 31) in days


def test_a_clock_that_is_wrong_takes_no_backup_away():
    there = stamps(*range(60))
    assert thinning.staying(there, datetime(2025, 1, 1, tzinfo=UTC)) == {each.seq for each in there}
    ahead = thinning.staying(
        [*there, Stamp(61, datetime(2036, 1, 1, tzinfo=UTC), "day")], datetime(2036, 1, 1, tzinfo=UTC)
    )
    today = thinning.staying(there, datetime(2026, 3, 2, tzinfo=UTC))
    assert today - ahead <= {min(today), 60 - 13, 60 - 9}


def test_what_was_made_before_an_upgrade_stays_for_ninety_days():
    there = [
        *stamps(0, 1, 2, 3, 4, why="upgrade"),
        *(Stamp(n, datetime(2026, 3, 1, tzinfo=UTC), "day") for n in range(6, 40)),
    ]
    assert {1, 2, 3, 4, 5} <= thinning.staying(there, datetime(2026, 3, 2, tzinfo=UTC))
    later = thinning.staying(there, datetime(2026, 9, 2, tzinfo=UTC))
    assert {3, 4, 5} <= later


def test_only_one_is_made_where_nothing_changed_and_thinning_leaves_the_newest(made, file):
    for n in range(1, 15):
        add(f"员工{n}")
        backup.make("change", now=NOW + timedelta(minutes=n))
    there = backup.backups(backup.place())
    assert len(there) == 10
    assert there[0].seq == 15
