"""How a file was read: encoding, separator, where its headings stand, what it holds, what becomes of doubles."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.sales.imports import Answers, Part
from desktopapp.sales.models import ENTITIES
from desktopapp.sales.service import AGAIN, KNOWN_BY
from ui.kit.editors import CountLine, Line, Picker, Tick
from ui.kit.label import Label

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "shift_jis")
SEPARATORS = (
    (",", N_("Comma")), (";", N_("Semicolon")), ("\t", N_("Tab")), ("|", N_("Upright bar")), (":", N_("Colon")),
)  # fmt: skip
MOST_DEEP = 5
"""How many rows headings may be spread over."""


class Reading(QWidget):
    """Everything about a table that was guessed besides its columns."""

    changed = Signal(object)
    """Other answers for the table."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.part: Part | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 4, 8, 0)
        self.sheet: QWidget | None = None

    def show_part(self, part: Part) -> None:
        """Put how a table was read."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
        self.part = part
        self.sheet = QWidget()
        form = QFormLayout(self.sheet)
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        words = self.language.text
        self.entity = Picker([("", words(N_("nothing that is known"))), *((k, words(w)) for k, w in ENTITIES)])
        self.entity.put(part.entity)
        self._add(form, N_("What it holds"), self.entity, self._say_entity)
        table = part.table
        if table.separator:
            self.encoding = Picker([(each, each) for each in dict.fromkeys((table.encoding, *ENCODINGS))])
            self._add(form, N_("Encoding"), self.encoding, self._say_cut)
            self.separator = Picker([(key, words(name)) for key, name in SEPARATORS])
            self.separator.put(table.separator)
            self._add(form, N_("Separator"), self.separator, self._say_cut)
        self.first, self.depth = CountLine(self.language), CountLine(self.language)
        for line, value in ((self.first, table.first), (self.depth, table.depth)):
            line.put(value)
            line.setFixedWidth(80)
        self._add(form, N_("First row of the headings"), self.first, self._say_cut)
        self._add(form, N_("Rows of headings"), self.depth, self._say_cut)
        if part.entity in ("payroll", "goal"):
            self.period = Line(self.language, 20)
            self.period.put(part.answers.period or part.period or "")
            self._add(form, N_("Period"), self.period, self._say_period)
        self._add_doubles(form, part)
        self._add_asides(form, part)
        self.column.addWidget(self.sheet)
        self.column.addStretch(1)

    def _add_doubles(self, form: QFormLayout, part: Part) -> None:
        if part.entity in ("", "roster"):
            return
        words, how = self.language.text, part.answers.how
        self.again = Picker([(key, words(name)) for key, name in AGAIN])
        self.again.put(how.again)
        self._add(form, N_("A record that is here already"), self.again, self._say_how)
        self.known_by = Picker([(key, words(name)) for key, name in KNOWN_BY])
        self.known_by.put(how.known_by)
        self._add(form, N_("It is known again by"), self.known_by, self._say_how)
        self.erases = Tick()
        self.erases.setText(words(N_("An empty cell empties what is here")))
        self.erases.put(how.erases)
        self.erases.changed.connect(self._say_how)
        form.addRow("", self.erases)
        form.addRow("", Label(words(N_("What you typed by hand is never overwritten.")), "caption"))

    def _add_asides(self, form: QFormLayout, part: Part) -> None:
        """What stands in the file and is no record."""
        words = self.language.text
        if part.table.above:
            above = Label(" / ".join(part.table.above)[:160], "caption", wrap=True)
            form.addRow(Label(words(N_("Above the headings")), "caption"), above)
        for each in part.table.aside[:5]:
            said = words(M("Row {row} is no record: {text}", row=each.row, text=each.text))
            form.addRow("", Label(said, "caption", wrap=True))

    def _add(self, form: QFormLayout, title: str, editor: QWidget, hear: object) -> None:
        words = self.language.text(title)
        label = Label(words, "secondary")
        label.setBuddy(editor)
        editor.setAccessibleName(words)
        signal = editor.editingFinished if isinstance(editor, Line) else editor.changed  # type: ignore[attr-defined]
        signal.connect(hear)
        form.addRow(label, editor)

    def _say(self, answers: Answers) -> None:
        if self.part is not None and answers != self.part.answers:
            self.changed.emit(answers)

    def _say_entity(self) -> None:
        if self.part:
            self._say(replace(self.part.answers, entity=self.entity.value() or None, chosen={}, taken=True))

    def _say_cut(self) -> None:
        if self.part is None:
            return
        table, cut = self.part.table, self.part.answers.cut
        first, depth = _count(self.first, table.first), _count(self.depth, table.depth)
        if (first, depth) != (table.first, table.depth):
            cut = replace(cut, first=max(first, 1), depth=min(max(depth, 0), MOST_DEEP))
        if table.separator and self.encoding.value() != table.encoding:
            cut = replace(cut, encoding=self.encoding.value())
        if table.separator and self.separator.value() != table.separator:
            cut = replace(cut, separator=self.separator.value())
        self._say(replace(self.part.answers, cut=cut))

    def _say_period(self) -> None:
        if self.part:
            self._say(replace(self.part.answers, period=self.period.value()))

    def _say_how(self) -> None:
        if self.part:
            how = replace(self.part.answers.how, again=self.again.value(), known_by=self.known_by.value(),
                          erases=self.erases.value())  # fmt: skip
            self._say(replace(self.part.answers, how=how))


def _count(line: CountLine, before: int) -> int:
    """The number typed, or the one before where it is none."""
    try:
        value = line.value()
    except Refused:
        return before
    return before if value is None else value
