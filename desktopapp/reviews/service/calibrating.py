"""Setting a total otherwise when all of a round stand side by side, and saying who might go how far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import Calibration, Review
from desktopapp.reviews.service.judging import unsigned
from desktopapp.storage import unit


def calibrate(*, review: int, total: Decimal, reason: str, today: date) -> None:
    """Set a total, for a reason; what it was before and why stand on the form that is signed."""
    found = unsigned(review)
    sheet = queries.sheet(review)
    if sheet.total is None or not sheet.level:
        raise Refused(M("Score everything first: before that there is nothing to calibrate."), "total")
    rules.check_calibration(total, sheet.total, reason)
    words = M("Calibrate {name}: {was} → {now}", name=sheet.name, was=sheet.total, now=total)
    with unit("reviews.calibrate", words):
        Calibration.create(review=review, day=today, was=sheet.total, now=total, reason=reason)
        found.calibrated = None if total == sheet.computed else total
        found.save()


def set_potential(*, review: int, potential: Decimal | None) -> None:
    """Say how far somebody might go; none takes that back.

    It is for the nine-box alone and no part of what is signed, so it may be said afterwards too.
    """
    found = Review.get_by_id(review)
    rules.check_potential(potential)
    with unit("reviews.set_potential", M("Set the potential of {name}", name=found.person.name)):
        found.potential = potential
        found.save()
