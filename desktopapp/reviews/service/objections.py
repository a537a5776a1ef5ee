"""Objecting to a signed review, deciding that, and noting that somebody would not sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews.models import DECISIONS, PARTLY, UPHELD, Objection, Refusal, Review
from desktopapp.reviews.queries.objections import objection as read
from desktopapp.reviews.queries.register import version
from desktopapp.reviews.rules import SIGNED, objecting
from desktopapp.reviews.rules.time import last_day
from desktopapp.reviews.service.signing import amend
from desktopapp.storage import unit
from desktopapp.team import queries as team

SHORT = 200
"""The most characters of a reason that stand on the corrected version; the whole of it stays with the decision."""


def object_to(*, review: int, text: str, today: date, raised: date | None = None, late: str = "") -> int:
    """Note what somebody holds against the version of his review that is in force. Gives the objection's number.

    Each version can be objected to once; a corrected one again.
    """
    found = _signed(review)
    if Objection.select().where(Objection.review == review, Objection.version == found.version).exists():
        raise Refused(M("This version was objected to already; change that objection, or correct the review."))
    made = Objection(review=review, version=found.version)
    _fill(made, found.signed, raised or today, text, late, today)
    with unit("reviews.object_to", M("{name} objects to the review of {period}", **_whose(found))):
        made.save()
    return int(made.id)


def change_objection(*, objection: int, text: str, raised: date | None, late: str, today: date) -> None:
    """Write an objection otherwise before it is decided."""
    found = _open(objection)
    _fill(found, found.review.signed, raised or today, text, late, today)
    with unit("reviews.change_objection", M("Change the objection of {name}", name=found.review.person.name)):
        found.save()


def _fill(objection: Any, signed: date, raised: date, text: str, late: str, today: date) -> None:
    swaps = team.swaps()
    objecting.check_objection(raised=raised, signed=signed, text=text, late=late, today=today, swaps=swaps)
    objection.raised, objection.text = raised, text
    objection.late = late if raised > last_day(signed, swaps) else ""


def decide_objection(
    *, objection: int, decision: str, reason: str, today: date, decided: date | None = None
) -> None:
    """Decide an objection, with the reason the employee is given.

    Upheld, in part at least, it opens the review for a correction: a version more, while the contested one is kept.
    """
    if decision not in dict(DECISIONS):
        raise Refused(M("Choose what becomes of the objection."), "decision")
    found = _open(objection)
    day = decided or today
    objecting.check_decision(reason=reason, decided=day, raised=found.raised, today=today)
    is_upheld = decision in (UPHELD, PARTLY)
    words = M("Decide the objection of {name}: {decision}", name=found.review.person.name,
              decision=Message(dict(DECISIONS)[decision]))  # fmt: skip
    with unit("reviews.decide_objection", words, is_step=not is_upheld):
        found.decision, found.reason, found.decided = decision, reason, day
        found.save()
        if is_upheld:
            amend(review=found.review_id, reason=_shortened(reason))


def _shortened(reason: str) -> str:
    line = " ".join(reason.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _open(objection: int) -> Any:
    if not read(objection).is_open:
        raise Refused(M("This objection is decided and no longer changes."))
    return Objection.get_by_id(objection)


def note_refusal(*, review: int, witness: str, reason: str, today: date, day: date | None = None) -> None:
    """Note that somebody would not sign the version of his review that is in force, and who was there."""
    found = _signed(review)
    firm = team.firm()
    objecting.check_refusal(
        day=day or today, signed=found.signed, witness=witness, reason=reason, reviewed=found.person.name,
        reviewer=firm.owner if firm else "", today=today,
    )  # fmt: skip
    there: Any = _refusal(found) or Refusal(review=review, version=found.version)
    there.day, there.witness, there.reason = day or today, witness, reason
    with unit("reviews.note_refusal", M("{name} would not sign the review of {period}", **_whose(found))):
        there.save()


def drop_refusal(*, review: int) -> None:
    """He signed after all: take the note back."""
    found = _signed(review)
    there = _refusal(found)
    if there is None:
        raise Refused(M("No refusal is noted."))
    with unit("reviews.drop_refusal", M("{name} signed the review of {period} after all", **_whose(found))):
        there.delete_instance()


def _refusal(review: Any) -> Any:
    return Refusal.select().where(Refusal.review == review, Refusal.version == review.version).first()


def _signed(review: int) -> Any:
    found = Review.get_by_id(review)
    if found.state != SIGNED:
        raise Refused(M("This review is not signed yet, or is being corrected."))
    return found


def _whose(review: Any) -> dict[str, Any]:
    """Whose review it is, by the name that was signed, and of which period."""
    sheet = version(review.id, review.version)
    return {"name": sheet.name, "period": sheet.period}
