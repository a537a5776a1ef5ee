"""Chinese names in Latin letters, for sorting and for finding by typing."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from desktopapp.kernel.starter import rows

_WORD = re.compile(r"[0-9A-Za-z]+|[^\W0-9A-Za-z_]+")


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
    """Everything a name may be typed as, in full and by initials: each reading of its surname counts."""
    if not name.strip():
        return []
    surname = _surname(name)[0] or name[:1]
    rest = _read(name[len(surname):])
    known = {spell(name)}
    for readings in product(*(sorted(_readings(character)) for character in surname)):
        parts = [*(each.lower() for each in readings), *rest]
        known.add(("".join(parts), "".join(part[0] for part in parts)))
    return sorted({typed for both in known for typed in both})


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
