"""The nine-box: how people perform from left to right, how far they might go from below to above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.rules import BOXES, HIGH, HIGHEST, LOWEST, MIDDLE, Box
from ui.kit.label import Label, restyle
from ui.kit.theme import px

LEAST = 58
"""Pixels of a cell's height: its name and two lines of people."""


class Boxes(QWidget):
    """Nine cells with the people in them; the cell of whoever is chosen stands out."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.cells = {box.nth: _Cell(box, language, self) for box in BOXES}
        grid = QGridLayout()
        grid.setSpacing(4)
        for box in BOXES:
            grid.addWidget(self.cells[box.nth], 2 - box.potential, box.performance)
        for at in range(3):
            grid.setColumnStretch(at, 1)
        column, ends = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(language.text(N_("↑ Potential")), "caption", parent=self))
        column.addLayout(grid)
        self.bounds = Label(language.text(_bounds()), "caption", wrap=True, parent=self)
        ends.addWidget(self.bounds, 1)
        ends.addWidget(Label(language.text(N_("Performance →")), "caption", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(ends)

    def put(self, people: Mapping[int, Sequence[str]], chosen: int | None) -> None:
        """Show who is in which cell, by its number."""
        for nth, cell in self.cells.items():
            cell.put(people.get(nth, ()), is_chosen=nth == chosen)


def _bounds() -> Message:
    return M("Performance is the total ÷ 20. Low from {lowest}, medium from {middle}, high from {high} to {highest}.",
             lowest=LOWEST, middle=MIDDLE, high=HIGH, highest=HIGHEST)  # fmt: skip


class _Cell(QFrame):
    """A cell: its number and name, and who is in it; what is advised is its tooltip."""

    def __init__(self, box: Box, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self.setProperty("cell", True)
        self.setMinimumHeight(px(LEAST))
        title = f"{box.nth} {language.text(box.name)}"
        self.title, self.people = Label(title, "caption", parent=self), Label("", "secondary", wrap=True, parent=self)
        self.setToolTip(language.text(box.advice))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.people, 1, Qt.AlignmentFlag.AlignTop)

    def put(self, names: Sequence[str], *, is_chosen: bool) -> None:
        """Show who is in it."""
        self.people.setText(self.language.show(tuple(names)))
        self.setAccessibleName(f"{self.title.text()} {self.people.text()}".strip())
        restyle(self, "chosen", value=is_chosen)
