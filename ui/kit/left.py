"""What was typed when the program was locked, where it could not be put back into its fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.button import Button
from ui.kit.label import Label


class Left(QDialog):
    """The texts, each with the name of its field and a button that copies it."""

    def __init__(self, language: Language, texts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        words = language.text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words(N_("What you were typing")))
        self.setMinimumWidth(520)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Label(words(N_("What you were typing")), "section"))
        told = N_("You had not saved this when the program was locked. Copy it to where it belongs.")
        column.addWidget(Label(words(told), "secondary", wrap=True))
        self.copies = []
        for name, text in texts:
            column.addLayout(self._one(name or words(N_("Text")), text, words(N_("Copy"))))
        foot.addStretch(1)
        foot.addWidget(Button(words(N_("Close")), self.close, kind="primary"))
        column.addLayout(foot)

    def _one(self, name: str, text: str, copy: str) -> QVBoxLayout:
        column, head = QVBoxLayout(), QHBoxLayout()
        shown = QPlainTextEdit(text, readOnly=True)
        shown.setAccessibleName(name)
        shown.setMaximumHeight(96)
        self.copies.append(Button(copy, partial(QApplication.clipboard().setText, text), kind="link"))
        head.addWidget(Label(name, "secondary"))
        head.addStretch(1)
        head.addWidget(self.copies[-1])
        column.addLayout(head)
        column.addWidget(shown)
        return column
