"""Which pages are meant by "1-3,5"."""

from __future__ import annotations

import re
import unicodedata

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~～至到", "-"))
_COMMAS = str.maketrans(dict.fromkeys("、;。", ","))
_PART = re.compile(r"(\d{1,6})(?:(-)(\d{1,6})?)?", re.ASCII)


def pages(text: str, count: int) -> tuple[int, ...]:
    """The pages meant, from 0, each once, in the order they are named; all of them where nothing is written.

    Takes 1-3,5 as well as 3- for the rest, full-width figures, and the commas and dashes of a
    Chinese keyboard. Raises `Refused` with what is wrong.
    """
    written = "".join(unicodedata.normalize("NFKC", text).split()).translate(_DASHES).translate(_COMMAS)
    if not written:
        return tuple(range(count))
    named = (page for part in written.split(",") for page in _part(part, count))
    return tuple(dict.fromkeys(named))


def _part(part: str, count: int) -> range:
    found = _PART.fullmatch(part)
    if found is None:
        raise Refused(M("Write pages as 1-3,5, not “{text}”.", text=part[:20]), "pages")
    first = int(found[1])
    last = int(found[3] or count) if found[2] else first
    if (beyond := max(first, last)) > count:
        raise Refused(M("There is no page {page}; the last one is {count}.", page=beyond, count=count), "pages")
    if first < 1:
        raise Refused(M("Pages begin with 1."), "pages")
    if first > last:
        raise Refused(M("Write the smaller page first: {last}-{first}.", first=first, last=last), "pages")
    return range(first - 1, last)
