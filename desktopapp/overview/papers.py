"""The forms the program prints: the one list of them."""

from __future__ import annotations

from desktopapp.goals import report as goals
from desktopapp.kernel.message import Both
from desktopapp.overview import daily, recovery, review_history, sales_summary
from desktopapp.printing.spec import form_title
from desktopapp.reviews import report as reviews
from desktopapp.sales import report as sales
from desktopapp.team import report as team

CODES = (
    daily.CODE, team.CODE, sales.CODE, goals.AGREEMENT, goals.CARD, reviews.CODE, reviews.MONTHLY_CODE,
    reviews.SELF_CODE, reviews.INTERVIEW_CODE, reviews.RATER_CODE, reviews.CUSTOMER_CODE, reviews.IMPROVEMENT_CODE,
    reviews.OBJECTION_CODE, review_history.CODE, sales_summary.CODE, recovery.CODE,
)  # fmt: skip


def papers() -> tuple[tuple[str, Both], ...]:
    """The number each ships with, and its title."""
    return tuple((code, form_title(code)) for code in CODES)
