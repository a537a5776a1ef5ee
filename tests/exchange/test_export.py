"""Tables out of the program: for Excel, harmless, and the same when they come back."""

import csv
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktopapp.exchange import export
from desktopapp.exchange.export import guarded, unguarded, write_csv, write_xlsx
from desktopapp.exchange.headings import Target, mapped
from desktopapp.exchange.mapping import read
from desktopapp.exchange.sheets import read_file
from desktopapp.kernel.clean import clean_line
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.storage.fields import Text

DANGEROUS = [
    "=1+1", "+86", "-3", "@SUM(A1)", "＝1", "＋1", "－1", "＠a", "\t=1", "\r=1", "\n=1",
    " =1", "'=1", "\x00=1", "\u200b=1",
]  # fmt: skip


def test_a_table_opens_in_excel_by_double_click(tmp_path):
    path = tmp_path / "out.csv"
    rows = [("张伟", Money(-123_450), date(2026, 1, 2), Decimal("0.5"), None)]
    assert write_csv(path, ("姓名", "金额", "日期", "比例", "备注"), rows) == 1
    assert path.read_bytes() == (
        b"\xef\xbb\xbf" + '"姓名","金额","日期","比例","备注"\r\n"张伟","-1234.50","2026-01-02","0.5",""\r\n'.encode()
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_runs_as_a_formula(tmp_path, text):
    write_csv(tmp_path / "out.csv", ("x",), [(text,)])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        [_, [cell]] = csv.reader(file)
    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["王芳", "a=b", "1-2", "it's", "'quoted'", ""])
def test_harmless_text_is_left_alone(text):
    assert guarded(text) == text


@given(st.text(st.sampled_from("=+-@'＝ \t\n a张")))
@example("''=1")
def test_guarding_can_be_undone(text):
    assert unguarded(guarded(text)) == text


@given(names=st.lists(st.text(min_size=1, max_size=20).filter(lambda text: clean_line(text)), min_size=1, max_size=5))
@example(names=["=cmd|'/C calc'!A0", "'-1", "<b>&😀"])
def test_what_goes_out_comes_back(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("out") / "names.csv"
    write_csv(path, ("名称",), [(name,) for name in names])
    target = Target("name", Text(verbose_name=N_("Name")), (), ("名称",))
    [table] = read_file(path)
    assert list(read(table, mapped(table.heading, (target,), {})).values["name"]) == list(map(clean_line, names))


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path, en):
    path = tmp_path / "out.csv"
    path.mkdir()
    with pytest.raises(Fault) as no:
        write_csv(path, ("x",), [("y",)])
    assert en.text(no.value.message) == "“out.csv” cannot be written. Close it in Excel or choose another place."
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


class Stopped(Exception):
    pass


def opened(path):
    """What a spreadsheet reads, and the sheet as it stands in the file."""
    book = CalamineWorkbook.from_path(path)
    with zipfile.ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    return book.sheet_names, book.get_sheet_by_index(0).to_python(), sheet


def test_a_workbook_holds_figures_as_figures_and_texts_as_texts(tmp_path):
    path = tmp_path / "out.xlsx"
    rows = [("=1+1", Money(-123_450), date(2026, 1, 2), Share("0.855"), Decimal("3.5"), 7, None, "0012")]
    heading = ("名称", "金额", "日期", "比例", "数", "计数", "备注", "编号")
    assert write_xlsx(path, heading, rows, name="商机: [2026]", widths=[20] * 8) == 1
    names, [first, second], sheet = opened(path)
    assert names == ["商机   2026"]
    assert tuple(first) == heading
    assert second == ["=1+1", -1234.5, date(2026, 1, 2), 0.855, 3.5, 7.0, "", "0012"]
    assert "<f>" not in sheet
    assert '<autoFilter ref="A1:H2"/>' in sheet
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_of_a_workbook_is_a_formula(tmp_path, text):
    write_xlsx(tmp_path / "out.xlsx", ("x",), [(text,)])
    _, _, sheet = opened(tmp_path / "out.xlsx")
    assert "<f>" not in sheet
    assert 't="inlineStr"' in sheet


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(clean_line), min_size=1))
@example(["_x0041_", "=cmd|'/C calc'!A0", "<b>&😀"])
def test_a_workbook_read_again_holds_what_was_written(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("out") / "out.xlsx"
    wanted = [clean_line(text) for text in texts]
    write_xlsx(path, ("x",), [(text,) for text in wanted])
    assert [cell for [cell] in opened(path)[1]] == ["x", *wanted]


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    with pytest.raises(Refused):
        write_xlsx(tmp_path / "out.xlsx", ("x",), [(n,) for n in range(3)])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_file_that_is_stopped_midway_leaves_the_old_one_as_it_was(tmp_path, write):
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def rows():
        yield ("a",)
        raise Stopped

    with pytest.raises(Stopped):
        write(path, ("x",), rows())
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_workbook_that_cannot_be_written_is_said(tmp_path, en):
    path = tmp_path / "out.xlsx"
    path.mkdir()
    with pytest.raises(Fault) as no:
        write_xlsx(path, ("x",), [("y",)])
    assert "out.xlsx" in en.text(no.value.message)
