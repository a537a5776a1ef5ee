"""Which passwords are no protection: short ones, and those made of pieces everybody tries first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M

WEAK = Path(__file__).resolve().parents[2] / "resources" / "weak_passwords.txt"
"""What passwords are made of by most people."""
LEAST, WORDS, MOST = 10, 4, 200
"""Characters of a password at least, or words of one made of words; and characters at most."""
PIECES = 6
"""Pieces a password is made of at least; a known word, a date or a run is one, as is any other character."""
ROWS = (
    "0123456789012", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "!@#$%^&*()",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "147258369", "159357",
    "5201314", "1314520",
)  # fmt: skip
"""Keys that are pressed one after the other."""
RUN = 3
"""From so many on, characters of a row are one piece."""
LOOKS = str.maketrans("@$!430157", "asiaeoist")
"""Signs and figures that stand for a letter."""
_DATES = re.compile(r"((19|20)\d\d)?(0?[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|[1-9])|(19|20)\d\d")
_PHONE = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(r"\d{6}(19|20)\d{9}[\dx]")
_BETWEEN = re.compile(r"[\s\-_.,/]+")
_REPEATED = re.compile(r"(.+?)\1+")


def check(password: str, known: Iterable[str] = ()) -> None:
    """Raises `Refused` where a password is no protection; `known` are names of the firm that anybody would try."""
    typed = unicodedata.normalize("NFKC", password).strip()
    words = {word for word in _BETWEEN.split(typed.lower()) if len(word) > 1}
    if len(typed) < LEAST and len(words) < WORDS:
        raise Refused(M("At least {least} characters, or {words} words with blanks between them.", least=LEAST,
                        words=WORDS), "password")  # fmt: skip
    if len(typed) > MOST:
        raise Refused(M("At most {most} characters; this has {length}.", most=MOST, length=len(typed)), "password")
    if pieces(typed, known) < PIECES:
        raise Refused(M("This is among the first that are tried: it is made of common words, names, dates or keys in "
                        "a row. Choose one nobody would guess."), "password")  # fmt: skip


def pieces(password: str, known: Iterable[str] = ()) -> int:
    """How many pieces a password is made of. Reading it in one way or another, the fewest count."""
    small = _BETWEEN.sub("", password.lower())
    stems = common() | {name.lower() for name in known if len(name) > 1}
    return min(_fewest(text, stems) for text in {small, small.translate(LOOKS)})


@cache
def common() -> frozenset[str]:
    """The pieces everybody knows."""
    lines = WEAK.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _fewest(text: str, stems: frozenset[str]) -> int:
    """The fewest pieces a text can be cut into."""
    longest = max(map(len, stems))
    least = [0]
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - longest), end)
        ways = [least[start] + 1 for start in starts if text[start:end] in stems]
        ways += [least[start] + 1 for start in range(end - RUN + 1) if _is_one(text[start:end])]
        least.append(min([least[-1] + 1, *ways]))
    return least[-1]


def _is_one(part: str) -> bool:
    """Whether a part is one date, number, run of keys or the same again and again."""
    if any(shape.fullmatch(part) for shape in (_DATES, _PHONE, _IDENTITY)):
        return True
    repeated = _REPEATED.fullmatch(part)
    if repeated and len(repeated[1]) <= len(part) / 2:
        return len(repeated[1]) <= RUN or any(repeated[1] in row for row in ROWS)
    return any(part in row or part[::-1] in row for row in ROWS)
