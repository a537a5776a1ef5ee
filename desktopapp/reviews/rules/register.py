"""The register of what was signed: each entry names the one before it by its fingerprint. Pure.

It shows that a paper is the one whose code stands on it, and that no entry was altered, taken out or put in between.
It does not show who signed, or when; and whoever made all entries anew would be told only by papers printed before.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.pattern import pattern

CODE = 16
"""So many hex digits of a fingerprint are printed."""
PREFIX = "TH:SIGN"
"""Begins what the square beside the signatures says: TH:SIGN:12:0123456789ABCDEF."""


@frozen
class Entry:
    """The place of a signed review in the register; it is a part of what is signed."""

    number: int
    """Counted from 1, through all reviews."""
    previous: str = ""
    """The fingerprint of the entry before, nothing for the first."""
    version: int = 1
    """How often this review was signed, with this time."""
    corrects: tuple[int, str] | None = None
    """Number and code of the version it takes the place of."""
    reason: str = ""
    """Why that one was corrected."""


@frozen
class Kept:
    """An entry as the file holds it."""

    number: int
    document: str
    sha256: str

    @property
    def code(self) -> str:
        """As it is printed."""
        return code(self.sha256)


def canonical(kept: Mapping[str, Any]) -> str:
    """Values as one text, the same letter by letter whatever their order: JSON with sorted keys, composed (NFC)."""
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def fingerprint(document: str) -> str:
    """The SHA-256 of a text, as 64 hex digits."""
    return hashlib.sha256(document.encode()).hexdigest()


def code(sha256: str) -> str:
    """A fingerprint as it is printed: 0123456789ABCDEF."""
    return sha256[:CODE].upper()


def grouped(printed: str) -> str:
    """A code in fours, to be read from paper."""
    return " ".join(printed[at : at + 4] for at in range(0, len(printed), 4))


def square(number: int, printed: str) -> str:
    """What the square of a paper says."""
    return f"{PREFIX}:{number}:{printed}"


_SQUARE = pattern(rf"{PREFIX}:(\d{{1,9}}):(.*)")
_MISREAD = str.maketrans("OIL", "011")
"""Letters a code does not have, for the digits they are read for."""
_HEX = pattern(r"[0-9A-F]*")


def typed(text: str) -> tuple[str, int | None]:
    """A code as somebody types or scans it, with the number of its entry where the square says it.

    Spaces, dashes and full-width letters are passed over. What cannot be a code is given as it is.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKC", text).upper() if each.isalnum() or each == ":")
    number, rest = None, plain
    if found := _SQUARE.fullmatch(plain):
        number, rest = int(found[1]), found[2]
    meant = rest.translate(_MISREAD)
    return (meant if _HEX.fullmatch(meant) else rest), number


def is_code(text: str) -> bool:
    """Whether a text is as long as a code and has only its digits."""
    return len(text) == CODE and _HEX.fullmatch(text) is not None


def near(text: str, codes: Iterable[str]) -> str | None:
    """The one code that differs from a text in one or two places, as from slips in typing."""
    close = [each for each in codes if len(each) == len(text) and 0 < _differing(each, text) <= 2]
    return close[0] if len(close) == 1 else None


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def faults(entries: Sequence[Kept], removed: Collection[int] = ()) -> list[Message]:
    """What is wrong with a register, in the order of its entries; nothing where it hangs together.

    `removed` are the numbers the program itself has taken out, with the sample firm.
    """
    return [fault for _, fault in _faults(sorted(entries, key=lambda each: each.number), removed)]


def faulty(entries: Sequence[Kept], removed: Collection[int] = ()) -> set[int]:
    """The numbers those faults are about."""
    return {number for number, _ in _faults(sorted(entries, key=lambda each: each.number), removed)}


def _faults(entries: Sequence[Kept], removed: Collection[int]) -> Iterator[tuple[int, Message]]:
    before: Kept | None = None
    expected = 1
    for each in entries:
        missing = [number for number in range(expected, each.number) if number not in removed]
        if missing:
            yield missing[0], M("entries {first} to {last} are missing", first=missing[0], last=missing[-1])
        if each.number < expected:
            yield each.number, M("entry {number} is there twice", number=each.number)
        if fingerprint(each.document) != each.sha256:
            yield each.number, M("entry {number} was altered after it was signed", number=each.number)
        elif not _follows(each, before if each.number == expected else None, is_cut=each.number > expected):
            yield each.number, M("entry {number} does not follow the one before it", number=each.number)
        before, expected = each, each.number + 1


def _follows(each: Kept, before: Kept | None, *, is_cut: bool) -> bool:
    """Whether an entry says the number it stands at, and the fingerprint of the one before."""
    said = entry(each.document)
    if said is None or said.number != each.number:
        return False
    return is_cut or said.previous == (before.sha256 if before else "")


def entry(document: str) -> Entry | None:
    """The place a signed text says it has; nothing where it cannot be read."""
    try:
        number, previous, version, corrects, reason = json.loads(document)["entry"]
    except (ValueError, KeyError, TypeError):
        return None
    return Entry(number, previous, version, tuple(corrects) if corrects else None, reason)


def plain(place: Entry) -> list[Any]:
    """A place as it stands in a signed text."""
    return [place.number, place.previous, place.version, list(place.corrects) if place.corrects else None, place.reason]
