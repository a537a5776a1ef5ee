"""Planning a talk about a review, and recording what was said and agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import ANNUAL, PROBATIONARY, QUARTERLY, Agreed, Interview, Review
from desktopapp.reviews.queries.interviews import AgreedLine
from desktopapp.reviews.rules import talking
from desktopapp.reviews.service.lines import keep_lines
from desktopapp.storage import unit
from desktopapp.team import queries as team

WORDS = ("well", "better", "own_view", "wishes", "support")
"""What is written of a talk, in the order of its form."""
TALK_OF = {"year": ANNUAL, rules.PROBATION: PROBATIONARY}
"""What a talk is for by the kind of review, where it is no quarterly one."""
BY_THE_REVIEWER = ("well", "better")
"""What binds the firm once both have signed it."""


def arrange(
    *,
    review: int,
    planned: date | None,
    today: date,
    time: str = "",
    place: str = "",
    kind: str | None = None,
    interviewer: str = "",
    held: date | None = None,
    recorder: str = "",
) -> None:
    """Say when and where a talk is to be held, or was."""
    talking.check_interview(planned=planned, held=held, today=today)
    found = _talk(review)
    with unit("reviews.arrange", M("Arrange the interview with {name}", name=found.review.person.name)):
        found.planned, found.time, found.place, found.kind = planned, time, place, kind
        found.interviewer, found.held, found.recorder = interviewer, held, recorder
        found.save()


def hold(*, review: int, today: date) -> None:
    """Say that the talk was held today."""
    found = _talk(review)
    with unit("reviews.hold", M("The interview with {name} was held", name=found.review.person.name)):
        found.held = today
        found.save()


def record(*, review: int, words: Mapping[str, str]) -> None:
    """Write what was said: one or more parts of the record."""
    if unknown := set(words) - set(WORDS):
        raise ValueError(unknown)
    for name in BY_THE_REVIEWER:
        rules.check_no_cut(words.get(name, ""), name)
    found = _talk(review)
    with unit("reviews.record", M("Write in the interview record of {name}", name=found.review.person.name)):
        for name, text in words.items():
            setattr(found, name, text)
        found.save()


def set_agreed(*, review: int, lines: Sequence[AgreedLine]) -> None:
    """Say what was agreed; takes the place of what was agreed before."""
    if any(not line.item.strip() for line in lines):
        raise Refused(M("Write what was agreed."), "item")
    for line in lines:
        rules.check_no_fine(line.item, "item")
        rules.check_no_fine(line.measure, "measure")
    found = _talk(review)
    with unit("reviews.set_agreed", M("Agree on actions with {name}", name=found.review.person.name)):
        found.save()
        keep_lines(Agreed.interview, found.id, lines, ("item", "measure", "by", "owner", "support", "done"))


def _talk(review: int) -> Any:
    """The talk about a review; one that is kept with the first thing said of it where there was none."""
    of: Any = Review.get_by_id(review)
    if of.state == rules.WAIVED:
        raise Refused(M("This review was waived: take that back first."))
    there: Any = Interview.select().where(Interview.review == review).first()
    if there is not None:
        return there
    firm = team.firm()
    return Interview(
        review=of, kind=TALK_OF.get(queries.form_of(review).kind, QUARTERLY), interviewer=firm.owner if firm else ""
    )  # fmt: skip
