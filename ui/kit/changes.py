"""The window's ear at the file: what was written, and what undo would take back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktopapp import storage
from desktopapp.kernel.message import Message


class Changes(QObject):
    """Tells pages which tables a kept unit of work has touched; undoes and does again."""

    kept = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = storage.observe(self.kept.emit)

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def undoable(self) -> Message | None:
        """The words of what undo would take back."""
        step = storage.undoable()
        return step.words if step else None

    def redoable(self) -> Message | None:
        """The words of what would be done again."""
        step = storage.redoable()
        return step.words if step else None

    def undo(self) -> Message | None:
        """Take the last request back; gives its words. Raises `Refused` where it was built upon since."""
        return self._revert(storage.undoable())

    def redo(self) -> Message | None:
        """Do again what was undone last; gives its words."""
        return self._revert(storage.redoable())

    def _revert(self, step: storage.Step | None) -> Message | None:
        if step is None:
            return None
        storage.revert(step.unit)
        return step.words
