"""The firm's log of paper: what was printed stays told, whatever is undone."""

from datetime import UTC, datetime

import pytest

from desktopapp.kernel.period import Period
from desktopapp.storage import observe, redoable, revert, undoable
from desktopapp.team import queries, service

pytestmark = pytest.mark.usefixtures("file")

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
Q3 = Period.parse("2026Q3")


def add(name, today):
    return service.add(name=name, today=today)


def test_a_job_is_told_with_all_there_is_to_know(zh, today):
    wang, li = add("王芳", today), add("李娜", today)
    heard = []
    stop = observe(heard.append)
    service.log_print(
        form="PF-01", at=AT, pages=4, people=[(wang, "王芳"), (li, "李娜")], period=Q3, copies=2, printer="HP 打印机"
    )
    stop()
    [row] = queries.prints(10)
    assert (zh.text(row.title), row.name, row.people, row.period) == ("客户经理季度绩效评估表", "王芳", 2, Q3)
    assert (row.pages, row.copies, row.printer, row.file, row.at) == (4, 2, "HP 打印机", "", AT)
    assert heard == [frozenset({"printed", "printed_for"})]


def test_the_newest_stands_first_and_no_more_than_asked_for():
    for n in range(5):
        service.log_print(form="DL-01", at=AT, pages=n + 1, file="x.pdf")
    assert [row.pages for row in queries.prints(3)] == [5, 4, 3]


def test_a_person_is_told_of_the_jobs_that_were_his(today):
    wang, li = add("王芳", today), add("李娜", today)
    service.log_print(form="PF-01", at=AT, pages=4, people=[(wang, "王芳"), (li, "李娜")], period=Q3)
    service.log_print(form="PF-01", at=AT, pages=2, people=[(wang, "王芳")], period=Q3)
    service.log_print(form="TE-01", at=AT, pages=1)
    assert [row.pages for row in queries.prints(9, person=wang)] == [2, 4]
    assert [row.pages for row in queries.prints(9, person=li)] == [4]


def test_undo_passes_the_log_by(zh, today):
    wang = add("王芳", today)
    service.log_print(form="PF-01", at=AT, pages=2, people=[(wang, "王芳")])
    step = undoable()
    assert step is not None and zh.text(step.words) == "名册添加王芳"
    revert(step.unit)
    assert queries.people() == []
    assert [row.name for row in queries.prints(9, person=wang)] == ["王芳"]
    assert redoable() is not None


def test_a_form_that_is_no_longer_there_goes_by_its_number(zh):
    service.log_print(form="XX-99", at=AT, pages=1)
    assert zh.text(queries.prints(1)[0].title) == "XX-99"


def test_an_endless_file_name_is_kept_as_far_as_it_fits():
    service.log_print(form="TE-01", at=AT, pages=1, file="x" * 300)
    assert queries.prints(1)[0].file == "x" * 200
