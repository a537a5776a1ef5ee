"""The encoding of a text file, by rule: on short lists of names the rules are right where detectors guess."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 1 << 16
"""How many bytes the weighing of Chinese encodings looks at."""
FEW = 1 << 13
"""And how many are enough to see which way round the bytes are."""
_COMMON = (
    ("gb18030", "gb2312", (0xB0, 0xD7), (0xA1, 0xA3)),
    ("big5", "big5", (0xA4, 0xC6), (0xA1, 0xA3)),
)
"""Encoding, the older set it grew from, and where that keeps its common characters and its punctuation."""
ENOUGH = 0.6
"""The share of common characters from which a text is taken for Chinese."""


def encoding_of(content: bytes) -> str | None:
    """The name of the encoding; nothing where the content is no text."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if b"\0" in content[:SAMPLE]:
        return _wide(content[:SAMPLE])
    if _reads(content, "utf-8"):
        return "utf-8"
    best, name = max(((_commonness(content, *each), each[0]) for each in _COMMON), key=lambda found: found[0])
    if best >= ENOUGH:
        return name
    return "cp1252" if _reads(content, "cp1252") else None


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: of the two ways round, the one that gives letters people write."""
    best, name = max((_usualness(sample[:FEW], name), name) for name in ("utf-16-le", "utf-16-be"))
    return name if best >= ENOUGH else None


def _usualness(content: bytes, name: str) -> float:
    """The share of plain ASCII and of common Chinese in a text."""
    text = content.decode(name, "ignore")
    usual = sum(" " <= each <= "~" or each in "\r\n\t" or _is_common(each, *_COMMON[0][1:]) for each in text)
    return usual / max(len(content) // 2, 1)


def _reads(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _commonness(content: bytes, name: str, older: str, *common: tuple[int, int]) -> float:
    """The share of common characters among those that are not plain ASCII; less than nothing if it cannot be read."""
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        return -1.0
    foreign = [each for each in text[:SAMPLE] if not each.isascii()] or [each for each in text if not each.isascii()]
    usual = sum(_is_common(each, older, *common) for each in foreign)
    return usual / len(foreign)


def _is_common(character: str, older: str, *common: tuple[int, int]) -> bool:
    try:
        lead = character.encode(older)[0]
    except UnicodeEncodeError:
        return False
    return any(first <= lead <= last for first, last in common)
