"""The cells of a text file, made out in a process of its own: its encoding, its separator, its rows.

The answer begins with a line of JSON, goes on with cells and rows parted by the control characters that are made for
that, and ends with JSON again: a third of what JSON alone costs, which shows with 100,000 rows.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from desktopapp.exchange.child import answering
from desktopapp.exchange.encoding import encoding_of
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M

SECONDS = 60
MEMORY = 1 << 30
SAMPLE = 1 << 20
"""How much of a text is looked at to tell its separator."""
SEPARATORS = (",", ";", "\t", "|", ":")
WIDEST = 1_000
"""How many cells of a row are told of: enough to see that it is wider than a table."""
TOGETHER = 512
"""How many rows are told at a time."""
BLOCK = 1 << 18
FOREIGN, PAGE, DAMAGED, QUOTED = "foreign", "page", "damaged", "quoted"
OPEN_QUOTE = M("A quotation mark in this file is never closed, so its cells cannot be told apart.")
GIVEN_UP = M("Reading this file took more memory or time than a table needs, so it was given up. Split it.")

_END, _ROW, _CELL = "\x1d", "\x1e", "\x1f"
_SIGNS = str.maketrans(dict.fromkeys((_END, _ROW, _CELL), " "))
_FORMULA = re.compile(r'^="([^"]*)"\s*$')
"""How programs write digits that a spreadsheet is to leave alone."""


@frozen
class Text:
    """A text file as it is made out."""

    rows: Iterator[list[str]]
    """To be gone through once. Raises `Damaged` where no text goes on, `Refused` where the reader gave up."""
    encoding: str = ""
    separator: str = ""
    is_blank: bool = False
    why: str = ""
    """The key of why it has no rows."""


class Damaged(Exception):
    """There are bytes in it that no text of this encoding has."""


# Here


@contextmanager
def made_out(content: bytes, *, encoding: str | None, separator: str | None, most: int | None) -> Iterator[Text]:
    """The rows of a text, no more than the first `most`. Raises `Refused` where its reader was given up."""
    asked = json.dumps({"encoding": encoding, "separator": separator, "most": most})
    try:
        with answering("separated", asked, given=content, seconds=SECONDS) as told:
            head = _stated(told.readline())
            yield Text(_rows(told), **head)
    except OSError as failed:
        raise Refused(GIVEN_UP, "file") from failed


def _stated(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Refused(GIVEN_UP, "file")
    return told


def _rows(told: IO[bytes]) -> Iterator[list[str]]:
    waiting: list[bytes] = []
    while block := told.read(BLOCK):
        whole, sign, rest = block.rpartition(_ROW.encode())
        if sign:
            for row in b"".join((*waiting, whole)).decode().split(_ROW):
                yield row.split(_CELL) if row else []
            waiting.clear()
        waiting.append(rest)
    end = b"".join(waiting)
    if not end.startswith(_END.encode()):
        raise Refused(GIVEN_UP, "file")
    why = _stated(end[1:]).get("why")
    if why == DAMAGED:
        raise Damaged
    if why:
        raise Refused(OPEN_QUOTE, "file")


# There


def answer(arguments: Sequence[str], given: IO[bytes], out: IO[bytes]) -> None:
    """Read the text that is given, as the argument says."""
    asked, held = json.loads(arguments[0]), given.read()
    encoding = asked["encoding"] or encoding_of(held)
    sample = held[:SAMPLE].decode(encoding, "ignore") if encoding else ""
    why = FOREIGN if encoding is None else PAGE if sample.lstrip()[:1] == "<" else ""
    separator = asked["separator"] or separator_of(sample)
    told = {"encoding": encoding or "", "separator": separator, "is_blank": not sample.strip(), "why": why}
    out.write(json.dumps(told).encode() + b"\n")
    errors = "replace" if asked["encoding"] else "strict"  # who names an encoding sees what becomes of it
    if not why:
        lines = io.TextIOWrapper(io.BytesIO(held), encoding, errors, newline="")
        rows = (row[:WIDEST] for row in cells(lines, sample, separator))
        why = _told(islice(rows, asked["most"]), out)
    out.write(f"{_END}{json.dumps({'why': why})}".encode())


def _told(rows: Iterator[list[str]], out: IO[bytes]) -> str:
    """Write the rows; why they are not all."""
    try:
        while some := list(islice(rows, TOGETHER)):
            out.write(_joined(some).encode("utf-8", "replace"))
    except UnicodeDecodeError:
        return DAMAGED
    except csv.Error:
        return QUOTED
    return ""


def _joined(rows: Sequence[list[str]]) -> str:
    text = _ROW.join(map(_CELL.join, rows)) + _ROW
    if text.count(_CELL) == sum(map(len, rows)) - sum(map(bool, rows)) and text.count(_ROW) == len(rows):
        return text if _END not in text else text.replace(_END, " ")
    return "".join(_CELL.join(cell.translate(_SIGNS) for cell in row) + _ROW for row in rows)


def cells(lines: Iterable[str], sample: str, separator: str) -> Iterator[list[str]]:
    """The cells of each line."""
    reader: Iterator[list[str]] = csv.reader(lines, delimiter=separator)
    return ([_FORMULA.sub(r"\1", cell) for cell in row] for row in reader) if '="' in sample else reader


def separator_of(sample: str) -> str:
    """The sign that cuts most lines into the same number of cells."""
    return max(SEPARATORS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> float:
    start = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    try:
        widths = [len(row) for row in islice(start, 50) if row]
    except csv.Error:
        return 0.0
    cut = Counter(width for width in widths if width > 1)
    return max(cut.values()) / len(widths) if cut else 0.0
