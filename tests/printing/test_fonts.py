"""The embedded typeface: rare names, what it lacks, and how often it is cut."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from pytest import MonkeyPatch
from reportlab.pdfbase.ttfonts import TTFontFile

from desktopapp.printing.fonts import Fonts, missing
from desktopapp.printing.form import Booklet, Filled, Tick, unprintable
from tests.printing.conftest import AT, LANGUAGES, Printer
from tests.printing.filled import review

RARE = ("㛃", "䶮", "𬱖", "𫖯", "喆", "堃", "珺")


@pytest.mark.parametrize("character", RARE)
def test_a_rare_name_prints_and_is_copied_as_written(printed: Printer, character: str) -> None:
    assert missing(f"王{character}") == ()
    assert f"王{character}" in printed("PF-01", review(f"王{character}")).text


def test_a_rare_name_is_found_by_searching(printed: Printer) -> None:
    paper = printed("PF-01", review("王䶮"))  # PDFium's search itself knows no character beyond U+FFFF
    with pypdfium2.PdfDocument(paper.path) as document:
        assert document[0].get_textpage().search("王䶮").get_next() is not None


def test_another_reader_copies_it_too(printed: Printer) -> None:
    read = subprocess.run(["pdftotext", printed("PF-01", review("赵𫖯")).path, "-"],
                          capture_output=True, text=True, check=True)
    assert "赵𫖯" in read.stdout


def test_what_the_font_lacks_is_named_before_printing() -> None:
    assert unprintable("李😀伟𫚉😀") == ("😀", "𫚉")
    assert unprintable(review("李😀伟"), Tick(), None) == ("😀",)
    assert unprintable(review()) == ()


def test_joiners_and_variants_are_no_missing_characters() -> None:
    assert unprintable("葛\U000e0100某\u200d\ufe0f") == ()


def test_every_font_is_embedded_and_no_helvetica_stays(printed: Printer) -> None:
    fonts = subprocess.run(["pdffonts", printed("PF-01", review()).path], capture_output=True, text=True, check=True)
    rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all(row[4:7] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, with its characters


@pytest.fixture
def cuts(monkeypatch: MonkeyPatch) -> list[int]:
    """How many characters were asked for each time a font program was cut."""
    seen: list[int] = []
    cut = TTFontFile.makeSubset

    def counted(self: TTFontFile, subset: list[int]) -> bytes:
        seen.append(len(subset))
        return bytes(cut(self, subset))

    monkeypatch.setattr(TTFontFile, "makeSubset", counted)
    return seen


def test_a_batch_cuts_each_weight_once(tmp_path: Path, cuts: list[int]) -> None:
    with Booklet(tmp_path / "all.pdf", LANGUAGES["zh"]) as booklet:
        for nth in range(30):
            booklet.form("PF-01", review(f"曾{chr(0x4e00 + nth)}"))
    assert len(cuts) == 2


def test_files_of_one_batch_share_what_was_cut(tmp_path: Path, cuts: list[int]) -> None:
    fonts = Fonts()
    for nth in range(5):
        with Booklet(tmp_path / f"{nth}.pdf", LANGUAGES["zh"], printed=AT, fonts=fonts) as booklet:
            booklet.form("PF-01", review("曾国强"))
    assert len(cuts) == 2
    assert len({(tmp_path / f"{nth}.pdf").read_bytes() for nth in range(5)}) == 1


def test_a_new_character_in_a_later_file_is_cut_too(tmp_path: Path, cuts: list[int]) -> None:
    fonts = Fonts()
    for name in ("曾国强", "赵𫖯"):
        with Booklet(tmp_path / "form.pdf", LANGUAGES["zh"], fonts=fonts) as booklet:
            booklet.form("PF-01", Filled(fields={"Name": name}))
    with pypdfium2.PdfDocument(tmp_path / "form.pdf") as document:
        assert "赵𫖯" in document[0].get_textpage().get_text_bounded()
    assert len(cuts) == 3  # the bold weight met nothing new
