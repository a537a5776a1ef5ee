"""Reading reviews: rounds, how far each has come, and one whole review as the page and the paper show it."""

from desktopapp.reviews.queries.document import document, fingerprint, genuine, signed_of
from desktopapp.reviews.queries.finds import FINDS
from desktopapp.reviews.queries.forms import (
    FormRow,
    answers,
    came_back,
    forms_known,
    forms_numbered,
    in_words,
    question_name,
    rater_forms,
    seal,
)
from desktopapp.reviews.queries.notices import notices
from desktopapp.reviews.queries.review import GoalLine, Line, ReviewSheet, StepLine
from desktopapp.reviews.queries.rounds import (
    CycleRow,
    Result,
    ReviewRow,
    cycle,
    cycles,
    dimension_name,
    form,
    results,
    reviews,
)
from desktopapp.reviews.queries.sheets import sheet, sheets
from desktopapp.reviews.queries.templates import figures, shipped, template, templates

__all__ = [
    "FINDS", "CycleRow", "FormRow", "GoalLine", "Line", "Result", "ReviewRow", "ReviewSheet", "StepLine", "answers",
    "came_back", "cycle", "cycles", "dimension_name", "document", "figures", "fingerprint", "form", "forms_known",
    "forms_numbered", "genuine", "in_words", "notices", "question_name", "rater_forms", "results", "reviews", "seal",
    "sheet", "sheets", "shipped", "signed_of", "template", "templates",
]  # fmt: skip
