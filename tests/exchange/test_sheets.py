"""What becomes of a file that is chosen: a table, or a clear sentence."""

import random
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.exchange.encoding import encoding_of
from desktopapp.exchange.sheets import read_file, read_text
from desktopapp.kernel.errors import Refused
from tests.exchange.samples import ROSTER, SAMPLES, needs_samples, refusal, text_file, workbook

COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32"])
def test_a_roster_reads_the_same_in_every_encoding(tmp_path, encoding):
    rows = ROSTER if encoding != "big5" else [("姓名", "手機", "入職日期"), *ROSTER[1:]]
    rows = [[cell.replace("张伟", "張偉") if encoding == "big5" else cell for cell in row] for row in rows]
    [table] = read_file(text_file(tmp_path, rows, encoding))
    assert table.heading == tuple(rows[0])
    assert table.rows == [tuple(row) for row in rows[1:]]
    assert list(table.numbers) == [2, 3]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", ":"])
def test_the_separator_is_the_one_that_cuts_evenly(tmp_path, separator):
    [table] = read_file(text_file(tmp_path, ROSTER, separator=separator))
    assert (table.separator, table.heading) == (separator, ROSTER[0])


def test_times_do_not_make_a_colon_the_separator(tmp_path):
    rows = [("客户", "时间"), *[(f"客户{at}", f"2026-01-0{at} 10:2{at}:00") for at in range(1, 9)]]
    assert read_file(text_file(tmp_path, rows))[0].separator == ","


@given(st.lists(st.text(st.sampled_from(COMMON), min_size=2, max_size=4), min_size=3, max_size=12))
def test_short_chinese_in_gb18030_is_not_taken_for_something_else(names):
    assert encoding_of("\n".join(["姓名", *names]).encode("gb18030")) == "gb18030"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("客戶名稱,聯絡電話\n華碩電腦,02-2894", "big5"), ("name,city\nJosé,Málaga", "cp1252"), ("a,b\n1,2", "utf-8")],
)
def test_other_encodings_are_told_apart(text, encoding):
    assert encoding_of(text.encode(encoding)) == encoding


def test_titles_above_the_headings_are_passed_over(tmp_path):
    rows = [("华东销售一部客户经理花名册", "", ""), ("填表日期：2026年11月", "", ""), *ROSTER]
    [table] = read_file(text_file(tmp_path, rows))
    assert table.heading == ROSTER[0]
    assert list(table.numbers) == [4, 5]


def test_empty_rows_are_left_out_and_the_numbers_stay_those_of_the_file(tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("姓名,手机\n\n张伟,1\n,,\n王芳,2\n\n", encoding="utf-8")
    [table] = read_file(path)
    assert table.rows == [("张伟", "1"), ("王芳", "2")]
    assert list(table.numbers) == [3, 5]


def test_short_rows_are_filled_and_long_ones_noted(tmp_path):
    path = tmp_path / "ragged.csv"
    path.write_text("姓名,手机,部门\n张伟\n王芳,2,三,四\n李娜,3,二,,\n", encoding="utf-8")
    [table] = read_file(path)
    assert table.rows == [("张伟", "", ""), ("王芳", "2", "三"), ("李娜", "3", "二")]
    assert table.over == ((3, "四"),)


def test_what_is_pasted_from_a_spreadsheet_is_a_table():
    table = read_text('姓名\t备注\n张伟\t"第一行\n第二行"\n')
    assert table.heading == ("姓名", "备注")
    assert table.rows == [("张伟", "第一行\n第二行")]


AT = datetime.fromisoformat("2026-01-02T03:04:05")


def test_a_workbook_keeps_dates_texts_and_whole_numbers(tmp_path):
    rows = [
        ("编号", "手机", "金额", "日期", "时间", "在职"),
        ("00123", 13800000002, 1234.5, date(2026, 1, 2), AT, True),
    ]
    [table] = read_file(workbook(tmp_path, rows))
    assert table.rows == [("00123", 13800000002, 1234.5, date(2026, 1, 2), AT, True)]
    assert isinstance(table.rows[0][1], int)


def test_a_workbook_is_found_from_where_the_owner_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(workbook(tmp_path, ROSTER).parent)
    assert read_file(Path("made.xlsx"))[0].heading == ROSTER[0]


def test_every_sheet_with_a_table_is_read(tmp_path):
    tables = read_file(workbook(tmp_path, ROSTER, [("只有一句话",)], ROSTER))
    assert [(table.name, table.heading) for table in tables] == [("Sheet1", ROSTER[0]), ("Sheet3", ROSTER[0])]


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path):
    path = workbook(tmp_path, ROSTER).rename(tmp_path / "roster.csv")
    assert read_file(path)[0].heading == ROSTER[0]


def test_an_empty_file_is_refused(tmp_path, en):
    path = tmp_path / "nothing.csv"
    path.touch()
    assert refusal(path, en) == "“nothing.csv” is empty."
    path.write_text("\n\n , \n" * 3)
    assert "no headings with rows under them" in refusal(path, en)


def test_headings_alone_are_no_table(tmp_path, en):
    assert "no headings with rows under them" in refusal(text_file(tmp_path, ROSTER[:1]), en)


def test_nothing_pasted_is_refused(en):
    with pytest.raises(Refused) as no:
        read_text("  \n")
    assert en.text(no.value.message) == "There is nothing to take in."


