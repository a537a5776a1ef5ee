"""Every sample file goes through the door an owner's file goes through, and what becomes of it is said."""

from datetime import date

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import replace
from desktopapp.sales import imports
from tests.exchange.samples import SAMPLES, needs_samples, text_file, workbook

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("file")

TAKEN = {
    "krayin_leads.csv": ("deal", "krayin", "utf-8", 2, 0),
    "krayin_persons.csv": ("contact", "krayin", "utf-8", 2, 0),
    "sf_account_api_names.csv": ("account", "salesforce", "cp1252", 423, 0),
    "sf_opportunity_api_names.csv": ("deal", "salesforce", "utf-8", 38, 0),
    "upsert_accounts.csv": ("account", "salesforce", "utf-8", 100, 0),
}
"""What is taken in by itself: content, system, encoding, new rows, rejected rows."""
LEFT = {
    "csv_utf16le_bom.csv": ("", "utf-16", "could not be made out"),
    "dates_mdY_timezone.csv": ("", "utf-8", "could not be made out"),
    "excel3_biff3_not_ole.xls": ("", "", "could not be made out"),
    "excel_1904_dates.xls": ("", "", "could not be made out"),
    "latin1.csv": ("", "cp1252", "could not be made out"),
    "people_dmy_text_dates.xlsx": ("contact", "", "It may be “Contacts”"),
    "quoted_newline_in_header.csv": ("", "utf-8", "could not be made out"),
    "rows_100k.csv": ("", "utf-8", "could not be made out"),
    "sf_dataloader_error_log.csv": ("deal", "utf-8", "(column “ERROR”), so it is a log"),
    "sf_dataloader_success_log.csv": ("deal", "utf-8", "(column “STATUS”), so it is a log"),
    "two_tables_side_by_side.xlsx": ("", "", "could not be made out"),
    "us_thousands_quoted.csv": ("", "utf-8", "could not be made out"),
    "us_title_rows_above_header.csv": ("", "utf-8", "could not be made out"),
    "wrong_dimension_tag.xlsx": ("", "", "could not be made out"),
    "zh_bom_header.csv": ("", "utf-8", "could not be made out"),
    "zh_dates_money_formats.xlsx": ("", "", "could not be made out"),
    "zh_header_gb18030_transcoded.csv": ("", "gb18030", "could not be made out"),
    "zh_instruction_row_template.xls": ("product", "", "empty form with an example"),
    "zh_provinces.xls": ("", "", "could not be made out"),
    "zh_title_row_merged.xlsx": ("", "", "could not be made out"),
}
"""What is shown and left out: what it may be, encoding, and why it is left out."""
REFUSED = {"password_protected.xlsx": "This workbook has a password."}


def examined(*paths):
    drop = imports.look(paths)
    return drop, imports.examine(drop, today=TODAY)


@needs_samples
def test_no_sample_is_without_a_stated_outcome():
    assert {path.name for path in SAMPLES.iterdir()} == {*TAKEN, *LEFT, *REFUSED}


@needs_samples
@pytest.mark.parametrize("name", TAKEN)
def test_what_is_plainly_records_comes_in(name):
    drop, found = examined(SAMPLES / name)
    [part] = drop.parts
    assert part.taken
    told = part.entity, part.system, part.table.encoding, found.counts.new + found.counts.twice, found.counts.rejected
    assert told == TAKEN[name]
    assert not found.is_asking


@needs_samples
@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_plainly_records_is_left_out_with_the_reason(name, en):
    drop, found = examined(SAMPLES / name)
    part = drop.parts[0]
    entity, encoding, why = LEFT[name]
    assert (part.taken, part.entity, part.table.encoding) == (False, entity, encoding)
    assert why in en.text(part.why_not)
    assert found.deliveries == ()


@needs_samples
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_opened_says_why(name, en):
    with pytest.raises(Refused) as no:
        imports.look([SAMPLES / name])
    assert en.text(no.value.message).startswith(REFUSED[name])


@needs_samples
def test_all_samples_in_one_drop_come_to_the_same(en):
    drop, found = examined(SAMPLES)
    assert {part.source.name for part in drop.parts if part.taken} == {*TAKEN}
    assert [(each.name, en.text(each.why)[:28]) for each in drop.skipped] == [
        ("password_protected.xlsx", "This workbook has a password")
    ]
    assert found.counts.rejected == 0


@needs_samples
def test_of_several_addresses_in_one_cell_the_first_is_taken_and_the_others_are_kept():
    _, found = examined(SAMPLES / "krayin_persons.csv")
    columns = found.deliveries[0].content.columns
    assert columns["email"] == ["contact@wilson.com", "contact@sasha.com"]
    assert columns["phone"] == ["5454445454", "15454445454"]
    assert "contact.home@wilson.com" in columns["extra"][0]


PEOPLE = ("联系人编号", "姓名", "公司名称", "职务", "手机")


def test_a_blank_form_with_an_example_is_left_out_until_it_is_filled_in(tmp_path, en):
    above = ("客户联系人导入模板：带*为必填",)
    row = ("1", "张三", "华鼎机电", "经理", "13800000000")
    blank, _ = examined(workbook(tmp_path, [above, PEOPLE, row], name="blank.xlsx"))
    assert not blank.parts[0].taken
    assert "empty form" in en.text(blank.parts[0].why_not)
    filled, found = examined(workbook(tmp_path, [above, PEOPLE, *[row] * 4], name="filled.xlsx"))
    assert filled.parts[0].taken
    assert found.counts.rows == 4


def test_a_row_that_is_called_an_example_is_no_record(tmp_path):
    rows = [PEOPLE, ("示例：1", "张三", "某公司", "经理", "13800000000"), *[("7", "李四", "华鼎", "总监", "139")] * 4]
    drop, _ = examined(text_file(tmp_path, rows))
    assert [aside.row for aside in drop.parts[0].table.aside] == [2]


@pytest.mark.parametrize(
    ("heading", "cell", "is_log"),
    [("错误详情", "手机号重复", True), ("错误详情", "", False), ("处理结果", "导入成功", True), ("状态", "正常", False),
     ("sf__Error", "DUPLICATE_VALUE", True)],
)  # fmt: skip
def test_the_log_of_a_program_is_told_by_what_it_notes_beside_each_row(tmp_path, heading, cell, is_log):
    rows = [(*PEOPLE, heading), *[("7", "李四", "华鼎", "总监", "139", cell)] * 5]
    drop, _ = examined(text_file(tmp_path, rows))
    assert drop.parts[0].taken is not is_log


def test_what_is_doubtful_comes_in_once_it_is_said_to_be_meant(tmp_path):
    rows = [("First Name", "Last Name", "Id", "Gender", "Country", "Age", "Date"),
            *(("Dulce", f"Abril{at}", str(at), "F", "US", "32", "15/10/2017") for at in range(5))]  # fmt: skip
    path = text_file(tmp_path, rows)
    drop, _ = examined(path)
    [part] = drop.parts
    assert not part.taken
    said = {part.key: replace(part.answers, entity="contact", taken=True)}
    again = imports.look([path], said, drop)
    assert again.parts[0].taken


def test_a_table_without_headings_goes_by_letters(tmp_path):
    drop, _ = examined(text_file(tmp_path, [("2026-01-01", "5"), ("2026-01-02", "6"), ("2026-01-03", "7")]))
    [part] = drop.parts
    assert (part.table.heading, part.table.depth, len(part.table.numbers)) == (("A", "B"), 0, 3)
