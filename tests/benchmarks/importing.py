"""Taking in 100,000 deals: read, validated, matched, upserted, trailed; beside the bare writing of the same file.

The references write into the same kind of encrypted file, with the same indexes, but check
nothing, know no record again and leave no trail.
"""

from __future__ import annotations

import atexit
import csv
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from itertools import islice
from pathlib import Path

import apsw

from desktopapp.areas import TABLES
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.overview import history
from desktopapp.sales import imports, service
from desktopapp.sales.models import Deal
from desktopapp.storage import DB, close_file, open_file, undoable, unit
from desktopapp.storage.file import NAME
from desktopapp.storage.unit import PRAGMAS
from desktopapp.team import service as team
from tests.benchmarks.case import Case, Taken, called, is_quick

TODAY = date(2026, 11, 23)
MODULE = "tests.benchmarks.importing"
FILE = "TEAMHELM_BENCH_FILE"
"""Names the CSV to a process that takes it in."""
HEADING = ("商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额", "赢率", "预计成交日期", "来源", "备注")
COLUMNS = ("external", "name", "customer", "owner", "stage", "amount", "probability", "close_date", "source", "extra")
SELLERS = tuple(f"{family}{given}" for family in "王李张刘陈杨" for given in "伟芳娜敏")


def cases() -> list[Case]:
    """What the import has to reach."""
    ours, bare, many = (partial(measured, work) for work in ("taken_in", "bare", "insert_many"))
    return [
        Case("import", "deals from CSV: read, check, match, upsert, trail", ours, bare, 2.5),
        Case("import-undo", "undo of that import, beside the import", partial(measured, "undone"), ours, 1.0),
        Case("import-peewee", "the same beside insert_many on conflict", ours, many, 0.2),
    ]


def measured(work: str) -> Taken:
    """One of the works below in a process of its own."""
    return called(MODULE, work, **{FILE: str(made())})


@cache
def made() -> Path:
    """The file of deals, made once a run."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    path = Path(folder) / "deals.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADING)
        out.writerows(map(deal, range(20_000 if is_quick() else 100_000), [random.Random(5)] * 100_000))
    return path


def deal(at: int, chance: random.Random) -> tuple[str, ...]:
    """One made-up deal."""
    pick = chance.choice
    customer = f"{pick('华信中科恒达东方鼎盛万合')}{pick('伟芳娜敏静丽强磊')}科技有限公司"
    return (
        f"OPP{at:07d}",
        f"{customer}{at}号项目",
        customer,
        pick(SELLERS),
        pick(("线索", "商机", "报价", "谈判", "赢单", "输单")),
        f"{chance.random() * 1e6:.2f}",
        str(chance.randrange(0, 101, 10)),
        f"2026-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        pick(("展会", "转介绍", "网站")),
        "跟进 " * 4,
    )


def taken_in() -> dict[str, float]:
    """Ours, from the file to the kept unit."""
    return in_a_file(_taken_in)


def undone() -> dict[str, float]:
    """What it costs to take the import back, every row and what was known of it."""
    with tempfile.TemporaryDirectory() as place:
        open_file(Path(place) / "data", TABLES)
        team.add_many(({"name": name} for name in SELLERS), today=TODAY)
        _taken_in(Path(os.environ[FILE]), Path(place))
        step = undoable()
        cpu, wall = time.process_time(), time.perf_counter()
        history.undo(step.unit)
        figures = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
        assert Deal.select().count() == 0
        close_file()
    return figures


def bare() -> dict[str, float]:
    """The reader of the standard library straight into `executemany`, on a connection without triggers."""
    return in_a_file(_bare)


def insert_many() -> dict[str, float]:
    """peewee's own way to the same end: upserted, with a trail, five hundred rows at a time."""
    return in_a_file(_insert_many)


def in_a_file(work: Callable[[Path, Path], object]) -> dict[str, float]:
    """What a work costs, the making of its empty file not counted."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        open_file(folder, TABLES)
        team.add_many(({"name": name} for name in SELLERS), today=TODAY)
        cpu, wall = time.process_time(), time.perf_counter()
        work(Path(os.environ[FILE]), folder)
        figures = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
        DB.connect(reuse_if_open=True)
        assert Deal.select().count() == Path(os.environ[FILE]).read_bytes().count(b"\n") - 1
        close_file()
    return figures


def _taken_in(path: Path, _folder: Path) -> None:
    found = imports.examine(imports.look([path]), today=TODAY)
    service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)


def _bare(path: Path, folder: Path) -> None:
    connection = apsw.Connection(str(folder / NAME))
    for pragma in ("cipher='aegis'", f'key="raw:{DB.key}"', *PRAGMAS):
        connection.execute(f"pragma {pragma}")
    left = {field.column_name: field.db_value(field.default) for field in Deal._meta.sorted_fields
            if field.column_name not in COLUMNS and field.default is not None}  # fmt: skip
    values = ", ".join([*("?" for _ in COLUMNS), *(f"'{value}'" for value in left.values())])
    statement = f"insert into deal ({', '.join([*COLUMNS, *left])}) values ({values})"
    with path.open(encoding="utf-8-sig", newline="") as file, connection:
        rows = csv.reader(file)
        next(rows)
        connection.executemany(statement, rows)
    connection.close()


def _insert_many(path: Path, _folder: Path) -> None:
    fields = [getattr(Deal, name) for name in COLUMNS]
    words = M("Import “{file}”", file=path.name)
    with path.open(encoding="utf-8-sig", newline="") as file, unit("sales.import", words):
        rows = csv.reader(file)
        next(rows)
        while batch := [_read(row) for row in islice(rows, 500)]:
            wanted = Deal.insert_many(batch, fields=fields)
            wanted.on_conflict(conflict_target=[Deal.system, Deal.external], preserve=fields[1:]).execute()


def _read(row: list[str]) -> list[object]:
    row_: list[object] = [*row]
    row_[5:8] = Money.yuan(row[5]), Share(row[6]) / 100, date.fromisoformat(row[7])
    return row_
