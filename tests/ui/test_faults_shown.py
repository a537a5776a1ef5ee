"""What the surroundings do wrong, as it is read on the screen in both languages: what happened, what was kept, what to
do. Nothing typed is lost, and after a save that failed the screen shows what the file holds."""

from __future__ import annotations

from datetime import date

import apsw
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import service as reviewing
from desktopapp.storage import DB
from desktopapp.storage.unit import Store
from desktopapp.team import queries, service
from tests.conftest import TODAY
from tests.ui.desks import Room
from ui.kit.broken import Watch
from ui.pages.reviews import ReviewsPage
from ui.pages.team import TeamPage

UNLIMITED = 1_073_741_823
SAID = {
    apsw.FullError: (
        "磁盘已满，这次修改没有保存。之前的资料都完好，您刚输入的内容还在窗口里。请腾出至少 100 MB 空"
        "间，再重新保存。",
        "The disk is full, so this was not saved. Everything saved before is intact, and what you typed is "
        "still in the window. Free at least 100 MB, then save again.",
    ),
    apsw.ReadOnlyError: (
        "此位置不能写入，这次修改没有保存。请选择其他位置，或解除写保护。",
        "This place cannot be written, so this was not saved. Choose another place, or take the write "
        "protection off.",
    ),
    apsw.BusyError: (
        "数据文件正被另一个程序占用，这次修改没有保存。请稍等片刻再试。",
        "Another program holds the data file just now, so this was not saved. Wait a moment and try again.",
    ),
    apsw.CorruptError: (
        "数据文件有损坏，这次操作没有完成。损坏的文件已原样保留：请先复制整个文件夹，再从备份恢复。",
        "The data file is damaged, so this was not done. The file is kept as it is: copy its folder, then "
        "restore a backup.",
    ),
    apsw.IOError: (
        "数据文件无法读写：所在磁盘已断开或出现故障。之前保存的资料都在文件里。请接好磁盘，再重新启动程序。",
        "The data file cannot be read or written: its disk is gone or has a fault. Everything saved before "
        "is in it. Plug the disk in, then start the program again.",
    ),
    MemoryError: (
        "电脑内存不足，这次操作没有完成。请关闭其他程序后再试。",
        "The PC is out of memory, so this was not done. Close other programs and try again.",
    ),
}
CODES = ("zh_CN", "en")
CASES = [
    pytest.param(error, code, said[n], id=f"{error.__name__}-{code}")
    for error, said in SAID.items()
    for n, code in enumerate(CODES)
]


@pytest.fixture
def failing(monkeypatch):
    """Has every request fail so, until it is told to stop."""

    def fail(error, *, after=False):
        commit = Store.commit

        def failed(store):
            if after:
                commit(store)
            raise error

        monkeypatch.setattr(Store, "commit" if after else "begin", lambda store, *_: failed(store))

    yield fail
    monkeypatch.undo()


def words(widget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


@pytest.mark.parametrize(("error", "code", "said"), CASES)
def test_a_form_says_it_above_its_fields_and_keeps_what_was_typed(
    qtbot, file, failing, monkeypatch, error, code, said
):
    room = Room(qtbot, language(code), TODAY)
    page = room.open(TeamPage)
    page.add_person()
    room.write(page.form.editors["name"], "张伟")
    failing(error("it says so in its own words"))
    room.click(page.form.save_button)
    assert page.form.banner.isVisible()
    assert page.form.banner.words.text() == said
    assert page.form.editors["name"].text() == "张伟"
    monkeypatch.undo()
    room.click(page.form.save_button)
    assert [row.name for row in queries.people()] == ["张伟"]


@pytest.mark.parametrize(("error", "code", "said"), CASES)
def test_what_has_no_form_says_it_in_a_box(qtbot, file, failing, error, code, said):
    """A click that keeps at once fails in no form: the watch over the whole program tells of it."""
    service.add(name="张伟", today=TODAY)
    watch = Watch(language(code))
    failing(error("it says so in its own words"))
    try:
        service.delete(person=1)
    except Exception as no:  # noqa: BLE001 - as the edge of the program hears it
        watch(type(no), no, no.__traceback__)
    [box] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)]
    assert box.text() == said


def test_a_disk_that_is_really_full_is_told_and_saving_works_once_there_is_room(qtbot, file, zh):
    room = Room(qtbot, zh, TODAY)
    page = room.open(TeamPage)
    service.add(name="王芳", today=TODAY)
    pages = DB.execute_sql("pragma page_count").fetchone()[0]
    DB.execute_sql(f"pragma max_page_count = {pages}")
    page.add_person()
    room.write(page.form.editors["name"], "张伟")
    room.write(page.form.editors["note"], "长" * 15_000)
    room.click(page.form.save_button)
    assert page.form.banner.words.text() == SAID[apsw.FullError][0]
    assert "王芳" in [row.name for row in queries.people()]
    DB.execute_sql(f"pragma max_page_count = {UNLIMITED}")
    room.click(page.form.save_button)
    assert queries.person(2).note == "长" * 15_000


@pytest.fixture
def review(file):
    """A review of somebody, begun."""
    service.add(name="张伟", position="客户经理", joined=date(2023, 4, 10), today=TODAY)
    cycle = reviewing.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    return reviews.reviews(cycle)[0].id


@pytest.fixture
def sheet(qtbot, zh, review):
    room = Room(qtbot, zh, TODAY)
    page = room.open(ReviewsPage)
    page.arrive(review)
    return room, page.sheet


def test_words_that_could_not_be_kept_stay_and_are_kept_when_they_are_left_again(sheet, failing, monkeypatch):
    room, shown = sheet
    box = shown.texts.boxes["comment"]
    room.write(box, "第三季度签约稳，催款要跟上。")
    failing(apsw.FullError("full"))
    shown.leave()
    assert shown.state.text() == SAID[apsw.FullError][0]
    assert box.toPlainText() == "第三季度签约稳，催款要跟上。"
    monkeypatch.undo()
    shown.show_review(shown.review)
    assert box.toPlainText() == "第三季度签约稳，催款要跟上。"
    box.setFocus()
    shown.leave()
    assert reviews.sheet(shown.review).comment == "第三季度签约稳，催款要跟上。"


def test_a_score_that_failed_before_it_was_kept_is_not_shown_as_kept(sheet, failing, monkeypatch):
    _room, shown = sheet
    row = next(iter(shown.board.rows.values()))
    failing(apsw.IOError("disk I/O error"))
    with pytest.raises(Exception, match="disk"):
        shown.score(row.dimension, 4)
    monkeypatch.undo()
    assert row.grid.score is None
    assert reviews.sheet(shown.review).dimensions[0].score is None


def test_a_score_that_was_kept_before_the_error_came_is_shown_as_kept(sheet, failing, monkeypatch):
    """Some errors come after the commit is on the disk: the screen shows what the file holds, not what was said."""
    _room, shown = sheet
    row = next(iter(shown.board.rows.values()))
    failing(apsw.IOError("disk I/O error"), after=True)
    with pytest.raises(Exception, match="disk"):
        shown.score(row.dimension, 4)
    monkeypatch.undo()
    assert reviews.sheet(shown.review).dimensions[0].score == 4
    assert row.grid.score == 4
