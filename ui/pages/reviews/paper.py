"""What is printed from the reviews page."""

from __future__ import annotations

from collections.abc import Sequence

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.reviews import report
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.team import queries as team
from ui.kit.preview import LANGUAGES, About, Job, in_one_go


def old_version(sheet: ReviewSheet, version: int) -> Job:
    """The form of a review as it was in a version that is no longer in force."""
    firm = team.firm()
    make = in_one_go(report.version_form, review=sheet.id, version=version, firm=firm)

    def about(**_chosen: object) -> About:
        return About([(sheet.person, sheet.name)], sheet.period)

    def missing(language: Language, **_chosen: object) -> Sequence[tuple[str, str]]:
        return report.missing_in(language, [sheet], firm)

    return Job(report.CODE, N_("Appraisal form"), make, (LANGUAGES,), about, missing)
