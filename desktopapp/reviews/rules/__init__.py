"""From scores to a grade: the form of a review, what a score may be, what it comes to. Pure."""

from desktopapp.reviews.rules.asking import (
    DATED,
    LINE,
    RATING,
    RESULTS,
    SIGNER,
    SURE,
    TICK,
    WORDS,
    YES,
    Question,
    answer,
    questions,
    seal,
)
from desktopapp.reviews.rules.form import (
    MOST,
    PLACES,
    Dimension,
    Effect,
    Figures,
    Form,
    Level,
    adjusted,
    check_form,
    check_score,
    choices,
    figures,
    from_plain,
    to_plain,
)
from desktopapp.reviews.rules.judging import (
    CONFIRM,
    MANAGER,
    OUTCOMES,
    SELF,
    SIGNED,
    effect,
    grade,
    points,
    state,
    suggested,
    total,
    vetoed,
)
from desktopapp.reviews.rules.raters import BLOCK, OWN, RELATIONS, RENORMALISE, ZERO, merged
from desktopapp.reviews.rules.time import TIME, days_in_post, due

__all__ = [
    "BLOCK", "CONFIRM", "DATED", "LINE", "MANAGER", "MOST", "OUTCOMES", "OWN", "PLACES", "RATING", "RELATIONS",
    "RENORMALISE", "RESULTS", "SELF", "SIGNED", "SIGNER", "SURE", "TICK", "TIME", "WORDS", "YES", "ZERO", "Dimension",
    "Effect", "Figures", "Form", "Level", "Question", "adjusted", "answer", "check_form", "check_score", "choices",
    "days_in_post", "due", "effect", "figures", "from_plain", "grade", "merged", "points", "questions", "seal",
    "state", "suggested", "to_plain", "total", "vetoed",
]  # fmt: skip
