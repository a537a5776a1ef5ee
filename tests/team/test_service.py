"""The roster is kept: people come, change, leave and come back."""

from datetime import date

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.money import Money
from desktopapp.storage import latest, revert, undoable
from desktopapp.team import queries, service

pytestmark = pytest.mark.usefixtures("file")
TODAY = date(2026, 11, 23)


def add(name: str, **values: object) -> int:
    return service.add(today=TODAY, name=name, **values)


def refused(**values: object) -> tuple[str | None, str]:
    with pytest.raises(Refused) as no:
        service.add(today=TODAY, **values)
    return no.value.field, no.value.message.msgid


def test_a_person_is_found_again_with_everything_that_was_typed():
    person = add("曾国强", number="A7", position="资深客户经理", team="华南组", base_pay=Money.yuan("12345.67"),
                 birthday=date(1985, 9, 30), birthday_calendar="lunar", emergency_name="曾太太")  # fmt: skip
    row = queries.person(person)
    assert (row.name, row.number, row.team, row.emergency_name) == ("曾国强", "A7", "华南组", "曾太太")
    assert row.base_pay == Money(1234567)
    assert (row.pinyin, row.initials) == ("zengguoqiang", "zgq")


def test_the_roster_stands_in_order_of_pinyin_with_surnames_read_as_surnames():
    for name in ("张伟", "曾国强", "单文博", "欧阳静", "仇振华"):
        add(name)
    assert [row.name for row in queries.people()] == ["欧阳静", "仇振华", "单文博", "曾国强", "张伟"]


def test_a_typed_pinyin_stays_and_a_new_name_is_spelt_anew():
    person = add("单文博", pinyin="danwenbo")
    assert queries.person(person).pinyin == "danwenbo"
    service.change(person=person, phone="13800000000")
    assert queries.person(person).pinyin == "danwenbo"
    service.change(person=person, name="解小明", pinyin="")
    assert queries.person(person).pinyin == "xiexiaoming"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "名" * 51}, "name"),
        ({"name": "王芳", "base_pay": Money(-1)}, "base_pay"),
        ({"name": "王芳", "joined": date(2026, 5, 1), "probation_end": date(2026, 4, 1)}, "probation_end"),
        ({"name": "王芳", "joined": date(2026, 5, 1), "contract_end": date(2025, 4, 1)}, "contract_end"),
        ({"name": "王芳", "joined": date(1990, 5, 1), "birthday": date(1999, 4, 1)}, "joined"),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field(values, field):
    assert refused(**values)[0] == field
    assert queries.people() == []


def test_a_number_belongs_to_one_person(zh):
    add("王芳", number="A7")
    with pytest.raises(Refused) as no:
        add("李娜", number="A7")
    assert zh.text(no.value.message) == "王芳已使用这个工号。"
    with pytest.raises(Refused):
        service.add_many([{"name": "李娜", "number": "B1"}, {"name": "张伟", "number": "B1"}], today=TODAY)
    assert [row.name for row in queries.people()] == ["王芳"]


def test_keeping_ones_own_number_is_no_clash():
    person = add("王芳", number="A7")
    service.change(person=person, number="A7", phone="138")
    assert queries.person(person).phone == "138"


def test_who_leaves_vanishes_from_the_lists_and_stays_in_history():
    person = add("王芳", joined=date(2023, 4, 10))
    service.let_go(person=person, day=date(2026, 9, 30), reason="回老家")
    assert queries.people() == []
    assert queries.head_count() == 0
    assert [row.name for row in queries.people(leavers=True)] == ["王芳"]
    assert [(move.kind, move.reason) for move in queries.moves(person)] == [("left", "回老家"), ("joined", "")]


def test_who_left_can_come_back_and_be_undone():
    person = add("王芳", joined=date(2023, 4, 10))
    service.let_go(person=person, day=date(2026, 9, 30), reason="回老家")
    service.take_back(person=person, day=date(2026, 11, 1))
    row = queries.person(person)
    assert (row.status, row.left, row.left_reason) == ("active", None, "")
    step = undoable()
    assert step is not None
    revert(step.unit)
    assert queries.person(person).status == "left"
    assert len(queries.moves(person)) == 2


def test_nobody_leaves_before_he_came_or_comes_back_before_he_left():
    person = add("王芳", joined=date(2023, 4, 10))
    with pytest.raises(Refused):
        service.let_go(person=person, day=date(2023, 4, 9))
    service.let_go(person=person, day=date(2026, 9, 30))
    with pytest.raises(Refused):
        service.let_go(person=person, day=date(2026, 10, 1))
    with pytest.raises(Refused):
        service.take_back(person=person, day=date(2026, 9, 29))


def test_probation_ends_in_a_decision():
    person = add("陈志远", status="probation", joined=date(2026, 6, 1), probation_end=date(2026, 12, 1))
    service.confirm(person=person, day=date(2026, 11, 20))
    row = queries.person(person)
    assert (row.status, row.probation_end) == ("active", date(2026, 11, 20))
    with pytest.raises(Refused):
        service.confirm(person=person, day=date(2026, 11, 20))


def test_many_are_added_as_one_request():
    service.add_many([{"name": name} for name in ("王芳", "李娜", "张伟")], today=TODAY)
    assert len(latest()) == 1
    assert queries.head_count() == 3


def test_the_owner_is_not_counted_with_his_team():
    add("周建国", is_owner=True)
    add("王芳")
    assert queries.head_count() == 1
    assert [row.name for row in queries.people()] == ["王芳"]
    assert len(queries.people(owner=True)) == 2


def test_two_of_one_name_are_told_apart():
    add("王芳", team="华东组", phone="13800000001")
    add("王芳", phone="13900001234")
    add("李娜")
    assert [name for _, name in queries.names()] == ["李娜", "王芳 · 华东组", "王芳 · 1234"]


def test_the_firm_is_named_and_renamed():
    assert queries.firm() is None
    service.name_firm(name="远航商贸", owner="周建国")
    service.name_firm(name="远航贸易", owner="周建国")
    firm = queries.firm()
    assert firm is not None and (firm.name, firm.owner) == ("远航贸易", "周建国")
    with pytest.raises(Refused):
        service.name_firm(name=" ")


def test_ends_that_come_near_are_told(zh):
    add("陈志远", status="probation", probation_end=date(2026, 12, 20), position="见习", team="华北组")
    add("王芳", contract_end=date(2026, 11, 1))
    add("李娜", contract_end=date(2027, 6, 1))
    told = sorted(queries.notices(TODAY), key=lambda notice: notice.due)
    assert [zh.text(notice.what) for notice in told] == [
        "王芳：劳动合同 2026年11月1日 到期",
        "陈志远：试用期 2026年12月20日 截止",
    ]
    assert [notice.detail and zh.text(notice.detail) for notice in told] == [None, "见习 · 华北组"]
