"""Cards: the white sheets a page lays its things on."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.money import Money
from ui.kit.chart import Progress, ProgressBar
from ui.kit.label import Label, restyle
from ui.kit.picture import Picture
from ui.kit.theme import air, theme

CORNER = 6
"""Pixels a sheet without padding leaves for its round corners."""


class Card(QFrame):
    """A sheet with a title where it has one; put things into `body`, links into `head`."""

    def __init__(
        self, title: str = "", note: str = "", *, padding: int = 16, spacing: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        restyle(self, "card", value=True)
        self.body = QVBoxLayout(self)
        self._padding, self._air = padding, air(padding) if padding else 0
        self.body.setContentsMargins(*([self._air] * 4 if padding else (1, 1 if title else CORNER, 1, CORNER)))
        self.body.setSpacing(spacing)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.title, self.note = Label(title, "section"), Label(note, "secondary")
        for label, words in ((self.title, title), (self.note, note)):
            if not words:  # never shown before it has a parent: it would flash as a window
                label.hide()
        if title or note:
            self.head.addWidget(self.title)
            self.head.addWidget(self.note)
            self.head.addStretch(1)
            if not padding:
                self.head.setContentsMargins(16, 12, 8, 4)
            self.body.addLayout(self.head)
        if padding:
            theme().changed.connect(self._breathe)  # a changeEvent of ours would be called a dozen times at first

    def _breathe(self) -> None:
        """Take the air of the density that was chosen."""
        if self._is_plain():
            self._air = air(self._padding)
            self.body.setContentsMargins(*[self._air] * 4)

    def _is_plain(self) -> bool:
        """Whether the air inside is still what it was made with."""
        return self.body.contentsMargins() == QMargins(*[self._air] * 4)


class Foot(QFrame):
    """The strip under a table on a card: what is to be said of the table, then what can be done with it."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self.setProperty("foot", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.told = Label("", "caption", wrap=True)
        row.addWidget(self.told, 1)
        for button in buttons:
            row.addWidget(button)


class Figure(Card):
    """One figure of the firm: what it is, how much, how it stands, and a bar."""

    def __init__(self, label: str, icon: str, *, parent: QWidget | None = None) -> None:
        super().__init__(spacing=2, parent=parent)
        top = QHBoxLayout()
        self.label, self.figure, self.unit, self.line = (
            Label(label, "secondary"), Label("", "kpi"), Label("", "secondary"), Label("", "good"),
        )  # fmt: skip
        top.addWidget(self.label, 1)
        top.addWidget(Picture(icon, size=18))
        middle = QHBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.figure)
        middle.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        middle.addStretch(1)
        self.unit.setContentsMargins(0, 0, 0, 5)
        self.bar = ProgressBar()
        self.body.addLayout(top)
        self.body.addLayout(middle)
        self.body.addWidget(self.line)
        self.body.addStretch(1)
        self.body.addWidget(self.bar)

    def show_figure(self, figure: str, unit: str, line: str, mood: str, progress: Progress | None = None) -> None:
        """Put the figure; without a progress the bar is left out."""
        self.figure.setText(figure)
        self.unit.setText(unit)
        self.line.put(line, "secondary" if mood == "neutral" else mood)
        self.bar.setVisible(progress is not None)
        if progress:
            self.bar.show_progress(progress)
        self.setAccessibleName(f"{self.label.text()} {figure} {unit} {line}")


def parted(language: Language, sum_: Money) -> tuple[str, str]:
    """A sum as a large figure and a small unit."""
    written = language.short(sum_)
    figure = written.rstrip("亿万元")
    return figure, written[len(figure):]
