"""The owner's own weights, grades and coefficients: for rounds to come, not for those begun."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import history
from desktopapp.reviews import queries, rules, service
from desktopapp.storage import revert, undoable
from desktopapp.team import service as roster
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("file")
USUAL = "quarterly"


def weights() -> dict[str, Decimal]:
    return {each.id: each.weight for each in queries.template(USUAL).dimensions}


def moved(by: int) -> dict[tuple[str, str], Decimal]:
    """A part of the first dimension's weight given to the second."""
    (first, a), (second, b) = list(weights().items())[:2]
    return {("weight", first): a - by, ("weight", second): b + by}


def start() -> int:
    roster.add(name="张伟", joined=date(2025, 1, 1), today=TODAY)
    return service.start(period=Period.parse("2026Q3"), template=USUAL, today=TODAY)


def test_weights_are_the_owner_s_and_a_running_round_keeps_its_own():
    before = weights()
    cycle = start()
    service.adjust(template=USUAL, figures=moved(5))
    assert weights() != before
    assert {each.id: each.weight for each in queries.form(cycle).dimensions} == before
    later = service.start(period=Period.parse("2026Q2"), template=USUAL, today=TODAY)
    assert {each.id: each.weight for each in queries.form(later).dimensions} == weights()


def test_other_templates_stay_as_they_are():
    others = [form for form in queries.templates() if form.id != USUAL]
    service.adjust(template=USUAL, figures=moved(5))
    assert [form for form in queries.templates() if form.id != USUAL] == others


@pytest.mark.parametrize(
    ("figures", "field", "told"),
    [
        ({("least", "A"): Decimal(95)}, "least", "等级越高"),
        ({("least", "D"): Decimal(10)}, "least", "最低等级从 0 分起"),
        ({("least", "S"): Decimal(101)}, "least", "0 到 100"),
        ({("factor", "D"): Decimal(2)}, "factor", "系数"),
        ({("factor", "S"): Decimal(50)}, "factor", "系数在 0 到 5 之间"),
    ],
)
def test_what_makes_no_scale_is_refused(figures, field, told, zh):
    with pytest.raises(Refused) as no:
        service.adjust(template=USUAL, figures=figures)
    assert no.value.field == field
    assert told in zh.text(no.value.message)
    assert queries.templates() == queries.shipped()


def test_weights_that_are_not_100_are_refused_with_their_sum(zh):
    first = next(iter(weights()))
    with pytest.raises(Refused) as no:
        service.adjust(template=USUAL, figures={("weight", first): Decimal(0)})
    assert no.value.field == "weight"
    assert "100" in zh.text(no.value.message)


def test_a_figure_set_back_by_hand_is_as_it_shipped():
    service.adjust(template=USUAL, figures=moved(5))
    service.adjust(template=USUAL, figures=moved(-5))
    assert queries.templates() == queries.shipped()


def test_a_template_is_restored_in_one_go_and_undo_brings_the_changes_back():
    service.adjust(template=USUAL, figures={**moved(5), ("least", "S"): Decimal(92)})
    changed = queries.templates()
    service.restore_template(template=USUAL)
    assert queries.templates() == queries.shipped()
    revert(undoable().unit)
    assert queries.templates() == changed


def test_grades_and_coefficients_follow_what_was_set():
    service.adjust(template=USUAL, figures={("least", "S"): Decimal(95), ("factor", "S"): Decimal("1.8")})
    form = queries.template(USUAL)
    assert rules.grade(Decimal(94), form).grade == "A"
    assert rules.effect("S", form).factor == Decimal("1.8")


def test_the_history_names_the_figure_in_words(zh):
    service.adjust(template=USUAL, figures={("least", "S"): Decimal(92)})
    entry = history.firm_history()[0]
    assert zh.text(entry.words).startswith("修改模板“")
