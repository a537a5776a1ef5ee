"""Long work on one worker thread: the window says what is being done, and can stop it.

The worker opens its own connection the first time it reads; a request that is stopped
midway raises inside its unit, so nothing of it is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.label import Label

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

BUSY, BAR = 300, 600
"""Milliseconds until the cursor says the program is at work, and until a bar says what it does."""


class Cancelled(Exception):
    """The owner stopped the work."""


class Progress(QObject):
    """What long work calls to tell how far it is, and to learn that it shall stop."""

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()

    def __call__(self, part: int = 0, whole: int = 0) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.moved.emit(part, whole)

    def stop(self) -> None:
        """Have the work raise `Cancelled` the next time it tells."""
        self._stop.set()


Work = Callable[[Progress], Any]
Done = Callable[[Any], object]
Failed = Callable[[Refused | Fault], object]


class Tasks(QObject):
    """The worker of one window."""

    def __init__(self, language: Language, window: QWidget) -> None:
        super().__init__(window)
        self._language, self._window = language, window
        self._pool: ThreadPoolExecutor | None = None
        self._running: set[_Run] = set()

    def run(
        self,
        work: Work,
        done: Done,
        failed: Failed | None = None,
        *,
        words: Message | None = None,
        stopped: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `work(progress)` on the worker, then `done(result)` here.

        A `Refused` or `Fault` it raises goes to `failed`, or is told in a box, and so does what the
        disk did wrong; work the owner stopped ends in `stopped`. A dialog that was closed meanwhile
        hears nothing more, but what failed is told all the same.
        """
        from concurrent.futures import ThreadPoolExecutor  # here, because no window needs it to be shown

        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "work")
        said = self._language.text(words or M("Working…"))
        run = _Run(self, self._language, self._window, said, (done, _told(failed, self._tell), stopped))
        self._running.add(run)
        run.ended.connect(self._ended)
        run.follow(self._pool.submit(work, run.progress))

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def close(self) -> None:
        """Stop what runs and wait for it; nobody hears of its end."""
        for run in self._running:
            run.leave()
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _ended(self, run: _Run) -> None:
        self._running.discard(run)

    def _tell(self, error: Refused | Fault) -> None:
        ask.tell(self._window, self._language, error.message)


class _Run(QObject):
    """One piece of work: its future, its signs of life, its end."""

    ended = Signal(QObject)
    _finished = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        language: Language,
        window: QWidget,
        words: str,
        ends: tuple[Done, Failed, Callable[[], object]],
    ) -> None:
        super().__init__(tasks)
        self._language, self._window, self._words = language, window, words
        self._done, self._failed, self._stopped = ends
        self._bar: Bar | None = None
        self._part, self._whole = 0, 0
        self.progress = Progress()
        self.progress.moved.connect(self._move)
        self._finished.connect(self._end, Qt.ConnectionType.QueuedConnection)  # never inside `run`
        self._busy = QTimer(self, interval=BUSY, singleShot=True)
        self._late = QTimer(self, interval=BAR, singleShot=True)
        self._busy.timeout.connect(self._show_busy)
        self._late.timeout.connect(self._show_bar)

    def follow(self, future: Future[Any]) -> None:
        """Watch the work to its end."""
        self._busy.start()
        self._late.start()
        future.add_done_callback(self._finished.emit)

    def leave(self) -> None:
        """Stop the work, and tell nobody when it has ended."""
        self.progress.stop()
        self._done = self._failed = self._stopped = lambda *_: None

    def _show_busy(self) -> None:
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.BusyCursor))

    def _show_bar(self) -> None:
        self._bar = Bar(self._language, self._words, self._window)
        self._bar.stopped.connect(self.progress.stop)
        self._bar.move_to(self._part, self._whole)
        self._bar.open()

    def _move(self, part: int, whole: int) -> None:
        self._part, self._whole = part, whole
        if self._bar:
            self._bar.move_to(part, whole)

    def _end(self, future: Future[Any]) -> None:
        from concurrent.futures import CancelledError

        self._put_away()
        self.ended.emit(self)
        self.deleteLater()
        try:
            result = future.result()
        except (Cancelled, CancelledError):
            if not _is_gone(self._stopped):
                self._stopped()
            return
        except (Refused, Fault) as error:
            self._failed(error)
            return
        except Exception as error:
            from desktopapp.storage import fault_of  # here, because the window is seen before the file is opened

            fault = fault_of(error)
            if fault is None:
                raise
            self._failed(fault)
            return
        if not _is_gone(self._done):
            self._done(result)

    def _put_away(self) -> None:
        if not self._busy.isActive():
            QGuiApplication.restoreOverrideCursor()
        self._busy.stop()
        self._late.stop()
        if self._bar:
            self._bar.finish()


def _told(failed: Failed | None, otherwise: Failed) -> Failed:
    """Who hears what failed: whoever asked to, as long as it is there."""
    return lambda error: otherwise(error) if failed is None or _is_gone(failed) else failed(error)


def _is_gone(end: Callable[..., object]) -> bool:
    """Whether the window or dialog this is a method of was closed and freed while the work went on."""
    while isinstance(end, partial):
        end = end.func
    whom = getattr(end, "__self__", None)
    return isinstance(whom, QObject) and not isValid(whom)


class Bar(QDialog):
    """What is being done, how far it is, and the way to stop it."""

    stopped = Signal()

    def __init__(self, language: Language, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._language = language
        self.setWindowTitle(words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(360)
        self.words = Label(words, wrap=True)
        self.bar = QProgressBar(textVisible=False, maximum=0)
        self.bar.setAccessibleName(words)
        self.cancel = Button(language.text(N_("Cancel")), self._stop)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addLayout(foot)

    def move_to(self, part: int, whole: int) -> None:
        """Show how far the work is; a whole of 0 is a whole not known."""
        self.bar.setMaximum(whole)
        self.bar.setValue(part)

    def finish(self) -> None:
        """Close because the work is over."""
        super().reject()

    def reject(self) -> None:
        self._stop()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText(self._language.text(N_("Stopping…")))
        self.stopped.emit()
