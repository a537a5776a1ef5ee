"""What all who rate make of a score, and goals of a total, on the worked figures of the trade."""

import dataclasses
from decimal import Decimal

import pytest

from desktopapp.goals import rules as goals
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.share import Share
from desktopapp.reviews import queries, rules
from desktopapp.reviews.rules import BLOCK, CUSTOMER, OWN, PEER, RENORMALISE, REPORT, SUPERIOR, ZERO, Given


@pytest.fixture(autouse=True)
def _file(file):
    """Templates are read from a file."""


def template(policy=RENORMALISE, **raters):
    """One dimension of full weight on a scale of a hundred, rated by whom these weights name."""
    form = queries.template("annual")
    [one] = [each for each in form.dimensions if each.id == "attitude"]
    raised = rules.rescaled(replace(form, dimensions=(replace(one, weight=Decimal(100)),)),
                            Decimal(0), Decimal(100), Decimal(1))  # fmt: skip
    return replace(raised, raters=tuple((kind, Decimal(part)) for kind, part in raters.items()), policy=policy)


def judged(form, superior="85", own=None, goals=(), calibrated=None, **others):
    """What such a template makes of these scores; a kind of rater that is named at all was asked by enough."""
    known = {kind: {"attitude": Decimal(mean)} for kind, mean in others.items() if mean is not None}
    given = Given(
        {"attitude": Decimal(superior) if superior else None}, {"attitude": Decimal(own) if own else None}, known,
        frozenset(others), goals, calibrated,
    )  # fmt: skip
    return rules.judge(form, given)


def test_self_invited_and_superior_are_weighed():
    form = template(self=10, peer=30, superior=60)
    assert judged(form, own="90", peer="80").total == 84
    assert judged(form, own="90", peer="80").level.grade == "A"


def test_nobody_invited_leaves_their_part_to_the_others():
    form = template(self=10, peer=30, superior=60)
    assert judged(form, own="90").total == Decimal("85.71")
    assert judged(template(self=10, superior=90), own="90").total == Decimal("85.5")


def test_who_is_absent_is_left_out_or_counts_as_zero_or_is_waited_for():
    """The defect of the trade: an absent self-assessment was counted as zero without a word."""
    asked = {"self": 40, "superior": 60}
    assert judged(template(RENORMALISE, **asked), "100").total == 100
    assert judged(template(ZERO, **asked), "100").total == 60
    waiting = judged(template(BLOCK, **asked), "100")
    assert (waiting.level, waiting.missing) == (None, {OWN})
    assert judged(template(BLOCK, **asked), "100", own="50").total == 80


@pytest.mark.parametrize("policy", [RENORMALISE, ZERO, BLOCK])
def test_a_kind_of_whom_too_few_were_asked_is_left_out_whatever_the_policy(policy):
    form = template(policy, peer=40, superior=60)
    result = judged(form, "90")
    assert (result.total, result.missing) == (90, frozenset())


@pytest.mark.parametrize(("policy", "total"), [(RENORMALISE, 90), (ZERO, 54)])
def test_enough_were_asked_but_too_few_answered(policy, total):
    form = template(policy, peer=40, superior=60)
    assert judged(form, "90", peer=None).total == total
    assert judged(template(BLOCK, peer=40, superior=60), "90", peer=None).missing == {PEER}


def test_before_the_superior_has_scored_there_is_no_total():
    result = judged(template(self=40, superior=60), None, own="90")
    assert (result.total, result.scores["attitude"], result.level) == (None, None, None)


def test_a_kind_is_asked_only_what_it_can_know():
    form = queries.template("annual")
    about = {kind: {each.id for each in rules.asked(form, kind)} for kind, _ in rules.RELATIONS}
    assert about[SUPERIOR] == about[OWN] == {each.id for each in form.dimensions}
    assert "collection" not in about[CUSTOMER] | about[PEER] | about[REPORT]
    assert "customer_satisfaction" in about[CUSTOMER]


@pytest.mark.parametrize("kind", [PEER, REPORT, CUSTOMER])
def test_two_of_a_kind_have_no_mean_and_three_have(kind):
    two = [Decimal(4), Decimal(5)]
    assert rules.mean(kind, two) is None
    assert rules.mean(kind, [*two, Decimal(4)]) == Decimal("4.33")
    assert rules.mean(SUPERIOR, two[:1]) == 4


