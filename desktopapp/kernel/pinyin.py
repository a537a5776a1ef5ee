"""Chinese names in Latin letters, for sorting and for finding by typing."""

from __future__ import annotations

from functools import cache
from itertools import product

from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.starter import rows

_WORD = pattern(r"[0-9A-Za-z]+|[^\W0-9A-Za-z_]+")


def spell(name: str) -> tuple[str, str]:
    """A name's full spelling and its initials: 曾国强 → zengguoqiang, zgq.

    A surname is read as surnames are (曾 zeng, 单 shan); ü is written v; what is not
    Chinese stays as it is, in small letters.
    """
    surname, reading = _surname(name)
    rest = _read(name[len(surname):])
    parts = [*_split(surname, reading), *rest]
    return "".join(parts), "".join(part[0] for part in parts)


def spellings(name: str) -> list[str]:
    """Everything a name may be typed as, in full and by initials.

    A surname that is read in several ways is found by each of them; the archaic readings that
    most characters have (王 yu) would only find the wrong people.
    """
    surname, known = _doubtful(name), {spell(name)}
    rest = _read(name[len(surname):]) if surname else []
    for readings in product(*(_readings(character) for character in surname)):
        parts = [*readings, *rest]
        known.add(("".join(parts), "".join(part[0] for part in parts)))
    return sorted({typed for both in known for typed in both if typed})


def _doubtful(name: str) -> str:
    """The surname a name begins with, where it is read in more than one way."""
    return next((name[:length] for length in (2, 1) if name[:length] in _surnames()), "")


def _surname(name: str) -> tuple[str, str]:
    """The surname with a reading of its own that a name begins with, if it does."""
    table = _surnames()
    for length in (2, 1):
        if len(name) > length and name[:length] in table:
            return name[:length], table[name[:length]]
    return "", ""


def _split(surname: str, reading: str) -> list[str]:
    """A two-character surname's reading, cut where its second character begins."""
    if len(surname) < 2:
        return [reading] if reading else []
    for cut in range(1, len(reading)):
        if reading[cut:] in _readings(surname[1]):
            return [reading[:cut], reading[cut:]]
    return [reading]


def _read(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # here, because the first window needs none of it

    parts: list[str] = []
    for word in _WORD.findall(text):
        parts += [word] if word.isascii() else lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)
    return [part.lower().replace("ü", "v") for part in parts]


def _readings(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@cache
def _surnames() -> dict[str, str]:
    return {row["surname"]: row["pinyin"] for row in rows("surname_pinyin")}
