"""Files of each released schema, frozen as SQL: `python -m tests.storage.frozen` writes that of the present one.

It is written anew until a version with it is released, and never after that.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from desktopapp.areas import TABLES
from desktopapp.kernel.money import Money
from desktopapp.storage import DB, close_file, copy, open_file
from desktopapp.storage.file import APPLICATION
from desktopapp.storage.migrations import SCHEMA
from desktopapp.team import service

PLACE = Path(__file__).parent
DAY = date(2026, 11, 23)
SHADOW = ("found_config", "found_content", "found_data", "found_docsize", "found_idx")
"""Tables that the index makes for itself."""
LEFT_OUT = ("found", *SHADOW)


def path(schema: int) -> Path:
    """The frozen file of a schema."""
    return PLACE / f"schema_{schema}.sql"


def dumped(connection: Any) -> str:
    """A file as SQL, the same for the same content."""
    made = connection.execute(
        "select name, sql from sqlite_master where sql is not null and name not like 'sqlite%'"
        " order by type = 'index', name"
    )
    lines = [f"{sql};" for name, sql in made.fetchall() if name not in SHADOW]
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name"
    )
    for (table,) in tables.fetchall():
        if table not in LEFT_OUT:
            lines += _rows(connection, table)
    schema = connection.execute("pragma user_version").fetchone()[0]
    return "\n".join((*lines, f"pragma application_id = {APPLICATION};", f"pragma user_version = {schema};", ""))


def _rows(connection: Any, table: str) -> list[str]:
    columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")').fetchall()]
    quoted = ", ".join(f'quote("{column}")' for column in columns)
    rows = connection.execute(f'select {quoted} from "{table}" order by 1').fetchall()
    return [f'insert into "{table}" values ({", ".join(row)});' for row in rows]


def thawed(schema: int, to: Path, key: str) -> None:
    """Make a file of a frozen one, under a key."""
    with copy.connected(to, key) as connection:
        connection.execute("pragma foreign_keys = off")
        with connection:
            connection.execute(path(schema).read_text(encoding="utf-8"))


def fill() -> None:
    """A firm with something in it, written by requests."""
    service.name_firm(name="远航商贸", owner="周明")
    service.add(name="张伟", joined=date(2024, 3, 1), base_pay=Money(800_000), today=DAY)
    service.add(name="王芳", status="probation", joined=date(2026, 9, 1), probation_end=date(2026, 11, 30), today=DAY)
    service.change(person=1, note="带新人有耐心，\n上季度签下 3 家。")
    service.let_go(person=2, day=DAY, reason="家里有事")


def main() -> int:
    """Freeze the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        open_file(Path(folder), TABLES)
        fill()
        path(SCHEMA).write_text(dumped(DB.connection()), encoding="utf-8")
        close_file()
    return 0


if __name__ == "__main__":
    sys.exit(main())
