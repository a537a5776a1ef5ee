"""A template while it is drawn up: dimensions put in, taken out and moved, sections by their names, usual scales."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, Both
from desktopapp.reviews.rules.form import FIFTHS, Dimension, Effect, Form, Level, Section, rescaled


@frozen
class Scale:
    """A usual scale."""

    key: str
    name: str
    lowest: Decimal
    highest: Decimal
    step: Decimal
    letters: tuple[str, ...] = ()


SCALES = (
    Scale("five", N_("1 to 5"), Decimal(1), Decimal(5), Decimal(1)),
    Scale("halves", N_("1 to 5 in halves"), Decimal(1), Decimal(5), Decimal("0.5")),
    Scale("letters", N_("D, C, B, A, S"), Decimal(1), Decimal(5), Decimal(1), ("D", "C", "B", "A", "S")),
    Scale("ten", N_("1 to 10"), Decimal(1), Decimal(10), Decimal(1)),
    Scale("hundred", N_("0 to 100"), Decimal(0), Decimal(100), Decimal(1)),
)


def scale(form: Form) -> Scale | None:
    """The usual scale a template is on; nothing where it is another."""
    return next((each for each in SCALES if _on(each) == (form.lowest, form.highest, form.step, form.letters)), None)


def on_scale(form: Form, key: str) -> Form:
    """A template on one of the usual scales, its behaviours at the same fifths."""
    return rescaled(form, *_on(next(each for each in SCALES if each.key == key)))


def _on(each: Scale) -> tuple[Decimal, Decimal, Decimal, tuple[str, ...]]:
    return each.lowest, each.highest, each.step, each.letters


def added(form: Form) -> Form:
    """With an empty dimension more, in the section of the last."""
    used = {each.id for each in form.dimensions}
    key = next(name for nth in range(1, len(used) + 2) if (name := f"own{nth}") not in used)
    anchors = tuple((form.highest * nth / FIFTHS, Both("", "")) for nth in range(FIFTHS, 0, -1))
    section = form.dimensions[-1].section if form.dimensions else ""
    empty = Dimension(key, Both("", ""), Both("", ""), Decimal(0), anchors, (), veto=False, section=section)
    return replace(form, dimensions=(*form.dimensions, empty))


def without(form: Form, dimension: str) -> Form:
    """Without one of its dimensions, and without a section nothing stands in any longer."""
    return _tidy(replace(form, dimensions=tuple(each for each in form.dimensions if each.id != dimension)))


def moved(form: Form, dimension: str, by: int) -> Form:
    """With a dimension so many places further down, or up; at the end it stays."""
    order = list(form.dimensions)
    at = next(nth for nth, each in enumerate(order) if each.id == dimension)
    order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
    return replace(form, dimensions=tuple(order))


def changed(form: Form, dimension: str, change: Callable[[Dimension], Dimension]) -> Form:
    """With one of its dimensions changed."""
    return replace(form, dimensions=tuple(change(each) if each.id == dimension else each for each in form.dimensions))


def in_section(form: Form, dimension: str, name: str, *, chinese: bool) -> Form:
    """With a dimension under the section of this name, a new one where there is none; no name is none."""
    there = next((each for each in form.sections if name and _said(each, chinese=chinese) == name), None)
    if there is None and name:
        used = {each.id for each in form.sections}
        key = next(own for nth in range(1, len(used) + 2) if (own := f"own{nth}") not in used)
        there = Section(key, Both(name, "") if chinese else Both("", name))
        form = replace(form, sections=(*form.sections, there))
    return _tidy(changed(form, dimension, lambda each: replace(each, section=there.id if there else "")))


def section_named(form: Form, dimension: str, name: str, *, chinese: bool) -> Form:
    """With the section of a dimension called so in that language."""
    mine = next(each for each in form.dimensions if each.id == dimension).section

    def named(each: Section) -> Section:
        return replace(each, name=Both(name, each.name.en) if chinese else Both(each.name.zh, name))

    return replace(form, sections=tuple(named(each) if each.id == mine else each for each in form.sections))


def _said(section: Section, *, chinese: bool) -> str:
    return section.name.zh if chinese else section.name.en


def section_of(form: Form, dimension: Dimension) -> Section | None:
    """The section a dimension stands under."""
    return next((each for each in form.sections if each.id == dimension.section), None)


def _tidy(form: Form) -> Form:
    used = {each.section for each in form.dimensions}
    return replace(form, sections=tuple(each for each in form.sections if each.id in used))


FEWEST_GRADES = 2
"""Fewer grades than these tell nobody from anybody."""


def grade_added(form: Form) -> Form:
    """With an empty grade more, above the lowest and half way to the one before it."""
    *better, before, lowest = form.levels
    level = Level(Decimal(0), "", Both("", ""), Both("", ""), (before.least / 2).to_integral_value())
    effects = (*form.effects[:-1], Effect("", form.effects[-1].factor, Both("", "")), form.effects[-1])
    return replace(form, levels=(*better, before, level, lowest), effects=effects)


def grade_removed(form: Form, nth: int) -> Form:
    """Without the grade at this place, as long as some are left; the lowest always begins at 0."""
    if len(form.levels) <= FEWEST_GRADES:
        return form
    levels = [level for at, level in enumerate(form.levels) if at != nth]
    levels[-1] = replace(levels[-1], least=Decimal(0))
    effects = tuple(effect for at, effect in enumerate(form.effects) if at != nth)
    return replace(form, levels=tuple(levels), effects=effects)


def completed(form: Form) -> Form:
    """With what was written in English alone standing for the Chinese too, so that a form in Chinese has no gaps."""
    dimensions = tuple(
        replace(
            each, name=_whole(each.name), definition=_whole(each.definition), hints=tuple(map(_whole, each.hints)),
            anchors=tuple((at, _whole(text)) for at, text in each.anchors),
        )
        for each in form.dimensions
    )  # fmt: skip
    sections = tuple(replace(each, name=_whole(each.name)) for each in form.sections)
    levels = tuple(replace(each, name=_whole(each.name)) for each in form.levels)
    effects = tuple(replace(each, action=_whole(each.action)) for each in form.effects)
    return replace(form, name=_whole(form.name), dimensions=dimensions, sections=sections, levels=levels,
                   effects=effects)  # fmt: skip


def _whole(text: Both) -> Both:
    return Both(text.zh.strip() or text.en.strip(), text.en.strip())
