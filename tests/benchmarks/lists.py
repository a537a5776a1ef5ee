"""A list of 100,000 deals: opened, scrolled, sorted, filtered.

Opening, sorting and filtering stand beside `fetchall()` into a list model, on the same encrypted
file; scrolling beside `QSqlTableModel`, which is C++ throughout but cannot read that file, and
so reads the same rows from a plain one.
"""

from __future__ import annotations

import atexit
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from statistics import median

from desktopapp.areas import TABLES
from desktopapp.kernel.language import language
from desktopapp.kernel.message import N_, M
from desktopapp.sales import queries
from desktopapp.sales.models import LOST, OPEN, WON, Deal
from desktopapp.storage import DB, bulk, open_file, unit
from tests.benchmarks.case import Case, Taken, called, is_quick

MODULE = "tests.benchmarks.lists"
FOLDER = "TEAMHELM_BENCH_FOLDER"
"""Names the folder with the rows to a process that shows them."""
PLAIN = "plain.db"
COLUMNS = ("name", "customer", "owner", "stage", "status", "amount", "probability", "close_date")
LIST = f"select id, {', '.join(COLUMNS)} from deal order by close_date desc, id"
JUMPS = 60
TYPED = "华信伟"
"""What is typed to filter; one customer in a hundred has it."""
KEY = 0.1
"""Seconds a key may wait."""


def cases() -> list[Case]:
    """What a long list has to reach."""
    ours, rows, sql = (partial(measured, work) for work in ("window", "rows", "sql"))
    return [
        Case("list-open", "100,000 deals to first paint, beside a list", ours, rows, 0.4, "open"),
        Case("list-sort", "sorted by customer, beside list.sort", ours, rows, 0.6, "sort"),
        Case("list-scroll", "a frame, beside QSqlTableModel (plain file)", ours, sql, 1.5, "frame"),
        Case("list-filter", "a key in the filter, at most 100 ms", ours, in_time, 1.0, "filter"),
    ]


def measured(work: str) -> Taken:
    """One of the lists below in a process of its own."""
    return called(MODULE, work, **{FOLDER: made()})


def in_time() -> Taken:
    """What any key may take."""
    return Taken(KEY)


@cache
def made() -> str:
    """The folder with the rows, made once a run."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    called(MODULE, "make", **{FOLDER: folder})
    return folder


def make() -> None:
    """Write the rows into an encrypted file of ours, and into a plain one."""
    folder = Path(os.environ[FOLDER])
    open_file(folder, TABLES)
    made_up = list(deals(20_000 if is_quick() else 100_000))
    fields = [field for field in Deal._meta.sorted_fields if not field.primary_key]
    with unit("overview.bench", M("")):
        bulk(Deal, fields, ([f.db_value(row.get(f.name, f.default)) for f in fields] for row in made_up))
    kept = DB.execute_sql(LIST).fetchall()
    plain = sqlite3.connect(folder / PLAIN)
    plain.execute(f"create table deal (id integer primary key, {', '.join(COLUMNS)})")
    plain.executemany(f"insert into deal values ({', '.join('?' * (len(COLUMNS) + 1))})", kept)
    plain.commit()
    plain.close()


def deals(count: int) -> Iterator[dict[str, object]]:
    """Made-up deals."""
    chance = random.Random(7)
    ends = "伟芳娜敏静丽强磊洋勇艳杰娟涛明超秀兰霞平"
    firms = [f"{start}{end}" for start in ("华信", "中科", "恒达", "东方", "鼎盛") for end in ends]
    for at in range(count):
        customer = f"{chance.choice(firms)}科技有限公司{at % 997}"
        yield {
            "external": f"D{at}", "name": f"{customer}年度采购", "customer": customer,
            "owner": chance.choice(("张伟", "王芳", "李娜", "赵敏")), "stage": chance.choice(("商机", "报价", "谈判")),
            "status": chance.choice((OPEN, WON, LOST)), "amount": Deal.amount.python_value(chance.randrange(10**9)),
            "close_date": f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        }  # fmt: skip


def window() -> dict[str, float]:
    """Ours: the numbers are held, what is seen is fetched."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    from PySide6.QtWidgets import QApplication

    from ui.kit.pill import State
    from ui.kit.table import Asked, Column, TableView, WindowTable

    QApplication(sys.argv)
    words = language("zh_CN")
    columns = (
        Column(Deal.name, width=220, stretch=True), Column(Deal.customer, width=200),
        Column(Deal.person, lambda row: row.person or row.owner, width=110), Column(Deal.stage, width=110),
        Column(N_("Status"), lambda row: State(Deal.status.label(row.status), "accent"), kind="state", width=90),
        Column(Deal.amount, width=130), Column(Deal.probability, width=90), Column(Deal.close_date, width=130),
    )  # fmt: skip
    opened: list[bool] = []

    def keys(asked: Asked) -> object:
        order, descending = asked.order or "close_date", asked.descending or not asked.order
        return queries.deal_keys(order, descending=descending, text=asked.text) if opened else []

    model = WindowTable(columns, words, keys, queries.deals)
    view = TableView(model, words, height=40, name=N_("Deals"))
    shown(view)
    opened.append(True)
    taken = {"open": timed(view, model.refresh)}
    taken["frame"] = frame(view)
    taken["sort"] = timed(view, lambda: model.sort(1))
    taken["filter"] = max(timed(view, partial(model.filter, TYPED[: n + 1])) for n in range(len(TYPED)))
    return taken


