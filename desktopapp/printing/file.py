"""A PDF that is written page by page, so that a thousand forms take no more memory than ten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    PDFCrossReferenceTable,
    PDFDictionary,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFObjectReference,
    PDFPage,
    PDFStream,
    PDFTrailer,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.message import M
from desktopapp.printing.fonts import REGULAR, Fonts, face


class _Document(PDFDocument):
    """ReportLab's document, but a page leaves for the disk as soon as it is finished."""

    Pages: Any
    Catalog: Any
    _pdfVersion: tuple[int, int]
    idToObject: dict[str, Any]
    Reference: Callable[..., PDFObjectReference]

    def __init__(self, file: BinaryIO, lang: str) -> None:
        super().__init__(compression=1, invariant=1, lang=lang)
        self._file = file
        self._offset = 0
        self._write(PDFFile(self._pdfVersion).format(self))

    def addPage(self, page: PDFPage) -> None:
        name = self.thisPageName()
        stream = PDFStream(content=page.stream, filters=[PDFZCompress])
        page.Contents = self.Reference(stream)
        self.Reference(page, name)
        self._put(page.Contents.name)
        self._put(name)
        self.Pages.addPage(PDFObjectReference(name))
        self.pageCounter += 1
        self.inObject = None

    def embed(self, fonts: Fonts) -> None:
        """Put the fonts where the pages look for them."""
        self.idToObject["BasicFonts"].dict.update(fonts.embed(self))

    def format(self) -> bytes:
        """Write what is left: everything but the pages, then the table of it all. Nothing remains to be written."""
        number = 1
        while number in self.numberToId:  # writing an object may add the ones it refers to
            if self.numberToId[number] not in self.idToOffset:
                self._put(self.numberToId[number])
            number += 1
        table = PDFCrossReferenceTable()
        table.addsection(0, [self.numberToId[each] for each in range(1, number)])
        start = self._write(table.format(self))
        trailer = PDFTrailer(start, number, Root=self.Reference(self.Catalog), Info=self.Reference(self.info),
                             ID=self.ID())
        self._write(trailer.format(self))
        return b""

    def SaveToFile(self, _filename: object, canvas: Canvas) -> None:
        self.GetPDFData(canvas)

    def _put(self, name: str) -> None:
        """Write one object and forget it; only its place in the file is kept."""
        self.idToOffset[name] = self._write(PDFIndirectObject(name, self.idToObject[name]).format(self))
        self.idToObject[name] = None

    def _write(self, data: bytes) -> int:
        start = self._offset
        self._file.write(data)
        self._offset += len(data)
        return start


class _Canvas(Canvas):
    """ReportLab's canvas on that document."""

    _annotationrefs: list[PDFObjectReference]

    def __init__(self, document: _Document) -> None:
        settings: Any = {"initialFontName": REGULAR}  # or every page names a Helvetica that is not embedded
        super().__init__("", **settings)
        self._doc = document
        self.setPageCompression(1)


class PaperFile:
    """The file being written; it takes its name only when it is complete."""

    def __init__(self, path: Path, lang: str) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")
        try:
            self._file = self._part.open("wb")
        except OSError as error:
            raise fault(self.path, error) from error
        face(REGULAR)
        self._document = _Document(self._file, lang)
        self._canvas = _Canvas(self._document)
        self._canvas.showOutline()

    def describe(self, title: str, author: str, subject: str) -> None:
        """What the file says of itself: nothing of the people in it."""
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("TeamHelm")
        self._canvas.setProducer("TeamHelm")

    def mark(self, words: str) -> None:
        """A bookmark to the page that comes next."""
        key = f"{self._canvas.getPageNumber()}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(words, key)

    def page(self, size: tuple[float, float], content: str) -> None:
        """Write a page."""
        self._canvas.setPageSize(size)
        self._canvas.addLiteral(content)
        try:
            self._canvas.showPage()
        except OSError as error:
            raise fault(self.path, error) from error

    def keep(self, value: Any, name: str | None = None) -> PDFObjectReference:
        """Put an object of the format itself into the file; gives the way to refer to it."""
        return self._document.Reference(value, name)

    def widget(self, value: Any) -> PDFObjectReference:
        """Put an object on the page that comes next, over what is drawn there."""
        refers = self.keep(value)
        self._canvas._annotationrefs.append(refers)
        return refers

    def ask(self, form: dict[str, Any], fonts: Callable[[PDFDocument], PDFDictionary]) -> None:
        """Say which objects are filled in, and with which fonts."""
        self._document.Catalog.AcroForm = self.keep(PDFDictionary(form | {"DR": fonts(self._document)}))

    def save(self, fonts: Fonts) -> None:
        """Finish the file and give it its name."""
        try:
            self._document.embed(fonts)
            self._canvas.save()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self.path)
        except OSError as error:
            raise fault(self.path, error) from error

    def drop(self) -> None:
        """Leave nothing behind of a file that was not finished."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def fault(path: Path, error: OSError) -> Fault:
    """Why a file could not be written, for the owner."""
    return Fault(M("“{file}” could not be written: {reason}. Close it where it is open, or choose another folder.",
                   file=str(path), reason=error.strerror or str(error)))
