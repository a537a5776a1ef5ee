"""The frame of every page: head, body, and a side panel that opens inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.label import Elided, Label
from ui.kit.pair import Pair
from ui.kit.theme import air, theme

if TYPE_CHECKING:
    from ui.kit.form import RecordForm  # forms are imported by the page that opens one, not by every page
    from ui.kit.history import HistoryPanel

    Panel = RecordForm | HistoryPanel
    """What can stand at the right of a page."""

P = TypeVar("P", bound="Panel")

MARGIN_X, MARGIN_Y = 24, 20
LEAST = 240
"""Pixels a page's title and the line under it keep beside the buttons."""


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
        self.form: Panel | None = None
        self.past: HistoryPanel | None = None
        self.again = ""
        """The name of the request that opened the form."""
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        main, column = QWidget(), QVBoxLayout()
        main.setLayout(column)
        self._column = column
        self._set_margins()
        theme().changed.connect(self._set_margins)
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
        self._gather(self.tables)

    def refresh(self, touched: frozenset[str]) -> None:
        """Show anew what was touched."""

    def arrive(self, record: int | None) -> None:
        """Show a record, because the owner followed a link to it."""

    def showing(self) -> int | None:
        """The number of the record it shows in full."""
        return None

    def whom(self) -> int | None:
        """The number of the person it is about just now, if it is about one."""
        return None

    def panes(self) -> list[QWidget]:
        """Its parts, in the order F6 goes through them."""
        halves = [half for pair in self.findChildren(Pair) if pair.isVisible() for half in pair.halves]
        panels = [self.form] if self.form else []
        return [*(halves or [self]), *panels] if halves or not panels else [self._across.itemAt(0).widget(), *panels]

    def turn_to(self, table: str) -> None:
        """Show the list of a table, where the page has several; `arrive` follows."""

    def reveal(self, link: Link) -> None:
        """Show a record of the page that undo has changed; where it can, without turning from what is shown."""
        self.desk.go(link)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in files that were dropped on the window."""

    def print_page(self) -> None:
        """Print what the page is about."""

    def action(
        self, text: str, act: Callable[[], object], *, icon: str | None = None, kind: str = "plain"
    ) -> Button:
        """A button at the right of the head, the primary one last."""
        button = Button(self.desk.language.text(text), act, icon=icon, kind=kind)
        self.actions.addWidget(button)
        return button

    def ask(self, form: P, again: Callable[[], object] | None = None) -> P:
        """Open a form or a history as the side panel, in place of one that is open.

        Where something was typed into that one, the owner is asked first: what is to open waits, or is let go.
        `again` is the page's own request that opens this form for the record shown: after the
        program was locked it is made once more, and what was typed is put back.
        """
        form.hide()
        form.setParent(self)
        stand = partial(self._stand, form, getattr(again, "__name__", ""))
        if self.form is None:
            stand()
        else:
            self.form.give_way(stand, form.deleteLater)
        return form

    def _stand(self, form: Panel, again: str) -> None:
        self.form, self.again = form, again
        form.setFixedWidth(form.sizeHint().width())
        form.closed.connect(self._form_closed)
        self._across.addWidget(form)
        form.show()
        self._fold_actions()
        form.start()

    def show_history(self, table: Any, record: int, name: str) -> None:
        """Open the side panel with what was done to a record."""
        from ui.kit.history import HistoryPanel  # here, because few pages are opened with it

        self.past = self.ask(HistoryPanel(self.desk, table, record, name))

    def follow_history(self, table: Any, record: int, name: str) -> None:
        """Another record is shown: where the side panel is open, show what was done to that one."""
        if self.past is not None and self.past is self.form:
            self.past.show_record(table, record, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_actions()

    def _set_margins(self) -> None:
        self._column.setContentsMargins(air(MARGIN_X), air(MARGIN_Y), air(MARGIN_X), air(MARGIN_Y))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if self._waiting:
            self._waiting = False
            self._gather(self.tables)

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
            self._gather(touched)
        else:
            self._waiting = True

    def _gather(self, touched: frozenset[str]) -> None:
        with self.desk.changes.reading():
            self.refresh(touched)

    def _form_closed(self) -> None:
        if self.form is self.sender():
            self.form = None
            self._fold_actions()

    def _fold_actions(self) -> None:
        """Leave the title its room: where the page is narrow, plain buttons show their icons alone."""
        widgets = [self.actions.itemAt(n).widget() for n in range(self.actions.count())]
        buttons = [each for each in widgets if isinstance(each, Button)]
        for button in buttons:
            button.fold(folded=False)
        taken = self.form.sizeHint().width() if self.form else 0
        room = self.width() - taken - 2 * MARGIN_X - max(self.title.sizeHint().width(), LEAST)
        needed = sum(each.sizeHint().width() + 8 for each in widgets if each and not each.isHidden())
        if needed > room:
            for button in buttons:
                button.fold(folded=True)


def entry(pane: QWidget) -> QWidget:
    """What in a pane takes the keys: what had them last, else its list, else the first field, else the first button."""
    last = pane.focusWidget()
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus or pane.focusProxy():
        return pane
    stops = [each for each in pane.findChildren(QWidget) if _stops_tab(each)]
    views = [each for each in stops if isinstance(each, QAbstractItemView)]
    fields = [each for each in stops if not isinstance(each, QAbstractButton)]
    return last if last in stops else next(iter([*views, *fields, *stops]), pane)


def _stops_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def _scrolling(within: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(within)
    return area
