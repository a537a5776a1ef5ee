"""The printed forms of the reviews."""

from desktopapp.reviews.report.appraisal import CODE
from desktopapp.reviews.report.forms import (
    CUSTOMER_CODE,
    RATER_CODE,
    SELF_CODE,
    code_of,
    forms_to_fill,
    missing_glyphs,
    missing_in,
    missing_in_sheets,
    rated,
    rater_forms,
    review_forms,
    sheet_forms,
    version_form,
)
from desktopapp.reviews.report.improvements import IMPROVEMENT_CODE, improvement_forms, missing_in_improvements
from desktopapp.reviews.report.interviews import INTERVIEW_CODE, interview_forms, missing_in_interviews
from desktopapp.reviews.report.monthly import MONTHLY_CODE
from desktopapp.reviews.report.objections import OBJECTION_CODE, missing_in_objections, objection_forms
from desktopapp.reviews.report.selves import missing_in_selves, self_forms

__all__ = [
    "CODE", "CUSTOMER_CODE", "IMPROVEMENT_CODE", "INTERVIEW_CODE", "MONTHLY_CODE", "OBJECTION_CODE", "RATER_CODE",
    "SELF_CODE", "code_of", "forms_to_fill", "improvement_forms", "interview_forms", "missing_glyphs", "missing_in",
    "missing_in_improvements", "missing_in_interviews", "missing_in_objections", "missing_in_selves",
    "missing_in_sheets", "objection_forms", "rated", "rater_forms", "review_forms", "self_forms", "sheet_forms",
    "version_form",
]  # fmt: skip
