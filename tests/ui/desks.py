"""A desk with one page on it: what the page says and where it leads is kept, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Message
from ui.kit.changes import Changes
from ui.kit.desk import Desk
from ui.kit.task import Tasks

SIZE = QSize(1158, 716)
"""What a page gets of a window of 1366 by 768."""


@dataclass
class Heard:
    """What a page told its window."""

    words: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    """Those it offered to show."""
    went: list[Link] = field(default_factory=list)
    saves: int = 0


class Room(QWidget):
    """A window that holds one page and counts the clicks made in it."""

    def __init__(self, qtbot, language: Language, day: date) -> None:
        super().__init__()
        self.qtbot, self.heard, self.clicks = qtbot, Heard(), 0
        self.tasks, self.changes = Tasks(language, self), Changes(self)
        self.desk = Desk(
            language=language, day=day, changes=self.changes, tasks=self.tasks, go=self.heard.went.append,
            toast=self._toast, saved=self._saved,
        )
        qtbot.addWidget(self, before_close_func=Room.tidy)

    def _toast(self, words: Message, *, undo: bool = False, file: Path | None = None) -> None:
        self.heard.words.append(self.desk.language.text(words))
        if file:
            self.heard.files.append(file)

    def _saved(self) -> None:
        self.heard.saves += 1

    def open(self, kind, size: QSize = SIZE):
        """Build a page and show it."""
        page = kind(self.desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self.resize(size)
        with self.qtbot.waitActive(self):
            self.show()
            self.activateWindow()
        self.clicks = 1  # the one that opened it from the sidebar
        return page

    def click(self, button: QWidget) -> None:
        """A click with the mouse on something that can be clicked."""
        assert button.isVisible()
        assert button.isEnabled()
        at = QPoint(8, button.height() // 2) if isinstance(button, QCheckBox) else button.rect().center()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)
        self.clicks += 1

    def write(self, widget: QWidget, text: str) -> None:
        """Write a text as an input method hands it over: any characters, at once."""
        widget.setFocus()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    def button(self, words: str, within: QWidget | None = None) -> QPushButton:
        """The button that says so."""
        found = [each for each in (within or self).findChildren(QPushButton) if each.text() == words]
        assert found, words
        return next(each for each in found if each.isVisible())

    def tidy(self) -> None:
        """Stop what runs and what listens."""
        self.tasks.close()
        self.changes.close()
