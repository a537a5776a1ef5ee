"""A bar for when opening the file takes longer than a moment, before there is any window."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QProgressBar

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_

WIDTH, TALL = 420, 56
_NO_INPUT = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


class Waiting(QProgressBar):
    """Says that the data is being looked through, and how far that is."""

    def __init__(self, language: Language) -> None:
        super().__init__(format=language.text(N_("Looking through your data…")))
        self.setWindowTitle(language.text(N_("TeamHelm")))
        self.setAccessibleName(self.format())
        self.resize(WIDTH, TALL)
        self.show()

    def told(self, part: int, whole: int) -> None:
        """How far it is; a whole of 0 is a whole not known."""
        self.setMaximum(whole)
        self.setValue(part)
        QApplication.processEvents(_NO_INPUT)
