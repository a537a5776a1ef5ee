"""The columns of a file: what each fills and why, with three values of it; all of it can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.sales.imports import DECIMAL_WORDS, ORDER_WORDS, PERCENT_WORDS, UNIT_WORDS, ColumnSeen, Part
from ui.kit.button import Button
from ui.kit.editors import Picker
from ui.kit.label import Elided, Label
from ui.kit.theme import px

WORDS = {"order": ORDER_WORDS, "decimal": DECIMAL_WORDS, "percent": PERCENT_WORDS, "unit": UNIT_WORDS}
"""The ways a column can be written, by what they are about."""
KEPT = ""
"""The choice that a column fills nothing and is kept among the others."""


class Columns(QWidget):
    """One row a column: its heading, what it fills, why, and what stands in it."""

    chosen = Signal(str, str)
    """A column is to fill something else: its heading, and the name of what."""
    written = Signal(str, str, str)
    """A column is written in another way: its heading, what that is about, and how."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.pickers: dict[str, Picker] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.sheet: QWidget | None = None

    def show_part(self, part: Part) -> None:
        """Put the columns of a table, and leave the keys with the column that had them."""
        held = next((heading for heading, picker in self.pickers.items() if picker.hasFocus()), None)
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
        self.pickers = {}
        self.sheet = QWidget()
        grid = QGridLayout(self.sheet)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        words = self.language.text
        for at, title in enumerate((N_("Column"), N_("Fills"), N_("Why"), N_("What stands in it"))):
            grid.addWidget(Label(words(title), "caption"), 0, at)
        kind = part.kind
        targets = [(each.name, words(each.field.verbose_name)) for each in kind.targets] if kind else []
        for nth, column in enumerate(_known_first(part.columns), 1):
            self._add(grid, nth, column, targets)
        for at, stretch in enumerate((3, 0, 3, 4)):
            grid.setColumnStretch(at, stretch)
        self.column.addWidget(self.sheet)
        self.column.addStretch(1)
        if held in self.pickers:
            self.pickers[held].setFocus()

    def _add(self, grid: QGridLayout, nth: int, column: ColumnSeen, targets: Sequence[tuple[str, str]]) -> None:
        words = self.language.text
        grid.addWidget(Elided(column.heading), nth, 0)
        if targets and not column.is_remark:
            picker = Picker([(KEPT, words(N_("kept as it is"))), *targets])
            picker.setFixedWidth(px(200))
            picker.put(column.target)
            picker.setAccessibleName(words(M("{column} fills", column=column.heading)))
            picker.changed.connect(lambda: self.chosen.emit(column.heading, picker.value()))
            grid.addWidget(picker, nth, 1)
            self.pickers[column.heading] = picker
        else:
            said = N_("left out: a remark on rows that were rejected") if column.is_remark else N_("kept as it is")
            grid.addWidget(Elided(words(said), "caption"), nth, 1)
        grid.addWidget(self._why(column), nth, 2)
        grid.addWidget(Elided("  |  ".join(column.samples), "caption"), nth, 3)

    def _why(self, column: ColumnSeen) -> QWidget:
        """Why it fills that; how it is written, where it could be read otherwise; or what it might fill."""
        words = self.language.text
        if column.styles:
            styles = QWidget()
            row = QHBoxLayout(styles)
            row.setContentsMargins(0, 0, 0, 0)
            for about, how in column.styles:
                row.addWidget(self._style(column, about, how))
            return styles
        if column.suggested:
            said = words(M("Perhaps {field}?", field=M(column.suggestion)))
            return Button(said, lambda: self.chosen.emit(column.heading, column.suggested), kind="link")
        return Elided(words(column.why) if column.why else "", "caption")


    def _style(self, column: ColumnSeen, about: str, how: str) -> QWidget:
        """How a column is written, to be said otherwise."""
        words = self.language.text
        options = [(key, words(shown)) for key, shown in WORDS[about].items()]
        picker = Picker(options if how else [("", words(N_("to be said"))), *options])
        picker.put(how)
        picker.setAccessibleName(words(M("How {column} is written", column=column.heading)))
        picker.setToolTip(words(column.why) if column.why else "")
        picker.changed.connect(lambda: picker.value() and self.written.emit(column.heading, about, picker.value()))
        picker.setMinimumWidth(px(120))
        return picker


def _known_first(columns: Sequence[ColumnSeen]) -> list[ColumnSeen]:
    return sorted(columns, key=lambda each: (not each.target, not each.suggested))
