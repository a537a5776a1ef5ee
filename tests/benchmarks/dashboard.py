"""The figures of the sales page over 100,000 deals, beside the same questions without indexes, and beside SQL by hand.

All stand on encrypted files of the same rows.
"""

from __future__ import annotations

import atexit
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

from desktopapp.areas import TABLES
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.sales.models import LOST, OPEN, WON, Account, Collection, Deal, Stage, StageChange
from desktopapp.sales.queries import Scope, figures
from desktopapp.storage import DB, Record, bulk, open_file, unit
from desktopapp.team.models import Person
from tests.benchmarks.case import Case, Taken, called, is_quick

MODULE = "tests.benchmarks.dashboard"
FOLDER = "TEAMHELM_BENCH_FOLDER"
"""Names the folder with the rows to a process that reads them."""
DEALS = "TEAMHELM_BENCH_DEALS"
FEW, MANY = 10_000, 1_000_000
TODAY = date(2026, 11, 23)
QUARTER = Period.parse("2026Q4")
SCOPE = Scope(QUARTER)
YEARS = 3
PEOPLE = 12
STAGES = (("初步接洽", 1000), ("需求确认", 3000), ("方案报价", 5000), ("商务谈判", 7500), ("合同审批", 9000))
PRODUCTS = ("货架", "照明", "劳保", "办公", "叉车", "净水")


def cases() -> list[Case]:
    """What the page has to reach."""
    count = 20_000 if is_quick() else 100_000
    ours = partial(measured, "page", count)
    return [
        Case("dashboard-plain", f"{count:,} deals, beside the same questions without indexes", ours,
             partial(bare, count), 0.3),
        Case("dashboard-hand", f"{count:,} deals, beside SQL by hand with the same indexes", ours,
             partial(measured, "by_hand", count), 2.0, more=growth),
    ]  # fmt: skip


@cache
def bare(count: int) -> Taken:
    """The reference without indexes, taken once: at 100,000 deals it is a matter of minutes."""
    return measured("bare_page", count)


def measured(work: str, count: int) -> Taken:
    """The page's answers in a process of its own."""
    return called(MODULE, work, **{FOLDER: made(count)})


def growth() -> Sequence[str]:
    """What ten and a hundred times as many deals cost."""
    if is_quick():
        return ()
    few, usual, many = (min(measured("page", count).cpu for _ in range(3)) for count in (FEW, 100_000, MANY))
    return (f"{FEW:,} deals {few * 1000:,.0f} ms, 100,000 {usual * 1000:,.0f} ms, {MANY:,} {many * 1000:,.0f} ms:"
            f" {many / few:.0f} times for a hundred times as many",)  # fmt: skip


