"""The printed review form, PF-01: blank to be filled in by hand, or filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from desktopapp.goals.rules import Figure
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Both, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.printing.form import Booklet, Filled, Fonts, unprintable
from desktopapp.reviews import queries, rules
from desktopapp.reviews.queries import GoalLine, Line, ReviewSheet
from desktopapp.team import queries as team

CODE, QUARTERLY = "PF-01", "quarterly"
TITLE = "Account manager quarterly review"
GOALS, SCORES, STEPS = "1. Goals this period", "2. Scores (1 to 5)", "6. Improvement and growth next period"
HIGHLIGHTS, IMPROVE = "4. Highlights, with date, customer and result", "5. To improve, and why"
COMMENT = "8. Reviewer's overall comment and expectations"
OPINION = "9. Employee comment: agree or not, and why"
OUTCOMES = "7. Use of the result"
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a batch of forms came to."""

    path: Path
    forms: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Copy:
    """One form: what is written into it, whose it is, and the line that names each of its pages."""

    filled: Filled
    name: str
    subject: str


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
    writer = _Writer(languages[0], firm)
    copies, count = _copies(writer, filled=filled, cycle=cycle, people=people, template=template, period=period)
    return _print(path, languages, copies, count, firm=firm, printed=printed, fonts=fonts, progress=progress)


def sheet_forms(
    path: Path,
    languages: tuple[Language, ...],
    sheets: Iterable[ReviewSheet],
    *,
    firm: team.FirmRow | None,
    printed: datetime,
) -> Printed:
    """Print filled forms of reviews already read."""
    writer = _Writer(languages[0], firm)
    copies = (writer.filled(sheet) for sheet in sheets)
    return _print(path, languages, copies, 0, firm=firm, printed=printed)


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
    writer = _Writer(language, firm)
    copies, _ = _copies(writer, filled=filled, cycle=cycle, people=people, template=template, period=period)
    found = ((copy.name, "".join(unprintable(copy.filled))) for copy in copies)
    return [(name, characters) for name, characters in found if characters]


def _copies(
    writer: _Writer,
    *,
    filled: bool,
    cycle: int | None,
    people: Sequence[int] | None,
    template: str,
    period: Period | None,
) -> tuple[Iterator[_Copy], int]:
    """The forms asked for, and how many they are."""
    if cycle is None:
        if filled:
            raise ValueError("a filled form is of a round")
        return _without_cycle(writer, people, queries.template(template), period)
    wanted = [row.id for row in queries.reviews(cycle) if people is None or row.person in people]
    write = writer.filled if filled else writer.blank
    return map(write, queries.sheets(wanted)), len(wanted)


def _without_cycle(
    writer: _Writer, people: Sequence[int] | None, stated: rules.Form, period: Period | None
) -> tuple[Iterator[_Copy], int]:
    """Blank forms of a template; one without a name where there is nobody yet."""
    rows = [row for row in team.people() if people is None or row.id in people]
    if not rows:
        return iter([writer.nameless(stated, period)]), 1
    return (writer.blank_for(row, stated, period) for row in rows), len(rows)


