"""Reading reviews: rounds, how far each has come, and one whole review as the page and the paper show it.

What no first window needs is imported by its own name: `calibration`, `eligible`, `measures`, `outcomes`, `progress`,
`proposals`, `register`.
"""

from desktopapp.reviews.queries.document import document, in_force, signed_of
from desktopapp.reviews.queries.finds import FINDS, coded
from desktopapp.reviews.queries.forms import (
    FormRow,
    RaterRow,
    answers,
    came_back,
    covered,
    forms_known,
    forms_numbered,
    in_words,
    question_name,
    rater_forms,
    raters,
    seal,
    square_seal,
    ticking,
    typeable,
    unassessed,
    waiting,
)
from desktopapp.reviews.queries.notices import notices
from desktopapp.reviews.queries.review import (
    CalibrationLine,
    GoalLine,
    Line,
    MeasureLine,
    RaterLine,
    RefusalLine,
    ReviewSheet,
    StepLine,
)
from desktopapp.reviews.queries.rounds import (
    CycleRow,
    Result,
    ReviewRow,
    cycle,
    cycles,
    dimension_name,
    form,
    form_of,
    forms,
    results,
    reviews,
)
from desktopapp.reviews.queries.sheets import sheet, sheets
from desktopapp.reviews.queries.templates import by_position, figures, is_shipped, shipped, stated, template, templates

__all__ = [
    "FINDS", "CalibrationLine", "CycleRow", "FormRow", "GoalLine", "Line", "MeasureLine", "RaterLine", "RaterRow",
    "RefusalLine", "Result", "ReviewRow", "ReviewSheet", "StepLine", "answers", "by_position", "came_back", "coded",
    "covered", "cycle", "cycles", "dimension_name", "document", "figures", "form", "form_of", "forms", "forms_known",
    "forms_numbered", "in_force", "in_words", "is_shipped", "notices", "question_name", "rater_forms", "raters",
    "results", "reviews", "seal", "sheet", "sheets", "shipped", "signed_of", "square_seal", "stated", "template",
    "templates", "ticking", "typeable", "unassessed", "waiting",
]  # fmt: skip
