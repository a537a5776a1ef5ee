"""Signing."""

from __future__ import annotations

from datetime import date

from desktopapp.goals import rules as goal_rules
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.reviews import queries
from desktopapp.reviews.rules import SIGNED
from desktopapp.reviews.service.judging import unsigned
from desktopapp.storage import unit


def sign(*, review: int, today: date) -> None:
    """Sign a review: its figures and texts are copied into one text that never changes again.

    It is no step of undo: two people have put their names to it.
    """
    found = unsigned(review)
    sheet = queries.sheet(review)
    for line in sheet.dimensions:
        if line.score is None:
            raise Refused(M("“{dimension}” is not scored yet.", dimension=line.name), line.id)
    whole = goal_rules.weight_sum(goal.weight for goal in sheet.goals)
    if sheet.goals and whole != 100:
        words = M("The weights of the goals of {period} add up to {sum}, not to 100; mend them first.",
                  period=sheet.period, sum=whole)  # fmt: skip
        raise Refused(words, "goals")
    words = M("Sign the review of {name} for {period}", name=sheet.name, period=sheet.period)
    with unit("reviews.sign", words, is_step=False):
        found.state, found.signed = SIGNED, today
        found.total, found.grade, found.factor = sheet.total, sheet.grade, sheet.factor
        found.document = queries.document(sheet, today)
        found.sha256 = queries.fingerprint(found.document)
        found.save()
