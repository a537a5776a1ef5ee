"""How the owner's own sheets are laid out: units above, cells over several rows, tables under each other."""

from datetime import date

import pytest

from desktopapp.exchange.figures import COMMA, Style, currency_of, style, unit_of
from desktopapp.exchange.headings import Kind, Target, guessed, halves, normal
from desktopapp.exchange.mapping import Said, read
from desktopapp.exchange.regions import tables
from desktopapp.exchange.serials import unspoiled
from desktopapp.exchange.sheets import read_file
from desktopapp.exchange.spans import part_of
from desktopapp.kernel.message import N_
from desktopapp.kernel.period import Period
from desktopapp.storage.fields import Day, Money, Text
from tests.exchange.samples import text_file

NAME = Target("name", Text(40, verbose_name=N_("Name")), ("name",), ("合同名称",))
SUM = Target("amount", Money(null=True, verbose_name=N_("Amount")), ("amount",), ("合同金额",))
DAY = Target("day", Day(null=True, verbose_name=N_("Date")), ("day",), ("签订日期",))
NUMBER = Target("external", Text(60, default="", verbose_name=N_("Number")), (), ("合同编号",))
KIND = Kind("order", (NAME, SUM, DAY, NUMBER))


def cut(*rows, merged=()):
    return tables("表", 1, [list(row) for row in rows], merged)


def values(table, **said):
    return read(table, guessed(table.heading, KIND, {}).columns, said).values


@pytest.mark.parametrize(
    ("text", "places"),
    [("金额（万元）", 4), ("单位：万元", 4), ("2026年销售任务表（单位：亿元）", 8), ("合同额千元", 3), ("金额(元)", 0),
     ("金额/元", 0), ("单位：华鼎机电", None), ("金额（含税）", None), ("千灯项目(二期)", None)],
)  # fmt: skip
def test_a_heading_or_a_title_says_what_sums_are_counted_in(text, places):
    assert unit_of(text) == places


def test_a_unit_above_the_table_holds_for_its_sums_unless_a_heading_says_otherwise():
    above = ("合同台账", "", ""), ("", "", "单位：万元")
    [table] = cut(*above, ("合同名称", "签订日期", "合同金额"), ("甲", "2026-1-2", "12.5"))
    assert values(table)["amount"] == [12_500_000]
    assert values(table, 合同金额=Said(unit=0))["amount"] == [1_250]
    [table] = cut(("单位：万元", ""), ("合同名称", "合同金额（元）"), ("甲", "12.5"))
    assert values(table)["amount"] == [1_250]


def test_a_cell_over_several_rows_stands_in_each_but_a_sum_only_once():
    rows = [("甲", date(2026, 1, 2), 900, 1), *[(None, None, None, 2)] * 2]
    heading = ("合同名称", "签订日期", "合同金额", "备注")
    [table] = cut(heading, *rows, ("乙", date(2026, 3, 4), 5, 3), merged=[(1, 3, 0, 0), (1, 3, 1, 1), (1, 3, 2, 2)])
    assert table.columns[0] == ["甲", "甲", "甲", "乙"]
    assert table.columns[1] == [date(2026, 1, 2)] * 3 + [date(2026, 3, 4)]
    assert table.columns[2] == [900, None, None, 5]


def test_rows_numbered_in_advance_are_no_records():
    unused = [(str(at), "", "", "") for at in (2, 3)]
    [table] = cut(("序号", "合同名称", "签订日期", "合同金额"), ("1", "甲", "2026-1-2", "5"), *unused)
    assert table.numbers == [2]
    assert [each.row for each in table.aside] == [3, 4]


def test_tables_under_each_other_are_told_apart_and_keep_their_row_numbers():
    first, second = cut(
        ("客户名称", "客户等级", "所在城市"), ("华鼎", "A", "上海"), (),
        ("合同名称", "签订日期", "合同金额"), ("甲", "2026-1-2", "5"), ("乙", "2026-1-3", "6"),
    )  # fmt: skip
    assert (first.heading[0], first.numbers) == ("客户名称", [2])
    assert (second.heading[0], second.numbers, second.above) == ("合同名称", [5, 6], ())


def test_a_title_and_a_blank_row_are_no_table_of_their_own():
    above = ("2026年合同台账", "", ""), ("填表人", "王芳", "1月"), ()
    [table] = cut(*above, ("合同名称", "签订日期", "合同金额"), ("甲", "2026-1-2", "5"))
    assert table.above == ("2026年合同台账", "填表人", "王芳", "1月")


@pytest.mark.parametrize(
    ("cells", "right", "lost"),
    [
        (["1562.0", "", "88.0"], ["1562", "", "88"], ""),
        (["1562.0", "A7"], ["1562.0", "A7"], ""),
        (["1.3800000001E+10", "13900000002"], ["13800000001", "13900000002"], ""),
        (["4.04427E+17", "4.04427E+17", "77"], ["", "", "77"], "4.04427E+17"),
        (["4.044270000002493e+17"], [""], "4.044270000002493e+17"),
        (["007", "1E5X"], ["007", "1E5X"], ""),
    ],
)
def test_numbers_a_spreadsheet_took_for_figures_are_put_right_or_none(cells, right, lost):
    assert unspoiled(cells) == (right, lost)


def test_a_phone_that_cannot_be_put_right_stays_as_it_is():
    assert unspoiled(["1.38E+10"], is_key=False) == (["1.38E+10"], "1.38E+10")


