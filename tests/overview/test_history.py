"""What was done, and what of it still holds."""

from datetime import date

import pytest

from desktopapp import storage
from desktopapp.kernel.errors import Refused
from desktopapp.overview import history
from desktopapp.team import queries, service

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
    assert history.firm_history()[1].unit == newest.unit


def test_what_was_undone_and_done_again_holds_again(two):
    history.undo(history.firm_history()[1].unit)
    storage.revert(storage.redoable().unit)
    assert [entry.in_force for entry in history.firm_history()] == [False, False, True, True]


def test_a_step_that_was_built_upon_is_refused(two):
    service.change(person=two[0], phone="139")
    with pytest.raises(Refused):
        history.undo(history.firm_history()[2].unit)
    assert len(queries.people()) == 2


def test_a_sound_file_has_no_faults(two):
    assert history.check() == ()


def test_every_table_is_heard_of():
    assert {"person", "deal", "goal", "review", "import_batch"} <= history.EVERY_TABLE
