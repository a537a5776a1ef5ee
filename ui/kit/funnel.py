"""Narrowing a table by a column: the small window under its heading, and what it is narrowed to as chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.narrowing import Holds, Narrowing, OneOf, Within
from ui.kit.button import Button, IconButton
from ui.kit.column import CHOICE, DAY, MONEY, NUMBER, SHARE, TEXT, Column
from ui.kit.keys import RETURN
from ui.kit.label import Label, restyle
from ui.kit.search import SearchField
from ui.kit.several import Several

WIDTH = 264
MANY = 8
"""From so many choices on there is a field to look for one."""
NAMED = 3
"""Choices a chip names."""
BLANK = "—"
"""What stands for an empty cell among the choices."""

Given = Callable[[Narrowing | None], object]


class Funnel(QFrame):
    """Asks what a column is narrowed to. Enter applies it, Esc leaves everything as it was."""

    chosen = Signal(object)
    """A `Narrowing`, or none."""

    def __init__(
        self, language: Language, day: date, column: Column, now: Narrowing | None, rows: Sequence[Any], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self.setFixedWidth(WIDTH)
        self.language = language
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)
        title = M("Narrow by “{column}”", column=Message(column.title))
        self.body.addWidget(Label(language.text(title), "strong", parent=self))
        self.setAccessibleName(language.text(title))
        self.part = _part(language, day, column, rows, self)
        self.body.addWidget(self.part)
        self.part.put(now)
        self.fault = Label("", "bad", wrap=True, parent=self)
        self.fault.hide()
        self.body.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.clear = Button(language.text(N_("Show all")), self._clear, kind="quiet", parent=self)
        self.clear.setEnabled(now is not None)
        self.apply = Button(language.text(N_("Apply")), self.submit, kind="primary", parent=self)
        foot.addWidget(self.clear)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        self.body.addLayout(foot)
        for each in self.findChildren(QWidget):
            each.installEventFilter(self)

    def open_at(self, place: QPoint) -> None:
        """Show it there, on the screen."""
        self.adjustSize()
        screen = QGuiApplication.screenAt(place) or self.screen()
        room = screen.availableGeometry()
        self.move(min(place.x(), room.right() - self.width()), min(place.y(), room.bottom() - self.height()))
        self.show()
        self.part.begin()

    def submit(self) -> None:
        """Narrow the table to what is chosen."""
        try:
            narrowing = self.part.narrowing()
        except Refused as no:
            self.fault.setText(self.language.text(no.message))
            self.fault.show()
            self.adjustSize()
            return
        self.chosen.emit(narrowing)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter applies, wherever the cursor is, unless it picks a candidate or presses a button."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or isinstance(watched, Button):
            return super().eventFilter(watched, event)
        if event.key() in RETURN and not getattr(watched, "composing", bool)():
            self.submit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return super().eventFilter(watched, event)

    def _clear(self) -> None:
        self.chosen.emit(None)
        self.close()


def _part(language: Language, day: date, column: Column, rows: Sequence[Any], parent: QWidget) -> Any:
    if column.narrow == TEXT:
        return _Holding(language, parent)
    if column.narrow == CHOICE:
        return _Choosing(language, column.shown_choices(rows, language), parent)
    return _Ranging(language, day, column.narrow, parent)


class _Holding(QWidget):
    """A text the cells hold."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        from ui.kit.editors import Line  # here, because most tables are never narrowed

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = Label(language.text(N_("Contains")), "secondary", parent=self)
        self.line = Line(language, 100, self)
        self.line.setAccessibleName(label.text())
        label.setBuddy(self.line)
        column.addWidget(label)
        column.addWidget(self.line)

    def put(self, now: Narrowing | None) -> None:
        if isinstance(now, Holds):
            self.line.put(now.text)

    def begin(self) -> None:
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()

    def narrowing(self) -> Narrowing | None:
        text = self.line.value()
        return Holds(text) if text else None


