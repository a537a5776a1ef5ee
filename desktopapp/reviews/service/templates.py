"""Changing what reviews are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktopapp.kernel.message import M
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import Adjustment
from desktopapp.storage import unit


def adjust(*, template: str, figures: rules.Figures) -> None:
    """Set figures of a template; only those given change, and rounds already begun keep theirs."""
    before = queries.template(template)
    after = rules.adjusted(before, figures)
    rules.check_form(after)
    plain = {form.id: rules.figures(form) for form in queries.shipped()}[template]
    now, was = rules.figures(after), rules.figures(before)
    with unit("reviews.adjust", M("Change the template “{name}”", name=before.name)):
        for (part, key), value in now.items():
            if value != was[part, key]:
                _adjust(template, part, key, None if value == plain[part, key] else value)


def _adjust(template: str, part: str, key: str, value: Decimal | None) -> None:
    """Keep a figure set otherwise; none is the one that ships."""
    found = (Adjustment.template == template) & (Adjustment.part == part) & (Adjustment.key == key)
    there: Any = Adjustment.select().where(found).first()
    if value is None:
        Adjustment.delete().where(found).execute()
        return
    there = there or Adjustment(template=template, part=part, key=key)
    there.value = value
    there.save()


def restore_template(*, template: str) -> None:
    """Set a template back to how it ships."""
    name = queries.template(template).name
    with unit("reviews.restore_template", M("Restore the template “{name}”", name=name)):
        Adjustment.delete().where(Adjustment.template == template).execute()
