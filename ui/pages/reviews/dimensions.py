"""The dimensions of a template: what they are called, weigh and stand under, and five behaviours for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.reviews.models import Score
from desktopapp.reviews.rules import NAMELESS, RELATIONS, Dimension, Form, drafting
from ui.kit.button import Button, IconButton
from ui.kit.editors import Line, NoteBox, NumberLine, Tick
from ui.kit.label import Label, restyle
from ui.kit.scrolled import scrolled
from ui.kit.theme import px
from ui.pages.reviews.draft import Draft
from ui.pages.reviews.prose import emptied

SECTION, WEIGHT, VETO = 104, 64, 62
"""Pixels of the columns beside the name."""
NAME = 132
"""Pixels a name has at least."""


class Short(NoteBox):
    """A text of a line or two."""

    LEAST = 1

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(language, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class DimensionRow(QFrame):
    """One dimension in the table."""

    active = Signal(str)

    def __init__(self, draft: Draft, dimension: Dimension, parent: QWidget) -> None:
        super().__init__(parent)
        self.id, language = dimension.id, draft.language
        self.name, self.section = Line(language), Line(language)
        self.weight, self.veto = NumberLine(language), Tick()
        names = (Score.dimension.verbose_name, N_("Section"), N_("Weight"), N_("Veto"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(8)
        editors: tuple[Any, ...] = (self.name, self.section, self.weight, self.veto)
        for editor, name, width in zip(editors, names, (0, SECTION, WEIGHT, VETO), strict=True):
            editor.setAccessibleName(language.text(name))
            editor.installEventFilter(self)
            if width:
                editor.setFixedWidth(px(width))
            else:
                editor.setMinimumWidth(px(NAME))
            row.addWidget(editor, 0 if width else 1)
        there = drafting.section_of(draft.form, dimension)
        draft.write(self.name, draft.text(dimension.name), partial(_named, draft, self.id))
        named = draft.text(there.name) if there else ""
        take = drafting.section_named if there and not named else drafting.in_section
        draft.write(self.section, named, partial(_sectioned, draft, self.id, take))
        draft.number(self.weight, f"weight:{self.id}", dimension.weight, partial(_set, draft, self.id, "weight"))
        self.veto.setToolTip(language.text(N_("Who scores at its worst behaviour gets the lowest grade.")))
        self.veto.put(dimension.veto)
        self.veto.changed.connect(lambda: draft.set(_set(draft, self.id, "veto", self.veto.value())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.active.emit(self.id)
        return super().eventFilter(watched, event)


def _set(draft: Draft, dimension: str, field: str, value: Any) -> Form:
    return drafting.changed(draft.form, dimension, lambda each: replace(each, **{field: value}))


def _named(draft: Draft, dimension: str, text: str) -> Form:
    return drafting.changed(draft.form, dimension, lambda each: replace(each, name=draft.written(each.name, text)))


def _sectioned(draft: Draft, dimension: str, take: Callable[..., Form], text: str) -> Form:
    return take(draft.form, dimension, text, chinese=draft.in_chinese)


class Dimensions(QWidget):
    """The table of dimensions, and all about the one that is worked on beside it."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.rows: dict[str, DimensionRow] = {}
        self.current = ""
        self.about = About(draft, self)
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 8, 0)
        self.lines.setSpacing(0)
        column = QVBoxLayout()
        column.addLayout(self.lines)
        column.addStretch(1)
        self.table = scrolled(column)
        self.sum = Label("", "strong")
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(self._heads())
        left.addWidget(self.table, 1)
        left.addLayout(self._foot())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(20)
        whole.addLayout(left, 11)
        whole.addWidget(self.about, 9)
        self.table.setMinimumWidth(px(NAME + SECTION + WEIGHT + VETO + 64))
        draft.changed.connect(self.show_sum)

    def _heads(self) -> QHBoxLayout:
        words, row = self.draft.language.text, QHBoxLayout()
        row.setContentsMargins(6, 0, 22, 0)
        row.setSpacing(8)
        for name, width in ((Score.dimension.verbose_name, 0), (N_("Section"), SECTION), (N_("Weight"), WEIGHT),
                            (N_("Veto"), VETO)):  # fmt: skip
            label = Label(words(name), "caption")
            if width:
                label.setFixedWidth(px(width))
            row.addWidget(label, 0 if width else 1)
        return row

    def _foot(self) -> QHBoxLayout:
        words, row = self.draft.language.text, QHBoxLayout()
        row.setSpacing(4)
        self.add = Button(words(N_("Add a dimension")), self.add_dimension, icon="plus", kind="link")
        self.up = IconButton("arrow-up", words(N_("Move up")), partial(self.move_dimension, -1))
        self.down = IconButton("arrow-down", words(N_("Move down")), partial(self.move_dimension, 1))
        self.take = IconButton("trash-2", words(N_("Take out")), self.take_out)
        for widget in (self.add, self.up, self.down, self.take):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.sum)
        return row

    def put(self) -> None:
        """Show the dimensions as the draft has them."""
        self.draft.forget("weight:")
        emptied(self.lines)
        self.rows = {}
        for each in self.draft.form.dimensions:
            row = self.rows[each.id] = DimensionRow(self.draft, each, self)
            row.active.connect(self.choose)
            self.lines.addWidget(row)
            row.show()
        if self.current not in self.rows:
            self.current = next(iter(self.rows), "")
        self.choose(self.current)
        self.show_sum()

    def choose(self, dimension: str) -> None:
        """Show all about a dimension."""
        self.current = dimension
        for key, row in self.rows.items():
            restyle(row, "hint", key == dimension)
        self.about.put(dimension)
        for button in (self.up, self.down, self.take):
            button.setEnabled(bool(dimension))

    def add_dimension(self) -> None:
        """An empty dimension at the end, ready to be named."""
        self.draft.set(drafting.added(self.draft.form))
        self.current = self.draft.form.dimensions[-1].id
        self._again()

    def move_dimension(self, by: int) -> None:
        """Move the current one up or down."""
        self.draft.set(drafting.moved(self.draft.form, self.current, by))
        self._again()

    def take_out(self) -> None:
        """Take the current one out of the template."""
        order = list(self.rows)
        at = order.index(self.current)
        following = [*order[at + 1 :], *reversed(order[:at])]
        self.draft.set(drafting.without(self.draft.form, self.current))
        self.current = next(iter(following), "")
        self._again()

    def _again(self) -> None:
        self.put()
        if row := self.rows.get(self.current):
            row.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.widget().layout().activate()
            self.table.ensureWidgetVisible(row)

    def show_sum(self) -> None:
        """What the weights come to."""
        form = self.draft.form
        whole = sum((each.weight for each in form.dimensions), form.goal_weight)
        said: Message = M("{sum} of 100", sum=f"{whole:.2f}")
        if form.goal_weight:
            said = M("{sum} of 100, goals {goals} of it", sum=f"{whole:.2f}", goals=form.goal_weight)
        self.sum.put(self.draft.language.text(said), "good" if whole == 100 else "warn")


