"""Buttons: one primary a page, plain ones beside it, quiet ones and links inside cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.kit.theme import icon as drawn

GAP = 6
"""Pixels between icon and words; the icon stands at the left of its space."""
_INK = {"primary": "on_accent", "danger": "bad", "link": "accent"}


class Button(QPushButton):
    """A worded button. `kind` is plain, primary, quiet, link or danger."""

    def __init__(
        self,
        text: str,
        act: Callable[[], object] | None = None,
        *,
        icon: str | None = None,
        kind: str = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._words = self.text()
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if icon:
            self.setIcon(drawn(icon, _INK.get(kind, "text2")))
            self.setIconSize(QSize(18 + GAP, 18))
        if act:
            self.clicked.connect(lambda _checked=False: act())

    def fold(self, *, folded: bool) -> None:
        """Show the icon alone where room is short; the words are then in the tooltip."""
        if self.icon().isNull() or self.property("kind") == "primary" or folded == (not self.text()):
            return
        self.setText("" if folded else self._words)
        self.setToolTip(self.accessibleName() if folded else "")
        self.setIconSize(QSize(18 if folded else 18 + GAP, 18))

    def reword(self, text: str) -> None:
        """Say something else, also while the icon stands alone."""
        self._words = text.replace("&", "&&")
        self.setAccessibleName(text)
        if self.text():
            self.setText(self._words)
        else:
            self.setToolTip(text)


class IconButton(QToolButton):
    """A button that is only an icon; its words are its tooltip and its name for a screen reader."""

    def __init__(
        self, icon: str, words: str, act: Callable[[], object] | None = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setIcon(drawn(icon))
        self.setIconSize(QSize(20, 20))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say(words)
        if act:
            self.clicked.connect(lambda _checked=False: act())

    def say(self, words: str) -> None:
        """Change its words."""
        self.setToolTip(words)
        self.setAccessibleName(words)
