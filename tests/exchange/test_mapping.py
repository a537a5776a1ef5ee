"""Headings to fields, rows to values, and what is said of the rest."""

from datetime import date

import pytest

from desktopapp.exchange.headings import Kind, Target, agreed, guessed, mapped, normal, recognised
from desktopapp.exchange.mapping import Said, read
from desktopapp.exchange.sheets import read_file, read_text
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_
from desktopapp.storage.fields import Day, Money, Text
from tests.exchange.samples import SAMPLES, needs_samples, workbook

NAME = Target("name", Text(20, verbose_name=N_("Name")), ("name",), ("员工姓名",), required=True)
PAY = Target("pay", Money(null=True, verbose_name=N_("Base salary")), ("amount", "total"))
JOINED = Target("joined", Day(null=True, verbose_name=N_("Hire date")), ("hired_at",))
TARGETS = (NAME, PAY, JOINED)


def fills(heading, meanings=None, chosen=None):
    columns = mapped(heading, TARGETS, meanings or {}, chosen)
    return {column.heading: column.target.name for column in columns if column.target}


def refusal(language, *arguments, **options):
    with pytest.raises(Refused) as no:
        mapped(*arguments, **options)
    assert no.value.field == "file"
    return language.text(no.value.message)


def taken(text, **options):
    table = read_text(text)
    return read(table, mapped(table.heading, TARGETS, agreed("roster")), **options)


@pytest.mark.parametrize(
    ("one", "other"),
    [("帐号", "账号"), ("姓 名", "姓名"), ("* 姓名", "姓名"), ("姓\n名：", "姓名"), ("ＮＡＭＥ", "name"),
     ("底薪（元）", "底薪"), ("姓名(必填)", "姓名")],
)  # fmt: skip
def test_headings_that_mean_the_same_are_the_same(one, other):
    assert normal(one) == normal(other)


