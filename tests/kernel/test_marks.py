"""What the square on a ticked form says about its page."""

import pytest

from desktopapp.kernel import marks
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.marks import Boxes, Code

ROWS = (Boxes(0, 120.25, 8.0, 6, 92.5), Boxes(1, 120.25, 8.0, 6, 104.25), Boxes(34, 60.0, 5.02, 11, 250.0))
CODE = Code(1, 48_213, "A1B2C3", 2, ROWS)
SEAL = "ABCDEFGHIJKLM"


def test_a_square_says_what_was_written_into_it():
    text = marks.sealed(marks.written(CODE), SEAL)
    assert marks.read(text) == replace(CODE, seal=SEAL)
    assert marks.parted(text) == (marks.written(CODE), SEAL)


def test_a_square_is_written_in_the_few_characters_that_keep_it_small():
    text = marks.sealed(marks.written(CODE), SEAL)
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(text) < 80


@pytest.mark.parametrize("change", [
    lambda text: "", lambda text: "https://example.org", lambda text: text.replace("TH1", "TH2"),
    lambda text: text.replace(".", ""), lambda text: text[:-1], lambda text: text[:20] + text[-14:],
    lambda text: text.replace(".", "ZZ."), lambda text: text[:5] + "é" + text[6:],
    lambda text: text.replace("1UTB46", "000B46"), lambda text: text.replace("1UTB46", "ZZZB46"),
])  # fmt: skip
def test_what_is_no_square_of_ours_says_nothing(change):
    text = marks.sealed(marks.written(CODE), SEAL)
    assert "1UTB46" in text
    assert marks.read(change(text)) is None


@pytest.mark.parametrize("row", [Boxes(0, 20.0, 8.0, 13, 90.0), Boxes(36, 20.0, 8.0, 5, 90.0)])
def test_more_than_a_square_can_tell_is_not_written(row):
    with pytest.raises(ValueError):
        marks.written(replace(CODE, rows=(row,)))
