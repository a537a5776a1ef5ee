"""What the owner sees of a bug: that his data is safe, and a report he can send which says nothing of his firm."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import desktopapp
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.button import Button
from ui.kit.label import Label


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where the program broke: the kind of error and the lines it went through, no value and no text among them."""
    import platform  # here, because a program that does not break needs neither
    import traceback

    frames = traceback.extract_tb(trace)
    lines = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    system = f"{platform.system()} {platform.release()} · Python {platform.python_version()} · Qt {qVersion()}"
    return "\n".join((f"TeamHelm {desktopapp.__version__}", system, *lines, kind.__name__))


def _place(filename: str) -> str:
    """A file by its last two names: folders above tell who the user is."""
    return "/".join(Path(filename).parts[-2:])


class Broken(QDialog):
    """Says that something went wrong, that nothing is lost, and offers the report."""

    def __init__(self, language: Language, told: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = language.text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words(N_("Something went wrong")))
        self.setMinimumSize(560, 360)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Label(words(N_("Something went wrong, but your data is safe.")), "section"))
        more = N_("What was just asked for was not done, and nothing else was changed. You can go on working. "
                  "The report below names places in the program only; nothing of your firm is in it.")  # fmt: skip
        column.addWidget(Label(words(more), "secondary", wrap=True))
        self.report = QPlainTextEdit(told, readOnly=True)
        self.report.setAccessibleName(words(N_("Report")))
        column.addWidget(self.report, 1)
        self.copy = Button(words(N_("Copy the report")), self.copy_report)
        self.go_on = Button(words(N_("Go on")), self.close, kind="primary")
        foot.addStretch(1)
        foot.addWidget(self.copy)
        foot.addWidget(self.go_on)
        column.addLayout(foot)

    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QApplication.clipboard().setText(self.report.toPlainText())


class Watch:
    """Hears of every error nobody expected; shows one at a time."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.shown: Broken | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if self.shown is None and QApplication.instance() is not None:
            self.shown = Broken(self.language, report(kind, trace), QApplication.activeWindow())
            self.shown.finished.connect(self._forget)
            self.shown.open()

    def _forget(self) -> None:
        self.shown = None
