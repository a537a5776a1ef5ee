"""What an area tells the rest of the program about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from desktopapp.kernel.message import N_, Message


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to: one record of one area, or the area itself."""

    area: str
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that wants the owner: what, by when, where to do it."""

    what: Message
    due: date
    link: Link
    detail: Message | None = None
    act: str = N_("Open")
    """The word on its button."""
    person: int | None = None


def nothing(_today: date) -> Iterable[Notice]:
    """An area that never asks for attention."""
    return ()


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the work: its name, its tables, and what it can be asked."""

    key: str
    title: str
    tables: tuple[type, ...]
    notices: Callable[[date], Iterable[Notice]] = nothing
