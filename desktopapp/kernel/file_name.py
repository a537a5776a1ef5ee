"""Names of files that every system takes, and that never stand in the way of one that is there."""

from __future__ import annotations

import unicodedata
from itertools import count
from pathlib import Path

from desktopapp.kernel.pattern import pattern

MOST = 120
"""Bytes of a name before its ending: with a folder's path and a number it stays below what any system allows."""

_FORBIDDEN = pattern(r'[<>:"/\\|?*]')
_SPACE = pattern(r"\s+")
_ENDING = pattern(r"\.[0-9A-Za-z]{1,8}")
_RESERVED = pattern(r"(?i)(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])\s*(\..*)?")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Categories of characters that cannot be seen, such as those that turn the writing direction, or that are none."""


def legal(name: str) -> str:
    """The name as Windows takes it too; what looks like a file's ending stays its ending."""
    stem, dot, ending = name.rpartition(".")
    if dot and _ENDING.fullmatch(dot + ending):
        return _stem(stem) + dot + ending
    return _stem(name)


def file_name(*parts: str, ending: str = ".pdf") -> str:
    """A legal name of parts: 张伟_季度绩效评估表_2026Q3.pdf. Empty ones are left out; the first may be cut."""
    told = [each for each in map(_plain, parts) if each]
    if len(told) > 1:
        rest = len("_".join(["", *told[1:]]).encode())
        told[0] = _fitting(told[0], max(MOST - rest, 0))
    return _stem("_".join(filter(None, told))) + ending


def free(path: Path) -> Path:
    """The path, with a number where a file of that name is there already."""
    if not path.exists():
        return path
    numbered = (path.with_stem(f"{path.stem} ({n})") for n in count(2))
    return next(each for each in numbered if not each.exists())


def _stem(text: str) -> str:
    stem = _fitting(_plain(text), MOST)
    if _RESERVED.fullmatch(stem):
        stem = _fitting(f"_{stem}", MOST)
    return stem or "_"


def _plain(text: str) -> str:
    """The text composed and on one line, without what a name may not hold."""
    seen = "".join(each for each in text if each.isspace() or unicodedata.category(each) not in _UNSEEN)
    line = _SPACE.sub(" ", unicodedata.normalize("NFC", seen))
    return _FORBIDDEN.sub("_", line).strip(" .")


def _fitting(text: str, most: int) -> str:
    """As much of the text as goes into so many bytes; Windows would drop a dot or a space at its end."""
    return text.encode()[:most].decode(errors="ignore").strip(" .")
