"""What safety costs: a save beside a bare commit; a start with its checks, a backup that is looked through, on 100 MB.

By the clock: what counts here is waiting for the disk, which takes no CPU time.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any

import apsw

from desktopapp.areas import TABLES
from desktopapp.kernel.message import M
from desktopapp.overview import sample
from desktopapp.sales.models import Deal
from desktopapp.storage import DB, backup, bulk, close_file, copy, file, open_file, seal, unit
from desktopapp.storage.unit import PRAGMAS, unlock
from desktopapp.team import queries, service
from tests.benchmarks.case import Case, Taken, called, is_quick, run
from tests.benchmarks.lists import deals

MODULE = "tests.benchmarks.store"
FOLDER = "TEAMHELM_BENCH_FOLDER"
SIZE = 100 * 2**20
SAVES = 200
CHECKS = 0.7
"""Seconds the checks of a start may take beside the bare window."""
NOTE = "这家客户的采购由总部统一安排，年底前会再谈一次价格；" * 20
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEY = "5e" * 32
CLOCK = "clock"


def cases() -> list[Case]:
    """What safety may cost."""
    ours, bare = partial(_start, "filled"), partial(_start, "bare")
    return [
        Case("store-save", "a save, beside a bare commit of an encrypted file", saved, committed, 2.0, CLOCK),
        Case("store-start", "100 MB, closed well: until its page stands, beside bare + 0.7 s", ours, bare, 1.0, CLOCK),
        Case("store-start-after-crash", "the same after a power cut", partial(_start, "filled", crashed=True), bare,
             1.0, CLOCK),
        Case("store-backup", "100 MB backed up and looked through, beside copy + check", partial(measured, "backed_up"),
             partial(measured, "copied"), 2.0, CLOCK),
    ]  # fmt: skip


def measured(work: str) -> Taken:
    """One of the works below in a process of its own, on a folder of its own."""
    folder = tempfile.mkdtemp()
    try:
        if work in ("backed_up", "copied"):
            shutil.copytree(made(), folder, dirs_exist_ok=True)
        return called(MODULE, work, **{FOLDER: folder})
    finally:
        shutil.rmtree(folder)


def _start(what: str, *, crashed: bool = False) -> Taken:
    """From the start of the process until the window shows a page out of the file, by the clock."""
    folder = Path(made())
    if crashed:
        (folder / seal.NAME).unlink(missing_ok=True)
    elif not (folder / seal.NAME).exists():
        called(MODULE, "closed", **{FOLDER: str(folder)})
    begun = time.monotonic()
    taken = run("-m", "tests.benchmarks.first_paint", what, TEAMHELM_DATA=str(folder))
    clock = time.monotonic() - begun + (CHECKS if what == "bare" else 0)
    return Taken(taken.cpu, others={CLOCK: clock})


@cache
def made() -> str:
    """A folder with the sample firm and deals up to 100 MB, made once a run."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    called(MODULE, "make", **{FOLDER: folder})
    return folder


def make() -> None:
    """Put them into the folder."""
    _open()
    sample.load(date(2026, 11, 23))
    fields = [field for field in Deal._meta.sorted_fields if not field.primary_key]
    wanted = SIZE // 4 if is_quick() else SIZE
    while file.current().path.stat().st_size < wanted:
        part = file.current().path.stat().st_size
        rows = (each | {"extra": NOTE, "external": f"{part}-{each['external']}"} for each in deals(10_000))
        with unit("overview.bench", M("")):
            bulk(Deal, fields, ([f.db_value(row.get(f.name, f.default)) for f in fields] for row in rows))
    close_file()


def closed() -> None:
    """Close it in good order."""
    _open()
    close_file()


def saved() -> Taken:
    """A save of ours."""
    return Taken(0, others={CLOCK: _taken_now().of("save")})


def committed() -> Taken:
    """The commits between those saves: a disk that is busy just then is busy for both."""
    return Taken(0, others={CLOCK: _last[-1].of("commit")})


_last: list[Taken] = []


def _taken_now() -> Taken:
    _last.append(measured("saves"))
    return _last[-1]


def saves() -> dict[str, float]:
    """Requests of the owner, with their trail and their undo, and between them the least that keeps the same text:

    one row of an encrypted file, with the same promise to the disk.
    """
    _open()
    service.add(name="王芳", today=NOW.date())
    person = queries.people()[0].id
    bare = _bare(_folder() / "bare.db")
    bare.execute("create table note(id integer primary key, text text not null)")
    bare.execute("insert into note values (1, '')")

    def commit(text: str) -> None:
        with bare:
            bare.execute("update note set text = ? where id = 1", (text,))

    took: dict[str, list[float]] = {"save": [], "commit": []}
    ways: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("save", lambda text: service.change(person=person, note=text)), ("commit", commit),
    )  # fmt: skip
    for nth in range(SAVES // 4 if is_quick() else SAVES):
        for name, keep in ways:
            begun = time.perf_counter()
            keep(f"{nth} {NOTE}")
            took[name].append(time.perf_counter() - begun)
    return {name: median(each) for name, each in took.items()}


def backed_up() -> dict[str, float]:
    """Ours: copied, opened, looked through, counted, packed with its keys, read back."""
    _open()
    begun = time.perf_counter()
    backup.make("hand", now=NOW)
    return {CLOCK: time.perf_counter() - begun}


def copied() -> dict[str, float]:
    """SQLite's own: its backup to a file on the disk, and its check of that."""
    _open()
    source, to = DB.connection(), _folder() / "copy.db"
    begun = time.perf_counter()
    target = _bare(to, DB.key)
    with target.backup("main", source, "main") as going:
        while not going.done:
            going.step(-1)
    target.close()
    with copy.connected(to, DB.key) as connection:
        copy.look_through(connection)
    return {CLOCK: time.perf_counter() - begun}


def _bare(path: Path, key: str = KEY) -> Any:
    connection = apsw.Connection(str(path))
    unlock(connection, key)
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    return connection


def _folder() -> Path:
    return Path(os.environ[FOLDER])


def _open() -> None:
    open_file(_folder(), TABLES, now=NOW)