def _print(
    path: Path,
    languages: tuple[Language, ...],
    copies: Iterable[_Copy],
    count: int,
    *,
    firm: team.FirmRow | None,
    printed: datetime,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    forms = pages = 0
    with Booklet(path, languages, company=firm.name if firm else "", printed=printed, fonts=fonts) as booklet:
        for forms, copy in enumerate(copies, 1):
            pages += booklet.form(CODE, copy.filled, bookmark=copy.name, subject=copy.subject)
            progress(forms, count)
    return Printed(path, forms, pages)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes reviews into forms. What is no label stands in the first language alone, so that two pages do."""

    language: Language
    firm: team.FirmRow | None

    def filled(self, sheet: ReviewSheet) -> _Copy:
        """The whole review as it stands."""
        total = _plain(sheet.total) if sheet.done == len(sheet.dimensions) else None
        level, labels = sheet.level, dict(rules.OUTCOMES)
        texts = {HIGHLIGHTS: sheet.highlights, IMPROVE: sheet.improve, COMMENT: sheet.comment, OPINION: sheet.opinion}
        result = {
            "Total": total,
            "Grade": Both(f"{level.grade} {level.name.zh}", f"{level.grade} {level.name.en}") if level else None,
            "Bonus factor": f"{sheet.factor:.2f}" if sheet.factor is not None else None,
            "Last total": _plain(sheet.last_total),
        }
        filled = Filled(
            fields=self._of(sheet) | result,
            rows={
                GOALS: [self._goal(each) for each in sheet.goals] or [[None, M("No goals were agreed."), *[None] * 4]],
                SCORES: [self._score(each) for each in sheet.dimensions],
                STEPS: [[each.item, each.action, each.measure, each.by, each.support] for each in sheet.steps],
            },
            totals={SCORES: [None, "100%", None, None, None, total, None]},
            texts={title: text for title, text in texts.items() if text},
            ticked={OUTCOMES: [labels[key] for key in sheet.outcomes]},
            titles=_titles(sheet.form),
        )
        return _Copy(filled, sheet.name, self._subject(sheet.name, sheet.period, sheet))

    def blank(self, sheet: ReviewSheet) -> _Copy:
        """What is known of the person and the template; the rest is left to the pen."""
        return self._blank(sheet.form, self._of(sheet), sheet.name, sheet.period)

    def blank_for(self, row: team.PersonRow, stated: rules.Form, period: Period | None) -> _Copy:
        """The same for somebody without a review."""
        days = rules.days_in_post(row.joined, period) if period else None
        facts = self._facts(row.name, row.position, row.team, row.joined, days, period, row.number, row.id)
        return self._blank(stated, facts, row.name, period)

    def nameless(self, stated: rules.Form, period: Period | None) -> _Copy:
        """A form for whoever gets it."""
        return self._blank(stated, {"Review period": period}, "", period)

    def _blank(self, stated: rules.Form, facts: dict[str, object], name: str, period: Period | None) -> _Copy:
        rows = [[each.name, f"{each.weight.normalize():f}%", self._standard(each.definition), None, None, None, None]
                for each in stated.dimensions]  # fmt: skip
        total = [None, "100%", *[None] * 5]
        filled = Filled(
            fields=facts, rows={SCORES: rows}, totals={SCORES: total}, titles=_titles(stated), by_hand=True
        )
        return _Copy(filled, name, self._subject(name, period))

    def _of(self, sheet: ReviewSheet) -> dict[str, object]:
        return self._facts(
            sheet.name, sheet.position, sheet.team, sheet.joined, sheet.days, sheet.period, sheet.number, sheet.person
        )

    def _facts(
        self, name: str, position: str, group: str, joined: date | None, days: int | None, period: Period | None,
        number: str, person: int,
    ) -> dict[str, object]:  # fmt: skip
        return {
            "Name": name,
            "Position": position or None,
            "Team": group or None,
            "Joined on": joined,
            "Review period": period,
            "Reviewer": self.firm.owner if self.firm and self.firm.owner else None,
            "Days in post": days,
            "Form no.": f"{period}-{number or f'{person:03}'}" if period else None,
        }

    def _subject(self, name: str, period: Period | None, signed: ReviewSheet | None = None) -> str:
        """What tells a loose page: whose, of what period, and the code of what was signed."""
        if not name or period is None:
            return name
        if signed is None or signed.signed is None:
            return self.language.text(M("{name} · {period}", name=name, period=period))
        return self.language.text(M("{name} · {period} · code {code}", name=name, period=period, code=signed.code))

    def _score(self, line: Line) -> list[object]:
        return [line.name, f"{line.weight.normalize():f}%", self._standard(line.definition), _plain(line.self_score),
                _plain(line.score), _plain(line.points), line.evidence]  # fmt: skip

    def _goal(self, goal: GoalLine) -> list[object]:
        """Figures stand right in their column, so the unit goes with the name."""
        target, actual, start = (_figure(each, goal.unit) for each in (goal.target, goal.actual, goal.start))
        bare = isinstance(target, Money | Share) or not goal.unit
        name = goal.name if bare else f"{goal.name}（{goal.unit}）"
        origin = [self.language.text(M("Baseline {start}", start=start))] if start is not None else []
        return [None, name, target, actual, goal.attainment, "\n".join([*origin, *filter(None, [goal.note])])]

    def _standard(self, definition: Both) -> str:
        return self.language.text(definition)


def _titles(stated: rules.Form) -> dict[str, Both]:
    """The form is worded for the quarter; a round on another template says so."""
    return {} if stated.id == QUARTERLY else {TITLE: stated.name}


def _figure(figure: Figure | None, unit: str) -> Figure | None:
    if figure is None or isinstance(figure, Money) or unit != PERCENT:
        return figure
    return Share(figure / 100)


def _plain(number: Decimal | None) -> str | None:
    """A score or a total, as text: it stands in the middle of its cell, unlike a sum."""
    return None if number is None else f"{number.normalize():f}"
