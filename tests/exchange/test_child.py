"""Strangers' files are read in a process of their own, which can do nothing but answer and can be lost."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktopapp.exchange import archive, child, separated, sheets, sources, workbook
from desktopapp.exchange.sheets import read_file, read_source
from desktopapp.exchange.sources import Source, content, gathered
from desktopapp.kernel.errors import Refused
from tests.exchange.samples import ROSTER, refusal, text_file
from tests.exchange.samples import workbook as book

ROOT = Path(__file__).parents[2]
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@pytest.fixture
def zipped(tmp_path):
    path = tmp_path / "backup.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(text_file(tmp_path, ROSTER, name="people.csv"), "data/people.csv")
    return path


def confined(deed, memory=256 << 20):
    """What comes of a deed in a process that is confined like a reader."""
    program = f"from desktopapp.exchange import child; child.confine({memory}, 5); {deed}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('made.txt', 'w')",
        "import os; os.open('made.txt', os.O_CREAT | os.O_RDWR)",
        "import os; os.remove('README.md')",
        "import os; os.rename('README.md', 'gone.md')",
        "import shutil; shutil.rmtree('docs')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_a_reader_reaches_no_network_no_program_and_no_file(deed):
    done = confined(deed)
    assert "PermissionError" in done.stderr
    assert done.returncode
    assert (ROOT / "README.md").exists()
    assert not (ROOT / "made.txt").exists()


def test_a_reader_may_read_and_answer():
    done = confined("import csv, zipfile; print(open('README.md', encoding='utf-8').read(2))")
    assert (done.returncode, done.stdout.strip()) == (0, "#")


@unix
def test_a_reader_may_not_take_all_memory_nor_all_time():
    assert "MemoryError" in confined("bytearray(2 << 30)").stderr
    assert confined("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))").stdout == "(5, 5)\n"


@pytest.mark.parametrize("kind", child.KINDS)
def test_every_reader_has_its_limits(kind):
    reader = __import__(f"desktopapp.exchange.{kind}", fromlist=[kind])
    assert 0 < reader.MEMORY <= 2 << 30
    assert 0 < reader.SECONDS <= 120
    assert callable(reader.answer)


def test_what_is_no_reader_is_not_started():
    assert child.main(["os"]) == 2


@pytest.mark.parametrize("program", ["ui", "desktopapp"])
def test_the_packed_program_reads_by_starting_itself(tmp_path, program):
    command = [sys.executable, "-m", program, child.FLAG, "workbook"]
    given = book(tmp_path, ROSTER).read_bytes()
    done = subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=True)
    assert "张伟".encode() in done.stdout


DYING = ("import os; os.abort()", "print('nonsense')", "print('{\"name\": 1')", "import time; time.sleep(60)")
"""What a hostile file may make of the program that reads it."""


@pytest.fixture(params=[*DYING, None], ids=["dies", "babbles", "breaks off", "hangs", "is not there"])
def spoiled(request, monkeypatch):
    """Readers are something else than they should be."""
    command = ["no such program"] if request.param is None else [sys.executable, "-c", request.param]
    monkeypatch.setattr(child, "command", lambda _kind: command)
    for reader in (workbook, separated, archive):
        monkeypatch.setattr(reader, "SECONDS", 0.5 if request.param and "sleep" in request.param else 60)


def test_a_reader_of_workbooks_that_fails_is_a_refusal(tmp_path, en, spoiled):
    assert "cannot be read" in refusal(book(tmp_path, ROSTER), en)


def test_a_reader_of_texts_that_fails_is_a_refusal(tmp_path, en, spoiled):
    assert "it was given up" in refusal(text_file(tmp_path, ROSTER), en)


def test_a_reader_of_archives_that_fails_leaves_the_archive_aside(zipped, en, spoiled):
    found, [left] = gathered([zipped])
    assert found == ()
    assert en.text(left.why) == "It is damaged and cannot be read."
    with pytest.raises(Refused, match="damaged"):
        content(Source(zipped, ("data/people.csv",), "data/people.csv"))


@unix
def test_a_text_that_needs_more_memory_than_a_table_is_given_up(tmp_path, en, monkeypatch):
    path = tmp_path / "long.csv"
    path.write_text("姓名,备注\n" + "张" * 30_000_000, encoding="utf-8")
    program = (
        "import sys; from desktopapp.exchange import child, separated; separated.MEMORY = 150 << 20; "
        "sys.exit(child.main(sys.argv[1:]))"
    )
    monkeypatch.setattr(child, "command", lambda kind: [sys.executable, "-c", program, kind])
    assert "it was given up" in refusal(path, en)


@pytest.mark.parametrize("way", ["file", "archive", "workbook"])
def test_nothing_of_a_strangers_file_is_taken_apart_here(tmp_path, zipped, monkeypatch, way):
    """Whatever takes files apart fails in this process, and the tables come all the same."""
    paths = {"file": text_file(tmp_path, ROSTER), "archive": zipped, "workbook": book(tmp_path, ROSTER)}

    def apart(*_given, **_named):
        pytest.fail("taken apart here")

    monkeypatch.setattr(zipfile, "ZipFile", apart)
    monkeypatch.setattr(separated.csv, "reader", apart)
    monkeypatch.setattr(io, "TextIOWrapper", apart)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    [source], _ = gathered([paths[way]])
    [table] = read_source(source, content(source)).tables
    assert table.heading == ROSTER[0]


def test_signs_the_answer_is_parted_by_come_through_as_spaces(tmp_path):
    rows = [ROSTER[0], [f"张{sign}伟" for sign in "\x1d\x1e\x1f"], ["李\n娜", "", "x"]]
    [table] = read_file(text_file(tmp_path, rows))
    assert table.columns[0] == ["张 伟", "李\n娜"]
    assert table.columns[1][0] == "张 伟"
    assert table.columns[2] == ["张 伟", "x"]


def test_blank_lines_and_rows_of_one_cell_come_through(tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_bytes("姓名,电话\n\n张伟,1\n李娜\n,\n".encode())
    [table] = read_file(path)
    assert [*table.columns] == [["张伟", "李娜"], ["1", ""]]


def test_a_row_longer_than_what_is_read_at_once_comes_whole(tmp_path):
    rows = [("姓名", "备注"), *((f"人{at}", "长" * 100_000) for at in range(5))]
    [table] = read_file(text_file(tmp_path, rows))
    assert [len(cell) for cell in table.columns[1]] == [100_000] * 5


def test_a_row_of_a_million_cells_is_too_wide_and_costs_little(tmp_path, en):
    path = tmp_path / "wide.csv"
    path.write_text("," * 1_000_000 + "\n" + "1," * 1_000_000, encoding="utf-8")
    assert refusal(path, en)


def test_no_more_rows_are_told_than_are_asked_for(tmp_path):
    path = text_file(tmp_path, [("姓名",), *((f"人{at}",) for at in range(50))])
    for most, is_whole in ((20, False), (51, True)):
        [table] = sheets.read_source(Source(path), path.read_bytes(), most=most).tables
        assert (len(table.columns[0]), table.is_whole) == (min(most - 1, 50), is_whole)


def test_what_an_archive_says_of_itself_is_no_command(zipped):
    """A name that is asked for and is not there is a refusal, wherever it points."""
    for name in ("../../etc/passwd", "/etc/passwd", "data/people.csv\x00", "-"):
        with pytest.raises(Refused):
            content(Source(zipped, (name,), name))
    assert json.loads(sources._asked(zipped, ()))["found"] == [[["data/people.csv"], "data/people.csv"]]
