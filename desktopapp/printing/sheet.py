"""One page drawn: rows with their lines and words, and what stands in its margins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktopapp.kernel.frozen import frozen
from desktopapp.printing.blocks import LEFT, MIDDLE, RIGHT, Cell, Row
from desktopapp.printing.flow import Placed
from desktopapp.printing.setter import TICK, Line
from desktopapp.printing.style import INNER, MM, OUTER, PAD, Page

_HEADER = 11 * MM
_FOOTER = 10 * MM


@frozen
class Margins:
    """The lines above and below the form."""

    company: Line | None
    subject: Line | None
    """On the right: what a loose page belongs to."""
    code: Line
    page: Line
    printed: Line | None
    aside: float = 0.0
    """The width that is kept free above at the right."""


def draw(page: Page, placed: Sequence[Placed], margins: Margins) -> str:
    """The content of one page, in the operators of PDF."""
    pen = _Pen(page)
    for each in placed:
        pen.tints(each)
    pen.rules(placed)
    for each in placed:
        pen.words(each)
    pen.margins(margins)
    return "\n".join(pen.operators)


class _Pen:
    """Writes operators; measures from the top left of the printed part."""

    def __init__(self, page: Page) -> None:
        self.operators: list[str] = []
        self._page = page
        self._x, self._y = page.left, page.height - page.top
        self._type = ""

    def tints(self, placed: Placed) -> None:
        """What lies behind the words."""
        for cell in placed.row.cells:
            if cell.tint is not None:
                self.operators.append(
                    f"{cell.tint:.3g} g {self._x + cell.x:.2f} {self._y - placed.top - placed.height:.2f} "
                    f"{cell.width:.2f} {placed.height:.2f} re f")

    def rules(self, placed: Sequence[Placed]) -> None:
        """The lines within and around each run of framed rows."""
        for run in _runs(placed):
            top, bottom = run[0].top, run[-1].top + run[-1].height
            self.operators.append(f"0 G {INNER} w")
            for each in run[1:]:
                if each.row.ruled:
                    self._line(0, each.top, self._page.text_width, each.top)
            for edges, start, end in _columns(run):
                for x in edges:
                    self._line(x, start, x, end)
            self.operators.append(
                f"S {OUTER} w {self._x:.2f} {self._y - bottom:.2f} {self._page.text_width:.2f} {bottom - top:.2f} re S")

    def words(self, placed: Placed) -> None:
        """What is written in a row."""
        for cell in placed.row.cells:
            if cell.lines:
                self._cell(cell, placed)
            if cell.picture:
                at = self._x + cell.x, self._y - placed.top
                self.operators += cell.picture.draw(*at, cell.width, placed.height)
            if cell.foot:
                x = cell.x + cell.width - PAD - cell.foot.width
                self._write(cell.foot, x, placed.top + placed.height - PAD - cell.foot.height)

    def margins(self, margins: Margins) -> None:
        """Company and subject above, form, page and time below."""
        above = _HEADER - self._page.top
        below = self._page.height - self._page.top - _FOOTER
        wide, narrow = self._page.text_width, self._page.text_width - margins.aside
        for line, y, align, width in (
            (margins.company, above, LEFT, wide), (margins.subject, above, RIGHT, narrow),
            (margins.code, below, LEFT, wide), (margins.page, below, MIDDLE, wide),
            (margins.printed, below, RIGHT, wide),
        ):  # fmt: skip
            if line:
                self._write(line, (width - line.width) * align, y - line.height / 2)

    def _cell(self, cell: Cell, placed: Placed) -> None:
        y = placed.top
        if placed.row.framed:
            y += PAD if cell.at_top else (placed.height - cell.height) / 2
        inner = cell.width - 2 * PAD if placed.row.framed else cell.width
        x = cell.x + (PAD if placed.row.framed else 0)
        for line in cell.lines:
            self._write(line, x + (inner - line.width) * cell.align, y)
            y += line.height

    def _write(self, line: Line, x: float, y: float) -> None:
        left, base = self._x + x, self._y - y - line.baseline
        if line.ticks:
            for at, ticked in line.ticks:
                self._tick(left + at, base - 0.4, ticked=ticked)
        for run in line.runs:
            if run.type != self._type:
                self._type = run.type
                self.operators.append(run.type)
            self.operators.append(f"BT 1 0 0 1 {left + run.at:.2f} {base:.2f} Tm <{run.codes}> Tj ET")

    def _tick(self, x: float, y: float, *, ticked: bool) -> None:
        self.operators.append(f"0.7 w 0 G {x:.2f} {y:.2f} {TICK:.2f} {TICK:.2f} re S")
        if ticked:
            points = ((0.18, 0.52), (0.42, 0.22), (0.92, 0.95))
            path = " ".join(f"{x + TICK * across:.2f} {y + TICK * up:.2f} {'l' if number else 'm'}"
                            for number, (across, up) in enumerate(points))
            self.operators.append(f"1.3 w {path} S")

    def _line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.operators.append(f"{self._x + x:.2f} {self._y - y:.2f} m {self._x + to_x:.2f} {self._y - to_y:.2f} l")


def _runs(placed: Iterable[Placed]) -> list[list[Placed]]:
    """The framed rows that follow each other without one that is not."""
    runs: list[list[Placed]] = []
    before: Row | None = None
    for each in placed:
        if each.row.framed:
            if before is None or not before.framed:
                runs.append([])
            runs[-1].append(each)
        before = each.row
    return runs


def _columns(run: Iterable[Placed]) -> list[tuple[tuple[float, ...], float, float]]:
    """The lines between cells, drawn through rows whose cells are alike."""
    columns: list[tuple[tuple[float, ...], float, float]] = []
    for each in run:
        edges, end = each.row.edges, each.top + each.height
        if columns and columns[-1][0] == edges:
            columns[-1] = (edges, columns[-1][1], end)
        else:
            columns.append((edges, each.top, end))
    return columns
