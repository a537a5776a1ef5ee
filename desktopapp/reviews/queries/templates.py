"""The templates to start a round from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from desktopapp.kernel.starter import content
from desktopapp.reviews import rules
from desktopapp.reviews.models import PositionTemplate, Template
from desktopapp.reviews.rules import Dimension, Effect, Form, Level, Section
from desktopapp.storage import once, rows


@once
def templates() -> tuple[Form, ...]:
    """The templates to start a round from: those that ship, as the owner has set them, then his own."""
    own = {key: stated(form) for key, form in rows(Template.select(Template.key, Template.form).order_by(Template.id))}
    shown = tuple(own.pop(form.id, form) for form in shipped())
    return (*shown, *own.values())


@cache
def stated(kept: str) -> Form:
    """A template kept as text."""
    return rules.from_plain(json.loads(kept))


def is_shipped(key: str) -> bool:
    """Whether a template came with the program, however the owner has set it."""
    return any(form.id == key for form in shipped())


@cache
def shipped() -> tuple[Form, ...]:
    """The templates as they ship."""
    kept = content("review_templates")
    dimensions = {each["id"]: each for each in kept["dimensions"]}
    sections = {each["id"]: Section(each["id"], each["name"]) for each in kept["sections"]}
    levels = tuple(
        Level(
            Decimal(each["score"]), each["grade"], each["name"], each["meaning"], Decimal(each["min"]),
            Decimal(each["share"]),
        )
        for each in kept["scale"]
    )
    effects = tuple(
        Effect(each["grade"], Decimal(str(each["bonus_factor"])), each["action"]) for each in kept["outcomes"]
    )
    return tuple(_form(each, dimensions, sections, levels, effects) for each in kept["templates"])


def _form(
    kept: Mapping[str, Any],
    dimensions: Mapping[str, Mapping[str, Any]],
    sections: Mapping[str, Section],
    levels: tuple[Level, ...],
    effects: tuple[Effect, ...],
) -> Form:
    asked = tuple(_dimension(dimensions[key], Decimal(weight)) for key, weight in kept["weights"].items())
    scores, raters = [level.score for level in levels], kept["raters"]
    used = {each.section for each in asked}
    return Form(
        kept["id"], kept["name"], kept["timing"], min(scores), max(scores), Decimal(1), rules.OWN in raters, asked,
        levels, effects, kept["kind"],
        sections=tuple(section for key, section in sections.items() if key in used),
        raters=tuple((relation, Decimal(raters.get(relation, 0))) for relation, _ in rules.RELATIONS),
        goal_weight=Decimal(kept.get("goals", 0)), goal_cap=Decimal(str(kept.get("goal_cap", 1))),
    )  # fmt: skip


def _dimension(kept: Mapping[str, Any], weight: Decimal) -> Dimension:
    anchors = tuple((Decimal(score), text) for score, text in kept["anchors"].items())
    return Dimension(
        kept["id"], kept["name"], kept["definition"], weight, anchors, kept["evidence"], kept.get("veto", False),
        kept["section"], tuple(kept.get("asked", ())),
    )  # fmt: skip


def figures(form: Form) -> dict[tuple[str, str], Decimal]:
    """The figures of a template that an owner may set, by what they are and of which dimension or grade."""
    return rules.figures(form)


def template(key: str) -> Form:
    """One of the templates. Raises `LookupError` where there is none of that name."""
    for form in templates():
        if form.id == key:
            return form
    raise LookupError(key)


def by_position(kind: str) -> dict[str, str]:
    """The templates that positions have for a kind of review, by position."""
    chosen = PositionTemplate.select(PositionTemplate.position, PositionTemplate.template)
    return dict(rows(chosen.where(PositionTemplate.kind == kind)))
