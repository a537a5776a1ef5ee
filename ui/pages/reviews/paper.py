"""What is printed from the reviews page, besides the forms of a round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.queries import CycleRow, ReviewRow, ReviewSheet
from desktopapp.reviews.rules import CUSTOMER, NAMELESS, OWN
from desktopapp.team import queries as team
from ui.kit.preview import LANGUAGES, About, Job, Option, in_one_go


def blank_of(template: str) -> Job:
    """A blank form of a template, for nobody yet."""
    firm, asked = team.firm(), {"template": template, "people": ()}

    def make(path: Path, languages: Any, **how: Any) -> Any:
        return report.review_forms(path, languages, filled=False, firm=firm, **asked, **how)

    def missing(language: Language, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_glyphs(language, filled=False, firm=firm, **asked)

    code = report.code_of(queries.template(template).kind)
    return Job(code, N_("Appraisal form"), make, (LANGUAGES,), missing=missing)


def rater_sheets(cycle: CycleRow, only: ReviewRow | None = None, relations: Sequence[str] = NAMELESS) -> Job:
    """The sheets for colleagues, subordinates and customers of a round that are still out, or those about one."""
    firm, rows = team.firm(), report.rated(cycle.id, relations)
    whose = list(dict.fromkeys((row.person, row.name) for row in rows))
    code = report.RATER_CODE if any(row.relation != CUSTOMER for row in rows) else report.CUSTOMER_CODE
    options = [LANGUAGES]
    if only is not None:
        name = M("Only {name}", name=only.name)
        options.append(Option("everyone", N_("People"), ((True, N_("Everybody")), (False, name)), 1))

    def people(*, everyone: bool) -> list[int] | None:
        return None if everyone or only is None else [only.person]

    def make(path: Path, languages: Any, *, everyone: bool = False, **how: Any) -> Any:
        asked = {"cycle": cycle.id, "relations": relations, "people": people(everyone=everyone)}
        return report.rater_forms(path, languages, firm=firm, **asked, **how)

    def about(*, everyone: bool = False, **_chosen: object) -> About:
        wanted = people(everyone=everyone)
        return About([who for who in whose if wanted is None or who[0] in wanted], cycle.period)

    def missing(_language: Language, *, everyone: bool = False, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_in_sheets(cycle.id, people(everyone=everyone), relations)

    return Job(code, N_("Rater sheets"), make, options, about, missing)


def own_sheets(cycle: CycleRow, rows: Sequence[ReviewRow], shown: ReviewRow, day: date) -> Job:
    """Self-assessments: to be filled in by whoever has not answered, or as they were handed in."""
    firm, only = team.firm(), M("Only {name}", name=shown.name)
    blank = not shown.is_over and queries.form_of(shown.id).with_self
    contents = (((False, N_("Blank")),) if blank else ()) + ((True, N_("Filled in")),)
    options = (
        LANGUAGES,
        Option("filled", N_("Content"), contents),
        Option("everyone", N_("People"), ((True, N_("Everybody")), (False, only)), 1),
    )

    def whose(*, everyone: bool) -> list[ReviewRow]:
        return [row for row in rows if everyone or row.id == shown.id]

    def make(path: Path, languages: Any, *, filled: bool = True, everyone: bool = False, **how: Any) -> Any:
        wanted = whose(everyone=everyone)
        if filled:
            return report.self_forms(path, languages, reviews=[row.id for row in wanted], firm=firm, **how)
        service.issue(reviews=[row.id for row in wanted], today=day)
        people = [row.person for row in wanted]
        return report.rater_forms(path, languages, cycle=cycle.id, people=people, relations=(OWN,), firm=firm, **how)

    def about(*, everyone: bool = False, **_chosen: object) -> About:
        return About([(row.person, row.name) for row in whose(everyone=everyone)], cycle.period)

    def missing(language: Language, *, everyone: bool = False, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_in_selves(language, reviews=[row.id for row in whose(everyone=everyone)])

    return Job(report.SELF_CODE, N_("Self-assessment"), make, options, about, missing)


@frozen
class Around:
    """A form that goes with a review, besides its own."""

    code: str
    title: str
    print: Callable[..., Any]
    missing: Callable[..., Sequence[tuple[str, str]]]


AROUND = {
    "interview": Around(
        report.INTERVIEW_CODE, N_("Interview record"), report.interview_forms, report.missing_in_interviews
    ),
    "improvement": Around(
        report.IMPROVEMENT_CODE, N_("Performance improvement plan"), report.improvement_forms,
        report.missing_in_improvements,
    ),
    "objection": Around(report.OBJECTION_CODE, N_("Objection"), report.objection_forms, report.missing_in_objections),
}  # fmt: skip
"""By the part of a review it is printed from."""


def around(part: str, rows: Sequence[ReviewRow], shown: int, period: Period) -> Job:
    """The form of a part of a review: of the one shown or of everybody in the round, blank or filled in."""
    of, firm = AROUND[part], team.firm()
    only = M("Only {name}", name=next(row.name for row in rows if row.id == shown))
    options = (
        LANGUAGES,
        Option("filled", N_("Content"), ((False, N_("Blank")), (True, N_("Filled in"))), 1),
        Option("everyone", N_("People"), ((True, N_("Everybody")), (False, only)), 1),
    )

    def whose(*, everyone: bool) -> list[ReviewRow]:
        return [row for row in rows if everyone or row.id == shown]

    def make(path: Path, languages: Any, *, filled: bool = True, everyone: bool = False, **how: Any) -> Any:
        reviews = [row.id for row in whose(everyone=everyone)]
        return of.print(path, languages, reviews=reviews, filled=filled, firm=firm, **how)

    def about(*, everyone: bool = False, **_chosen: object) -> About:
        return About([(row.person, row.name) for row in whose(everyone=everyone)], period)

    def missing(language: Language, *, filled: bool = True, everyone: bool = False) -> Sequence[tuple[str, str]]:
        reviews = [row.id for row in whose(everyone=everyone)]
        return of.missing(language, reviews=reviews, filled=filled)

    return Job(of.code, of.title, make, options, about, missing)


def old_version(sheet: ReviewSheet, version: int) -> Job:
    """The form of a review as it was in a version that is no longer in force."""
    firm = team.firm()
    make = in_one_go(report.version_form, review=sheet.id, version=version, firm=firm)

    def about(**_chosen: object) -> About:
        return About([(sheet.person, sheet.name)], sheet.period)

    def missing(language: Language, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_in(language, [sheet], firm)

    return Job(report.code_of(sheet.form.kind), N_("Appraisal form"), make, (LANGUAGES,), about, missing)
