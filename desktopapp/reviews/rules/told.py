"""How a template scores, in sentences that can be checked by hand: they stand on the form that is signed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktopapp.kernel.message import Both, M, Message
from desktopapp.kernel.share import Share
from desktopapp.reviews.rules.form import FIFTHS, Form, effect
from desktopapp.reviews.rules.raters import RELATIONS


def scale(form: Form) -> Message:
    """From which score to which."""
    lowest, highest = form.written(form.lowest), form.written(form.highest)
    return M("{lowest} to {highest}", lowest=lowest, highest=highest)


def names(form: Form) -> dict[Decimal, Both]:
    """What the scores at the five behaviours are called, the best first; nothing where there are not as many grades."""
    if len(form.levels) != FIFTHS:
        return {}
    return {form.highest * (FIFTHS - nth) / FIFTHS: level.name for nth, level in enumerate(form.levels)}


def meanings(form: Form) -> Iterator[Message]:
    """The same in a sentence."""
    if called := names(form):
        levels = tuple(M("{score} {name}", score=form.written(at), name=name) for at, name in called.items())
        yield M("Scores: {levels}", levels=levels)


def scoring(form: Form) -> Iterator[Message]:
    """What a score means, and how points come of it."""
    yield from meanings(form)
    parts = tuple(M("{relation} {weight}%", relation=Message(dict(RELATIONS)[relation]), weight=weight)
                  for relation, weight in form.weights.items())  # fmt: skip
    if len(parts) > 1:
        yield M("score = {parts}", parts=parts)
    yield M("points = score ÷ {highest} × weight", highest=form.highest)
    if vetoes := tuple(each.name for each in form.dimensions if each.veto):
        yield M("whoever is at the worst behaviour of {vetoes} has grade {grade}", vetoes=vetoes,
                grade=form.levels[-1].grade)  # fmt: skip
    if form.goal_weight:
        yield goals(form)
    yield M("coefficients: {grades}", grades=tuple(_grade(form)))


def _grade(form: Form) -> Iterator[Message]:
    for level in form.levels:
        if (follows := effect(level.grade, form)) is not None:
            yield M("{grade} from {least} × {factor}", grade=level.grade, least=level.least, factor=follows.factor)


def goals(form: Form) -> Message:
    """How goals count in a total."""
    if form.goal_cap is None:
        return M("Goals are {weight}% of the total: each earns its weight times what was attained, without a cap.",
                 weight=form.goal_weight)  # fmt: skip
    return M("Goals are {weight}% of the total: each earns its weight times what was attained, {cap} at most.",
             weight=form.goal_weight, cap=Share(form.goal_cap))  # fmt: skip
