"""Printing the forms of a round, and writing what is filled in on the screen: by oneself, by others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from desktopapp.exchange.returned import look
from desktopapp.kernel import marks
from desktopapp.kernel.file_name import file_name, free
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.marks import Boxes, Code
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.period import Period
from desktopapp.printing.entry import CheckEntry, RatingEntry, TextEntry
from desktopapp.printing.fillable import Fillable, typeface
from desktopapp.printing.fonts import Font
from desktopapp.printing.form import Filled, Fonts, Printed, form
from desktopapp.printing.marked import Marked, width
from desktopapp.printing.spec import Box, Column, Fields, Form, Note, Section, Signatures, Table, Ticks
from desktopapp.reviews import queries, rules
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries import register as entered
from desktopapp.reviews.report.appraisal import CODE, QUARTERLY, Writer
from desktopapp.reviews.report.copies import Copy, in_sections, missing, print_copies
from desktopapp.reviews.report.monthly import KIND, MONTHLY_CODE, MonthlyWriter
from desktopapp.reviews.rules import told
from desktopapp.team import queries as team


def review_forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    filled: bool,
    firm: team.FirmRow | None,
    printed: datetime,
    cycle: int | None = None,
    people: Sequence[int] | None = None,
    template: str = QUARTERLY,
    period: Period | None = None,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print the form for everyone of a round, or for some; blank ones need no round.

    `progress` is told of every form and may raise to stop; then no file is left.
    """
    writers = _Writers(languages[0], firm, entered.count())
    copies, count = _copies(writers, filled=filled, cycle=cycle, people=people, template=template, period=period)
    return print_copies(path, languages, copies, count, firm=firm, printed=printed, fonts=fonts, progress=progress)


def version_form(
    path: Path,
    languages: tuple[Language, ...],
    *,
    review: int,
    version: int,
    firm: team.FirmRow | None,
    printed: datetime,
) -> Printed:
    """Print a signed version of a review, also one that is no longer in force; it then says so."""
    newest, sheet = entered.versions(review)[0].number, entered.version(review, version)
    copy = _Writers(languages[0], firm, entered.count()).of(sheet.form).filled(sheet, newest=newest)
    return print_copies(path, languages, [copy], 1, firm=firm, printed=printed)


def sheet_forms(
    path: Path,
    languages: tuple[Language, ...],
    sheets: Iterable[ReviewSheet],
    *,
    firm: team.FirmRow | None,
    printed: datetime,
    entries: int = 0,
) -> Printed:
    """Print filled forms of reviews already read, out of a register of so many entries."""
    writers = _Writers(languages[0], firm, entries)
    copies = (writers.of(sheet.form).filled(sheet) for sheet in sheets)
    return print_copies(path, languages, copies, 0, firm=firm, printed=printed)


def missing_glyphs(
    language: Language,
    *,
    filled: bool,
    firm: team.FirmRow | None = None,
    cycle: int | None = None,
    people: Sequence[int] | None = None,
    template: str = QUARTERLY,
    period: Period | None = None,
) -> list[tuple[str, str]]:
    """Whose form holds characters that no font of ours can draw, and which: to be told before printing."""
    writers = _Writers(language, firm)
    copies, _ = _copies(writers, filled=filled, cycle=cycle, people=people, template=template, period=period)
    return missing(copies)


def missing_in(
    language: Language, sheets: Iterable[ReviewSheet], firm: team.FirmRow | None = None
) -> list[tuple[str, str]]:
    """The same for the forms of reviews already read."""
    writers = _Writers(language, firm)
    return missing(writers.of(sheet.form).filled(sheet) for sheet in sheets)


def code_of(kind: str) -> str:
    """Which form a review of that kind is printed on."""
    return MONTHLY_CODE if kind == KIND else CODE


@frozen
class _Writers:
    """Who writes which review: one of a month has a form of its own."""

    language: Language
    firm: team.FirmRow | None
    entries: int = 0

    def of(self, stated: rules.Form) -> Writer:
        """The writer of reviews on that template."""
        writer = MonthlyWriter if code_of(stated.kind) == MONTHLY_CODE else Writer
        return writer(self.language, self.firm, self.entries)


