"""Reviews: a round's people on the left, one review whole on the right, and the paper that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QTabBar, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.language import language as language_of
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, report, rules, service
from desktopapp.reviews.models import Review
from desktopapp.reviews.queries import CycleRow, ReviewRow
from desktopapp.team import queries as team
from ui.kit import ask
from ui.kit.button import IconButton
from ui.kit.card import Card
from ui.kit.desk import Desk
from ui.kit.drops import FORM, PICTURES, are_forms, dropped
from ui.kit.editors import Picker
from ui.kit.empty import Empty
from ui.kit.form import RecordForm
from ui.kit.page import Page
from ui.kit.pair import Pair
from ui.kit.preview import LANGUAGES, About, Job, Option, Preview
from ui.pages.reviews.begin import USUAL, StartForm
from ui.pages.reviews.raters import RatersForm
from ui.pages.reviews.roster import WIDTH, PeopleList
from ui.pages.reviews.sheet import Sheet

if TYPE_CHECKING:
    from desktopapp.reviews.imports import Returned

FORMS = ((N_("Forms that came back"), " ".join(f"*{end}" for end in (FORM, *PICTURES))),)
BOTH = 740
"""Pixels list and sheet need together."""
SCORING, PROGRESS, CALIBRATION, RESULTS, NOTEBOOK = range(5)
"""The tabs, in their order."""


class ReviewsPage(Page):
    """List and detail of one round."""

    tables = frozenset({"cycle", "review", "score", "step", "person", "goal", "check_in", "deal", "collection", "firm",
                        "rater_form", "answer", "rater_score", "calibration", "measure", "stated",
                        "signature", "event", "refusal", "objection",
                        "interview", "agreed", "improvement", "shortfall", "aim", "checkpoint"})  # fmt: skip
    prints = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Reviews"))
        self.cycle = self.review = 0
        self._reached = ""
        """The table whose record is to be shown next."""
        self.rows: tuple[ReviewRow, ...] = ()
        self.rounds = Picker((), parent=self)
        self.rounds.setAccessibleName(desk.language.text(N_("Round")))
        self.rounds.setMinimumWidth(180)
        self.rounds.changed.connect(self._choose_round)
        self.blank = IconButton("printer", desk.language.text(N_("Print blank forms")), self.print_page)
        self.actions.addWidget(self.blank)
        self.drawing = IconButton("layers", desk.language.text(N_("Appraisal templates")), self.show_templates)
        self.actions.addWidget(self.drawing)
        self.check = IconButton("scan-line", desk.language.text(N_("Check a paper form")), self.check_paper)
        self.actions.addWidget(self.check)
        self.issue = self.action(N_("Send out self-assessments"), self.send_out, icon="upload")
        self.back = self.action(N_("Take back forms…"), self.choose_returned, icon="download")
        self.add = self.action(N_("Start a round"), self.start_round, icon="plus", kind="primary")
        self.list, self.sheet = PeopleList(desk.language), Sheet(desk)
        self.list.chosen.connect(self.open_review)
        self.list.scoring.connect(self.sheet.begin)
        self.sheet.done.connect(self.next_person)
        self.sheet.heading.past.clicked.connect(self.show_past)
        self.sheet.back.connect(self.previous_person)
        self.sheet.correcting.connect(self.correct)
        self.sheet.asking.connect(self.ask_raters)
        self.sheet.typing.connect(lambda relation: self.type_in(self.review, relation))
        self.sheet.deciding.connect(self.ask_measure)
        self.sheet.raters.printing.connect(self.print_raters)
        self.sheet.wanted.connect(self.ask)
        self.sheet.aside.printing.connect(self.print_history)
        self.sheet.printing.connect(partial(self.print_forms, filled=True, everyone=False))
        self.stack = QStackedWidget()
        self.stack.addWidget(Pair(self.list, self.sheet, width=WIDTH, least=BOTH, memory=desk.memory, key="reviews"))
        self.stack.addWidget(self._nothing())
        self.body.addLayout(self._tabs())
        self.body.addWidget(self.stack, 1)
        self.setAcceptDrops(True)
        self.start()

    def _tabs(self) -> QHBoxLayout:
        """The ways to look at a round, and which round."""
        words, row = self.desk.language.text, QHBoxLayout()
        self.tabs, self.views = QTabBar(), {SCORING: self.stack.widget(0)}
        self.tabs.setProperty("segments", True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(words(N_("Views")))
        titles = (N_("Scores"), N_("Progress"), N_("Side by side"), N_("What follows"), N_("Notebook"))
        for title in titles:
            self.tabs.addTab(words(title))
        self.tabs.currentChanged.connect(self._turn)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.rounds)
        return row

    def _turn(self, at: int) -> None:
        if at not in self.views:
            self.views[at] = self._view(at)
            self.stack.addWidget(self.views[at])
        self.sheet.leave()
        self.refresh(self.tables)

    def _view(self, at: int) -> QWidget:
        """A view is made when it is first turned to."""
        from ui.pages.reviews.calibrating import CalibrationView  # here, because most visits are for scoring
        from ui.pages.reviews.notebook import NotebookView
        from ui.pages.reviews.progress import ProgressView
        from ui.pages.reviews.results import ResultsView

        if at == NOTEBOOK:
            return NotebookView(self)
        view = {PROGRESS: ProgressView, CALIBRATION: CalibrationView, RESULTS: ResultsView}[at](self)
        view.opened.connect(self._score)
        if isinstance(view, ProgressView):
            view.typing.connect(self.type_in)
            view.sending.connect(self.send_to_raters)
            view.sending_one.connect(self.send_about)
        return view

    def _score(self, review: int) -> None:
        """Work on a review."""
        self.arrive(review)

    def _nothing(self) -> Card:
        language, card = self.desk.language, Card()
        self.no_round = Empty(
            language, "clipboard-check",
            N_("No reviews yet. Starting a round makes one for everybody, with period and template filled in."),
            N_("Start a round"), self.start_round,
        )  # fmt: skip
        self.nobody = Empty(
            language, "users", N_("Reviews are about people: add them to the roster first."),
            N_("Go to the roster"), partial(self.desk.go, Link("team")),
        )  # fmt: skip
        card.body.addWidget(self.no_round)
        card.body.addWidget(self.nobody)
        return card

    def refresh(self, _touched: frozenset[str]) -> None:
        """Read the round and the review shown again."""
        rounds = queries.cycles()
        if self.cycle not in {row.id for row in rounds}:
            self.cycle = next((row.id for row in rounds if row.signed < row.people), rounds[0].id if rounds else 0)
        self._show_rounds(rounds)
        at = self.tabs.currentIndex()
        self.stack.setCurrentWidget(self.views[at] if rounds or at == NOTEBOOK else self.stack.widget(1))
        anybody = bool(rounds or team.people())
        self.no_round.setVisible(anybody)
        self.nobody.setVisible(not anybody)
        self.add.setEnabled(anybody)
        for widget in (self.issue, self.back):
            widget.setVisible(bool(rounds))
        self.rounds.setVisible(bool(rounds) and at != NOTEBOOK)
        self.tabs.setVisible(bool(rounds) or anybody)
        self.subtitle.setText("")
        if at == NOTEBOOK:
            self.views[at].show_events()
        if rounds:
            self._show_round(next(row for row in rounds if row.id == self.cycle))

    def _show_rounds(self, rounds: list[CycleRow]) -> None:
        language = self.desk.language
        self.rounds.blockSignals(True)
        self.rounds.clear()
        periods = [row.period for row in rounds]
        for row in rounds:
            words = language.period(row.period)
            if periods.count(row.period) > 1:
                words = f"{words} · {language.text(row.name)}"
            self.rounds.addItem(words, row.id)
        self.rounds.put(self.cycle)
        self.rounds.blockSignals(False)

    def _show_round(self, row: CycleRow) -> None:
        said = M("{name} · due {due} · {scored} of {people} scored, {signed} signed", name=row.name, due=row.due,
                 scored=row.scored, people=row.people, signed=row.signed)  # fmt: skip
        self.subtitle.setText(self.desk.language.text(said))
        self.rows = tuple(queries.reviews(self.cycle))
        if (at := self.tabs.currentIndex()) == NOTEBOOK:
            return
        if at != SCORING:
            self.views[at].show_cycle(row)
            return
        if self.review not in {each.id for each in self.rows}:
            self.review = (self._unscored() or self.rows[0]).id
        self.list.show_rows(self.rows, self.review)
        self.sheet.show_review(self.review)
        self._follow()

    def _unscored(self) -> ReviewRow | None:
        """The next person still to be scored, after the one shown and then from the top."""
        order = [row.id for row in self.rows]
        at = order.index(self.review) + 1 if self.review in order else 0
        following = (row for row in (*self.rows[at:], *self.rows[:at]) if not row.is_over)
        return next((row for row in following if row.done < row.dimensions), None)

    def _choose_round(self) -> None:
        self.cycle = self.rounds.value() or 0
        self.review = 0
        self.refresh(self.tables)
        if self.tabs.currentIndex() == SCORING:
            self.sheet.begin()

    def open_review(self, review: int) -> None:
        """Show another person's review."""
        self.sheet.leave()
        self.review = review
        self.sheet.show_review(review)
        self._follow()

    def show_past(self) -> None:
        """Show what was done to the review."""
        self.sheet.leave()
        self.show_history(Review, self.review, self._named())

    def _follow(self) -> None:
        self.follow_history(Review, self.review, self._named())

    def _named(self) -> str:
        return next((row.name for row in self.rows if row.id == self.review), "")

    def showing(self) -> int | None:
        return self.review or None

    def whom(self) -> int | None:
        return next((row.person for row in self.rows if row.id == self.review), None)

    def turn_to(self, table: str) -> None:
        self._reached = table

    def arrive(self, record: int | None) -> None:
        """Show a review, and put the keys where its scoring goes on; or an event of the notebook."""
        reached, self._reached = self._reached, ""
        self.sheet.turn_to(reached)
        if reached == "event" and record is not None:
            self.tabs.setCurrentIndex(NOTEBOOK)
            self.views[NOTEBOOK].reach(record)
            return
        if record is not None:
            self._find(record)
        self.tabs.setCurrentIndex(SCORING)
        self.list.search.clear()
        self.refresh(self.tables)
        if self.rows:
            self.sheet.begin()

    def _find(self, review: int) -> None:
        try:
            self.cycle, self.review = queries.sheet(review).cycle, review
        except LookupError:  # undone since the link was made
            self.review = 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        walking = isinstance(QApplication.focusWidget(), QTabBar)  # through the places, by arrow keys
        is_scoring = self.tabs.currentIndex() == SCORING
        if self.rows and is_scoring and not event.spontaneous() and not walking:
            self.sheet.begin()

    def next_person(self) -> None:
        """On to the next one still to be scored; where none is, to the next one still to be signed."""
        order = [row.id for row in self.rows]
        at = order.index(self.review) + 1
        if self.sheet.part:  # talks and plans are gone through in the order of the list
            self._go(order[at % len(order)])
            return
        unsigned = (row for row in (*self.rows[at:], *self.rows[:at]) if not row.is_over and row.id != self.review)
        following = self._unscored() or next(unsigned, None)
        if following is None:
            self.desk.toast(M("Everybody in this round is done."))
            return
        self._go(following.id)

    def previous_person(self) -> None:
        """Back to the one above in the list, from the first to the last."""
        order = [row.id for row in self.rows]
        self._go(order[order.index(self.review) - 1])

    def _go(self, review: int) -> None:
        self.open_review(review)
        self.list.search.clear()
        self.list.show_rows(self.rows, review)
        self.sheet.begin()

    def ask_raters(self, relation: str) -> None:
        """Ask who of a kind rates the one shown."""
        form = RatersForm(self.desk.language, queries.sheet(self.review), relation, day=self.desk.day)
        form.saved.connect(lambda _count: self.desk.saved())
        self.ask(form)

    def print_raters(self, relation: str) -> None:
        """Preview the sheets of a kind of raters, about the one shown or about everybody."""
        from ui.pages.reviews.paper import own_sheets, rater_sheets  # here, because few print these

        self.sheet.leave()
        shown, cycle = next(row for row in self.rows if row.id == self.review), queries.cycle(self.cycle)
        if relation == rules.OWN:
            job = own_sheets(cycle, self.rows, shown, self.desk.day)
        else:
            job = rater_sheets(cycle, shown, (relation,))
        Preview(self.desk, job, self).open()

    def type_in(self, review: int = 0, relation: str = "") -> None:
        """Type in forms that came back on paper, beginning with those about somebody."""
        from ui.pages.reviews.typing import TypeIn  # here, because it is opened a few times a year

        self.sheet.leave()
        TypeIn(self.desk, self.cycle, self, review=review, relation=relation).open()

    def ask_measure(self) -> None:
        """Ask what is to be done about a bad result."""
        from ui.pages.reviews.measures import MeasureForm  # here, because few reviews lead to one

        self.sheet.leave()
        form = MeasureForm(self.desk.language, queries.sheet(self.review), day=self.desk.day)
        form.saved.connect(lambda _measure: self.desk.toast(M("The measure is decided"), undo=True))
        self.ask(form)

    def start_round(self) -> None:
        """Ask for a round."""
        form = StartForm(self.desk.language, partial(service.start, today=self.desk.day), day=self.desk.day)
        form.saved.connect(self._started)
        self.ask(form, self.start_round)

    def _started(self, cycle: int) -> None:
        self.cycle, self.review = cycle, 0
        self.refresh(self.tables)
        self.sheet.begin()
        self.desk.toast(M("Reviews made for {count} {count:person|people}", count=len(self.rows)), undo=True)

    def print_page(self) -> None:
        """Preview blank forms for everybody."""
        self.print_forms(filled=False, everyone=True)

    def print_forms(self, *, filled: bool, everyone: bool) -> None:
        """Preview forms: blank or filled, for one or for everybody, in one language or both."""
        self.sheet.leave()
        if self.sheet.part and not everyone:
            from ui.pages.reviews.paper import around  # here, because few print these

            Preview(self.desk, around(self.sheet.part, self.rows, self.review, self._period()), self).open()
            return
        if self.sheet.version and not everyone:
            from ui.pages.reviews.paper import old_version  # here, because old versions are rarely looked at

            Preview(self.desk, old_version(self.sheet.sheet, self.sheet.version), self).open()
            return
        options = [LANGUAGES]
        if self.cycle:
            name = M("Only {name}", name=queries.sheet(self.review).name)
            options += [
                Option("filled", N_("Content"), ((False, N_("Blank")), (True, N_("Filled in"))), int(filled)),
                Option("everyone", N_("People"), ((True, N_("Everybody")), (False, name)), int(not everyone)),
            ]
        Preview(self.desk, self._job(options), self).open()

    def print_history(self) -> None:
        """Preview how the reviews of the one shown went."""
        from ui.kit.review_history import history_of  # here, because few print it

        self.sheet.leave()
        [person] = self._shown()
        Preview(self.desk, history_of(person, self._named()), self).open()

    def _job(self, options: list[Option]) -> Job:
        """What the forms are; the worker asks nothing of the page."""
        shown, asked, period = self._shown(), self._asked(), self._period()
        whose = [(row.person, row.name) for row in self.rows] or [(row.id, row.name) for row in team.people()]

        def make(path: Path, languages: Any, *, filled: bool = False, everyone: bool = True, **how: Any) -> Any:
            people = None if everyone else shown
            return report.review_forms(path, languages, filled=filled, people=people, **how, **asked)

        def about(*, everyone: bool = True, **_chosen: Any) -> About:
            return About([who for who in whose if everyone or who[0] in shown], period)

        def missing(language: Language, *, filled: bool = False, everyone: bool = True) -> list[tuple[str, str]]:
            people = None if everyone else shown
            return report.missing_glyphs(language, filled=filled, people=people, **asked)

        return Job(self._code(), N_("Appraisal form"), make, options, about, missing)

    def _code(self) -> str:
        """Which form reviews of this round are printed on."""
        return report.code_of((queries.form(self.cycle) if self.cycle else queries.template(USUAL)).kind)

    def check_paper(self) -> None:
        """Ask for the code on a paper, and say what the register knows of it."""
        from ui.pages.reviews.check import CheckPaper  # here, because it is opened once in a long while

        dialog = CheckPaper(self.desk, self)
        dialog.wanted.connect(self.arrive)
        dialog.open()

    def show_templates(self) -> None:
        """Show what reviews are made of, to be changed."""
        from ui.pages.reviews.templates import Templates  # here, because it is opened a few times a year

        self.sheet.leave()
        Templates(self.desk, self).open()

    def correct(self) -> None:
        """Ask why a signed review is corrected, then open it again."""
        form = RecordForm(
            self.desk.language, M("Correct the review of {name}", name=self._named()), (Review.amending,),
            partial(_amended, self.review), day=self.desk.day, act=N_("Open it for correction"),
        )  # fmt: skip
        self.ask(form)

    def send_out(self) -> None:
        """Ask for a folder, and write a form to be filled in for everybody still to assess himself."""
        ask.open_folder(self, self.desk.language, N_("Folder for the self-assessments"), self.write_forms)

    def write_forms(self, folder: Path) -> None:
        """Write the forms of the round, one file a person."""
        reviews = [row.id for row in self.rows if not row.is_over]
        work = partial(_written, folder, partial(service.issue, reviews=reviews, today=self.desk.day), *self._spoken())
        self.desk.tasks.run(work, self._tell_written, words=M("Writing the self-assessments…"))

    def _spoken(self) -> tuple[tuple[Language, ...], team.FirmRow | None]:
        """The languages of paper, and the firm."""
        firm = team.firm()
        return tuple(map(language_of, firm.paper.split())) if firm else (self.desk.language,), firm

    def _tell_written(self, paths: tuple[Path, ...]) -> None:
        said = M("{count} {count:self-assessment is|self-assessments are} ready to be sent", count=len(paths))
        self.desk.toast(said, file=paths[0])

    def send_to_raters(self) -> None:
        """Ask for a folder, and write a form for every rater who has not answered yet."""
        ask.open_folder(self, self.desk.language, N_("Folder for the forms"), self.write_raters)

    def write_raters(self, folder: Path) -> None:
        """Write the forms of raters, one file for each and each one he rates."""
        work = partial(_written, folder, partial(_waiting, self.cycle), *self._spoken())
        self.desk.tasks.run(work, self._tell_raters, words=M("Writing the forms…"))

    def send_about(self, review: int) -> None:
        """Ask for a folder, and write every form about one person that has not come back."""
        then = partial(self.write_about, review)
        ask.open_folder(self, self.desk.language, N_("Folder for the forms"), then)

    def write_about(self, review: int, folder: Path) -> None:
        """Write the forms about one person: his own and those of his raters, one file for each."""
        work = partial(_written, folder, partial(_about, self.cycle, review, self.desk.day), *self._spoken())
        self.desk.tasks.run(work, self._tell_raters, words=M("Writing the forms…"))

    def _tell_raters(self, paths: tuple[Path, ...]) -> None:
        self.desk.toast(M("{count} {count:form is|forms are} ready to be sent", count=len(paths)), file=paths[0])

    def choose_returned(self) -> None:
        """Ask for the files that came back."""
        ask.open_files(self, self.desk.language, N_("Forms that came back"), FORMS, self.take_files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Read forms that came back on the side, then show what they would change."""
        work = partial(_read_back, paths)
        self.desk.tasks.run(work, self._show_returned, words=M("Reading the forms…"))

    def _show_returned(self, found: list[Returned]) -> None:
        from ui.pages.reviews.returned import TakeBack  # here, because it is opened a few times a quarter

        if not found:
            ask.tell(self, self.desk.language, M("No PDF file and no picture was found there."))
            return
        self.sheet.leave()
        dialog = TakeBack(self.desk, found, self)
        dialog.taken.connect(self._tell_taken)
        dialog.open()

    def _tell_taken(self, count: int) -> None:
        self.desk.toast(M("{count} {count:answer|answers} taken over", count=count), undo=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if are_forms(dropped(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files(dropped(event.mimeData()))

    def _shown(self) -> list[int]:
        """The person whose review is shown."""
        return [row.person for row in self.rows if row.id == self.review]

    def _asked(self) -> dict[str, Any]:
        """Of which round, or without one of which template and period, forms are printed."""
        if self.cycle:
            return {"firm": team.firm(), "cycle": self.cycle}
        return {"firm": team.firm(), "template": USUAL, "period": self._period()}

    def _period(self) -> Period:
        """What period they are of."""
        return queries.cycle(self.cycle).period if self.cycle else team.season().of(self.desk.day).before


def _amended(review: int, *, amending: str) -> None:
    service.amend(review=review, reason=amending)


def _written(
    folder: Path,
    wanted: Callable[[], Sequence[int]],
    spoken: tuple[Language, ...],
    firm: team.FirmRow | None,
    progress: Callable[[int, int], None],
) -> tuple[Path, ...]:
    forms = wanted()
    paths = report.forms_to_fill(folder, spoken, forms=forms, firm=firm, progress=progress)
    service.exported(forms=forms)
    return paths


def _waiting(cycle: int) -> tuple[int, ...]:
    return tuple(row.id for row in queries.waiting(cycle))


def _about(cycle: int, review: int, day: date) -> tuple[int, ...]:
    """The forms about somebody that are still out; his own is made where it was not yet."""
    theirs = tuple(row.id for row in queries.waiting(cycle) if row.review == review)
    own = service.issue(reviews=[review], today=day) if review in queries.unassessed(cycle) else ()
    if not (own or theirs):
        raise Refused(M("Nobody is asked to fill in a form about this person, or all of them are back."))
    return (*own, *theirs)


def _read_back(paths: Sequence[Path], progress: Callable[[int, int], None]) -> list[Returned]:
    from desktopapp.reviews import imports  # likewise

    return imports.read_back(paths, progress)