def test_everybody_rates_and_is_rated_as_often():
    people = [3, 1, 4, 15, 9]
    rated = {each: rules.colleagues(people, each, 3) for each in people}
    assert all(len(set(others)) == 3 and each not in others for each, others in rated.items())
    assert sorted(other for others in rated.values() for other in others) == sorted(people * 3)
    assert rules.colleagues([1, 2, 3], 2, 3) == (3, 1)


@pytest.mark.parametrize(
    ("goal_weight", "cap", "reached", "points"),
    [
        (60, None, ("1.20", "0.80"), (Decimal("36.00"), Decimal("24.00"))),
        (60, "1", ("1.20", "0.80"), (Decimal("30.00"), Decimal("24.00"))),
        (60, "1.1", ("1.20", "0.80"), (Decimal("33.00"), Decimal("24.00"))),
        (60, "1", ("-0.50", "0.80"), (Decimal("0.00"), Decimal("24.00"))),
        (20, "1.25", ("1.25", "0.50"), (Decimal("12.50"), Decimal("5.00"))),
    ],
)
def test_goals_earn_points_by_what_was_attained_up_to_a_cap(goal_weight, cap, reached, points):
    form = template(superior=100)
    [one] = form.dimensions
    form = replace(form, dimensions=(replace(one, weight=100 - Decimal(goal_weight)),),
                   goal_weight=Decimal(goal_weight), goal_cap=cap and Decimal(cap))  # fmt: skip
    result = judged(form, "100", goals=tuple((Share(each), Decimal(50)) for each in reached))
    assert result.goal_points == points
    assert result.total == 100 - goal_weight + sum(points)


STEPS = (  # start is nothing: from, to, weight, whether lower is better
    ("18", "15", 25, False), ("92", "90", 20, False), ("6.5", "8", 20, True), ("88", "95", 20, False),
    ("2.4", "3", 15, True),
)  # fmt: skip


@pytest.mark.parametrize(("cap", "total"), [(None, "112.34"), ("1.2", "110.97"), ("1", "98.53")])
def test_the_worked_set_of_rising_and_falling_metrics(cap, total):
    """Actual, target, weight and direction; of the falling ones, target ÷ actual."""
    reached = tuple(
        (goals.attainment(Decimal(actual), Decimal(target), goals.DOWN if falls else goals.UP, lower=goals.RATIO),
         Decimal(weight))
        for actual, target, weight, falls in STEPS
    )  # fmt: skip
    form = replace(template(superior=100), goal_weight=Decimal(100), goal_cap=cap and Decimal(cap))
    form = replace(form, dimensions=(replace(form.dimensions[0], weight=Decimal(0)),))
    assert abs(judged(form, "0", goals=reached).total - Decimal(total)) <= Decimal("0.02")


def test_goals_without_a_figure_leave_their_part_or_cost_it_or_are_waited_for():
    def total(policy, reached):
        form = replace(template(policy, superior=100), goal_weight=Decimal(60))
        form = replace(form, dimensions=(replace(form.dimensions[0], weight=Decimal(40)),))
        return judged(form, "80", goals=tuple((each and Share(each), Decimal(50)) for each in reached))

    assert total(RENORMALISE, ()).total == 80
    assert total(RENORMALISE, (None, None)).total == 80
    assert total(RENORMALISE, ("0.5", None)).total == 62
    assert total(ZERO, ("0.5", None)).total == 47
    assert total(ZERO, ()).total == 32
    assert total(BLOCK, ("0.5", None)).missing == {rules.GOALS}
    assert total(BLOCK, ("0.5", "1")).total == 77


def test_a_veto_goes_by_the_superior_and_not_by_a_kind_self_assessment():
    form = queries.template("quarterly")
    superior = {each.id: Decimal(5) for each in form.dimensions} | {"integrity": Decimal(1)}
    own = {each.id: Decimal(5) for each in form.dimensions}
    result = rules.judge(form, Given(superior, own))
    assert result.scores["integrity"] == Decimal("1.80")
    assert (result.total, result.level.grade) == (Decimal("96.80"), "D")