def _copies(
    writers: _Writers,
    *,
    filled: bool,
    cycle: int | None,
    people: Sequence[int] | None,
    template: str,
    period: Period | None,
) -> tuple[Iterator[Copy], int]:
    """The forms asked for, and how many they are."""
    if cycle is None:
        if filled:
            raise ValueError("a filled form is of a round")
        return _without_cycle(writers, people, queries.template(template), period)
    wanted = [row.id for row in queries.reviews(cycle) if people is None or row.person in people]
    whole = ((writers.of(sheet.form), sheet) for sheet in queries.sheets(wanted))
    return (writer.filled(sheet) if filled else writer.blank(sheet) for writer, sheet in whole), len(wanted)


def _without_cycle(
    writers: _Writers, people: Sequence[int] | None, stated: rules.Form, period: Period | None
) -> tuple[Iterator[Copy], int]:
    """Blank forms of a template; one without a name where there is nobody yet."""
    writer = writers.of(stated)
    rows = [row for row in team.people() if people is None or row.id in people]
    if not rows:
        return iter([writer.nameless(stated, period)]), 1
    return (writer.blank_for(row, stated, period) for row in rows), len(rows)


SELF_CODE = "PF-03"
SELF_RESULTS, SELF_SCORES = "My main results, in numbers", "Self scores (1 to 5)"
SELF_GAIN, SELF_NEEDS = "My biggest gain and shortfall", "Support and training I need"
_HOW_TO = N_(
    "Fill this in on a computer or a phone: open it with Edge, Chrome, Firefox, WPS or Acrobat, type into the blue "
    "fields, choose one circle in each row, save the file and send it back. Do not print it, and change nothing else."
)
_CONFIRM = N_("Confirmation, in place of a signature")
_SIGNER = N_("Filled in by (your name)")
_SURE = N_("I filled this in myself, and it is true")
_WIDTHS = {"Dimension": 38.0, "Self": 37.0, "Example: when, which customer, what": 100.0}
"""Five circles want more room than one figure."""


