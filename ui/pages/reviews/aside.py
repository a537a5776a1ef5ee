"""Beside the scores: how they compare with last period, how the reviews before went, and what they suggest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.overview import charts
from desktopapp.reviews.queries import Result, ReviewSheet
from desktopapp.reviews.rules import OUTCOMES, weakest
from ui.kit.button import IconButton
from ui.kit.chart import ChartView
from ui.kit.label import Label
from ui.kit.picture import Picture
from ui.pages.reviews.prose import emptied

WIDTH = 264
"""Pixels it takes."""


class Aside(QFrame):
    """The comparison as a radar, the totals so far as a line, the result's use as a short list."""

    printing = Signal()
    """The history is wanted on paper."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.radar = ChartView(language.text(N_("Against last period")), parent=self)
        self.radar.setFixedHeight(196)
        self.now, self.before = Label("", "accent"), Label("", "caption")
        legend = QHBoxLayout()
        legend.setSpacing(16)
        legend.addStretch(1)
        legend.addWidget(self.now)
        legend.addWidget(self.before)
        legend.addStretch(1)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(language.text(N_("Against last period")), "section"))
        column.addWidget(self.radar)
        column.addLayout(legend)
        column.addWidget(self._past())
        column.addSpacing(8)
        rule = QFrame()
        rule.setProperty("rule", True)
        column.addWidget(rule)
        column.addSpacing(4)
        column.addWidget(Label(language.text(N_("What the result suggests")), "section", wrap=True))
        column.addLayout(self.lines)
        column.addStretch(1)

    def _past(self) -> QWidget:
        """The signed reviews so far, for whoever has more than one."""
        words, self.past = self.language.text, QWidget(self)
        head, column = QHBoxLayout(), QVBoxLayout(self.past)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        head.addWidget(Label(words(N_("Course of the reviews")), "section"))
        head.addStretch(1)
        self.paper = IconButton("printer", words(N_("Print the history")), self.printing.emit, parent=self.past)
        head.addWidget(self.paper)
        self.course = ChartView(words(N_("Course of the reviews")), parent=self.past)
        self.course.setFixedHeight(132)
        column.addLayout(head)
        column.addWidget(self.course)
        return self.past

    def put(self, sheet: ReviewSheet, results: Sequence[Result]) -> None:
        """Show a review's comparison and suggestions, and what came of the reviews signed so far."""
        alike = [each for each in results if each.period.months == sheet.period.months]
        self.past.setVisible(len(alike) > 1)
        self.course.show_chart(charts.totals(alike, self.language))
        self.radar.show_chart(replace(charts.dimensions(sheet, self.language), names=()))  # with their totals below
        self.now.setText("— " + self._worded(N_("This period"), sheet.total if sheet.grade else None))
        self.before.setText("┄ " + self._worded(N_("Last period"), sheet.last_total))
        self.before.setVisible(sheet.last_total is not None)
        self._list(tuple(suggestions(sheet)))

    def _worded(self, which: str, total: Decimal | None) -> str:
        return f"{self.language.text(which)} {'' if total is None else f'{total:.1f}'}".strip()

    def _list(self, found: tuple[Message | Both, ...]) -> None:
        emptied(self.lines)
        for message in found:
            self.lines.addWidget(_Suggestion(self.language.text(message), self))


class _Suggestion(QWidget):
    """A tick and a sentence."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Picture("circle-check", "good", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, "secondary", wrap=True), 1)


def suggestions(sheet: ReviewSheet) -> Iterator[Message | Both]:
    """What follows from the result, the money first; what is weak is named before all is scored."""
    if sheet.factor is not None:
        yield M("Performance coefficient {factor} (grade {grade})", factor=f"{sheet.factor.normalize():f}",
                grade=sheet.grade)  # fmt: skip
    if sheet.effect is not None:
        yield sheet.effect.action
    for each in weakest(sheet.form, {line.id: line.score for line in sheet.dimensions}):
        yield M("Plan training in “{dimension}”", dimension=each.name)
    if sheet.suggested:
        labels = dict(OUTCOMES)
        yield M("Consider: {outcomes}", outcomes=tuple(Message(labels[key]) for key in sheet.suggested))
    if not sheet.grade:
        yield M("Score all {count} {count:dimension|dimensions} for a total and a grade.", count=len(sheet.dimensions))
