"""A list of people out of a spreadsheet: what is read, what it would do, what it does."""

from datetime import date

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.money import Money
from desktopapp.storage import revert, undoable
from desktopapp.team import imports, queries, service
from desktopapp.team.imports import CHANGED, NEW, SAME

TODAY = date(2026, 11, 23)


def lines(text):
    return [(line.name, line.does) for line in imports.preview_text(text).lines]


def take_in(text):
    seen = imports.preview_text(text)
    new = [line.values for line in seen.lines if line.does == NEW]
    changed = {line.person: line.values for line in seen.lines if line.does == CHANGED}
    service.take_in(new, changed, today=TODAY)


def test_a_list_of_names_alone_is_enough(file):
    assert lines("姓名\n张伟\n欧阳静") == [("张伟", NEW), ("欧阳静", NEW)]


def test_headings_of_other_programs_are_known(file):
    take_in("员工编号\t员工姓名\t手机号\t职务\t所属部门\t入职时间\t底薪\t在职状态\n7\t张伟\t138\t销售\t华东\t2024年3月1日\t8000\t在职")
    [row] = queries.people()
    assert (row.number, row.position, row.team, row.joined) == ("7", "销售", "华东", date(2024, 3, 1))
    assert (row.base_pay, row.status) == (Money.yuan(8000), "active")


@pytest.mark.parametrize(
    ("said", "status"),
    [("试用", "probation"), ("试用期", "probation"), ("离职", "left"), ("On leave", "on_leave")],
)
def test_a_status_is_understood_however_it_is_said(file, said, status):
    [line] = imports.preview_text(f"姓名\t状态\n张伟\t{said}").lines
    assert line.values["status"] == status


def test_a_status_nobody_knows_is_named_with_its_row(file):
    [problem] = imports.preview_text("姓名\t状态\n张伟\t飞了").problems
    assert (problem.row, problem.column) == (2, "状态")


def test_somebody_who_is_here_is_known_by_number_or_by_name(file):
    service.add(name="张伟", number="A1", phone="138", today=TODAY)
    service.add(name="王芳", phone="139", today=TODAY)
    text = "工号\t姓名\t手机\nA1\t张大伟\t138\n\t王芳\t139\n\t王芳\t137"
    assert lines(text)[:2] == [("张伟", CHANGED), ("王芳", SAME)]


def test_an_empty_cell_leaves_what_is_there(file):
    service.add(name="张伟", phone="138", position="客户经理", today=TODAY)
    take_in("姓名\t手机\t职位\n张伟\t\t高级客户经理")
    [row] = queries.people()
    assert (row.phone, row.position) == ("138", "高级客户经理")


def test_the_same_person_twice_in_a_list_is_named(file):
    seen = imports.preview_text("姓名\t手机\n张伟\t138\n张伟\t138")
    assert len(seen.lines) == 1
    assert [problem.row for problem in seen.problems] == [3]


def test_two_people_of_one_name_are_told_apart_by_their_phones(file):
    assert lines("姓名\t手机\n张伟\t138\n张伟\t139") == [("张伟", NEW), ("张伟", NEW)]


def test_a_number_two_people_claim_is_refused_for_the_second(file):
    seen = imports.preview_text("工号\t姓名\nA1\t张伟\nA1\t王芳")
    assert [line.name for line in seen.lines] == ["张伟"]
    assert [(problem.row, problem.column) for problem in seen.problems] == [(3, "工号")]


def test_dates_in_the_wrong_order_are_named(file):
    seen = imports.preview_text("姓名\t入职日期\t合同到期\n张伟\t2024-01-01\t2023-01-01")
    assert [(problem.column, problem.value) for problem in seen.problems] == [("合同到期", "2023-01-01")]


def test_a_hard_name_comes_through_whole(file):
    take_in("姓名\n<b>&赵😀")
    assert [row.name for row in queries.people()] == ["<b>&赵😀"]


def test_the_longest_name_that_is_kept_is_spelled_in_full(file):
    take_in(f"姓名\n{'庄' * 50}\n王芳")
    assert [len(row.pinyin) for row in queries.people()] == [len("wangfang"), 50 * len("zhuang")]


def test_a_name_too_long_to_be_kept_is_named(file):
    seen = imports.preview_text(f"姓名\n{'赵' * 300}")
    assert seen.rejected == 1


@pytest.mark.parametrize("text", ["手机\n138", "", "姓名\t姓名\n张\t伟"])
def test_what_is_no_list_of_people_is_refused(file, text):
    with pytest.raises(Refused):
        imports.preview_text(text)


def test_a_list_is_taken_in_and_back_as_one(file):
    service.add(name="张伟", today=TODAY)
    take_in("姓名\t手机\n张伟\t138\n王芳\t139")
    assert len(queries.people()) == 2
    revert(undoable().unit)
    [row] = queries.people()
    assert (row.name, row.phone) == ("张伟", "")


def test_a_column_that_means_nothing_to_the_roster_is_named_as_left_out(file):
    seen = imports.preview_text("姓名\t血型\n张伟\tA")
    assert [column.heading for column in seen.columns if not column.label] == ["血型"]
