"""A request is kept whole or not at all, and says who it was."""

import json
import threading
from datetime import date
from decimal import Decimal

import apsw
import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.sales.models import Deal
from desktopapp.storage import close_file, latest, observe, open_file, rows, undoable, unit
from desktopapp.storage.fields import summed
from desktopapp.storage.trail import Change, Unit
from desktopapp.storage.unit import DB, pack, unpack
from desktopapp.team.models import Person

pytestmark = pytest.mark.usefixtures("file")

WORDS = M("Add {name} to the roster", name="王芳")


def test_a_write_outside_a_unit_is_a_bug():
    with pytest.raises(Exception, match="readonly"):
        Person.create(name="王芳")
    with unit("team.add", WORDS):
        Person.create(name="李娜")
    with pytest.raises(Exception, match="outside a unit"):
        Person.create(name="王芳")
    assert [person.name for person in Person.select()] == ["李娜"]


def test_a_connection_that_only_reads_makes_no_triggers():
    made = "select count(*) from temp.sqlite_schema where type = 'trigger'"
    assert DB.execute_sql(made).fetchone()[0] == 0
    with unit("team.add", WORDS):
        Person.create(name="王芳")
    assert DB.execute_sql(made).fetchone()[0] > 3 * 10


def test_a_failed_unit_leaves_nothing():
    with pytest.raises(ZeroDivisionError), unit("team.add", WORDS):
        Person.create(name="王芳")
        _ = 1 / 0
    assert Person.select().count() == 0
    assert latest() == []


def test_a_unit_that_changes_nothing_leaves_no_entry():
    with unit("team.add", WORDS):
        Person.create(name="王芳")
    with unit("team.change", WORDS):
        Person.update(name="王芳").execute()
    assert len(latest()) == 1


def test_a_unit_inside_a_unit_joins_it():
    with unit("overview.close", WORDS), unit("team.add", WORDS):
        Person.create(name="王芳")
    assert [u.action for u in Unit.select()] == ["overview.close"]


def test_observers_hear_which_tables_a_kept_unit_touched_and_nothing_of_a_failed_one():
    heard: list[frozenset[str]] = []
    stop = observe(heard.append)
    with unit("team.add", WORDS):
        Person.create(name="王芳")
    with pytest.raises(ZeroDivisionError), unit("team.add", WORDS):
        Person.create(name="李娜")
        _ = 1 / 0
    stop()
    with unit("team.add", WORDS):
        Person.create(name="李娜")
    assert heard == [frozenset({"person"})]


def test_every_way_of_writing_leaves_a_trail():
    with unit("team.add", WORDS):
        Person.insert_many([{"name": f"p{n}"} for n in range(3)]).execute()
        Person.update(phone="138").where(Person.name == "p1").execute()
        Person.delete().where(Person.name == "p2").execute()
    trail = [(c.verb, json.loads(c.fields)) for c in Change.select().order_by(Change.id)]
    assert [verb for verb, _ in trail] == ["insert"] * 3 + ["update", "delete"]
    assert trail[0][1]["name"] == [None, "p0"]
    assert trail[3][1] == {"phone": ["", "138"]}
    assert trail[4][1]["name"] == ["p2", None]


def test_the_trail_itself_cannot_be_rewritten():
    with unit("team.add", WORDS):
        Person.create(name="王芳")
    with pytest.raises(Exception, match="only ever added to"):
        Change.delete().execute()
    with pytest.raises(Exception, match="only ever added to"):
        Unit.update(action="other").execute()


def test_the_words_of_a_unit_survive_the_file_and_are_worded_in_either_language(zh, en):
    words = M("Add {name} to the roster", name="王芳")
    with unit("team.add", words):
        Person.create(name="王芳")
    step = undoable()
    assert step is not None
    assert zh.text(step.words) == "名册添加王芳"
    assert en.text(step.words) == "Add 王芳 to the roster"


@pytest.mark.parametrize(
    "value",
    [Period.parse("2026Q3"), Money(12345), date(2026, 11, 23), "王芳", 7, Decimal("66.50"), M("Add {name}", name="x")],
)
def test_every_value_that_words_may_hold_comes_back_as_it_was(value):
    words = Message("{value}", {"value": value})
    assert unpack(pack(words)) == words


def test_words_take_no_value_they_could_not_give_back():
    with pytest.raises(TypeError):
        pack(M("{value}", value=1.5))


def test_money_keeps_every_fen_through_a_sum():
    with unit("sales.import", WORDS):
        for n in range(10):
            Deal.create(external=str(n), name="a", amount=Money.yuan("0.10"))
    assert Deal.select(summed(Deal.amount)).scalar() == Money.yuan("1.00")
    assert rows(Deal.select(Deal.amount))[0] == (Money(10),)
    assert DB.execute_sql("select sum(amount) from deal").fetchone() == (100,)


def test_two_units_of_two_threads_take_turns():
    started, order = threading.Event(), []

    def other() -> None:
        started.set()
        with unit("team.add", WORDS):
            Person.create(name="李娜")
            order.append("other")

    worker = threading.Thread(target=other)
    with unit("team.add", WORDS):
        worker.start()
        assert started.wait(5)
        Person.create(name="王芳")
        order.append("first")
    worker.join(5)
    assert order == ["first", "other"]
    assert Person.select().count() == 2


def test_a_text_too_long_for_its_column_is_refused_by_name(zh):
    with pytest.raises(Refused) as no, unit("team.add", WORDS):
        Person.create(name="名" * 300)
    assert no.value.field == "name"
    assert zh.text(no.value.message) == "最多 50 个字，现在有 300 个字。"
    assert Person.select().count() == 0


def test_what_cannot_be_seen_is_not_kept():
    with unit("team.add", WORDS):
        Person.create(name=" 王\u200b芳\x00 ", note="一\r\n二\ud800")
    assert rows(Person.select(Person.name, Person.note)) == [("王芳", "一\n二")]


def test_a_file_is_closed_although_another_thread_is_still_asking_it(file):
    """A long question is broken off; who asked is told, and the file can be opened again at once."""
    started, ended = threading.Event(), []

    def ask():
        slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        cursor = DB.connection().cursor()
        started.set()
        try:
            cursor.execute(slow).fetchall()
        except apsw.InterruptError:
            ended.append("broken off")

    thread = threading.Thread(target=ask)
    thread.start()
    started.wait()
    close_file()
    thread.join(timeout=20)
    assert ended == ["broken off"]
    open_file(file, TABLES)
    assert rows(Person.select(Person.id)) == []
