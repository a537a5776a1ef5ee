"""One way to edit each kind of value the file knows, and one way to show it in a cell.

All of them keep what was typed until it is right, never change under the wheel, and take
pasted text as plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import (
    QDate,
    QMimeData,
    QPoint,
    QSignalBlocker,
    QSize,
    QSizeF,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from desktopapp.kernel import quantity
from desktopapp.kernel.clean import clean, clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import HALF, QUARTER, YEAR, Period
from desktopapp.kernel.share import Share
from desktopapp.storage import fields
from ui.kit.dates import parse_day
from ui.kit.keys import RETURN
from ui.kit.theme import colours, icon

Options = Sequence[tuple[Any, str]]
"""Values with their names, worded."""
ARROW = 12
"""Pixels of a list's arrow beyond those the style itself counts."""
MANY = 30
"""From so many options on they are found by typing."""


class Editor(Protocol):
    """What a form asks of an editor."""

    changed: Signal
    """What is typed is another than before."""
    told: Signal
    """A `Message` about what was just typed or pasted."""

    def value(self) -> Any:
        """The value typed, none for nothing. Raises `Refused` where it is no such value."""

    def put(self, value: Any) -> None:
        """Show a value."""


class Line(QLineEdit):
    """A line of text; the base of all that is typed on one line."""

    changed = Signal()
    told = Signal(object)

    def __init__(self, language: Language, most: int = fields.LINE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self._most = most
        self._composing = False
        self.setMaxLength(most)
        self.textChanged.connect(self.changed)
        self.inputRejected.connect(self._tell_cap)

    def value(self) -> Any:
        return clean_line(self.text()) or None

    def put(self, value: Any) -> None:
        self.setText(self.language.show(value))
        self.setCursorPosition(0)

    def composing(self) -> bool:
        """Whether an input method is at work: Enter then picks its candidate and nothing else."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.preeditString():
            self._composing = True
        else:
            QTimer.singleShot(0, self, self._composed)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN and self._composing:
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _composed(self) -> None:
        self._composing = False

    def _tell_cap(self) -> None:
        self.told.emit(M("Only the first {most} characters fit.", most=self._most))


class Suggesting(Line):
    """A line that suggests what is there already while it is typed; anything else can be typed as well."""

    def __init__(
        self, language: Language, suggest: Callable[[str], Sequence[str]], most: int = fields.LINE,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(language, most, parent)
        self._suggest, self._names = suggest, QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.textEdited.connect(self._look)

    def _look(self, text: str) -> None:
        self._names.setStringList(list(self._suggest(text)))
        self.completer().complete()


class Parsed(Line):
    """A line read as a value; once left, it shows the value as the language writes it."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, 60, parent)
        self.editingFinished.connect(self._tidy)

    def parse(self, text: str) -> Any:
        """The value of a text that is not empty."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The value as a text that can be typed back."""
        return self.language.show(value)

    def value(self) -> Any:
        return self.parse(self.text()) if self.text().strip() else None

    def put(self, value: Any) -> None:
        self.setText("" if value is None else self.write(value))

    def _tidy(self) -> None:
        try:
            value = self.value()
        except Refused as no:
            self.told.emit(no.message)
        else:
            self.put(value)


class MoneyLine(Parsed):
    """A sum: ￥, commas, full-width digits and 万 are taken."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def parse(self, text: str) -> Money:
        return Money.parse(text)

    def write(self, value: Money) -> str:
        return f"{value.in_yuan:,.2f}"


class NumberLine(Parsed):
    """A plain number."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def parse(self, text: str) -> Decimal:
        return quantity.number(text)


class CountLine(NumberLine):
    """A whole number."""

    def parse(self, text: str) -> Any:
        value = quantity.number(text)
        if value != value.to_integral_value():
            raise Refused(M("“{text}” is not a whole number.", text=text.strip()[:40]))
        return int(value)


class ShareLine(NumberLine):
    """A part of one, typed in percent."""

    def parse(self, text: str) -> Share:
        return Share(quantity.number(quantity.plain(text).removesuffix("%")) / 100)


class DayLine(Parsed):
    """A day: typed (11.23, 明天, 下周一) or picked; it may be empty."""

    def __init__(self, language: Language, day: date, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self._day = day
        self._calendar: QCalendarWidget | None = None
        self.setPlaceholderText(language.text(N_("e.g. 11.23 or tomorrow")))
        self.pick = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        self.pick.setText(language.text(N_("Pick a day")))
        self.pick.triggered.connect(self.open_calendar)

    def parse(self, text: str) -> date | None:
        return parse_day(text, self._day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Semicolon and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.put(self._day)
        elif event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the month under the field."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        _dress(calendar)
        try:
            shown = self.value() or self._day
        except Refused:
            shown = self._day
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        self._calendar = calendar
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()

    def _picked(self, day: QDate) -> None:
        if self._calendar:
            self.put(date(day.year(), day.month(), day.day()))
            self._calendar.close()
            self._calendar = None


def _dress(calendar: QCalendarWidget) -> None:
    """Our arrows, and weekends without an alarm's red."""
    for name, arrow in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
        if button := calendar.findChild(QToolButton, name):
            button.setIcon(icon(arrow))
    quiet = QTextCharFormat()
    quiet.setForeground(colours().of("text3"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, quiet)


class MomentLine(DayLine):
    """A day and a time on it: 11.23 14:30."""

    def parse(self, text: str) -> Any:
        head, _, clock = text.replace("：", ":").strip().rpartition(" ")
        day = parse_day(head if ":" in clock else text, self._day)
        try:
            at = time.fromisoformat(clock.zfill(5)) if ":" in clock else time()
        except ValueError as no:
            raise Refused(M("“{text}” is not a time. Write it as 14:30.", text=clock[:20])) from no
        return datetime.combine(day or self._day, at).astimezone(UTC)

    def write(self, value: datetime) -> str:
        return self.language.show(value.astimezone())


class NoteBox(QPlainTextEdit):
    """Text over lines: grows with it, Tab leaves it, pasting takes the text alone."""

    changed = Signal()
    told = Signal(object)
    LEAST, MOST = 3, 12
    """Lines it shows, from and to."""

    def __init__(self, language: Language, most: int = fields.PAGES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language, self._most = language, most
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.changed)
        self.textChanged.connect(self._cap)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit(QSizeF(0, self.LEAST))

    def value(self) -> str | None:
        return clean(self.toPlainText()).strip() or None

    def put(self, value: str | None) -> None:
        self.setPlainText(value or "")

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = self._most - len(self.toPlainText()) + len(self.textCursor().selectedText())
        text = source.text()
        if len(text) > room:
            self._tell_cap()
        self.insertPlainText(clean(text[: max(room, 0)]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.document().documentLayout().documentSize())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _cap(self) -> None:
        """Typed past the cap: say so at once; saving refuses it, and nothing typed is lost."""
        if self.document().characterCount() - 1 > self._most:
            self._tell_cap()

    def _fit(self, size: QSizeF) -> None:
        lines = min(max(int(size.height()), self.LEAST), self.MOST)
        around = int(self.document().documentMargin() * 2) + 12
        height = self.fontMetrics().lineSpacing() * lines + around
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _tell_cap(self) -> None:
        self.told.emit(M("Only the first {most} characters fit.", most=self._most))


class Tick(QCheckBox):
    """Yes or no."""

    changed = Signal()
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggled.connect(self.changed)

    def value(self) -> bool:
        return self.isChecked()

    def put(self, value: bool | None) -> None:  # noqa: FBT001 - a value, not a flag
        self.setChecked(bool(value))


class Picker(QComboBox):
    """One of several. Many are found by typing a part of the name."""

    changed = Signal()
    told = Signal(object)

    def __init__(self, options: Options, *, empty: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if empty:
            self.addItem("", None)
        for value, name in options:
            self.addItem(name, value)
        if self.count() > MANY:
            self._find_by_typing()
        else:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(self.changed)

    def offer(self, options: Options) -> None:
        """Put other choices in, and leave the one chosen where it is still among them; else the first is."""
        kept = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            for value, name in options:
                self.addItem(name, value)
            self.setCurrentIndex(next((n for n, (value, _) in enumerate(options) if value == kept), 0))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + ARROW, hint.height())  # the style sheet's arrow takes more than the style counts

    def minimumSizeHint(self) -> QSize:
        return QSize(96, super().minimumSizeHint().height())

    def _find_by_typing(self) -> None:
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def value(self) -> Any:
        if self.isEditable() and self.currentText() != self.itemText(self.currentIndex()):
            found = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
            if found < 0:
                raise Refused(M("“{value}” is none of the choices.", value=self.currentText()[:40]))
            self.setCurrentIndex(found)
        return self.currentData()

    def put(self, value: Any) -> None:
        at = next((n for n in range(self.count()) if self.itemData(n) == value), 0 if value is None else -1)
        if at >= 0:
            self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isEditable():
            try:
                self.value()
            except Refused as no:
                self.told.emit(no.message)


def periods(day: date) -> tuple[Period, ...]:
    """The periods one may mean on a day: quarters from four back to four on, then halves and years."""
    quarters = [Period.of(day, QUARTER)]
    for _ in range(4):
        quarters = [quarters[0].before, *quarters, quarters[-1].after]
    wide = [Period.of(day, months) for months in (HALF, YEAR)]
    return (*quarters, *(each for now in wide for each in (now.before, now, now.after)))


Make = Callable[[Any, Language, date, Options], Any]
"""Makes the editor of a field: the field, the language, the day it is, the options if the kind has some."""


def _choice(field: Any, language: Language, _day: date, options: Options) -> Picker:
    worded = options or [(key, language.text(words)) for key, words in field.choices]
    return Picker(worded, empty=field.null)


def _span(field: Any, language: Language, day: date, options: Options) -> Picker:
    worded = options or [(period, language.period(period)) for period in periods(day)]
    picker = Picker(worded, empty=field.null)
    picker.put(Period.of(day))
    return picker


EDITORS: Mapping[type, Make] = {
    fields.Text: lambda field, language, _day, _options: Line(language, field.max_length),
    fields.Note: lambda field, language, _day, _options: NoteBox(language, field.max_length),
    fields.Day: lambda _field, language, day, _options: DayLine(language, day),
    fields.Moment: lambda _field, language, day, _options: MomentLine(language, day),
    fields.Flag: lambda _field, _language, _day, _options: Tick(),
    fields.Count: lambda _field, language, _day, _options: CountLine(language),
    fields.Choice: _choice,
    fields.Ref: lambda field, _language, _day, options: Picker(options, empty=field.null),
    fields.Span: _span,
    fields.Money: lambda _field, language, _day, _options: MoneyLine(language),
    fields.Number: lambda _field, language, _day, _options: NumberLine(language),
    fields.Share: lambda _field, language, _day, _options: ShareLine(language),
}
"""The editor of each kind."""

CELLS: Mapping[type, str] = {
    fields.Text: "text", fields.Note: "text", fields.Day: "text", fields.Moment: "text", fields.Flag: "text",
    fields.Choice: "text", fields.Ref: "text", fields.Span: "text",
    fields.Count: "number", fields.Money: "number", fields.Number: "number", fields.Share: "number",
}  # fmt: skip
"""How each kind stands in a table: figures to the right, the rest to the left."""

NARROWED: Mapping[type, str] = {
    fields.Day: "day", fields.Moment: "day", fields.Choice: "choice", fields.Flag: "choice",
    fields.Count: "number", fields.Money: "money", fields.Number: "number", fields.Share: "share",
}  # fmt: skip
"""How a table is narrowed by each kind; by the rest through a text they hold."""


def editor(field: Any, language: Language, day: date, options: Options = ()) -> Any:
    """The editor of a field, empty."""
    return EDITORS[type(field)](field, language, day, options)


def choice(options: Options, *, empty: bool = False) -> Picker:
    """An editor for one of several, each a value and its worded name."""
    return Picker(options, empty=empty)
