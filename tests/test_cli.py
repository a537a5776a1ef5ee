"""The commands without a window: what they say, what they leave behind, and their exit codes."""

import gettext
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import apsw
import pypdfium2
import pytest

from desktopapp import cli
from desktopapp.areas import TABLES
from desktopapp.sales.models import Deal
from desktopapp.storage import DB, close_file, open_file
from desktopapp.storage.file import NAME
from desktopapp.team import queries as team
from desktopapp.team import service as team_service

DAY = "2026-11-23"
DEALS = """商机编号,商机名称,客户名称,负责人,阶段,商机金额,预计成交日期
S1,货架采购,苏州华鼎,张伟,商务谈判,"120,000",2026-12-20
S2,照明改造,上海恒泰,小王,赢单,80000,2026-11-02
"""


@pytest.fixture(autouse=True)
def spoken_here(monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A folder the demo has filled."""
    folder = tmp_path_factory.mktemp("demo")
    assert cli.main(["demo", str(folder), "--today", DAY]) == 0
    return folder


@pytest.fixture
def firm(tmp_path):
    """The data folder of a firm of two."""
    folder = tmp_path / "data"
    open_file(folder, TABLES)
    team_service.name_firm(name="远航商贸")
    team_service.add(name="张伟", today=date(2026, 11, 23))
    team_service.add(name="王芳", today=date(2026, 11, 23))
    close_file()
    return folder


def do(*arguments, data=None):
    """A command; its exit code."""
    return cli.main([*map(str, arguments), *(("--data", str(data)) if data else ()), "--today", DAY])


def words(path):
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_the_demo_makes_data_and_every_paper_in_every_language(shown):
    assert (shown / "data" / NAME).exists()
    papers = {path.name for path in shown.glob("*.pdf")}
    assert papers == {
        f"{name}-{language}{blank}.pdf"
        for language in ("zh", "en", "both")
        for name, blank in (
            ("review-forms-2026Q3", ""), ("review-forms-2026Q3", "-blank"),
            (f"roster-{DAY}", ""), (f"daily-list-{DAY}", ""),
        )
    }  # fmt: skip
    filled, blank = (words(shown / f"review-forms-2026Q3-zh{end}.pdf") for end in ("", "-blank"))
    assert "季度签约额" in filled
    assert "季度签约额" not in blank
    assert "张伟" in blank


def test_the_demo_can_be_repeated_but_leaves_other_data_alone(tmp_path, firm, capsys):
    for _ in range(2):
        assert do("demo", tmp_path / "shown") == 0
    assert do("demo", tmp_path) == 2
    assert "已有其他数据" in capsys.readouterr().err


def test_the_same_demo_gives_the_same_papers(shown, tmp_path):
    assert do("demo", tmp_path) == 0
    for path in shown.glob("*.pdf"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_one_person_can_be_printed_alone(shown, tmp_path):
    out = tmp_path / "new" / "place"
    asked = ("print", "review-forms", "--period", "2026q3", "--lang", "both", "--out", out, "--person", "欧阳静")
    assert do(*asked, data=shown / "data") == 0
    text = words(out / "review-forms-2026Q3-both-欧阳静.pdf")
    assert "欧阳静" in text
    assert "曾国强" not in text


def test_blank_forms_need_no_round(firm, tmp_path):
    assert do("print", "review-forms", "--period", "2027Q1", "--blank", "--out", tmp_path, data=firm) == 0
    assert "张伟" in words(tmp_path / "review-forms-2027Q1-zh-blank.pdf")


def test_the_roster_and_the_daily_list_print(shown, tmp_path, capsys):
    assert do("print", "roster", "--out", tmp_path, data=shown / "data") == 0
    assert do("print", "daily", "--lang", "en", "--out", tmp_path, data=shown / "data") == 0
    assert "冼美琪" in words(tmp_path / f"roster-{DAY}-zh.pdf")
    assert "Monday" in words(tmp_path / f"daily-list-{DAY}-en.pdf")
    assert "已生成" in capsys.readouterr().out


@pytest.mark.parametrize("paper", ["roster", "daily", "review-forms"])
def test_a_character_no_font_draws_is_told_with_whose_it_is(firm, tmp_path, capsys, paper):
    open_file(firm, TABLES)
    for name in ("王𫚉", "㛃䶮", "马𬱖𫖯"):
        team_service.add(name=name, today=date(2026, 11, 23))
    close_file()
    asked = ("--period", "2026Q4", "--blank") if paper == "review-forms" else ()
    assert do("print", paper, *asked, "--out", tmp_path, data=firm) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "王𫚉：现有字体缺少这些字：𫚉"
    assert [line[:3] for line in told[1:]] == ["已生成"]


def test_what_is_printed_is_logged_and_nothing_is_overwritten(firm, tmp_path):
    asked = ("print", "review-forms", "--period", "2027Q1", "--blank", "--out", tmp_path)
    assert do(*asked, data=firm) == 0
    assert do(*asked, data=firm) == 0
    assert do("print", "daily", "--out", tmp_path, data=firm) == 0
    open_file(firm, TABLES)
    logged = [(row.form, row.people, str(row.period), row.pages, row.file) for row in team.prints(9)]
    close_file()
    name = "review-forms-2027Q1-zh-blank"
    assert logged == [
        ("DL-01", 0, "None", 1, f"daily-list-{DAY}-zh.pdf"),
        ("PF-01", 2, "2027Q1", 4, f"{name} (2).pdf"),
        ("PF-01", 2, "2027Q1", 4, f"{name}.pdf"),
    ]
    assert (tmp_path / f"{name} (2).pdf").read_bytes() == (tmp_path / f"{name}.pdf").read_bytes()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("review-forms",), "--period"),
        (("review-forms", "--period", "2026Q9"), "2026Q3"),
        (("review-forms", "--period", "2031Q1"), "没有绩效评估"),
        (("review-forms", "--period", "2026Q3", "--person", "无此人"), "无此人"),
    ],
)
def test_what_cannot_be_printed_is_said_plainly(shown, tmp_path, capsys, asked, why):
    assert do("print", *asked, "--out", tmp_path, data=shown / "data") == 2
    told = capsys.readouterr().err
    assert why in told
    assert "Traceback" not in told
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_folder_that_cannot_be_made_is_named(firm, tmp_path, capsys):
    (tmp_path / "taken").write_text("a file")
    assert do("print", "roster", "--out", tmp_path / "taken" / "below", data=firm) == 2
    assert "taken" in capsys.readouterr().err


def test_a_file_is_taken_in_and_its_counts_told(firm, tmp_path, capsys):
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    assert do("import", file, "--owner", "小王=王芳", data=firm) == 0
    told = capsys.readouterr().out
    assert "2 行" in told
    assert "新增 2" in told
    open_file(firm, TABLES)
    owners = {deal.name: deal.person.name for deal in Deal.select()}
    close_file()
    assert owners == {"货架采购": "张伟", "照明改造": "王芳"}


def test_an_owner_nobody_knows_is_asked_for_and_the_rest_comes_in(firm, tmp_path, capsys):
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    assert do("import", file, data=firm) == 0
    assert "小王" in capsys.readouterr().out
    assert do("import", file, "--owner", "小王=", data=firm) == 0
    assert "不变 2" in capsys.readouterr().out


def test_rejected_rows_are_named_and_give_code_one(firm, tmp_path, capsys):
    file = tmp_path / "deals.csv"
    file.write_text(DEALS + "S3,坏日期,某客户,张伟,报价,一千二,2026-02-30\n", encoding="utf-8")
    assert do("import", file, data=firm) == 1
    told = capsys.readouterr().out
    assert "拒绝 1 行" in told
    assert "第 4 行" in told
    assert "新增 2" in told


def test_a_list_of_people_is_taken_in(firm, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text("姓名,手机\n李娜,13800000005\n张伟,13800000002\n王芳,\n", encoding="gb18030")
    assert do("import", "--roster", file, data=firm) == 0
    assert "新增 1，更新 1，不变 1" in capsys.readouterr().out
    open_file(firm, TABLES)
    assert {row.name: row.phone for row in team.people()} == {"李娜": "13800000005", "张伟": "13800000002", "王芳": ""}
    close_file()


@pytest.mark.parametrize(
    ("name", "content", "more"),
    [("empty.csv", b"", ()), ("x.csv", b"a,b\n1,2\n", ()), ("deals.csv", DEALS.encode(), ("--owner", "小王"))],
    ids=["empty", "unknown headings", "owner without a name"],
)
def test_what_cannot_be_taken_in_changes_nothing(firm, tmp_path, capsys, name, content, more):
    (tmp_path / name).write_bytes(content)
    assert do("import", tmp_path / name, *more, data=firm) == 2
    assert capsys.readouterr().err.strip()
    open_file(firm, TABLES)
    assert Deal.select().count() == 0
    close_file()


def test_a_file_that_is_not_there_is_said(firm, tmp_path, capsys):
    assert do("import", tmp_path / "no.csv", data=firm) == 2
    assert "no.csv" in capsys.readouterr().err


def test_sound_data_is_said_to_be_sound_in_the_language_asked_for(shown, capsys, monkeypatch):
    assert do("check", data=shown / "data") == 0
    assert "完好" in capsys.readouterr().out
    assert do("check", "--lang", "en", data=shown / "data") == 0
    assert "The data is sound." in capsys.readouterr().out
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert do("check", data=shown / "data") == 0
    assert "The data is sound." in capsys.readouterr().out


def test_a_review_changed_behind_the_back_of_the_program_is_found(tmp_path, capsys):
    assert do("demo", tmp_path) == 0
    open_file(tmp_path / "data", TABLES)
    key = DB.key
    close_file()
    connection = apsw.Connection(str(tmp_path / "data" / NAME))
    connection.execute("pragma cipher='aegis'")
    connection.execute(f'pragma key="raw:{key}"')
    connection.execute("update signature set document = replace(document, '5', '4') where number = 1")
    connection.close()
    assert do("check", data=tmp_path / "data") == 1
    assert "签字时不一致" in capsys.readouterr().out


def test_damaged_data_is_refused_and_left_alone(firm, capsys):
    (firm / NAME).write_bytes(b"not ours" * 1000)
    assert do("check", data=firm) == 2
    assert "损坏" in capsys.readouterr().err
    assert (firm / NAME).read_bytes() == b"not ours" * 1000


def test_data_that_is_open_elsewhere_is_refused(firm):
    """In a process of its own, as the program that has it open is another."""
    open_file(firm, TABLES)
    try:
        told = refused_elsewhere(firm)
    finally:
        close_file()
    assert told == "The program is already open with this data. Use that window, or close it first."


def test_a_folder_that_cannot_be_made_is_told_by_the_first_thing_a_process_does(tmp_path):
    """In a process that never had a file open, as a start of the program is."""
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "data"
    assert refused_elsewhere(folder) == f"The folder {folder} cannot be written. Choose another place."


def refused_elsewhere(folder):
    """What `check` in a process of its own says it could not do."""
    command = [sys.executable, "-m", "desktopapp", "check", "--data", str(folder), "--lang", "en"]
    done = subprocess.run(
        command, cwd=Path(cli.__file__).parents[1], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.strip()


def test_wrong_usage_gives_code_two(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["print", "everything"])
    assert ended.value.code == 2
    assert "everything" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((), "teamhelm：缺少：命令"),
        (("fetch",), "teamhelm：参数 命令：没有 'fetch'，可选："),
        (("print",), "teamhelm print：缺少：what"),
        (("check", "--data"), "teamhelm check：参数 --data：后面要有一项"),
        (("check", "--fast"), "teamhelm：不认识：--fast"),
        (("check", "--lang", "fr"), "teamhelm check：参数 --lang：没有 'fr'，可选：'zh', 'en'"),
        (("import",), "teamhelm import：缺少：文件"),
        (("import", "--roster=1", "x"), "teamhelm import：参数 --roster：不带值，'1' 是多余的"),
        (("import", "--ro", "--o", "x"), "teamhelm import：缺少：文件"),
    ],
)
def test_a_slip_in_a_command_is_told_in_the_owner_s_language(capsys, typed, said):
    with pytest.raises(SystemExit) as ended:
        cli.main(typed)
    usage, _, told = capsys.readouterr().err.rstrip().rpartition("\n")
    assert (ended.value.code, told[: len(said)]) == (2, said)
    assert usage.startswith("用法：")
    with pytest.raises(SystemExit):
        cli.main([*typed, "--lang", "en"] if typed and "--lang" not in typed else ["--nothing", "--lang", "en"])
    assert "error: " in capsys.readouterr().err


def test_the_words_of_other_programs_are_left_as_they_were(monkeypatch, capsys):
    monkeypatch.setenv("LANGUAGE", "de")
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert (os.environ["LANGUAGE"], gettext.textdomain()) == ("de", "messages")


def test_help_is_in_the_owners_language(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "导入 CRM 导出的文件或员工名单" in capsys.readouterr().out


def test_nothing_stays_open_after_a_command(firm):
    do("check", data=firm)
    do("print", "review-forms", data=firm)
    open_file(firm, TABLES)
    assert [row.name for row in team.people()] == ["王芳", "张伟"]
    close_file()


def test_the_folder_may_be_named_before_the_command_or_after_it(tmp_path, capsys):
    assert cli.main(["--data", str(tmp_path / "one"), "check"]) == 0
    assert cli.main(["check", "--data", str(tmp_path / "two")]) == 0
    assert (tmp_path / "one" / "teamhelm.db").exists()
    assert (tmp_path / "two" / "teamhelm.db").exists()
