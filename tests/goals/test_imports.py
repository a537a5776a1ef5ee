"""Goals out of a spreadsheet: understood with headings or without, and each fault said at its cell."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.goals import imports, queries, service
from desktopapp.goals.imports import CHANGED, NEW
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.storage import revert, undoable
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
Q4 = Period.parse("2026Q4")


@pytest.fixture
def wang(file):
    return team.add(name="王芳", joined=date(2023, 4, 10), today=TODAY)


def goal(name="拜访", **more):
    return {"name": name, "target": Decimal(60), "weight": Decimal(40), **more}


def read(*lines, person):
    return imports.read(lines, person=person, period=Q4, today=TODAY)


def test_cells_under_headings_find_their_columns_and_the_others_are_named():
    block = imports.laid_out([["权重", "目标", "负责部门", "目标值"], ["40%", "拜访", "一部", "60 次"]])
    assert block.lines == ({"weight": "40%", "name": "拜访", "target": "60 次", "unit": "次"},)
    assert block.left_out == ("负责部门",)


def test_english_headings_are_known_too():
    heads = ["Goal", "Metric", "Baseline", "Target", "Weight", "Due"]
    [line] = imports.laid_out([heads, ["a", "", "1", "2", "3", ""]]).lines
    assert (line["name"], line["start"], line["target"], line["weight"]) == ("a", "1", "2", "3")


def test_cells_without_headings_are_taken_in_their_order():
    [line] = imports.laid_out([["拜访", "", "", "60次", "40", "12.20"], ["", "", "", "", "", ""]]).lines
    assert (line["name"], line["target"], line["unit"], line["due"]) == ("拜访", "60次", "次", "12.20")


@pytest.mark.parametrize(("text", "figure", "unit"), [
    ("60", "60", ""), ("60 家", "60", "家"), ("70万元", "700000", "元"), ("￥1,200", "1200", "元"), ("98%", "98", "%"),
    ("-3.5分", "-3.5", "分"),
])  # fmt: skip
def test_a_figure_may_carry_its_unit(text, figure, unit):
    assert imports.amount(text) == (Decimal(figure), unit)


@pytest.mark.parametrize("text", ["很多", "1.2.3", "家60"])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(Refused):
        imports.amount(text)


def test_a_metric_is_known_by_its_name_in_both_languages():
    assert imports.metric("签约额") == imports.metric("signed AMOUNT") == "signed_amount"
    with pytest.raises(Refused):
        imports.metric("心情")


def test_a_line_makes_a_goal_and_one_of_a_known_name_changes_it(wang):
    number = service.set_goal(person=wang, name="拜访", period=Q4, target=Decimal(10), weight=Decimal(5), today=TODAY,
                              note="展会")  # fmt: skip
    new, changed = read(goal("签约", metric="signed_amount"), goal("拜访"), person=wang)
    assert (new.does, new.draft.unit, new.draft.goal) == (NEW, "元", None)
    assert (changed.does, changed.draft.goal, changed.draft.note) == (CHANGED, number, "展会")


@pytest.mark.parametrize(("line", "field"), [
    (goal(name=""), "name"), (goal(target=None), "target"), (goal(weight=Decimal(120)), "weight"),
    (goal(due=date(2027, 2, 1)), "due"), (goal(target=M("x")), "target"), (goal(start=Decimal(60)), "start"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_cell(wang, line, field):
    [found] = read(line, person=wang)
    assert (found.draft, list(found.problems)) == (None, [field])


def test_a_name_that_stands_twice_or_was_closed_is_not_taken(wang):
    assert [list(line.problems) for line in read(goal(), goal(), person=wang)] == [["name"], ["name"]]
    closed = service.set_goal(person=wang, period=Q4, today=TODAY, **goal())
    service.close_goal(goal=closed, reason="停产")
    assert list(read(goal(), person=wang)[0].problems) == ["name"]


def test_less_is_better_where_the_target_lies_below_the_baseline(wang):
    [line] = read(goal(start=Decimal(90)), person=wang)
    assert line.draft.direction == "down"


def test_all_goals_of_a_block_are_one_undo(wang):
    lines = read(goal("一"), goal("二"), person=wang)
    service.add_goals(person=wang, period=Q4, goals=[line.draft for line in lines], today=TODAY)
    assert len(queries.standing(person=wang, today=TODAY)) == 2
    revert(undoable().unit)
    assert queries.standing(person=wang, today=TODAY) == []


def test_several_goals_are_weighed_closed_and_deleted_each_with_one_undo(wang):
    goals = [service.set_goal(person=wang, period=Q4, today=TODAY, **goal(name)) for name in "一二三"]
    service.weigh_goals(goals=goals, weight=Decimal(25))
    assert queries.weight_sum(wang, Q4) == 75
    with pytest.raises(Refused):
        service.weigh_goals(goals=goals, weight=Decimal(0))
    service.close_goals(goals=goals[:2], reason="停产")
    assert queries.weight_sum(wang, Q4) == 25
    with pytest.raises(Refused):
        service.close_goals(goals=goals[:2], reason="停产")
    with pytest.raises(Refused):
        service.close_goals(goals=goals, reason=" ")
    service.delete_goals(goals=goals)
    assert queries.standing(person=wang, today=TODAY) == []
    revert(undoable().unit)
    assert len(queries.standing(person=wang, today=TODAY)) == 3
