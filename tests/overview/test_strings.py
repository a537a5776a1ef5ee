"""Whatever somebody types or pastes: into every text field, through search, paper, tables and names of files.

There are over six hundred texts. A run gives every field some of them and every one to some field;
`TEAMHELM_LONG=1` gives every field all of them.
"""

from __future__ import annotations

import csv
import os
import zipfile
from datetime import date
from itertools import product
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from peewee import CharField, TextField
from python_calamine import CalamineWorkbook

from desktopapp.exchange.export import unguarded, write_csv, write_xlsx
from desktopapp.kernel.clean import clean
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.file_name import file_name, legal
from desktopapp.kernel.message import Both, M
from desktopapp.overview import history, sample, search
from desktopapp.overview.belonging import RECORDS
from desktopapp.printing.form import Booklet, Filled
from desktopapp.printing.spec import Column, Form, Table
from desktopapp.storage import held, unit
from desktopapp.storage.fields import Choice, Note, Span, Text
from desktopapp.storage.search import INSIDE
from desktopapp.team.models import Person

TODAY = date(2026, 11, 23)
IS_LONG = bool(os.environ.get("TEAMHELM_LONG"))
NEVER = {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, *range(0x80, 0xA0), 0xFEFF, 0x200B, 0x202E)}
"""What no field ever holds, whatever is typed."""
SHARE = 16
"""Of how many texts a field gets one in a short run."""

SEEDS = (
    # nothing, and what looks like nothing
    "", " ", "　", "\t", "\n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u3164", "\u115f",
    "\x00", "\x07",
    # controls and halves
    "a\x00b", "a\x1bb", "a\x7fb", "a\x85b", "a\ud800b", "\udfff", "a\u2028b\u2029c", "\u202egnp.exe",
    "\u2066甲\u2069", "\ufffe",
    # formulas, as spreadsheets know them
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠a", "'=1", "\t=1", "\n=1",
    " =1", "%0A=1",
    '=HYPERLINK("x","y")', ";=1", "\u3000=1", "\u200b=1", "''=1",
    # marks of other languages
    "<b>&amp;</b>", "<para>", "<img src='/etc/passwd'>", "<a href='file:///c:/'>x</a>", "</font>", "&#0;",
    "&nbsp;", "<!--", "]]>",
    "'; drop table person; --", '"', "''", "\\", "\\n", "%s%n%d", "{0}", "{name}", "{value!r}", "${x}", "$(x)",
    "`x`", "%(x)s",
    "*", "?", "a*b", "_", "%", "100%", "a_b%c", 'a"b', "AND", "NEAR(a b)", "x OR y", "found:a", "^a", "-a", "(",
    ")", "[", "]",
    # names of files
    "con", "CON.pdf", "aux.", "com1", "lpt9.txt", "nul", "a/b", "a\\b", "..", "../../x", "C:\\x", "a:b", "a|b",
    "a<b>c", "a.", "a ", ".x",
    "\\\\server\\x", "~", "a\tb", "x" * 300, "长" * 200,
    # Chinese, rare and not so rare
    "王芳", "张伟", "欧阳娜娜", "单雄信", "仇和", "㛃", "𠮷野家", "𫖯", "㐂", "䶮", "𰻝", "〇", "々", "ㄅㄆㄇ",
    "，。；：“”‘’《》【】（）", "①②③",
    "￥１２３", "㎡", "℃", "…", "——", "·", "•", "丨", "\U0002f800", "臺灣", "畵", "𠜎𠜱𠝹",
    # others
    "😀", "👩‍👧", "🇨🇳", "👍🏽", "e\u0301", "é", "ﷺ", "العربية", "עברית", "ไทย", "हिन्दी", "田中さん",
    "사회과학원", "Ω≈ç√∫", "İi̇ıI", "ß", "ﬁ",
    "Z̷̛͔a̵l̴g̶o̷", "\u0301", "a\u0301\u0301\u0301\u0301", "\u200d", "\ufe0f", "\U000e0041", "NaN", "null",
    "None", "undefined", "true", "0", "-0", "1e309",
    "0x10", "１２３", "2026-11-23", "1/2", "06:00", "1,5", "=", "+", "-", "@",
)  # fmt: skip
AROUND = ("{}", "甲{}", "{}乙", "{0}{0}")
TEXTS = tuple(dict.fromkeys(around.format(seed) for around, seed in product(AROUND, SEEDS)))

FIELDS = [
    (table, field)
    for table in RECORDS
    for field in table._meta.sorted_fields
    if isinstance(field, Text | Note | CharField | TextField) and not isinstance(field, Choice | Span)
]


