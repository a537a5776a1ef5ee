"""Who rates somebody: each kind's part in the score, who is asked, and how many have answered; never what one gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.pattern import pattern
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.models import RaterForm
from desktopapp.reviews.queries import RaterLine, RaterRow, ReviewSheet
from desktopapp.reviews.rules import NAMELESS, OWN
from desktopapp.team import queries as team
from ui.kit.button import Button
from ui.kit.editors import NoteBox
from ui.kit.form import Loose, RecordForm
from ui.kit.label import Label
from ui.kit.several import Several
from ui.pages.reviews.prose import emptied

LINES = 8
"""People of the roster seen at once."""
PEOPLE = Loose("people", N_("People of the roster"), null=True)
NAMES = Loose("names", N_("Others, by name"), N_("Customers and other outsiders, one a line."), null=True)
_BREAKS = pattern(r"[\n,，;；、]+")


class Raters(QWidget):
    """A line for each kind of raters that has a part in the score."""

    asking = Signal(str)
    """It is to be said who of a kind rates."""
    typing = Signal(str)
    """A form of a kind came back on paper."""
    printing = Signal(str)
    """The sheets of a kind are wanted on paper: those still out, and what the person said of himself."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self._shown: object = None
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(2, 1)
        self.policy = Label("", "caption", wrap=True, parent=self)
        self.buttons: dict[tuple[str, str], Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.grid)
        column.addWidget(self.policy)

    def put(self, sheet: ReviewSheet, asked: Sequence[RaterRow]) -> None:
        """Show a review's raters."""
        now = (sheet.id, sheet.is_over, sheet.raters, tuple(asked), sheet.form.policy)
        if now == self._shown:
            return
        self._shown = now
        emptied(self.grid)
        self.buttons = {}
        for nth, line in enumerate(sheet.raters):
            self._add(nth, line, [row for row in asked if row.relation == line.relation], fixed=sheet.is_over)
        others = [line for line in sheet.raters if line.relation in NAMELESS]
        said = M("If somebody has not rated: {policy}", policy=Message(dict(rules.POLICIES)[sheet.form.policy]))
        self.policy.setText(self.language.text(said))
        self.policy.setVisible(bool(others))

    def _add(self, nth: int, line: RaterLine, asked: Sequence[RaterRow], *, fixed: bool) -> None:
        text, top = self.language.text, Qt.AlignmentFlag.AlignTop
        self.grid.addWidget(Label(text(RaterForm.relation.label(line.relation)), parent=self), nth, 0, top)
        part = Label(text(M("{weight}% of the score", weight=line.weight)), "secondary", parent=self)
        self.grid.addWidget(part, nth, 1, top)
        self.grid.addWidget(self._told(line, asked), nth, 2, top)
        if not fixed or line.relation == OWN:
            self.grid.addWidget(self._acts(line, asked), nth, 3, top)

    def _told(self, line: RaterLine, asked: Sequence[RaterRow]) -> QWidget:
        text, told = self.language.text, QWidget(self)
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(text(state(line)), "secondary", wrap=True, parent=told))
        if asked:
            names = self.language.show(tuple(row.rater for row in asked))
            column.addWidget(Label(names, "caption", wrap=True, parent=told))
        if asked and line.is_left_out:
            column.addWidget(Label(text(_few()), "warn", wrap=True, parent=told))
        return told

    def _acts(self, line: RaterLine, asked: Sequence[RaterRow]) -> QWidget:
        words, acts = self.language.text, QWidget(self)
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        kind = words(RaterForm.relation.label(line.relation))
        if line.relation == OWN or (line.relation in NAMELESS and line.back < line.asked):
            self._button(row, acts, ("print", line.relation), N_("Print…"), kind)
        if line.relation == OWN:
            return acts
        if asked:
            self._button(row, acts, ("type", line.relation), N_("Type in…"), kind)
        self._button(row, acts, ("ask", line.relation), N_("Who rates…"), kind)
        return acts

    def _button(self, row: QHBoxLayout, parent: QWidget, key: tuple[str, str], words: str, kind: str) -> None:
        what, relation = key
        signal = {"type": self.typing, "ask": self.asking, "print": self.printing}[what]
        button = Button(self.language.text(words), partial(signal.emit, relation), kind="link", parent=parent)
        button.setAccessibleName(f"{self.language.text(words)} {kind}")
        row.addWidget(button)
        self.buttons[key] = button


def state(line: RaterLine) -> Message:
    """How far raters of one kind are."""
    if line.relation not in NAMELESS:
        return M("Complete") if line.back else M("Not complete yet")
    if not line.asked:
        return M("Nobody is asked.")
    return M("{back} of {asked} {back:is|are} back", back=line.back, asked=line.asked)


class RatersForm(RecordForm):
    """Asks who of a kind rates somebody, and says while it is ticked what so few would mean."""

    def __init__(self, language: Language, sheet: ReviewSheet, relation: str, *, day: date) -> None:
        self._spoken, self._relation = language, relation
        self._set = partial(service.set_raters, review=sheet.id, relation=relation, today=day)
        asked = [row for row in queries.raters(sheet.id) if row.relation == relation]
        self.people, self.names = Several(LINES), NoteBox(language)
        label = Message(RaterForm.relation.label(relation))
        super().__init__(
            language, M("{relation} about {name}", relation=label, name=sheet.name), (PEOPLE, NAMES), self._keep,
            day=day, editors={"people": self.people, "names": self.names},
        )  # fmt: skip
        self.people.offer([(number, name) for number, name in team.names() if number != sheet.person])
        self.people.put([row.person for row in asked if row.person])
        self.names.put("\n".join(row.rater for row in asked if not row.person))
        self.few = Label("", "warn", wrap=True, parent=self)
        body: Any = self.findChild(QWidget, "panelBody")
        body.layout().insertWidget(body.layout().count() - 1, self.few)
        for editor in (self.people, self.names):
            editor.changed.connect(self._warn)
        self._warn()
        self.changed = False

    def _keep(self, *, people: Sequence[int], names: str | None) -> object:
        return self._set(people=people, names=_split(names or ""))

    def _warn(self) -> None:
        count = len(self.people.value()) + len(_split(self.names.value() or ""))
        is_few = self._relation in NAMELESS and 0 < count < rules.FEWEST
        self.few.setText(self._spoken.text(_few()) if is_few else "")


def _split(names: str) -> list[str]:
    return [name for part in _BREAKS.split(names) if (name := part.strip())]


def _few() -> Message:
    return M("Fewer than {fewest} of one kind are neither shown nor counted: each would know the other's.",
             fewest=rules.FEWEST)  # fmt: skip
