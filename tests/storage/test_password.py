"""A password must be one that nobody tries first; what it is written in is the owner's affair."""

import re

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.storage import password

WEAK = re.findall(r"\S+", """password123 1234567890 qwertyuiop a123456789 woaini1314520 5201314520 Password2026!
zhangwei1990 zhangwei19900512
13812345678 wang13812345678 aaaaaaaaaa abcabcabcabc 1qaz2wsx3edc qwer1234asdf P@ssw0rd2026 admin@2026 Huawei@123
liuyang19881120 320106199003071234 32010619900307123X iloveyou521 qazwsxedcrfv abcd1234abcd beijing2008 woaizhongguo
1111111111 12345678910 98765432100 asdfghjkl123 zxcvbnm123456 Aa123456789 Qwe123456! love1314forever 123456qwerty
chenjing0512 lililili88 wangwang2020 xiaoming123456 Shanghai#2026 long2023feng""")
IN_WORDS = ("wang li zhang liu", "the the the the the", "1990-05-12 1990")
GOOD = ("correct horse battery staple", "kweiqz82mmplx", "茶馆 周五 下雨 带伞", "lanqiu8848shanding", "T7#vq9Lm2xwP",
        "晚上十点以后不谈工作啊", "tomatofourbicycle", "zaizhelikanhaijiu77", "aqua-velvet-lantern-fjord")  # fmt: skip


def refusal(said: str, *known: str) -> str:
    with pytest.raises(Refused) as no:
        password.check(said, known)
    return no.value.message.msgid


@pytest.mark.parametrize("said", [*WEAK, *IN_WORDS, "ｐａｓｓｗｏｒｄ１２３"])
def test_what_is_tried_first_is_refused(said):
    assert "common words" in refusal(said)


@pytest.mark.parametrize("said", GOOD)
def test_what_nobody_would_guess_is_taken_whatever_it_is_written_in(said):
    password.check(said)


@pytest.mark.parametrize("said", ["", "T7#vq9Lm2", "a b c d", "短 短"])
def test_a_short_one_is_refused_unless_it_is_four_words(said):
    assert "At least" in refusal(said)


def test_one_that_is_longer_than_any_form_is_refused():
    assert "At most" in refusal("kweiqz82mmplx" * 16)


def test_names_of_the_firm_are_known_to_everybody(zh):
    password.check("yuanhangshangmao2026")
    assert "common words" in refusal("yuanhangshangmao2026", "yuanhang", "shangmao")


def test_both_readings_of_a_figure_count():
    assert password.pieces("p4ssw0rd") == password.pieces("password") == 1
    assert password.pieces("1234567") == 1


def test_the_list_is_in_small_letters_without_doubles():
    words = [word for line in password.WEAK.read_text(encoding="utf-8").splitlines()
             if not line.startswith("#") for word in line.split()]  # fmt: skip
    assert [word for word in words if word != word.lower()] == []
    assert len(set(words)) > 500
