"""One dimension of a review: its grid, its evidence, and under it, while it is worked on, what each score means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktopapp.goals.queries import metric_name
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.queries import GoalLine, Line, ReviewSheet
from desktopapp.reviews.queries.events import EventRow
from desktopapp.reviews.rules import CUSTOMER, PEER, REPORT, Form, told
from ui.kit.button import Button
from ui.kit.label import Label
from ui.kit.theme import px
from ui.pages.reviews.noted import Hint, Noted, written
from ui.pages.reviews.prose import Evidence, emptied
from ui.pages.reviews.score_line import ScoreLine, score_field

NAME_WIDTH, SPACING = 116, 8
_OTHERS = {PEER: N_("peers {score}"), REPORT: N_("subordinates {score}"), CUSTOMER: N_("customers {score}")}
MEASURES = {
    "sales_result": {"signed_amount", "gross_margin_rate", "goal_completion", "avg_deal"},
    "collection": {"collected_amount", "collection_rate", "dso_days", "overdue_60_amount"},
    "new_business": {"new_customer_count", "lead_win_rate", "qualified_leads", "referral_wins"},
    "customer_satisfaction": {"csat_score", "complaint_count", "renewal_rate", "complaint_close_rate"},
    "process": {"qualified_visits", "same_day_record_rate", "forecast_error", "pipeline_multiple"},
}
"""The metrics whose goals are evidence for a dimension."""


class Row(QWidget):
    """A dimension to score."""

    scored = Signal(str, object)
    moved = Signal(str, int)
    entered = Signal()
    active = Signal(str)
    told = Signal(object)

    def __init__(
        self, language: Language, form: Form, line: Line, keep: Callable[[str, str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.language, self.dimension, self._name = language, line.id, language.text(line.name)
        self._form = form
        self.is_open = False
        name = Label(self._name, wrap=True, parent=self)
        name.setToolTip(language.text(line.definition))
        self.caption = Label("", "caption", wrap=True, parent=self)
        self.means = Label("", "caption", wrap=True, parent=self)
        self.grid = score_field(form, self._name, language, self)
        said = language.text(M("Evidence for {dimension}", dimension=line.name))
        self.evidence = Evidence(language, said, self._keep, self)
        self.evidence.setToolTip("\n".join(map(language.text, line.hints)))
        self._keep_evidence = keep
        self.noted, self.hint = Noted(language, self), Hint(language, self.evidence, lambda: self.is_open)
        self.noted.chosen.connect(self._take_event)
        self.anchors = Anchors(self)
        self.offers = QVBoxLayout()
        self.offers.setSpacing(0)
        self._lay_out(name)
        self.grid.scored.connect(lambda score: self.scored.emit(self.dimension, score))
        self.grid.moved.connect(lambda by: self.moved.emit(self.dimension, by))
        self.grid.entered.connect(self.entered)
        if isinstance(self.grid, ScoreLine):
            self.grid.told.connect(self.told)
        self.grid.active.connect(lambda: self.active.emit(self.dimension))

    def _lay_out(self, name: Label) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStretch(1)
        left.addWidget(name)
        left.addWidget(self.caption)
        left.addStretch(1)
        title = QWidget(self)
        title.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        title.setFixedWidth(px(NAME_WIDTH))
        top = QHBoxLayout()
        top.setSpacing(SPACING)
        top.addWidget(title)
        top.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignVCenter)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        facts.addStretch(1)
        for widget in (self.evidence, self.hint, self.noted):
            facts.addWidget(widget)
        facts.addStretch(1)
        top.addLayout(facts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.means)
        column.addLayout(self.offers)
        column.addWidget(self.anchors)
        rule = QFrame(self)
        rule.setProperty("rule", True)
        column.addWidget(rule)

    def put(
        self, line: Line, sheet: ReviewSheet, events: Sequence[EventRow], *, by_self: bool, fixed: bool
    ) -> None:
        """Show a line of a review with what was noted for it; `by_self` says whose score the digits write."""
        mine, other = (line.self_score, line.score) if by_self else (line.score, line.self_score)
        self.grid.show_score(mine, other, fixed=fixed)
        self.caption.setText(self._facts(line, by_self=by_self))
        self._show_means(line)
        self.evidence.show_text(line.evidence, of=sheet.id, fixed=fixed)
        self.evidence.setPlaceholderText("" if fixed else self.language.text(N_("Fact, figure, date")))
        untaken = [each for each in events if written(each, self.language) not in line.evidence]
        self.noted.put([] if fixed else untaken, N_("Take this over as evidence"))
        self.anchors.put(self.language, line, sheet.form, mine)
        self._offer([] if fixed else [goal for goal in sheet.goals if is_evidence(goal, line.id)])

    def open(self, *, yes: bool) -> None:
        """Unfold or fold what the scores mean."""
        self.is_open = yes
        self.anchors.setVisible(yes)
        self.hint.look()
        for nth in range(self.offers.count()):
            self.offers.itemAt(nth).widget().setVisible(yes)

    def _facts(self, line: Line, *, by_self: bool) -> str:
        facts: list[Message] = [M("Weight {weight}%", weight=line.weight)]
        if by_self and line.score is not None:
            facts.append(M("superior {score}", score=self._form.written(line.score)))
        if not by_self and line.self_score is not None:
            facts.append(M("self {score}", score=self._form.written(line.self_score)))
        return " · ".join(map(self.language.text, facts))

    def _show_means(self, line: Line) -> None:
        """What others gave on the average, and what all come to; below the grid, where there is room."""
        said = [M(_OTHERS[kind], score=mean) for kind, mean in line.others]
        if line.weighed not in (None, line.score):
            said.append(M("together {score}", score=line.weighed))
        self.means.setText(" · ".join(map(self.language.text, said)))
        self.means.setVisible(bool(said))

    def _keep(self, text: str) -> None:
        self._keep_evidence(self.dimension, text)

    def _offer(self, goals: Sequence[GoalLine]) -> None:
        emptied(self.offers)
        for goal in goals:
            words = self._figures(goal)
            if goal.attainment is None or words in self.evidence.toPlainText():
                continue
            button = Button(words, lambda words=words: self._take(words), icon="plus", kind="link", parent=self)
            button.setMinimumWidth(40)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setVisible(self.is_open)
            self.offers.addWidget(button)

    def _figures(self, goal: GoalLine) -> str:
        said = M("{goal}: {reached} of the target reached", goal=goal.name, reached=goal.attainment)
        return self.language.text(said)

    def _take_event(self, event: EventRow) -> None:
        self._take(written(event, self.language))

    def _take(self, words: str) -> None:
        """Add a goal's figures or an event to the evidence."""
        written = self.evidence.toPlainText().rstrip()
        self.evidence.setPlainText(f"{written}\n{words}" if written else words)
        self.evidence.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.grid.setFocus(Qt.FocusReason.MouseFocusReason)


