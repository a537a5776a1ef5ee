"""Who of a round is missing what. Late is worked out from dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from desktopapp.goals import queries as goals
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews import rules
from desktopapp.reviews.models import RaterForm, Review, Stated
from desktopapp.reviews.queries.given import Live, asked, scores
from desktopapp.reviews.queries.rounds import ReviewRow, cycle, reviews
from desktopapp.reviews.queries.templates import stated
from desktopapp.reviews.rules import NAMELESS, OWN, SIGNED, SUPERIOR, WAIVED, Form
from desktopapp.storage import rows


@frozen
class ProgressRow:
    """How far one review has come, and what it waits for."""

    id: int
    person: int
    name: str
    pinyin: str
    position: str
    state: str
    own: tuple[int, int] | None
    """How many dimensions the person has scored, of how many; nothing where he is not asked."""
    superior: tuple[int, int]
    raters: tuple[int, int]
    """How many of the others who were asked have answered."""
    missing: tuple[Message, ...]
    """In the order in which it is to be done; nothing where it is signed or waived."""
    left_out: tuple[str, ...]
    """The nameless kinds that have a part in the template, but too few raters to be counted."""
    late: int
    """Days since it was due; 0 where it is not late."""
    why: str
    """Why it was waived."""
    refused: bool
    disputed: bool


def progress(number: int, today: date) -> list[ProgressRow]:
    """Everybody of a round with what is missing; who is missing most comes first."""
    row = cycle(number)
    late = max((today - row.due).days, 0)
    forms = {each: stated(form) for each, form in rows(_stated(number))}
    listed = reviews(number)
    live = [Live(each.id, each.person, row.period, forms[each.id], None) for each in listed]
    own: dict[int, int] = {}
    for review, _dimension, _score, self_score, _evidence in scores(live):
        own[review] = own.get(review, 0) + (self_score is not None)
    counts, sums = asked(live), goals.weight_sums(row.period)
    why = dict(rows(Review.select(Review.id, Review.waived).where(Review.cycle == number)))
    found = [
        _row(each, forms[each.id], own.get(each.id, 0), counts.get(each.id, {}), sums.get(each.person), row.period,
             late, why[each.id])
        for each in listed
    ]  # fmt: skip
    return sorted(found, key=lambda each: (_is_over(each.state), -len(each.missing), each.pinyin, each.id))


def _stated(number: int) -> object:
    return Review.select(Review.id, Stated.form).join(Stated).where(Review.cycle == number)


def _is_over(state: str) -> bool:
    return state in (SIGNED, WAIVED)


def _row(
    each: ReviewRow, form: Form, own: int, counts: Mapping[str, tuple[int, int]], weights: Decimal | None,
    period: Period, late: int, why: str,
) -> ProgressRow:  # fmt: skip
    whole, over = len(form.dimensions), _is_over(each.state)
    mine = (own, whole) if form.with_self else None
    theirs = [counts.get(kind, (0, 0)) for kind in NAMELESS if kind in form.weights]
    missing = () if over else tuple(_missing(mine, (each.done, whole), counts, weights, period))
    left_out = tuple(kind for kind in NAMELESS if kind in form.weights and _is_left_out(counts.get(kind, (0, 0))[0]))
    return ProgressRow(
        each.id, each.person, each.name, each.pinyin, each.position, each.state, mine, (each.done, whole),
        (sum(back for _, back in theirs), sum(count for count, _ in theirs)), missing, left_out,
        0 if over else late, why, each.refused, each.disputed,
    )  # fmt: skip


def _is_left_out(count: int) -> bool:
    return count < rules.FEWEST


def _missing(
    own: tuple[int, int] | None, superior: tuple[int, int], counts: Mapping[str, tuple[int, int]],
    weights: Decimal | None, period: Period,
) -> Iterator[Message]:  # fmt: skip
    if own and own[0] < own[1]:
        yield M("{relation} {done} of {count}", relation=_label(OWN), done=own[0], count=own[1])
    for kind in NAMELESS:
        count, back = counts.get(kind, (0, 0))
        if back < count:
            yield M("{relation} {done} of {count}", relation=_label(kind), done=back, count=count)
    if superior[0] < superior[1]:
        yield M("{relation} {done} of {count}", relation=_label(SUPERIOR), done=superior[0], count=superior[1])
    if weights not in (None, Decimal(100)):
        yield M("goal weights of {period} are {sum}, not 100", period=period, sum=weights)
    if superior[0] == superior[1]:
        yield M("to be signed")


def _label(relation: str) -> Message:
    return Message(RaterForm.relation.label(relation))
