"""Text as it may be kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktopapp.kernel.clean import clean, clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王芳", "王芳"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1bc", "abc"),
        ("\ufeff王\u200b芳", "王芳"),
        ("\u202egnp.txt", "gnp.txt"),
        ("\u202a\u2066a\u2069\u2060\x7f\x85b\x0b\x0c", "ab"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("half \ud83d", "half "),
        ("👨\u200d👩", "👨\u200d👩"),
        ("<b>&\t", "<b>&\t"),
    ],
)
def test_what_cannot_be_seen_or_kept_is_left_out(typed, kept):
    assert clean(typed) == kept


def test_a_line_has_no_breaks_and_no_space_around_it():
    assert clean_line("  王\n\n芳\t先生 \u3000") == "王 芳 先生"


anything = some.text(some.characters())


@given(anything)
def test_cleaning_twice_is_cleaning_once(typed):
    assert clean(clean(typed)) == clean(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(anything)
def test_clean_text_can_always_be_kept(typed):
    kept = clean(typed)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert "\r" not in kept
    assert "\x00" not in kept


@given(anything)
def test_a_line_is_one_line(typed):
    assert "\n" not in clean_line(typed)
