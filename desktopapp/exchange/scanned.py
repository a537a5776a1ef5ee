"""A form that was ticked on paper and scanned or photographed, read in a process of its own.

The picture is a stranger's like any file: a child with little time and memory opens it, looks for the square of a page
and the black marks in its corners, lays the page flat by them, and measures the ink in each box. It answers in JSON, a
line a page, with what the square says, the verdict on each row and, of one that is asked, a cut-out in plain greys. A
row is sure where one box has clearly been ticked and all others are clearly empty, or where all are; everything else is
asked.
"""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from desktopapp.exchange.child import answered
from desktopapp.exchange.sighting import Row, Sight, sighted
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

if TYPE_CHECKING:
    from PIL.Image import Image

SECONDS = 120
MEMORY = 1 << 30
BYTES, PAGES, PIXELS = 100 << 20, 200, 120_000_000
ANSWER = 64 << 20
"""The most bytes of an answer."""
LONGEST = 3600
"""The pixels of a page's long side that are looked at: 300 dots an inch."""
_DPI = 200
PICTURES = (".jpg", ".jpeg", ".png")

NO_READER, LARGE, LONG, UNREADABLE, SLOW = "no_reader", "large", "long", "unreadable", "slow"
REASONS: Mapping[str, Message] = {
    NO_READER: M("This installation cannot read scans and photos: its part “scan” is missing. Type the form in, or "
                 "install TeamHelm with that part."),
    LARGE: M("This file is larger than {most} MB. Scan in grey with 200 or 300 dots an inch, or fewer pages at once.",
             most=BYTES >> 20),
    LONG: M("This file has more than {most} pages. Scan fewer at once.", most=PAGES),
    UNREADABLE: M("This picture is damaged, or of a kind that cannot be read. Save it as JPG, PNG or PDF."),
    SLOW: M("Reading this file took too long, so it was given up. Scan fewer pages at once."),
}  # fmt: skip
"""Why a file was not read, by the key its reader answers with."""


@frozen
class Scanned:
    """A page as it was seen."""

    number: int
    """Its place in the file."""
    sight: Sight


def read_scan(path: Path) -> list[Scanned]:
    """The pages of a scan or photo. Raises `Refused`, with the sentence that says why."""
    try:
        if path.stat().st_size > BYTES:
            raise Refused(REASONS[LARGE], "file")
        lines = _asked(path)
    except subprocess.TimeoutExpired as late:
        raise Refused(REASONS[SLOW], "file") from late
    except (OSError, subprocess.SubprocessError, ValueError) as failed:
        raise Refused(REASONS[UNREADABLE], "file") from failed
    if not lines or "end" not in lines[-1]:
        raise Refused(REASONS.get(lines[-1].get("refused", ""), REASONS[UNREADABLE]) if lines else
                      REASONS[UNREADABLE], "file")  # fmt: skip
    return [Scanned(line["page"], _sight(line)) for line in lines[:-1]]


def _asked(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answered("scanned", str(path.resolve()), seconds=SECONDS).splitlines()]


def _sight(line: Mapping[str, Any]) -> Sight:
    return Sight(line["said"], tuple(map(_row, line["rows"])), line["why"])


def _row(told: Sequence[Any]) -> Row:
    question, choice, is_sure, width, height, pixels = told
    return Row(question, choice, is_sure, width, height, base64.b64decode(pixels))


def answer(arguments: Sequence[str], _given: IO[bytes], out: IO[bytes]) -> None:
    """Read the file that is named."""
    _answer(Path(arguments[-1]), out)


class _No(Exception):
    """The file is not to be read; says why by its key."""


def _answer(path: Path, out: IO[bytes]) -> None:
    try:
        left = ANSWER
        for number, picture in enumerate(_pictures(path), 1):
            left -= _tell(out, {"page": number, **_plain(sighted(picture))})
            if left < 0:
                raise _No(UNREADABLE)
        _tell(out, {"end": True})
    except _No as no:
        _tell(out, {"refused": str(no)})
    except ImportError:
        _tell(out, {"refused": NO_READER})
    except BaseException:  # noqa: BLE001 - whatever a stranger's file brings about, it is only not read
        _tell(out, {"refused": UNREADABLE})


def _tell(out: IO[bytes], line: Mapping[str, object]) -> int:
    return out.write(json.dumps(line).encode() + b"\n")


def _plain(sight: Sight) -> dict[str, object]:
    rows = [
        [row.question, row.choice, row.is_sure, row.width, row.height, base64.b64encode(row.pixels).decode()]
        for row in sight.rows
    ]
    return {"said": sight.said, "rows": rows, "why": sight.why}


def _pictures(path: Path) -> Iterator[Image]:
    """The pages in greys, none larger than is looked at."""
    with path.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    yield from _pages(path) if is_pdf else _photo(path)


def _photo(path: Path) -> Iterator[Image]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # looked at here, for more than that would be a warning only
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        if image.width * image.height > PIXELS:
            raise _No(LARGE)
        image.draft("L", (LONGEST, LONGEST))
        grey = image.convert("L")
    grey.thumbnail((LONGEST, LONGEST))
    yield grey


def _pages(path: Path) -> Iterator[Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if len(document) > PAGES:
        raise _No(LONG)
    for page in document:
        scale = min(_DPI / 72, LONGEST / max(*page.get_size(), 1))
        yield page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil().convert("L")
        page.close()

