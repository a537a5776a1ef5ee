"""The window's ear at the file: what was written, and what undo would take back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, Signal

from desktopapp import storage
from desktopapp.overview import history
from desktopapp.storage import Step

__all__ = ["Changes", "Step"]

Told = Callable[[int, int], object]
MANY = 2_000
"""Records that are put back while the window waits; more are left to the worker."""


class Changes(QObject):
    """Tells pages which tables a kept unit of work has touched; undoes and does again."""

    kept = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = storage.observe(self.kept.emit)
        self.destroyed.connect(self._stop)  # a window that broke while it was made is never closed

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def reading(self) -> AbstractContextManager[None]:
        """Ask the file each question once, for as long as a page or the window gathers what it shows."""
        return storage.reading()

    def undoable(self) -> Step | None:
        """What undo would take back."""
        return history.undoable()

    def redoable(self) -> Step | None:
        """What would be done again."""
        return history.redoable()

    def undo(self) -> Step | None:
        """Take the last request back and give it. Raises `Refused`, with the records in the way."""
        step = self.undoable()
        return self.revert(step) if step else None

    def revert(self, step: Step, told: Told = lambda _part, _whole: None) -> Step:
        """Take one request back, whatever came after it; `told` hears how far it is."""
        history.undo(step.unit, told)
        return step

    def is_long(self, unit: int) -> bool:
        """Whether taking a request back takes longer than a key may."""
        return history.size(unit) > MANY
