"""The front of the program: the window is seen at once, then the file is opened and what fills the window imported."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.arguments import answered_in, language_of
from desktopapp.kernel.folder import default_folder, was_closed
from desktopapp.kernel.language import CODES
from desktopapp.kernel.message import N_
from ui.kit.choices import SETTINGS, choices, kept_in
from ui.kit.first_paint import FirstPaint
from ui.kit.language import speak
from ui.kit.theme import SCHEMES, dress
from ui.places import PLACES
from ui.window import Window

if TYPE_CHECKING:
    from ui.main import Program


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the owner's window until it is closed."""
    gc.disable()  # what is made until the first page is seen stays: looking through it again and again finds nothing
    if getattr(sys, "frozen", False):
        import multiprocessing  # here, because it takes as long to import as a page takes to draw

        multiprocessing.freeze_support()
    asked = _asked(sys.argv[1:] if arguments is None else arguments)
    app = QApplication.instance() or QApplication(["teamhelm"])
    app.setApplicationName("TeamHelm")
    front = Front(app, asked)
    try:
        front.begin()
        return app.exec()
    finally:
        front.end()


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    words = language_of(arguments)
    with answered_in(words):
        parser = argparse.ArgumentParser("teamhelm-window", allow_abbrev=False)
        parser.add_argument("--data", type=Path, help=words.text(N_("the folder with the data")))
        parser.add_argument("--lang", choices=CODES, help=words.text(N_("the language to use")))
        parser.add_argument("--scheme", choices=SCHEMES, help=words.text(N_("light or dark, or as the system has it")))
        parser.add_argument("--today", type=date.fromisoformat, help=argparse.SUPPRESS)
        parser.add_argument("--leave", action="store_true", help=argparse.SUPPRESS)
        return parser.parse_args(arguments)


class Front(QObject):
    """Stands before the program until it is there."""

    def __init__(self, app: QApplication, asked: argparse.Namespace) -> None:
        super().__init__(app)
        self.app, self.asked, self.folder = app, asked, asked.data or default_folder()
        self.choices = choices(kept_in(self.folder), language=asked.lang, scheme=asked.scheme)
        dress(app, self.choices.scheme, self.choices.scale, self.choices.density)
        speak(app, self.choices.words)
        self.window: Window | None = None
        self.program: Program | None = None
        self._hook, sys.excepthook = sys.excepthook, self._tell

    def begin(self) -> None:
        """Show the frame, where a page will surely fill it; open the file as the next thing that happens.

        Where a password is asked for first, or another program has the file, no frame is shown to be taken away.
        """
        if not was_closed(self.folder) or self.choices.is_protected:
            QTimer.singleShot(0, self, self.open)
            return
        day = self.asked.today or date.today()  # noqa: DTZ011 - the owner's own calendar is meant
        self.window = Window(self.choices.words, day, PLACES, settings=self.folder / SETTINGS)
        self.window.show()
        FirstPaint(self.window, self.open)

    def open(self) -> None:
        """Have the program open the file and fill the window."""
        try:
            from ui.main import Program  # here, because the frame is seen before all of it is imported

            self.program = Program(self.app, self.folder, language=self.asked.lang, scheme=self.asked.scheme,
                                   today=self.asked.today, frame=self.window)  # fmt: skip
            self.program.open(leave=self.asked.leave)
        except BaseException:
            if self.window:
                self.window.hide()  # the report is all there is to see
            raise

    def end(self) -> None:
        """Leave nothing running."""
        if self.program:
            self.program.leave()
        sys.excepthook = self._hook

    def _tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from ui.kit.broken import Watch  # here, because a program that does not break needs none

        self._watch = Watch(self.choices.words)
        self._watch(kind, error, trace)
