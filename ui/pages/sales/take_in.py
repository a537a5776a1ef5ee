"""Files of the CRM's before they are taken in: what each is and fills, what has to be said, what it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import backups
from desktopapp.sales import imports, service
from desktopapp.sales.imports import SYSTEMS, Answers, Drop, Finding, Findings, Part, Question
from desktopapp.sales.models import ImportBatch
from desktopapp.sales.service import Counts, Meaning
from ui.kit import ask
from ui.kit.banner import Banner
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.editors import Tick
from ui.kit.keys import bind
from ui.kit.label import Elided, Label, restyle
from ui.kit.pill import State
from ui.kit.table import Column, RecordTable, TableView
from ui.pages.sales.asking import Asking
from ui.pages.sales.columns import Columns
from ui.pages.sales.reading import Reading

SHOWN = 500
"""How many problems are listed."""
ROWS = 5
"""How many tables are seen at once."""
SAVES = ((N_("Excel workbook"), "*.xlsx"), (N_("CSV file"), "*.csv"))
QUESTIONS, COLUMNS, CHANGES, REJECTED, READING = range(5)
"""The tabs."""
STATES = {
    "take": State(N_("to be taken in"), "good"),
    "ask": State(N_("to be answered"), "warn"),
    "nothing": State(N_("nothing new"), "neutral"),
    "out": State(N_("left out"), "neutral"),
    "wait": State(N_("being checked"), "neutral"),
}


@frozen
class Line:
    """One table, or what is no table, in the list of what was dropped."""

    name: str
    content: str
    rows: int | None
    new: int | None
    changed: int | None
    rejected: int | None
    state: State
    key: str = ""
    why: Message | None = None


@frozen
class Reason:
    """A problem in the list."""

    row: int
    column: str
    value: str
    why: Message


class TakeIn(QDialog):
    """Everything guessed about what was dropped, all of it to be changed, and the button that takes it in."""

    taken = Signal(object)
    """The counts of what was taken in."""
    checked = Signal()
    """Every row was gone through, and the findings are shown."""

    def __init__(self, desk: Desk, paths: Sequence[Path], drop: Drop, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.paths, self.drop = desk, tuple(paths), drop
        self.answers: dict[str, Answers] = {}
        self.found: Findings | None = None
        self.at = next((part.key for part in drop.parts if part.taken), drop.parts[0].key)
        self._turned = self._closed = False
        bind(self, "F1", partial(desk.show_help, "import"), desk.language.text(N_("Help")))
        self.setWindowTitle(desk.language.text(N_("Before it is taken in")))
        room = self.screen().availableGeometry().size()
        self.resize(min(1120, room.width() - 60), min(720, room.height() - 60))
        self._lay_out()
        self._show()
        QTimer.singleShot(0, self, self.check)

    # What was found

    def check(self) -> None:
        """Go through every row on the side, by the answers so far."""
        self.found = None
        self._show_counts()
        try:
            meant = self.asking.meanings()
        except Refused as no:
            self._refused(no)
            return
        work = partial(_examined, self.drop, self.desk, meant)
        self.desk.tasks.run(work, self._checked, self._refused, words=M("Checking every row…"), stopped=self.close)

    def _checked(self, found: Findings) -> None:
        if self._closed:
            return
        self.found = found
        self._show()
        self.checked.emit()

    def _look_again(self) -> None:
        """Take other answers into account."""
        work = partial(_looked, self.paths, dict(self.answers), self.drop)
        self.desk.tasks.run(work, self._looked, self._refused, words=M("Reading again…"))

    def _looked(self, drop: Drop) -> None:
        if self._closed:
            return
        self.drop = drop
        if all(part.key != self.at for part in drop.parts):
            self.at = drop.parts[0].key
        self.check()

    @property
    def finding(self) -> Finding | None:
        """What was found of the table that is shown."""
        found = self.found.findings if self.found else ()
        return next((each for each in found if each.part.key == self.at), None)

    @property
    def part(self) -> Part:
        """The table that is shown."""
        if self.finding:
            return self.finding.part
        return next(part for part in self.drop.parts if part.key == self.at)

    # What is seen

    def _lay_out(self) -> None:
        words = self.desk.language.text
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        self.title, self.about = Elided("", "title"), Elided("", "secondary")
        column.addWidget(self.title)
        column.addWidget(self.about)
        self.lines = RecordTable(self._line_columns(), self.desk.language)
        self.list = TableView(self.lines, self.desk.language, height=36, name=N_("Tables"))
        self.list.chosen.connect(self._choose)
        column.addWidget(self.list)
        self.counts = QHBoxLayout()
        self.counts.setSpacing(12)
        column.addLayout(self.counts)
        self.banner = Banner("info")
        column.addWidget(self.banner)
        self.tick = Tick()
        self.tick.setText(words(N_("Take this table in")))
        self.tick.toggled.connect(self._take)
        column.addLayout(self._make_tabs())
        column.addWidget(self.stack, 1)
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addLayout(self._make_foot())

    def _line_columns(self) -> tuple[Column, ...]:
        return (
            Column(N_("Table"), lambda row: row.name, stretch=True),
            Column(N_("Content"), lambda row: row.content, width=100),
            Column(N_("Rows"), lambda row: row.rows, kind="number", width=80),
            Column(N_("New"), lambda row: row.new, kind="number", width=80),
            Column(N_("Changed"), lambda row: row.changed, kind="number", width=80),
            Column(N_("Rejected"), lambda row: row.rejected, kind="number", width=90),
            Column(N_("State"), lambda row: row.state, kind="state", width=120),
        )

    def _make_tabs(self) -> QHBoxLayout:
        words = self.desk.language.text
        row = QHBoxLayout()
        self.tabs = QTabBar()
        self.tabs.setProperty("segments", True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(words(N_("Before it is taken in")))
        self.stack = QStackedWidget()
        self.asking, self.columns = Asking(self.desk.language), Columns(self.desk.language)
        self.reading = Reading(self.desk.language)
        self.changes = self._make_changes()
        self.problems = self._make_problems()
        pages = (_scrolled(self.asking, words(N_("Questions"))), _scrolled(self.columns, words(N_("Columns"))),
                 self.changes, self.problems, _scrolled(self.reading, words(N_("How it was read"))))  # fmt: skip
        for page in pages:
            self.tabs.addTab("")
            self.stack.addWidget(page)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.tabs.tabBarClicked.connect(self._note_turn)
        self.asking.answered.connect(self._answered)
        self.asking.meant.connect(self.check)
        self.columns.chosen.connect(self._fill)
        self.columns.written.connect(self._write)
        self.reading.changed.connect(self._say)
        row.addWidget(self.tabs, 1)
        row.addWidget(self.tick)
        return row

    def _make_changes(self) -> QWidget:
        columns = (
            Column(N_("Record"), lambda row: row.name, width=240),
            Column(N_("Field"), lambda row: Message(row.field), width=160),
            Column(N_("Is here"), lambda row: row.old, width=200),
            Column(N_("Is to be"), lambda row: row.new, stretch=True),
        )
        self.changed = RecordTable(columns, self.desk.language)
        return TableView(self.changed, self.desk.language, height=34, name=N_("What would change"))

    def _make_problems(self) -> QWidget:
        language = self.desk.language
        columns = (
            Column(N_("Row"), lambda row: row.row, kind="number", width=70),
            Column(N_("Column"), lambda row: row.column, width=160),
            Column(N_("Value"), lambda row: row.value, width=200),
            Column(N_("Reason"), lambda row: row.why, stretch=True),
        )
        self.reasons = RecordTable(columns, language)
        page = QWidget()
        column, row = QVBoxLayout(page), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        said = N_("These rows stay out; the others come in. Save them, mend them in Excel, and drop that file here.")
        row.addWidget(Label(language.text(said), "caption", wrap=True), 1)
        self.save = Button(language.text(N_("Save these rows…")), self.save_rejects, icon="download")
        row.addWidget(self.save)
        column.addLayout(row)
        column.addWidget(TableView(self.reasons, language, height=34, name=N_("What cannot be taken in")), 1)
        return page

    def _make_foot(self) -> QHBoxLayout:
        words = self.desk.language.text
        row = QHBoxLayout()
        row.setSpacing(8)
        self.rest = Label(words(N_("It can be taken back whole at any time.")), "caption")
        self.cancel = Button(words(N_("Cancel")), self.close)
        self.go = Button("", self.take_in, kind="primary")
        self.go.setDefault(True)
        row.addWidget(self.rest, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _show(self) -> None:
        """Show all anew, and leave the cursor where it was."""
        self.fault.hide()
        self._show_list()
        self._show_part()
        asked = 0
        if self.found:
            said = {label: picker.value() for label, picker in self.asking.owners.items()}
            asked = self.asking.show_questions(self.found, said, self.asking.meanings())
        self._show_tabs(asked)
        self._show_counts()

    def _show_list(self) -> None:
        words = self.desk.language.text
        names = self.drop.names
        self.title.setText(names[0] if len(names) == 1 else words(M("{count} {count:file|files}", count=len(names))))
        lines = [self._line(part) for part in self.drop.parts]
        left = self.drop.skipped
        lines += [Line(each.name, "", None, None, None, None, STATES["out"], "", each.why) for each in left]
        self.list.setVisible(len(lines) > 1)
        if len(lines) > 1:
            self.list.blockSignals(True)
            self.lines.show(lines)
            self.list.select(lambda row: row.key == self.at)
            self.list.blockSignals(False)
            self.list.setFixedHeight(42 + 36 * min(len(lines), ROWS) + 4)

    def _line(self, part: Part) -> Line:
        found = self.found.findings if self.found else ()
        finding = next((each for each in found if each.part.key == part.key), None)
        content = self.desk.language.text(ImportBatch.entity.label(part.entity)) if part.entity else ""
        if finding is None or not part.taken:
            state = STATES["wait" if part.taken else "out"]
            return Line(part.file, content, None, None, None, None, state, part.key, part.why_not)
        counts, asks = finding.counts, finding.part.questions
        worth = counts.new + counts.changed
        state = STATES["ask" if asks else "take" if worth else "nothing"]
        if asks:
            return Line(part.file, content, counts.rows, None, None, None, state, part.key)
        return Line(part.file, content, counts.rows, counts.new, counts.changed, counts.rejected, state, part.key)

    def _show_part(self) -> None:
        part, found = self.part, self.finding
        self.about.setText(self._about(part))
        self.columns.show_part(part)
        self.reading.show_part(part)
        self.tick.blockSignals(True)
        self.tick.setChecked(part.taken)
        self.tick.setVisible(bool(part.entity) and (len(self.drop.parts) > 1 or not part.taken))
        self.tick.blockSignals(False)
        self.changed.show(found.changes if found else ())
        problems = found.problems[:SHOWN] if found else ()
        self.reasons.show([Reason(p.row, p.column, p.value, p.message) for p in problems])
        self.banner.say(self._word_of(part, found))

    def _about(self, part: Part) -> str:
        """Where the table comes from, and how it was read."""
        words, found = self.desk.language.text, self.finding
        parts = [part.file] if len(self.drop.parts) > 1 else []
        parts.append(words(SYSTEMS[part.system]) if part.system else words(N_("Unknown system")))
        if part.entity:
            parts.append(words(ImportBatch.entity.label(part.entity)))
        if part.table.encoding:
            parts.append(words(M("written in {encoding}", encoding=part.table.encoding)))
        if part.is_remembered:
            parts.append(words(N_("read as the last one of this kind")))
        if found and found.taken_in:
            parts.append(words(M("this very file was taken in on {day}", day=found.taken_in)))
        return " · ".join(parts)

    def _word_of(self, part: Part, found: Finding | None) -> str:
        """The one thing to know about a table: why it is left out, what has vanished, what knows it again."""
        words = self.desk.language.text
        if part.why_not and not part.taken:
            return words(part.why_not)
        if found and found.spoiled:
            heading, cell = found.spoiled[0]
            return words(M("“{heading}” holds numbers that a spreadsheet has cut short ({cell}); they tell nothing any "
                           "more. Export the file again with this column as text if you can.",
                           heading=heading, cell=cell))  # fmt: skip
        if found and found.vanished:
            gone = found.vanished
            return words(M("{count} {count:record|records} of “{file}” {count:is not in this file any more; it "
                           "stays|are not in this file any more; they stay}: {names}",
                           count=gone.count, file=gone.file, names=gone.names[:3]))  # fmt: skip
        if found and found.counts.kept:
            return words(M("{count} {count:record keeps|records keep} what was said or typed here.",
                           count=found.counts.kept))  # fmt: skip
        return ""

    def _show_tabs(self, asked: int) -> None:
        words = self.desk.language.text
        found = self.finding
        known = sum(column.target is not None for column in self.part.guess.columns)
        titles = {
            QUESTIONS: M("Questions ({count})", count=asked),
            COLUMNS: M("Columns ({known} of {count} known)", known=known, count=len(self.part.guess.columns)),
            CHANGES: M("What would change ({count})", count=found.counts.changed if found else 0),
            REJECTED: M("Rejected ({count})", count=found.counts.rejected if found else 0),
            READING: N_("How it was read"),
        }
        for tab, title in titles.items():
            self.tabs.setTabText(tab, words(title))
        self.tabs.setTabVisible(QUESTIONS, bool(asked))
        self.tabs.setTabVisible(CHANGES, bool(found and found.changes))
        self.tabs.setTabVisible(REJECTED, bool(found and found.problems))
        if not self.tabs.isTabVisible(self.tabs.currentIndex()) or not self._turned:
            self.tabs.setCurrentIndex(QUESTIONS if asked else READING if not self.part.entity else COLUMNS)

    def _show_counts(self) -> None:
        """The figures of the table that is shown, and what the button would do."""
        _empty(self.counts)
        counts, is_known = (self.finding.counts, True) if self.finding else (Counts(), False)
        figures = [
            (N_("Rows"), counts.rows, "caption"),
            (N_("New"), counts.new, "good" if counts.new else "caption"),
            (N_("Changed"), counts.changed, "accent" if counts.changed else "caption"),
            (N_("Same"), counts.same, "caption"),
            (N_("Twice in the file"), counts.twice, "caption"),
            (N_("Rejected"), counts.rejected, "bad" if counts.rejected else "caption"),
        ]
        for title, count, mood in figures:
            card = Card(padding=10, spacing=0)
            card.body.addWidget(Label(self.desk.language.show(count) if is_known else "…", "section"))
            card.body.addWidget(Label(self.desk.language.text(title), mood))
            self.counts.addWidget(card, 1)
        self._show_go()

    def _show_go(self) -> None:
        words = self.desk.language.text
        if self.found is None:
            self.go.setText(words(N_("Checking every row…")))
            self.go.setEnabled(False)
            return
        counts = self.found.counts
        worth = counts.new + counts.changed
        self.go.setText(words(M("Take in {count} {count:record|records}", count=worth)))
        self.go.setEnabled(bool(self.found.deliveries) and not self.found.is_asking)

    # What is said

    def _choose(self, line: Line | None) -> None:
        if line is None:
            return
        if not line.key:
            self.banner.say(self.desk.language.text(line.why) if line.why else "")
            return
        self.at = line.key
        self._turned = False
        self._show_part()
        self._show_tabs(self.asking.column.count() - 1 if self.found else 0)
        self._show_counts()

    def _note_turn(self, _tab: int) -> None:
        self._turned = True

    def _say(self, answers: Answers) -> None:
        """Other answers for the table that is shown."""
        self._say_of(self.part, answers)

    def _say_of(self, part: Part, answers: Answers) -> None:
        self.answers[part.key] = answers
        for other in self.drop.parts:
            if other.key != part.key and other.answers.first_seen == part.answers.first_seen:
                self.answers[other.key] = replace(answers, cut=other.answers.cut, period=other.answers.period)
        self._look_again()

    def _answered(self, part: Part, question: Question, said: str) -> None:
        try:
            self._say_of(part, imports.answered(self.answers.get(part.key, part.answers), question, said))
        except Refused as no:
            self._refused(no)

    def _fill(self, heading: str, target: str) -> None:
        self._say(replace(self.part.answers, chosen={**self.part.answers.chosen, heading: target}))

    def _write(self, heading: str, about: str, how: str) -> None:
        question = Question(about, heading, Message(heading))
        self._say(imports.answered(self.part.answers, question, how))

    def _take(self, is_taken: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self._say(replace(self.part.answers, taken=is_taken))

    # What is done

    def save_rejects(self) -> None:
        """Ask where the rejected rows are to be written."""
        if self.finding is not None:
            name = self.desk.language.text(M("{file} rejected.xlsx", file=Path(self.part.source.name).stem))
            ask.save_file(self, self.desk.language, N_("Save these rows"), name, SAVES, self._write_rejects)

    def _write_rejects(self, path: Path) -> None:
        if self.finding is None:
            return
        work = partial(_saved, path, self.finding, self.desk)
        self.desk.tasks.run(work, lambda count: self.desk.toast(M("{count} {count:row|rows} saved",
                                                                  count=count), file=path),
                            self._refused, words=M("Writing “{file}”…", file=path.name))  # fmt: skip

    def take_in(self) -> None:
        """Take all of it in on the side; the window goes on meanwhile."""
        if self.found is None:
            return
        try:
            said, meant = self.asking.said(), self.asking.meanings()
        except Refused as no:
            self._refused(no)
            return
        self.go.setEnabled(False)
        self.fault.hide()
        work = partial(_taken_in, self.found, said, meant, self.desk)
        self.desk.tasks.run(work, self._done, self._refused, words=M("Taking in “{file}”…", file=self.title.text()))

    def _done(self, counts: Counts) -> None:
        self.taken.emit(counts)
        self.close()

    def _refused(self, no: Refused | Fault) -> None:
        self._show_go()
        self.fault.setText(self.desk.language.text(no.message))
        self.fault.show()

    def done(self, result: int) -> None:
        self._closed = True
        super().done(result)


def _scrolled(within: QWidget, name: str) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    restyle(area, "ring", value=True)
    area.setWidget(within)
    return area


def _empty(row: QHBoxLayout) -> None:
    while item := row.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


def _looked(
    paths: Sequence[Path], answers: dict[str, Answers], before: Drop, progress: Callable[..., object]
) -> Drop:
    progress()
    return imports.look(paths, answers, before)


def _examined(drop: Drop, desk: Desk, meant: dict[str, Meaning], progress: Callable[..., object]) -> Findings:
    progress()
    return imports.examine(drop, today=desk.day, stages=meant, progress=progress)


def _saved(path: Path, finding: Finding, desk: Desk, progress: Callable[..., object]) -> int:
    progress()
    return imports.write_rejects(path, finding, desk.language)


def _taken_in(
    found: Findings, said: dict[str, int | None], meant: dict[str, Meaning], desk: Desk,
    progress: Callable[..., object],
) -> Counts:  # fmt: skip
    progress()
    backups.back_up_before(progress, why=backups.IMPORT, now=desk.now())
    return service.take_in(
        found.deliveries, owners=said, seen=found.owners, stages=meant, files=found.files, today=desk.day,
        progress=progress,
    )  # fmt: skip
