"""How the file finds the rows of a figure: never by going through a whole table."""

import re
from contextlib import contextmanager
from datetime import date

import pytest

from desktopapp.kernel.period import Period
from desktopapp.sales import queries
from desktopapp.sales.models import Deal
from desktopapp.sales.queries import Cut, Scope, figures
from desktopapp.sales.queries.cuts import KINDS
from desktopapp.sales.queries.measures import MEASURES
from desktopapp.storage import DB, rows
from desktopapp.team.rules import FIRM, PERSON, TEAM

pytestmark = pytest.mark.usefixtures("file")
TODAY = date(2026, 11, 23)
Q4 = Period.parse("2026Q4")
SMALL = {"stage", "basis", "person"}
"""Tables of a handful of rows, which are read whole."""
AT = {"stage": "A", "been": "A", "dated": "B", "owed": "late"}
SCOPES = {
    "firm": Scope(Q4), "person": Scope(Q4, 1), "team": Scope(Q4, team="华东"), "product": Scope(Q4, product="货架"),
    "tier": Scope(Q4, tier="A"),
}  # fmt: skip


@contextmanager
def planned(monkeypatch):
    """Gathers what is asked of the file, each with the steps the file takes to answer it."""
    found = []
    run = DB.execute_sql

    def explained(sql, values=None):
        if sql.startswith("SELECT"):
            found.extend((sql, step[3]) for step in run(f"explain query plan {sql}", values))
        return run(sql, values)

    with monkeypatch.context() as patch:
        patch.setattr(DB, "execute_sql", explained)
        yield found


def gone_through(found):
    """The tables whose rows are read one after another, each with the question that did it."""
    bare = []
    for sql, step in found:
        scan = re.fullmatch(r"SCAN (\w+)", step)
        names = {alias: name for name, alias in re.findall(r'"(\w+)" AS "(\w+)"', sql)}
        table = names.get(scan[1]) if scan else None
        if table and table not in SMALL:
            bare.append((table, sql))
    return bare


def page(scope):
    """Everything the sales page asks."""
    for by in (figures.PERSON, figures.PRODUCT, figures.TIER):
        figures.parts(by, scope, TODAY)
    for kind in ("won", "collected"):
        figures.by_month(kind, scope, Q4.within(), TODAY)
    figures.expected_by_month(scope, Q4.within(), TODAY)
    for ask in (figures.funnel, figures.ageing, figures.forecast, figures.stage_lines):
        ask(scope, TODAY)


def rows_behind(scope):
    """Everything a figure can lead to, and its sum."""
    for kind in KINDS:
        for day in (TODAY, date(2026, 10, 31)):
            cut = Cut(kind, scope, day, AT.get(kind, ""), past=day < TODAY)
            queries.total(cut)
            queries.keys_of(cut)


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
@pytest.mark.parametrize("ask", [page, rows_behind], ids=["page", "rows"])
def test_no_figure_goes_through_a_whole_table(monkeypatch, ask, scope):
    with planned(monkeypatch) as found:
        ask(scope)
    assert len(found) > 20
    assert gone_through(found) == []


@pytest.mark.parametrize("level", [FIRM, TEAM, PERSON])
def test_no_metric_goes_through_a_whole_table(monkeypatch, level):
    with planned(monkeypatch) as found:
        for metric in MEASURES:
            queries.measured(metric, level, Q4, TODAY)
            queries.measured(metric, level, Q4.before, TODAY)
    assert len(found) > 20
    assert gone_through(found) == []


def test_a_table_that_is_gone_through_is_noticed(monkeypatch):
    with planned(monkeypatch) as found:
        rows(Deal.select(Deal.id).where(Deal.lost_reason == "价格"))
    assert [table for table, _ in gone_through(found)] == ["deal"]
