"""Filling a form in as other programs do, and spoiling it as strangers do."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns that a font has no glyph for the end of a line

NODE = shutil.which("node")
PDFJS = Path(sys.prefix) / "pdfjs" / "node_modules" / "pdfjs-dist"
"""The engine of Firefox, where `dev.py test` fetched it."""


def by_pypdf(path: Path, values: Mapping[str, str], out: Path, *, typed: bool = False) -> Path:
    """With pypdf, buttons by the name of their choice; scores may be `typed`."""
    writer = PdfWriter(clone_from=PdfReader(path))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(_named(values, typed=typed)), auto_regenerate=False)
    writer.write(out)
    return out


def _named(values: Mapping[str, str], *, typed: bool):
    for name, value in values.items():
        yield name, f"/{value}" if name.startswith("sure" if typed else ("score:", "sure")) else value


def by_pdfium(path: Path, values: Mapping[str, str], out: Path) -> Path:
    """With the engine of Chrome and Edge, by clicks and by keys, each half of a rare character a key."""
    places = _places(path)
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    form, pages = document.formenv.raw, list(document)
    for name, value in values.items():
        at, spots = places[name]
        page = pages[at]
        left, bottom, right, top = spots.get(value) or spots[""]
        x, y = (left + right) / 2, (bottom + top) / 2
        pdfium.FORM_OnMouseMove(form, page.raw, 0, x, y)
        pdfium.FORM_OnLButtonDown(form, page.raw, 0, x, y)
        pdfium.FORM_OnLButtonUp(form, page.raw, 0, x, y)
        if "" in spots:
            for unit in array("H", value.replace("\n", "\r").encode("utf-16-le")):
                pdfium.FORM_OnChar(form, page.raw, unit, 0)
        pdfium.FORM_ForceToKillFocus(form)
    document.save(out)
    document.close()
    return out


def by_pdfjs(path: Path, values: Mapping[str, str], out: Path) -> Path:
    """With the engine of Firefox, as it saves what was typed."""
    script, asked = Path(__file__).with_name("fill.mjs"), out.with_suffix(".json")
    asked.write_text(json.dumps(values), encoding="utf-8")
    subprocess.run([NODE, script, PDFJS, path, out, asked], check=True, timeout=120, capture_output=True)
    asked.unlink()
    return out


def pictures(path: Path):
    """The pages as that engine shows them."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    yield from (page.render(scale=1.2, may_draw_forms=True).to_pil() for page in document)
    document.close()


def _places(path: Path) -> dict[str, tuple[int, dict[str, tuple[float, ...]]]]:
    """The page of each field, and the place of each of its choices; a text has one place, without a name."""
    found: dict[str, tuple[int, dict[str, tuple[float, ...]]]] = {}
    for number, page in enumerate(PdfReader(path).pages):
        for annotation in page.get("/Annots", ()):
            widget = annotation.get_object()
            field = widget["/Parent"] if "/T" not in widget else widget
            rect = tuple(float(each) for each in widget["/Rect"])
            is_button = field["/FT"] == "/Btn"
            [choice] = [key[1:] for key in widget["/AP"]["/N"] if key != "/Off"] if is_button else [""]
            found.setdefault(field["/T"], (number, {}))[1][choice] = rect
    return found


def hidden(path: Path) -> dict[str, str]:
    """What a form is known by."""
    fields = PdfReader(path).get_fields() or {}
    return {name.removeprefix("hidden:"): str(field["/V"]) for name, field in fields.items() if "hidden:" in name}


def rewritten(path: Path, name: str, value: str, out: Path) -> Path:
    """The form with the value of one field put in by hand, hidden or not."""
    writer = PdfWriter(clone_from=PdfReader(path))
    for each in writer._root_object["/AcroForm"]["/Fields"]:
        if each.get_object()["/T"] == name:
            each.get_object()[NameObject("/V")] = TextStringObject(value)
    writer.write(out)
    return out
