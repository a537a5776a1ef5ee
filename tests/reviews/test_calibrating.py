"""Side by side: spreads, z-scores, the nine-box and the law, on the worked figures of the trade."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.money import Money
from desktopapp.reviews import queries, rules
from desktopapp.reviews.rules import Spread


@pytest.mark.parametrize(
    ("people", "shares", "counts"),
    [
        (10, (20, 70, 10), (2, 7, 1)), (7, (20, 70, 10), (1, 5, 1)), (4, (20, 70, 10), (1, 3, 0)),
        (100, (5, 10, 70, 10, 5), (5, 10, 70, 10, 5)), (0, (20, 70, 10), (0, 0, 0)), (1, (20, 70, 10), (0, 1, 0)),
    ],
)  # fmt: skip
def test_shares_become_whole_people_by_the_largest_remainders(people, shares, counts):
    assert rules.apportioned(people, [Decimal(each) for each in shares]) == counts


@given(st.integers(0, 500), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_whole_people_add_up_and_none_is_a_whole_one_off(people, shares):
    counts = rules.apportioned(people, [Decimal(each) for each in shares])
    assert sum(counts) == people
    exact = [Decimal(people) * share / sum(shares) for share in shares]
    assert all(abs(count - each) < 1 for count, each in zip(counts, exact, strict=True))


def test_a_strict_superior_is_made_up_for():
    rater, everybody = Spread(Decimal("4.2"), Decimal("0.7")), Spread(Decimal("3.8"), Decimal("0.6"))
    bounds = {"lowest": Decimal(1), "highest": Decimal(5)}
    assert rules.normalised(Decimal("3.5"), rater, everybody, **bounds) == Decimal("3.20")
    assert rules.normalised(Decimal("0.1"), rater, everybody, **bounds) == 1
    assert rules.normalised(Decimal("3.5"), Spread(Decimal(3), Decimal(0)), everybody, **bounds) is None


def test_a_spread_is_the_mean_and_the_standard_deviation():
    assert rules.spread([Decimal(2), Decimal(4), Decimal(4), Decimal(4), Decimal(5), Decimal(5), Decimal(7), Decimal(9)]
                        ) == Spread(Decimal(5), Decimal(2))  # fmt: skip


@pytest.mark.parametrize(
    ("performance", "potential", "nth"),
    [
        ("4.2", "2.0", 4), ("2.4", "4.5", 5), ("3.95", "3.95", 6), ("4", "4", 1), ("2.5", "2.5", 6), ("2.49", "2.5", 8),
        ("1", "1", 9), ("5", "5", 1), ("3", "4", 2), ("4", "3", 3), ("3", "2.4", 7),
    ],
)  # fmt: skip
def test_every_figure_is_in_exactly_one_cell(performance, potential, nth):
    assert rules.box(Decimal(performance), Decimal(potential)).nth == nth


def test_the_nine_cells_are_nine():
    assert sorted(each.nth for each in rules.BOXES) == list(range(1, 10))
    assert {(each.performance, each.potential) for each in rules.BOXES} == {(a, b) for a in range(3) for b in range(3)}


@pytest.mark.parametrize(("total", "at"), [("79", "3.95"), ("100", "5"), ("112", "5"), ("0", "1"), ("50", "2.5")])
def test_a_total_of_a_hundred_stands_on_the_axis(total, at):
    assert rules.performance(Decimal(total)) == Decimal(at)


@pytest.mark.parametrize(
    ("people", "raters", "told"),
    [
        (12, 2, ()), (12, 1, ("z 分",)), (7, 1, ("等级分布仅供参考：一个人的等级就占 14%", "z 分")),
        (3, 1, ("仅供参考", "z 分", "凑不齐 3 位同类评分人")),
    ],
)  # fmt: skip
def test_a_small_team_is_told_what_statistics_cannot_say(people, raters, told, zh):
    said = [zh.text(each) for each in rules.cautions(people, raters)]
    assert len(said) == len(told)
    assert all(part in words for part, words in zip(told, said, strict=True))


def test_templates_expect_a_spread_that_adds_up(file):
    for form in queries.templates():
        assert sum(level.share for level in form.levels) == 100
        assert rules.expected(12, form) == (1, 2, 6, 2, 1)


def yuan(*sums):
    return {name: Money.yuan(sum_) for name, sum_ in zip(("loss", "wage", "minimum"), sums, strict=True)}


@pytest.mark.parametrize(
    ("sums", "now", "rest", "months"),
    [
        ((3000, 5000, 2000), 1000, 2000, 3), ((460, 2300, 2200), 100, 360, 5), ((800, 5000, 2000), 800, 0, 1),
        ((500, 2200, 2200), 0, 500, 0), ((500, 2000, 2200), 0, 500, 0),
    ],
)  # fmt: skip
def test_a_loss_is_made_good_within_a_fifth_of_the_wage_and_above_the_minimum(sums, now, rest, months):
    found = rules.deduction(**yuan(*sums))
    assert (found.now, found.rest, found.months) == (Money.yuan(now), Money.yuan(rest), months)


def test_the_caps_are_explained_with_their_figures_and_the_caveat(zh):
    said = [zh.text(each) for each in rules.explained(rules.deduction(**yuan(3000, 5000, 2000)))]
    assert said == [
        "每月扣除不超过当月工资的 20%：¥5,000.00 ÷ 5 = ¥1,000.00。",
        "扣后不得低于当地最低工资：¥5,000.00 − ¥2,000.00 = ¥3,000.00。",
        "因此损失 ¥3,000.00 中本月可扣 ¥1,000.00，余 ¥2,000.00。",
        "按此工资需分 3 个月。",
        "以最新法规和律师意见为准。",
    ]


@pytest.mark.parametrize(("field", "sums"), [("loss", (0, 5000, 2000)), ("wage", (1, 0, 1)), ("minimum", (1, 1, 0))])
def test_a_sum_that_is_none_is_refused_beside_its_field(field, sums):
    with pytest.raises(Refused) as no:
        rules.deduction(**yuan(*sums))
    assert no.value.field == field


@pytest.mark.parametrize(
    "text",
    ["迟到罚款50元", "罚 款", "罚金 200", "每次罚100", "扣罚绩效", "扣工资 300 元", "扣除工资", "扣发薪资",
     "扣 200 元", "罚五十元", "a fine of 100", "fined 50 yuan", "deducted from his wage", "fine him 100",
     "dock her pay"],
)  # fmt: skip
def test_a_fine_is_refused_with_what_is_lawful_instead(text, zh):
    with pytest.raises(Refused) as no:
        rules.check_no_fine(text, "text")
    assert no.value.field == "text"
    said = zh.text(no.value.message)
    assert "无权罚款" in said
    assert all(way in said for way in ("书面提醒", "绩效系数", "改进计划", "赔偿", "以最新法规和律师意见为准"))


@pytest.mark.parametrize(
    "text",
    ["绩效系数按 0.8 执行", "书面提醒，两周内改正", "that is fine", "a finer plan", "补训一次", "扣除费用后的毛利"],
)
def test_what_is_no_fine_is_no_fine(text):
    rules.check_no_fine(text, "text")


@pytest.mark.parametrize(
    "text",
    ["迟到三次，从工资中扣 300 元", "本月罚款 200 元，在工资里扣除", "扣发工资", "Fined 300, taken from the salary",
     "Dock his pay"],
)  # fmt: skip
def test_a_cut_of_wages_is_refused_in_running_text_too(text):
    with pytest.raises(Refused) as no:
        rules.check_no_cut(text, "comment")
    assert no.value.field == "comment"


@pytest.mark.parametrize(
    "text", ["客户因延期交货被总部罚款 5,000 元，他及时补救", "工资条签收及时", "He paid the fine of the customer"]
)
def test_a_fine_that_others_had_to_pay_may_be_told_of(text):
    rules.check_no_cut(text, "comment")


def test_what_needs_a_basis_is_refused_without_one():
    with pytest.raises(Refused) as no:
        rules.check_measure("factor_cut", "", " ")
    assert no.value.field == "basis"
    rules.check_measure("factor_cut", "", "薪酬制度第 8 条")
    rules.check_measure("written_warning", "两周内改正", "")
