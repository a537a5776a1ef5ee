"""A small table typed straight into, with an empty line always waiting below; kept as a whole when a cell is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Message
from ui.kit.grid import Entry, Grid


class Lines(QWidget):
    """The lines of a table; `line` makes one of its values by the names of the columns."""

    told = Signal(object)

    def __init__(
        self,
        language: Language,
        day: date,
        entries: Sequence[Entry],
        line: Callable[..., Any],
        keep: Callable[[Sequence[Any]], object],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.entries, self._line, self._keep = tuple(entries), line, keep
        self._kept: tuple[Any, ...] | None = None
        self.grid = Grid(language, day, self.entries, name=name, fits=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.grid.changed.connect(self.leave)

    def show_lines(self, lines: Sequence[Any], *, fixed: bool) -> None:
        """Show these lines; what may be written on has an empty one more."""
        cells = self.grid.cells
        is_ready = cells.fixed == fixed and (fixed or cells.rowCount() > 0)
        if tuple(lines) == self._kept and is_ready:
            return
        self._kept = tuple(lines)
        if not is_ready or self._typed() != self._kept:
            self.grid.put([{each.name: getattr(line, each.name) for each in self.entries} for line in lines],
                          fixed=fixed)  # fmt: skip

    def forget(self) -> None:
        """Another review follows: what could not be kept of this one is not to be taken for that one's."""
        self._kept = None

    def leave(self) -> None:
        """Keep the lines if they are others than before."""
        try:
            lines = self.lines()
            if lines != self._kept:
                self._keep(lines)
        except (Refused, Fault) as no:
            self.told.emit(no.message)

    def lines(self) -> tuple[Any, ...]:
        """The lines as typed, those that say nothing left out. Raises `Refused` where a cell is no value."""
        for _, line in self.grid.filled():
            for name, value in line.items():
                if isinstance(value, Message):
                    raise Refused(value, name)
        return tuple(self._line(**{each.name: line.get(each.name) or _nothing(each) for each in self.entries})
                     for _, line in self.grid.filled())  # fmt: skip

    def _typed(self) -> tuple[Any, ...] | None:
        """What stands in the table, none where a cell is no value."""
        try:
            return self.lines()
        except Refused:
            return None


def _nothing(entry: Entry) -> str | None:
    return None if entry.field.null else ""
