"""Forms on paper: one PDF with a form for each person, blank or filled in.

    with Booklet(path, (language("zh_CN"),), company="远航科技", printed=now) as booklet:
        for person in people:
            booklet.form("PF-01", Filled(fields={"Name": person.name}), bookmark=person.name)

The file appears under its name when the block ends well, and not at all when it does not.
The same input gives the same bytes: the time printed below comes from the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.printing.blocks import BLANK, Blocks, Filled, Group
from desktopapp.printing.entry import Entry
from desktopapp.printing.file import PaperFile
from desktopapp.printing.flow import Placed, place
from desktopapp.printing.fonts import Fonts, missing
from desktopapp.printing.setter import Line, Setter, Tick, side_by_side
from desktopapp.printing.sheet import Margins, draw
from desktopapp.printing.spec import Form, form
from desktopapp.printing.style import Page, Style, page, style
from desktopapp.printing.text import printable

__all__ = ["BLANK", "Booklet", "Filled", "Fonts", "Group", "Printed", "Tick", "form", "unprintable"]


def unprintable(*values: object) -> tuple[str, ...]:
    """The characters in names, texts or `Filled` that have no glyph and would print as a box.

    Ask before printing, person by person, and tell the owner.
    """
    chinese = language("zh_CN")
    parts = [part for value in values for part in (value.values() if isinstance(value, Filled) else (value,))]
    return missing("".join(printable(part) if isinstance(part, str) else chinese.show(part)
                           for part in parts if not isinstance(part, Tick | Entry)))


@frozen
class Printed:
    """What a file of forms came to."""

    path: Path
    forms: int
    pages: int


class Booklet:
    """One PDF of many forms.

    `languages` are one or two: with two, the second stands smaller beneath the first.
    `seal` says where the firm's seal goes; `numbers` are those forms that have another number here.
    `fonts` may be shared by several booklets printed one after another; then the font
    programs are cut once for all of them, if the first holds every character.
    """

    def __init__(self, path: Path, languages: tuple[Language, ...], *, company: str = "", seal: str = "",
                 numbers: Mapping[str, str] = MappingProxyType({}), printed: datetime | None = None,
                 fonts: Fonts | None = None) -> None:
        self._setter = Setter(fonts or Fonts(), languages)
        self._company, self._seal, self._printed = printable(company), printable(seal), printed
        self._numbers = numbers
        self._blocks: dict[Form, Blocks] = {}
        self._title = ""
        self._file = PaperFile(path, "zh-CN" if languages[0].is_chinese else "en")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: BaseException | None,
                 _trace: TracebackType | None) -> None:
        if kind is None:
            self.save()
        else:
            self._file.drop()

    def form(self, form_: str | Form, filled: Filled = BLANK, *, bookmark: str = "",
             subject: str | Both | Message = "") -> int:
        """Add a form by its code or as it is stated, blank if nothing is filled in; says on how many pages it stands.

        `bookmark` is how the form is found in the file's outline; `subject` stands at the
        top right of each page, so that a loose sheet is known: whose, and of which period.
        """
        spec = form(form_) if isinstance(form_, str) else form_
        filled.check(spec)
        looks = style(official=spec.official, chinese=self._setter.first.is_chinese)
        sheet = self._sheet(spec)
        if spec not in self._blocks:
            self._blocks[spec] = Blocks(self._setter, looks, sheet, spec)
        pages = place(self._blocks[spec].rows(filled), sheet.room, spec.pages)
        self._entitle(spec)
        if bookmark:
            self._file.mark(printable(bookmark))
        for number, rows in enumerate(pages, 1):
            margins = self._margins(spec, looks, subject, number, len(pages))
            self._page(sheet, rows, margins)
        return len(pages)

    def save(self) -> None:
        """Finish the file."""
        self._file.save(self._setter.fonts)

    def _sheet(self, spec: Form) -> Page:
        """The sheet a form stands on."""
        return page(official=spec.official, landscape=spec.landscape)

    def _page(self, sheet: Page, rows: Sequence[Placed], margins: Margins) -> None:
        self._file.page((sheet.width, sheet.height), self._content(sheet, rows, margins))

    def _content(self, sheet: Page, rows: Sequence[Placed], margins: Margins) -> str:
        return draw(sheet, rows, margins)

    def _entitle(self, spec: Form) -> None:
        if not self._title:
            self._title = self._setter.words(spec.title)[0]
            self._file.describe(self._title, self._company, self._number(spec))

    def _number(self, spec: Form) -> str:
        return printable(self._numbers.get(spec.code, spec.code))

    def _head(self) -> str:
        """The firm, and where its seal goes."""
        if not self._seal:
            return self._company
        return self._setter.first.text(M("{company} (seal: {place})", company=self._company, place=self._seal))

    def _margins(self, spec: Form, looks: Style, subject: str | Both | Message, number: int, pages: int) -> Margins:
        def line(text: object) -> Line:
            said, second = self._setter.words(text)
            lines = [self._setter.cut(each, looks.foot, width / 2) for each in (said, second) if each]
            return side_by_side(lines, looks.foot.size * 0.6)

        width = self._sheet(spec).text_width
        printed = self._setter.first.text(M("Printed {at}", at=self._printed)) if self._printed else ""
        return Margins(
            company=line(self._head()) if self._head() else None,
            subject=line(subject) if subject else None,
            code=line(f"{self._number(spec)} · v{spec.version}"),
            page=line(M("Page {page} of {pages}", page=number, pages=pages)),
            printed=line(printed) if printed else None,
        )
