"""Finding among 100,000 records, beside LIKE over the same columns: each key the owner types."""

from __future__ import annotations

import atexit
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache, partial, reduce
from operator import or_
from pathlib import Path
from statistics import quantiles
from typing import Any

from desktopapp.areas import TABLES
from desktopapp.kernel.message import M
from desktopapp.overview.search import INDEX, MOST, catch_up, search
from desktopapp.sales.models import Account, Deal
from desktopapp.storage import DB, bulk, open_file, unit
from desktopapp.team.models import Person
from tests.benchmarks.case import Case, Taken, called, is_quick

MODULE = "tests.benchmarks.search"
FOLDER = "TEAMHELM_BENCH_FOLDER"
"""Names the folder with the rows to a process that looks through them."""
DEALS, ACCOUNTS, PEOPLE = 79_960, 20_000, 40
CHARACTERS = "华信中科恒达东方鼎盛万合天源博雅瑞丰金辉海通新锐安泰宏图立讯嘉祥永兴联创卓越正大润和长城星河远航智云百川"
TRADES = ("科技有限公司", "实业集团", "贸易有限公司", "电子股份", "医药连锁", "建材市场", "物流公司", "餐饮管理")
GIVEN = "伟芳娜敏静丽强磊洋勇艳杰娟涛明超秀兰霞平刚桂英玉飞鹏宇辉建国文斌雪梅琳晨浩然"
TYPED = "?"
"""Stands in a question for what is typed."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾"


def cases() -> list[Case]:
    """What finding has to reach."""
    typed = partial(measured, "typed")
    return [
        Case("search-key", "1 to 4 characters in 100,000 records, p95, beside LIKE", typed, partial(measured, "like"),
             1 / 40, "p95"),
        Case("search-index", "100,000 imported records made findable, beside importing them",
             partial(measured, "index"), partial(measured, "import_them"), 2.5),
    ]  # fmt: skip


def measured(work: str) -> Taken:
    """One of the works below in a process of its own, on the rows made once a run."""
    return called(MODULE, work, **{FOLDER: made()})


@cache
def made() -> str:
    """The folder with the rows and their index."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    called(MODULE, "make", **{FOLDER: folder})
    return folder


def make() -> None:
    """Write a firm with 100,000 records, half of it as it was imported, some of it changed one by one since."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    write()
    catch_up()
    for person in Person.select().limit(20):
        with unit("overview.bench", M("")):
            Person.update(phone=f"139{person.id:08}").where(Person.id == person.id).execute()
        catch_up()


def write() -> None:
    """The rows, in one request."""
    chance = random.Random(11)
    with unit("overview.bench", M("")):
        put(Person, ({"name": chance.choice(SURNAMES) + some(chance, GIVEN, 1, 2)} for _ in range(PEOPLE)))
        put(Account, ({"external": f"K{n:06}", "name": firm(chance)} for n in range(ACCOUNTS)))
        put(Deal, deals(chance))


def put(table: Any, rows: Iterator[dict[str, object]]) -> None:
    """Many rows as an import writes them."""
    fields = [field for field in table._meta.sorted_fields if not field.primary_key]
    bulk(table, fields, ([f.db_value(row.get(f.name, f.default)) for f in fields] for row in rows))


def deals(chance: random.Random) -> Iterator[dict[str, object]]:
    """Made-up deals."""
    for n in range(DEALS):
        customer = firm(chance)
        yield {
            "external": f"XSY-{n:06}", "name": f"{customer}2026年度采购", "customer": customer, "stage": "报价",
            "amount": Deal.amount.python_value(chance.randrange(10**9)), "status": "open",
        }  # fmt: skip


def firm(chance: random.Random) -> str:
    """A made-up firm's name."""
    return some(chance, CHARACTERS, 2, 4) + chance.choice(TRADES)


def some(chance: random.Random, characters: str, least: int, most: int) -> str:
    """A few characters at random."""
    return "".join(chance.choice(characters) for _ in range(chance.randint(least, most)))


def needles() -> list[str]:
    """What is typed: one to four characters, out of the records and not, common and rare, Chinese and not."""
    chance = random.Random(3)
    found = []
    for _ in range(10 if is_quick() else 40):
        name = firm(chance)
        at = chance.randrange(len(name) - 4)
        found += [name[at : at + length] for length in (1, 2, 3, 4)]
        found += [some(chance, CHARACTERS, 2, 4), some(chance, GIVEN, 1, 2), str(chance.randrange(10_000))]
        found += ["zw", "翡翠"]
    return found


def p95(answer: Callable[[str], object]) -> dict[str, float]:
    """What the slowest of twenty keys takes, in CPU seconds."""
    typed = needles()
    for text in typed[:50]:
        answer(text)
    taken = []
    for text in typed:
        started = time.thread_time()
        answer(text)
        taken.append(time.thread_time() - started)
    return {"p95": quantiles(taken, n=20)[-1]}


def typed() -> dict[str, float]:
    """Ours: the whole answer, as it is shown."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    assert INDEX.behind() == 0
    return p95(search)


def like() -> dict[str, float]:
    """The same answer by LIKE: of each kind what begins so before what holds it, the newest first."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    asked: list[tuple[str, list[Any]]] = []
    for kind in INDEX.kinds:
        inside = reduce(or_, (column.contains(TYPED) for column in kind.columns))
        begins = reduce(or_, (column.startswith(TYPED) for column in kind.columns))
        best = kind.rows.where(inside).order_by(begins.desc(), kind.table.id.desc()).limit(MOST)
        asked.append(best.sql())

    def answer(text: str) -> list[list[tuple[Any, ...]]]:
        found = []
        for statement, given in asked:
            values = [each.replace(TYPED, text) if isinstance(each, str) else each for each in given]
            found.append(DB.execute_sql(statement, values).fetchall())
        return found

    return p95(answer)


def index() -> dict[str, float]:
    """Have an import be found."""
    open_file(Path(tempfile.mkdtemp(dir=os.environ[FOLDER])), TABLES)
    write()
    started = time.process_time()
    catch_up()
    return {"cpu": time.process_time() - started}


def import_them() -> dict[str, float]:
    """The import alone."""
    open_file(Path(tempfile.mkdtemp(dir=os.environ[FOLDER])), TABLES)
    started = time.process_time()
    write()
    return {"cpu": time.process_time() - started}
