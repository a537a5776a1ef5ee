"""Who rates, and how several raters make one score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M

OWN, SUPERIOR, PEER, REPORT, CUSTOMER = "self", "superior", "peer", "report", "customer"
RELATIONS = (
    (OWN, N_("Self-assessment")),
    (SUPERIOR, N_("Superior's rating")),
    (PEER, N_("Peer rating")),
    (REPORT, N_("Subordinate's rating")),
    (CUSTOMER, N_("Customer's rating")),
)
"""Who may fill in a form about somebody."""
NAMELESS = (PEER, REPORT, CUSTOMER)
"""Those who rate without their name."""
FEWEST = 3
"""How many raters of a nameless kind it takes before their mean is shown or counted: of two, each knows the other's."""
RENORMALISE, ZERO, BLOCK = "renormalise", "zero", "block"
POLICIES = (
    (RENORMALISE, N_("Leave them out; the others stand for the whole")),
    (ZERO, N_("Count them as zero")),
    (BLOCK, N_("Wait: no result before everybody has rated")),
)
"""What becomes of a result when somebody who was asked has not rated."""


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


def fewest(relation: str) -> int:
    """How many raters of a kind there must be for their mean to be shown."""
    return FEWEST if relation in NAMELESS else 1


def mean(relation: str, scores: Collection[Decimal]) -> Decimal | None:
    """What raters of one kind gave on the average, to two places; nothing where one of them could be told by it."""
    if len(scores) < fewest(relation):
        return None
    return (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_counted(relation: str, asked: int) -> bool:
    """Whether a kind of raters can count at all: of a nameless kind, fewer asked than are ever shown are left out."""
    return asked >= fewest(relation)


def colleagues(people: Sequence[int], of: int, count: int) -> tuple[int, ...]:
    """Who of these rates one of them: the next so many, in a ring, so that everybody rates and is rated as often."""
    if of not in people:
        return tuple(people[:count])
    here = people.index(of)
    return tuple(people[(here + n) % len(people)] for n in range(1, min(count, len(people) - 1) + 1))
