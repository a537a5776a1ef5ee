"""Tables out of the program: for Excel, harmless, and the same when they come back."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktopapp.exchange.export import guarded, unguarded, write_csv
from desktopapp.exchange.mapping import Target, mapped, read
from desktopapp.exchange.sheets import read_file
from desktopapp.kernel.clean import clean_line
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import N_
from desktopapp.kernel.money import Money
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
