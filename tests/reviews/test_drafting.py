"""A template drawn up piece by piece: sections by their names, dimensions in, out and moved."""

import pytest

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import Both
from desktopapp.reviews import queries, rules
from desktopapp.reviews.rules import drafting


@pytest.fixture
def form():
    return queries.shipped()[0]


def typed(form, dimension, name, *, chinese=True):
    """A name of a section as it is typed, letter by letter."""
    for end in range(1, len(name) + 1):
        form = drafting.in_section(form, dimension, name[:end], chinese=chinese)
    return form


def section(form, dimension):
    return drafting.section_of(form, next(each for each in form.dimensions if each.id == dimension))


def test_a_section_of_a_known_name_is_that_section(form):
    assert section(typed(form, "growth", "业绩"), "growth").id == "results"
    assert section(typed(form, "growth", "Results", chinese=False), "growth").id == "results"


def test_a_new_name_makes_one_section_and_leaves_none_half_typed(form):
    made = typed(form, "growth", "市场信息")
    assert [each.name.zh for each in made.sections][-1] == "市场信息"
    assert len(made.sections) == len(form.sections) + 1


def test_a_section_without_a_name_in_the_other_language_is_given_it(form):
    made = drafting.section_named(typed(form, "growth", "市场"), "growth", "Market", chinese=False)
    assert section(made, "growth").name == Both("市场", "Market")


def test_the_last_of_a_section_takes_it_along_and_no_name_is_no_section(form):
    assert "customers" not in [each.id for each in drafting.without(form, "customer_satisfaction").sections]
    assert section(drafting.in_section(form, "growth", "", chinese=True), "growth") is None


def test_a_dimension_moves_and_stops_at_the_ends(form):
    keys = [each.id for each in form.dimensions]
    assert [each.id for each in drafting.moved(form, keys[0], -1).dimensions] == keys
    assert [each.id for each in drafting.moved(form, keys[0], 1).dimensions][:2] == [keys[1], keys[0]]
    assert [each.id for each in drafting.moved(form, keys[-1], 5).dimensions] == keys


def test_new_dimensions_have_keys_of_their_own_and_five_empty_behaviours(form):
    more = drafting.added(drafting.added(form))
    assert [each.id for each in more.dimensions][-2:] == ["own1", "own2"]
    assert [at for at, _ in more.dimensions[-1].anchors] == [5, 4, 3, 2, 1]
    again = drafting.added(drafting.without(more, "own1"))
    assert len({each.id for each in again.dimensions}) == len(again.dimensions)


@pytest.mark.parametrize("scale", drafting.SCALES, ids=lambda each: each.key)
def test_every_usual_scale_is_a_scale_and_is_known_again(form, scale):
    on = drafting.on_scale(form, scale.key)
    rules.check_form(on)
    assert drafting.scale(on) == scale


def test_a_template_survives_being_completed(form):
    assert drafting.completed(form) == form
    half = replace(form, name=Both("", "Phone sales"))
    assert drafting.completed(half).name == Both("Phone sales", "Phone sales")
