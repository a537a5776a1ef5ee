"""What was signed stays: neither undo nor the bin reaches behind a signature."""

from __future__ import annotations

from desktopapp import storage
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.overview import wording
from desktopapp.reviews import AREA, queries
from desktopapp.reviews.models import AFTERWARDS, Review
from desktopapp.storage import Step

COLUMN = "review"
"""By which a part of a review names it."""


def holds(step: Step) -> bool:
    """Whether a step of undo is about a review that is signed by now, or was signed after it and is being corrected."""
    return bool(_signed(step.unit, step.action))


def check(unit: int) -> None:
    """Refuse to take back, or to bring back, what a request did to a review that is signed by now."""
    if names := _signed(unit, storage.action_of(unit)):
        raise Refused(M("The review of {names} is signed, so this stays as it is.", names=names))


def _signed(unit: int, action: str) -> tuple[str, ...]:
    """Whose signed reviews a request of the reviews is about, in themselves or in a part of them."""
    if not action.startswith(f"{AREA.key}."):
        return ()
    rows = storage.touched(unit)
    found = set(rows.get(wording.name(Review), ()))
    for name in rows:
        table = wording.BY_NAME[name]
        if table.wording.part_of == COLUMN and table not in AFTERWARDS:
            found |= storage.named(name, f"{COLUMN}_id", rows[name])
    return queries.signed_of(found, since=unit)
