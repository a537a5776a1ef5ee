"""Text that is chosen now and worded later.

Nothing below the windows and the printed page picks a language: it names what is to be
said, and whoever shows it asks a `Language` for the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from desktopapp.kernel.frozen import frozen


def N_(msgid: str) -> str:
    """Mark a text for the catalogue and leave it as it is."""
    return msgid


@frozen
class Message:
    """A catalogue text with the values that go into it.

    Where English says one thing otherwise than many, the text has both: "{count} {count:day|days} late".
    """

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)


def M(msgid: str, **values: object) -> Message:
    """A `Message`, short, because rules are full of them."""
    return Message(msgid, values)


@frozen
class Both:
    """A text of the content, not of the program, in both languages."""

    zh: str
    en: str
