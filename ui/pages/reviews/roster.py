"""Who is reviewed in a round, and how far each has come; found by name or pinyin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.kernel.pinyin import is_meant
from desktopapp.reviews.queries import ReviewRow
from desktopapp.reviews.rules import CONFIRM, MANAGER, SELF, SIGNED, WAIVED
from ui.kit.avatar import Who
from ui.kit.card import Card
from ui.kit.empty import Empty
from ui.kit.pill import State
from ui.kit.search import SearchField
from ui.kit.table import TALL, Column, RecordTable, TableView

WIDTH = 264
"""Pixels of the list."""
STATES = {
    SELF: (N_("Self-review"), "neutral"),
    MANAGER: (N_("To score"), "warn"),
    CONFIRM: (N_("To confirm"), "accent"),
    SIGNED: (N_("Signed"), "good"),
    WAIVED: (N_("Waived"), "neutral"),
}
"""A state in a word, and its mood."""
SCORING = (N_("Scoring"), "accent")


DISPUTED, REFUSED = (N_("Objection"), "bad"), (N_("Won't sign"), "good")


def state_of(state: str, done: int, *, disputed: bool, refused: bool) -> tuple[str, str]:
    """The word and mood of a review: what was begun is being scored, and not all that is signed is agreed to."""
    if disputed:
        return DISPUTED
    if refused:
        return REFUSED
    return SCORING if done and state in (SELF, MANAGER) else STATES[state]


class PeopleList(Card):
    """The left side of the page."""

    chosen = Signal(int)
    """A review."""
    scoring = Signal()
    """A digit was typed in the list: it is a score of whoever the cursor is on."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, spacing=0, parent=parent)
        self.rows: tuple[ReviewRow, ...] = ()
        self._showing = False
        self.search = SearchField(language.text(N_("Name or pinyin, such as zw")))
        above = QVBoxLayout()
        above.setContentsMargins(12, 12, 12, 4)
        above.addWidget(self.search)
        self.model = RecordTable(
            (
                Column(N_("Name"), self._who, kind="person", stretch=True, by=lambda row: row.pinyin),
                Column(N_("State"), _state, kind="state", width=98),
            ),
            language,
        )
        nobody = Empty(language, "search", N_("Nobody of that name is in this round."))
        self.view = TableView(self.model, language, name=N_("People reviewed"), height=TALL, empty=nobody)
        self.body.addLayout(above)
        self.body.addWidget(self.view, 1)
        self.body.setContentsMargins(1, 1, 1, 8)
        self.search.changed.connect(self._filter)
        self.view.chosen.connect(self._choose)
        self.view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not _is_digit(event):
            return super().eventFilter(watched, event)
        self.scoring.emit()
        if (where := QApplication.focusWidget()) not in (None, watched):
            QApplication.sendEvent(where, event)
        return True

    def show_rows(self, rows: Sequence[ReviewRow], current: int) -> None:
        """Show a round's people, with the cursor on one."""
        self.rows = tuple(rows)
        self._show(current)

    def _filter(self) -> None:
        row = self.view.current_row()
        self._show(row.id if row else 0)

    def _show(self, current: int) -> None:
        self._showing = True
        self.model.show([row for row in self.rows if self._holds(row)])
        self.view.select(lambda row: row.id == current)
        self._showing = False

    def _holds(self, row: ReviewRow) -> bool:
        return is_meant(self.search.typed(), row.name, (row.pinyin, row.initials))

    def _who(self, row: ReviewRow) -> Who:
        same = sum(other.name == row.name for other in self.rows) > 1
        return Who(row.name, " · ".join(filter(None, (row.team if same else "", row.position))))

    def _choose(self, row: ReviewRow | None) -> None:
        if row and not self._showing:
            self.chosen.emit(row.id)


def _state(row: ReviewRow) -> State:
    return State(*state_of(row.state, row.done, disputed=row.disputed, refused=row.refused))


def _is_digit(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 and held == Qt.KeyboardModifier.NoModifier
