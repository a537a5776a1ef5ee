"""From scores to a grade, on the worked figures of the trade."""

import dataclasses
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules

Q3 = Period.parse("2026Q3")


QUARTERLY = next(each for each in queries.shipped() if each.id == "quarterly")


@pytest.fixture
def form():
    return QUARTERLY


def numbers(*texts):
    return {n: None if text is None else Decimal(text) for n, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("scores", "weights", "result"),
    [
        (("5", "3"), ("30", "70"), "3.6"),
        (("4.0", "3.5"), ("70", "30"), "3.85"),
        (("3.85", "3.30"), ("1", "1"), "3.575"),
        (("3.6", "3.85", "3.85"), ("1", "1", "1"), "3.767"),
        (("3.6", "3.85", "3.85"), ("60", "30", "10"), "3.70"),
        (("90", "80", "85"), ("10", "30", "60"), "84"),
        (("90", None, "85"), ("10", "30", "60"), "85.71"),
        (("5", "5", None), ("1", "1", "1"), "5.00"),
    ],
)
def test_several_raters_are_merged_by_weight_and_who_is_missing_is_left_out(scores, weights, result):
    merged = rules.merged(numbers(*scores), numbers(*weights))
    assert merged.quantize(Decimal(result)) == Decimal(result)


def test_a_template_may_count_the_missing_as_zero_or_wait_for_them():
    scores, weights = numbers("5", "5", None), numbers("1", "1", "1")
    assert rules.merged(scores, weights, rules.ZERO).quantize(Decimal("0.01")) == Decimal("3.33")
    with pytest.raises(Refused):
        rules.merged(scores, weights, rules.BLOCK)
    with pytest.raises(Refused):
        rules.merged(numbers(None), numbers("1"))


def test_weights_of_9999_are_no_template(form):
    weights = [Decimal(30), Decimal("69.99")]
    two = tuple(dataclasses.replace(each, weight=w) for each, w in zip(form.dimensions[:2], weights, strict=True))
    with pytest.raises(Refused) as no:
        rules.check_form(dataclasses.replace(form, dimensions=two))
    assert "99.99" in language("zh_CN").text(no.value.message)


def test_every_template_of_the_content_is_whole():
    for form in queries.shipped():
        rules.check_form(form)
        assert form.dimensions and len(form.levels) == len(form.effects) == 5
        for each in form.dimensions:
            assert [score for score, _ in each.anchors] == [5, 4, 3, 2, 1], each.id
            assert all(text.zh and text.en for _, text in each.anchors)


def test_a_better_grade_never_pays_less(form):
    assert [effect.factor for effect in form.effects] == [Decimal(f) for f in ("1.3", "1.15", "1", "0.8", "0.5")]
    upside_down = dataclasses.replace(form, effects=form.effects[::-1])
    with pytest.raises(Refused):
        rules.check_form(upside_down)


@pytest.mark.parametrize("score", ["4.5", "10.9", "5.9", "0.9", "0", "6", "-1"])
def test_a_score_off_the_scale_is_refused_by_its_decimals_too(score, form):
    with pytest.raises(Refused) as no:
        rules.check_score(Decimal(score), form)
    assert no.value.field == "score"


def test_scales_of_ten_of_a_hundred_and_of_halves_work_as_well(form):
    ten = dataclasses.replace(form, lowest=Decimal(0), highest=Decimal(10), step=Decimal("0.5"))
    rules.check_score(Decimal("9.5"), ten)
    rules.check_score(Decimal("10.0"), ten)
    for score in ("10.9", "9.7"):
        with pytest.raises(Refused):
            rules.check_score(Decimal(score), ten)
    assert rules.points(Decimal("9.5"), Decimal(30), Decimal(10)) == Decimal("28.50")
    assert rules.points(Decimal(84), Decimal("12.5"), Decimal(100)) == Decimal("10.50")


def scores(form, **given):
    return {each.id: Decimal(given.get(each.id, given.get("rest", "4"))) for each in form.dimensions}


def judged(form, given):
    total = rules.total(rules.points(given[each.id], each.weight, form.highest) for each in form.dimensions)
    return total, rules.grade(total, form, vetoed=rules.vetoed(given, form)).grade


@pytest.mark.parametrize(
    ("rest", "total", "grade"), [("5", 100, "S"), ("4", 80, "A"), ("3", 60, "C"), ("2", 40, "D"), ("1", 20, "D")]
)
def test_points_make_a_total_of_a_hundred_and_the_total_makes_the_grade(form, rest, total, grade):
    assert judged(form, scores(form, rest=rest)) == (total, grade)


def test_the_grade_turns_exactly_at_its_floor(form):
    assert rules.grade(Decimal("89.99"), form).grade == "A"
    assert rules.grade(Decimal("90.00"), form).grade == "S"
    assert rules.grade(Decimal("69.99"), form).grade == "C"


def test_failing_a_veto_item_leaves_the_lowest_grade(form):
    assert judged(form, scores(form, rest="5", integrity="1")) == (96, "D")
    assert judged(form, scores(form, rest="5", integrity="2"))[1] == "S"


@given(st.lists(st.integers(1, 5), min_size=9, max_size=9), st.integers(0, 8))
def test_a_higher_score_never_earns_a_lower_total_or_grade(given, raised):
    form = QUARTERLY
    before = {each.id: Decimal(score) for each, score in zip(form.dimensions, given, strict=True)}
    key = form.dimensions[raised].id
    after = before | {key: min(before[key] + 1, Decimal(5))}
    (total, grade), (higher, better) = judged(form, before), judged(form, after)
    assert higher >= total
    assert better in "SABCD"[: "SABCD".index(grade) + 1]


def test_the_points_as_printed_add_up_to_the_total(form):
    thirds = [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    earned = [rules.points(Decimal(score), weight, Decimal(5)) for score, weight in zip((4, 3, 2), thirds, strict=True)]
    assert earned == [Decimal("26.66"), Decimal("20.00"), Decimal("13.34")]
    assert rules.total(earned) == Decimal("60.00")


def test_what_follows_is_suggested_by_grade(form):
    assert rules.suggested("S", form) == ("reward", "promotion")
    assert rules.suggested("B", form) == ("keep",)
    assert rules.suggested("D", form) == ("training", "plan")
    assert rules.suggested("", form) == ()


def test_a_review_moves_on_by_what_is_entered():
    one, none = Decimal(3), None
    assert rules.state([none, none], [none, none], with_self=True) == "self"
    assert rules.state([one, none], [none, none], with_self=True) == "self"
    assert rules.state([one, one], [none, none], with_self=True) == "manager"
    assert rules.state([none, none], [one, none], with_self=True) == "manager"
    assert rules.state([none, none], [none, none], with_self=False) == "manager"
    assert rules.state([none, none], [one, one], with_self=True) == "confirm"


def test_a_round_is_due_ten_days_after_its_period_or_its_start():
    assert rules.due(Q3, date(2026, 9, 1)) == date(2026, 10, 10)
    assert rules.due(Q3, date(2026, 11, 23)) == date(2026, 12, 3)


def test_days_in_post_are_counted_to_the_end_of_the_period():
    assert rules.days_in_post(date(2026, 9, 30), Q3) == 1
    assert rules.days_in_post(date(2026, 10, 1), Q3) == 0
    assert rules.days_in_post(None, Q3) is None


def test_a_template_survives_being_kept():
    for form in queries.shipped():
        assert rules.from_plain(json.loads(json.dumps(rules.to_plain(form)))) == form