def share(nth):
    """The texts a field gets."""
    return TEXTS if IS_LONG else TEXTS[nth % SHARE :: SHARE]


def surrogate_free(text):
    return text.encode(errors="ignore").decode()


@pytest.fixture
def firm(file):
    sample.load(TODAY)


def test_there_are_as_many_as_are_spoken_of():
    assert len(TEXTS) >= 605
    assert len(FIELDS) > 100
    assert {text for nth in range(SHARE) for text in TEXTS[nth::SHARE]} == set(TEXTS)


def test_what_is_typed_into_a_field_is_kept_as_it_is_cleaned_or_refused_with_a_word(firm, zh):
    kept = 0
    for nth, (table, field) in enumerate(FIELDS):
        row = table.select().first()
        for text in share(nth):
            try:
                wanted = field.db_value(text)
            except Refused as no:
                assert len(clean(text)) > field.max_length, (table, field)
                assert zh.text(no.message)
                continue
            assert NEVER.isdisjoint(wanted), (table, field, text)
            if row is None:
                continue
            with unit("test.type", M("Edit")):
                table.update({field: text}).where(table.id == row.id).execute()
            assert held(table.select(field).where(table.id == row.id)) == [(wanted,)], (table, field, text)
            kept += 1
    assert kept > 1000


def test_the_history_of_a_record_tells_it_whatever_was_typed(firm, zh):
    person = Person.get()
    for text in TEXTS[::4]:
        with unit("test.type", M("Edit")):
            Person.update(name=text[:50], note=text).where(Person.id == person.id).execute()
    told = [zh.show(line.new) for entry in history.history(Person, person.id) for line in entry.lines]
    assert len(told) > 100


def test_what_is_looked_for_gives_the_rows_that_hold_it_and_nothing_breaks(firm):
    search.catch_up()
    for text in TEXTS:
        search.search(text)
    for text in ("王", "张伟", "%", "_", '"', "a*b", "AND", "-", "(", "'", "\\", "😀", "𠮷"):
        found = {(n, number) for n, rank, number in search.INDEX.holding(text, 10**6) if rank <= INSIDE}
        assert found == liked(text), text


def liked(text):
    """The rows that hold a text, looked for one by one."""
    found = set()
    for n, kind in enumerate(search.INDEX.kinds):
        for number, *values in held(kind.table.select(kind.table.id, *kind.columns)):
            if any(text.lower() in str(value).lower() for value in values if value):
                found.add((n, number))
    return found


def test_all_of_it_goes_onto_paper(tmp_path, zh, en):
    title = Both("文字", "Texts")
    table = Table(title, (Column(Both("甲", "One"), 80), Column(Both("乙", "Two"), 80)), 0, has_total=False)
    form = Form("XX-01", title, landscape=False, official=False, pages=1, version=1, sections=(table,))
    pairs = list(zip(TEXTS[::2], TEXTS[1::2], strict=False))
    for languages in ((zh,), (zh, en)):
        path = tmp_path / f"{len(languages)}.pdf"
        with Booklet(path, languages, company=TEXTS[40]) as booklet:
            pages = booklet.form(form, Filled(rows={"Texts": pairs}))
        assert pages > 5
        assert path.read_bytes().endswith(b"%%EOF\n")


def test_tables_of_it_come_back_equal_and_hold_no_formula(tmp_path):
    texts = [text for text in TEXTS if clean(text).strip() and len(clean(text)) < 30_000]
    assert write_csv(tmp_path / "out.csv", ("a", "b"), ((text, "x") for text in texts)) == len(texts)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    assert [unguarded(first) for first, _ in rows] == [clean(text) for text in texts]
    begins = {row[0].lstrip("\u00a0\u3000 ")[:1] for row in rows}
    assert begins & set("=+-@＝＋－＠\t\r\n") == set()
    assert write_xlsx(tmp_path / "out.xlsx", ("a", "b"), ((text, "x") for text in texts)) == len(texts)
    _, *sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert len(sheet) == len(texts)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist() if "sheet" in name)


def test_a_name_of_a_file_made_of_it_stays_a_name_in_its_folder(tmp_path):
    for text in TEXTS:
        for name in (file_name(text, "2026Q3"), legal(f"{surrogate_free(text)}.pdf"), legal(text)):
            assert PureWindowsPath(name).name == name
            assert PurePosixPath(name).name == name
            assert not PureWindowsPath(name).is_reserved() if hasattr(PureWindowsPath, "is_reserved") else True
            assert name.strip(" .") == name
            assert len(name.encode()) <= 160
        made = tmp_path / file_name(text, "2026Q3")
        made.write_bytes(b"")
        assert made.parent == tmp_path
        assert made in tmp_path.iterdir()
        made.unlink()
