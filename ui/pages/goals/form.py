"""The form of a goal: it can start from an example, and says while it is written how good a goal it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.goals import queries, rules
from desktopapp.goals.models import Goal
from desktopapp.goals.queries import Example
from desktopapp.goals.queries.measures import Whose
from desktopapp.goals.rules import Advice
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.period import QUARTER, YEAR, Period
from ui.kit.editors import Options, choice
from ui.kit.form import RecordForm
from ui.kit.label import Label
from ui.kit.picture import Picture

FIELDS = (
    Goal.person, Goal.period, Goal.name, Goal.metric, Goal.unit, Goal.start, Goal.target, Goal.direction, Goal.weight,
    Goal.due, Goal.horizon, Goal.note, Goal.parent, Goal.part, Goal.rollup, Goal.cadence, Goal.basis, Goal.lower,
)  # fmt: skip
"""What is asked, in the order one thinks of it."""
OPTIONAL = ("metric", "unit", "note")
"""Texts that may stay empty."""
ADVISED = ("name", "note", "metric", "unit", "start", "target", "period", "due")
"""What the advice is drawn from."""
MISSING = {
    "person": M("Choose who it is for."),
    "period": M("Choose the period."),
    "name": M("Write what is to be reached."),
    "target": M("Give a target with its unit."),
    "weight": M("Give a weight."),
}
"""What is said where something needed was left out."""


class NotSaid:
    """Whose it is has to be asked."""


NOT_SAID = NotSaid()


class GoalForm(RecordForm):
    """Asks for one goal. `set_` is the request that keeps it; `whose` and `goal` are those of one that is there.

    Among `people` teams stand by name, and the firm as an empty text.
    """

    def __init__(
        self,
        language: Language,
        title: str | Message,
        set_: Callable[..., object],
        *,
        day: date,
        values: Mapping[str, Any],
        people: Options,
        whose: Whose | NotSaid = NOT_SAID,
        goal: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._set, self._whose, self._goal, self._day, self._words = set_, whose, goal, day, language
        metrics = [("", language.text(N_("Another measure"))),
                   *((each.id, language.text(each.name)) for each in queries.metrics())]  # fmt: skip
        super().__init__(
            language, title, FIELDS if whose is NOT_SAID else FIELDS[1:], self._keep, day=day, values=values,
            editors={"person": choice(people), "metric": choice(metrics), "parent": choice([(None, "")])},
            parent=parent,
        )  # fmt: skip
        self.examples = choice([(None, language.text(N_("Choose an example…"))),
                                *((each, language.text(each.name)) for each in queries.examples())])  # fmt: skip
        self.advice = Smart(language, self)
        body = self.findChild(QWidget, "panelBody").layout()
        if whose is NOT_SAID:
            body.insertLayout(1, self._from_example())
        body.insertWidget(body.count() - 1, self.advice)
        self.examples.changed.connect(self._fill)
        self.editors["metric"].changed.connect(self._take_unit)
        self.editors["period"].changed.connect(self._take_horizon)
        self._offer_parents()
        self.editors["parent"].put(values.get("parent"))
        for name in ("person", "period", "due"):
            if name in self.editors:
                self.editors[name].changed.connect(self._offer_parents)
        for editor in self.editors.values():
            editor.changed.connect(self.advise)
        self.advise()
        self.changed = False

    def _from_example(self) -> QVBoxLayout:
        label = Label(self._words.text(N_("From an example")), "secondary", parent=self)
        label.setBuddy(self.examples)
        self.examples.setAccessibleName(label.text())
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.examples)
        return column

    def _keep(self, **values: Any) -> object:
        """Ask for the goal; what was left out is said beside its field."""
        given = {name: "" if value is None and name in OPTIONAL else value for name, value in values.items()}
        for name, message in MISSING.items():
            if name in given and given[name] is None:
                raise Refused(message, name)
        if "person" in given and not isinstance(given["person"], int):
            given["team"] = given.pop("person")
        return self._set(**given)

    @property
    def whose(self) -> Whose:
        """The person's number, the team's name, or nothing for the firm."""
        whose = self._value("person") if self._whose is NOT_SAID else self._whose
        return whose or None

    def _offer_parents(self) -> None:
        """The goals this one may serve, for whom and when it is now written."""
        period, language = self._value("period"), self._words
        found = queries.can_serve(self.whose, period, self._value("due"), self._goal) if period else []
        firm, said = language.text(N_("The firm")), "{name} · {goal} · {period}"
        offered = [(row.id, language.text(M(said, name=row.name or firm, goal=row.goal, period=row.period)))
                   for row in found]  # fmt: skip
        self.editors["parent"].offer([(None, language.text(N_("None"))), *offered])

    def _fill(self) -> None:
        example: Example | None = self.examples.value()
        if example is None:
            return
        period, months = self._value("period"), YEAR if example.horizon == rules.LONG else QUARTER
        if period is None or (period.months == YEAR) != (months == YEAR):
            self.editors["period"].put(Period.of(self._day, months))
        text = self._words.text
        filled = {
            "name": text(example.name), "metric": example.metric, "unit": example.unit, "start": example.baseline,
            "target": example.target, "direction": example.direction, "horizon": example.horizon,
            "note": text(example.note),
        }  # fmt: skip
        for name, value in filled.items():
            self.editors[name].put(value)

    def _take_unit(self) -> None:
        if unit := queries.unit_of_metric(self._value("metric") or ""):
            self.editors["unit"].put(unit)

    def _take_horizon(self) -> None:
        period = self._value("period")
        if period is not None:
            self.editors["horizon"].put(rules.LONG if period.months == YEAR else rules.SHORT)

    def _value(self, name: str) -> Any:
        """What is typed in a field, none where it is no value yet."""
        if name not in self.editors:
            return None
        try:
            return self.editors[name].value()
        except Refused:
            return None

    def advise(self) -> None:
        """Say how the goal stands as it is now written."""
        now = {name: self._value(name) for name in ADVISED}
        last = None
        if now["metric"] and now["period"]:
            last = queries.last(self.whose, now["metric"], now["period"])
        serves = self.editors["parent"].currentText() if self._value("parent") else ""
        texts = {name: now.pop(name) or "" for name in ("name", "note", "metric", "unit")}
        self.advice.show_advice(rules.smart(**texts, **now, today=self._day, last=last, serves=serves))


class Smart(QFrame):
    """The five SMART marks: advice, never a lock."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self.setProperty("hint", True)
        self.marks: tuple[Advice, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 10)
        self.column.setSpacing(6)
        self.title = Label("", "strong", parent=self)
        self.column.addWidget(self.title)
        self.lines = [Mark(self) for _ in range(5)]
        for line in self.lines:
            self.column.addWidget(line)

    def show_advice(self, marks: tuple[Advice, ...]) -> None:
        """Show what holds and what does not yet."""
        self.marks = marks
        held = sum(mark.holds for mark in marks)
        self.title.setText(self.language.text(M("SMART: {held} of {count}", held=held, count=len(marks))))
        for line, mark in zip(self.lines, marks, strict=True):
            said = M("{title}: {reason}", title=self.language.text(mark.title), reason=mark.reason)
            line.put(self.language.text(said), holds=mark.holds)


class Mark(QWidget):
    """One mark: a tick or a warning, and why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.good, self.bad = Picture("circle-check", "good", 16, self), Picture("circle-alert", "warn", 16, self)
        self.words = Label("", "secondary", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.good, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.bad, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def put(self, words: str, *, holds: bool) -> None:
        """Say it."""
        self.good.setVisible(holds)
        self.bad.setVisible(not holds)
        self.words.setText(words)
