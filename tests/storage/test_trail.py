"""Undo, redo and what stands in their way."""

import pytest
from peewee import IntegrityError

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.sales.models import Account, Deal
from desktopapp.storage import DB, Edited, bulk, latest, made_by, redoable, revert, rows, undoable, unit, unit_of
from desktopapp.storage.trail import Change
from desktopapp.team.models import Move, Person

pytestmark = pytest.mark.usefixtures("file")


def add(name: str) -> int:
    with unit("team.add", M("Add {name} to the roster", name=name)):
        return Person.create(name=name).id


def rename(person: int, name: str) -> None:
    with unit("team.change", M("Change {name}'s details", name=name)):
        Person.update(name=name).where(Person.id == person).execute()


def undo() -> None:
    step = undoable()
    assert step is not None
    revert(step.unit)


def redo() -> None:
    step = redoable()
    assert step is not None
    revert(step.unit)


def names() -> list[str]:
    return [name for (name,) in rows(Person.select(Person.name).order_by(Person.id))]


def test_undo_and_redo_walk_up_and_down_the_requests(zh):
    person = add("王芳")
    rename(person, "王方")
    undo()
    assert names() == ["王芳"]
    undo()
    assert names() == []
    assert undoable() is None
    redo()
    redo()
    assert names() == ["王方"]
    assert redoable() is None
    undo()
    step = redoable()
    assert step is not None and zh.text(step.words) == "修改王方的资料"


def test_a_new_request_ends_the_way_of_redo():
    person = add("王芳")
    rename(person, "王方")
    undo()
    rename(person, "汪芳")
    assert redoable() is None
    undo()
    assert names() == ["王芳"]


def test_an_undone_deletion_brings_the_row_back_under_its_number():
    person = add("王芳")
    with unit("team.delete", M("x")):
        Person.delete().where(Person.id == person).execute()
    undo()
    assert rows(Person.select(Person.id, Person.name)) == [(person, "王芳")]


def test_a_number_is_never_given_twice():
    first = add("王芳")
    undo()
    assert add("李娜") > first


def test_an_old_request_can_be_undone_on_its_own():
    wang, li = add("王芳"), add("李娜")
    rename(wang, "王方")
    rename(li, "李那")
    renaming = Change.get(Change.record == wang, Change.verb == "update").unit
    revert(renaming)
    assert names() == ["王芳", "李那"]


def test_rows_edited_since_are_named_and_nothing_is_changed(zh):
    wang = add("王芳")
    rename(wang, "王方")
    first = Change.get(Change.verb == "insert").unit
    with pytest.raises(Edited) as no:
        revert(first)
    assert no.value.rows == (("person", wang),)
    assert zh.text(no.value.message) == "之后又修改过 1 条记录，不能再撤销。"
    assert names() == ["王方"]


def test_an_edit_of_another_column_is_no_hindrance():
    wang = add("王芳")
    rename(wang, "王方")
    with unit("team.change", M("x")):
        Person.update(phone="138").execute()
    revert(Change.get(Change.verb == "update").unit)
    assert rows(Person.select(Person.name, Person.phone)) == [("王芳", "138")]


def test_an_edit_that_was_itself_undone_is_no_hindrance():
    wang = add("王芳")
    rename(wang, "王方")
    undo()
    revert(Change.get(Change.verb == "insert").unit)
    assert names() == []


def test_a_row_that_others_rest_on_cannot_be_undone():
    wang = add("王芳")
    with unit("team.move", M("x")):
        Move.create(person=wang, kind="joined", day="2026-01-01")
    with pytest.raises(Edited):
        revert(Change.get(Change.table == "person").unit)
    assert names() == ["王芳"]


COLUMNS = (Deal.system, Deal.external, Deal.name, Deal.customer, Deal.owner, Deal.stage, Deal.status,
           Deal.amount, Deal.currency, Deal.source, Deal.lost_reason, Deal.extra)  # fmt: skip


def deals(count: int, amount: int = 100) -> list[tuple[object, ...]]:
    return [("zoho", str(n), f"deal {n}", "华鼎", "", "", "open", amount, "", "", "", "") for n in range(count)]


def take_in(rows_: list[tuple[object, ...]], **options: object) -> object:
    with unit("sales.import", M("x")):
        return bulk(Deal, COLUMNS, rows_, key=(Deal.system, Deal.external), **options)


