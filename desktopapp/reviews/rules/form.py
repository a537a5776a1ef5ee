"""The form of a review: what is asked, how it is scored, and what a total earns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import Both, M

MOST = Decimal(5)
"""The highest coefficient taken for meant."""
PLACES = Decimal("0.01")
"""To what points and totals are rounded, half up, as on the printed form."""


@frozen
class Dimension:
    """One thing everybody is judged on."""

    id: str
    name: Both
    definition: Both
    weight: Decimal
    anchors: tuple[tuple[Decimal, Both], ...]
    """What earns which score, the best first."""
    hints: tuple[Both, ...]
    """Where evidence for it is found."""
    veto: bool
    """Whether the lowest score on it caps the grade at the lowest."""


@frozen
class Level:
    """A grade: the total it takes, and the score it stands for."""

    score: Decimal
    grade: str
    name: Both
    meaning: Both
    least: Decimal


@frozen
class Effect:
    """What a grade leads to."""

    grade: str
    factor: Decimal
    """Times the performance bonus; the owner's to set, and printed on the form that is signed."""
    action: Both


@frozen
class Form:
    """A template of a review: dimensions, scale and what follows. A round keeps its own copy."""

    id: str
    name: Both
    timing: Both
    rule: Both
    lowest: Decimal
    highest: Decimal
    step: Decimal
    with_self: bool
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    """The best first."""
    effects: tuple[Effect, ...]
    """The best first."""


Figures = Mapping[tuple[str, str], Decimal]
"""Figures of a template, by what they are of it (weight, least, factor) and of which dimension or grade."""


def figures(form: Form) -> dict[tuple[str, str], Decimal]:
    """The figures of a template that an owner may set."""
    return {
        **{("weight", each.id): each.weight for each in form.dimensions},
        **{("least", level.grade): level.least for level in form.levels},
        **{("factor", each.grade): each.factor for each in form.effects},
    }


def adjusted(form: Form, given: Figures) -> Form:
    """A template with some of its figures set otherwise."""
    if not given:
        return form
    now = {**figures(form), **given}
    return replace(
        form,
        dimensions=tuple(replace(each, weight=now["weight", each.id]) for each in form.dimensions),
        levels=tuple(replace(level, least=now["least", level.grade]) for level in form.levels),
        effects=tuple(replace(each, factor=now["factor", each.grade]) for each in form.effects),
    )


def check_form(form: Form) -> None:
    """Refuse a template whose weights are not 100.00 or whose grades or factors do not fall in order."""
    summed = sum((each.weight for each in form.dimensions), Decimal(0)).quantize(PLACES, ROUND_HALF_UP)
    if any(each.weight < 0 for each in form.dimensions):
        raise Refused(M("A weight is not below zero."), "weight")
    if summed != 100:
        raise Refused(M("The weights add up to {sum}, not to 100.", sum=summed), "weight")
    if not _falls(level.least for level in form.levels):
        raise Refused(M("A better grade must take a higher total."), "least")
    if any(not 0 <= level.least <= 100 for level in form.levels) or form.levels[-1].least != 0:
        raise Refused(M("Totals go from 0 to 100, and the lowest grade begins at 0."), "least")
    if not all(0 <= each.factor <= MOST for each in form.effects):
        raise Refused(M("A coefficient is between 0 and {most}.", most=MOST), "factor")
    if not _falls(effect.factor for effect in form.effects):
        raise Refused(M("A better grade must not lead to a lower coefficient."), "factor")


def _falls(numbers: Iterable[Decimal]) -> bool:
    return all(before >= after for before, after in pairwise(numbers))


def check_score(score: Decimal | None, form: Form) -> None:
    """Refuse a score off the scale, by its decimals too; none at all takes a score back."""
    if score is None:
        return
    if not form.lowest <= score <= form.highest:
        words = M("A score is between {lowest} and {highest}.", lowest=form.lowest, highest=form.highest)
        raise Refused(words, "score")
    if (score - form.lowest) % form.step:
        raise Refused(M("Scores go in steps of {step}; {score} is none.", step=form.step, score=score), "score")


def choices(form: Form) -> tuple[Decimal, ...]:
    """The scores there are, the lowest first."""
    count = int((form.highest - form.lowest) / form.step) + 1
    return tuple(form.lowest + nth * form.step for nth in range(count))


def to_plain(form: Form) -> dict[str, Any]:
    """A template as text, lists and dicts, for a round to keep."""
    return {
        "id": form.id,
        "name": _pair(form.name),
        "timing": _pair(form.timing),
        "rule": _pair(form.rule),
        "scale": [str(form.lowest), str(form.highest), str(form.step)],
        "with_self": form.with_self,
        "dimensions": [
            {
                "id": each.id,
                "name": _pair(each.name),
                "definition": _pair(each.definition),
                "weight": str(each.weight),
                "anchors": [[str(score), *_pair(text)] for score, text in each.anchors],
                "hints": [_pair(hint) for hint in each.hints],
                "veto": each.veto,
            }
            for each in form.dimensions
        ],
        "levels": [
            [str(each.score), each.grade, _pair(each.name), _pair(each.meaning), str(each.least)]
            for each in form.levels
        ],
        "effects": [[each.grade, str(each.factor), _pair(each.action)] for each in form.effects],
    }


def from_plain(kept: Mapping[str, Any]) -> Form:
    """The template so kept."""
    lowest, highest, step = map(Decimal, kept["scale"])
    return Form(
        kept["id"], Both(*kept["name"]), Both(*kept["timing"]), Both(*kept["rule"]), lowest, highest, step,
        kept["with_self"],
        tuple(
            Dimension(
                each["id"], Both(*each["name"]), Both(*each["definition"]), Decimal(each["weight"]),
                tuple((Decimal(score), Both(zh, en)) for score, zh, en in each["anchors"]),
                tuple(Both(*hint) for hint in each["hints"]), each["veto"],
            )
            for each in kept["dimensions"]
        ),
        tuple(
            Level(Decimal(score), letter, Both(*name), Both(*meaning), Decimal(least))
            for score, letter, name, meaning, least in kept["levels"]
        ),
        tuple(Effect(letter, Decimal(factor), Both(*action)) for letter, factor, action in kept["effects"]),
    )  # fmt: skip


def _pair(text: Both) -> list[str]:
    return [text.zh, text.en]