class About(QWidget):
    """What one dimension means, what earns which score, where evidence is found and who is asked about it."""

    def __init__(self, draft: Draft, parent: QWidget) -> None:
        super().__init__(parent)
        self.draft = draft
        self.fields = QVBoxLayout()
        self.fields.setContentsMargins(0, 0, 10, 0)
        self.fields.setSpacing(4)
        column = QVBoxLayout()
        column.addLayout(self.fields)
        column.addStretch(1)
        self.area = scrolled(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.shown: tuple[str, bool] | None = None
        self.definition: Short
        self.anchors: list[Short] = []
        self.asked: dict[str, Tick] = {}

    def put(self, dimension: str) -> None:
        """Show a dimension; the one that is shown already stays as it is being written."""
        now = (dimension, self.draft.in_chinese)
        if now == self.shown:
            return
        self.shown = now
        emptied(self.fields)
        self.anchors, self.asked = [], {}
        if each := next((one for one in self.draft.form.dimensions if one.id == dimension), None):
            self._build(each)

    def forget(self) -> None:
        """What is shown next is read anew."""
        self.shown = None

    def _build(self, of: Dimension) -> None:
        draft, words, take = self.draft, self.draft.language.text, self._take
        self.definition = self._box(words(N_("What it means")), draft.text(of.definition),
                                    partial(take, of.id, "definition"))  # fmt: skip
        for nth, (at, text) in enumerate(of.anchors):
            said = M("What earns {score}", score=draft.form.written(at))
            self.anchors.append(self._box(words(said), draft.text(text), partial(self._anchor, of.id, nth)))
        hints = "\n".join(draft.text(each) for each in of.hints)
        self._box(words(N_("Where evidence is found, one a line")), hints, partial(self._hints, of.id))
        self.fields.addWidget(Label(words(N_("Also asked about it, beside the person and the superior")), "caption",
                                    wrap=True, parent=self))  # fmt: skip
        for relation, name in RELATIONS:
            if relation in NAMELESS:
                tick = self.asked[relation] = Tick(self)
                tick.setText(words(name))
                tick.put(relation in of.asked)
                tick.changed.connect(partial(self._ask, of.id))
                self.fields.addWidget(tick)

    def _box(self, name: str, text: str, take: Any) -> Short:
        box, label = Short(self.draft.language, self), Label(name, "caption", wrap=True, parent=self)
        label.setBuddy(box)
        box.setAccessibleName(name)
        self.draft.write(box, text, take)
        self.fields.addWidget(label)
        self.fields.addWidget(box)
        return box

    def _take(self, dimension: str, field: str, text: str) -> Form:
        draft = self.draft
        return drafting.changed(
            draft.form, dimension, lambda each: replace(each, **{field: draft.written(getattr(each, field), text)})
        )

    def _anchor(self, dimension: str, at: int, text: str) -> Form:
        def change(each: Dimension) -> Dimension:
            score, before = each.anchors[at]
            anchors = (*each.anchors[:at], (score, self.draft.written(before, text)), *each.anchors[at + 1 :])
            return replace(each, anchors=anchors)

        return drafting.changed(self.draft.form, dimension, change)

    def _hints(self, dimension: str, text: str) -> Form:
        """A line is a hint; what stands at the same place in the other language goes with it."""
        def change(each: Dimension) -> Dimension:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            before = [*each.hints, *[Both("", "")] * len(lines)]
            pairs = zip(before, lines, strict=False)
            return replace(each, hints=tuple(self.draft.written(old, line) for old, line in pairs))

        return drafting.changed(self.draft.form, dimension, change)

    def _ask(self, dimension: str) -> None:
        asked = tuple(relation for relation, tick in self.asked.items() if tick.value())
        self.draft.set(_set(self.draft, dimension, "asked", asked))

