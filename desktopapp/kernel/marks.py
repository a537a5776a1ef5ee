"""What a scan of a form on paper is read by: its corner marks, its boxes to tick, and the square that tells of them.

The square says by itself where the boxes of its page are, so that a sheet printed long ago, in whichever language and
layout, is still read. Lengths are millimetres from the upper left corner of an A4 page held upright.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from string import ascii_uppercase, digits

from desktopapp.kernel.frozen import frozen

PAGE = (210.0, 297.0)
MARK = 5.0
"""The side of a corner mark, black all over."""
CORNERS = ((9.0, 9.0), (201.0, 9.0), (201.0, 288.0), (9.0, 288.0))
"""The middles of the marks: upper left, upper right, lower right, lower left."""
SQUARE = (177.0, 6.0)
"""The upper left corner of the square."""
SIDE = 18.0
BOX = 4.0
"""The side of a box to tick, from the middle of its line to the middle of its line."""
MOST_BOXES, MOST_ROWS = 12, 35
"""The most boxes of a row, and rows of a page."""
PREFIX = "TH1"
NONCE, SEAL = 6, 13
"""Characters of the number used once and of the seal that the square holds."""

_DIGITS = digits + ascii_uppercase
_FINE, _STEP, _COARSE = 20, 50, 4
"""So many parts of a millimetre places from the left, steps and places from the top are told in."""
_HEAD, _GROUP, _ROW = len(PREFIX) + 1 + 4 + NONCE + 1, 7, 3


@frozen
class Boxes:
    """The boxes of one question, side by side."""

    question: int
    """Which of the questions of the form it is."""
    left: float
    """The middle of the first box."""
    step: float
    """From box to box."""
    count: int
    middle: float
    """Of all of them, from the top."""


@frozen
class Code:
    """What the square of a page says."""

    edition: int
    form: int
    nonce: str
    """The beginning of the form's number used once."""
    page: int
    rows: tuple[Boxes, ...]
    seal: str = ""


def written(code: Code) -> str:
    """A code without its seal, in capitals and digits. Raises ValueError where a page cannot be told of so."""
    head = f"{PREFIX}{_number(code.edition, 1)}{_number(code.form, 4)}{code.nonce[:NONCE].upper()}"
    groups = []
    for shape, rows in groupby(code.rows, key=lambda row: (row.left, row.step, row.count)):
        groups.append(_group(*shape, list(rows)))
    return f"{head}{_number(code.page, 1)}{''.join(groups)}"


def _group(left: float, step: float, count: int, rows: list[Boxes]) -> str:
    if count > MOST_BOXES or len(rows) > MOST_ROWS:
        raise ValueError(f"{count} boxes in {len(rows)} rows")
    shape = f"{_number(round(left * _FINE), 3)}{_number(round(step * _STEP), 2)}{_number(count, 1)}"
    told = "".join(f"{_number(row.question, 1)}{_number(round(row.middle * _COARSE), 2)}" for row in rows)
    return f"{shape}{_number(len(rows), 1)}{told}"


def sealed(text: str, seal: str) -> str:
    """A code with its seal behind it."""
    return f"{text}.{seal[:SEAL]}"


def parted(text: str) -> tuple[str, str]:
    """What is sealed of a code, and the seal."""
    said, _, seal = text.rpartition(".")
    return said, seal


def read(text: str) -> Code | None:
    """What a square says; nothing where it is none of ours."""
    said, seal = parted(text)
    if not said.startswith(PREFIX) or len(said) < _HEAD or len(seal) != SEAL:
        return None
    try:
        return Code(
            int(said[3], 36), int(said[4:8], 36), said[8 : 8 + NONCE], int(said[_HEAD - 1], 36),
            tuple(_rows(iter(said[_HEAD:]))), seal,
        )  # fmt: skip
    except ValueError:
        return None


def _rows(rest: Iterator[str]) -> Iterator[Boxes]:
    while shape := _some(rest, _GROUP):
        left, step = int(shape[:3], 36) / _FINE, int(shape[3:5], 36) / _STEP
        count, rows = int(shape[5], 36), int(shape[6], 36)
        if not 1 <= count <= MOST_BOXES or not 5 <= left <= PAGE[0] - 5 - step * (count - 1):
            raise ValueError(shape)
        for _ in range(rows):
            row = _some(rest, _ROW)
            middle = int(row[1:], 36) / _COARSE
            if not 5 <= middle <= PAGE[1] - 5:
                raise ValueError(row)
            yield Boxes(int(row[0], 36), left, step, count, middle)


def _some(rest: Iterable[str], count: int) -> str:
    """The next characters; none at the end, and no fewer."""
    found = "".join(islice(rest, count))
    if found and len(found) < count:
        raise ValueError(found)
    return found


def _number(number: int, width: int) -> str:
    """A number in as many digits of base 36."""
    if not 0 <= number < 36**width:
        raise ValueError(number)
    written = ""
    for _ in range(width):
        number, last = divmod(number, 36)
        written = _DIGITS[last] + written
    return written
