"""Within a reading the same question is put to the file once, unless something was written."""

from datetime import date

import pytest

from desktopapp.kernel.message import M
from desktopapp.storage import once, reading, unit
from desktopapp.team.models import Person


@pytest.fixture
def question():
    """How many people there are, and how often the file was asked."""

    @once
    def ask(*, team="", **_more):
        ask.times += 1
        return Person.select().where(Person.team.contains(team)).count()

    ask.times = 0
    return ask


def add(name):
    with unit("team.add", M("Add {name}", name=name)):
        Person.create(name=name, joined=date(2026, 1, 1))


def test_outside_a_reading_every_question_is_asked(file, question):
    assert question() == question() == 0
    assert question.times == 2


def test_within_a_reading_it_is_asked_once_for_each_thing_asked(file, question):
    with reading():
        assert [question(), question(), question(team="A"), question(team="A")] == [0, 0, 0, 0]
        with reading():
            assert question() == 0
    assert question.times == 2
    question()
    assert question.times == 3


def test_what_was_written_in_between_is_seen(file, question):
    with reading():
        assert question() == 0
        add("张伟")
        assert question() == 1
        with pytest.raises(ZeroDivisionError), unit("team.add", M("Add")):
            Person.create(name="李娜")
            assert question() == 2
            raise ZeroDivisionError
        assert question() == 1
