"""Changing what reviews are made of."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import Both, M
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import PositionTemplate, Template
from desktopapp.reviews.rules import Form
from desktopapp.storage import unit


def adjust(*, template: str, figures: rules.Figures) -> None:
    """Set figures of a template; only those given change, and rounds already begun keep theirs."""
    edit_template(form=rules.adjusted(queries.template(template), figures))


def edit_template(*, form: Form, positions: Collection[str] | None = None) -> None:
    """Put a template in place of the one of its name; rounds already begun keep what they began with.

    `positions` are those reviewed by it, where that is to be said too.
    """
    before = queries.template(form.id)
    rules.check_form(form)
    now = _positions(form) if form.kind == before.kind else set()
    wanted = now if positions is None else set(positions)
    if form == before and wanted == now:
        return
    _check_name(form.name, tuple(each for each in queries.templates() if each.id != form.id))
    with unit("reviews.edit_template", M("Change the template “{name}”", name=before.name)):
        if form != before:
            _keep(form)
        if form.kind != before.kind:  # a template of another kind is no position's choice for this one
            PositionTemplate.delete().where(PositionTemplate.template == form.id).execute()
        for position in sorted(now - wanted):
            clear_position(position=position, kind=form.kind)
        for position in sorted(wanted - now):
            set_position(position=position, template=form.id)


def _positions(form: Form) -> set[str]:
    return {position for position, key in queries.by_position(form.kind).items() if key == form.id}


def add_template(*, form: Form, name: Both) -> str:
    """Make a template of the owner's own from another one; gives its key."""
    _check_name(name, queries.templates())
    own = replace(form, id=f"own-{secrets.token_hex(4)}", name=name)
    rules.check_form(own)
    with unit("reviews.add_template", M("Make the template “{name}”", name=name)):
        _keep(own)
    return own.id


def _check_name(name: Both, others: tuple[Form, ...]) -> None:
    if not name.zh.strip():
        raise Refused(M("Give the template a name."), "name")
    if any(name.zh.strip() == each.name.zh for each in others):
        raise Refused(M("There is a template “{name}” already.", name=name), "name")


def restore_template(*, template: str) -> None:
    """Set a template back to how it ships."""
    name = queries.template(template).name
    if not queries.is_shipped(template):
        raise Refused(M("“{name}” is your own; it has nothing to go back to.", name=name))
    with unit("reviews.restore_template", M("Restore the template “{name}”", name=name)):
        Template.delete().where(Template.key == template).execute()


def remove_template(*, template: str) -> None:
    """Take a template of the owner's own away; rounds begun with it keep it."""
    name = queries.template(template).name
    if queries.is_shipped(template):
        raise Refused(M("“{name}” came with the program and stays.", name=name))
    with unit("reviews.remove_template", M("Remove the template “{name}”", name=name)):
        PositionTemplate.delete().where(PositionTemplate.template == template).execute()
        Template.delete().where(Template.key == template).execute()


def set_position(*, position: str, template: str) -> None:
    """Say by which template people of a position are reviewed, in rounds of its kind."""
    form = queries.template(template)
    words = M("Review the position “{position}” by “{name}”", position=position, name=form.name)
    with unit("reviews.set_position", words):
        there: Any = _of(position, form.kind).first() or PositionTemplate(position=position, kind=form.kind)
        there.template = template
        there.save()


def clear_position(*, position: str, kind: str) -> None:
    """Let people of a position be reviewed by whatever template a round of that kind is started with."""
    with unit("reviews.clear_position", M("Let “{position}” have no template of its own", position=position)):
        for there in _of(position, kind):
            there.delete_instance()


def _of(position: str, kind: str) -> Any:
    return PositionTemplate.select().where(PositionTemplate.position == position, PositionTemplate.kind == kind)


def _keep(form: Form) -> None:
    """Keep a template as text; one that is as it ships needs no keeping."""
    if form in queries.shipped():
        Template.delete().where(Template.key == form.id).execute()
        return
    there: Any = Template.select().where(Template.key == form.id).first() or Template(key=form.id)
    there.name_zh, there.name_en = form.name.zh, form.name.en
    there.form = json.dumps(rules.to_plain(form), ensure_ascii=False)
    there.save()
