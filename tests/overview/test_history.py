"""What was done, and what of it still holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp import storage
from desktopapp.areas import TABLES
from desktopapp.goals import service as goals
from desktopapp.goals.models import Goal
from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import history
from desktopapp.overview.wording import AROUND, MOST, _shortened
from desktopapp.reviews import queries as reviews_read
from desktopapp.reviews import service as reviews
from desktopapp.reviews.models import Review
from desktopapp.team import queries, service
from desktopapp.team.models import Person

TODAY = date(2026, 11, 23)


@pytest.fixture
def two(file):
    """Two people, added one after the other."""
    return [service.add(name=name, today=TODAY) for name in ("张伟", "王芳")]


def test_what_was_done_stands_newest_first_in_words(two, zh):
    assert [zh.text(entry.words) for entry in history.firm_history()] == ["名册添加王芳", "名册添加张伟"]


def test_an_older_step_is_undone_and_both_it_and_its_undoing_no_longer_hold(two):
    newest, older = history.firm_history()
    history.undo(older.unit)
    assert [person.name for person in queries.people()] == ["王芳"]
    assert [entry.in_force for entry in history.firm_history()] == [False, True, False]
    assert [entry.was_undone for entry in history.firm_history()] == [False, False, True]
    assert history.firm_history()[1].unit == newest.unit


def test_what_was_undone_and_done_again_holds_again(two):
    history.undo(history.firm_history()[1].unit)
    storage.revert(storage.redoable().unit)
    assert [entry.in_force for entry in history.firm_history()] == [False, False, True, True]
    assert not any(entry.was_undone for entry in history.firm_history())


def test_a_step_that_was_built_upon_is_refused(two):
    service.change(person=two[0], phone="139")
    with pytest.raises(Refused):
        history.undo(history.firm_history()[2].unit)
    assert len(queries.people()) == 2


def test_a_sound_file_has_no_faults(two):
    assert history.check() == ()


def test_every_table_is_heard_of():
    assert {"person", "deal", "goal", "review", "import_batch"} <= history.EVERY_TABLE


PERIOD = Period.parse("2026")


def goal(person, name="新客户"):
    return goals.set_goal(person=person, period=PERIOD, today=TODAY, name=name, target=30, weight=40, unit="家")


def told(entry, language):
    """The lines of an entry in words."""
    lines = [(language.text(line.label), language.show(line.old), language.show(line.new)) for line in entry.lines]
    return [f"{label}: {old} → {new}" for label, old, new in lines]


def test_a_record_s_history_words_each_value_by_its_kind(two, zh):
    service.change(person=two[0], status="on_leave", base_pay=Money.yuan(8000), joined=date(2026, 3, 1), is_owner=True)
    [newest, first] = history.history(Person, two[0])
    assert zh.text(newest.words) == "修改张伟的资料"
    assert told(newest, zh) == [
        "是老总本人: 否 → 是", "入职日期:  → 2026年3月1日", "状态: 在岗 → 休假", "基本工资:  → ¥8,000.00"
    ]  # fmt: skip
    assert [line.is_private for line in newest.lines] == [False, False, False, True]
    assert told(first, zh)[0] == "姓名:  → 张伟"


def test_another_record_s_changes_are_not_told(two):
    service.change(person=two[1], phone="139")
    assert len(history.history(Person, two[0])) == 1


def test_of_a_long_text_what_differs_is_told(two, zh):
    before, after = "好" * 50 + "甲" + "的" * 50, "好" * 50 + "乙乙" + "的" * 50
    service.change(person=two[0], note=before)
    service.change(person=two[0], note=after)
    [line] = history.history(Person, two[0])[0].lines
    assert (line.old, line.new) == (f"…{'好' * 10}甲{'的' * 10}…", f"…{'好' * 10}乙乙{'的' * 10}…")


@given(st.text("甲乙", max_size=120), st.text("甲乙", max_size=120))
def test_texts_that_differ_still_differ_when_they_are_shortened(before, after):
    old, new = _shortened(before, after)
    assert (old == new) == (before == after)
    assert all(len(text or "") <= 2 * (AROUND + 1) + MOST + 1 for text in (old, new))


def test_the_history_of_a_goal_holds_what_was_noted_of_it_and_outlives_it(two, zh):
    number = goal(two[0])
    first = goals.check_in(goal=number, day=TODAY, value=3, today=TODAY)
    goals.check_in(goal=number, day=TODAY, value=5, today=TODAY)
    goals.take_back(checkin=first)
    goals.delete_goal(goal=number)
    entries = history.history(Goal, number)
    assert [zh.text(entry.words) for entry in entries] == [
        "删除目标“新客户”", "删除“新客户”的一条进展", "记录“新客户”的进展", "记录“新客户”的进展",
        "为张伟制定目标“新客户”",
    ]  # fmt: skip
    assert [told(entry, zh) for entry in entries[1:4]] == [
        ["进展记录: 张伟 · 新客户 · 2026年11月23日 → "], ["实际完成值: 3 → 5"], ["实际完成值:  → 3"]
    ]  # fmt: skip
    assert "目标值:  → 30" in told(entries[4], zh)


def test_a_score_is_told_under_the_name_of_its_dimension(two, zh):
    cycle = reviews.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    review = reviews_read.reviews(cycle)[0].id
    dimension = reviews_read.sheet(review).dimensions[0]
    reviews.score(review=review, dimension=dimension.id, score=3)
    reviews.set_outcomes(review=review, outcomes=["reward", "training"])
    outcomes, score, _ = history.history(Review, review)
    assert told(outcomes, zh) == ["结果应用:  → 奖励、培训"]
    assert [each for each in told(score, zh) if "评分:" in each] == ["上级评分:  → 3"]
    assert [zh.show(line.of) for line in score.lines if line.of] == [zh.text(dimension.name)]


def test_many_rows_at_once_are_counted(file, zh):
    service.add_many([{"name": f"员工{n}"} for n in range(20)], today=TODAY)
    [entry] = history.firm_history()
    assert told(entry, zh) == ["人员:  → 新增 20 条", "在职经历:  → 新增 20 条"]


def test_the_firm_s_history_is_read_on_from_where_one_stopped(two):
    [newest] = history.firm_history(1)
    [older] = history.firm_history(5, before=newest.unit)
    assert newest.unit > older.unit
    assert history.firm_history(5, before=older.unit) == []


def test_a_refusal_names_the_records_in_the_way(two, zh):
    goal(two[0])
    with pytest.raises(Refused) as no:
        history.undo(history.firm_history()[2].unit)
    assert zh.text(no.value.message).startswith("人员“张伟”之后又有改动")


def test_of_many_in_the_way_a_few_are_named(file, zh):
    people = service.add_many([{"name": f"员工{n}"} for n in range(5)], today=TODAY)
    for person in people:
        service.change(person=person, phone="139")
    with pytest.raises(Refused) as no:
        history.undo(history.firm_history()[-1].unit)
    said = zh.text(no.value.message)
    assert "员工" in said
    assert "等，另有 2 条" in said


def test_where_a_request_is_shown(two):
    number = goal(two[0])
    goals.check_in(goal=number, day=TODAY, value=3, today=TODAY)
    service.name_firm(name="远航商贸")
    units = [entry.unit for entry in history.firm_history()]
    assert [history.place(unit) for unit in units] == [
        Link("settings"), Link("goals", number, "goal"), Link("goals", number, "goal"),
        Link("team", two[1], "person"), Link("team", two[0], "person"),
    ]  # fmt: skip
    history.undo(units[3])
    assert history.place(units[3]) is None


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_table_is_spoken_of(table):
    told = table.wording
    columns = {*told.name, *told.private, *told.silent, *filter(None, [told.part_of])}
    assert columns <= set(table._meta.fields)
    assert language("zh_CN").text(told.kind) != told.kind
