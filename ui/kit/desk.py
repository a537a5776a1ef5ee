"""What every page is handed: the language, the day, and the few things a page may ask of its window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTime

from desktopapp.kernel.area import Link
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Message
from ui.kit.memory import Memory

if TYPE_CHECKING:
    from ui.kit.changes import Changes
    from ui.kit.task import Tasks


class Toast(Protocol):
    """A word that leaves by itself; with `undo` it offers to take the last request back, with `file` its folder."""

    def __call__(self, words: Message, *, undo: bool = False, file: Path | None = None) -> None: ...


def no_help(_page: str) -> None:
    """Where there is no handbook."""


@frozen
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
    memory: Memory = field(default_factory=Memory)
    """How the owner arranged tables and panes."""
    show_help: Callable[[str], object] = no_help
    """Open the handbook at a page, for a dialog that has its own."""

    def now(self) -> datetime:
        """The owner's day with the time on the PC's clock."""
        at: time = QTime.currentTime().toPython()
        return datetime.combine(self.day, at).astimezone()
