"""The frame of every page: head, body, and a side panel that opens inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.label import Elided, Label

if TYPE_CHECKING:
    from ui.kit.form import RecordForm  # forms are imported by the page that opens one, not by every page

MARGIN_X, MARGIN_Y = 24, 20


class Page(QWidget):
    """A page of the window. It holds no figures: `refresh` asks for them anew."""

    tables: ClassVar[frozenset[str]] = frozenset()
    """What it shows is drawn from these."""
    prints: ClassVar[bool] = False
    """Whether `print_page` has something to print."""

    def __init__(self, desk: Desk, title: str, *, scroll: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.form: RecordForm | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        main, column = QWidget(), QVBoxLayout()
        main.setLayout(column)
        column.setContentsMargins(MARGIN_X, MARGIN_Y, MARGIN_X, MARGIN_Y)
        column.setSpacing(14)
        self.title, self.subtitle = Label(desk.language.text(title), "title"), Elided("", "secondary")
        column.addLayout(self._head())
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        across.addWidget(_scrolling(main) if scroll else main, 1)
        self._across = across
        self._waiting = False

    def start(self) -> None:
        """Listen to what is written, and show what there is; the last line of a page's making."""
        self.desk.changes.kept.connect(self._hear)
        self.refresh(self.tables)

    def refresh(self, touched: frozenset[str]) -> None:
        """Show anew what was touched."""

    def arrive(self, record: int | None) -> None:
        """Show a record, because the owner followed a link to it."""

    def print_page(self) -> None:
        """Print what the page is about."""

    def action(
        self, text: str, act: Callable[[], object], *, icon: str | None = None, kind: str = "plain"
    ) -> Button:
        """A button at the right of the head, the primary one last."""
        button = Button(self.desk.language.text(text), act, icon=icon, kind=kind)
        self.actions.addWidget(button)
        return button

    def ask(self, form: RecordForm) -> RecordForm:
        """Open a form as the side panel, in place of one that is open."""
        if self.form is not None:
            self.form.leave()
        self.form = form
        form.setFixedWidth(form.sizeHint().width())
        form.closed.connect(self._form_closed)
        self._across.addWidget(form)
        form.show()
        form.start()
        return form

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if self._waiting:
            self._waiting = False
            self.refresh(self.tables)

    def _head(self) -> QHBoxLayout:
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(8)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.actions = QHBoxLayout()
        self.actions.setSpacing(8)
        head.addLayout(words, 1)
        head.addLayout(self.actions)
        head.setAlignment(self.actions, Qt.AlignmentFlag.AlignBottom)
        return head

    def _hear(self, touched: frozenset[str]) -> None:
        """Refresh now where the page is seen; otherwise when it is next shown."""
        if not touched & self.tables:
            return
        if self.isVisible():
            self.refresh(touched)
        else:
            self._waiting = True

    def _form_closed(self) -> None:
        if self.form is self.sender():
            self.form = None


def _scrolling(within: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(within)
    return area
