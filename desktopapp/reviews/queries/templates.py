"""The templates to start a round from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from desktopapp.kernel.starter import content
from desktopapp.reviews import rules
from desktopapp.reviews.models import Adjustment
from desktopapp.reviews.rules import Dimension, Effect, Form, Level
from desktopapp.storage import rows


def templates() -> tuple[Form, ...]:
    """The templates to start a round from, as the owner has set them."""
    given: dict[str, dict[tuple[str, str], Decimal]] = {}
    columns = (Adjustment.template, Adjustment.part, Adjustment.key, Adjustment.value)
    for key, part, of, value in rows(Adjustment.select(*columns)):
        given.setdefault(key, {})[part, of] = value
    return tuple(rules.adjusted(form, given.get(form.id, {})) for form in shipped())


@cache
def shipped() -> tuple[Form, ...]:
    """The templates as they ship."""
    kept = content("review_templates")
    dimensions = {each["id"]: each for each in kept["dimensions"]}
    levels = tuple(
        Level(Decimal(each["score"]), each["grade"], each["name"], each["meaning"], Decimal(each["min"]))
        for each in kept["scale"]
    )
    effects = tuple(
        Effect(each["grade"], Decimal(str(each["bonus_factor"])), each["action"]) for each in kept["outcomes"]
    )
    scores = [level.score for level in levels]
    return tuple(
        Form(
            each["id"], each["name"], each["timing"], kept["grade_rule"], min(scores), max(scores), Decimal(1),
            each["raters"]["self"],
            tuple(_dimension(dimensions[key], Decimal(weight)) for key, weight in each["weights"].items()),
            levels, effects,
        )
        for each in kept["templates"]
    )  # fmt: skip


def _dimension(kept: Mapping[str, Any], weight: Decimal) -> Dimension:
    anchors = tuple((Decimal(score), text) for score, text in kept["anchors"].items())
    return Dimension(
        kept["id"], kept["name"], kept["definition"], weight, anchors, kept["evidence"], kept.get("veto", False)
    )


def figures(form: Form) -> dict[tuple[str, str], Decimal]:
    """The figures of a template that an owner may set, by what they are and of which dimension or grade."""
    return rules.figures(form)


def template(key: str) -> Form:
    """One of the templates. Raises `LookupError` where there is none of that name."""
    for form in templates():
        if form.id == key:
            return form
    raise LookupError(key)
