"""Nobody is at the PC: no key, no mouse for so long, counting the time the PC sleeps."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

TICK = 1000
"""Milliseconds between looks at the clock."""
INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove,
})  # fmt: skip


def passed() -> float:
    """Seconds of a clock that is never put back, and goes on while the PC sleeps where the system has such a one."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Idle(QObject):
    """Watches for the owner's hands, at the windows themselves: a filter over all events would slow everything."""

    left = Signal()
    """Nobody was there for as long as was said."""

    def __init__(self, parent: QObject, *, clock: Callable[[], float] = passed) -> None:
        super().__init__(parent)
        self._clock, self._seconds, self._last = clock, 0.0, 0.0
        self._ticker = QTimer(self, interval=TICK)
        self._ticker.timeout.connect(self._look)
        app = QGuiApplication.instance()
        app.focusWindowChanged.connect(self._attend)
        app.inputMethod().cursorRectangleChanged.connect(self.touch)  # keys of an input method come as text

    def watch(self, minutes: int) -> None:
        """Watch from now on; no minutes stop it."""
        self._seconds, self._last = minutes * 60.0, self._clock()
        if not self._seconds:
            self._ticker.stop()
            return
        for window in QGuiApplication.topLevelWindows():
            self._attend(window)
        self._ticker.start()

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._clock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self.touch()
        return super().eventFilter(watched, event)

    def _attend(self, window: QWindow | None) -> None:
        if window is not None and self._seconds:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _look(self) -> None:
        if self._seconds and self._clock() - self._last >= self._seconds:
            self._last = self._clock()
            self.left.emit()
