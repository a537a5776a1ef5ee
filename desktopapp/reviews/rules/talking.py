"""What a talk about a review is prepared with: what to praise, what to improve, where two views differ. Pure."""

from __future__ import annotations

from datetime import date

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.reviews.rules.form import FIFTHS, Dimension, Form
from desktopapp.reviews.rules.judging import Scores

STRONG = FIFTHS - 1
"""From four fifths of the scale on a score is praised."""


def strongest(form: Form, scores: Scores, most: int = 2) -> tuple[Dimension, ...]:
    """The dimensions scored highest, if high; the weightier first."""
    given = [(score, each) for each in form.dimensions if (score := scores.get(each.id)) is not None]
    strong = [(score, each) for score, each in given if score * FIFTHS >= form.highest * STRONG]
    return tuple(each for _, each in sorted(strong, key=lambda pair: (-pair[0], -pair[1].weight))[:most])


def differing(form: Form, own: Scores, superior: Scores) -> tuple[Dimension, ...]:
    """Where somebody and his superior differ by a fifth of the scale or more, the widest first."""
    apart = []
    for each in form.dimensions:
        mine, his = own.get(each.id), superior.get(each.id)
        if mine is not None and his is not None and abs(mine - his) * FIFTHS >= form.highest:
            apart.append((abs(mine - his), each))
    return tuple(each for _, each in sorted(apart, key=lambda pair: -pair[0]))


def check_interview(*, planned: date | None, held: date | None, today: date) -> None:
    """Refuse a talk that is said to have been held on a day still to come, and one without any day."""
    if held is not None and held > today:
        raise Refused(M("This day is still to come."), "held")
    if planned is None and held is None:
        raise Refused(M("Say on which day the talk is to be held, or was."), "planned")
