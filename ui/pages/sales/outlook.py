"""The forecast in words: what is won, what may come, what has slipped, and whether the open deals are enough."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.sales.queries import Cut, Scope
from desktopapp.sales.rules import COVERED, Forecast
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.label import Label

WON, COMING, EXPECTED, RANGE, SLIPPED, UNDATED, REMAINING, COVERAGE = (
    N_("Signed so far"), N_("Open deals due in the period"), N_("Expected of them, each by its probability"),
    N_("Forecast"), N_("Slipped: open deals whose date has passed"), N_("Open deals without a date"),
    N_("Still to be signed"), N_("How many times that the open deals are"),
)  # fmt: skip
LINES = (WON, COMING, EXPECTED, RANGE, SLIPPED, UNDATED, REMAINING, COVERAGE)
KINDS = {WON: "won", COMING: "coming", EXPECTED: "coming", SLIPPED: "slipped", UNDATED: "undated"}
"""The lines that lead to rows, and to which."""


class Outlook(Card):
    """A line each; what rows stand behind is a link to them."""

    wanted = Signal(object)
    """The rows of a cut are to be shown."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        words = desk.language.text
        super().__init__(words(N_("Forecast")), words(N_("as of today")), parent=parent)
        self.desk = desk
        self.scope: Scope | None = None
        self.figures: dict[str, Button | Label] = {}
        self.notes: dict[str, Label] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for nth, title in enumerate(LINES):
            name, note = Label(words(title), "secondary", wrap=True), Label("", "caption", wrap=True)
            figure: Button | Label = Label("", "strong")
            if title in KINDS:
                figure = Button("", partial(self._ask, KINDS[title]), kind="link")
            self.figures[title], self.notes[title] = figure, note
            grid.addWidget(name, 2 * nth, 0)
            grid.addWidget(figure, 2 * nth, 1, right)
            grid.addWidget(note, 2 * nth + 1, 0, 1, 2)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def show_forecast(self, now: Forecast, scope: Scope) -> None:
        """Put the figures of a scope."""
        self.scope = scope
        count = partial(M, "{count} {count:deal|deals}")
        self._put(WON, now.won)
        self._put(COMING, now.coming.amount, count(count=now.coming.count))
        unrated = M("{count} of them {count:has no probability, and nothing is expected of it|have no probability, and "
                    "nothing is expected of them}", count=now.coming.unrated)
        self._put(EXPECTED, now.coming.expected, unrated if now.coming.unrated else None)
        self._put(RANGE, now.weighted, self._range(now))
        unless = M("{count} {count:deal; nothing is expected of it until it has|deals; nothing is expected of them "
                   "until they have} a new date", count=now.slipped.count)
        self._put(SLIPPED, now.slipped.amount, unless if now.slipped.count else None)
        self._put(UNDATED, now.undated.amount, count(count=now.undated.count) if now.undated.count else None)
        self._put_target(now)

    def _range(self, now: Forecast) -> Message | None:
        if not now.coming.count:
            return None
        words = self.desk.language.short
        return M("between {low} and {high} two times in three", low=words(now.low), high=words(now.high))

    def _put_target(self, now: Forecast) -> None:
        if now.remaining is None:
            self._put(REMAINING, None, M("No target is agreed for this, so nothing can be said of what is missing."))
            self._put(COVERAGE, None)
            return
        self._put(REMAINING, now.remaining, M("of a target of {target}", target=now.target))
        if now.coverage is None:
            self._put(COVERAGE, None, M("The target is reached."))
            return
        text = self.desk.language.text
        said = M("{times} {times:time|times}", times=round(now.coverage, 1))
        wanted = M("{times} {times:time|times} would be usual; {gap} of open deals are missing",
                   times=COVERED, gap=now.gap)  # fmt: skip
        enough = M("{times} {times:time is|times are} usual; that is enough", times=COVERED)
        self._put(COVERAGE, text(said), wanted if now.gap else enough)

    def _put(self, line: str, figure: Money | str | None, note: Message | None = None) -> None:
        language = self.desk.language
        shown = "—" if figure is None else figure if isinstance(figure, str) else language.show(figure)
        said = self.figures[line]
        said.setText(shown)
        said.setAccessibleName(f"{language.text(line)} {shown}")
        if isinstance(said, Button):
            said.setEnabled(bool(figure))
        self.notes[line].setText(language.text(note) if note else "")
        self.notes[line].setVisible(note is not None)

    def _ask(self, kind: str) -> None:
        if self.scope is not None:
            self.wanted.emit(Cut(kind, self.scope, self.desk.day))


