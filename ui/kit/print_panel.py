"""The right side of the preview: what is chosen about the paper and the printer, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Message
from ui.kit import printer
from ui.kit.button import Button
from ui.kit.editors import Line, Picker
from ui.kit.label import Label, restyle

WIDE = 22
"""How many letters' heights the panel is wide, so that it grows with the text."""
ONE_SIDE, BOTH_SIDES = (False, N_("One side")), (True, N_("Both sides"))
GREY, COLOUR = (True, N_("Black only")), (False, N_("Colour"))


class Copies(QSpinBox):
    """How many; the wheel leaves it alone."""

    def __init__(self) -> None:
        super().__init__(minimum=1, maximum=99)
        self.lineEdit().setTextMargins(6, 0, 0, 0)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class PrintPanel(QWidget):
    """Choices one under the other, the buttons at the foot. Where there is no printer, only the way to a file."""

    def __init__(self, language: Language, options: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__(objectName="panelBody")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._language = language
        names = printer.installed()
        self.has_printer = bool(names)
        self.printers = Picker([(name, name) for name in names])
        self.copies = Copies()
        self.pages = Line(language, 60)
        self.pages.setPlaceholderText(language.text(N_("all, or 1-3,5")))
        self.pages.textEdited.connect(lambda _text: self.refuse_pages(None))
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        self.sides = self._pick(ONE_SIDE, BOTH_SIDES)
        self.inks = self._pick(GREY, COLOUR)
        self.printers.changed.connect(self._look_at_printer)
        self._lay_out(options)
        self._look_at_printer()

    @property
    def first_button(self) -> Button:
        """What Enter does."""
        return self.print_button if self.has_printer else self.save_button

    def setting(self, title: str) -> printer.Setting:
        """How the owner wants it printed."""
        return printer.Setting(
            self.printers.value(), title, self.copies.value(),
            both_sides=self.sides.isEnabled() and self.sides.value(), is_grey=self.inks.value(),
        )  # fmt: skip

    def allow(self, *, yes: bool) -> None:
        """Whether anything can be sent now."""
        self.print_button.setEnabled(yes and self.has_printer)
        self.save_button.setEnabled(yes)

    def refuse_pages(self, why: Message | None) -> None:
        """Say beside the field why these pages cannot be; nothing takes it back."""
        self.fault.setText(self._language.text(why) if why else "")
        self.fault.setVisible(why is not None)
        restyle(self.pages, "fault", why is not None)
        if why:
            self.pages.setFocus()
            self.pages.selectAll()

    def _pick(self, *choices: tuple[bool, str]) -> Picker:
        return Picker([(value, self._language.text(words)) for value, words in choices])

    def _look_at_printer(self) -> None:
        turns = self.has_printer and printer.prints_both_sides(self.printers.value())
        self.sides.setEnabled(turns)
        self.sides.put(turns)
        why = N_("This printer does not turn the sheet by itself.")
        self.sides.setToolTip("" if turns else self._language.text(why))

    def _lay_out(self, options: Sequence[tuple[str, QWidget]]) -> None:
        self.setFixedWidth(WIDE * QFontInfo(self.font()).pixelSize())
        column, rows, words = QVBoxLayout(self), QVBoxLayout(), self._language.text
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows.setContentsMargins(20, 20, 20, 12)
        rows.setSpacing(12)
        which, copies = self._row(N_("Printer"), self.printers), self._row(N_("Copies"), self.copies)
        how = _beside(self._row(N_("Sides"), self.sides), self._row(N_("Ink"), self.inks))
        none = Label(words(N_("This PC has no printer. Save as PDF and print it on another one.")), "warn", wrap=True)
        for row in (none,) if self.has_printer else (which, copies, how):
            row.hide()
        for row in (
            *(self._row(title, widget) for title, widget in options),
            which, _beside(copies, self._row(N_("Pages"), self.pages)), self.fault, how, none,
        ):  # fmt: skip
            rows.addWidget(row)
        rows.addStretch(1)
        inner = QWidget(objectName="panelBody")
        inner.setLayout(rows)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        column.addWidget(area, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        foot, words = QVBoxLayout(), self._language.text
        foot.setContentsMargins(20, 8, 20, 16)
        foot.setSpacing(8)
        kind = "plain" if self.has_printer else "primary"
        self.print_button = Button(words(N_("Print")), icon="printer", kind="primary")
        self.save_button = Button(words(N_("Save as PDF…")), icon="download", kind=kind)
        self.cancel_button = Button(words(N_("Cancel")))
        if not self.has_printer:
            self.print_button.hide()
        for button in (self.print_button, self.save_button, self.cancel_button):
            foot.addWidget(button)
        return foot

    def _row(self, title: str, widget: QWidget) -> QWidget:
        row, label = QWidget(), Label(self._language.text(title), "secondary")
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        label.setBuddy(widget)
        widget.setAccessibleName(label.text())
        column.addWidget(label)
        column.addWidget(widget)
        return row


def _beside(left: QWidget, right: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    return both
