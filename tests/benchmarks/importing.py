"""Taking in 100,000 deals: seen, read, validated, matched, upserted, trailed; beside the bare writing of the file.

The references write into the same kind of encrypted file, with the same indexes, but check
nothing, know no record again and leave no trail.
"""

from __future__ import annotations

import atexit
import csv
import os
import random
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import date, datetime
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
FIGURES, DAY = (5, 6), 7
"""The columns a workbook holds as figures and as days."""
PEAK = "peak"
MOST_KB = 250 << 10
SELLERS = tuple(f"{family}{given}" for family in "王李张刘陈杨" for given in "伟芳娜敏")


def cases() -> list[Case]:
    """What the import has to reach."""
    ours, bare, many = (partial(measured, work) for work in ("taken_in", "bare", "insert_many"))
    seen, lines = partial(measured, "seen"), partial(measured, "lines")
    book, cells = partial(measured, "seen", made_book), partial(measured, "cells", made_book)
    whole = partial(measured, "taken_in", made_book)
    return [
        Case("import-preview-csv", "what a CSV holds, shown, beside csv.reader", seen, lines, 2.0),
        Case("import-preview-xlsx", "what a workbook holds, shown, beside calamine", book, cells, 2.0),
        Case("import-peak-csv", "most memory while a CSV is taken in, of 250 MB, in KB", ours, allowed, 1.0, PEAK),
        Case("import-peak-xlsx", "most memory while a workbook is taken in, likewise", whole, allowed, 1.0, PEAK),
        Case("import", "deals from CSV: read, check, match, upsert, trail", ours, bare, 2.5),
        Case("import-undo", "undo of that import, beside the import", partial(measured, "undone"), ours, 1.0),
        Case("import-peewee", "the same beside insert_many on conflict", ours, many, 0.2),
    ]


def measured(work: str, file: Callable[[], Path] | None = None) -> Taken:
    """One of the works below in a process of its own."""
    return called(MODULE, work, **{FILE: str((file or made)())})


def allowed() -> Taken:
    """What may be taken at most."""
    return Taken(0, others={PEAK: MOST_KB})


def peak() -> float:
    """The most memory this process and those it started had, in KB; nothing where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1024 if sys.platform == "darwin" else 1
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / unit


def cpu() -> float:
    """The CPU seconds of this process and of those it started."""
    return sum(os.times()[:4])


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


@cache
def made_book() -> Path:
    """The same deals as a workbook, their sums and days as figures."""
    import xlsxwriter

    path = made().with_suffix(".xlsx")
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book, made().open(encoding="utf-8-sig") as file:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(csv.reader(file)):
            for column, cell in enumerate(row):
                if at and column in FIGURES:
                    sheet.write_number(at, column, float(cell))
                elif at and column == DAY:
                    sheet.write_datetime(at, column, datetime.fromisoformat(cell), day)
                else:
                    sheet.write_string(at, column, cell)
    return path


def seen() -> dict[str, float]:
    """What the owner sees first of a file: what it holds, its columns, and what has to be asked."""
    with tempfile.TemporaryDirectory() as place:
        open_file(Path(place) / "data", TABLES)
        before, wall = cpu(), time.perf_counter()
        [part] = imports.look([Path(os.environ[FILE])]).parts
        figures = {"cpu": cpu() - before, "wall": time.perf_counter() - wall, PEAK: peak()}
        assert part.entity == "deal"
        close_file()
    return figures


def lines() -> dict[str, float]:
    """The reader of the standard library over the same file."""
    before = cpu()
    with Path(os.environ[FILE]).open(encoding="utf-8-sig", newline="") as file:
        deque(csv.reader(file), maxlen=0)
    return {"cpu": cpu() - before}


def cells() -> dict[str, float]:
    """calamine over the same workbook."""
    from python_calamine import CalamineWorkbook

    before = cpu()
    deque(CalamineWorkbook.from_path(os.environ[FILE]).get_sheet_by_index(0).iter_rows(), maxlen=0)
    return {"cpu": cpu() - before}


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
        before, wall = time.process_time(), time.perf_counter()
        history.undo(step.unit)
        figures = {"cpu": time.process_time() - before, "wall": time.perf_counter() - wall}
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
        before, wall = time.process_time(), time.perf_counter()
        work(Path(os.environ[FILE]), folder)
        figures = {"cpu": time.process_time() - before, "wall": time.perf_counter() - wall, PEAK: peak()}
        DB.connect(reuse_if_open=True)
        assert Deal.select().count() == (20_000 if is_quick() else 100_000)
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
