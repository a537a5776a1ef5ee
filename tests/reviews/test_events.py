"""The notebook: an event noted when it happens, there when it counts."""

from __future__ import annotations

from datetime import date

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import history, search
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import BAD, GOOD, Event
from desktopapp.reviews.queries import events
from desktopapp.reviews.rules import wording
from desktopapp.storage import undoable
from tests.conftest import TODAY
from tests.reviews.team import hire

Q3, Q4 = Period.parse("2026Q3"), Period.parse("2026Q4")


@pytest.fixture
def people(file):
    return hire(3)


def note(person, text="9月12日收回远大集团 12 万元", **more):
    return service.note_event(person=person, text=text, today=TODAY, **more)


def test_three_things_are_enough_and_the_rest_is_filled_in(people):
    number = note(people["李娜"])
    [row] = events.events()
    assert (row.id, row.name, row.kind, row.day, row.customer, row.dimension) == (number, "李娜", GOOD, TODAY, "", "")


def test_events_are_read_by_person_and_period_the_latest_first(people):
    note(people["李娜"], day=date(2026, 9, 30))
    about = {"customer": "远大集团", "dimension": "customer_satisfaction"}
    note(people["李娜"], "投诉", day=date(2026, 10, 1), kind=BAD, **about)
    note(people["陈志远"], day=date(2026, 9, 1))
    assert [row.day.month for row in events.events(person=people["李娜"])] == [10, 9]
    assert [row.name for row in events.events(period=Q3)] == ["李娜", "陈志远"]
    [bad] = events.events(person=people["李娜"], period=Q4)
    assert (bad.kind, bad.customer, bad.dimension) == (BAD, "远大集团", "customer_satisfaction")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"person": None}, "person"), ({"text": " \n"}, "text"), ({"day": date(2026, 11, 24)}, "day"),
     ({"dimension": "nonesuch"}, "dimension")],
)  # fmt: skip
def test_what_cannot_be_noted_is_refused_beside_its_field(people, given, field):
    values = {"person": people["李娜"], "text": "签下框架合同", "today": TODAY} | given
    with pytest.raises(Refused) as no:
        service.note_event(**values)
    assert no.value.field == field
    assert events.events() == []


def test_an_event_is_changed_struck_out_and_both_are_undone(people, zh):
    number = note(people["李娜"])
    service.change_event(event=number, person=people["陈志远"], text="改", today=TODAY, day=TODAY, kind=BAD,
                         customer="远大", dimension=None)  # fmt: skip
    assert (events.event(number).name, events.event(number).text) == ("陈志远", "改")
    service.drop_event(event=number)
    assert events.events() == []
    assert zh.text(undoable().words) == "划掉一条关于陈志远的记事"
    history.undo(undoable().unit)
    history.undo(undoable().unit)
    assert (events.event(number).name, events.event(number).kind) == ("李娜", GOOD)


def test_the_dimensions_offered_are_those_of_the_latest_review_else_of_the_position(people):
    assert {each.id for each in events.dimensions(people["李娜"])} == {
        each.id for each in queries.template("quarterly").dimensions
    }
    service.set_position(position="客户经理", template="key_account")
    assert {each.id for each in events.dimensions(people["李娜"])} == {
        each.id for each in queries.template("key_account").dimensions
    }
    service.start(period=Period.parse("2026H1"), template="half_year", today=TODAY)
    assert {each.id for each in events.dimensions(people["李娜"])} == {
        each.id for each in queries.template("half_year").dimensions
    }


def test_an_event_is_found_by_its_words_its_customer_and_whom_it_is_about(people, zh):
    number = note(people["李娜"], "交付延误两周，客户书面投诉", customer="佛山力源", kind=BAD)
    search.catch_up()
    for typed in ("延误", "力源", "李娜"):
        found = [each for each in search.search(typed) if each.link.table == "event"]
        assert [each.link.record for each in found] == [number], typed


def test_the_history_speaks_of_an_event_in_words(people, zh):
    [entry] = history.history(Event, note(people["李娜"], dimension="collection"))
    told = [zh.show(value) for line in entry.lines for value in (line.label, line.new)]
    assert {"李娜", "回款与应收", "9月12日收回远大集团 12 万元"} <= set(told)


@pytest.mark.parametrize(
    "text",
    ["客户投诉响应时长超出标准 2 小时", "９月签约 32 万元", "上周三陪访两家客户", "连续三个月第一",
     "客户说「交货比谁都快」", "Won the Yuanda contract", "Three complaints in July", "三次漏填拜访记录",
     "Late on Monday"],
)  # fmt: skip
def test_a_number_a_date_or_an_event_is_enough(text):
    assert wording.hint(text) is None


@pytest.mark.parametrize(
    "text",
    ["态度需改进", "工作积极主动，表现优秀", "沟通能力强", "有待提高", "责任心一般", "Good attitude",
     "Needs to improve"],
)
def test_a_judgement_without_either_gets_a_gentle_hint(text, zh):
    assert "哪个客户" in zh.text(wording.hint(text))


def test_nothing_written_needs_no_hint():
    assert [wording.hint(text) for text in ("", "  ", "\n")] == [None] * 3


def test_a_hint_never_locks(people):
    cycle = service.start(period=Q3, template="quarterly", today=TODAY)
    review = queries.reviews(cycle)[0].id
    service.write(review=review, field="comment", text="态度需改进")
    service.note_evidence(review=review, dimension="growth", evidence="态度需改进")
    note(people["李娜"], "态度需改进")
    sheet = queries.sheet(review)
    assert sheet.comment == "态度需改进"
    assert [each.evidence for each in sheet.dimensions if each.evidence] == ["态度需改进"]
