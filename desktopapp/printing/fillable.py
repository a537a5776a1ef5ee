"""Forms that are filled in on the screen: a sheet as it is printed, with fields where it leaves room.

    with Fillable(path, (language("zh_CN"),), company="远航科技") as sheet:
        sheet.form(spec, Filled(texts={"Support": TextEntry("needs", "Support", 800)}))
        sheet.hide({"form": "PF-03", "nonce": "…"})

What is typed is drawn by whatever program opens the file, with the font it finds there: ours,
embedded with every character of GB 2312 and of the list of 2013 that governs given names, so
that Chinese stays readable everywhere. Fields have appearances of their own and run no script.

`seal` is written last: a text over the finished file, put in the place kept for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.printing.blocks import Cell
from desktopapp.printing.entry import CIRCLE, LEADING, TYPED, CheckEntry, RatingEntry, TextEntry
from desktopapp.printing.file import fault
from desktopapp.printing.flow import Placed
from desktopapp.printing.fonts import FOLDER, REGULAR, Font, Fonts, missing
from desktopapp.printing.form import Booklet
from desktopapp.printing.sheet import Margins
from desktopapp.printing.style import PAD, Page
from desktopapp.printing.text import printable, wrap

HIDDEN = "hidden:"
"""How the names begin of fields that are not seen."""
SEAL = "seal"
_PLACE = "seal:" + "0" * 123
"""What stands where the seal will: as long as one."""
_HIDE, _PRINT = 1 << 1, 1 << 2
_READ_ONLY, _WRAPS, _RADIO = 1 << 0, 1 << 12, 1 << 15
_ARC = 0.5523
_GROUND, _FRAME = "0.94 0.97 1", "0.62 0.72 0.85"
_INSET = 1.5
_NAME = "Wingdings"
"""What the fields call their font. Chrome's and Edge's engine types Chinese with a system's font, or with nothing where
there is none, unless the font of the field bears a name by which it takes it for one of symbols."""
_TYPE = f"/{_NAME} {TYPED} Tf 0 g"
_FIRST_HALVES, _SECOND_HALVES = range(0xD840, 0xD889), range(0xDC00, 0xE000)
"""The halves of the Han characters beyond U+FFFF, as UTF-16 has them."""
_BOX = "□"


class _Typeface(Font):
    """What is typed with.

    That engine draws no character beyond U+FFFF. It draws its two halves, or where its characters are wider the one
    that its last sixteen bits say. So all of these have a place here too: the first half is nothing, the second
    the character that ends so, of the form's own or the only one, or else a box.
    """

    above = below = round((LEADING - 1) * 500)

    def __init__(self, own: str) -> None:
        super().__init__(REGULAR, _NAME)
        every = "".join(dict.fromkeys(_usual() + own))
        firsts = dict.fromkeys(_FIRST_HALVES, ord(" "))
        seconds = dict.fromkeys(_SECOND_HALVES, ord(_BOX)) | _ending(every) | _ending(own)
        tails = {code & 0xFFFF: code for code in map(ord, every) if code > 0xFFFF and chr(code & 0xFFFF) not in every}
        self._instead = tails | firsts | seconds
        self.ems |= {chr(code): self.ems[chr(drawn)] for code, drawn in self._instead.items()}
        self.ems |= dict.fromkeys(map(chr, firsts), 0.0)
        self.encode(every + "".join(map(chr, self._instead)))

    def _drawn(self, character: str) -> int:
        return self._instead.get(ord(character), ord(character))


def _ending(characters: Iterable[str]) -> dict[int, int]:
    """For second halves the one character that ends so."""
    found: dict[int, list[int]] = {}
    for code in map(ord, characters):
        if code > 0xFFFF:
            found.setdefault(_SECOND_HALVES.start + (code & 0x3FF), []).append(code)
    return {half: codes[0] for half, codes in found.items() if len(codes) == 1}


def typeface(*own: str) -> Font:
    """The font that is typed with: what names and reports are written in, and the characters of these texts."""
    unusual = set("".join(map(printable, own))) - {"\n"}
    return _typeface("".join(sorted(each for each in unusual if ord(each) > 0xFFFF or each not in _usual())))


_typeface = cache(_Typeface)


@cache
def _usual() -> str:
    """GB 2312, and what the list of 2013 has beyond it."""
    rows = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    national = "".join(each.decode("gb2312", "ignore") for each in rows)
    beyond = (FOLDER / "beyond-gb2312.txt").read_text(encoding="utf-8").strip()
    every = "".join(map(chr, range(32, 127))) + national + beyond
    lacking = set(missing(every))
    return "".join(each for each in dict.fromkeys(every) if each not in lacking)


@frozen
class _Spot:
    """A place on the page, in whole points from its lower left corner."""

    left: int
    bottom: int
    right: int
    top: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.top - self.bottom


class Fillable(Booklet):
    """One PDF to be filled in, filed under its name only when it is whole and sealed.

    `typed` is the font of what is typed; forms written one after another share it.
    `seal` gives the text for the finished file, 128 characters long.
    """

    def __init__(self, path: Path, languages: tuple[Language, ...], *, company: str = "", numbers: Mapping[str, str],
                 typed: Font, seal: Callable[[Path], str], fonts: Fonts | None = None) -> None:
        self._path, self._whole, self._sealing = path, path.with_name(f".{path.name}.whole"), seal
        super().__init__(self._whole, languages, company=company, numbers=numbers, fonts=fonts)
        self._typed = typed
        self._fields: list[PDFObjectReference] = []
        self._font = PDFDictionary({_NAME: self._file.keep(None, _FONT), "ZaDb": self._file.keep(PDFDictionary({
            "Type": "/Font", "Subtype": "/Type1", "BaseFont": "/ZapfDingbats"}))})

    def hide(self, values: Mapping[str, str]) -> None:
        """Put in values that are not seen and not changed: what the form is known by when it comes back."""
        for name, value in (*values.items(), (SEAL, _PLACE)):
            self._fields.append(self._file.widget(_dictionary(
                Type="/Annot", Subtype="/Widget", FT="/Tx", T=_text(HIDDEN + name),
                V=_text(value), DA=_text(_TYPE), F=_HIDE, Ff=_READ_ONLY, Rect=_array((0, 0, 0, 0)))))

    def save(self) -> None:
        """Finish the file, seal it and give it its name."""
        self._file.ask({"Fields": PDFArray(self._fields), "DA": _text(_TYPE), "NeedAppearances": "false"}, self._embed)
        super().save()
        try:
            seal = self._sealing(self._whole)
            with self._whole.open("r+b") as file:
                file.seek(_only(file.read(), _PLACE.encode()))
                file.write(seal.encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
            self._whole.replace(self._path)
        except OSError as error:
            raise fault(self._path, error) from error
        finally:
            self._whole.unlink(missing_ok=True)

    def _embed(self, document: PDFDocument) -> PDFDictionary:
        document.idToObject[_FONT] = self._typed.whole(document)
        return PDFDictionary({"Font": self._font})

    def _page(self, sheet: Page, rows: Sequence[Placed], margins: Margins) -> None:
        for row in rows:
            for cell in row.row.cells:
                if cell.entry:
                    self._ask(sheet, row, cell)
        super()._page(sheet, rows, margins)

    def _ask(self, sheet: Page, row: Placed, cell: Cell) -> None:
        if isinstance(cell.entry, TextEntry):
            self._fields.append(self._text_field(cell.entry, _whole_cell(sheet, row, cell)))
        elif isinstance(cell.entry, CheckEntry):
            spot = _circles(sheet, row, cell, 1)[0]
            box = self._button(spot, cell.entry.tip, "Yes", _box(spot), T=_text(cell.entry.name), FT="/Btn",
                               V="/Off")  # fmt: skip
            self._fields.append(box)
        elif isinstance(cell.entry, RatingEntry):
            self._fields.append(self._rating(cell.entry, _circles(sheet, row, cell, len(cell.entry.choices))))

    def _text_field(self, entry: TextEntry, spot: _Spot) -> PDFObjectReference:
        return self._file.widget(_dictionary(
            Type="/Annot", Subtype="/Widget", FT="/Tx", T=_text(entry.name),
            TU=_text(entry.tip), V=_text(entry.value), DA=_text(_TYPE), F=_PRINT, Rect=_rect(spot),
            Ff=_WRAPS if entry.lines > 1 else 0, MaxLen=entry.most, **self._look(),
            AP=PDFDictionary({"N": self._drawn(spot, _frame(spot) + self._written(entry, spot))})))

    def _rating(self, entry: RatingEntry, spots: Sequence[_Spot]) -> PDFObjectReference:
        kids = PDFArray([])
        whole = self._file.keep(_dictionary(
            FT="/Btn", Ff=_RADIO, T=_text(entry.name), TU=_text(entry.tip), V="/Off", Kids=kids))
        for choice, spot in zip(entry.choices, spots, strict=True):
            kids.sequence.append(self._button(spot, f"{entry.tip}: {choice}", choice, _circle(spot), Parent=whole))
        return whole

    def _button(self, spot: _Spot, tip: str, on: str, look: tuple[str, str], **more: object) -> PDFObjectReference:
        empty, chosen = look
        drawn = PDFDictionary({on: self._drawn(spot, empty + chosen), "Off": self._drawn(spot, empty)})
        return self._file.widget(_dictionary(
            Type="/Annot", Subtype="/Widget", TU=_text(tip), F=_PRINT, Rect=_rect(spot),
            AS="/Off", AP=PDFDictionary({"N": drawn}), DA=_text("/ZaDb 0 Tf 0 g"),
            **self._look("l" if "Parent" in more else "4"), **more))

    @staticmethod
    def _look(mark: str = "") -> dict[str, object]:
        """Frame and ground, as a program finds them that draws the field anew."""
        look: dict[str, object] = {"BC": _array(map(float, _FRAME.split())), "BG": _array(map(float, _GROUND.split()))}
        if mark:
            look["CA"] = _text(mark)
        return {"MK": PDFDictionary(look), "BS": PDFDictionary({"W": 1, "S": "/S"})}

    def _drawn(self, spot: _Spot, operators: str) -> PDFObjectReference:
        about = {"Type": "/XObject", "Subtype": "/Form", "Resources": PDFDictionary({
            "Font": self._font}), "BBox": _array((0, 0, spot.width, spot.height))}
        return self._file.keep(PDFStream(PDFDictionary(about), operators, filters=[PDFZCompress]))

    def _written(self, entry: TextEntry, spot: _Spot) -> str:
        """What is in the field already."""
        lines = wrap(printable(entry.value), (spot.width - 6) / TYPED, self._typed.ems) if entry.value else ()
        top = spot.height - TYPED - 2 if entry.lines > 1 else (spot.height - TYPED) / 2 + 1
        said = " ".join(f"1 0 0 1 3 {top - nth * TYPED * LEADING:.2f} Tm <{self._typed.encode(line)}> Tj"
                        for nth, line in enumerate(lines))
        within = f"1 1 {spot.width - 2} {spot.height - 2} re W n"
        return f" /Tx BMC q {within} BT {_TYPE} {said} ET Q EMC"


_FONT = "TypedWith"


def _only(within: bytes, part: bytes) -> int:
    """Where the only place of a part begins."""
    if within.count(part) != 1:
        raise ValueError(f"{part!r} stands there {within.count(part)} times")
    return within.index(part)


def _whole_cell(sheet: Page, row: Placed, cell: Cell) -> _Spot:
    left, top = sheet.left + cell.x + _INSET, sheet.height - sheet.top - row.top - _INSET
    return _Spot(round(left), round(top - row.height + 2 * _INSET), round(left + cell.width - 2 * _INSET), round(top))


def _circles(sheet: Page, row: Placed, cell: Cell, count: int) -> list[_Spot]:
    """Squares side by side, each in the middle of its share, below the figures where there are any."""
    step = (cell.width - 2 * PAD) / count
    taken = cell.lines[0].height if cell.lines else 0.0
    height = taken + CIRCLE if cell.lines else CIRCLE
    top = sheet.height - sheet.top - row.top - (row.height - height) / 2 - taken
    lefts = (sheet.left + cell.x + PAD + step * (nth + 0.5) - CIRCLE / 2 for nth in range(count))
    return [_Spot(round(left), round(top - CIRCLE), round(left) + int(CIRCLE), round(top - CIRCLE) + int(CIRCLE))
            for left in lefts]


def _frame(spot: _Spot) -> str:
    return f"{_GROUND} rg {_FRAME} RG 1 w 0.5 0.5 {spot.width - 1} {spot.height - 1} re B"


def _box(spot: _Spot) -> tuple[str, str]:
    size = spot.width
    tick = ((0.2, 0.5), (0.42, 0.24), (0.82, 0.8))
    path = " ".join(f"{size * x:.2f} {size * y:.2f} {'l' if nth else 'm'}" for nth, (x, y) in enumerate(tick))
    return _frame(spot), f" 0 G 1.5 w {path} S"


def _circle(spot: _Spot) -> tuple[str, str]:
    middle = spot.width / 2
    around = partial(_round, middle=middle)
    return f"{_GROUND} rg {_FRAME} RG 1 w {around(middle - 0.5)} B", f" 0 g {around(middle / 2)} f"


def _round(radius: float, *, middle: float) -> str:
    """A circle as four curves."""
    bent = _ARC * radius
    corners = (
        (-radius, bent, -bent, radius, 0.0, radius), (bent, radius, radius, bent, radius, 0.0),
        (radius, -bent, bent, -radius, 0.0, -radius), (-bent, -radius, -radius, -bent, -radius, 0.0),
    )
    curves = " ".join(" ".join(f"{middle + each:.2f}" for each in corner) + " c" for corner in corners)
    return f"{middle - radius:.2f} {middle:.2f} m {curves}"


def _dictionary(**entries: object) -> PDFDictionary:
    return PDFDictionary(entries)


def _text(text: str) -> PDFString:
    return PDFString(text)


def _rect(spot: _Spot) -> PDFArray:
    return _array((spot.left, spot.bottom, spot.right, spot.top))


def _array(numbers: Iterator[float] | Sequence[float]) -> PDFArray:
    array = PDFArray(list(numbers))
    array.multiline = False
    return array
