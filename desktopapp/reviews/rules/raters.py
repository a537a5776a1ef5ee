"""Who rates, and how several raters make one score."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M

OWN = "self"
RELATIONS = (
    (OWN, N_("Self-assessment")),
    ("superior", N_("Superior's rating")),
    ("peer", N_("Peer rating")),
    ("report", N_("Subordinate's rating")),
    ("customer", N_("Customer's rating")),
)
"""Who may fill in a form about somebody."""


RENORMALISE, ZERO, BLOCK = "renormalise", "zero", "block"


def merged(scores: Mapping[str, Decimal | None], weights: Mapping[str, Decimal], policy: str = RENORMALISE) -> Decimal:
    """The weighted score of several raters, or of several parts.

    Who is missing is left out and the other weights stand for the whole; or counts as zero; or
    stops the sum, as the template says.
    """
    present = {rater: score for rater in weights if (score := scores.get(rater)) is not None}
    if policy == BLOCK and len(present) < len(weights):
        raise Refused(M("Somebody's scores are still missing."), "score")
    counted = weights if policy == ZERO else present
    whole = sum((weights[rater] for rater in counted), Decimal(0))
    if not whole:
        raise Refused(M("Nobody has scored yet."), "score")
    return sum((weights[rater] * score for rater, score in present.items()), Decimal(0)) / whole