@cache
def made(count: int) -> str:
    """The folder with the rows, made once a run."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    called(MODULE, "make", **{FOLDER: folder, DEALS: str(count)})
    return folder


def make() -> None:
    """Write the rows."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    count, chance = int(os.environ[DEALS]), random.Random(7)
    every = list(deals(count, chance))
    with unit("overview.bench", M("")):
        put(Person, ({"name": f"客户经理{n}", "team": f"小组{n % 3}"} for n in range(PEOPLE)))
        ended = (("赢单", WON, 10_000), ("输单", LOST, 0))
        named = [(label, OPEN, odds) for label, odds in STAGES] + list(ended)
        put(Stage, ({"label": label, "status": status, "probability": Stage.probability.python_value(odds),
                     "position": place} for place, (label, status, odds) in enumerate(named, 1)))  # fmt: skip
        put(Account, ({"external": f"C{n}", "name": f"客户{n}", "level": "ABC"[n % 3]} for n in range(count // 5)))
        put(Deal, every)
        put(Collection, payments(every, chance))
        put(StageChange, moves(every, chance))


def put(table: type[Record], made_up: Iterable[dict[str, object]]) -> None:
    """Write rows, columns not named as the table has them by default."""
    columns = [field for field in table._meta.sorted_fields if not field.primary_key]
    bulk(table, columns, ([f.db_value(row.get(f.name, f.default)) for f in columns] for row in made_up))


def deals(count: int, chance: random.Random) -> Iterator[dict[str, object]]:
    """Made-up deals of three years, the later half of this quarter still open."""
    first = TODAY - timedelta(days=365 * YEARS)
    for n in range(count):
        day = first + timedelta(days=chance.randrange(365 * YEARS + 60))
        status = OPEN if day > TODAY or chance.random() < 0.02 else WON if chance.random() < 0.4 else LOST
        stage = chance.choice(STAGES)[0] if status == OPEN else {WON: "赢单", LOST: "输单"}[status]
        yield {
            "external": f"D{n}", "name": f"采购{n}", "customer": f"客户{n % (count // 5)}", "status": status,
            "account": n % (count // 5) + 1, "person": n % PEOPLE + 1, "stage": stage,
            "product": chance.choice(PRODUCTS), "amount": Deal.amount.python_value(chance.randrange(10**8)),
            "close_date": day,
        }  # fmt: skip


def payments(every: Sequence[dict[str, object]], chance: random.Random) -> Iterator[dict[str, object]]:
    """A payment agreed for each deal won, nine in ten received."""
    for n, each in enumerate(every, 1):
        if each["status"] == WON:
            due = each["close_date"] + timedelta(days=45)
            came = due + timedelta(days=chance.randrange(-20, 30))
            received = came <= TODAY and chance.random() < 0.9
            yield {
                "external": f"P{n}", "deal": n, "person": each["person"], "customer": each["customer"],
                "planned": each["amount"], "due": due, "account": each["account"],
                "amount": each["amount"] if received else None, "day": came if received else None,
            }  # fmt: skip


def moves(every: Sequence[dict[str, object]], chance: random.Random) -> Iterator[dict[str, object]]:
    """The log of each deal: from stage to stage, some to the end."""
    labels = [label for label, _ in STAGES]
    for n, each in enumerate(every, 1):
        last = labels.index(each["stage"]) if each["status"] == OPEN else chance.randrange(1, len(labels))
        after = [*labels[1 : last + 1], *([each["stage"]] if each["status"] != OPEN else [])]
        for before, next_ in zip(labels, after, strict=False):
            yield {"deal": n, "day": each["close_date"] - timedelta(days=chance.randrange(60)), "before": before,
                   "after": next_, "status": each["status"], "days": chance.randrange(1, 40)}  # fmt: skip


def page() -> dict[str, float]:
    """Ours: everything the page shows of the firm."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    return timed(answers)


def bare_page() -> dict[str, float]:
    """The same without the indexes, in a unit that comes to nothing."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    found = "select name from sqlite_master where type = 'index' and sql is not null and sql not like '%UNIQUE%'"
    with unit("overview.bench", M("")):
        for (name,) in DB.execute_sql(found).fetchall():
            DB.execute_sql(f'drop index "{name}"')
        return timed(answers)


def timed(work: Callable[[], object]) -> dict[str, float]:
    """What a work takes once the file is open."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def answers() -> list[object]:
    """The page's questions, one after another."""
    months = QUARTER.within()
    return [
        *(figures.parts(by, SCOPE, TODAY) for by in (figures.PERSON, figures.PRODUCT, figures.TIER)),
        figures.by_month("won", SCOPE, months, TODAY), figures.expected_by_month(SCOPE, months, TODAY),
        figures.funnel(SCOPE, TODAY), figures.ageing(SCOPE, TODAY), figures.forecast(SCOPE, TODAY),
        figures.stage_lines(SCOPE, TODAY),
    ]  # fmt: skip


def by_hand() -> dict[str, float]:
    """The same answers in SQL written for them."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    return timed(lambda: [DB.execute_sql(sql).fetchall() for sql in HAND])


_SPAN = f"between '{QUARTER.start}' and '{QUARTER.end}'"
_AHEAD = f"between '{TODAY}' and '{QUARTER.end}'"
_KEYS = {
    "deal": ("person_id", "product", "(select level from account a where a.id = r.account_id)"),
    "collection": ("person_id", "(select product from deal d where d.id = r.deal_id)",
                   "(select level from account a where a.id = r.account_id)"),
}  # fmt: skip
_ODDS = "coalesce(probability, (select s.probability from stage s where s.label = r.stage))"
_CHANCE = (
    f"select count(*), sum(amount), sum(amount * {_ODDS}), sum(1.0 * amount * amount * {_ODDS} * (10000 - {_ODDS}))"
    " from deal r where status = 'open' and currency = '' and close_date"
)
HAND = (
    *(f"select {key}, sum(iif(status = 'won', amount, 0)), sum(status = 'won'), count(*) from deal r"
      f" where status in ('won', 'lost') and currency = '' and close_date {_SPAN} group by 1" for key in _KEYS["deal"]),
    *(f"select {key}, sum(amount) from deal r where status = 'open' and currency = '' group by 1"
      for key in _KEYS["deal"]),
    *(f"select {key}, sum(amount) from collection r where currency = '' and day {_SPAN} group by 1"
      for key in _KEYS["collection"]),
    "select substr(close_date, 1, 7), sum(amount) from deal where status = 'won' and currency = ''"
    f" and close_date {_SPAN} group by 1",
    f"select substr(close_date, 1, 7), sum(amount * {_ODDS}) from deal r where status = 'open' and currency = ''"
    f" and close_date {_AHEAD} group by 1",
    "select iif(status = 'won', 99, max(coalesce((select position from stage s where s.label = r.stage"
    " and s.status = 'open'), 0), coalesce((select max(position) from stage_change m join stage s on s.label = m.before"
    " where m.deal_id = r.id and s.status = 'open'), 0))), count(*), sum(amount) from deal r"
    f" where status in ('won', 'lost', 'open') and currency = '' and close_date {_SPAN} group by 1",
    f"select (julianday('{TODAY}') - julianday(due) - 1) / 30, sum(planned - coalesce(amount, 0)), count(*)"
    " from collection where planned > coalesce(amount, 0) and currency = '' group by 1",
    f"{_CHANCE} {_AHEAD}",
    f"{_CHANCE} < '{TODAY}'",
    f"{_CHANCE} is null",
    "select stage, count(*), sum(amount) from deal where status = 'open' and currency = '' group by 1",
    "select before, days, count(*) from stage_change where days is not null and day between"
    f" '{TODAY - timedelta(364)}' and '{TODAY}' group by 1, 2",
    "select m.before, count(distinct iif(d.status = 'won', d.id, null)), count(distinct d.id) from deal d"
    " join stage_change m on m.deal_id = d.id where d.status in ('won', 'lost') group by 1",
)
"""What somebody would write who knew the tables and their indexes by heart."""
