"""Forms that are ticked by hand and read back from a scan: a sheet as it is printed, with what a scan is read by.

    with Marked(path, (language("zh_CN"),), printed=now) as booklet:
        booklet.ticked(spec, filled, questions=("score:sales", "sure"), code=code, bookmark="张伟")

Where a form is filled in on the screen it has circles to click; here the same entries are boxes to tick, and room to
write in. `kernel.marks` says where marks and square stand and what the square tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktopapp.kernel import marks
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.marks import Boxes
from desktopapp.kernel.message import Both, Message
from desktopapp.printing.blocks import Cell, Filled
from desktopapp.printing.entry import CheckEntry, RatingEntry
from desktopapp.printing.flow import Placed
from desktopapp.printing.form import Booklet
from desktopapp.printing.sheet import Margins
from desktopapp.printing.spec import Form
from desktopapp.printing.square import drawn, modules
from desktopapp.printing.style import MM, PAD, Page

_LOWER = 8 * MM
"""So much lower than else the form begins, below the square."""
_QUIET = 3.5 * MM
_LINE = 0.7
_WIDE, _NARROW = 8 * MM, 5 * MM
"""From box to box: as far as hands like it, and no less where there are many."""

Asked = Callable[[int, tuple[Boxes, ...]], str]
"""Gives what the square says for a page, by its number and its boxes."""


class Marked(Booklet):
    """A booklet of such forms, and of others too."""

    _asked: Asked | None = None
    _questions: Sequence[str] = ()
    _at = 0

    def ticked(self, spec: Form, filled: Filled, *, questions: Sequence[str], code: Asked, bookmark: str = "",
               subject: str | Both | Message = "") -> int:
        """Add a form to be ticked; entries are told by their places among the `questions`. Gives its pages."""
        self._asked, self._questions, self._at = code, questions, 0
        try:
            return self.form(spec, filled, bookmark=bookmark, subject=subject)
        finally:
            self._asked = None

    def _sheet(self, spec: Form) -> Page:
        sheet = super()._sheet(spec)
        return replace(sheet, top=sheet.top + _LOWER, room=sheet.room - _LOWER) if self._asked else sheet

    def _content(self, sheet: Page, rows: Sequence[Placed], margins: Margins) -> str:
        if self._asked is None:
            return super()._content(sheet, rows, margins)
        self._at += 1
        boxes = tuple(self._boxes(sheet, rows))
        square = _square(sheet, self._asked(self._at, boxes))
        aside = sheet.left + sheet.text_width - marks.SQUARE[0] * MM + _QUIET
        under = super()._content(sheet, rows, replace(margins, aside=aside))
        return "\n".join([under, *_marks(sheet), *square, *_drawn(sheet, boxes)])

    def _boxes(self, sheet: Page, rows: Sequence[Placed]) -> Iterator[Boxes]:
        for row in rows:
            for cell in row.row.cells:
                if isinstance(cell.entry, (RatingEntry, CheckEntry)):
                    yield _placed(sheet, row, cell, self._questions.index(cell.entry.name))


def _placed(sheet: Page, row: Placed, cell: Cell, question: int) -> Boxes:
    """Where the boxes of a cell are: each in the middle of its share, below the figures where there are any."""
    count = len(cell.entry.choices) if isinstance(cell.entry, RatingEntry) else 1
    step = (cell.width - 2 * PAD) / count
    figures = cell.lines[0].height if cell.lines else 0.0
    height = figures + marks.BOX * MM
    left = sheet.left + cell.x + PAD + step / 2
    middle = sheet.top + row.top + (row.height - height) / 2 + figures + marks.BOX * MM / 2
    return Boxes(question, left / MM, step / MM, count, middle / MM)


def _square(sheet: Page, text: str) -> list[str]:
    left, top = marks.SQUARE
    return drawn(modules(text, fine=False), left * MM, sheet.height - top * MM, marks.SIDE * MM)


def _marks(sheet: Page) -> list[str]:
    half, side = marks.MARK / 2 * MM, marks.MARK * MM
    shapes = [f"{x * MM - half:.2f} {sheet.height - y * MM - half:.2f} {side:.2f} {side:.2f} re"
              for x, y in marks.CORNERS]  # fmt: skip
    return ["0 g", *shapes, "f"]


def _drawn(sheet: Page, rows: Sequence[Boxes]) -> list[str]:
    side = marks.BOX * MM
    shapes = []
    for row in rows:
        low = sheet.height - row.middle * MM - side / 2
        lefts = ((row.left + nth * row.step) * MM - side / 2 for nth in range(row.count))
        shapes += [f"{left:.2f} {low:.2f} {side:.2f} {side:.2f} re" for left in lefts]
    return [f"0 G {_LINE} w", *shapes, "S"] if shapes else []


def width(count: int) -> float:
    """The millimetres that so many boxes side by side like to have."""
    return max(min(_WIDE * count, 52 * MM), _NARROW * count) / MM + 2 * PAD / MM
