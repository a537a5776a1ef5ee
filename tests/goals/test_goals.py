"""Goals as the owner meets them: agreed, measured from the sales data or typed in, chased."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.goals import queries, service
from desktopapp.goals.service import Draft
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.sales.models import WON, Collection, Deal
from desktopapp.storage import DB, revert, undoable, unit
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
Q3, Q4 = Period.parse("2026Q3"), Period.parse("2026Q4")


@pytest.fixture
def wang(file):
    return team.add(name="王芳", joined=date(2023, 4, 10), today=TODAY)


def agree(person, name="签约额", period=Q4, target=Decimal(1_000_000), weight=Decimal(100), today=TODAY, **more):
    return service.set_goal(person=person, name=name, period=period, target=target, weight=weight, today=today, **more)


def draft(name, weight, **more):
    return Draft(name=name, target=Decimal(100), weight=Decimal(weight), **more)


def sell(person, yuan, day, customer="远大集团"):
    with unit("test", M("Test")):
        Deal.create(external=f"{customer}{day}", name="单", customer=customer, person=person, status=WON,
                    amount=Money.yuan(yuan), close_date=day)  # fmt: skip


def collect(person, yuan, day):
    with unit("test", M("Test")):
        Collection.create(external=str(day), person=person, day=day, amount=Money.yuan(yuan))


def test_a_sales_goal_fills_in_its_own_figure_in_yuan(wang):
    sell(wang, 300_000, date(2026, 10, 8))
    sell(wang, 99_000, date(2026, 9, 30))
    number = agree(wang, metric="signed_amount")
    row = queries.goal(number, today=TODAY)
    assert (row.target, row.actual, row.unit) == (Money.yuan(1_000_000), Money.yuan(300_000), "元")
    assert row.attainment == Decimal("0.3")
    assert (row.source, row.as_of, row.name) == ("sales", TODAY, "王芳")
    assert row.metric_name.zh == "签约额"


def test_the_baseline_of_a_sales_goal_is_there_to_compare_with_not_to_start_from(wang):
    collect(wang, 500_000, date(2026, 11, 2))
    row = queries.goal(agree(wang, "回款", metric="collected_amount", start=Decimal(900_000)), today=TODAY)
    assert row.attainment == Decimal("0.5")
    assert row.start == Money.yuan(900_000)


def test_new_customers_are_counted_by_their_first_deal(wang):
    sell(wang, 10_000, date(2026, 6, 1), "老客户")
    sell(wang, 10_000, date(2026, 10, 1), "老客户")
    sell(wang, 10_000, date(2026, 10, 2), "新客户")
    row = queries.goal(agree(wang, "新客户", metric="new_customer_count", target=Decimal(5)), today=TODAY)
    assert (row.actual, row.attainment) == (Decimal(1), Decimal("0.2"))


def test_any_other_figure_is_typed_and_the_last_one_counts(wang):
    number = agree(wang, "回款率", metric="collection_rate", target=Decimal(96), start=Decimal(86))
    assert queries.goal(number, today=TODAY).status == "unknown"
    service.check_in(goal=number, day=date(2026, 10, 31), value=Decimal(88), today=TODAY)
    service.check_in(goal=number, day=date(2026, 11, 15), value=Decimal("91.5"), comment="三户已付", today=TODAY)
    service.check_in(goal=number, day=date(2026, 11, 15), value=Decimal(91), today=TODAY)
    row = queries.goal(number, today=TODAY)
    assert (row.actual, row.unit, row.attainment) == (Decimal(91), "%", Decimal("0.5"))
    assert (row.source, row.as_of) == ("typed", date(2026, 11, 15))
    assert [said.value for said in queries.checkins(number)] == [Decimal(91), Decimal(88)]
    service.take_back(checkin=queries.checkins(number)[0].id)
    assert queries.goal(number, today=TODAY).actual == Decimal(88)


@pytest.mark.parametrize(
    ("change", "field"), [({"day": date(2026, 11, 24)}, "day"), ({"day": date(2026, 9, 30)}, "day")]
)
def test_a_figure_of_no_possible_day_is_refused(wang, change, field):
    number = agree(wang, "回款率", target=Decimal(96))
    with pytest.raises(Refused) as no:
        service.check_in(**{"goal": number, "day": TODAY, "value": Decimal(90), "today": TODAY} | change)
    assert no.value.field == field


def test_a_figure_the_sales_data_know_is_not_typed(wang):
    number = agree(wang, metric="signed_amount")
    with pytest.raises(Refused) as no:
        service.check_in(goal=number, day=TODAY, value=Decimal(1), today=TODAY)
    assert no.value.field == "value"


def test_a_set_of_9999_is_refused_and_nothing_is_saved(wang, zh):
    half = [draft("签约额", 30), draft("回款额", "69.99")]
    with pytest.raises(Refused) as no:
        service.set_goals(person=wang, period=Q4, goals=half, today=TODAY)
    assert no.value.field == "weight"
    assert zh.text(no.value.message) == "权重合计 99.99，不等于 100。"
    assert queries.standing(period=Q4, today=TODAY) == []


def test_a_whole_set_is_one_step_and_what_it_leaves_out_goes(wang, zh):
    old = agree(wang, "旧目标", weight=Decimal(40))
    kept = agree(wang, "签约额", weight=Decimal(40))
    service.check_in(goal=old, day=TODAY, value=Decimal(1), today=TODAY)
    drafts = [draft("签约额", 60, goal=kept), draft("回款额", 40)]
    service.set_goals(person=wang, period=Q4, goals=drafts, today=TODAY)
    assert [(row.goal, row.weight) for row in queries.standing(today=TODAY)] == [("签约额", 60), ("回款额", 40)]
    assert queries.weight_sum(wang, Q4) == 100
    step = undoable()
    assert zh.text(step.words) == "确定王芳2026年第四季度的目标"
    revert(step.unit)
    assert {row.goal for row in queries.standing(today=TODAY)} == {"旧目标", "签约额"}
    assert queries.checkins(old)


def test_one_goal_may_be_saved_while_the_set_is_short_and_the_sum_is_shown(wang):
    agree(wang, weight=Decimal("40.5"))
    assert queries.weight_sum(wang, Q4) == Decimal("40.50")
    assert queries.weight_sums(Q4) == {wang: Decimal("40.50")}
    assert queries.weight_sum(wang, Q3) == 0


def test_a_name_said_twice_in_a_period_is_refused(wang):
    number = agree(wang)
    with pytest.raises(Refused) as no:
        agree(wang)
    assert no.value.field == "name"
    service.change_goal(goal=number, period=Q4, name="签约额", target=Decimal(5), weight=Decimal(50), today=TODAY)
    twice = [draft("回款额", 50), draft("回款额", 50)]
    with pytest.raises(Refused):
        service.set_goals(person=wang, period=Q4, goals=twice, today=TODAY)


def test_a_name_of_300_characters_is_refused_beside_its_field(wang):
    with pytest.raises(Refused) as no:
        agree(wang, "<b>&😀" * 60)
    assert no.value.field == "name"
    assert queries.standing(today=TODAY) == []


def test_a_closed_goal_says_why_and_no_longer_counts(wang):
    number = agree(wang)
    with pytest.raises(Refused) as no:
        service.close_goal(goal=number, reason=" ")
    assert no.value.field == "reason"
    service.close_goal(goal=number, reason="产品线停售")
    row = queries.goal(number, today=TODAY)
    assert (row.status, row.reason, queries.weight_sum(wang, Q4)) == ("closed", "产品线停售", 0)
    with pytest.raises(Refused):
        service.check_in(goal=number, day=TODAY, value=Decimal(1), today=TODAY)
    service.reopen_goal(goal=number)
    assert queries.goal(number, today=TODAY).status == "unknown"


def test_a_deleted_goal_comes_back_with_its_figures(wang):
    number = agree(wang, "回款率", target=Decimal(96))
    service.check_in(goal=number, day=TODAY, value=Decimal(90), today=TODAY)
    service.delete_goal(goal=number)
    assert queries.standing(today=TODAY) == []
    revert(undoable().unit)
    assert queries.goal(number, today=TODAY).actual == Decimal(90)


def test_a_goal_of_last_quarter_is_missed_without_anybody_doing_anything(wang):
    number = agree(wang, period=Q3, today=date(2026, 7, 1), metric="signed_amount")
    sell(wang, 999_999, date(2026, 8, 1))
    assert queries.goal(number, today=date(2026, 9, 30)).status == "on_track"
    assert queries.goal(number, today=date(2026, 10, 1)).status == "missed"


def test_a_goal_still_to_begin_has_no_figure(wang):
    row = queries.goal(agree(wang, period=Period.parse("2027"), metric="signed_amount"), today=TODAY)
    assert (row.actual, row.attainment, row.status) == (None, None, "not_started")


def test_the_last_figure_of_a_metric_is_that_of_the_period_before(wang):
    sell(wang, 300_000, date(2026, 8, 8))
    assert queries.last(wang, "signed_amount", Q4) == 300_000
    assert queries.last(wang, "collected_amount", Q4) is None
    number = agree(wang, "回款率", period=Q3, metric="collection_rate", target=Decimal(96), today=date(2026, 7, 1))
    service.check_in(goal=number, day=date(2026, 9, 1), value=Decimal(90), today=TODAY)
    assert queries.last(wang, "collection_rate", Q4) == 90
    assert queries.last(wang, "", Q4) is None


def test_twelve_people_with_four_goals_each_take_a_handful_of_statements(file, monkeypatch):
    for n in range(12):
        person = team.add(name=f"客户经理{n}", today=TODAY)
        for metric in ("signed_amount", "collected_amount", "new_customer_count", "collection_rate"):
            agree(person, metric, metric=metric, weight=Decimal(25), target=Decimal(10))
    asked = []
    run = DB.execute_sql
    monkeypatch.setattr(DB, "execute_sql", lambda *given: asked.append(given) or run(*given))
    assert len(queries.standing(period=Q4, today=TODAY)) == 48
    assert len(asked) <= 6


def test_the_owner_is_told_of_what_is_behind_unweighted_or_missing(wang, zh):
    agree(wang, metric="signed_amount", weight=Decimal(60))
    team.add(name="李娜", joined=date(2022, 9, 1), today=TODAY)
    told = {zh.text(notice.what): notice for notice in queries.notices(TODAY)}
    assert list(told) == [
        "王芳：“签约额”落后，完成 0%",
        "王芳：2026年第四季度的目标权重合计 60，不等于 100",
        "李娜还没有2026年第四季度的目标",
    ]
    assert told["王芳：“签约额”落后，完成 0%"].due == Q4.end
    assert {notice.link.area for notice in told.values()} == {"goals"}


def test_several_of_one_person_are_told_as_one(wang, zh):
    agree(wang, metric="signed_amount", weight=Decimal(60))
    agree(wang, "回款额", metric="collected_amount", weight=Decimal(40))
    [notice] = queries.notices(TODAY)
    assert zh.text(notice.what) == "王芳：2 个目标落后"
    assert zh.text(notice.detail) == "签约额、回款额"


def test_of_many_without_goals_a_few_are_named(file, zh):
    for number in range(50):
        team.add(name=f"员工{number:02}", today=TODAY)
    [notice] = queries.notices(TODAY)
    assert zh.text(notice.what) == "50 人还没有2026年第四季度的目标"
    assert zh.text(notice.detail) == "员工00、员工01、员工02、员工03、员工04、员工05，另有 44 人"


def test_leavers_are_in_no_list_and_no_notice(wang):
    agree(wang, metric="signed_amount")
    team.let_go(person=wang, day=TODAY)
    assert queries.standing(today=TODAY) == []
    assert list(queries.notices(TODAY)) == []
    assert len(queries.standing(person=wang, today=TODAY)) == 1


def test_every_example_of_the_content_could_be_agreed_as_it_is(wang):
    names = {metric.id for metric in queries.metrics()}
    for example in queries.examples():
        assert example.metric in names, example.id
        agree(wang, example.name.zh, Period.parse("2026"), example.target, Decimal(4), metric=example.metric,
              start=example.baseline, direction=example.direction, horizon=example.horizon)  # fmt: skip
    assert len(queries.standing(today=TODAY)) == 25
    assert {metric.id for metric in queries.metrics() if metric.counted} == set(queries.COUNTED)
