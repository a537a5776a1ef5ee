"""Sheets that are filled in on the screen: every kind of field, the seal, and nothing left of what failed."""

from __future__ import annotations

from array import array

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

from desktopapp.kernel.message import Both
from desktopapp.printing.entry import CheckEntry, RatingEntry, TextEntry
from desktopapp.printing.fillable import Fillable, typeface
from desktopapp.printing.form import Filled
from desktopapp.printing.spec import Box, Column, Fields, Form, Table
from tests.printing.conftest import ZH

SPEC = Form(
    "XX-01", Both("试填表", "Trial"), landscape=False, official=False, pages=1, version=1,
    sections=(
        Fields(Both("基本", "Basics"), 2, (Both("姓名", "Name"), Both("属实", "True"))),
        Table(Both("评分", "Scores"), (Column(Both("项目", "Item"), 60), Column(Both("分", "Score"), 60)), 3,
              has_total=False),
        Box(Both("说明", "Words"), 4),
    ),
)  # fmt: skip
FILLED = Filled(
    fields={"Name": TextEntry("name", "姓名", 20, value="李㛃𫖯"), "True": CheckEntry("sure", "属实")},
    rows={"Scores": [["拜访", RatingEntry("score", "拜访", ("1", "2", "3"))]]},
    texts={"Words": TextEntry("words", "说明", 300, lines=4, value="一行\n两行")},
)
SEAL = "5" * 128


def written(path, seal=lambda _path: SEAL):
    with Fillable(path, (ZH,), numbers={}, typed=typeface("李㛃𫖯"), seal=seal) as sheet:
        sheet.hide({"nonce": "abc"})
        sheet.form(SPEC, FILLED)
    return path


def fields(path):
    return PdfReader(path).get_fields()


def test_each_kind_of_field_is_there_with_its_value(tmp_path):
    found = fields(written(tmp_path / "a.pdf"))
    assert (found["name"]["/V"], found["words"]["/V"]) == ("李㛃𫖯", "一行\n两行")
    assert sorted(found["score"]["/_States_"]) == ["/1", "/2", "/3", "/Off"]
    assert sorted(found["sure"]["/_States_"]) == ["/Off", "/Yes"]
    assert found["hidden:nonce"]["/V"] == "abc"


def test_a_field_knows_its_label_and_how_much_it_holds(tmp_path):
    raw = [each.get_object() for each in PdfReader(written(tmp_path / "a.pdf")).root_object["/AcroForm"]["/Fields"]]
    by_name = {each["/T"]: each for each in raw}
    assert (by_name["words"]["/TU"], by_name["words"]["/MaxLen"]) == ("说明", 300)
    assert by_name["words"]["/Ff"] & 1 << 12
    assert not by_name["name"]["/Ff"] & 1 << 12
    assert (by_name["hidden:nonce"]["/Ff"] & 1, by_name["hidden:nonce"]["/F"] & 2) == (1, 2)


def test_every_field_has_a_look_of_its_own_and_a_frame(tmp_path):
    for page in PdfReader(written(tmp_path / "a.pdf")).pages:
        for each in page["/Annots"]:
            widget = each.get_object()
            if not str(widget.get("/T", "")).startswith("hidden:"):
                assert widget["/AP"]["/N"]
                assert widget["/BS"]["/W"] == 1


def test_the_seal_is_put_over_the_finished_file(tmp_path):
    seen = []

    def seal(path):
        seen.append(fields(path)["hidden:seal"]["/V"])
        return SEAL

    path = written(tmp_path / "a.pdf", seal)
    assert len(seen[0]) == len(SEAL)
    assert fields(path)["hidden:seal"]["/V"] == SEAL


def test_the_same_form_is_the_same_file(tmp_path):
    assert written(tmp_path / "a.pdf").read_bytes() == written(tmp_path / "b.pdf").read_bytes()


def test_nothing_is_left_of_a_form_that_could_not_be_sealed(tmp_path):
    def fails(_path):
        raise RuntimeError("no key")

    with pytest.raises(RuntimeError):
        written(tmp_path / "a.pdf", fails)
    assert list(tmp_path.iterdir()) == []


def test_a_name_beyond_the_usual_characters_is_in_the_font(tmp_path):
    path = tmp_path / "a.pdf"
    with Fillable(path, (ZH,), numbers={}, typed=typeface("龜山"), seal=lambda _path: SEAL) as sheet:
        sheet.hide({})
        sheet.form(SPEC)
    unicode = PdfReader(path).root_object["/AcroForm"]["/DR"]["/Font"]["/Wingdings"]["/ToUnicode"].get_data()
    assert "龜".encode("utf-16-be").hex().upper().encode() in unicode


def test_a_rare_name_is_seen_while_it_is_typed_and_when_it_was(tmp_path):
    """Chrome's engine draws 𫖯 by its halves while it is typed, and by its last sixteen bits afterwards."""
    spec = Form("XX-01", Both("试填表", "Trial"), landscape=False, official=False, pages=1, version=1,
                sections=(Fields(Both("基本", "Basics"), 1, (Both("姓名", "Name"),)),))  # fmt: skip
    path = tmp_path / "a.pdf"
    with Fillable(path, (ZH,), numbers={}, typed=typeface("李㛃𫖯"), seal=lambda _path: SEAL) as sheet:
        sheet.hide({})
        sheet.form(spec, Filled(fields={"Name": TextEntry("name", "姓名", 20)}))
    ink = {name: inked(path, name) for name in ("李", "李𫖯")}
    assert all(after - before > 100 for before, after in zip(ink["李"], ink["李𫖯"], strict=True))


def inked(path, name):
    """How dark a field is with a name, while it is typed and when the pointer has gone elsewhere."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    form, page = document.formenv.raw, document[0]
    left, bottom, right, top = (float(each) for each in fields_of(path, "name")["/Rect"])
    pdfium.FORM_OnLButtonDown(form, page.raw, 0, (left + right) / 2, (bottom + top) / 2)
    pdfium.FORM_OnLButtonUp(form, page.raw, 0, (left + right) / 2, (bottom + top) / 2)
    for unit in array("H", name.encode("utf-16-le")):
        pdfium.FORM_OnChar(form, page.raw, unit, 0)
    crop = (left + 2, bottom + 2, page.get_width() - right + 2, page.get_height() - top + 2)
    seen = [darkness(page.render(scale=3, may_draw_forms=True, crop=crop))]
    pdfium.FORM_ForceToKillFocus(form)
    seen.append(darkness(page.render(scale=3, may_draw_forms=True, crop=crop)))
    document.close()
    return seen


def fields_of(path, name):
    raw = (each.get_object() for each in PdfReader(path).root_object["/AcroForm"]["/Fields"])
    return next(each for each in raw if each["/T"] == name)


def darkness(picture):
    return sum(picture.to_pil().convert("L").histogram()[:100])
