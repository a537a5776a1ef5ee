"""The content the program ships."""

from pathlib import Path

import pytest

from desktopapp.kernel.message import Both
from desktopapp.kernel.starter import STARTER, content, rows


def pairs(node):
    """Every text in two languages below a node."""
    if isinstance(node, Both):
        yield node
    below = node.values() if isinstance(node, dict) else node if isinstance(node, tuple) else ()
    for each in below:
        yield from pairs(each)


def names(suffix: str) -> list[str]:
    return sorted(path.stem for path in STARTER.glob(f"*{suffix}"))


@pytest.mark.parametrize("name", names(".yaml"))
def test_every_text_of_a_content_file_has_both_languages(name):
    assert [each for each in pairs(content(name)) if not each.zh.strip() or not each.en.strip()] == []


def test_a_pair_of_texts_becomes_one_text_in_both_languages():
    assert content("forms")["style"]["fonts"]["title"] == Both("黑体", "Heiti")


@pytest.mark.parametrize("name", names(".tsv"))
def test_every_line_of_a_list_is_whole(name):
    found = rows(name)
    assert found
    assert [row for row in found if None in row or None in row.values()] == []


def test_content_is_read_once():
    assert content("forms") is content("forms")
    assert rows("metrics") is rows("metrics")


def test_every_file_of_the_content_is_read_by_these_two():
    assert {path.suffix for path in Path(STARTER).iterdir()} == {".yaml", ".tsv"}