def forms_to_fill(
    folder: Path,
    languages: tuple[Language, ...],
    *,
    forms: Sequence[int],
    firm: team.FirmRow | None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> tuple[Path, ...]:
    """Write each of these forms as a file of its own, named by whom it is sent to so that it can be sent as it is."""
    wanted = queries.forms_numbered(forms)
    sheets = {sheet.id: sheet for sheet in queries.sheets([row.review for row in wanted])}
    typed = typeface(*(text for sheet in sheets.values() for text in (sheet.name, sheet.position, sheet.team)))
    written = []
    for done, row in enumerate(wanted, 1):
        path = free(folder / file_name(*_named(row, languages[0])))
        writer = _SelfForm if row.relation == rules.OWN else _RaterForm
        writer(languages, firm, typed).write(path, row, sheets[row.review])
        written.append(path)
        progress(done, len(wanted))
    return tuple(written)


def _named(row: queries.FormRow, language: Language) -> tuple[str, ...]:
    """Who gets a form, what it is, about whom where that is another, and of which period."""
    if row.relation == rules.OWN:
        return row.rater, language.text(form(SELF_CODE).title), str(row.period)
    return row.rater, language.text(dict(rules.RELATIONS)[row.relation]), row.name, str(row.period)


@frozen
class _OnScreen:
    """Lays out a form to be filled in on the screen."""

    languages: tuple[Language, ...]
    firm: team.FirmRow | None
    typed: Font

    def write(self, path: Path, row: queries.FormRow, sheet: ReviewSheet) -> None:
        """Write it as a file."""
        head = self.firm.head if self.firm else {}
        known = {
            "form": self._code(row), "nonce": row.nonce, "edition": str(row.version), "relation": row.relation,
            "person": str(row.person),
        }  # fmt: skip
        subject = self.languages[0].text(M("{name} · {period}", name=row.name, period=row.period))

        def seal(whole: Path) -> str:
            looked = look(whole)
            return queries.seal(known, looked.content) + queries.seal(known, looked.content, looked.drawn)

        with Fillable(
            path, self.languages, company=head.get("company", ""), numbers=head.get("numbers", {}), typed=self.typed,
            seal=seal,
        ) as paper:  # fmt: skip
            paper.hide(known)
            paper.form(self._spec(row, sheet.form), self._filled(row, sheet), subject=subject)

    def _code(self, row: queries.FormRow) -> str:
        raise NotImplementedError

    def _spec(self, row: queries.FormRow, stated: rules.Form) -> Form:
        raise NotImplementedError

    def _filled(self, row: queries.FormRow, sheet: ReviewSheet) -> Filled:
        raise NotImplementedError

    def _rating(self, question: rules.Question, stated: rules.Form, *unknown: str) -> RatingEntry | TextEntry:
        """Circles, or room for a number where there would be too many; `unknown` is one more circle."""
        if len(rules.choices(stated)) > rules.CIRCLES:
            return TextEntry(question.key, self._said(question.label), question.most)
        return _rating(question.key, self._said(question.label), stated, *unknown)

    def _entry(self, question: rules.Question, lines: int) -> TextEntry:
        return TextEntry(question.key, self._said(question.label), question.most, lines)

    def _line(self, key: str, label: str, most: int) -> TextEntry:
        return TextEntry(key, self._said(Message(label)), most)

    def _said(self, label: Message) -> str:
        return self.languages[0].text(label)


def _rating(key: str, tip: str, stated: rules.Form, *unknown: str) -> RatingEntry:
    choices = rules.choices(stated)
    scores = tuple(f"{score.normalize():f}" for score in choices)
    words = (*map(stated.written, choices), *unknown) if stated.letters or unknown else ()
    return RatingEntry(key, tip, (*scores, *unknown), words)


@frozen
class _SelfForm(_OnScreen):
    """A self-assessment."""

    def _code(self, _row: queries.FormRow) -> str:
        return SELF_CODE

    def _spec(self, _row: queries.FormRow, stated: rules.Form) -> Form:
        return _on_screen(stated)

    def _filled(self, _row: queries.FormRow, sheet: ReviewSheet) -> Filled:
        asked = {each.key: each for each in rules.questions(sheet.form, rules.OWN)}
        parts = ("what", "proof", "whose")
        return Filled(
            fields={
                "Name": sheet.name, "Position": sheet.position or None, "Period": sheet.period,
                "Date": self._line(rules.DATED, N_("Date"), 20),
                _SIGNER: self._line(rules.SIGNER, _SIGNER, 50),
                _SURE: CheckEntry(rules.SURE, self._said(Message(_SURE))),
            },
            rows={
                SELF_RESULTS: [
                    [None, *(self._entry(asked[f"result:{nth}:{part}"], 2) for part in parts)]
                    for nth in range(1, rules.RESULTS + 1)
                ],
                SELF_SCORES: [
                    [each.name, self._rating(asked[f"score:{each.id}"], sheet.form),
                     self._entry(asked[f"example:{each.id}"], 3)]
                    for each in sheet.form.dimensions
                ],
            },
            titles={SELF_SCORES: _both(M("Self scores ({scale})", scale=told.scale(sheet.form)))},
            texts={SELF_GAIN: self._entry(asked["gain"], 12), SELF_NEEDS: self._entry(asked["needs"], 9)},
            by_hand=True,
        )  # fmt: skip


def _on_screen(template: rules.Form) -> Form:
    """The form as it is filled in on the screen: told how at its top, confirmed instead of signed at its foot."""
    stated = form(SELF_CODE)
    sections = [_widened(each, template) for each in stated.sections if not isinstance(each, Signatures)]
    said = (Note(_both(Message(_HOW_TO))), *(Note(_both(each)) for each in told.meanings(template)))
    confirm = Fields(_both(Message(_CONFIRM)), 2, (_both(Message(_SIGNER)), _both(Message(_SURE))))
    return replace(stated, pages=2, sections=(*said, *sections, confirm))


def _widened(section: Section, template: rules.Form) -> Section:
    if not (isinstance(section, Table) and section.title.en == SELF_SCORES):
        return section
    name, own, example = section.columns
    room, more = _WIDTHS[own.label.en], 0.0
    if (count := len(rules.choices(template))) <= rules.CIRCLES:
        more = max(count * _CIRCLE - room, 0.0)
    widths = {own: room + more, example: _WIDTHS[example.label.en] - more, name: _WIDTHS[name.label.en]}
    columns = tuple(replace(each, width=widths[each]) for each in section.columns)
    return replace(section, columns=columns)


def _both(text: Message) -> Both:
    """A message in both languages, as the content has its own."""
    return Both(*(language(code).text(text) for code in CODES))


RATER_CODE, CUSTOMER_CODE = "PF-05", "PF-06"
_RATED, _CALLED = "Scores (1 to 5, N if unknown)", "Scores (1 to 5)"
_STANDS = {rules.PEER: "Peer", rules.REPORT: "Report"}
_TICK = N_(
    "Tick one box in each row with a dark pen: ×, ✓ or filled. Changed your mind? Cross out the wrong box and tick "
    "another: both are looked at. Do not fold; the black corners and the square stay clean."
)
_SIGNED = N_("Signed by")


def rater_forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    cycle: int,
    firm: team.FirmRow | None,
    printed: datetime,
    people: Sequence[int] | None = None,
    relations: Sequence[str] = rules.NAMELESS,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print a sheet for every rater who has not answered yet, about everybody of a round or some: PF-03, PF-05, PF-06.

    A colleague's sheet bears no name but that of whom it is about; a customer's is filled in by whoever calls. Where
    scores are ticked, a scan of the sheet can be read.
    """
    wanted = [row for row in rated(cycle, relations) if people is None or row.person in people]
    pages = 0
    with Marked(path, languages, printed=printed, fonts=fonts, **(firm.head if firm else {})) as booklet:
        for done, row in enumerate(wanted, 1):
            pages += _tick(booklet, row, queries.form_of(row.review), languages[0])
            progress(done, len(wanted))
    return Printed(path, len(wanted), pages)


def _tick(booklet: Marked, row: queries.FormRow, stated: rules.Form, language: Language) -> int:
    """Put one sheet into a booklet, with what a scan is read by where its scores are ticked."""
    spec, filled = _rater_sheet(row, stated)
    asked = rules.ticked(stated, row.relation)
    subject = language.text(M("{name} · {period}", name=row.name, period=row.period))
    if not asked:
        return booklet.form(spec, filled, bookmark=row.name, subject=subject)
    return booklet.ticked(spec, filled, questions=asked, code=partial(_coded, row), bookmark=row.name, subject=subject)


def _coded(row: queries.FormRow, page: int, boxes: tuple[Boxes, ...]) -> str:
    """What the square of a page says."""
    said = marks.written(Code(row.version, row.id, row.nonce, page, boxes))
    return marks.sealed(said, queries.square_seal(row, said))


def rated(cycle: int, relations: Sequence[str] = rules.NAMELESS) -> list[queries.FormRow]:
    """The sheets of these kinds of raters that are still out, by whom they are about."""
    order = {row.person: nth for nth, row in enumerate(queries.reviews(cycle))}
    return sorted(queries.ticking(cycle, relations), key=lambda row: (order[row.person], row.relation, row.id))


def missing_in_sheets(
    cycle: int, people: Sequence[int] | None = None, relations: Sequence[str] = rules.NAMELESS
) -> list[tuple[str, str]]:
    """About whom a sheet holds characters that no font of ours can draw, and which."""
    rows = [row for row in rated(cycle, relations) if people is None or row.person in people]
    return missing(Copy(*_rater_sheet(row, queries.form_of(row.review)), row.name, "") for row in rows)


def _rater_sheet(row: queries.FormRow, stated: rules.Form) -> tuple[Form, Filled]:
    if row.relation in rules.NAMELESS:
        return _nameless_sheet(row, stated)
    return _own_sheet(row, stated) if row.relation == rules.OWN else _superior_sheet(row, stated)


def _nameless_sheet(row: queries.FormRow, stated: rules.Form) -> tuple[Form, Filled]:
    asked = rules.asked(stated, row.relation)
    if row.relation == rules.CUSTOMER:
        title = _both(M("Scores ({scale})", scale=told.scale(stated)))
        return _on_paper(CUSTOMER_CODE, _CALLED, row.relation, stated), Filled(
            fields={"Customer": row.rater, "Account manager": row.name}, titles={_CALLED: title}, by_hand=True,
            rows={_CALLED: in_sections(stated, asked, [
                [_statement(each), _hand(each, row.relation, stated), None] for each in asked
            ])},
        )  # fmt: skip
    ticks = next(each.title.en for each in form(RATER_CODE).sections if isinstance(each, Ticks))
    title = _both(M("Rate ({scale}, N if unknown)", scale=told.scale(stated)))
    return _on_paper(RATER_CODE, _RATED, row.relation, stated), Filled(
        fields={"Name": row.name, "Period": row.period}, ticked={ticks: [_STANDS[row.relation]]}, by_hand=True,
        titles={_RATED: title},
        rows={_RATED: in_sections(stated, asked, [
            [_statement(each), _hand(each, row.relation, stated)] for each in asked
        ])},
    )  # fmt: skip


def _superior_sheet(row: queries.FormRow, stated: rules.Form) -> tuple[Form, Filled]:
    title = _both(M("Rate ({scale})", scale=told.scale(stated)))
    return _superior_on_paper(stated), Filled(
        fields={_NAME: row.name, _PERIOD: row.period}, titles={_ANSWERS: title}, by_hand=True,
        rows={_ANSWERS: [[_statement(each), _hand(each, row.relation, stated), None] for each in stated.dimensions]},
    )  # fmt: skip


def _own_sheet(row: queries.FormRow, stated: rules.Form) -> tuple[Form, Filled]:
    return _on_paper(SELF_CODE, SELF_SCORES, row.relation, stated), Filled(
        fields={"Name": row.name, "Period": row.period}, by_hand=True,
        rows={SELF_SCORES: in_sections(stated, stated.dimensions, [
            [each.name, _hand(each, row.relation, stated), None] for each in stated.dimensions
        ])},
        titles={SELF_SCORES: _both(M("Self scores ({scale})", scale=told.scale(stated)))},
    )  # fmt: skip


def _statement(of: rules.Dimension) -> Both:
    return _both(M("{dimension}: {definition}", dimension=of.name, definition=of.definition))


def _hand(of: rules.Dimension, relation: str, stated: rules.Form) -> RatingEntry | None:
    """Boxes to tick, or room for a number."""
    if not rules.ticked(stated, relation):
        return None
    return _rating(f"score:{of.id}", "", stated, *rules.options(stated, relation)[len(rules.choices(stated)):])


@cache
def _on_paper(code: str, table: str, relation: str, stated: rules.Form) -> Form:
    """A form whose scores, in the table of that title, are ticked on the scale of a template."""
    whole = form(code)
    notes = _how_to_tick(stated) if rules.ticked(stated, relation) else ()

    def scaled(section: Section) -> Section:
        if not (isinstance(section, Table) and section.title.en == table):
            return section
        wide = _hand_width(stated, relation)
        first, _score, *rest = section.columns if table != _RATED else section.columns[:2]
        left = _WHOLE - wide
        said = left * (0.45 if rest else 1)
        head = _both(Message(N_("Score")))
        columns = (replace(first, width=said), Column(head, wide), *(replace(each, width=left - said) for each in rest))
        return replace(section, columns=columns, blank_rows=0, has_total=False)

    return replace(whole, sections=(*notes, *map(scaled, whole.sections)))


@cache
def _superior_on_paper(stated: rules.Form) -> Form:
    whole = _asked_on_screen(rules.SUPERIOR, stated)
    wide = _hand_width(stated, rules.SUPERIOR)
    left = _WHOLE - wide
    widths = (left * 0.45, wide, left * 0.55)

    def by_hand(section: Section) -> Section:
        if not isinstance(section, Table):
            return section
        columns = (replace(each, width=width) for each, width in zip(section.columns, widths, strict=True))
        return replace(section, columns=tuple(columns))

    kept = [by_hand(each) for each in whole.sections if not isinstance(each, Note)][:-1]
    signs = Signatures((_both(Message(_SIGNED)),), dated=True)
    return replace(whole, sections=(*_how_to_tick(stated), *kept, signs))


def _how_to_tick(stated: rules.Form) -> tuple[Note, ...]:
    return (Note(_both(Message(_TICK))), *(Note(_both(each)) for each in told.meanings(stated)))


def _hand_width(stated: rules.Form, relation: str) -> float:
    """The millimetres of boxes to tick side by side, or of a number."""
    return width(len(rules.options(stated, relation))) if rules.ticked(stated, relation) else 33.0


_ANSWERS, _SCORED, _EVIDENCE = N_("Ratings"), N_("Rating"), N_("Evidence: when, which customer, what")
_ABOUT, _NAME, _PERIOD = N_("Who is reviewed"), N_("Name"), N_("Period")
_NAMELESS = N_(
    "Your name is not on this form, and nobody is shown what one person gave: only means of three or more. Choose N "
    "where you cannot tell."
)
_FOR_CUSTOMERS = N_("Customer satisfaction form")


@frozen
class _RaterForm(_OnScreen):
    """What a superior, a colleague, a subordinate or a customer is asked about somebody."""

    def _code(self, row: queries.FormRow) -> str:
        return CUSTOMER_CODE if row.relation == rules.CUSTOMER else RATER_CODE

    def _spec(self, row: queries.FormRow, stated: rules.Form) -> Form:
        return _asked_on_screen(row.relation, stated)

    def _filled(self, row: queries.FormRow, sheet: ReviewSheet) -> Filled:
        asked = {each.key: each for each in rules.questions(sheet.form, row.relation)}
        is_superior = row.relation == rules.SUPERIOR
        unknown = () if is_superior else (rules.UNKNOWN,)
        fields: dict[str, object] = {
            _NAME: sheet.name, _PERIOD: sheet.period, _SURE: CheckEntry(rules.SURE, self._said(Message(_SURE))),
        }  # fmt: skip
        if is_superior:
            fields[_SIGNER] = self._line(rules.SIGNER, _SIGNER, 50)
        rows = [
            [_statement(each), self._rating(asked[f"score:{each.id}"], sheet.form, *unknown),
             *([self._entry(asked[f"evidence:{each.id}"], 3)] if is_superior else [])]
            for each in rules.asked(sheet.form, row.relation)
        ]  # fmt: skip
        title = _both(M("Rate ({scale})", scale=told.scale(sheet.form)))
        texts = {label: self._entry(asked[key], 6) for key, label in rules.REMARKS[row.relation]}
        return Filled(fields=fields, rows={_ANSWERS: rows}, titles={_ANSWERS: title}, texts=texts, by_hand=True)


@cache
def _asked_on_screen(relation: str, template: rules.Form) -> Form:
    """The form of a rater: told how at its top, confirmed at its foot."""
    stated = form(CUSTOMER_CODE if relation == rules.CUSTOMER else RATER_CODE)
    circles = len(rules.choices(template)) + (relation != rules.SUPERIOR)
    rating = max(30.0, circles * _CIRCLE) if circles <= rules.CIRCLES + 1 else 30.0
    rest = _WHOLE - rating
    widths = (rest * 0.45, rating, rest * 0.55) if relation == rules.SUPERIOR else (rest, rating)
    heads = (N_("Statement"), _SCORED, _EVIDENCE)
    columns = tuple(Column(_both(Message(head)), width) for head, width in zip(heads, widths, strict=False))
    notes = [_HOW_TO] if relation == rules.SUPERIOR else [_HOW_TO, _NAMELESS]
    signs = [_SIGNER, _SURE] if relation == rules.SUPERIOR else [_SURE]
    sections = (
        *(Note(_both(Message(each))) for each in notes),
        *(Note(_both(each)) for each in told.meanings(template)),
        Fields(_both(Message(_ABOUT)), 2, (_both(Message(_NAME)), _both(Message(_PERIOD)))),
        Table(_both(Message(_ANSWERS)), columns, 0, has_total=False),
        *(Box(_both(Message(label)), 4) for _, label in rules.REMARKS[relation]),
        Fields(_both(Message(_CONFIRM)), 2, tuple(_both(Message(each)) for each in signs)),
    )
    title = {
        rules.SUPERIOR: _both(Message(dict(rules.RELATIONS)[rules.SUPERIOR])),
        rules.CUSTOMER: _both(Message(_FOR_CUSTOMERS)),
    }.get(relation, stated.title)  # fmt: skip
    return replace(stated, title=title, pages=2, sections=sections)


_CIRCLE, _WHOLE = 5.4, 175.0
"""Millimetres of a circle's share and of a form."""
