"""The Chinese of the program: complete, well set, and in the words of the trade."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from string import Formatter

import pytest

from desktopapp.kernel.language import language
from desktopapp.kernel.starter import content
from tests import catalogue
from tests.house import placeholders
from tests.kernel.test_starter import names, pairs

HAN = "\u4e00-\u9fff\u3400-\u4dbf"
HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!.](?=[{HAN}]|$)|[{HAN}]\(|\)[{HAN}]")
"""Latin punctuation where Chinese punctuation belongs."""

WRONG = {
    "性能追踪器": "what machines make of “performance tracker”; a review is 绩效评估",
    "激动": "excitement; what spurs people on is 激励",
    "最小速率": "a speed; the least that is paid is a rate, 比例",
    "账户经理": "a manager of bank accounts; ours is 客户经理",
    "帐": "the old spelling of 账",
    "登陆": "to land from the sea; to sign in is 登录",
    "你": "too familiar; the owner is 您",
}
"""Words that were seen in other programs' Chinese, with what is wrong about them."""

MANY = re.compile(r"\{(\w+)\}(?: [a-z-]+)? ([a-z-]+s|people)\b")
"""A value with a word for many behind it, perhaps with another between."""
NO_MANY = {"as", "does", "has", "his", "is", "its", "less", "others", "this", "was"}
"""Words that end like one for many and are none."""
NO_COUNT = {"column", "customer", "day", "file", "folder", "form", "grade", "high", "name", "now", "number", "period",
            "version", "vetoes"}  # fmt: skip
"""Values that count nothing: what is behind them is done by them."""
NEVER_ONE = {"few", "fewest", "least", "most", "words"}
"""Bounds the program knows, all of them above one."""

DEVIATIONS = {
    "Account": "客户档案: the record kept of a customer, told apart from the customer himself",
    "Expected close date": "预计成交日期, which the glossary itself says reads better",
}
"""Terms of the glossary that are worded otherwise on purpose."""


def words() -> list[tuple[str, str]]:
    return [(text, chinese) for text, chinese in catalogue.chinese().items() if chinese]


def glossary() -> dict[str, str]:
    with Path(__file__).with_name("glossary.tsv").open(encoding="utf-8", newline="") as file:
        return {row["english"].lower(): row["chinese"] for row in csv.DictReader(file, delimiter="\t")}


def test_every_marked_text_has_its_chinese():
    there = catalogue.chinese()
    assert [text for text in catalogue.marked() if not there.get(text)] == []


def test_the_catalogue_is_as_dev_py_words_writes_it():
    po, mo = catalogue.written(catalogue.marked(), catalogue.chinese())
    assert catalogue.PO.read_bytes() == po
    assert catalogue.MO.read_bytes() == mo


def test_the_program_says_what_the_catalogue_holds():
    zh = language("zh_CN").catalogue
    assert [text for text, chinese in words() if zh.gettext(text) != chinese] == []


def test_both_languages_leave_the_same_places_open():
    assert [text for text, chinese in words() if placeholders(text) != placeholders(chinese)] == []


def lacking_one(texts: Iterable[str]) -> list[str]:
    """Texts that would say "1 days": what follows their count has no word for one."""
    silent = NO_COUNT | NEVER_ONE
    return [text for text in texts if any(
        value not in silent and word not in NO_MANY for value, word in MANY.findall(text)
    )]  # fmt: skip


def test_what_is_counted_has_its_word_for_one():
    assert lacking_one(catalogue.marked()) == []


@pytest.mark.parametrize("text", ["{count} days late", "{n} people", "in {left} working days", "{a} of {b} goals"])
def test_a_text_without_a_word_for_one_is_found(text):
    assert lacking_one([text]) == [text]


@pytest.mark.parametrize("text", ["{count} {count:day|days} late", "{name} is on probation", "Row {row} is none"])
def test_a_text_that_counts_nothing_or_has_both_words_is_left_alone(text):
    assert lacking_one([text]) == []


def test_every_choice_of_words_is_between_one_and_many():
    choices = [spec for text in catalogue.marked() for _, _, spec, _ in Formatter().parse(text) if spec]
    assert [spec for spec in choices if len(set(spec.split("|"))) != 2 or not all(spec.split("|"))] == []


def test_chinese_leaves_no_choice_of_words():
    assert [chinese for _, chinese in words() if any(spec for _, _, spec, _ in Formatter().parse(chinese))] == []


def test_both_languages_begin_and_end_alike():
    def edges(text: str) -> tuple[bool, bool, int]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n")

    assert [text for text, chinese in words() if edges(text) != edges(chinese) and text != ", "] == []


def shipped() -> list[str]:
    """Every Chinese text of the program and of the content it ships."""
    return [chinese for _, chinese in words()] + [pair.zh for name in names(".yaml") for pair in pairs(content(name))]


def test_no_character_is_traditional():
    simplified = [re.sub(rf"[^{HAN}]", "", text) for text in shipped()]
    assert [text for text in simplified if text.encode("gb2312", "ignore").decode("gb2312") != text] == []


def test_chinese_is_set_with_chinese_punctuation():
    assert [text for text in shipped() if HALF_WIDTH.search(text)] == []


@pytest.mark.parametrize("wrong", WRONG)
def test_a_word_known_to_be_wrong_is_not_used(wrong):
    assert [chinese for _, chinese in words() if wrong in chinese] == []


def test_a_term_of_the_trade_is_worded_as_the_glossary_has_it():
    terms = glossary()
    assert {
        text: chinese
        for text, chinese in words()
        if text not in DEVIATIONS and terms.get(text.lower(), chinese) != chinese
    } == {}


def test_every_deviation_is_one():
    terms, there = glossary(), catalogue.chinese()
    assert [text for text in DEVIATIONS if there.get(text) in {None, terms[text.lower()]}] == []