def test_a_bulk_write_tells_new_from_changed_and_leaves_the_same_alone():
    first = take_in(deals(100))
    again = take_in(deals(100))
    third = take_in(deals(102, amount=200))
    assert (first.new, first.changed) == (100, 0)
    assert (again.new, again.changed) == (0, 0)
    assert (third.new, third.changed) == (2, 100)


def test_a_bulk_write_is_undone_and_done_again_whole():
    take_in(deals(50))
    take_in(deals(60, amount=200))
    undo()
    assert Deal.select().count() == 50
    assert {amount for (amount,) in rows(Deal.select(Deal.amount))} == {Money(100)}
    undo()
    assert Deal.select().count() == 0
    redo()
    redo()
    assert Deal.select().count() == 60
    assert {amount for (amount,) in rows(Deal.select(Deal.amount))} == {Money(200)}


def test_what_the_owner_typed_can_be_kept_from_a_bulk_write():
    take_in(deals(1))
    with unit("sales.change", M("x")):
        Deal.update(amount=Money(777)).execute()
    take_in(deals(1, amount=200), keep=(Deal.amount,))
    assert rows(Deal.select(Deal.amount)) == [(Money(777),)]


def test_rows_added_one_by_one_are_trailed_in_full_after_a_bulk_write():
    take_in(deals(1))
    add("王芳")
    with unit("sales.add", M("x")):
        deal = Deal.create(external="own", name="x")
    assert Change.get(Change.record == deal.id, Change.table == "deal").fields != "{}"


def test_a_bulk_write_outside_a_unit_is_a_bug():
    with pytest.raises(RuntimeError, match="outside a unit"):
        bulk(Deal, COLUMNS, deals(1))


def test_a_bulk_write_that_fails_leaves_nothing_and_the_trail_whole():
    bad = [*deals(5), ("zoho", "5", None, "", "", "", "open", 1, "", "", "", "")]
    with pytest.raises(Exception, match="NOT NULL"):
        take_in(bad)
    assert Deal.select().count() == 0
    with unit("sales.add", M("x")):
        Deal.create(external="own", name="x")
    assert Change.select().count() == 1


def test_the_trail_knows_which_rows_a_request_made():
    wang = add("王芳")
    with unit("sample.load", M("x")):
        li = Person.create(name="李娜").id
        account = Account.create(external="1", name="华鼎").id
    assert made_by("sample.load") == {"person": {li}, "account": {account}}
    assert unit_of("person", wang) != unit_of("person", li)


def note_down(name: str) -> int:
    with unit("team.log", M("x"), is_step=False) as number:
        Person.create(name=name)
        return number


def test_what_is_only_written_down_is_not_what_undo_takes_back(zh):
    add("王芳")
    note_down("paper")
    step = undoable()
    assert step is not None and zh.text(step.words) == "名册添加王芳"
    undo()
    assert names() == ["paper"]
    assert undoable() is None


def test_what_is_only_written_down_leaves_the_way_of_redo_open():
    add("王芳")
    undo()
    note_down("paper")
    redo()
    assert sorted(names()) == ["paper", "王芳"]


def test_what_is_only_written_down_cannot_be_reverted_by_its_number_either(zh):
    number = note_down("paper")
    with pytest.raises(Refused) as no:
        revert(number)
    assert zh.text(no.value.message) == "这是对已发生事情的记录，不能撤销。"
    assert names() == ["paper"]


def test_the_trail_still_tells_what_was_only_written_down():
    number = note_down("paper")
    assert [(step.unit, step.is_lasting) for step in latest()] == [(number, True)]
    assert Change.get().unit == number


def indexes() -> list[tuple[str, str]]:
    made = "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'deal' order by name"
    return DB.execute_sql(made).fetchall()


def test_the_first_bulk_write_into_a_table_leaves_its_indexes_as_they_were():
    before = indexes()
    take_in(deals(3))
    assert indexes() == before
    assert DB.execute_sql("pragma integrity_check").fetchone() == ("ok",)


def test_a_first_bulk_write_that_fails_inside_a_unit_that_goes_on_leaves_the_indexes_too():
    before = indexes()
    with unit("sales.test", M("x")):
        Person.create(name="王芳")
        with pytest.raises(IntegrityError):
            bulk(Deal, COLUMNS, [*deals(1), *deals(1)])
    assert indexes() == before
    assert (Deal.select().count(), names()) == (0, ["王芳"])