def is_evidence(goal: GoalLine, dimension: str) -> bool:
    """Whether a goal's figures speak for a dimension."""
    return goal.metric in {metric_name(key) for key in MEASURES.get(dimension, ())}


class Anchors(QFrame):
    """What earns the score that was given, and what earns the next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("hint", True)
        self.hide()
        self.lines = [Label("", "secondary", wrap=True, parent=self) for _ in range(2)]
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        for line in self.lines:
            column.addWidget(line)

    def put(self, language: Language, line: Line, form: Form, score: Decimal | None) -> None:
        """Show the level of a score and the one above; without a score, what is required and what is more."""
        names = told.names(form)
        rising = sorted(line.anchors, key=lambda anchor: anchor[0])
        shown = around(rising, score)
        for nth, label in enumerate(self.lines):
            label.setVisible(nth < len(shown))
            if nth < len(shown):
                at, text = shown[nth]
                said = M("{score}: {text}", score=form.written(at), text=text)
                if at in names:
                    said = M("{score} · {name}: {text}", score=form.written(at), name=names[at], text=text)
                label.setText(language.text(said))


def around(rising: Sequence[tuple[Decimal, object]], score: Decimal | None) -> Sequence[tuple[Decimal, object]]:
    """The anchor of a score and the next one up; the middle one and the next where there is no score."""
    at = (len(rising) - 1) // 2 if score is None else sum(anchor[0] <= score for anchor in rising) - 1
    return rising[max(at, 0) : max(at, 0) + 2]
