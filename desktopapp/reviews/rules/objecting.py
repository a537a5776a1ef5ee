"""Objecting to a signed review, and refusing to sign one. Pure.

The form gives seven working days for an objection and asks for a witness where somebody does not sign. Both are the
firm's own rules; the law sets neither.
"""

from __future__ import annotations

from datetime import date

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.workday import Swaps
from desktopapp.reviews.rules.time import OBJECTING, last_day


def check_objection(*, raised: date, signed: date, text: str, late: str, today: date, swaps: Swaps) -> None:
    """Refuse an objection without a word, before there was anything to object to, or late without a reason."""
    if raised < signed:
        raise Refused(M("The review was signed on {day}; nobody can object before that.", day=signed), "raised")
    if raised > today:
        raise Refused(M("This day is still to come."), "raised")
    if not text.strip():
        raise Refused(M("Write what is objected to, and why."), "text")
    last = last_day(signed, swaps)
    if raised > last and not late.strip():
        words = M("The time for objections ended on {last}, {count} {count:working day|working days} after the "
                  "signature. Nobody has to hear it any more; where you do, write why.",
                  last=last, count=OBJECTING)  # fmt: skip
        raise Refused(words, "late")


def check_decision(*, reason: str, decided: date, raised: date, today: date) -> None:
    """Refuse a decision without a reason, or on a day it cannot have been made."""
    if not reason.strip():
        raise Refused(M("Write why: the employee gets this in writing."), "reason")
    if decided < raised:
        raise Refused(M("The objection was raised on {day}; it cannot be decided before.", day=raised), "decided")
    if decided > today:
        raise Refused(M("This day is still to come."), "decided")


def check_refusal(
    *, day: date, signed: date, witness: str, reason: str, reviewed: str, reviewer: str, today: date
) -> None:
    """Refuse a refusal that nobody else saw, or without a reason or a day it can have been on."""
    if not witness.strip():
        raise Refused(M("Name who was there and signs as a witness."), "witness")
    if witness.strip() in (reviewed, reviewer):
        raise Refused(M("A witness is somebody else than the person reviewed and the reviewer."), "witness")
    if not reason.strip():
        raise Refused(M("Write the reason that was given, or that none was."), "reason")
    if day < signed:
        raise Refused(M("The review was signed off on {day}; nobody can refuse before that.", day=signed), "day")
    if day > today:
        raise Refused(M("This day is still to come."), "day")
