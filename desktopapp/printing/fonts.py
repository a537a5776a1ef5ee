"""The typeface of all paper: Noto Sans SC, embedded with exactly the characters a batch uses.

ReportLab reads the font files and cuts the programs. What goes into the PDF is our own: one
composite font a weight with two-byte codes, because ReportLab's 256-character pieces are cut
anew for every file, break a Chinese line into many strings, and name characters beyond U+FFFF
wrongly, so that 𬱖 could be read but neither copied nor found.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFObjectReference, PDFStream
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from desktopapp.kernel.frozen import frozen

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
REGULAR, BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"

_EM = 1000
_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@cache
def face(name: str) -> TTFontFace:
    """The font file, read once; ReportLab knows it by that name from then on."""
    font = TTFont(name, str(FOLDER / f"{name}.ttf"), shapable=False)
    pdfmetrics.registerFont(font)
    return font.face


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that would print as an empty box, each once, in their order."""
    known = face(REGULAR).charToGlyph
    return tuple(dict.fromkeys(each for each in text if ord(each) not in known and not each.isspace()))


class _Codes(dict[str, str]):
    """The two-byte code of each character in hexadecimal; a new character takes the next one."""

    def __missing__(self, character: str) -> str:
        code = self[character] = f"{len(self) + 1:04X}"
        return code


class _Widths(dict[str, float]):
    """How wide each character is, in parts of the type size."""

    def __init__(self, of: TTFontFace) -> None:
        self._of = of

    def __missing__(self, character: str) -> float:
        width: float = self._of.getCharWidth(ord(character)) / _EM
        self[character] = width
        return width


@frozen
class _Program:
    """What of a font goes into a file, deflated."""

    tag: str
    outlines: bytes
    length: int
    glyphs: bytes
    unicode: bytes
    widths: tuple[object, ...]


class Font:
    """One weight, as one batch of paper uses it.

    It may serve several files one after another: as long as no new character comes, they all
    share the program that was cut for the first.
    """

    above = below = 0
    """Room over and under each line beyond what the font has, in thousandths of the type size."""

    def __init__(self, name: str, resource: str) -> None:
        self.resource = resource
        self.ems = _Widths(face(name))
        self._name, self._face = name, face(name)
        self._codes = _Codes()
        self._cut: tuple[int, _Program] | None = None

    def encode(self, text: str) -> str:
        """The text as hexadecimal codes, to stand between < and > in a page."""
        return "".join(map(self._codes.__getitem__, text))

    def width(self, text: str) -> float:
        """How wide the text is, in parts of the type size."""
        return sum(map(self.ems.__getitem__, text))

    def embed(self, document: PDFDocument) -> PDFObjectReference:
        """Put the font into a file whose pages are all written."""
        whole: PDFObjectReference = document.Reference(self.whole(document))
        return whole

    def whole(self, document: PDFDocument) -> PDFDictionary:
        """The font as the file describes it; what it consists of is put into the file."""
        program = self._program()
        name = f"/{program.tag}+{self._name}"
        below = PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": name,
            "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
            "FontDescriptor": document.Reference(self._descriptor(document, program, name)),
            "DW": _EM, "W": _list(program.widths),
            "CIDToGIDMap": document.Reference(_stream(program.glyphs)),
        })
        return PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H",
            "DescendantFonts": _list((document.Reference(below),)),
            "ToUnicode": document.Reference(_stream(program.unicode)),
        })

    def _drawn(self, character: str) -> int:
        """The code point whose glyph a character is drawn with."""
        return ord(character)

    def _descriptor(self, document: PDFDocument, program: _Program, name: str) -> PDFDictionary:
        of = self._face
        return PDFDictionary({
            "Type": "/FontDescriptor", "FontName": name, "Flags": of.flags & ~_NONSYMBOLIC | _SYMBOLIC,
            "FontBBox": _list(of.bbox), "ItalicAngle": of.italicAngle,
            "Ascent": of.ascent + self.above, "Descent": of.descent - self.below,
            "CapHeight": of.capHeight, "StemV": of.stemV,
            "FontFile2": document.Reference(_stream(program.outlines, Length1=program.length)),
        })

    def _program(self) -> _Program:
        """The program for the characters met so far, cut again only when there are more of them."""
        if self._cut is None or self._cut[0] != len(self._codes):
            self._cut = len(self._codes), self._make_program()
        return self._cut[1]

    def _make_program(self) -> _Program:
        characters = tuple(self._codes)
        outlines = self._face.makeSubset([self._drawn(each) for each in characters])
        return _Program(
            tag=_tag("".join(characters)),
            outlines=zlib.compress(outlines),
            length=len(outlines),
            glyphs=zlib.compress(self._glyphs(characters)),
            unicode=zlib.compress(_unicode(characters).encode("ascii")),
            widths=tuple(self._unusual(characters)),
        )

    def _glyphs(self, characters: tuple[str, ...]) -> bytes:
        """For each code the place of its glyph in the cut program, which numbers them as they first come."""
        places = {0: 0}
        found = [0]
        for each in characters:
            glyph = self._face.charToGlyph.get(self._drawn(each), 0)
            found.append(places.setdefault(glyph, len(places)))
        return b"".join(place.to_bytes(2, "big") for place in found)

    def _unusual(self, characters: tuple[str, ...]) -> Iterator[object]:
        """The widths that are not those of a Han character, as a PDF lists them."""
        widths = [(code, round(self.ems[each] * _EM)) for code, each in enumerate(characters, 1)]
        for unusual, run in groupby(widths, lambda width: width[1] != _EM):
            if unusual:
                together = tuple(run)
                yield together[0][0]
                yield _list(tuple(width for _, width in together))


def _list(items: tuple[object, ...]) -> PDFArray:
    array = PDFArray(items)
    array.multiline = False
    return array


def _stream(deflated: bytes, **entries: int) -> PDFStream:
    return PDFStream(PDFDictionary({"Filter": "/FlateDecode", **entries}), deflated)


def _tag(characters: str) -> str:
    """Six letters that tell this cut of the font from any other."""
    digest = sha256(characters.encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _unicode(characters: tuple[str, ...]) -> str:
    """The table that says which character each code stands for, so that text can be copied and found."""
    units = (each.encode("utf-16-be", "surrogatepass").hex().upper() for each in characters)
    pairs = [f"<{code:04X}> <{each}>" for code, each in enumerate(units, 1)]
    blocks = (pairs[start:start + 100] for start in range(0, len(pairs), 100))
    return _CMAP.format(blocks="\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks))


class Fonts:
    """Both weights for one batch of paper."""

    def __init__(self) -> None:
        self.regular = Font(REGULAR, "F1")
        self.bold = Font(BOLD, "F2")

    def embed(self, document: PDFDocument) -> dict[str, PDFObjectReference]:
        """Put both into a file, by the names its pages call them."""
        return {font.resource: font.embed(document) for font in (self.regular, self.bold)}
