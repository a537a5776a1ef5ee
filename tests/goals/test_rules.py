"""The rules of goals, on the worked figures of the trade."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.goals import rules
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period

Q4 = Period.parse("2026Q4")
TODAY = date(2026, 11, 23)


def reached(actual, target, direction="up", **options):
    return rules.attainment(Decimal(actual), Decimal(target), direction, **options)


@pytest.mark.parametrize(
    ("actual", "target", "share"), [("45", "50", "0.9"), ("40", "50", "0.8"), ("75", "50", "1.5"), ("60", "50", "1.2")]
)
def test_higher_is_better_is_actual_over_target(actual, target, share):
    assert reached(actual, target) == Decimal(share)


def test_lower_is_better_has_two_forms_and_the_first_is_ours():
    assert reached("8", "10", "down") == Decimal("1.2")
    assert reached("8", "10", "down", lower=rules.RATIO) == Decimal("1.25")
    assert reached("12", "10", "down") == Decimal("0.8")


def test_a_figure_to_hit_exactly_loses_by_its_distance():
    assert reached("55", "50", "hold") == Decimal("0.9")
    assert reached("45", "50", "hold") == Decimal("0.9")


def test_a_milestone_is_reached_or_not():
    assert reached("1", "1", "milestone") == 1
    assert reached("0.9", "1", "milestone") == 0


def test_from_a_baseline_only_the_way_from_there_counts():
    assert reached("70", "85", start=Decimal(60)) == Decimal("0.4")
    assert reached("62", "50", "down", start=Decimal(62)) == 0
    assert reached("56", "50", "down", start=Decimal(62)) == Decimal("0.5")
    assert reached("88", "85", start=Decimal(60)) == Decimal("1.12")


def test_a_target_of_zero_is_reached_or_not():
    assert reached("0", "0") == 1
    assert reached("-1", "0") == 0
    assert reached("0", "0", "down") == 1
    assert reached("1", "0", "down") == 0


def test_a_loss_turned_into_a_gain_is_measured_from_the_loss():
    assert reached("3", "-2", start=Decimal("-10")) == Decimal("1.625")


def test_no_figure_is_not_a_zero():
    assert rules.attainment(None, Decimal(10)) is None


@pytest.mark.parametrize(("cap", "percent"), [(None, "112.34"), ("1.2", "110.97"), ("1", "98.53")])
def test_the_weighted_set_of_five_comes_to_what_its_source_prints(cap, percent):
    kpis = (("15", "18", 25, "up"), ("90", "92", 20, "up"), ("8", "6.5", 20, "down"), ("95", "88", 20, "up"),
            ("3", "2.4", 15, "down"))  # fmt: skip
    parts = [(reached(actual, target, way, lower=rules.RATIO), Decimal(weight)) for target, actual, weight, way in kpis]
    whole = rules.weighed(parts, cap=cap and Decimal(cap))
    assert round(whole * 100, 2) == Decimal(percent)


def test_goals_without_a_figure_do_not_drag_the_mean_down():
    assert rules.weighed([(rules.Share("0.8"), Decimal(50)), (None, Decimal(50))]) == Decimal("0.8")
    assert rules.weighed([(None, Decimal(100))]) is None


def test_weights_of_9999_are_refused_by_name():
    with pytest.raises(Refused) as no:
        rules.check_weights([Decimal(30), Decimal("69.99")])
    assert no.value.field == "weight"
    assert "99.99" in language("en").text(no.value.message)
    rules.check_weights([Decimal("33.33"), Decimal("33.33"), Decimal("33.34")])
    rules.check_weights([Decimal("33.333"), Decimal("33.333"), Decimal("33.333"), Decimal("0.001")])


@given(st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=8))
def test_weights_pass_exactly_when_they_make_a_hundred(weights):
    if sum(weights) == 100:
        rules.check_weights(weights)
        return
    with pytest.raises(Refused):
        rules.check_weights(weights)


GOOD = {"name": "签约额", "period": Q4, "target": Decimal(100), "weight": Decimal(30), "today": TODAY}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"period": Period.parse("2026Q3")}, "period"),
        ({"weight": Decimal(0)}, "weight"),
        ({"weight": Decimal("100.01")}, "weight"),
        ({"weight": Decimal(-5)}, "weight"),
        ({"target": Decimal(0)}, "start"),
        ({"target": Decimal(0), "direction": "down"}, "start"),
        ({"target": Decimal(-2)}, "start"),
        ({"target": Decimal(0), "direction": "hold"}, "target"),
        ({"target": Decimal(0), "direction": "milestone"}, "target"),
        ({"start": Decimal(100)}, "start"),
        ({"start": Decimal(120)}, "target"),
        ({"start": Decimal(80), "direction": "down"}, "target"),
        ({"due": date(2027, 1, 1)}, "due"),
    ],
)
def test_what_cannot_be_a_goal_is_refused_beside_its_field(wrong, field):
    rules.check(**GOOD)
    with pytest.raises(Refused) as no:
        rules.check(**GOOD | wrong)
    assert no.value.field == field
    assert language("zh_CN").text(no.value.message)


def test_a_period_that_is_over_says_so():
    with pytest.raises(Refused) as no:
        rules.check(**GOOD | {"period": Period.parse("2026Q3")})
    assert language("zh_CN").text(no.value.message) == "2026年第三季度已经结束。"
    assert language("en").text(no.value.message) == "2026 Q3 is already over."


def test_no_complaints_at_all_can_be_a_goal_where_it_starts_from_some():
    rules.check(**GOOD | {"target": Decimal(0), "start": Decimal(5), "direction": "down"})
    assert reached("2", "0", "down", start=Decimal(5)) == Decimal("0.6")


@pytest.mark.parametrize(
    ("share", "passed", "status"),
    [
        ("0.6", 0.5, "on_track"),
        ("0.5", 0.58, "on_track"),
        ("0.4", 0.52, "at_risk"),
        ("0.3", 0.54, "at_risk"),
        ("0.2", 0.5, "behind"),
        ("1", 0.5, "achieved"),
        (None, 0.5, "unknown"),
    ],
)
def test_a_goal_is_held_against_the_calendar(share, passed, status):
    assert rules.standing(share and rules.Share(share), passed, over=False) == status


def test_a_goal_is_missed_by_its_date_alone():
    assert rules.standing(rules.Share("0.99"), 1.0, over=True) == "missed"
    assert rules.standing(None, 1.0, over=True) == "missed"
    assert rules.standing(rules.Share("1.0"), 1.0, over=True) == "achieved"


def test_what_is_to_be_kept_low_is_not_won_before_the_end():
    assert rules.standing(rules.Share("1.8"), 0.5, over=False, direction="down") == "on_track"
    assert rules.standing(rules.Share("1.0"), 1.0, over=True, direction="down") == "achieved"


def marks(advice):
    return "".join(each.key for each in advice if each.holds)


def test_the_smart_marks_of_the_textbook_sentences():
    plain = {"today": TODAY}
    assert not set("SMT") & set(marks(rules.smart(name="I want to get fit", **plain)))
    gym = "I will go to the gym and work out 30 minutes three times a week for the next eight weeks to lose 5 kg"
    assert set("SMT") <= set(marks(rules.smart(name=gym, **plain)))
    assert set("SMT") <= set(marks(rules.smart(name="在一个季度内将销售额提高 20%", **plain)))
    share = marks(rules.smart(name="在某个特定市场中占据 15%的份额", **plain))
    assert "M" in share and "T" not in share


def test_a_vague_word_is_named_and_a_far_target_asks_for_a_reason():
    asked = {"metric": "signed_amount", "unit": "元", "target": Decimal(500), "period": Q4, "today": TODAY}
    specific, _, achievable, *_ = rules.smart(name="努力做好销售", last=Decimal(200), **asked)
    assert language("zh_CN").text(specific.reason).startswith("“努力”")
    assert not achievable.holds
    assert marks(rules.smart(name="签约额", last=Decimal(200), note="新增两条产品线", **asked)) == "SMART"
    assert marks(rules.smart(name="签约额", last=Decimal(400), **asked)) == "SMART"


def test_a_due_date_needs_a_week_and_lies_within_the_period():
    asked = {"name": "签约额", "period": Q4, "today": TODAY}
    assert "T" in marks(rules.smart(due=date(2026, 11, 30), **asked))
    assert "T" not in marks(rules.smart(due=date(2026, 11, 29), **asked))
    assert "T" not in marks(rules.smart(due=date(2027, 1, 30), **asked))


def test_a_sum_of_yuan_is_money_and_anything_else_a_number():
    assert rules.figure(Decimal("1700000"), "元") == Money.yuan(1_700_000)
    assert rules.figure(Decimal("96"), "%") == Decimal(96)
    assert rules.figure(None, "元") is None
