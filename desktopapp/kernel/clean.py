"""Text as it may be kept: what every typed, pasted or imported text passes through."""

from __future__ import annotations

import unicodedata

from desktopapp.kernel.pattern import pattern

_UNSEEN = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, line feed and carriage return
    "\u200b\u2060\ufeff"  # zero-width space, word joiner, byte order mark
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the writing direction
    "\ud800-\udfff]"  # halves of characters
)
_LINE_END = pattern("\r\n?|\u2028|\u2029")
_BREAK = pattern(r"[\n\t]+")


def clean(text: str) -> str:
    """The text composed (NFC), with \\n line ends and without what cannot be seen or kept."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_END.sub("\n", text)))


def clean_line(text: str) -> str:
    """The same on one line, without space around it."""
    return _BREAK.sub(" ", clean(text)).strip()
