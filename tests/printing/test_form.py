"""Forms on paper, judged by what a reader finds on it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import Both, M
from desktopapp.printing.form import BLANK, Booklet, Filled, Tick
from desktopapp.printing.spec import Fields, Signatures, Table, forms
from tests.printing.conftest import AT, LANGUAGES, Paper, Printer
from tests.printing.filled import DIMENSIONS, review

CODES = tuple(forms())


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_form_prints_blank_on_its_pages(printed: Printer, code: str, languages: str) -> None:
    paper = printed(code, languages=languages)
    assert len(paper.pages) == forms()[code].pages


@pytest.mark.parametrize("code", CODES)
def test_every_label_and_heading_is_on_the_paper_whole(printed: Printer, code: str) -> None:
    flat = printed(code, languages="both").flat
    for section in forms()[code].sections:
        for each in labels(section):
            assert "".join(each.zh.split()) in flat
            assert "".join(each.en.split()) in flat


def labels(section: object) -> list[Both]:
    if isinstance(section, Fields):
        return [section.title, *section.labels]
    if isinstance(section, Table):
        return [section.title, *(column.label for column in section.columns)]
    return [each for each in section.cells if "{" not in each.zh] if isinstance(section, Signatures) else []


def test_a_filled_form_carries_its_values(printed: Printer) -> None:
    flat = printed("PF-01", review("曾国强")).flat
    for value in ("曾国强", "2021年11月23日", "2026年第三季度", "¥1,342,500.50", "111.8%", "82.4", "维度7", "合计"):
        assert value in flat


def test_both_languages_stand_on_one_sheet(printed: Printer) -> None:
    text = printed("PF-01", review(), languages="both").text
    for each in ("客户经理季度绩效评估表", "Account manager quarterly review", "评估维度", "Dimension", "维度3",
                 "Dimension 3", "第 1 页 共 2 页", "Page 1 of 2"):
        assert each in text


def test_one_language_shows_nothing_of_the_other(printed: Printer) -> None:
    assert not re.search("[\u4e00-\u9fff]", printed("PF-01", languages="en").text.replace("远航科技有限公司", ""))
    assert "Account manager" not in printed("PF-01").text


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with Booklet(tmp_path / name, LANGUAGES["both"], company="远航", printed=AT) as booklet:
            booklet.form("PF-01", review(), bookmark="曾国强")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_booklet_has_a_bookmark_a_person_and_counts_pages_by_form(tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    with Booklet(path, LANGUAGES["zh"], printed=AT) as booklet:
        for name in ("张伟", "赵𫖯", "R&D <b>王</b>"):
            booklet.form("PF-01", review(name), bookmark=name, subject=name)
    paper = Paper(path)
    assert paper.bookmarks == ["张伟", "赵𫖯", "R&D <b>王</b>"]
    assert ["第 1 页 共 2 页" in page for page in paper.pages] == [True, False] * 3
    assert ["第 2 页 共 2 页" in page for page in paper.pages] == [False, True] * 3
    assert "赵𫖯" in paper.pages[3]  # a loose second page says whose it is


def test_the_margins_name_company_form_and_time(printed: Printer) -> None:
    for page in printed("PF-01").pages:
        for each in ("远航科技有限公司", "PF-01 · v1", "打印时间 2026年11月23日 09:30"):
            assert each in page


def test_the_file_says_nothing_of_the_person(printed: Printer) -> None:
    about = printed("PF-01", review("赵某某"), bookmark="赵某某", subject="赵某某").about
    assert about["Title"] == "客户经理季度绩效评估表"
    assert about["Author"] == "远航科技有限公司"
    assert "赵某某" not in "".join(about.values())


def test_a_long_table_repeats_its_heading_on_every_page(printed: Printer) -> None:
    people = [(None, f"员工{nth}", *(None,) * 9) for nth in range(1, 61)]
    paper = printed("TE-01", Filled(rows={"People": people}))
    assert len(paper.pages) > 1
    assert all("紧急联系人" in page for page in paper.pages)
    assert [f"员工{nth}" in paper.flat for nth in range(1, 61)] == [True] * 60


def test_rows_are_numbered_where_the_caller_leaves_it_open(printed: Printer) -> None:
    page = printed("TE-01", Filled(rows={"People": [(None, name, *(None,) * 9) for name in ("甲", "乙")]})).flat
    assert "1甲" in page
    assert "2乙" in page


@pytest.mark.parametrize("length", [0, 400, 900, 1400, 1900, 2400])
def test_the_signatures_and_their_note_are_never_parted(printed: Printer, length: int) -> None:
    long = "本季度该客户经理表现突出，建议继续关注应收账款周期。" * (length // 25)
    filled = replace(review(), texts={
        "8. Reviewer's overall comment and expectations": long, "9. Employee comment: agree or not, and why": long})
    pages = printed("PF-01", filled).pages
    signed = [page for page in pages if "被评估人\n" in page.replace("\r", "") or "总经理审定" in page]
    assert len(signed) == 1
    assert signed[0].count("____年__月__日") == 3
    assert "拒签的由评估人注明" in signed[0]


def test_a_long_text_goes_on_over_pages_and_loses_nothing(printed: Printer) -> None:
    long = "".join(f"第{nth}条：按计划开展客户开发与维护，如实记录。" for nth in range(600))
    paper = printed("PF-04", Filled(texts={"1. What went well": long}))
    assert long in re.sub(r"绩效.*?09:30", "", paper.flat) or all(f"第{nth}条" in paper.flat for nth in range(600))
    assert len(paper.pages) > 5


NAUGHTY = (
    "张<b>三", "R&D", '<img src="C:\\secret.png">', '<font color="white">扣发奖金</font>', "</para>",
    "<!-- x -->", "(\\) Tj ET", "%PDF-1.4 endstream", "A<br/>B", "名" * 300, "李😀<b>&" * 40,
)


@pytest.mark.parametrize("text", NAUGHTY)
def test_what_a_person_wrote_is_printed_as_it_stands(printed: Printer, text: str) -> None:
    filled = replace(review(text, evidence=text), texts={"5. To improve, and why": text})
    paper = printed("PF-01", filled, bookmark=text, subject=text)
    assert paper.flat.count("".join(text.split())) >= 2
    assert paper.bookmarks == [text]


def test_a_cell_taller_than_a_page_is_parted(printed: Printer) -> None:
    paper = printed("TE-01", Filled(fields={"Team": "组" * 3000}, rows={"People": [
        (None, "甲", *(None,) * 8, "注" * 2000)]}))
    assert paper.flat.count("组") >= 3000
    assert paper.flat.count("注") >= 2000


def test_a_box_is_ticked_by_lines_not_by_a_glyph(printed: Printer) -> None:
    ticked = printed("PF-01", Filled(ticked={"7. Use of the result": {"Reward"}})).path.read_bytes()
    blank = printed("PF-01").path.read_bytes()
    assert len(ticked) != len(blank)
    assert not re.search("[□☑✓√]", printed("PF-01", review()).text)
    printed("DL-01", Filled(rows={"1. Today": [("给客户回电", "恒瑞", "10:00", Tick())]}))


def test_a_form_left_to_be_filled_by_hand_keeps_room_for_a_hand(printed: Printer) -> None:
    rows = {"2. Scores (1 to 5)": [(each, None, None, None, None, None, None) for each in DIMENSIONS]}
    paper = printed("PF-01", Filled(fields={"Name": "张伟"}, rows=rows, by_hand=True))
    assert len(paper.pages) == 2
    assert "张伟" in paper.text
    assert "维度10" in paper.text


def test_names_in_a_letter_are_filled_in_or_left_open(printed: Printer) -> None:
    paper = printed("GF-01", Filled(words={"company": "远航科技", "year": 2026}))
    assert "甲方：远航科技（公司）" in paper.flat
    assert "{" not in paper.text
    assert "________" in paper.text


def test_a_title_can_be_replaced(printed: Printer) -> None:
    paper = printed("DL-01", Filled(titles={"1. Today": Both("一、周一要做", "1. Monday")}), languages="both")
    assert "一、周一要做" in paper.text
    assert "1. Monday" in paper.text
    assert "今天要做" not in paper.text


def test_a_name_the_form_does_not_have_is_refused(printed: Printer) -> None:
    for filled in (Filled(fields={"Nmae": "x"}), Filled(texts={"x": "y"}), Filled(rows={"People": ()}),
                   Filled(ticked={"7. Use of the result": {"x"}})):
        with pytest.raises(KeyError):
            printed("PF-01", filled)
    with pytest.raises(ValueError, match="columns"):
        printed("TE-01", Filled(rows={"People": [("too", "few")]}))


def test_a_failed_booklet_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Booklet(tmp_path / "x.pdf", LANGUAGES["zh"]) as booklet:
        booklet.form("PF-01")
        booklet.form("PF-99")
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"older")
    with Booklet(path, LANGUAGES["zh"]) as booklet:
        booklet.form("PF-01", BLANK)
        assert path.read_bytes() == b"older"
    assert path.read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        Booklet(tmp_path / "missing" / "x.pdf", LANGUAGES["zh"])
    assert "无法写入" in LANGUAGES["zh"][0].text(fault.value.message)
    assert fault.value.message.msgid == M(
        "“{file}” could not be written: {reason}. Close it where it is open, or choose another folder.").msgid
