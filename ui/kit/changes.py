"""The window's ear at the file: what was written, and what undo would take back."""

from __future__ import annotations

from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, Signal

from desktopapp import storage
from desktopapp.overview import history
from desktopapp.storage import Step

__all__ = ["Changes", "Step"]


class Changes(QObject):
    """Tells pages which tables a kept unit of work has touched; undoes and does again."""

    kept = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = storage.observe(self.kept.emit)

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
        return self.revert(self.undoable())

    def redo(self) -> Step | None:
        """Do again what was undone last and give it."""
        return self.revert(self.redoable())

    def revert(self, step: Step | None) -> Step | None:
        """Take one request back, whatever came after it."""
        if step is not None:
            history.undo(step.unit)
        return step
