"""The talk about a review on paper (PF-04): prepared before it, recorded after it, or blank for the pen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.printing.form import Filled, Fonts, Printed, form
from desktopapp.printing.spec import Box, Form
from desktopapp.reviews import queries
from desktopapp.reviews.models import ANNUAL, IMPROVING, PROBATIONARY, PROMOTING, QUARTERLY, Interview
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.interviews import InterviewRow, agenda, interviews
from desktopapp.reviews.report.copies import Copy, both, missing, print_copies, subject
from desktopapp.team import queries as team

INTERVIEW_CODE = "PF-04"
KIND, AGREED = "Type of talk", "5. Agreements and actions"
TEXTS = {
    "well": "1. What went well", "better": "2. What needs improving", "own_view": "3. The employee's own view",
    "wishes": "4. The employee's views and requests", "support": "6. Support asked of the company",
}  # fmt: skip
"""The boxes of the form, by what is kept of a talk."""
TICKED = {
    QUARTERLY: "Quarterly", ANNUAL: "Annual", PROBATIONARY: "Probation", IMPROVING: "Improvement",
    PROMOTING: "Promotion",
}  # fmt: skip
PREPARED = N_("Preparation: what to talk about")


def interview_forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    reviews: Sequence[int],
    filled: bool,
    firm: team.FirmRow | None,
    printed: datetime,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print the record of the talk about each of these reviews; before it is held with what to talk about.

    A blank form names who and what it is about, and leaves the rest to the pen.
    """
    copies = _copies(languages[0], reviews, filled=filled, firm=firm)
    return print_copies(
        path, languages, copies, len(copies), firm=firm, printed=printed, fonts=fonts, progress=progress
    )


def missing_in_interviews(language: Language, *, reviews: Sequence[int], filled: bool) -> list[tuple[str, str]]:
    """Whose form holds characters that no font of ours can draw, and which."""
    return missing(_copies(language, reviews, filled=filled, firm=team.firm()))


def _copies(language: Language, reviews: Sequence[int], *, filled: bool, firm: team.FirmRow | None) -> list[Copy]:
    talks = interviews(reviews)
    return [_copy(language, sheet, talks.get(sheet.id), firm, filled=filled) for sheet in queries.sheets(reviews)]


def _copy(
    language: Language, sheet: ReviewSheet, row: InterviewRow | None, firm: team.FirmRow | None, *, filled: bool
) -> Copy:  # fmt: skip
    """One form; what is no label stands in the first language alone."""
    facts: dict[str, object] = {
        "Employee": sheet.name, "Interviewer": row.interviewer if row else firm.owner if firm else None,
        "Time": _when(row), "Place": row.place if row else None, "Period": sheet.period,
        "Total": _total(sheet), "Grade": sheet.grade or None,
        "Type": Message(Interview.kind.label(row.kind)) if row and row.kind else None,
    }  # fmt: skip
    ticked = {KIND: [TICKED[row.kind]]} if row and row.kind else {}
    if not filled:
        return Copy(INTERVIEW_CODE, Filled(fields=facts, ticked=ticked, by_hand=True), sheet.name,
                    subject(language, sheet))  # fmt: skip
    texts = {title: text for name, title in TEXTS.items() if (text := getattr(row, name) if row else "")}
    agreed = [[each.item, each.measure, each.by, each.owner, each.support] for each in row.agreed] if row else []
    spec: str | Form = INTERVIEW_CODE
    if (row is None or row.held is None) and (points := agenda(sheet)):
        spec = _prepared()
        texts[both(Message(PREPARED)).en] = "\n".join(language.text(each.whole) for each in points)
    whole = Filled(fields=facts, ticked=ticked, texts=texts, rows={AGREED: agreed} if agreed else {})
    return Copy(spec, whole, sheet.name, subject(language, sheet))


@cache
def _prepared() -> Form:
    """The form with what to talk about before what was said, which has a line less each, so that one page does."""
    whole = form(INTERVIEW_CODE)
    at = next(nth for nth, each in enumerate(whole.sections) if isinstance(each, Box))
    rest = [replace(each, lines=each.lines - 1) if isinstance(each, Box) else each for each in whole.sections[at:]]
    return replace(whole, sections=(*whole.sections[:at], Box(both(Message(PREPARED)), 2), *rest))


def _when(row: InterviewRow | None) -> object:
    day = (row.held or row.planned) if row else None
    if row is None or day is None:
        return None
    return M("{day} {time}", day=day, time=row.time) if row.time else day


def _total(sheet: ReviewSheet) -> object:
    return None if sheet.total is None or not sheet.grade else f"{sheet.total.normalize():f}"