class _Choosing(QWidget):
    """Some of several, each with a tick."""

    def __init__(self, language: Language, choices: Sequence[tuple[Any, str]], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.search = SearchField(language.text(N_("Look for a choice")), self)
        self.search.setVisible(len(choices) > MANY)
        self.search.changed.connect(self._find)
        self.list = Several(MANY, self)
        self.list.setAccessibleName(language.text(N_("Choices")))
        self.list.offer([(value, name or BLANK) for value, name in choices])
        column.addWidget(self.search)
        column.addWidget(self.list)

    def put(self, now: Narrowing | None) -> None:
        self.list.put(now.values if isinstance(now, OneOf) else ())

    def begin(self) -> None:
        (self.list if self.search.isHidden() else self.search).setFocus(Qt.FocusReason.PopupFocusReason)
        if self.list.count():
            self.list.setCurrentRow(0)

    def narrowing(self) -> Narrowing | None:
        wanted = self.list.value()
        return OneOf(frozenset(wanted)) if 0 < len(wanted) < self.list.count() else None

    def _find(self) -> None:
        wanted = self.search.typed().casefold()
        for item in self.list.items():
            item.setHidden(wanted not in item.text().casefold())


class _Ranging(QWidget):
    """From one figure or day to another."""

    def __init__(self, language: Language, day: date, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        from ui.kit.editors import DayLine, MoneyLine, NumberLine, ShareLine  # likewise

        lines: dict[str, Callable[[], QLineEdit]] = {
            DAY: partial(DayLine, language, day, self), MONEY: partial(MoneyLine, language, self),
            SHARE: partial(ShareLine, language, self), NUMBER: partial(NumberLine, language, self),
        }  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.least, self.most = lines[kind](), lines[kind]()
        for words, line in ((N_("From (included)"), self.least), (N_("To (included)"), self.most)):
            label = Label(language.text(words), "secondary", parent=self)
            label.setBuddy(line)
            line.setAccessibleName(label.text())
            column.addWidget(label)
            column.addWidget(line)

    def put(self, now: Narrowing | None) -> None:
        if isinstance(now, Within):
            self.least.put(now.least)
            self.most.put(now.most)

    def begin(self) -> None:
        self.least.setFocus(Qt.FocusReason.PopupFocusReason)

    def narrowing(self) -> Narrowing | None:
        least, most = self.least.value(), self.most.value()
        if least is None and most is None:
            return None
        if least is not None and most is not None and least > most:
            least, most = most, least
        return Within(least, most)


def said(column: Column, narrowing: Narrowing) -> Message:
    """What a table is narrowed to by a column, in words."""
    title = Message(column.title)
    if isinstance(narrowing, Holds):
        return M("{column} contains “{text}”", column=title, text=narrowing.text)
    if isinstance(narrowing, OneOf):
        names = [name or BLANK for name in column.names(narrowing)]
        if len(names) > NAMED:
            return M("{column}: {names} and {more} more", column=title, names=tuple(names[:NAMED]),
                     more=len(names) - NAMED)  # fmt: skip
        return M("{column}: {names}", column=title, names=tuple(names))
    if narrowing.least is None:
        return M("{column}: up to {most}", column=title, most=narrowing.most)
    if narrowing.most is None:
        return M("{column}: from {least}", column=title, least=narrowing.least)
    return M("{column}: {least} to {most}", column=title, least=narrowing.least, most=narrowing.most)


class Chips(QWidget):
    """What a table is narrowed to, each with a × that takes it away."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 0, 12, 8)
        self.row.setSpacing(6)
        self.chips: list[QFrame] = []
        self.hide()

    def show_chips(self, chips: Sequence[tuple[Message, Callable[[], object]]], clear: Callable[[], object]) -> None:
        """Show these, each with what takes it away."""
        while (old := self.row.takeAt(0)) is not None:
            if widget := old.widget():
                widget.hide()
                widget.deleteLater()
        self.chips = [self._chip(self._language.text(words), away) for words, away in chips]
        for chip in self.chips:
            self.row.addWidget(chip)
        if len(chips) > 1:
            self.row.addWidget(Button(self._language.text(N_("Show all")), clear, kind="link", parent=self))
        self.row.addStretch(1)
        self.setVisible(bool(chips))

    def _chip(self, words: str, away: Callable[[], object]) -> QFrame:
        chip = QFrame(self)
        restyle(chip, "chip", value=True)
        row = QHBoxLayout(chip)
        row.setContentsMargins(10, 0, 2, 0)
        row.setSpacing(2)
        row.addWidget(Label(words, "accent", parent=chip))
        row.addWidget(IconButton("x", self._language.text(M("No longer: {words}", words=words)), away, parent=chip))
        return chip
