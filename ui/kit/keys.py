"""Keys: those that mean the same everywhere, and how a shortcut is bound so that the sheet of shortcuts tells of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Both of them: Excel's users enter figures on the number pad."""
HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
WINDOW = Qt.ShortcutContext.WindowShortcut


def bind(
    owner: QWidget,
    keys: str | QKeySequence.StandardKey,
    act: Callable[[], object],
    words: str,
    *,
    context: Qt.ShortcutContext = WINDOW,
) -> QShortcut:
    """Bind keys to what they do; `words` say it, worded already, on the sheet of shortcuts."""
    shortcut = QShortcut(QKeySequence(keys), owner, act, context=context)
    shortcut.setWhatsThis(words)
    return shortcut