@pytest.mark.parametrize(("failed", "grade"), [("20", "D"), ("21", "S")])
def test_on_a_scale_of_a_hundred_a_veto_is_what_the_worst_behaviour_describes(failed, grade):
    form = rules.rescaled(queries.template("quarterly"), Decimal(0), Decimal(100), Decimal(1))
    superior = {each.id: Decimal(100) for each in form.dimensions} | {"integrity": Decimal(failed)}
    assert rules.judge(form, Given(superior)).level.grade == grade


def test_a_calibrated_total_makes_the_grade_and_what_was_computed_stays():
    result = judged(template(superior=100), "79", calibrated=Decimal(82))
    assert (result.computed, result.total, result.level.grade) == (79, 82, "A")


@pytest.mark.parametrize(
    ("scale", "score", "points", "off"),
    [
        ((0, 10, 1), "8", "24.00", "10.9"), ((0, 100, 1), "85", "25.50", "100.5"), ((1, 5, 1), "4", "24.00", "4.5"),
        ((0, 10, "0.5"), "9.5", "28.50", "9.7"),
    ],
)  # fmt: skip
def test_templates_of_five_ten_and_a_hundred_points_give_the_same_part(scale, score, points, off):
    """The defects of the trade: a scale fixed at five, and a whole part checked instead of the decimal."""
    form = rules.rescaled(queries.template("quarterly"), *map(Decimal, scale))
    rules.check_form(form)
    rules.check_score(Decimal(score), form)
    assert rules.points(Decimal(score), Decimal(30), form.highest) == Decimal(points)
    with pytest.raises(Refused):
        rules.check_score(Decimal(off), form)


def test_letters_stand_for_scores():
    form = rules.rescaled(queries.template("quarterly"), Decimal(1), Decimal(5), Decimal(1), tuple("DCBAS"))
    rules.check_form(form)
    assert [form.written(score) for score in rules.choices(form)] == list("DCBAS")
    assert queries.template("quarterly").written(Decimal(4)) == "4"
    with pytest.raises(Refused) as no:
        rules.check_form(replace(form, letters=tuple("DCBA")))
    assert no.value.field == "scale"


def test_on_another_scale_the_behaviours_stand_at_the_same_fifths():
    form = queries.template("quarterly")
    ten = rules.rescaled(form, Decimal(0), Decimal(10), Decimal(1))
    [before, after] = [each.dimensions[0].anchors for each in (form, ten)]
    assert [score for score, _ in after] == [10, 8, 6, 4, 2]
    assert [text for _, text in after] == [text for _, text in before]
    assert rules.rescaled(ten, Decimal(1), Decimal(5), Decimal(1)) == form


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"raters": ((OWN, Decimal(100)),)}, "raters"),
        ({"raters": ((OWN, Decimal(20)), (SUPERIOR, Decimal("79.99")))}, "raters"),
        ({"raters": ((OWN, Decimal(20)), (SUPERIOR, Decimal(80))), "with_self": False}, "raters"),
        ({"raters": ((PEER, Decimal(-20)), (SUPERIOR, Decimal(120)))}, "raters"),
        ({"goal_weight": Decimal("0.01")}, "weight"),
        ({"dimensions": ()}, "weight"),
        ({"lowest": Decimal(5)}, "scale"),
        ({"step": Decimal("0.3")}, "scale"),
        ({"step": Decimal(0)}, "scale"),
        ({"lowest": Decimal(0), "highest": Decimal(1000), "step": Decimal("0.5")}, "scale"),
        ({"goal_cap": Decimal(0)}, "goals"),
        ({"goal_cap": Decimal(-1)}, "goals"),
        ({"goal_cap": Decimal("5.01")}, "goals"),
    ],
)
def test_what_is_no_template_is_refused_beside_its_field(change, field):
    form = queries.template("quarterly")
    rules.check_form(form)
    with pytest.raises(Refused) as no:
        rules.check_form(dataclasses.replace(form, **change))
    assert no.value.field == field


def test_five_behaviours_are_asked_for_each_dimension(zh):
    form = queries.template("quarterly")
    first, *rest = form.dimensions
    for anchors in (first.anchors[:4], (*first.anchors[:4], (Decimal(1), type(first.name)(" ", " ")))):
        with pytest.raises(Refused) as no:
            rules.check_form(replace(form, dimensions=(replace(first, anchors=anchors), *rest)))
        assert no.value.field == first.id
        assert zh.text(no.value.message) == "请为“销售业绩”写出五档行为描述。"
