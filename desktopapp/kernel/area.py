"""What an area tells the rest of the program about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, Both, Message


@frozen
class Link:
    """A place to go to: one record of one area, or the area itself."""

    area: str
    record: int | None = None
    table: str = ""
    """Whose record, where an area shows several tables in lists of their own."""


@frozen
class Notice:
    """One thing that wants the owner: what, by when, where to do it."""

    what: Message
    due: date
    link: Link
    detail: Message | None = None
    act: str = N_("Open")
    """The word on its button."""
    person: int | None = None


@frozen
class Found:
    """A record that was looked for, as it is shown."""

    kind: str
    """The marked heading it stands under."""
    link: Link
    title: str | Both | Message
    detail: tuple[object, ...] = ()
    """What tells it from others; a `Language` shows each part."""
    mark: str = ""
    """A marked word beside it, where it is not as the others are: a leaver."""


@frozen
class Findable:
    """Records that can be found by what they say. The columns are the table's own."""

    table: type
    columns: tuple[Any, ...]
    """What is looked through. Nothing private stands here: it would be found over the owner's shoulder."""
    rows: Any
    """The query that reads what is shown of them, in its order; its first column is the number."""
    show: Callable[..., Found]
    """Makes that of a row."""
    spelt: Any = None
    """A column of names, found by pinyin too."""
    whose: Any = None
    """Names the person it belongs to, whose name finds it too."""
    is_log: bool = False
    """Stands after the work of every area: it only tells what became of it."""


def nothing(_today: date) -> Iterable[Notice]:
    """An area that never asks for attention."""
    return ()


def unknown(_text: str) -> Iterable[Found]:
    """An area whose papers bear no code."""
    return ()


@frozen
class Area:
    """One area of the work: its name, its tables, and what it can be asked."""

    key: str
    title: str
    tables: tuple[type, ...]
    notices: Callable[[date], Iterable[Notice]] = nothing
    finds: tuple[Findable, ...] = ()
    coded: Callable[[str], Iterable[Found]] = unknown
    """What a code on one of its papers stands for."""
