"""Names as they are typed to be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktopapp.kernel.pinyin import spell, spellings
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
    assert spelling == reading + "ming"
    assert len(initials) == len(surname) + 1


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
