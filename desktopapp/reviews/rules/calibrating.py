"""Reviews of a round side by side: how grades are spread, whether raters differ, who stands where."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.rules.form import PLACES, Form
from desktopapp.reviews.rules.raters import FEWEST

FEW = 10
"""Below so many people, what holds for a spread of many holds for nothing."""
LOWEST, MIDDLE, HIGH, HIGHEST = Decimal(1), Decimal("2.5"), Decimal(4), Decimal(5)
"""The axes of the nine-box: low below the middle, medium below high; each begins with its bound."""


def apportioned(people: int, shares: Sequence[Decimal]) -> tuple[int, ...]:
    """How many people each share is, as whole people who add up: what is over goes to the largest remainders."""
    whole = sum(shares, Decimal(0))
    exact = [people * share / whole for share in shares]
    counts = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda nth: (counts[nth] - exact[nth], nth))
    for nth in by_remainder[: people - sum(counts)]:
        counts[nth] += 1
    return tuple(counts)


def expected(people: int, form: Form) -> tuple[int, ...]:
    """How many of so many people a template expects at each grade, the best first; nothing where it expects none."""
    shares = [level.share for level in form.levels]
    return apportioned(people, shares) if any(shares) else ()


@frozen
class Spread:
    """The mean of what somebody gave, and how far apart it lies."""

    mean: Decimal
    deviation: Decimal


def spread(totals: Sequence[Decimal]) -> Spread:
    """Mean and standard deviation of totals, of which there must be one at least."""
    mean = sum(totals, Decimal(0)) / len(totals)
    variance = sum(((each - mean) ** 2 for each in totals), Decimal(0)) / len(totals)
    return Spread(mean, variance.sqrt())


def normalised(
    total: Decimal, rater: Spread, everybody: Spread, *, lowest: Decimal, highest: Decimal
) -> Decimal | None:
    """What a total would be if its rater were as strict as all are; nothing where he gave everybody the same."""
    if not rater.deviation:
        return None
    z = (total - rater.mean) / rater.deviation
    moved = everybody.mean + z * everybody.deviation
    return min(max(moved, lowest), highest).quantize(PLACES, ROUND_HALF_UP)


def cautions(people: int, raters: int) -> tuple[Message, ...]:
    """What cannot be said of so few people, rated by so few superiors."""
    found = []
    if people < FEW:
        found.append(M("With {people} {people:person|people}, how grades are spread is shown for information only: the "
                       "grade of one of them moves it by {share}, and nobody has to be the worst.",
                       people=people, share=f"{100 / max(people, 1):.0f}%"))  # fmt: skip
    if people < FEW or raters < 2:
        found.append(M("Raters are not compared by z-scores: that takes {few} people or more and at least two "
                       "superiors. Compare behaviours and evidence instead.", few=FEW))  # fmt: skip
    if people - 1 < FEWEST:
        found.append(M("Nobody here has {fewest} colleagues of one kind, so ratings without a name cannot be kept "
                       "without a name: talk to each other instead.", fewest=FEWEST))  # fmt: skip
    return tuple(found)


def is_comparable(people: int, raters: int) -> bool:
    """Whether there are enough people and superiors for their totals to be compared by z-scores."""
    return people >= FEW and raters >= 2


@frozen
class Box:
    """A cell of the nine-box."""

    nth: int
    """Its number: 1 is high in both, 9 low in both."""
    performance: int
    potential: int
    """0 low, 1 medium, 2 high."""
    name: str
    """A marked text."""
    advice: str
    """Likewise."""


BOXES = (
    Box(1, 2, 2, N_("Star"), N_("Give more room and a larger task; talk about the next step.")),
    Box(2, 1, 2, N_("Rising"), N_("Coach and stretch: one harder customer, one project.")),
    Box(3, 2, 1, N_("Expert in the field"), N_("Keep and thank; let others learn from the methods.")),
    Box(4, 2, 0, N_("Reliable performer"), N_("Keep in post; reward results and experience.")),
    Box(5, 0, 2, N_("Puzzle"), N_("Find what stands in the way: post, customers, or leadership.")),
    Box(6, 1, 1, N_("Backbone"), N_("Agree on one focus for growth each period.")),
    Box(7, 1, 0, N_("Steady"), N_("Keep the standard; train where it is short.")),
    Box(8, 0, 1, N_("In question"), N_("Train with a plan and dates, then look again.")),
    Box(9, 0, 0, N_("Decide"), N_("Improvement plan first; training or another post before anything else.")),
)


def part(figure: Decimal) -> int:
    """Which third of an axis a figure is in: 0 low, 1 medium, 2 high. Each begins with its bound: 3.95 is medium."""
    return (figure >= MIDDLE) + (figure >= HIGH)


def box(performance: Decimal, potential: Decimal) -> Box:
    """The cell of two figures from 1 to 5."""
    at = part(performance), part(potential)
    return next(each for each in BOXES if (each.performance, each.potential) == at)


def performance(total: Decimal) -> Decimal:
    """A total of a hundred on the axis of the nine-box: 79 is 3.95."""
    return min(max(total / 20, LOWEST), HIGHEST)


def check_potential(potential: Decimal | None) -> None:
    """Refuse a potential off its axis."""
    if potential is not None and not LOWEST <= potential <= HIGHEST:
        raise Refused(M("Potential goes from {lowest} to {highest}.", lowest=LOWEST, highest=HIGHEST), "potential")


def check_calibration(total: Decimal, was: Decimal, reason: str) -> None:
    """Refuse a total off the scale, one that changes nothing, and one without a reason."""
    most = max(Decimal(100), was)
    if not 0 <= total <= most:
        raise Refused(M("A total is between 0 and {most}.", most=most), "total")
    if total == was:
        raise Refused(M("The total is {total} already.", total=total), "total")
    if not reason.strip():
        raise Refused(M("Write why: both totals and the reason stand on the form that is signed."), "reason")
