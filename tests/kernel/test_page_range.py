"""Pages as they are written: read where they can be meant, refused with the reason where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.page_range import pages


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", (0, 1, 2, 3, 4, 5)),
        ("  ", (0, 1, 2, 3, 4, 5)),
        ("1-3,5", (0, 1, 2, 4)),
        ("2", (1,)),
        ("1，3、5", (0, 2, 4)),
        ("１－３", (0, 1, 2)),
        ("2~3", (1, 2)),
        ("2～3", (1, 2)),
        ("2至3", (1, 2)),
        ("2—3", (1, 2)),
        ("5-", (4, 5)),
        (" 1 - 2 , 6 ", (0, 1, 5)),
        ("1-3,2", (0, 1, 2)),
        ("5,1", (4, 0)),
        ("003", (2,)),
    ],
)
def test_pages_are_read_as_they_are_written(text, meant):
    assert pages(text, 6) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("abc", "页码请写成 1-3,5，不能写成“abc”。"),
        ("1,,2", "页码请写成 1-3,5，不能写成“”。"),
        (",", "页码请写成 1-3,5，不能写成“”。"),
        ("-3", "页码请写成 1-3,5，不能写成“-3”。"),
        ("1-2-3", "页码请写成 1-3,5，不能写成“1-2-3”。"),
        ("1.5", "页码请写成 1-3,5，不能写成“1.5”。"),
        ("9", "没有第 9 页，最后一页是第 6 页。"),
        ("1-9", "没有第 9 页，最后一页是第 6 页。"),
        ("9-", "没有第 9 页，最后一页是第 6 页。"),
        ("0", "页码从 1 开始。"),
        ("0-2", "页码从 1 开始。"),
        ("5-2", "页码要从小到大写：2-5。"),
        ("9999999", "页码请写成 1-3,5，不能写成“9999999”。"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(zh, text, why):
    with pytest.raises(Refused) as no:
        pages(text, 6)
    assert zh.text(no.value.message) == why
    assert no.value.field == "pages"


@given(st.text(alphabet="0123456789,-，～ x", max_size=12), st.integers(1, 30))
def test_whatever_is_written_the_pages_are_there_or_it_is_refused(text, count):
    try:
        meant = pages(text, count)
    except Refused:
        return
    assert set(meant) <= set(range(count))
    assert len(set(meant)) == len(meant) > 0
