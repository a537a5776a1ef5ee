"""What every page is handed: the language, the day, and the few things a page may ask of its window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktopapp.kernel.area import Link
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Message
from ui.kit.changes import Changes
from ui.kit.task import Tasks


class Toast(Protocol):
    """A word that leaves by itself; with `undo` it offers to take the last request back."""

    def __call__(self, words: Message, *, undo: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The owner's desk, as a page sees it."""

    language: Language
    day: date
    changes: Changes
    tasks: Tasks
    go: Callable[[Link], None]
    """Show a record's place."""
    toast: Toast
    saved: Callable[[], None]
    """Say that what was typed is kept, with the time."""
