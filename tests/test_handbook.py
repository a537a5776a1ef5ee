"""The handbook as it is shipped: the same in both languages, in the words of the program, whole, and small."""

import re
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests import catalogue
from tests.test_language import HALF_WIDTH, HAN, WRONG
from ui.kit.handbook import PAGES
from ui.kit.reading import HELP

CODES = ("zh_CN", "en")
NAMES = [page for page, _title in PAGES]
QUOTED = {"zh_CN": re.compile("【([^】]+)】"), "en": re.compile(r"\*\*([^*]+)\*\*")}
"""How each language marks the words that stand on the screen."""
PICTURE, LINK = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)"), re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PLACE = re.compile(r"\{\w+(?::([^{}]*))?\}")
ONE, ALL = 60_000, 1_500_000
"""Bytes of a picture, and of all of them."""


def text(code: str, page: str) -> str:
    return (HELP / code / f"{page}.md").read_text(encoding="utf-8")


def sections(code: str, page: str) -> list[str]:
    return re.split(r"(?m)^## ", text(code, page))


@cache
def meant(quoted: str, code: str) -> set[str]:
    """The texts of the catalogue that are so worded, whatever stands in their places."""
    return {source for source, shape in shapes(code) if shape.fullmatch(quoted)}


@cache
def shapes(code: str) -> list[tuple[str, re.Pattern[str]]]:
    """Every text of the catalogue as it may be worded in a language; none that is nothing but its open places."""
    worded = ((source, chinese if code == "zh_CN" else source) for source, chinese in catalogue.chinese().items())
    told = [(source, words, PLACE.sub("", words)) for source, words in worded]
    return [
        (source, re.compile(shape(words)))
        for source, words, fixed in told
        if fixed == words or len(re.findall(r"\w", fixed)) > 2
    ]


def shape(words: str) -> str:
    """What a text looks like, its places filled: with anything, or with the word for one or for many."""
    fixed, *rest = PLACE.split(words)
    said = [re.escape(fixed)]
    for choice, fixed in zip(rest[::2], rest[1::2], strict=True):
        said += [f"(?:{'|'.join(map(re.escape, choice.split('|')))})" if choice else ".+", re.escape(fixed)]
    return "".join(said)


@pytest.mark.parametrize("code", CODES)
def test_every_page_is_there_and_no_other(code):
    assert {path.stem for path in (HELP / code).iterdir()} == set(NAMES)


@pytest.mark.parametrize("page", NAMES)
def test_a_page_bears_its_title_in_both_languages(page):
    title = dict(PAGES)[page]
    assert text("en", page).splitlines()[0] == f"# {title}"
    assert text("zh_CN", page).splitlines()[0] == f"# {catalogue.chinese()[title]}"


@pytest.mark.parametrize("page", NAMES)
def test_both_languages_have_the_same_build(page):
    """Headings, lists, tables, pictures and links, one by one."""

    def build(code: str) -> list[str]:
        lines = [re.match(r"(#+ |- |\d+\. |\||!\[)?", line)[0] or "text" for line in text(code, page).splitlines()]
        links = [name.replace(f"/{code}/", "/") for name in LINK.findall(text(code, page))]
        pictures = [name.replace(f"/{code}/", "/") for _, name in PICTURE.findall(text(code, page))]
        return lines + links + pictures

    assert build("zh_CN") == build("en")


@pytest.mark.parametrize("page", NAMES)
def test_words_quoted_from_the_screen_are_those_of_the_program(page):
    for zh, en in zip(sections("zh_CN", page), sections("en", page), strict=True):
        chinese = [meant(each, "zh_CN") for each in QUOTED["zh_CN"].findall(zh)]
        english = [meant(each, "en") for each in QUOTED["en"].findall(en)]
        assert [each for each in QUOTED["zh_CN"].findall(zh) if not meant(each, "zh_CN")] == []
        assert [each for each in QUOTED["en"].findall(en) if not meant(each, "en")] == []
        assert all(any(one & other for other in english) for one in chinese), zh
        assert all(any(one & other for other in chinese) for one in english), en


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page", NAMES)
def test_no_link_or_picture_leads_nowhere_or_outside(page, code):
    assert [name for name in LINK.findall(text(code, page)) if name.removesuffix(".md") not in NAMES] == []
    for alt, name in PICTURE.findall(text(code, page)):
        path = (HELP / code / name).resolve()
        assert alt
        assert path.is_file(), name
        assert path.is_relative_to(HELP / "pictures" / code)


def test_every_picture_is_shown_and_small():
    shown = {
        (HELP / code / name).resolve()
        for code in CODES for page in NAMES for _, name in PICTURE.findall(text(code, page))
    }  # fmt: skip
    there = set((HELP / "pictures").rglob("*.png"))
    assert there == shown
    sizes = {path.name: path.stat().st_size for path in there}
    assert {name: size for name, size in sizes.items() if size > ONE} == {}
    assert sum(path.stat().st_size for path in there) <= ALL


def test_the_chinese_is_well_set():
    words = {page: re.sub(r"`[^`]*`|\([^)]*\)", "", text("zh_CN", page)) for page in NAMES}
    assert {page: found for page, said in words.items() if (found := HALF_WIDTH.findall(said))} == {}
    assert {page: wrong for page, said in words.items() for wrong in WRONG if wrong in said} == {}
    simplified = {page: re.sub(rf"[^{HAN}]", "", said) for page, said in words.items()}
    assert [page for page, said in simplified.items() if said.encode("gb2312", "ignore").decode("gb2312") != said] == []


@pytest.mark.parametrize("code", CODES)
def test_no_page_names_a_machine(code):
    said = "".join(text(code, page) for page in NAMES)
    assert re.findall(r"(?:/home/|/tmp/|/Users/|C:\\|https?://|file://)\S*", said) == []


def test_the_law_is_told_with_its_reservation():
    assert "请以最新法规和律师意见为准" in text("zh_CN", "law")
    assert "your lawyer's opinion prevail" in text("en", "law")


@pytest.mark.parametrize("name", ["today.png", "reviews.png", "form.png"])
def test_the_pictures_of_the_readme_are_there(name):
    root = Path(__file__).resolve().parents[1]
    picture = QImage(str(root / "docs/pictures" / name))
    assert f"docs/pictures/{name}" in (root / "README.md").read_text(encoding="utf-8")
    if name == "form.png":
        assert picture.height() in range(890, 911)
    else:
        assert (picture.width(), picture.height()) == (1366, 768)
