"""Names of files: whatever a person, a form or a firm is called, Windows takes the name and nothing is overwritten."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.file_name import MOST, file_name, free, legal

NAMES = [
    # as they are
    ("张伟_季度绩效评估表_2026Q3.pdf", "张伟_季度绩效评估表_2026Q3.pdf"),
    ("花名册 2026-11-23.pdf", "花名册 2026-11-23.pdf"),
    ("O'Brien & Söhne (2).xlsx", "O'Brien & Söhne (2).xlsx"),
    ("100%~$#@!;,=+[]{}^`.csv", "100%~$#@!;,=+[]{}^`.csv"),
    ("张伟：一、二？“三”.pdf", "张伟：一、二？“三”.pdf"),
    ("𫚉喆堃䶮𬍛.pdf", "𫚉喆堃䶮𬍛.pdf"),
    ("😀 很好 👍🏽.pdf", "😀 很好 👍🏽.pdf"),
    ("a.b.c.pdf", "a.b.c.pdf"),
    ("Ünal.pdf", "Ünal.pdf"),
    ("-rf.pdf", "-rf.pdf"),
    # what Windows forbids
    ("a/b.pdf", "a_b.pdf"),
    ("a\\b.pdf", "a_b.pdf"),
    ("a:b.pdf", "a_b.pdf"),
    ("a*b.pdf", "a_b.pdf"),
    ("a?b.pdf", "a_b.pdf"),
    ('a"b.pdf', "a_b.pdf"),
    ("a<b>c.pdf", "a_b_c.pdf"),
    ("a|b.pdf", "a_b.pdf"),
    ("C:\\Windows\\x.pdf", "C__Windows_x.pdf"),
    ("x.pdf:hidden", "x.pdf_hidden"),
    # ways out of the folder
    ("..", "_"),
    (".", "_"),
    ("", "_"),
    ("   ", "_"),
    ("../../etc/passwd", "_.._etc_passwd"),
    ("..\\..\\x.pdf", "_.._x.pdf"),
    ("/etc/passwd", "_etc_passwd"),
    ("...pdf", "_.pdf"),
    (".pdf", "_.pdf"),
    # ends that Windows drops
    ("name.", "name"),
    ("name...", "name"),
    ("name ", "name"),
    ("name . .", "name"),
    ("name .pdf", "name.pdf"),
    ("name..pdf", "name.pdf"),
    (" name.pdf", "name.pdf"),
    (".hidden.pdf", "hidden.pdf"),
    # names of devices
    ("CON", "_CON"),
    ("con.pdf", "_con.pdf"),
    ("PRN.pdf", "_PRN.pdf"),
    ("aux.pdf", "_aux.pdf"),
    ("NUL", "_NUL"),
    ("nul.tar.gz", "_nul.tar.gz"),
    ("COM1.pdf", "_COM1.pdf"),
    ("com9", "_com9"),
    ("COM0.pdf", "_COM0.pdf"),
    ("COM¹.pdf", "_COM¹.pdf"),
    ("LPT1.pdf", "_LPT1.pdf"),
    ("lpt³.pdf", "_lpt³.pdf"),
    ("CONIN$.pdf", "_CONIN$.pdf"),
    ("CONOUT$", "_CONOUT$"),
    ("CLOCK$", "_CLOCK$"),
    ("CON .pdf", "_CON.pdf"),
    ("CON..pdf", "_CON.pdf"),
    ("\u200bCON.pdf", "_CON.pdf"),
    ("COM10.pdf", "COM10.pdf"),
    ("CONAN.pdf", "CONAN.pdf"),
    ("console.pdf", "console.pdf"),
    # what cannot be seen
    ("\u202efdp.exe", "fdp.exe"),
    ("a\u202egnp.pdf", "agnp.pdf"),
    ("a\u2066b\u2069.pdf", "ab.pdf"),
    ("a\ufeffb\u200db.pdf", "abb.pdf"),
    ("a\x00b.pdf", "ab.pdf"),
    ("a\x1f\x7f\x85b.pdf", "a b.pdf"),
    ("a\ud800b.pdf", "ab.pdf"),
    ("two\nlines.pdf", "two lines.pdf"),
    ("tab\tand\u3000wide\u00a0space.pdf", "tab and wide space.pdf"),
    ("a\u2028b.pdf", "a b.pdf"),
    ("e\u0301.pdf", "é.pdf"),
    # too long
    ("甲" * 300 + ".pdf", "甲" * 40 + ".pdf"),
    ("a" * 300, "a" * 120),
    ("a" * 119 + ". b.pdf", "a" * 119 + ".pdf"),
    ("a" * 118 + "甲乙.pdf", "a" * 118 + ".pdf"),
    ("😀" * 90 + ".pdf", "😀" * 30 + ".pdf"),
    # an ending is short and plain
    ("季度.表", "季度.表"),
    ("v1.2 final", "v1.2 final"),
]


@pytest.mark.parametrize(("name", "made"), NAMES)
def test_a_name_is_made_one_that_every_system_takes(name, made):
    assert legal(name) == made


def test_the_table_of_names_is_long_enough_to_mean_something():
    assert len(NAMES) >= 60


@pytest.mark.parametrize(("name", "made"), NAMES)
def test_a_name_made_legal_stays_as_it_is(name, made):
    assert legal(made) == made


@given(st.text(max_size=400))
def test_no_text_makes_a_name_that_breaks_a_rule(text):
    name = legal(text)
    stem = name.rpartition(".")[0] or name
    assert name
    assert not set(name) & set('<>:"/\\|?*')
    assert not name.endswith((" ", "."))
    assert all(unicodedata.category(each) not in ("Cc", "Cf", "Cs") for each in name)
    assert len(stem.encode()) <= MOST
    assert stem.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("张伟", "季度绩效评估表", "2026Q3"), "张伟_季度绩效评估表_2026Q3.pdf"),
        (("", "花名册", "2026-11-23"), "花名册_2026-11-23.pdf"),
        (("张/伟", "表: 一", ""), "张_伟_表_ 一.pdf"),
        (("CON",), "_CON.pdf"),
        ((), "_.pdf"),
        (("..", "..", "表"), "表.pdf"),
        (("v1.2", "表"), "v1.2_表.pdf"),
    ],
)
def test_a_name_says_who_what_and_when(parts, name):
    assert file_name(*parts) == name


def test_a_long_name_of_a_person_leaves_form_and_period_to_be_read():
    name = file_name("甲" * 300, "季度绩效评估表", "2026Q3")
    assert name.startswith("甲甲")
    assert name.endswith("甲_季度绩效评估表_2026Q3.pdf")
    assert len(name.removesuffix(".pdf").encode()) <= MOST


def test_a_form_of_endless_name_is_cut_too():
    assert len(file_name("张伟", "表" * 300, "2026Q3").removesuffix(".pdf").encode()) <= MOST


def test_nothing_is_overwritten_unasked(tmp_path):
    (tmp_path / "a.pdf").write_text("")
    (tmp_path / "a (2).pdf").mkdir()
    assert free(tmp_path / "a.pdf").name == "a (3).pdf"
    assert free(tmp_path / "b.pdf").name == "b.pdf"


@pytest.mark.parametrize("name", [name for name, _ in NAMES])
def test_a_file_of_that_name_can_be_made_here(tmp_path, name):
    path = tmp_path / legal(name)
    path.write_text("x", encoding="utf-8")
    assert path.resolve().parent == tmp_path.resolve()
    assert [each.name for each in tmp_path.iterdir()] == [legal(name)]
