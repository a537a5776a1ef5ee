"""What the program promises when it is killed, when the power goes, when the disk fails; a broken promise shows.

These are the short forms; `dev.py faults` has the long ones.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import deeds
from tests.faults.disk import heard

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process is forked and killed, as POSIX has it")


def told(kind, *options):
    """Whether the promise was kept, and what was said of it."""
    command = [sys.executable, "-m", "tests.faults", "--short", *options, kind]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ended.stderr == ""
    return ended.returncode == 0, ended.stdout


def figure(said, of):
    """The number that stands before these words in the last line."""
    found = re.search(rf"(\d+) {re.escape(of)}", said.splitlines()[-1])
    assert found, said
    return int(found[1])


def test_what_the_disk_hears_of_the_file_is_enciphered(tmp_path):
    """So the shim lies below the cipher, and what it tears is what a disk would tear."""
    folder, log = deeds.make(tmp_path / "firm"), []
    with heard(folder, log.append):
        deeds.states(folder, deeds.saves(3))
    written = b"".join(each.data for each in log if each.by_sqlite)
    assert len(written) > 10_000
    assert [plain for plain in (b"SQLite format", deeds.NOTE.encode()[:30], b"CREATE TABLE") if plain in written] == []


def test_a_kill_at_any_moment_of_a_day_loses_nothing_that_was_acknowledged():
    is_kept, said = told("kills")
    assert is_kept, said
    assert figure(said, "of them in the middle of work") > 20
    assert (figure(said, "acknowledged deeds lost"), figure(said, "between"), figure(said, "corrupt")) == (0, 0, 0)


def test_a_power_cut_at_any_moment_of_a_day_loses_nothing_that_was_acknowledged():
    is_kept, said = told("power")
    assert is_kept, said
    assert figure(said, "power cuts") == 150
    assert (figure(said, "acknowledged deeds lost"), figure(said, "between"), figure(said, "corrupt")) == (0, 0, 0)


def test_a_program_that_does_not_wait_for_the_disk_is_found_out():
    is_kept, said = told("power", "--broken")
    assert not is_kept
    assert figure(said, "acknowledged deeds lost") > 10


def test_a_program_that_keeps_half_a_request_is_found_out():
    is_kept, said = told("kills", "--broken")
    assert not is_kept
    assert figure(said, "between") > 0


def test_an_upgrade_broken_off_at_any_moment_is_brought_to_its_end():
    is_kept, said = told("upgrade")
    assert is_kept, said
    assert figure(said, "upgrades broken off") == 45
    assert min(figure(said, "were the old file then"), figure(said, "the new one")) > 0


def test_an_upgrade_written_over_the_file_is_found_out():
    is_kept, said = told("upgrade", "--broken")
    assert not is_kept
    assert "were neither" in said


def test_a_disk_that_says_no_is_told_in_words_and_leaves_what_was_or_what_was_to_be():
    is_kept, said = told("errors")
    assert is_kept, said
    assert figure(said, "told in words") > 80


def test_damage_of_every_kind_is_noticed_before_anything_is_shown():
    is_kept, said = told("rot")
    assert is_kept, said
    assert said.splitlines()[-1].count("60 of 60 damages") == 3


def test_a_program_that_does_not_look_through_what_it_opens_is_found_out():
    is_kept, said = told("rot", "--broken")
    assert not is_kept
    assert figure(said, "of 60 damages to a backup") < 60
    assert figure(said, "of 60 damages to a file not closed well") < 60


def test_a_program_that_swallows_what_the_disk_says_is_found_out():
    is_kept, said = told("errors", "--broken")
    assert not is_kept
    assert "said to be done, and is not" in said


def test_two_programs_at_one_folder_never_write_both():
    is_kept, said = told("pair")
    assert is_kept, said
    assert (figure(said, "refused"), figure(said, "let in")) == (30, 30)


def test_a_lock_that_holds_nobody_out_is_found_out():
    is_kept, said = told("pair", "--broken")
    assert not is_kept
    assert figure(said, "refused") == 0


def test_a_backup_put_back_is_what_was_there_and_what_it_replaced_is_kept():
    is_kept, said = told("large")
    assert is_kept, said
    assert figure(said, "MB") > 15


def test_what_is_typed_is_read_off_the_paper_as_it_was():
    is_kept, said = told("paper")
    assert is_kept, said
    assert figure(said, "read off the paper") > 100


def test_a_paper_that_takes_text_for_commands_is_found_out():
    is_kept, said = told("paper", "--broken")
    assert not is_kept
    assert "<" in said or "&" in said
