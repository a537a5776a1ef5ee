"""Files that are given back are read, whichever way they were filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desktopapp.exchange import returned, scanned
from desktopapp.exchange.returned import Sheet, read_form
from desktopapp.exchange.scanned import PICTURES, Scanned, read_scan
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews.imports import filled, ticked
from desktopapp.reviews.imports.found import Returned

MOST = 500
"""Files taken from what is dropped."""
_TOGETHER = 2
"""Files read at the same time."""
_KINDS = (".pdf", *PICTURES)
_MAYBE_SCANNED = tuple(returned.REASONS[why] for why in (returned.FLAT, returned.LARGE, returned.LONG))
"""What a scanner's PDF is refused with as a form filled in on the screen."""

Read = Sheet | list[Scanned] | Message
"""What is in a file, or why it was not read."""


def read_back(
    files: Iterable[Path], progress: Callable[[int, int], object] = lambda _done, _whole: None
) -> list[Returned]:
    """Read forms that came back; folders stand for the PDF files and pictures in them. Nothing is written.

    `progress` is told of every file and may raise to stop.
    """
    paths = list(_files(files))[:MOST]
    found: list[tuple[Path, Read]] = []
    with ThreadPoolExecutor(_TOGETHER, "forms") as readers:
        reading = [readers.submit(_read, path) for path in paths]
        try:
            for done, (path, each) in enumerate(zip(paths, reading, strict=True), 1):
                found.append((path, each.result()))
                progress(done, len(paths))
        except BaseException:
            readers.shutdown(cancel_futures=True)
            raise
    return list(_once([*filled.judged(found), *ticked.judged(found)]))


def _files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in _KINDS and each.is_file())
        else:
            yield path


def _read(path: Path) -> Read:
    try:
        return read_scan(path) if path.suffix.lower() in PICTURES else read_form(path)
    except Refused as no:
        return _as_scan(path, no.message) if no.message in _MAYBE_SCANNED else no.message


def _as_scan(path: Path, refusal: Message) -> list[Scanned] | Message:
    """A PDF without fields as what came out of a scanner; where no sheet of ours is on it, it was none."""
    try:
        pages = read_scan(path)
    except Refused as no:
        return no.message if no.message == scanned.REASONS[scanned.NO_READER] else refusal
    return pages if any(each.sight.said for each in pages) else refusal


def _once(found: Sequence[Returned]) -> Iterator[Returned]:
    """Of one form that came back in several files none is taken, unless all say the same: then the first."""
    by_form: dict[int, list[Returned]] = {}
    for each in found:
        if each.form and not each.refused:
            by_form.setdefault(each.form.id, []).append(each)
    for each in found:
        alike = by_form.get(each.form.id, []) if each.form and not each.refused else []
        if any(other.answers != each.answers for other in alike):
            names = tuple(other.path.name for other in alike if other is not each)
            yield Returned(each.path, M("This form came back in several files that differ: see {files} too. Put in the "
                                        "one that counts alone.", files=names), each.form)  # fmt: skip
        elif alike and alike[0] is not each:
            yield Returned(each.path, M("The same form with the same answers as in {file}.", file=alike[0].path.name),
                           each.form)  # fmt: skip
        else:
            yield each
