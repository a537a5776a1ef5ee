"""Undo of what is being typed comes before undo of what was done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.kit.keys import bind

UNDO, REDO = ("Ctrl+Z",), ("Ctrl+Y", "Ctrl+Shift+Z")
OURS = ("Ctrl+E",)
"""Other keys of the program that texts take for themselves on some systems."""


class TypedFirst(QObject):
    """Binds the keys of undo and redo: first to the text that has the cursor, once that has no more to the program.

    A text takes these keys for itself even where it has nothing to undo, so they are kept from it.
    """

    def __init__(
        self, window: QWidget, undo: Callable[[], object], redo: Callable[[], object], *, words: tuple[str, str]
    ) -> None:
        super().__init__(window)
        self._window, self._undo, self._redo = window, undo, redo
        self._watched: QWidget | None = None
        for keys, act, said in zip((UNDO, REDO), (self.undo, self.redo), words, strict=True):
            for key in keys:
                bind(window, key, act, said)
        QApplication.instance().focusChanged.connect(self._watch)

    def undo(self) -> None:
        """Undo in the text, or in the program."""
        text = _text_of(self._watched)
        if text is not None and _can(text, "isUndoAvailable"):
            text.undo()
        else:
            self._undo()

    def redo(self) -> None:
        """Do again in the text, or in the program."""
        text = _text_of(self._watched)
        if text is not None and _can(text, "isRedoAvailable"):
            text.redo()
        else:
            self._redo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
            if keys in (*UNDO, *REDO, *OURS):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            with suppress(RuntimeError):  # a text that goes with its window loses the cursor when it is half gone
                self._watched.removeEventFilter(self)
                self._watched.destroyed.disconnect(self._forget)
        self._watched = now if _text_of(now) is not None and self._window.isAncestorOf(now) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._watched.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None


def _text_of(widget: QWidget | None) -> QLineEdit | QPlainTextEdit | None:
    """The text that is typed into where a widget has the cursor."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return widget
    return widget.findChild(QLineEdit) if isinstance(widget, QAbstractSpinBox | QComboBox) else None


def _can(text: QLineEdit | QPlainTextEdit, what: str) -> bool:
    if text.isReadOnly():
        return False
    return getattr(text if isinstance(text, QLineEdit) else text.document(), what)()
