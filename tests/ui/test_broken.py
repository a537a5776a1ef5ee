"""What nobody expected: the surroundings' faults are told in a sentence, a bug without a word of the firm."""

from __future__ import annotations

import errno
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktopapp.kernel.message import N_
from desktopapp.storage import DB
from desktopapp.team import queries, service
from desktopapp.team.models import Person
from tests.conftest import TODAY
from ui.kit import ask
from ui.kit.broken import Broken, Watch, report
from ui.kit.form import RecordForm
from ui.kit.task import Tasks

NAMES = ("张伟", "13800138000", "远航商贸", "周建国")


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def full(file):
    """A file that may not grow, as on a disk that is full."""
    service.add(name="张伟", today=TODAY)
    pages = DB.execute_sql("pragma page_count").fetchone()[0]
    DB.execute_sql(f"pragma max_page_count = {pages}")
    yield file
    DB.execute_sql("pragma max_page_count = 1073741823")


def raised(error: Exception):
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_a_save_on_a_full_disk_keeps_what_was_typed_and_says_what_to_do(qtbot, zh, window, full):
    form = RecordForm(zh, N_("Note"), (Person.note,), lambda note: service.change(person=1, note=note),
                      day=TODAY, parent=window)  # fmt: skip
    form.show()
    typed = "谈话要点" * 4_000
    form.editors["note"].setPlainText(typed)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    assert form.editors["note"].toPlainText() == typed
    assert form.banner.words.text().startswith("磁盘已满，这次修改没有保存。")
    assert "您刚输入的内容还在窗口里" in form.banner.words.text()
    DB.execute_sql("pragma max_page_count = 1073741823")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert queries.person(1).note == typed


def test_long_work_that_meets_a_full_disk_tells_it(qtbot, zh, window, monkeypatch):
    told, tasks = [], Tasks(zh, window)
    monkeypatch.setattr(ask, "tell", lambda _parent, language, message: told.append(language.text(message)))

    def write(_progress):
        raise OSError(errno.ENOSPC, "No space left on device", "/home/zhou/表.pdf")

    tasks.run(write, lambda _result: pytest.fail("done"))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("磁盘已满")
    tasks.close()


def test_a_fault_nobody_caught_is_a_sentence_and_no_report(qtbot, zh, window, capsys):
    watch = Watch(zh)
    watch(*raised(OSError(errno.EROFS, "Read-only file system")))
    assert isinstance(watch.shown, QMessageBox)
    assert watch.shown.text().startswith("此位置不能写入")
    watch.shown.close()
    assert watch.shown is None
    assert "Read-only" in capsys.readouterr().err


def test_a_bug_says_the_data_is_safe_and_shows_one_report_at_a_time(qtbot, zh, window, capsys):
    watch = Watch(zh)
    watch(*raised(ValueError(" ".join(NAMES))))
    first = watch.shown
    assert isinstance(first, Broken)
    watch(*raised(KeyError("张伟")))
    assert watch.shown is first
    first.close()
    assert watch.shown is None
    assert capsys.readouterr().err


def test_the_report_names_places_in_the_program_and_nothing_of_the_firm(qtbot, zh, tmp_path, capsys):
    """Planted: a name in the message, in a local, in the path of the file that broke, in a chained error."""
    script = tmp_path / "张伟" / "远航商贸.py"
    script.parent.mkdir()
    script.write_text("def run(person):\n    raise RuntimeError(person)\n", encoding="utf-8")
    known: dict[str, object] = {}
    exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), known)
    try:
        try:
            known["run"]("张伟 13800138000")
        except RuntimeError as no:
            raise LookupError("周建国") from no
    except LookupError:
        kind, _error, trace = sys.exc_info()
    told = report(kind, trace)
    assert [name for name in (*NAMES, str(tmp_path)) if name in told.replace("远航商贸.py", "")] == []
    assert "tests/ui/test_broken.py" in told
    assert told.endswith("LookupError")


def test_the_report_is_copied_as_it_is_shown(qtbot, zh, window):
    dialog = Broken(zh, "TeamHelm 0.1", window)
    dialog.show()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "TeamHelm 0.1"
    dialog.close()
