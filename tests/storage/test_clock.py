"""The PC's clock jumps, the zone changes, summer time begins and ends: what follows what stays, and nothing is lost."""

import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.message import M
from desktopapp.overview import history
from desktopapp.storage import backup, check_file, close_file, open_file, redoable, revert, undoable, unit
from desktopapp.storage import unit as _unit
from desktopapp.team.models import Person

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
JUMPS = {
    "a day back": timedelta(days=-1),
    "ten years ahead": timedelta(days=3653),
    "not at all": timedelta(0),
    "to the first day there is": datetime(1970, 1, 2, tzinfo=UTC) - START,
}


class Clock:
    """The clock of a PC, which somebody sets."""

    def __init__(self):
        self.at = START

    def now(self, zone=None):
        self.at += timedelta(seconds=1)
        return self.at.astimezone(zone)

    def __getattr__(self, name):
        return getattr(datetime, name)


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(sys.modules[_unit.__module__], "datetime", made)
    return made


def add(name):
    with unit("team.add", M("Add {name}", name=name)):
        Person.create(name=name)


def names():
    return [name for (name,) in Person.select(Person.name).order_by(Person.id).tuples()]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=list(JUMPS))
def test_a_clock_that_jumps_changes_no_order(file, clock, zh, jump):
    add("甲")
    clock.at += jump
    add("乙")
    clock.at = START + timedelta(hours=1)
    add("丙")
    told = [zh.text(entry.words) for entry in history.firm_history()]
    assert [each[-1] for each in told] == ["丙", "乙", "甲"]
    for left in (["甲", "乙"], ["甲"], []):
        revert(undoable().unit)
        assert names() == left
    assert undoable() is None
    for _ in range(3):
        revert(redoable().unit)
    assert names() == ["甲", "乙", "丙"]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=list(JUMPS))
def test_a_clock_that_jumps_takes_no_backup_away_and_the_newest_is_the_last_made(file, clock, jump):
    made = []
    for nth, moment in enumerate((START, START + jump, START + timedelta(hours=2))):
        clock.at = moment
        add(f"第{nth}人")
        made.append(backup.make("day", now=moment).path.name)
    assert {each.name for each in backup.place().iterdir()} == set(made)
    assert backup.backups(backup.place())[0].path.name == made[-1]
    assert backup.is_current()


@pytest.mark.parametrize(("back", "told"), [(timedelta(days=1), True), (timedelta(seconds=30), False)])
def test_a_clock_behind_the_last_save_is_known_at_the_start(file, clock, back, told):
    add("甲")
    close_file()
    assert open_file(file, TABLES, now=clock.at - back).is_behind is told
    add("乙")
    assert names() == ["甲", "乙"]
    assert check_file() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no zone of a process")
@pytest.mark.parametrize("zones", [("Asia/Shanghai", "America/New_York"), ("Pacific/Kiritimati", "Pacific/Midway")])
def test_a_journey_through_zones_is_no_jump_of_the_clock(file, clock, monkeypatch, zones):
    try:
        for zone in zones:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            add(zone)
            close_file()
            assert not open_file(file, TABLES, now=clock.at.astimezone()).is_behind
    finally:
        monkeypatch.undo()
        time.tzset()
    assert names() == list(zones)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no zone of a process")
@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 8, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)],
    ids=["an hour is missing", "an hour comes twice"],
)  # fmt: skip
def test_the_night_of_summer_time_is_no_jump_of_the_clock(file, clock, zh, monkeypatch, night):
    try:
        monkeypatch.setenv("TZ", "America/New_York")
        time.tzset()
        clock.at = night
        for nth in range(4):
            add(f"第{nth}人")
            clock.at += timedelta(minutes=20)
        close_file()
        assert not open_file(file, TABLES, now=clock.at.astimezone()).is_behind
        moments = [entry.at for entry in history.firm_history()]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert moments == sorted(moments, reverse=True)
    assert len(set(moments)) == 4
