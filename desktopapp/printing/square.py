"""A square that a telephone reads (QR), drawn as shapes."""

from __future__ import annotations

from functools import lru_cache

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both, Message
from desktopapp.printing.style import MM, PAD

QUIET = 1.2 * MM
"""White kept around a square, beside the cell's own."""
SIDE = 15 * MM
_SEAM = 0.03
"""So much each strip reaches into the next, or viewers show hairs between them."""


@frozen
class Square:
    """The square of a text, in the middle of the right side of its cell. Capitals, digits and : make a small one."""

    text: str
    side: float = SIDE

    @property
    def room(self) -> float:
        """The width it takes."""
        return self.side + 2 * QUIET

    @property
    def height(self) -> float:
        """The least height it takes."""
        return self.side + 2 * QUIET

    def draw(self, x: float, top: float, width: float, height: float) -> list[str]:
        """Its operators, in a cell that begins there."""
        left, upper = x + width - PAD - QUIET - self.side, top - (height - self.side) / 2
        return drawn(modules(self.text), left, upper, self.side)


@frozen
class Proof:
    """What stands beside the signatures of a signed form: words, and a square that says the same to a telephone."""

    words: tuple[str | Both | Message, ...]
    square: Square


Row = tuple[tuple[int, int], ...]
"""Where runs of black begin in a row, and how long they are."""


def drawn(rows: tuple[Row, ...], left: float, upper: float, side: float) -> list[str]:
    """The operators of a square, from its upper left corner."""
    step = side / len(rows)
    shapes = []
    for nth, row in enumerate(rows):
        for start, count in row:
            low = upper - (nth + 1) * step
            shapes.append(f"{left + start * step:.3f} {low:.3f} {count * step:.3f} {step + _SEAM:.3f} re")
    return ["0 g", *shapes, "f"]


@lru_cache(maxsize=64)
def modules(text: str, *, fine: bool = True) -> tuple[Row, ...]:
    """The black runs of a square, row by row; a quarter of it may be dirty, or an eighth where it is less `fine`."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # here: few forms have one

    square = QRCode(None, QRErrorCorrectLevel.Q if fine else QRErrorCorrectLevel.M)
    square.addData(text)
    square.make()
    return tuple(_runs(row) for row in square.modules)


def _runs(row: list[bool]) -> Row:
    found: list[tuple[int, int]] = []
    for at, black in enumerate(row):
        if black and found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif black:
            found.append((at, 1))
    return tuple(found)
