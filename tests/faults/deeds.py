"""A firm, what its owner does with it, and what the file may hold after each deed: that, and nothing in between."""

from __future__ import annotations

import hashlib
import importlib
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from desktopapp.areas import TABLES
from desktopapp.goals import service as goals
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import history, privacy
from desktopapp.sales import imports
from desktopapp.sales import service as sales
from desktopapp.sales.models import WON
from desktopapp.storage import DB, Opened, backup, close_file, open_file, recall, undoable
from desktopapp.team import service as team
from desktopapp.team.models import CATEGORIES

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = date(2029, 11, 24)
"""When everything of somebody who has left may be erased."""
LEAVER = 3
QUARTER = Period.parse("2026Q4")
NOTE = "年底前要与总部再谈一次价格。" * 40
SHEET = "deals.csv"
"""The file that is taken in, in the folder of the data."""
ROWS = 60
DRAWN = re.compile(r"[0-9a-f]{32}")
"""Numbers that are drawn by lot."""


@dataclass(frozen=True)
class Deed:
    """Something the owner does, and gets told that it is done."""

    name: str
    do: Callable[[], object]


def saves(count: int) -> list[Deed]:
    """So many saves of every kind."""
    return [Deed(f"save {nth}", KINDS[nth % len(KINDS)](nth)) for nth in range(count)]


def _person(nth: int) -> Callable[[], object]:
    return lambda: team.add(name=f"员工{nth}", note=NOTE, joined=date(2024, 1, 1), today=TODAY)


def _note(nth: int) -> Callable[[], object]:
    return lambda: team.change(person=1, note=f"{nth} {NOTE}")


def _deal(nth: int) -> Callable[[], object]:
    return lambda: sales.add(entity="deal", external=f"H{nth}", name=f"采购{nth}", customer=f"客户{nth}", person=1,
                             amount=Money.yuan(100 + nth), close_date=TODAY, today=TODAY)  # fmt: skip


def _won(_nth: int) -> Callable[[], object]:
    return lambda: sales.close_deal(deal=1, status=WON, day=TODAY, today=TODAY)


def _goal(nth: int) -> Callable[[], object]:
    return lambda: goals.set_goal(person=1, name=f"目标{nth}", period=QUARTER, target=Decimal(100), weight=Decimal(1),
                                  today=TODAY)  # fmt: skip


def _undo(_nth: int) -> Callable[[], object]:
    def undo() -> None:
        step = undoable()
        assert step is not None
        history.undo(step.unit)

    return undo


KINDS = (_person, _deal, _note, _goal, _won, _note, _undo)


def take_in() -> None:
    """Take in the sheet of deals beside the data."""
    found = imports.examine(imports.look([_folder() / SHEET]), today=TODAY)
    sales.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)


def back_up() -> None:
    """Make a backup."""
    backup.make("hand", now=NOW)


def restore() -> None:
    """Put the oldest backup in the place of the file, and open that."""
    path = backup.backups(backup.place())[-1].path
    folder = _folder()
    recall.restore(path=path, now=NOW)
    open_(folder)


def leave() -> None:
    """Let somebody go."""
    team.let_go(person=LEAVER, day=TODAY)


def erase() -> None:
    """Erase what is kept of him, when that may go."""
    privacy.forget(LEAVER, [category for category, _ in CATEGORIES], today=LATER)


def send() -> None:
    """Bring the newest backup to another place."""
    backup.send(backup.backups(backup.place())[0].path, _folder() / "stick", now=NOW)


def start() -> None:
    """End the program, and start it again."""
    folder = _folder()
    close_file()
    open_(folder)


def _folder() -> Path:
    return backup.place().parent


IMPORT, BACKUP, RESTORE = Deed("import", take_in), Deed("backup", back_up), Deed("restore", restore)
LEAVE, ERASE, SEND, START = Deed("leave", leave), Deed("erase", erase), Deed("send", send), Deed("start", start)


def day(count: int) -> list[Deed]:
    """A day at work, with so many saves: an import, somebody erased, backups, and the first of them put back."""
    first, rest = saves(count)[: count // 2], saves(count)[count // 2 :]
    return [*first, LEAVE, BACKUP, IMPORT, SEND, *rest, ERASE, BACKUP, RESTORE]


def under_way(work: Sequence[Deed], acknowledged: int) -> str:
    """The deed that comes after so many."""
    return work[acknowledged].name if acknowledged < len(work) else "the end"


def make(folder: Path) -> Path:
    """A firm with a few people, closed in good order, and a sheet to be taken in."""
    open_(folder)
    team.name_firm(name="远航商贸", owner="周")
    team.add_many(({"name": name} for name in ("王芳", "张伟", "李敏")), today=TODAY)
    close_file()
    rows = (f"S{nth},采购{nth},客户{nth % 9},王芳,报价,{nth}00.50,2026-12-01" for nth in range(ROWS))
    sheet = "\n".join(("商机编号,商机名称,客户名称,负责人,阶段,金额,预计成交日期", *rows))
    (folder / SHEET).write_text(sheet, encoding="utf-8-sig")
    return folder


def copied(folder: Path, to: Path) -> Path:
    """The same firm once more."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    return to


def open_(folder: Path) -> Opened:
    """Open it as the program does, which erases again whoever was erased."""
    opened = open_file(folder, TABLES, now=NOW, anywhere=True)
    privacy.honour(LATER)
    return opened


def state() -> str:
    """What the open file holds, every row and every step of the trail, but for when it was written and lots drawn."""
    sum_ = hashlib.sha256()
    named = "select name from sqlite_master where type = 'table' and name not like 'found%' order by name"
    for (table,) in DB.execute_sql(named).fetchall():
        columns = [row[1] for row in DB.execute_sql(f'pragma table_info("{table}")')]
        asked = ", ".join(f'"{column}"' for column in columns if (table, column) != ("unit", "at"))
        held = repr((table, DB.execute_sql(f'select {asked} from "{table}" order by 1').fetchall()))
        sum_.update(DRAWN.sub("", held).encode())
    return sum_.hexdigest()


def states(folder: Path, deeds: Sequence[Deed]) -> list[str]:
    """What the file holds before the first of these deeds and after each; they are done in this folder."""
    open_(folder)
    held = [state()]
    for deed in deeds:
        deed.do()
        held.append(state())
    close_file()
    return held


def found(folder: Path) -> str:
    """What the file in a folder holds; it is opened, looked through as the program does, and closed."""
    open_(folder)
    try:
        return state()
    finally:
        close_file()


def with_pragma(pragma: str) -> None:
    """Break the program: let it open its file with this pragma instead of its own."""
    written = importlib.import_module("desktopapp.storage.unit")  # the package has a function of that name
    name = pragma.partition("=")[0]
    written.PRAGMAS = tuple(pragma if each.startswith(name) else each for each in written.PRAGMAS)
