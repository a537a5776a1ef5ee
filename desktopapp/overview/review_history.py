"""How somebody's reviews went (PF-09): the totals as a line, every signed review, the last beside the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.overview import charts
from desktopapp.printing.form import Booklet, Filled, Printed, unprintable
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.queries import Line, ReviewSheet
from desktopapp.team import queries as team

CODE = "PF-09"
CHART, REVIEWS, BESIDE = "Course of the totals", "1. Reviews", "2. The last review beside the one before"
"""The sections of the form, as it titles them."""


def history_forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    people: Sequence[int],
    printed: datetime,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print the history of each of these people, in this order; who was never reviewed gets an empty one.

    `progress` is told of every form and may raise to stop; then no file is left.
    """
    firm, pages = team.firm(), 0
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        for done, person in enumerate(people, 1):
            row = team.person(person)
            pages += booklet.form(CODE, _filled(row, languages[0]), bookmark=row.name, subject=row.name)
            progress(done, len(people))
    return Printed(path, len(people), pages)


def missing_glyphs(_language: Language, *, people: Sequence[int]) -> list[tuple[str, str]]:
    """On whose history characters stand that no font of ours can draw, and which."""
    rows = [team.person(each) for each in people]
    found = ((row.name, unprintable(_filled(row, _language))) for row in rows)
    return [(name, "".join(characters)) for name, characters in found if characters]


def _filled(row: team.PersonRow, words: Language) -> Filled:
    results = reviews.results(row.id)
    sheets = list(reviews.sheets([each.review for each in results]))
    last = sheets[0] if sheets else None
    facts: dict[str, object] = {
        "Name": row.name, "Position": row.position or None, "Team": row.team or None, "Joined on": row.joined,
    }  # fmt: skip
    if last is None:
        return Filled(fields=facts)
    facts |= {"Last review": last.period, "Total": _number(last.total), "Grade": last.grade,
              "Change": _change(last.total, last.last_total)}  # fmt: skip
    return Filled(
        fields=facts,
        charts={CHART: charts.totals(results, words)},
        rows={REVIEWS: [_review(each) for each in sheets], BESIDE: [_beside(each, last) for each in last.dimensions]},
    )


def _review(sheet: ReviewSheet) -> list[object]:
    return [sheet.period, sheet.template, sheet.signed, _number(sheet.total),
            _change(sheet.total, sheet.last_total), sheet.grade, _number(sheet.factor)]  # fmt: skip


def _beside(line: Line, sheet: ReviewSheet) -> list[object]:
    now, before = (None if score is None else sheet.form.written(score) for score in (line.score, line.last))
    weight = f"{line.weight.normalize():f}%"
    return [line.name, weight, before, now, _change(line.score, line.last), line.evidence or None]


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _change(now: Decimal | None, before: Decimal | None) -> str | None:
    """How much more or less; nothing where one of the two is not known."""
    if now is None or before is None:
        return None
    return "0" if now == before else f"{(now - before).normalize():+f}"
