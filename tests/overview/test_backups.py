"""Backups made by themselves: before much is changed, tested once a month, and reminded of where none left the PC."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.overview import backups, second_place
from desktopapp.overview.today import today as waiting
from desktopapp.storage import backup
from desktopapp.team import service

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def firm(file):
    """A file with somebody in it, and its first backup."""
    service.add(name="赵一", today=NOW.date())
    backups.back_up(now=NOW)
    return file


def reminders(day):
    return [each for each in waiting(day.date()) if each.link.table == "backup"]


def spoil(path):
    """Turn one byte in the middle of a backup."""
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


def refuse(*_args, **_how):
    raise Fault(M("The disk has too little room for a backup: free at least {size} MB.", size=90))


def test_before_much_is_changed_a_backup_holds_what_was_there(firm):
    service.add(name="钱二", today=NOW.date())
    backups.back_up_before(why=backups.IMPORT, now=NOW + DAY)
    newest = backups.kept()[0]
    assert newest.why == "import"
    assert backup.manifest(newest.path).counts["person"] == 2


def test_what_is_backed_up_already_is_not_backed_up_again(firm):
    backups.back_up_before(why=backups.DELETE, now=NOW + DAY)
    assert [each.why for each in backups.kept()] == ["hand"]


def test_an_empty_file_needs_no_backup_before_its_first_import(file):
    backups.back_up_before(why=backups.IMPORT, now=NOW)
    assert backups.kept() == []


def test_where_it_cannot_be_made_it_is_said_that_nothing_was_changed(firm, zh, en, monkeypatch):
    service.add(name="钱二", today=NOW.date())
    monkeypatch.setattr(backup, "make", refuse)
    with pytest.raises(Fault) as no:
        backups.back_up_before(why=backups.IMPORT, now=NOW)
    assert "什么都没有改动" in zh.text(no.value.message)
    assert "nothing was changed" in en.text(no.value.message)
    assert "90" in zh.text(no.value.message)


def test_a_backup_that_failed_names_the_last_good_one(firm, zh, monkeypatch):
    service.add(name="钱二", today=NOW.date())
    monkeypatch.setattr(backup, "make", refuse)
    with pytest.raises(Fault) as no:
        backups.back_up_if_due(now=NOW + DAY)
    assert zh.show(backups.kept()[0].at) in zh.text(no.value.message)


def test_after_a_week_without_a_second_place_today_says_so(firm, zh):
    assert reminders(NOW + 6 * DAY) == []
    [told] = reminders(NOW + 7 * DAY)
    assert zh.text(told.what) == "所有备份都只在这台电脑上"
    assert told.link.area == "settings"


def test_a_second_place_that_gets_backups_is_not_spoken_of_until_a_week_without(firm, tmp_path, zh):
    backups.choose(tmp_path / "stick")
    backups.back_up(now=NOW + 8 * DAY)
    assert reminders(NOW + 14 * DAY) == []
    [told] = reminders(NOW + 15 * DAY)
    assert zh.show((NOW + 8 * DAY).date()) in zh.text(told.detail)


def test_a_second_place_that_was_never_reached_is_told(firm, tmp_path, zh):
    (tmp_path / "file").write_text("no folder")
    backups.choose(tmp_path / "file")
    assert backups.back_up(now=NOW + DAY).no
    [told] = reminders(NOW + 8 * DAY)
    assert "还没有备份到过" in zh.text(told.what)


def test_a_file_that_was_never_backed_up_reminds_of_nothing(file):
    assert list(second_place.reminders(date(2030, 1, 1))) == []


def test_once_a_month_backups_are_tested_by_themselves(firm):
    backups.drill_if_due(now=NOW + 29 * DAY)
    assert backups.state().tested is None
    backups.drill_if_due(now=NOW + 30 * DAY)
    assert backups.state().tested == NOW + 30 * DAY


def test_the_monthly_test_finds_one_that_went_bad_where_it_lay_and_names_a_good_one(firm, zh):
    service.add(name="钱二", today=NOW.date())
    backups.back_up(now=NOW + DAY)
    newest, oldest = backups.kept()
    spoil(oldest.path)
    with pytest.raises(Fault) as no:
        backups.drill_if_due(now=NOW + 31 * DAY)
    said = zh.text(no.value.message)
    assert oldest.path.name in said
    assert zh.show(newest.at) in said
    assert backups.state().tested is None


def test_what_an_older_version_remembered_is_read(firm):
    (firm / second_place.REMEMBERED).write_text('{"place": "E:/TeamHelm", "sent": null, "tested": null}')
    assert backups.state() == second_place.State(place="E:/TeamHelm")