@pytest.mark.parametrize("name", ["roster.pdf", "photo.png", "backup.zip", "letter.docx"])
def test_a_file_of_another_kind_is_refused(tmp_path, en, name):
    path = tmp_path / name
    path.write_bytes(b"whatever")
    assert refusal(path, en).startswith(f"“{name}” is no table.")


def test_bytes_that_are_no_text_are_refused(tmp_path, en):
    path = tmp_path / "noise.csv"
    path.write_bytes(bytes(random.Random(1).randrange(256) for _ in range(5000)))
    assert "is no table" in refusal(path, en)


def test_a_text_with_a_few_broken_bytes_is_refused_and_not_guessed(tmp_path, zh):
    path = tmp_path / "员工.csv"
    path.write_bytes("姓名,手机\n张伟,13900000000\n".encode() * 9 + b"\xff\x81\x9f\n")
    assert refusal(path, zh) == "“员工.csv”的文字编码无法识别。请在 Excel 或 WPS 中另存为 XLSX 后重新选择。"


def test_a_web_page_under_another_name_is_refused(tmp_path, en):
    path = tmp_path / "report.xls"
    path.write_text("<html><table><tr><td>姓名</td></tr></table></html>", encoding="utf-8")
    assert "web page" in refusal(path, en)


def test_a_file_that_is_not_there_is_refused(tmp_path, en):
    assert "cannot be opened" in refusal(tmp_path / "gone.csv", en)


def test_a_quotation_mark_never_closed_is_refused(tmp_path, en):
    path = tmp_path / "quote.csv"
    path.write_text('姓名,备注\n张伟,"' + "很长" * 100_000, encoding="utf-8")
    assert "quotation mark" in refusal(path, en)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_more_than_two_hundred_columns_are_refused(tmp_path, en, kind):
    rows = [[f"列{at}" for at in range(201)], range(201)]
    path = text_file(tmp_path, rows) if kind == "csv" else workbook(tmp_path, rows)
    assert refusal(path, en) == "This file has more than 200 columns, so it is not a table that can be taken in."
    narrow = [row[:200] for row in rows]
    assert len(read_file(text_file(tmp_path, narrow, name="narrow.csv"))[0].heading) == 200


def bomb(path, members, size):
    """A workbook whose parts unpack to far more than they weigh."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for at in range(members):
            packed.writestr(f"xl/worksheets/sheet{at}.xml", b"0" * size)
    return path


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, en):
    assert "unpacks to far more" in refusal(bomb(tmp_path / "big.xlsx", 3, 70_000_000), en)
    assert "unpacks to far more" in refusal(bomb(tmp_path / "many.xlsx", 2_001, 1), en)
    assert "unpacks to far more" in refusal(bomb(tmp_path / "dense.xlsx", 1, 50_000_000), en)


def test_a_workbook_over_the_limit_is_refused(tmp_path, en, monkeypatch):
    monkeypatch.setattr("desktopapp.exchange.sheets.BOOK_BYTES", 1 << 10)
    assert "Split it" in refusal(workbook(tmp_path, ROSTER), en)


@pytest.mark.parametrize("cut", [40, 400, 4000])
def test_a_workbook_cut_short_is_refused(tmp_path, en, cut):
    path = workbook(tmp_path, ROSTER)
    path.write_bytes(path.read_bytes()[:cut])
    assert "damaged" in refusal(path, en)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path, en):
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    assert "cannot be read" in refusal(path, en)


@needs_samples
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("password_protected.xlsx", "This workbook has a password."),
    ],
)
def test_real_files_that_cannot_be_used_say_so(en, name, sentence):
    assert refusal(SAMPLES / name, en).startswith(sentence)


@needs_samples
@pytest.mark.parametrize(
    ("name", "first", "rows", "heading"),
    [
        ("csv_utf16le_bom.csv", 2, 2, ("column1", "column2")),
        ("excel3_biff3_not_ole.xls", 6, 24, ("1/", "")),
        ("excel_1904_dates.xls", 1, 1, ("A", "B")),
        ("krayin_leads.csv", 2, 2, ("id", "title")),
        ("latin1.csv", 2, 2, ("a", "b")),
        ("people_dmy_text_dates.xlsx", 2, 9, ("0", "First Name")),
        ("quoted_newline_in_header.csv", 2, 1, ("start end", "b")),
        ("sf_account_api_names.csv", 2, 423, ("ID", "ISDELETED")),
        ("two_tables_side_by_side.xlsx", 5, 4, ("Latitude", "Longitude")),
        ("us_thousands_quoted.csv", 2, 52, ("State Name", "State Abbreviate")),
        ("us_title_rows_above_header.csv", 4, 53, ("State Name", "State Abbreviate")),
        ("wrong_dimension_tag.xlsx", 2, 3, ("PN", "Qty")),
        ("zh_bom_header.csv", 2, 10, ("字符串标题", "日期标题")),
        ("zh_header_gb18030_transcoded.csv", 2, 10, ("字符串标题", "日期标题")),
        ("zh_instruction_row_template.xls", 3, 1, ("材质*", "等级")),
        ("zh_provinces.xls", 2, 3, ("Provinces in China", "Chinese Name")),
        ("zh_title_row_merged.xlsx", 3, 1, ("序号", "原料编号")),
    ],
)
def test_real_files_are_cut_at_their_headings(name, first, rows, heading):
    table = read_file(SAMPLES / name)[0]
    assert (table.heading[:2], table.numbers[0], len(table.rows)) == (heading, first, rows)
