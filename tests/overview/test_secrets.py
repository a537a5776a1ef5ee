"""What is planted in the file is found in no byte outside its cipher: not in the store, its journal, what the program
writes beside it, the log or the report of an error."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktopapp.areas import TABLES
from desktopapp.goals import service as goals
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import search
from desktopapp.storage import close_file, open_file, unit
from desktopapp.team import service
from desktopapp.team.models import Person
from ui.kit.broken import report

TODAY = date(2026, 11, 23)
PLANTED = ("慕容秋雁绝密", "13799990000", "SECRET-7f3a91", "家里急用钱二十万")
YEAR = Period.parse("2026")


def plant():
    """Every kind of thing people would not want read: a name, a number, a note, a goal."""
    person = service.add(name=PLANTED[0], phone=PLANTED[1], note=PLANTED[3], base_pay=Money.yuan(9000), today=TODAY)
    goals.set_goal(person=person, period=YEAR, today=TODAY, name=PLANTED[2], target=30, weight=40)
    service.change(person=person, note=PLANTED[3] * 50)
    service.log_print(form="PF-01", at=datetime(2026, 11, 23, tzinfo=UTC), pages=2, people=[(person, PLANTED[0])],
                      file=f"{PLANTED[0]}.pdf")  # fmt: skip
    search.catch_up()


def leaks(folder: Path) -> list[tuple[str, str]]:
    """Files in which something planted can be read, in any of the ways a text is written."""
    ways = [(text, text.encode(code)) for text in PLANTED for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, text) for path in files for text, written in ways if written in path.read_bytes()]


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for what is temporary, watched."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(place))
    return place


def test_no_byte_of_the_store_or_its_journal_can_be_read(file, temporary):
    plant()
    with unit("test.note", M("Edit")):
        Person.update(note=PLANTED[3] * 300).execute()
        assert leaks(file) == []
    assert leaks(file) == []
    close_file()
    assert leaks(file) == []
    assert leaks(temporary) == []
    open_file(file, TABLES)


def test_the_scan_finds_what_is_not_enciphered(tmp_path):
    (tmp_path / "plain").write_text(f"x{PLANTED[0]}y", encoding="gb18030")
    assert leaks(tmp_path) == [("plain", PLANTED[0])]


def test_a_process_killed_in_the_middle_of_writing_leaves_a_journal_nobody_can_read(tmp_path):
    script = (
        "import os, sys; from pathlib import Path; from tests.overview import test_secrets as here\n"
        "from desktopapp.storage import open_file, unit, DB; from desktopapp.kernel.message import M\n"
        "from desktopapp.team.models import Person\n"
        "open_file(Path(sys.argv[1]), here.TABLES); here.plant()\n"
        "with unit('test.note', M('Edit')):\n"
        "    Person.update(note=here.PLANTED[3] * 400).execute()\n"
        "    sys.stdout.write('ready'); sys.stdout.flush(); os.kill(os.getpid(), 9)\n"
    )
    folder = tmp_path / "data"
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(Path.cwd())})  # fmt: skip
    assert done.stdout == b"ready"
    assert done.returncode != 0
    assert (folder / "teamhelm.db-journal").stat().st_size > 0
    assert leaks(folder) == []


def test_neither_the_log_nor_what_is_printed_tells_of_it(file, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        plant()
    said = caplog.text + "".join(capsys.readouterr())
    assert [text for text in PLANTED if text in said] == []


def test_the_report_of_an_error_has_no_word_of_the_data(file):
    plant()
    try:
        raise ValueError(f"cannot keep {PLANTED[0]} {PLANTED[1]}")
    except ValueError as error:
        told = report(type(error), error.__traceback__)
    assert "ValueError" in told
    assert "test_secrets.py" in told
    assert [text for text in PLANTED if text in told] == []
