"""The box in the top bar: whatever is typed is looked for everywhere, as it is typed, and Enter goes there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktopapp.kernel.area import Found
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.search import SearchField
from ui.kit.theme import px, theme

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ui.kit.changes import Changes
    from ui.kit.hits import Hits

Find = Callable[[str], Sequence[Found]]
Told = Callable[[int, int], object]
CatchUp = Callable[[Told], int]

WIDTH = 376
PAUSE = 400
"""Milliseconds after a write before it is made findable, so that a row of writes is taken in at once."""


class Finder(SearchField):
    """Where the owner types. The keys stay here while the list below is walked through."""

    went = Signal(object)
    """The `Link` of what was chosen."""
    left = Signal()
    """Escape in an empty box: the keys belong to the page again."""

    def __init__(
        self, language: Language, find: Find | None, icons: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(language.text(N_("Find people, customers, deals, goals, reviews… (Ctrl+F)")), parent)
        self._language, self._icons = language, icons
        self.look_in(find)
        self._list: Hits | None = None
        self.setMinimumWidth(160)
        self._fit()
        theme().changed.connect(self._fit)
        self.changed.connect(self._show)

    def look_in(self, find: Find | None) -> None:
        """Look with this; nothing is found until there is something to look with."""
        self._find = find or _nothing

    @property
    def list(self) -> Hits:
        """The list below, made when something is first looked for."""
        if self._list is None:
            from ui.kit.hits import Hits  # here, because the window opens without it

            self._list = Hits(self._language, self._icons, self)
            self._list.chosen.connect(self._go)
        return self._list

    @property
    def is_open(self) -> bool:
        """Whether the list is seen."""
        return self._list is not None and self._list.isVisible()

    def begin(self) -> None:
        """Put the keys here, ready for another text."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def step(self, by: int) -> None:
        """Go to the next thing found, or the one before; where nothing was, ask for a text."""
        if not self.typed():
            self.begin()
            return
        self.list.put(self._find(self.typed()), keep=True)
        self.list.move_by(by)
        self._go()

    def refresh(self) -> None:
        """Look again, because something was written; what was chosen stays."""
        if self.is_open:
            self.list.put(self._find(self.typed()), keep=True)
            self.list.settle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:  # coming back from another program asks nothing
            self._show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if by := steps.get(event.key()):
            if self.is_open:
                self.list.move_by(by)
            else:
                self._show()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._composed:
                self._go()
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setMaximumWidth(px(WIDTH))

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _show(self) -> None:
        text = self.typed()
        if not text or not self.hasFocus():
            self._close()
            return
        self.list.put(self._find(text))
        self.list.open()
        self.setAccessibleDescription(self.list.spoken())

    def _go(self) -> None:
        found = self.list.current()
        if found is None:
            return
        self.list.hide()
        self.went.emit(found.link)


def _nothing(_text: str) -> Sequence[Found]:
    return ()


class _Stopped(Exception):
    """The window is being closed."""


class Follower(QObject):
    """Has what is written be found, a moment later and on a thread of its own."""

    caught_up = Signal()
    _ended = Signal(object)

    def __init__(self, changes: Changes, catch_up: CatchUp, parent: QObject) -> None:
        super().__init__(parent)
        self._catch_up = catch_up
        self._stop, self._pool = threading.Event(), None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._follow)
        self._ended.connect(self._end)
        changes.kept.connect(self._hear)
        self._pause.start()

    def close(self) -> None:
        """Stop, and wait until the file is let go of; what is missing is taken in at the next start."""
        self._stop.set()
        self._pause.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _hear(self, _touched: frozenset[str]) -> None:
        if not self._stop.is_set():
            self._pause.start()

    def _follow(self) -> None:
        from concurrent.futures import ThreadPoolExecutor  # here, because it can wait until the window is seen

        self._pool = self._pool or ThreadPoolExecutor(1, "find")
        self._pool.submit(self._catch_up, self._told).add_done_callback(self._ended.emit)

    def _told(self, _part: int, _whole: int) -> None:
        if self._stop.is_set():
            raise _Stopped

    def _end(self, future: Future[int]) -> None:
        if self._stop.is_set() or future.cancelled():
            return
        if future.result():
            self.caught_up.emit()