def rows() -> dict[str, float]:
    """Every row read into a list."""
    open_file(Path(os.environ[FOLDER]), TABLES)
    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QApplication, QTableView

    class Rows(QAbstractTableModel):
        def __init__(self, found):
            super().__init__()
            self.found = found

        def rowCount(self, *_parent):
            return len(self.found)

        def columnCount(self, *_parent):
            return len(COLUMNS)

        def data(self, index, role=Qt.ItemDataRole.DisplayRole):
            return self.found[index.row()][index.column() + 1] if role == Qt.ItemDataRole.DisplayRole else None

        def sort(self, column, _order=Qt.SortOrder.AscendingOrder):
            self.layoutAboutToBeChanged.emit()
            self.found.sort(key=lambda row: row[column + 1])
            self.layoutChanged.emit()

    QApplication(sys.argv)
    view = plain(QTableView())
    shown(view)
    held = []

    def read():
        held.append(Rows(DB.execute_sql(LIST).fetchall()))
        view.setModel(held[0])

    taken = {"open": timed(view, read)}
    taken["sort"] = timed(view, lambda: held[0].sort(1))
    return taken


def sql() -> dict[str, float]:
    """Qt's own model over a plain file."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel
    from PySide6.QtWidgets import QApplication, QTableView

    application = QApplication(sys.argv)
    base = QSqlDatabase.addDatabase("QSQLITE")
    base.setDatabaseName(str(Path(os.environ[FOLDER]) / PLAIN))
    assert base.open()
    model = QSqlTableModel(application, base)
    model.setTable("deal")
    model.select()
    model.removeColumn(0)
    view = plain(QTableView())
    view.setModel(model)
    shown(view)
    while model.canFetchMore():
        model.fetchMore()
    return {"frame": frame(view)}


def plain(view):
    """A view that measures no rows, as ours does not."""
    view.setWordWrap(False)
    heads = view.verticalHeader()
    heads.setSectionResizeMode(heads.ResizeMode.Fixed)
    heads.setDefaultSectionSize(40)
    return view


def shown(view) -> None:
    """Put an empty view on the screen, as when the owner goes to the page."""
    view.resize(1366, 768)
    view.show()
    painted(view)


def painted(view) -> None:
    """Draw it now."""
    from PySide6.QtWidgets import QApplication

    view.viewport().repaint()
    QApplication.processEvents()


def timed(view, work: Callable[[], object]) -> float:
    """The CPU time of a work until it is seen."""
    started = time.process_time()
    work()
    painted(view)
    return time.process_time() - started


def frame(view) -> float:
    """The CPU time of a frame after a jump to somewhere else."""
    bar = view.verticalScrollBar()
    frames = []
    for jump in range(JUMPS):
        bar.setValue(bar.maximum() * (jump * 37 % JUMPS) // JUMPS)
        started = time.process_time()
        view.viewport().repaint()
        frames.append(time.process_time() - started)
    return median(frames)
