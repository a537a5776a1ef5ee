"""How a template scores: its scale, whose ratings count for how much, who is waited for, and what the goals count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.rules import FEWEST, NAMELESS, POLICIES, RELATIONS, Form, drafting, rescaled, told
from ui.kit.editors import NumberLine, Picker, Tick
from ui.kit.label import Label
from ui.kit.scrolled import scrolled
from ui.kit.theme import px
from ui.pages.reviews.draft import Draft
from ui.pages.reviews.prose import emptied

NUMBER = 84
OTHER = "other"
HUNDRED = Decimal(100)


class Scoring(QWidget):
    """Rows of settings, each with what it means."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.grid = QGridLayout()
        self.grid.setColumnMinimumWidth(0, px(170))
        self.grid.setColumnStretch(1, 1)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        column = QVBoxLayout()
        column.addLayout(self.grid)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(column))
        self.sum, self.goals = Label("", "strong"), Label("", "caption", wrap=True)
        draft.changed.connect(self.tell)

    def put(self) -> None:
        """Show the settings as the draft has them."""
        for prefix in ("scale:", "rater:", "goals:"):
            self.draft.forget(prefix)
        emptied(self.grid)
        self.scale = Picker(self._scales())
        self.scale.put(self._scale())
        self.scale.changed.connect(self._rescale)
        self.edges = {name: self._edge(name) for name in ("lowest", "highest", "step")}
        self._row(N_("Scale"), self.scale, N_("The five behaviours of each dimension stand at the same fifths of it."))
        edges = zip((N_("Lowest"), N_("highest"), N_("step")), self.edges.values(), strict=True)
        self._row(N_("Scores"), self._line(list(edges)))
        self.with_self = Tick()
        self.with_self.setText(self._words(N_("People assess themselves")))
        self.with_self.put(self.draft.form.with_self)
        self.with_self.changed.connect(lambda: self.draft.set(self.draft.put(with_self=self.with_self.value())))
        self._row("", self.with_self)
        self._add_raters()
        self.policy = Picker([(key, self._words(name)) for key, name in POLICIES])
        self.policy.put(self.draft.form.policy)
        self.policy.changed.connect(lambda: self.draft.set(self.draft.put(policy=self.policy.value())))
        self._row(N_("If somebody has not rated"), self.policy)
        self._add_goals()
        self.tell()

    def _words(self, text: str) -> str:
        return self.draft.language.text(text)

    def _add_raters(self) -> None:
        kinds = tuple(Message(dict(RELATIONS)[each]) for each in NAMELESS)
        few = M("{kinds}: fewer than {fewest} of one kind are neither shown nor counted.", kinds=kinds, fewest=FEWEST)
        self.raters: dict[str, NumberLine] = {}
        weights = dict(self.draft.form.raters)
        for relation, name in RELATIONS:
            line = self.raters[relation] = self._number()
            line.setAccessibleName(self._words(name))
            value = weights.get(relation, Decimal(0))
            self.draft.number(line, f"rater:{relation}", value, partial(self._weigh, relation))
            self._row(name, self._line([("", line), (N_("% of the score"), None)]))
        self.sum = Label("", "strong")
        self._row(N_("Sum"), self.sum, few)

    def _add_goals(self) -> None:
        form = self.draft.form
        self.goal_weight, self.goal_cap = self._number(), self._number()
        self.goal_weight.setAccessibleName(self._words(N_("Goals of the period")))
        self.goal_cap.setAccessibleName(self._words(N_("Attainment counts up to")))
        self.draft.number(self.goal_weight, "goals:weight", form.goal_weight, lambda v: self.draft.put(goal_weight=v))
        cap = None if form.goal_cap is None else form.goal_cap * HUNDRED
        self.draft.number(self.goal_cap, "goals:cap", cap, self._cap, empty=True)
        self._row(N_("Goals of the period"), self._line([("", self.goal_weight), (N_("% of the total"), None)]))
        cap_line = self._line([("", self.goal_cap), (N_("%, empty: without a cap"), None)])
        self._row(N_("Attainment counts up to"), cap_line)
        self.goals = Label("", "caption", wrap=True)
        self._row("", self.goals)

    def _cap(self, value: Decimal | None) -> Form:
        return self.draft.put(goal_cap=None if value is None else value / HUNDRED)

    def _weigh(self, relation: str, weight: Decimal) -> Form:
        weights = {**{key: Decimal(0) for key, _ in RELATIONS}, **dict(self.draft.form.raters), relation: weight}
        return self.draft.put(raters=tuple((key, weights[key]) for key, _ in RELATIONS))

    def _scales(self) -> Sequence[tuple[Any, str]]:
        return [*((each.key, self._words(each.name)) for each in drafting.SCALES), (OTHER, self._words(N_("Another")))]

    def _scale(self) -> str:
        there = drafting.scale(self.draft.form)
        return there.key if there else OTHER

    def _rescale(self) -> None:
        """Another scale was chosen; its edges are shown."""
        if self.scale.value() != OTHER:
            self.draft.forget("scale:")
            self.draft.set(drafting.on_scale(self.draft.form, self.scale.value()))
            for name, line in self.edges.items():
                line.blockSignals(True)
                line.put(getattr(self.draft.form, name))
                line.blockSignals(False)

    def _edge(self, name: str) -> NumberLine:
        line = self._number()
        self.draft.number(line, f"scale:{name}", getattr(self.draft.form, name), partial(self._reach, name))
        return line

    def _reach(self, name: str, value: Decimal) -> Form:
        """The template with one edge of its scale elsewhere."""
        form = self.draft.form
        if getattr(form, name) == value:
            return form
        edges = {"lowest": form.lowest, "highest": form.highest, "step": form.step, name: value}
        return rescaled(form, **edges)

    def tell(self) -> None:
        """What the settings come to."""
        form, text = self.draft.form, self.draft.language.text
        whole = sum((weight for _, weight in form.raters), Decimal(0))
        self.sum.put(text(M("{sum} of 100", sum=f"{whole:.2f}")), "good" if whole == HUNDRED else "warn")
        said = told.goals(form) if form.goal_weight else N_("Goals stand beside, and do not count.")
        self.goals.setText(text(said))
        if hasattr(self, "scale") and self.scale.value() != self._scale():
            self.scale.blockSignals(True)
            self.scale.put(self._scale())
            self.scale.blockSignals(False)

    def _number(self) -> NumberLine:
        line = NumberLine(self.draft.language)
        line.setFixedWidth(px(NUMBER))
        return line

    def _line(self, parts: Sequence[tuple[str, QWidget | None]]) -> QWidget:
        """Words and fields in a row."""
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words, field in parts:
            if words:
                label = Label(self._words(words), "secondary", parent=line)
                row.addWidget(label)
                if field:
                    label.setBuddy(field)
                    field.setAccessibleName(self._words(words))
            if field:
                row.addWidget(field)
        row.addStretch(1)
        return line

    def _row(self, name: str, field: QWidget, hint: Any = None) -> None:
        at = self.grid.rowCount()
        side = Qt.AlignmentFlag.AlignVCenter
        self.grid.addWidget(Label(self._words(name) if name else "", "secondary", wrap=True, parent=self), at, 0, side)
        self.grid.addWidget(field, at, 1)
        if hint:
            said = self.draft.language.text(hint)
            self.grid.addWidget(Label(said, "caption", wrap=True, parent=self), at + 1, 1)

