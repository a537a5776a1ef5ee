"""What was deleted, and its way back row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktopapp.goals import service as goals
from desktopapp.goals.models import CheckIn, Goal
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import bin as deleted
from desktopapp.overview import history, sample
from desktopapp.storage import keys, redoable, revert, undoable
from desktopapp.team import queries, service

DAY = date.today()  # noqa: DTZ011 - the trail takes the time of the PC
YEAR = Period.parse(f"{DAY.year}")


@pytest.fixture
def person(file):
    return service.add(name="张伟", today=DAY)


@pytest.fixture
def goal(person):
    """A goal with a note of progress."""
    number = goals.set_goal(person=person, period=YEAR, today=DAY, name="新客户", target=30, weight=40)
    goals.check_in(goal=number, day=DAY, value=3, comment="两家", today=DAY)
    return number


def listed(language, today=DAY):
    return [(language.text(gone.what), gone.days) for gone in deleted.deleted(today)]


def undo():
    revert(undoable().unit)


def test_what_was_deleted_is_listed_without_its_parts(goal, zh):
    assert listed(zh) == []
    goals.delete_goal(goal=goal)
    assert listed(zh) == [("目标“张伟 · 新客户”", 30)]


def test_a_part_deleted_on_its_own_is_listed_on_its_own(goal, zh):
    [note] = keys(CheckIn.select(CheckIn.id))
    goals.take_back(checkin=note)
    [gone] = deleted.deleted(DAY)
    assert zh.text(gone.what).startswith("进展记录“张伟 · 新客户 · ")
    deleted.restore([gone])
    assert CheckIn.get().comment == "两家"


def test_what_comes_back_is_as_it_was_with_its_number_and_its_parts(goal, zh):
    before = (Goal.get_by_id(goal), CheckIn.get())
    goals.delete_goal(goal=goal)
    assert deleted.restore(deleted.deleted(DAY)) == 2
    assert [each.__data__ for each in (Goal.get_by_id(goal), CheckIn.get())] == [each.__data__ for each in before]
    assert listed(zh) == []
    assert zh.text(undoable().words) == "还原目标“张伟 · 新客户”"


def test_a_part_brings_the_record_it_rests_on_back_with_it(goal, zh):
    [note] = keys(CheckIn.select(CheckIn.id))
    goals.take_back(checkin=note)
    goals.delete_goal(goal=goal)
    part = deleted.deleted(DAY)[1]
    assert deleted.restore([part]) == 2
    assert goal in keys(Goal.select(Goal.id))


def test_undoing_a_deletion_takes_it_off_the_list_and_doing_it_again_puts_it_back(goal, zh):
    goals.delete_goal(goal=goal)
    undo()
    assert listed(zh) == []
    revert(redoable().unit)
    assert len(listed(zh)) == 1


def test_undoing_an_addition_is_no_deletion(person, zh):
    undo()
    assert queries.people() == []
    assert listed(zh) == []


def test_what_was_restored_and_deleted_again_is_listed_once(goal, zh):
    goals.delete_goal(goal=goal)
    deleted.restore(deleted.deleted(DAY))
    goals.delete_goal(goal=goal)
    assert len(listed(zh)) == 1


def test_the_days_left_run_down_to_none(goal, zh):
    goals.delete_goal(goal=goal)
    assert listed(zh, DAY + timedelta(29)) == [("目标“张伟 · 新客户”", 1)]
    assert listed(zh, DAY + timedelta(30)) == []


def test_emptying_takes_things_off_the_list_and_erases_nothing(goal, zh):
    goals.delete_goal(goal=goal)
    deleted.empty()
    assert listed(zh) == []
    newest, deletion = history.firm_history(2)
    assert (zh.text(newest.words), newest.can_undo) == ("清空回收站", False)
    history.undo(deletion.unit)
    assert goal in keys(Goal.select(Goal.id))


def test_what_is_deleted_after_the_bin_was_emptied_is_listed(goal, person, zh):
    deleted.empty()
    goals.delete_goal(goal=goal)
    assert len(listed(zh)) == 1


def test_a_deletion_of_many_is_listed_and_restored_as_one(file, zh):
    sample.load(DAY)
    before = len(queries.people())
    sample.remove()
    [gone] = deleted.deleted(DAY)
    assert "条记录" in zh.text(gone.what)
    deleted.restore([gone])
    assert len(queries.people()) == before
    assert listed(zh) == []


def test_a_person_put_in_by_mistake_is_deleted_and_one_with_goals_is_not(goal, person, zh):
    other = service.add(name="王芳", today=DAY)
    service.delete(person=other)
    assert listed(zh) == [("人员“王芳”", 30)]
    with pytest.raises(Refused) as no:
        service.delete(person=person)
    assert "办理离职" in zh.text(no.value.message)
    deleted.restore(deleted.deleted(DAY))
    assert [move.kind for move in queries.moves(other)] == ["joined"]
