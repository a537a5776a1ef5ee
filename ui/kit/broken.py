"""What the owner sees of an error nobody expected.

Of what the surroundings did, a sentence with what to do; of a bug, that his data is safe and a report he can send
which says nothing of his firm.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import desktopapp
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.label import Label

PROGRAM = Path(__file__).resolve().parents[2]
LIBRARIES = "site-packages"


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where the program broke: the kind of error and the lines it went through, no value and no text among them."""
    import platform  # here, because a program that does not break needs neither
    import traceback

    frames = traceback.extract_tb(trace)
    lines = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    system = f"{platform.system()} {platform.release()} · Python {platform.python_version()} · Qt {qVersion()}"
    return "\n".join((f"TeamHelm {desktopapp.__version__}", system, *lines, kind.__name__))


def _place(filename: str) -> str:
    """A file by its place in the program, or in a library: folders above tell who the user is."""
    path = Path(filename)
    if path.is_relative_to(PROGRAM):
        path = path.relative_to(PROGRAM)
    parts = path.parts
    if LIBRARIES in parts:
        return "/".join(parts[parts.index(LIBRARIES) + 1 :])
    return path.name if path.is_absolute() else path.as_posix()


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
        self.shown: QDialog | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from desktopapp.storage import fault_of  # here, because the window is seen before the file is opened

        sys.__excepthook__(kind, error, trace)
        if self.shown is not None or QApplication.instance() is None:
            return
        window = QApplication.activeWindow()
        if fault := fault_of(error):
            self.shown = ask.tell(window, self.language, fault.message)
        else:
            self.shown = Broken(self.language, report(kind, trace), window)
            self.shown.open()
        self.shown.finished.connect(self._forget)

    def _forget(self) -> None:
        self.shown = None
