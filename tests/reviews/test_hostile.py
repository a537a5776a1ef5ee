"""Files from strangers: whatever stands in them, nothing changes, nothing hangs, and the owner is told why."""

from __future__ import annotations

import random
import re
import time
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from desktopapp.areas import TABLES
from desktopapp.exchange import returned
from desktopapp.reviews.imports import read_back
from desktopapp.storage import DB, close_file, open_file
from tests.reviews import fill
from tests.reviews.conftest import Sent

N = NameObject


def d(**entries) -> DictionaryObject:
    return DictionaryObject({N(f"/{name}"): value for name, value in entries.items()})


SCRIPT = d(S=N("/JavaScript"), JS=TextStringObject("app.alert(1)"))


class Spoiler:
    """Makes files out of a good one; each way of spoiling is a method named by what it does."""

    def __init__(self, sent: Sent, good: Path, folder: Path) -> None:
        self.sent, self.good, self.folder = sent, good, folder
        self.bytes = good.read_bytes()

    def write(self, name: str) -> Path:
        path = self.folder / f"{name}.pdf"
        made = getattr(self, name)()
        if isinstance(made, PdfWriter):
            made.write(path)
        else:
            path.write_bytes(made)
        return path

    def opened(self) -> PdfWriter:
        return PdfWriter(clone_from=PdfReader(self.good))

    @staticmethod
    def fields(writer):
        return writer._root_object["/AcroForm"]["/Fields"]

    def field(self, writer, name):
        return next(each.get_object() for each in self.fields(writer) if each.get_object()["/T"] == name)

    def with_root(self, **entries) -> PdfWriter:
        writer = self.opened()
        writer._root_object.update(d(**entries))
        return writer

    def with_note(self, **entries) -> PdfWriter:
        writer = self.opened()
        note = d(Type=N("/Annot"), Rect=ArrayObject(map(NumberObject, (10, 10, 90, 90))), **entries)
        writer.pages[0]["/Annots"].append(writer._add_object(note))
        return writer

    def with_value(self, name, value) -> PdfWriter:
        writer = self.opened()
        field = self.field(writer, name)
        field[N("/V")] = value
        return writer

    # Scripts and commands

    def script_in_names(self):
        scripts = d(Names=ArrayObject([TextStringObject("a"), SCRIPT]))
        return self.with_root(Names=d(JavaScript=scripts))

    def script_on_opening(self):
        return self.with_root(OpenAction=SCRIPT)

    def launch_on_opening(self):
        return self.with_root(OpenAction=d(S=N("/Launch"), F=TextStringObject("cmd.exe")))

    def script_on_a_page(self):
        writer = self.opened()
        writer.pages[0][N("/AA")] = d(O=SCRIPT)
        return writer

    def script_behind_a_key(self):
        writer = self.opened()
        self.field(writer, "gain")[N("/AA")] = d(K=SCRIPT)
        return writer

    def script_in_a_chain(self):
        return self.with_root(OpenAction=d(S=N("/GoTo"), D=ArrayObject([]), Next=d(S=N("/URI"), Next=SCRIPT)))

    def launch_by_a_click(self):
        return self.with_note(Subtype=N("/Link"), A=d(S=N("/Launch"), F=TextStringObject("calc.exe")))

    def form_sent_to_a_server(self):
        return self.with_note(Subtype=N("/Link"), A=d(S=N("/SubmitForm"), F=TextStringObject("http://example.org")))

    def data_from_a_server(self):
        return self.with_note(Subtype=N("/Link"), A=d(S=N("/ImportData"), F=TextStringObject("\\\\host\\a")))

    def film(self):
        return self.with_note(Subtype=N("/RichMedia"), RichMediaContent=d())

    # Things carried along

    def attachment(self):
        writer = self.opened()
        writer.add_attachment("工资.exe", b"MZ")
        return writer

    def attachment_on_a_page(self):
        file = DecodedStreamObject()
        file.set_data(b"MZ")
        return self.with_note(Subtype=N("/FileAttachment"), FS=d(Type=N("/Filespec"), F=TextStringObject("a.exe")))

    def another_kind_of_form(self):
        writer = self.opened()
        writer._root_object["/AcroForm"][N("/XFA")] = TextStringObject("<xdp/>")
        return writer

    def password(self):
        writer = self.opened()
        writer.encrypt("secret", algorithm="RC4-128")
        return writer

    def password_of_nothing(self):
        writer = self.opened()
        writer.encrypt("", "owner", algorithm="RC4-128")
        return writer

    # What it is known by, and what it asks

    def another_nonce(self):
        return self.with_value("hidden:nonce", TextStringObject("0" * 32))

    def nonce_of_a_colleague(self):
        other = PdfReader(self.sent.paths["张伟"]).get_fields()["hidden:nonce"]["/V"]
        return self.with_value("hidden:nonce", TextStringObject(other))

    def no_nonce(self):
        writer = self.opened()
        fields = self.fields(writer)
        fields.remove(next(each for each in fields if each.get_object()["/T"] == "hidden:nonce"))
        return writer

    def another_person(self):
        return self.with_value("hidden:person", TextStringObject("3"))

    def another_edition(self):
        return self.with_value("hidden:edition", TextStringObject("99"))

    def another_relation(self):
        return self.with_value("hidden:relation", TextStringObject("superior"))

    def seal_of_zeros(self):
        return self.with_value("hidden:seal", TextStringObject("0" * 128))

    def seal_of_chinese(self):
        return self.with_value("hidden:seal", TextStringObject("印" * 128))

    def edited_words(self):
        """Another figure above the circles: the codes of two digits on the page change places."""
        writer = self.opened()
        page = writer.pages[0]
        content = page["/Contents"].get_object().get_data()
        shown = re.findall(rb"<([0-9A-F]{4})> Tj", content)
        one, five = next(pair for pair in zip(shown, shown[4:], strict=False) if pair[0] != pair[1])
        swapped = content.replace(b"<%s> Tj" % one, b"<@> Tj").replace(b"<%s> Tj" % five, b"<%s> Tj" % one)
        stream = DecodedStreamObject()
        stream.set_data(swapped.replace(b"<@> Tj", b"<%s> Tj" % five))
        page[N("/Contents")] = writer._add_object(stream)
        return writer

    def swapped_places(self):
        writer = self.opened()
        one, other = (self.field(writer, f"score:{each}")["/Kids"] for each in self.sent.dimensions[:2])
        for a, b in zip(one, other, strict=True):
            first, second = a.get_object(), b.get_object()
            first[N("/Rect")], second[N("/Rect")] = second["/Rect"], first["/Rect"]
        return writer

    def turned_round_choices(self):
        writer = self.opened()
        kids = [each.get_object() for each in self.field(writer, f"score:{self.sent.dimensions[0]}")["/Kids"]]
        places = [each["/Rect"] for each in kids]
        for kid, place in zip(kids, reversed(places), strict=True):
            kid[N("/Rect")] = place
        return writer

    def edited_tip(self):
        writer = self.opened()
        self.field(writer, "gain")[N("/TU")] = TextStringObject("Anything")
        return writer

    def room_for_more(self):
        writer = self.opened()
        del self.field(writer, "gain")["/MaxLen"]
        return writer

    def field_too_many(self):
        writer = self.opened()
        place = ArrayObject(map(NumberObject, (10, 10, 90, 90)))
        self.fields(writer).append(writer._add_object(d(FT=N("/Tx"), T=TextStringObject("bonus"), Rect=place)))
        return writer

    def field_twice(self):
        writer = self.opened()
        copy = DictionaryObject(self.field(writer, "gain"))
        self.fields(writer).append(writer._add_object(copy))
        return writer

    def field_missing(self):
        writer = self.opened()
        self.fields(writer).pop()
        return writer

    # Trees that are no trees

    def fields_in_a_circle(self):
        writer = self.opened()
        outer = writer._add_object(d(T=TextStringObject("a")))
        inner = writer._add_object(d(T=TextStringObject("b"), Kids=ArrayObject([outer])))
        outer.get_object()[N("/Kids")] = ArrayObject([inner])
        self.fields(writer).append(outer)
        return writer

    def field_that_is_its_own_parent(self):
        writer = self.opened()
        made = writer._add_object(d(T=TextStringObject("a"), FT=N("/Tx")))
        made.get_object().update(d(Parent=made, Kids=ArrayObject([made])))
        self.fields(writer).append(made)
        return writer

    def fields_without_end(self):
        writer = self.opened()
        last = writer._add_object(d(T=TextStringObject("end"), FT=N("/Tx")))
        for nth in range(400):
            last = writer._add_object(d(T=TextStringObject(f"f{nth}"), Kids=ArrayObject([last])))
        self.fields(writer).append(last)
        return writer

    def thousands_of_fields(self):
        writer = self.opened()
        for nth in range(5000):
            self.fields(writer).append(writer._add_object(d(FT=N("/Tx"), T=TextStringObject(f"f{nth}"))))
        return writer

    def pages_in_a_circle(self):
        writer = self.opened()
        pages = writer._root_object["/Pages"]
        pages["/Kids"].append(pages.indirect_reference)
        return writer

    def too_many_pages(self):
        writer = self.opened()
        for _ in range(60):
            writer.add_blank_page(200, 200)
        return writer

    def brackets_without_end(self):
        return self.bytes.replace(b"/NeedAppearances false", b"/NeedAppearances " + b"[" * 200_000)

    # Bombs

    def page_that_swells(self):
        writer = self.opened()
        bomb = StreamObject()
        bomb._data = zlib.compress(zlib.compress(b" " * (1 << 29), 9), 9)
        bomb[N("/Filter")] = ArrayObject([N("/FlateDecode"), N("/FlateDecode")])
        writer.pages[0][N("/Contents")] = writer._add_object(bomb)
        return writer

    def answer_that_swells(self):
        bomb = StreamObject()
        bomb._data = zlib.compress(b"A" * (1 << 27), 9)
        bomb[N("/Filter")] = N("/FlateDecode")
        writer = self.opened()
        self.field(writer, "gain")[N("/V")] = writer._add_object(bomb)
        return writer

    def page_of_endless_work(self):
        writer = self.opened()
        stream = StreamObject()
        stream._data = zlib.compress(b"q 1 0 0 1 0 0 cm BT /F1 9 Tf (a) Tj ET Q\n" * 1_500_000, 9)
        stream[N("/Filter")] = N("/FlateDecode")
        writer.pages[0][N("/Contents")] = writer._add_object(stream)
        return writer

    def larger_than_any_form(self):
        return self.bytes + b"\n%" + b"x" * returned.BYTES

    # No form at all

    def empty(self):
        return b""

    def text(self):
        return "姓名：王芳\n自评：5\n".encode()

    def archive(self):
        return b"PK\x03\x04" + b"\0" * 500

    def half(self):
        return self.bytes[: len(self.bytes) // 2]

    def table_that_points_nowhere(self):
        return re.sub(rb"\d{10} 00000 n", b"9999999999 00000 n", self.bytes)

    def table_that_points_at_itself(self):
        start = re.findall(rb"startxref\s+(\d+)", self.bytes)[-1]
        return self.bytes.replace(b"trailer\n<<", b"trailer\n<<\n/Prev %s" % start)

    def no_table(self):
        return self.bytes[: self.bytes.rindex(b"xref\n0")]

    def printed_to_pdf(self):
        writer = self.opened()
        del writer._root_object["/AcroForm"]
        return writer

    def form_of_somebody_else(self):
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        field = writer._add_object(d(FT=N("/Tx"), T=TextStringObject("name"), V=TextStringObject("王芳")))
        writer._root_object[N("/AcroForm")] = d(Fields=ArrayObject([field]))
        return writer


REFUSED = {
    "含有脚本或命令": (
        "script_in_names", "script_on_opening", "launch_on_opening", "script_on_a_page", "script_behind_a_key",
        "script_in_a_chain", "launch_by_a_click", "form_sent_to_a_server", "data_from_a_server",
    ),
    "夹带了别的文件": ("film", "attachment", "attachment_on_a_page"),
    "改制过（XFA）": ("another_kind_of_form",),
    "设有密码": ("password", "password_of_nothing"),
    "没有发出过这个编号": ("another_nonce",),
    "不是从本软件发出": ("no_nonce", "form_of_somebody_else"),
    "被改动过": (
        "nonce_of_a_colleague", "another_person", "another_edition", "another_relation", "seal_of_zeros",
        "seal_of_chinese", "edited_words", "swapped_places", "turned_round_choices", "edited_tip", "room_for_more",
        "field_too_many", "field_twice", "field_missing",
    ),
    "已损坏": (
        "fields_in_a_circle", "field_that_is_its_own_parent", "fields_without_end", "thousands_of_fields",
        "pages_in_a_circle", "brackets_without_end", "page_that_swells", "answer_that_swells", "half",
    ),
    "超过 50 页": ("too_many_pages",),
    "超过 10 MB": ("larger_than_any_form",),
    "不是 PDF": ("empty", "text", "archive"),
    "没有可读的填写框": ("printed_to_pdf",),
}  # fmt: skip
"""The words that say why, and the files they are said of."""

HARMLESS = ("table_that_points_nowhere", "table_that_points_at_itself", "no_table", "page_of_endless_work")
"""Files that may be read after all, or not: their tables are mended, or their time runs out."""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Every such file and what became of it, read in one go; and what the data was before."""
    place = tmp_path_factory.mktemp("hostile")
    open_file(place / "data", TABLES)
    sent = Sent(place / "out")
    good = fill.by_pypdf(sent.paths["王芳"], sent.answers("王芳"), place / "good.pdf")
    spoiler = Spoiler(sent, good, place)
    names = [name for group in REFUSED.values() for name in group] + list(HARMLESS)
    before = everything()
    found = {each.path.stem: each for each in read_back([spoiler.write(name) for name in names])}
    yield spoiler, found, before
    assert everything() == before
    close_file()


def everything() -> list[tuple]:
    """Every row of the data."""
    tables = [row[0] for row in DB.execute_sql("select name from sqlite_schema where type = 'table'").fetchall()]
    return [(name, DB.execute_sql(f'select * from "{name}"').fetchall()) for name in sorted(tables)]


@pytest.mark.slow
@pytest.mark.parametrize(("why", "name"), [(why, name) for why, names in REFUSED.items() for name in names])
def test_a_spoiled_form_is_refused_with_the_sentence_that_says_why(world, zh, why, name):
    _, found, before = world
    assert found[name].refused is not None, found[name]
    assert why in zh.text(found[name].refused)
    assert everything() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", HARMLESS)
def test_a_broken_table_is_mended_or_refused_and_changes_nothing(world, name):
    spoiler, found, before = world
    each = found[name]
    if each.refused is None:
        kept = spoiler.sent.answers("王芳")
        assert {key: text for key, text in each.answers.items() if text} == {
            key: text for key, text in kept.items() if key in each.answers
        }
    assert everything() == before


@pytest.mark.slow
def test_there_are_at_least_forty_of_them(world):
    _, found, _ = world
    assert len(found) >= 40


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("score", "9", "1 到 5 之间"), ("score", "1e400", "不是评分"), ("score", "-1", "不是评分"),
        ("score", "NaN", "不是评分"), ("score", "五", "不是评分"), ("score", "4.5", "4.5"),
        ("gain", "长" * 1001, "最多"), ("result:1:what", "长" * 201, "最多"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_shown_and_cannot_be_taken_over(world, zh, tmp_path, key, value, why):
    spoiler, _, _ = world
    name = f"score:{spoiler.sent.dimensions[0]}" if key == "score" else key
    text = NameObject(f"/{value}") if key == "score" else TextStringObject(value)
    path = tmp_path / "a.pdf"
    spoiler.with_value(name, text).write(path)
    [found] = read_back([path])
    [change] = [each for each in found.changes if each.key == name]
    assert why in zh.text(change.problem)
    assert name not in found.answers


@pytest.mark.slow
def test_marks_that_cannot_be_seen_are_dropped(world, tmp_path):
    spoiler, _, _ = world
    path = tmp_path / "a.pdf"
    spoiler.with_value("gain", TextStringObject("好\u202eabc\u200b\x07 坏\r\n一行")).write(path)
    [found] = read_back([path])
    assert found.answers["gain"] == "好abc 坏\n一行"


@pytest.mark.slow
def test_a_note_put_over_the_form_is_told_and_not_read(world, zh, tmp_path):
    spoiler, _, _ = world
    path = tmp_path / "a.pdf"
    spoiler.with_note(Subtype=N("/FreeText"), Contents=TextStringObject("业绩 5 分")).write(path)
    [found] = read_back([path])
    assert [zh.text(each) for each in found.warnings] == ["表上另加了 1 处批注或图画，没有读取。"]


@pytest.mark.slow
def test_pages_drawn_otherwise_are_told(world, zh, tmp_path):
    spoiler, _, _ = world
    writer = spoiler.opened()
    stream = DecodedStreamObject()
    stream.set_data(writer.pages[0]["/Contents"].get_object().get_data() + b" 1 g 60 600 400 20 re f")
    writer.pages[0][N("/Contents")] = writer._add_object(stream)
    path = tmp_path / "a.pdf"
    writer.write(path)
    [found] = read_back([path])
    assert [zh.text(each) for each in found.warnings] == ["页面被别的软件重新保存过，表上的文字没有变。"]


@pytest.mark.slow
def test_files_with_bytes_blown_over_change_nothing(world, tmp_path):
    spoiler, _, before = world
    chance, paths = random.Random(7), []
    for nth in range(12):
        spoiled = bytearray(spoiler.bytes)
        start = spoiled.rindex(b"/AcroForm") - 200_000 if nth % 2 else 0
        for _ in range(200):
            spoiled[chance.randrange(start, len(spoiled))] = chance.randrange(256)
        paths.append(tmp_path / f"{nth}.pdf")
        paths[-1].write_bytes(spoiled)
    assert len(read_back(paths)) == 12
    assert everything() == before


@pytest.mark.slow
def test_a_reader_that_hangs_is_given_up(world, zh, monkeypatch):
    spoiler, _, _ = world
    monkeypatch.setattr(returned, "SECONDS", 0.05)
    began = time.monotonic()
    [found] = read_back([spoiler.good])
    assert time.monotonic() - began < 5
    assert "用时过长" in zh.text(found.refused)


@pytest.mark.slow
def test_a_file_that_is_gone_is_refused(world, zh):
    spoiler, _, _ = world
    [found] = read_back([spoiler.folder / "gone.pdf"])
    assert "无法读取" in zh.text(found.refused)
