"""All dimensions of a review, one under the other, scored from the first to the last without leaving the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.reviews.models import Score
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.events import EventRow
from desktopapp.reviews.rules import Form
from ui.kit.label import Label
from ui.kit.theme import px
from ui.pages.reviews.row import NAME_WIDTH, SPACING, Row


class Board(QWidget):
    """The rows, which of them is worked on, and whose scores the digits write."""

    scored = Signal(str, object)
    finished = Signal()
    """The last row was scored."""
    entered = Signal()
    shown = Signal(QWidget)
    """This row is worked on now."""
    told = Signal(object)

    def __init__(
        self, language: Language, keep_evidence: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.language, self._keep_evidence = language, keep_evidence
        self.rows: dict[str, Row] = {}
        self.sections: list[Label] = []
        self._sheet: ReviewSheet | None = None
        self._events: tuple[EventRow, ...] = ()
        self.raters = QButtonGroup(self)
        self.by_manager = self._rater(N_("Superior"), Score.score.verbose_name)
        self.by_self = self._rater(N_("Self"), Score.self_score.verbose_name)
        self.by_manager.setChecked(True)
        self.raters.buttonClicked.connect(self._show)
        self.keys = Label("", "caption", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._heads())

    def _head(self, form: Form, section: str) -> None:
        """What stands above the dimensions of a section: its name, and what they weigh."""
        there = next((each for each in form.sections if each.id == section), None)
        if there is None:
            return
        weight = sum(each.weight for each in form.dimensions if each.section == section)
        said = M("{section} · {weight}%", section=there.name, weight=weight)
        label = Label(self.language.text(said), "strong", parent=self)
        label.setContentsMargins(0, 8, 0, 0)
        self.sections.append(label)
        self._column.addWidget(label)

    def _heads(self) -> QHBoxLayout:
        words = self.language.text
        first = Label(words(N_("Dimension and weight")), "caption", wrap=True, parent=self)
        first.setFixedWidth(px(NAME_WIDTH))
        heads = QHBoxLayout()
        heads.setContentsMargins(0, 4, 0, 4)
        heads.setSpacing(SPACING)
        self.scores = QWidget(self)
        score = QHBoxLayout(self.scores)
        score.setContentsMargins(3, 0, 0, 0)
        score.setSpacing(4)
        score.addWidget(self.by_manager)
        score.addWidget(self.by_self)
        score.addWidget(self.keys)
        score.addStretch(1)
        heads.addWidget(first)
        heads.addWidget(self.scores)
        heads.addWidget(Label(words(N_("Evidence and facts")), "caption", parent=self), 1)
        return heads

    def _rater(self, name: str, whole: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.language.text(name))
        button.setToolTip(self.language.text(whole))
        button.setAccessibleName(button.toolTip())
        button.setCheckable(True)
        button.setProperty("segment", True)
        self.raters.addButton(button)
        return button

    def put(self, sheet: ReviewSheet, events: Sequence[EventRow] = ()) -> None:
        """Show a review's dimensions, each with what was noted for it."""
        if self._sheet is None or sheet.form != self._sheet.form:
            self._build(sheet)
        self._sheet, self._events = sheet, tuple(events)
        self._show()

    def _build(self, sheet: ReviewSheet) -> None:
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for label in self.sections:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self.sections = []
        self.rows = {line.id: Row(self.language, sheet.form, line, self._keep_evidence, self)
                     for line in sheet.dimensions}  # fmt: skip
        for row in self.rows.values():
            row.scored.connect(self.scored)
            row.moved.connect(self._move)
            row.entered.connect(self.entered)
            row.active.connect(self._open)
            row.evidence.told.connect(self.told)
            row.told.connect(self.told)
        section = ""
        for line, each in zip(sheet.dimensions, sheet.form.dimensions, strict=True):
            if each.section != section and len(sheet.form.sections) > 1:
                self._head(sheet.form, each.section)
            section = each.section
            self._column.addWidget(self.rows[line.id])
        self.scores.setFixedWidth(next(iter(self.rows.values())).grid.sizeHint().width())

    def _show(self) -> None:
        if self._sheet is None:
            return
        form, fixed = self._sheet.form, self._sheet.is_over
        first, last = (form.written(score) for score in (form.lowest, form.highest))
        self.keys.setText(self.language.text(M("keys {lowest}–{highest}", lowest=first, highest=last)))
        self.keys.setVisible(not fixed and self._has_room())
        for line in self._sheet.dimensions:
            events = [each for each in self._events if each.dimension == line.id]
            self.rows[line.id].put(line, self._sheet, events, by_self=self.by_self.isChecked(), fixed=fixed)

    def _has_room(self) -> bool:
        """Whether the word about the keys fits beside the two raters."""
        beside = self.by_manager.sizeHint().width() + self.by_self.sizeHint().width() + 2 * SPACING
        return beside + self.keys.sizeHint().width() <= self.scores.width()

    def first_missing(self) -> Row | None:
        """The first dimension without a score."""
        return next((row for row in self.rows.values() if row.grid.score is None), None)

    def begin(self) -> None:
        """Put the keys where scoring goes on, or where it began."""
        row = self.first_missing() or next(iter(self.rows.values()), None)
        if row:
            row.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self._open(row.dimension)

    def _open(self, dimension: str) -> None:
        for row in self.rows.values():
            row.open(yes=row.dimension == dimension)
        self.shown.emit(self.rows[dimension])

    def _move(self, dimension: str, by: int) -> None:
        order = list(self.rows)
        at = order.index(dimension) + by
        if 0 <= at < len(order):
            self.rows[order[at]].grid.setFocus(Qt.FocusReason.TabFocusReason)
        elif by > 0 and self.first_missing() is None:
            self.finished.emit()
