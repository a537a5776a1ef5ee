"""What is printed from the reviews page, besides the forms of a round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.reviews import report
from desktopapp.reviews.queries import CycleRow, ReviewSheet
from desktopapp.reviews.rules import CUSTOMER
from desktopapp.team import queries as team
from ui.kit.preview import LANGUAGES, About, Job, in_one_go


def blank_of(template: str) -> Job:
    """A blank form of a template, for nobody yet."""
    firm, asked = team.firm(), {"template": template, "people": ()}

    def make(path: Path, languages: Any, **how: Any) -> Any:
        return report.review_forms(path, languages, filled=False, firm=firm, **asked, **how)

    def missing(language: Language, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_glyphs(language, filled=False, firm=firm, **asked)

    return Job(report.CODE, N_("Appraisal form"), make, (LANGUAGES,), missing=missing)


def rater_sheets(cycle: CycleRow) -> Job:
    """The sheets for colleagues, subordinates and customers of a round that are still out."""
    firm, rows = team.firm(), report.rated(cycle.id)
    whose = list(dict.fromkeys((row.person, row.name) for row in rows))
    code = report.RATER_CODE if any(row.relation != CUSTOMER for row in rows) else report.CUSTOMER_CODE

    def make(path: Path, languages: Any, **how: Any) -> Any:
        return report.rater_forms(path, languages, cycle=cycle.id, firm=firm, **how)

    def about(**_chosen: object) -> About:
        return About(whose, cycle.period)

    def missing(_language: Language, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_in_sheets(cycle.id)

    return Job(code, N_("Rater sheets"), make, (LANGUAGES,), about, missing)


def old_version(sheet: ReviewSheet, version: int) -> Job:
    """The form of a review as it was in a version that is no longer in force."""
    firm = team.firm()
    make = in_one_go(report.version_form, review=sheet.id, version=version, firm=firm)

    def about(**_chosen: object) -> About:
        return About([(sheet.person, sheet.name)], sheet.period)

    def missing(language: Language, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_in(language, [sheet], firm)

    return Job(report.CODE, N_("Appraisal form"), make, (LANGUAGES,), about, missing)
