"""Chinese names in Latin letters, for sorting and for finding by typing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.starter import rows

_WORD = pattern(r"[0-9A-Za-z]+|[^\W0-9A-Za-z_]+")
_HALF_PICKED = pattern(r"[^\W0-9A-Za-z_]+[a-z]+")

Spelling = tuple[str, str]
"""A name in full and by its initials."""


def spell(name: str) -> Spelling:
    """A name's full spelling and its initials: 曾国强 → zengguoqiang, zgq.

    A surname is read as surnames are (曾 zeng, 单 shan); ü is written v; what is not
    Chinese stays as it is, in small letters.
    """
    surname = _surname(name)
    known = _surnames()[surname][0] if surname and surname != name else ()
    return _joined((*known, *_read(name[len(surname):] if known else name)))


def spellings(name: str) -> list[str]:
    """Everything a name may be typed as, in full and by initials.

    A surname that is read in several ways is found by each of them; the archaic readings that
    most characters have (王 yu) would only find the wrong people.
    """
    surname, known = _surname(name), {spell(name)}
    rest = _read(name[len(surname):]) if surname else []
    known |= {_joined((*reading, *rest)) for reading in _surnames().get(surname, ())}
    return sorted({typed for both in known for typed in both if typed})


def is_meant(typed: str, name: str, spelling: Spelling) -> bool:
    """Whether somebody is meant by what was typed so far: a part of his name, or how it begins in Latin letters.

    His spelling is the one on the roster; of a surname that is read in several ways each counts. The marks an
    input method sets between syllables do not.
    """
    wanted = spelt_out(squeezed(typed))
    spelt = (each for known in (spelling, *_other_spellings(name, spelling)) for each in known)
    return wanted in name.casefold() or any(each.startswith(wanted) for each in spelt)


def squeezed(typed: str) -> str:
    """Letters as an input method composes them (zhang'wei, zhang wei) in one piece: zhangwei."""
    return typed.replace("'", "").replace(" ", "").casefold()


def spelt_out(typed: str) -> str:
    """A name of which some characters are picked already, in letters: 张wei → zhangwei. Other texts stay so."""
    return spell(typed)[0] if _HALF_PICKED.fullmatch(typed) else typed


def _other_spellings(name: str, spelling: Spelling) -> Iterator[Spelling]:
    """A spelling with its surname read otherwise."""
    surname, (full, initials) = _surname(name), spelling
    usual, *others = _surnames().get(surname, ((),))
    if not others or not full.startswith("".join(usual)):
        return
    rest, firsts = full[len("".join(usual)):], initials[len(usual):]
    for reading in others:
        whole, letters = _joined(reading)
        yield whole + rest, letters + firsts


def _surname(name: str) -> str:
    """The surname a name begins with, where it is one with a reading of its own."""
    return next((name[:length] for length in (2, 1) if name[:length] in _surnames()), "")


def _joined(parts: tuple[str, ...]) -> Spelling:
    return "".join(parts), "".join(part[0] for part in parts)


def _read(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # here, because the first window needs none of it

    parts: list[str] = []
    for word in _WORD.findall(text):
        parts += [word] if word.isascii() else lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)
    return [part.lower().replace("ü", "v") for part in parts]


@cache
def _surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The readings of each such surname, syllable by syllable, the usual one first."""
    return {row["surname"]: tuple(_readings(row)) for row in rows("surname_pinyin")}


def _readings(row: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for reading in (row["pinyin"], *filter(None, row["also"].split(", "))):
        yield tuple(reading.split())