def test_a_unit_is_counted_in_the_figures_and_not_in_the_heading():
    assert normal("金额（万元）") == normal("金额")
    assert taken("姓名,基本工资（万元）\n张伟,1.2\n王芳,3000元\n李娜,2万\n").values["pay"] == [
        1_200_000, 3_000_000_000, 2_000_000,
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Name", "姓名", "员工姓名", "NAME *"])
def test_a_field_is_known_by_its_label_in_both_languages(heading):
    assert fills([heading]) == {heading: "name"}


def test_what_the_system_means_stands_above_our_labels():
    assert fills(["Name", "full"], {normal("full"): "name"}) == {"full": "name"}


def test_of_two_meanings_the_better_is_taken():
    assert fills(["姓名", "合计", "数"], {"合计": "total", "数": "amount"}) == {"姓名": "name", "数": "pay"}


def test_what_the_owner_chose_stands_above_everything():
    assert fills(["姓名", "曾用名"], chosen={"曾用名": "name"}) == {"曾用名": "name"}
    assert fills(["姓名", "员工姓名"], chosen={"员工姓名": ""}) == {"姓名": "name"}


def test_a_heading_that_stands_twice_is_refused(en):
    heading = ["姓名", "备注", "姓 名*"]
    assert refusal(en, heading, TARGETS, {}) == "Headings that stand twice in the file: 姓名, 姓 名*."


def test_two_headings_for_one_field_are_refused(en):
    assert refusal(en, ["姓名", "员工姓名"], TARGETS, {}) == "The columns 姓名, 员工姓名 all mean “Name”. Keep one."


def test_a_heading_that_is_missing_is_named_in_the_owners_language(en, zh):
    assert refusal(en, ["手机"], TARGETS, {}) == "The file has no column for: Name."
    assert "姓名" in refusal(zh, ["手机"], TARGETS, {})


def test_good_rows_come_in_and_bad_ones_are_named_with_their_place(en):
    rows = "张伟,8000,2026-02-30,1\n王芳,很多,2020-01-01,2\n李娜,9000,2020-01-01,3\n,1,,4\n"
    found = taken(f"姓名,基本工资,入职日期,工号\n{rows}")
    assert found.values == {"name": ["李娜"], "pay": [900_000], "joined": ["2020-01-01"]}
    assert found.rest == {"工号": ["3"]}
    assert (found.numbers, found.rejected) == ([4], 3)
    told = [(each.row, each.column, each.value, en.text(each.message)) for each in found.problems]
    assert told == [
        (2, "入职日期", "2026-02-30", "There is no such day as 2026-02-30."),
        (3, "基本工资", "很多", "“很多” is not a figure."),
        (5, "姓名", "", "Nothing is written here, but it is needed."),
    ]


def test_a_row_with_a_cell_too_many_is_not_taken_in(en):
    found = taken("姓名,基本工资\n张伟,8,000\n王芳,8000\n")
    assert (list(found.values["name"]), found.rejected) == (["王芳"], 1)
    assert "separator inside a text" in en.text(found.problems[0].message)


def test_columns_nobody_asked_for_are_kept_but_not_empty_ones():
    found = taken("姓名,爱好,,空\n张伟,<b>围棋</b>&,x,\n王芳,\x00,,\n")
    assert found.rest == {"爱好": ["<b>围棋</b>&", ""], "C": ["x", ""]}


def test_an_ambiguous_column_of_dates_is_asked_for_and_the_answer_is_used():
    text = "姓名,入职日期\n张伟,3/4/2026\n"
    with pytest.raises(Refused) as asked:
        taken(text)
    assert asked.value.field == "入职日期"
    assert taken(text, said={"入职日期": Said(order="dmy")}).values["joined"] == ["2026-04-03"]


def test_cells_of_a_workbook_are_read_like_those_of_a_text_file(tmp_path):
    path = workbook(tmp_path, [("姓名", "基本工资", "入职日期", "手机"), (1001, 8000.5, date(2020, 1, 2), 13800000002)])
    [table] = read_file(path)
    found = read(table, mapped(table.heading, TARGETS, {}))
    assert found.values == {"name": ["1001"], "pay": [800_050], "joined": ["2020-01-02"]}
    assert found.rest == {"手机": ["13800000002"]}


@needs_samples
def test_dates_of_a_real_roster_are_told_apart_by_their_column():
    [table] = read_file(SAMPLES / "people_dmy_text_dates.xlsx")
    targets = (Target("name", NAME.field, (), ("First Name",)), Target("joined", JOINED.field, (), ("Date",)))
    found = read(table, mapped(table.heading, targets, {}))
    assert found.values["joined"][:3] == ["2017-10-15", "2016-08-16", "2015-05-21"]
    assert found.rejected == 0


DEALS = Kind("deal", (Target("name", NAME.field, ("name",)), Target("stage", NAME.field, ("stage",))))
ACCOUNTS = Kind("account", (Target("name", NAME.field, ("name",)),))
ROSTER = Kind("roster", TARGETS, ("roster", "花名册"))


def test_a_system_is_known_by_all_its_headings():
    heading = ("Record Id", "Deal Name", "Stage", "Deal Owner Id", "Closing Date")
    found = recognised(heading, (ACCOUNTS, DEALS))[0]
    assert (found.system, found.entity, found.is_likely) == ("zoho", "deal", True)


def test_a_file_of_no_known_system_has_none():
    found = recognised(("姓名", "基本工资"), (ROSTER,))[0]
    assert (found.system, found.entity) == ("", "roster")


def test_the_name_of_a_file_helps_where_its_headings_say_little():
    assert not recognised(("姓名", "备注", "车牌"), (ROSTER,))[0].is_likely
    assert recognised(("姓名", "备注", "车牌"), (ROSTER,), "员工花名册.xlsx")[0].is_likely


def test_what_merely_looks_alike_is_suggested_and_not_applied():
    kind = Kind("deal", (Target("name", NAME.field, ("name",)), Target("day", JOINED.field, ("close_date",))))
    columns = guessed(["Opportunity Name", "Closing Dates"], kind, {}).columns
    assert [(each.target and each.target.name, each.suggested and each.suggested.name) for each in columns] == [
        ("name", None), (None, "day"),
    ]  # fmt: skip


def test_of_columns_that_mean_the_same_the_one_with_something_in_it_is_taken():
    guess = guessed(["姓名", "合计", "总计"], ROSTER, {"合计": "total", "总计": "total"}, filled=[True, False, True])
    assert [column.target and column.target.name for column in guess.columns] == ["name", None, "pay"]
    guess = guessed(["姓名", "合计", "总计"], ROSTER, {"合计": "total", "总计": "total"})
    assert [(each.target.name, each.headings) for each in guess.rivals] == [("pay", ("合计", "总计"))]
