"""Names as they are typed to be found."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pypinyin import Style, pinyin

from desktopapp.kernel.pinyin import is_meant, spell, spellings
from desktopapp.kernel.starter import rows


@pytest.mark.parametrize(
    ("name", "spelling", "initials"),
    [
        ("王芳", "wangfang", "wf"),
        ("曾国强", "zengguoqiang", "zgq"),
        ("单文博", "shanwenbo", "swb"),
        ("仇英", "qiuying", "qy"),
        ("欧阳静", "ouyangjing", "oyj"),
        ("吕布", "lvbu", "lb"),
        ("John Smith", "johnsmith", "js"),
        ("王O'Neil", "wangoneil", "won"),
        ("", "", ""),
    ],
)
def test_a_name_is_spelled_as_it_is_said(name, spelling, initials):
    assert spell(name) == (spelling, initials)


def test_a_surname_alone_is_read_as_a_character():
    assert spell("曾")[1] in {"c", "z"}


@pytest.mark.parametrize("surname", [row["surname"] for row in rows("surname_pinyin")])
def test_every_listed_surname_begins_the_spelling(surname):
    spelling, initials = spell(surname + "明")
    reading = next(row["pinyin"] for row in rows("surname_pinyin") if row["surname"] == surname)
    assert spelling == reading.replace(" ", "") + "ming"
    assert len(initials) == len(surname) + 1


@pytest.mark.parametrize("surname", [row["surname"] for row in rows("surname_pinyin")])
def test_no_reading_of_a_listed_surname_is_forgotten(surname):
    readings = [pinyin(character, style=Style.NORMAL, heteronym=True)[0] for character in surname]
    typed = spellings(surname + "明")
    rare = {"宿": {"qi"}, "尉": {"yun"}}.get(surname, set())
    assert {"".join(each) + "ming" for each in product(*readings) if not {*each} & rare} <= set(typed)


@pytest.mark.parametrize("surname", [row["surname"] for row in rows("surname_pinyin")])
def test_a_list_is_narrowed_by_every_reading_of_a_listed_surname(surname):
    name = surname + "明"
    for typed in spellings(name):
        assert is_meant(typed, name, spell(name)), typed


@pytest.mark.parametrize("typed", ["", "单", "文博", "shan", "dan'wen", "dan wen bo", "SWB", "dwb", "单w", "单文bo"])
def test_somebody_is_meant_by_a_part_of_his_name_or_how_it_begins(typed):
    assert is_meant(typed, "单文博", ("shanwenbo", "swb"))


@pytest.mark.parametrize("typed", ["博文", "wenbo", "wb", "danb", "xwb", "shanwenbox"])
def test_nobody_else_is_meant(typed):
    assert not is_meant(typed, "单文博", ("shanwenbo", "swb"))


def test_a_spelling_of_the_owner_s_own_stands_alone():
    assert is_meant("tran", "陈明", ("tranminh", "tm"))
    assert not is_meant("dan", "单文博", ("senwenbo", "swb"))


@given(some.text(max_size=20))
def test_any_name_can_be_typed(name):
    spelling, initials = spell(name)
    assert spelling == spelling.lower()
    assert len(initials) <= len(spelling)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王芳", ["wangfang", "wf"]),
        ("单文博", ["chanwenbo", "cwb", "danwenbo", "dwb", "shanwenbo", "swb"]),
        ("曾国强", ["cengguoqiang", "cgq", "zengguoqiang", "zgq"]),
        ("John Smith", ["johnsmith", "js"]),
        ("单", ["chan", "d", "dan", "c", "s", "shan"]),
        (" ", []),
        ("", []),
    ],
)
def test_a_name_is_typed_by_every_reading_of_its_surname(name, typed):
    assert spellings(name) == sorted(typed)


@given(some.text(max_size=6))
def test_any_name_can_be_typed_as_it_is_spelled(name):
    assert {each for each in spell(name) if each} <= set(spellings(name))
