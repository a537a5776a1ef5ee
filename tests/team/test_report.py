"""The roster on paper."""

from datetime import date, datetime

import pypdfium2
import pytest

from desktopapp.kernel.language import language
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.storage import unit
from desktopapp.team import report
from desktopapp.team.models import Firm, Person

ZH, EN = language("zh_CN"), language("en")
PRINTED = datetime.fromisoformat("2026-11-23T09:05")


@pytest.fixture
def firm(file):
    with unit("team.add", M("Add")):
        Firm.create(name="远航商贸", owner="周建国")
        Person.create(name="周建国", position="老总", is_owner=True, pinyin="zhoujianguo")
        for nth, (name, team) in enumerate((("张伟", "华东组"), ("李堃", "华南组"), ("王芳", "华东组"))):
            Person.create(
                name=name, team=team, pinyin=name, position="客户经理", phone=f"1380000000{nth}",
                joined=date(2019, 7, 1), base_pay=Money.yuan(98765), emergency_name="张女士", emergency_phone="139",
            )  # fmt: skip
        Person.create(name="离开的人", status="left")


def printed(tmp_path, today, languages=(ZH,), **given):
    path = report.roster(tmp_path / "r.pdf", languages, today=today, printed=PRINTED, **given).path
    document = pypdfium2.PdfDocument(path)
    sizes = [document.get_page_size(n) for n in range(len(document))]
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text, sizes


def test_everybody_at_work_stands_on_it_team_by_team(firm, tmp_path, today):
    text, [(width, height)] = printed(tmp_path, today)
    assert width > height
    places = [text.index(name) for name in ("张伟", "王芳", "李堃")]
    assert places == sorted(places)
    assert "离开的人" not in text
    assert "2019-07-01" in text
    assert "7.4" in text
    assert "华东组 2 人、华南组 1 人" in text


def test_teams_with_a_number_stand_as_they_are_counted(firm, tmp_path, today):
    with unit("team.add", M("Add")):
        for team in ("三组", "二组", "一组"):
            Person.create(name=f"{team}的人", team=team, pinyin=team)
    text, _ = printed(tmp_path, today)
    places = [text.index(f"{team}的人") for team in ("一组", "二组", "三组")]
    assert places == sorted(places)


def test_characters_no_font_has_are_told_by_person(firm):
    with unit("team.add", M("Add")):
        Person.create(name="王𫚉", grade="😀", team="大组", pinyin="wang")
        Person.create(name="马𬱖𫖯㛃䶮", team="大组", pinyin="ma")
    assert report.missing_glyphs(ZH) == [("王𫚉", "𫚉😀")]


@pytest.mark.parametrize("languages", [(ZH,), (EN,), (ZH, EN)], ids=["zh", "en", "both"])
def test_pay_is_never_on_it(firm, tmp_path, today, languages):
    text, _ = printed(tmp_path, today, languages)
    assert "98765" not in text.replace(",", "")


def test_grades_are_printed_where_they_are_given(firm, tmp_path, today):
    wang = Person.get(Person.name == "王芳").id
    assert "优S级" in printed(tmp_path, today, grades={wang: "优S级"})[0]


def test_a_hundred_people_run_over_pages_that_repeat_the_heading(firm, tmp_path, today):
    with unit("team.add", M("Add")):
        for nth in range(100):
            Person.create(name=f"员工{nth}", team="大组", pinyin=f"{nth:03}")
    text, sizes = printed(tmp_path, today)
    assert len(sizes) > 3
    assert text.count("紧急联系人") == len(sizes)
