"""What the surroundings do wrong is told in words, and costs nothing that was kept."""

import errno

import apsw
import pytest
from peewee import OperationalError

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from desktopapp.storage import DB, check_file, fault_of, lock, open_file
from desktopapp.team import queries, service
from tests.conftest import TODAY


def caught(make) -> BaseException:
    try:
        make()
    except (OperationalError, RuntimeError) as error:
        return error
    raise AssertionError


def rolled_back():
    """As SQLite tells of a full disk: the error on top is about the rollback."""
    try:
        raise apsw.FullError("database or disk is full")
    except apsw.FullError:
        raise OperationalError("cannot rollback - no transaction is active")  # noqa: B904 - that is how it comes


def wrapped():
    try:
        raise OSError(errno.ENOSPC, "No space left on device", "/home/zhou/表.pdf")
    except OSError as no:
        raise RuntimeError("the page could not be drawn") from no


@pytest.fixture
def full(file):
    """A file that may not grow, as on a disk that is full."""
    service.add(name="张伟", today=TODAY)
    pages = DB.execute_sql("pragma page_count").fetchone()[0]
    DB.execute_sql(f"pragma max_page_count = {pages}")
    yield file
    DB.execute_sql("pragma max_page_count = 1073741823")


def test_a_full_disk_is_said_so_and_all_that_was_kept_stays(full, zh):
    with pytest.raises(Fault) as no:
        service.change(person=1, note="长" * 15_000)
    assert zh.text(no.value.message).startswith("磁盘已满，这次修改没有保存。之前的资料都完好，")
    assert [row.note for row in queries.people()] == [""]
    assert check_file() == ()


def test_once_there_is_room_again_the_same_request_is_kept(full):
    with pytest.raises(Fault):
        service.change(person=1, note="长" * 15_000)
    DB.execute_sql("pragma max_page_count = 1073741823")
    service.change(person=1, note="长" * 15_000)
    assert len(queries.person(1).note) == 15_000


def test_a_place_that_cannot_be_written_is_said_so(file, zh):
    with DB.atomic():  # what this connection needs to write is there
        DB.execute_sql("pragma query_only = 1")
    with pytest.raises(Fault) as no:
        service.name_firm(name="远航商贸")
    DB.execute_sql("pragma query_only = 0")
    assert zh.text(no.value.message).startswith("此位置不能写入")


def test_what_a_rule_refuses_is_no_fault(file):
    with pytest.raises(Refused):
        service.name_firm(name="")


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (caught(rolled_back), "磁盘已满"),
        (caught(wrapped), "磁盘已满"),
        (OSError(errno.EROFS, "read-only"), "此位置不能写入"),
        (PermissionError(errno.EACCES, "no", "/home/zhou/考核表.pdf"), "无法读写“考核表.pdf”"),
        (FileNotFoundError(errno.ENOENT, "no", "/media/盘/名单.xlsx"), "“名单.xlsx”已不存在"),
        (OSError(errno.ENAMETOOLONG, "no", "长.pdf"), "文件名“长.pdf”"),
        (apsw.BusyError("locked"), "数据文件正被另一个程序占用"),
        (apsw.CorruptError("malformed"), "数据文件有损坏"),
        (apsw.IOError("disk I/O error"), "数据文件无法读写"),
        (MemoryError(), "电脑内存不足"),
    ],
)
def test_the_fault_is_found_behind_what_was_raised(error, begins, zh):
    assert zh.text(fault_of(error).message).startswith(begins)


def test_a_path_is_told_by_its_last_name_alone(zh):
    told = zh.text(fault_of(PermissionError(errno.EACCES, "no", "/home/zhou/考核表.pdf")).message)
    assert "home" not in told


@pytest.mark.parametrize(
    "bug", [ZeroDivisionError(), KeyError("x"), OSError("no number"), OperationalError("no such column")]
)
def test_a_bug_is_no_fault_of_the_surroundings(bug):
    assert fault_of(bug) is None


def test_a_fault_already_worded_is_taken_as_it_is():
    said = Fault(M("Working…"))
    assert fault_of(said) is said


def test_a_folder_whose_lock_cannot_be_written_is_told_at_the_start(tmp_path, monkeypatch, zh):
    def refuse(*_path, **_how):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(lock, "Lock", refuse)
    with pytest.raises(Fault) as no:
        open_file(tmp_path, TABLES)
    assert zh.text(no.value.message).startswith("此位置不能写入")
