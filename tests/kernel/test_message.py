"""Texts that are chosen now and worded later."""

import pytest

from desktopapp.kernel.language import language
from desktopapp.kernel.message import N_, Both, M, Message


def test_marking_a_text_leaves_it_as_it_is():
    assert N_("Monday") == "Monday"


def test_a_message_keeps_its_values_until_it_is_worded():
    assert M("{text} again", text="Monday") == Message("{text} again", {"text": "Monday"})


def test_two_messages_that_say_the_same_are_equal():
    assert M("Redo: {what}", what=M("Monday")) == M("Redo: {what}", what=M("Monday"))
    assert M("Redo: {what}", what=M("Monday")) != M("Redo: {what}", what=M("Friday"))


def test_a_message_cannot_be_changed_once_said():
    with pytest.raises(AttributeError):
        M("Monday").msgid = "Friday"  # type: ignore[misc]


def test_a_text_of_the_content_speaks_both_languages():
    both = Both("销售额", "Sales")
    assert [language(code).text(both) for code in ("zh_CN", "en")] == ["销售额", "Sales"]


def test_a_text_of_the_content_with_one_language_missing_speaks_the_other():
    assert language("en").text(Both("销售额", "")) == "销售额"
    assert language("zh_CN").text(Both("", "Sales")) == "Sales"