def test_records_whose_numbers_were_cut_short_are_not_taken_for_one(tmp_path):
    [table] = read_file(text_file(tmp_path, [("合同编号", "合同名称"), ("4.04427E+17", "甲"), ("4.04427E+17", "乙")]))
    found = read(table, guessed(table.heading, KIND, {}).columns)
    assert (found.values["external"], found.spoiled) == (["", ""], (("合同编号", "4.04427E+17"),))


def test_digits_written_as_a_formula_are_the_digits(tmp_path):
    path = tmp_path / "made.csv"
    path.write_text('合同编号,合同名称\n="00123",甲\n"=""00124""",乙\n', encoding="gb18030")
    assert read_file(path)[0].columns[0] == ["00123", "00124"]


def test_days_that_lost_their_format_stand_among_others():
    [table] = cut(("合同名称", "签订日期"), ("甲", "46000"), ("乙", "2026/3/4"), ("丙", "0000-00-00"), ("丁", "0"))
    assert values(table)["day"] == ["2025-12-09", "2026-03-04", None, None]


def test_headings_in_traditional_writing_are_the_same():
    assert normal("客戶名稱") == normal("客户名称")
    assert normal("預計成交日期") == normal("预计成交日期")


@pytest.mark.parametrize(
    ("heading", "both"),
    [("客户名称 Customer", ("客户名称", "Customer")), ("Amount（金额）", ("金额", "Amount")),
     ("金额 Amount (RMB)", ("金额", "Amount")),
     ("客户名称/Customer Name", ("客户名称", "Customer Name")), ("VIP客户", ()), ("联系人 ID", ()), ("客户 电话", ())],
)  # fmt: skip
def test_a_heading_in_two_languages_says_one_thing_twice(heading, both):
    assert halves(heading) == both


def test_halves_that_contradict_each_other_are_left_alone():
    columns = guessed(["合同名称 Contract", "合同名称 Amount"], KIND, {}).columns
    assert [column.target and column.target.name for column in columns] == ["name", None]


@pytest.mark.parametrize(
    ("text", "period"),
    [("10月", "2026-10"), ("三季度", "2026Q3"), ("Sept", "2026-09"), ("下半年", "2026H2"), ("Q2", "2026Q2"),
     ("汇总", None), ("mayor", None)],
)  # fmt: skip
def test_a_sheet_may_name_a_part_of_the_year_its_file_names(text, period):
    assert part_of(Period.parse("2026"), text) == (period and Period.parse(period))


@pytest.mark.parametrize(
    ("cell", "currency"),
    [("1 234,50 €", "EUR"), ("$12,400.00", "USD"), ("5 USD", "USD"), ("￥1.2万", ""), ("12万", None), ("-$5", "USD")],
)
def test_whose_money_a_sum_is_stands_before_or_after_it(cell, currency):
    assert currency_of(cell) == currency


@pytest.mark.parametrize("cells", [("12.5万", "￥80,000", "很多"), ("￥80,000", "1.2k", "12.5万元")])
def test_a_figure_with_its_unit_says_what_its_point_means_whatever_stands_before_it(cells):
    assert style(cells) == style(reversed(cells)) == Style()


def test_what_cannot_be_told_is_asked_by_the_first_cell_with_a_point_in_any_order():
    assert style(("80,000", "1.234")) == style(("1.234", "80,000")) == Style(is_sure=False, example="1.234")
    assert style(("1.234", "12,5万")) == Style(COMMA)


def test_groups_named_above_full_headings_are_part_of_them_and_no_cell_need_be_merged():
    rows = ("名称", "等级", "编号", "金额", "签订日期"), ("华鼎", "A", "HT01", 120000, date(2026, 11, 1))
    for groups in (("客户", "", "合同", "", ""), ("客户", "客户", "合同", "合同", "合同")):
        [table] = cut(groups, *rows, ("远大", "B", "HT02", 80000, date(2026, 11, 2)))
        assert table.heading == ("客户/名称", "客户/等级", "合同/编号", "合同/金额", "合同/签订日期")
        assert table.columns[0] == ["华鼎", "远大"]
        assert values(table)["amount"] == [12_000_000, 8_000_000]


@pytest.mark.parametrize(
    "above", [("合同台账", "", "单位：万元"), ("制表人:王芳", "", "销售部"), ("2026", "", "合同"), ("", "合同", "")]
)
def test_what_else_stands_above_a_table_names_no_groups(above):
    rows = ("甲", date(2026, 1, 2), 12), ("乙", date(2026, 1, 3), 5)
    [table] = cut(above, ("合同名称", "签订日期", "合同金额"), *rows)
    assert table.heading == ("合同名称", "签订日期", "合同金额")
    assert len(table.columns[0]) == 2


def test_headings_said_again_in_the_other_language_are_no_record():
    rows = ("甲", date(2026, 1, 2), 12), ("乙", date(2026, 1, 3), 5)
    chinese, english = ("合同名称", "签订日期", "合同金额"), ("Contract", "Signed on", "Amount")
    for one, other in ((chinese, english), (english, chinese)):
        [table] = cut(one, other, *rows)
        assert table.columns[0] == ["甲", "乙"]
        assert values(table)["amount"] == [1_200, 500]


def test_a_first_record_in_latin_letters_stays_a_record():
    [table] = cut(("合同名称", "签订日期", "合同金额"), ("Acme", "", 12), ("Tom", date(2026, 1, 3), 5))
    assert table.columns[0] == ["Acme", "Tom"]
    [table] = cut(("姓名", "部门"), ("Tom", "Sales"), ("Ann", "Sales"))
    assert table.columns[0] == ["Tom", "Ann"]
