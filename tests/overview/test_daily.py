"""The owner's daily list on paper."""

from datetime import datetime

import pypdfium2
import pytest

from desktopapp.kernel.language import language
from desktopapp.kernel.message import M
from desktopapp.overview import daily, sample
from desktopapp.storage import unit
from desktopapp.team.models import Firm, Person

ZH, EN = language("zh_CN"), language("en")
PRINTED = datetime.fromisoformat("2026-11-23T09:05")


def text_of(path):
    """The words of each page."""
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


@pytest.mark.parametrize("languages", [(ZH,), (EN,), (ZH, EN)], ids=["zh", "en", "both"])
def test_a_full_day_stands_on_one_page(file, tmp_path, today, languages):
    sample.load(today)
    path = daily.daily_list(tmp_path / "d.pdf", languages, today=today, printed=PRINTED).path
    [page] = text_of(path)
    assert "DL-01" in page
    for words in languages:
        assert words.weekday(today) in page


def test_it_says_the_lunar_day_what_to_do_whom_to_call_and_whose_birthday_it_is(file, tmp_path, today):
    sample.load(today)
    [page] = text_of(daily.daily_list(tmp_path / "d.pdf", (ZH,), today=today, printed=PRINTED).path)
    said = "".join(page.split())
    assert "十月十五" in said
    assert "陈志远：试用期" in said
    assert "李娜明天生日" in said
    assert "13800000005" in said
    assert "2026年11月24日李娜生日" in said


def test_it_is_the_same_file_for_the_same_day(file, tmp_path, today):
    sample.load(today)
    for name in ("a", "b"):
        daily.daily_list(tmp_path / name, (ZH, EN), today=today, printed=PRINTED)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_firm_gets_a_list_to_write_on(file, tmp_path, today):
    [page] = text_of(daily.daily_list(tmp_path / "d.pdf", (ZH,), today=today).path)
    assert "要联系的人" in page


def test_more_than_the_page_holds_is_counted(file, tmp_path, today):
    with unit("team.add", M("Add")):
        Firm.create(name="远航", owner="周")
        for nth in range(20):
            Person.create(name=f"人{nth}", pinyin=f"{nth:02}", status="probation", probation_end=today)
    [page] = text_of(daily.daily_list(tmp_path / "d.pdf", (ZH,), today=today).path)
    assert "其余" in page


def test_whole_years_with_the_firm_are_told_of(file, tmp_path, today):
    with unit("team.add", M("Add")):
        Person.create(name="张伟", joined=today.replace(year=2016, day=30))
        Person.create(name="新人", joined=today)
    [page] = text_of(daily.daily_list(tmp_path / "d.pdf", (ZH,), today=today).path)
    assert "张伟入职 10 周年" in page
    assert "新人入职" not in page
