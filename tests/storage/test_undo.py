"""Any row of requests, undone to the last, leaves the file as it was; done again, as it became."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktopapp.areas import TABLES
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.sales.models import Account, Deal
from desktopapp.storage import (
    Edited,
    bulk,
    close_file,
    open_file,
    redoable,
    restore,
    revert,
    rows,
    undoable,
    unit,
)
from desktopapp.team.models import Move, Person

TEXT = st.text("甲乙丙 ab\n", max_size=8)
SOMEBODY = st.integers(0, 5)
REQUEST = st.one_of(
    st.tuples(st.just("add"), TEXT, SOMEBODY),
    st.tuples(st.just("rename"), TEXT, SOMEBODY),
    st.tuples(st.just("pay"), st.integers(0, 99), SOMEBODY),
    st.tuples(st.just("move"), st.just(""), SOMEBODY),
    st.tuples(st.just("delete"), st.just(""), SOMEBODY),
    st.tuples(st.just("import"), st.integers(0, 4), SOMEBODY),
    st.tuples(st.just("restore"), st.just(""), st.integers(1, 6)),
    st.tuples(st.just("undo"), st.just(""), SOMEBODY),
    st.tuples(st.just("redo"), st.just(""), SOMEBODY),
)


def held():
    """Everything the owner's tables hold."""
    return {table: rows(table.select().order_by(table.id)) for table in TABLES}


def person(nth):
    numbers = [number for (number,) in rows(Person.select(Person.id).order_by(Person.id))]
    return numbers[nth % len(numbers)] if numbers else None


def carry_out(what, value, nth):
    who = person(nth)
    if what == "add":
        with unit("team.add", M("x")):
            Move.create(person=Person.create(name=value).id, kind="joined", day=date(2026, 1, 1))
    elif what == "rename" and who:
        with unit("team.change", M("x")):
            Person.update(name=value).where(Person.id == who).execute()
    elif what == "pay" and who:
        with unit("team.change", M("x")):
            Person.update(base_pay=Money.yuan(value)).where(Person.id >= who).execute()
    elif what == "move" and who:
        with unit("team.move", M("x")):
            Move.create(person=who, kind="left", day=date(2026, 2, 2))
    elif what == "delete" and who:
        with unit("team.delete", M("x")):
            Move.delete().where(Move.person == who).execute()
            Deal.update(person=None).where(Deal.person == who).execute()
            Person.delete().where(Person.id == who).execute()
    elif what == "import":
        with unit("sales.import", M("x")):
            fields = (Deal.system, Deal.external, Deal.name, Deal.customer, Deal.owner, Deal.stage, Deal.status,
                      Deal.currency, Deal.source, Deal.lost_reason, Deal.extra, Deal.person)  # fmt: skip
            texts = [("z", str(n), f"{value}", "", "", "", "open", "", "", "", "", who) for n in range(value)]
            bulk(Deal, fields, texts, key=(Deal.system, Deal.external))
            Account.create(name="x", external=f"{Account.select().count()}/{value}/{nth}")
    elif what == "restore":
        restore([("person", nth)], M("x"))
    elif what in ("undo", "redo"):
        step = undoable() if what == "undo" else redoable()
        if step:
            revert(step.unit)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(requests=st.lists(REQUEST, min_size=1, max_size=12))
def test_undone_to_the_last_nothing_is_left_and_done_again_everything_is_there(tmp_path_factory, requests):
    open_file(tmp_path_factory.mktemp("undo"), TABLES)
    try:
        for request in requests:
            carry_out(*request)
        states = [held()]
        while step := undoable():
            revert(step.unit)
            states.append(held())
        assert not any(states[-1].values())
        back = list(reversed(states))
        for state in back[1:]:
            step = redoable()
            assert step is not None
            revert(step.unit)
            assert held() == state
    finally:
        close_file()


def test_a_row_that_was_replaced_is_refused_and_nothing_is_half_restored(file):
    with unit("sales.add", M("x")):
        first = Account.create(external="1", name="华鼎").id
    with unit("sales.delete", M("x")):
        Account.delete().execute()
    with unit("sales.add", M("x")):
        Account.create(external="1", name="华鼎")
    before = held()
    with pytest.raises(Edited) as no:
        restore([("account", first)], M("x"))
    assert no.value.rows == (("account", first),)
    assert held() == before
