"""Every page of the window with the sample firm in it: the first visit, and those that follow.

`python -m tests.benchmarks pages` prints the milliseconds of each page too. It is CPU time that is
judged, as nothing in a visit waits. The first visits come after what the program does by itself
in the first seconds its window is seen: pages are imported on the side, and made ahead one by one.
A click that comes sooner waits for the making too, which the last case but one tells; the last one asks how
many bare pages, a title over a plain table in a stack, could be painted anew in the time of the slowest of ours.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import cache
from statistics import median

from desktopapp.areas import TABLES
from desktopapp.kernel.folder import default_folder
from desktopapp.storage import close_file, open_file
from tests.benchmarks.case import Case, Taken, run
from tests.benchmarks.startup import made

LIMIT = 0.05
"""Seconds from the click to the page painted."""
UNNOTICED = 0.15
"""Seconds; a busy sign is due after twice that."""
BARE = 4.0
"""How many bare pages a page of the program may cost: it has charts, pills and several lists."""
VISITS = 5
"""Later visits of each page, of which the middle one counts."""


def cases() -> list[Case]:
    """The slowest page of all, by both kinds of visit."""
    return [
        Case("pages-later", "the slowest page visited again, at most 50 ms", visited, in_time, 1.0, "later"),
        Case("pages-first", "the slowest page visited first, at most 50 ms", visited, in_time, 1.0, "first", told),
        Case("pages-ahead", "the longest the window is held up to make a page", visited, unnoticed, 1.0, "ahead"),
        Case("pages-bare", "the slowest page visited again, in bare pages", visited, bare, BARE, "later"),
    ]


def in_time() -> Taken:
    """What any page may take."""
    return Taken(LIMIT)


def unnoticed() -> Taken:
    """What may be done between two clicks without a word."""
    return Taken(UNNOTICED)


def bare() -> Taken:
    """What Qt takes for a page that asks nothing of the file."""
    return run("-m", "tests.benchmarks.pages", "bare", QT_QPA_PLATFORM="offscreen")


def visited() -> Taken:
    """The visits of every page in a process of its own."""
    taken = run("-m", "tests.benchmarks.pages", TEAMHELM_DATA=made(), QT_QPA_PLATFORM="offscreen")
    figures = {name: figure for name, figure in taken.others.items() if " " in name}
    return Taken(taken.cpu, None, {
        kind: max(figure for name, figure in figures.items() if name.endswith(kind)) for kind in ("first", "later")
    } | figures | {"ahead": taken.others["ahead"]})  # fmt: skip


@cache
def told() -> list[str]:
    """A line a page: milliseconds of the first visit, and of a later one."""
    figures = visited().others
    keys = dict.fromkeys(name.split()[0] for name in figures if name.endswith(" first"))
    return [f"{key:10}{figures[f'{key} first'] * 1000:8.1f} ms first{figures[f'{key} later'] * 1000:8.1f} ms later"
            for key in keys]  # fmt: skip


def main() -> None:
    """Open the program, go through its pages, and print what each visit took."""
    from PySide6.QtWidgets import QApplication

    from ui.kit.choices import SETTINGS
    from ui.main import Program

    app = QApplication(sys.argv)
    folder = default_folder()
    (folder / SETTINGS).unlink(missing_ok=True)  # or it would begin where the last run left it
    program = Program(app, folder)
    open_file(folder, TABLES)
    program.start()
    settle(app)
    program._pool.shutdown(wait=True)
    window = program.window
    made_ahead = [timed(window.prepare) for _ in window.places]  # which the program does by itself, one at a time
    settle(app)
    keys = [place.key for place in window.places]
    figures = {f"{key} first": taken(app, window, key) for key in keys[1:]}
    for key in keys:
        figures[f"{key} later"] = median(there_and_back(app, window, key, keys) for _ in range(VISITS))
    program.stop()
    close_file()
    print(json.dumps({"cpu": sum(figures.values()), "ahead": max(made_ahead), **figures}), flush=True)
    os._exit(0)


def paint_bare() -> None:
    """Turn to and fro between two pages of a title over a table, and print what the middle turn took."""
    from PySide6.QtWidgets import (
        QApplication,
        QLabel,
        QStackedWidget,
        QTableWidget,
        QTableWidgetItem,
        QVBoxLayout,
        QWidget,
    )

    app, stack = QApplication(sys.argv), QStackedWidget()
    for _ in range(2):
        page, table = QWidget(), QTableWidget(12, 8)
        column = QVBoxLayout(page)
        column.addWidget(QLabel("客户经理 Account manager"))
        column.addWidget(table)
        for cell in range(12 * 8):
            table.setItem(cell // 8, cell % 8, QTableWidgetItem(f"北方物流 {cell}"))
        stack.addWidget(page)
    stack.resize(1366, 768)
    stack.show()
    settle(app)
    turns = [timed(lambda at=at: (stack.setCurrentIndex(at % 2), stack.repaint(), settle(app)))
             for at in range(1, 2 * VISITS + 2)]  # fmt: skip
    print(json.dumps({"cpu": sum(turns), "later": median(turns[1:])}), flush=True)
    os._exit(0)


def there_and_back(app: object, window: object, key: str, keys: list[str]) -> float:
    """A visit from another page."""
    taken(app, window, keys[0] if key != keys[0] else keys[1])
    return taken(app, window, key)


def taken(app: object, window: object, key: str) -> float:
    """The CPU time from the click in the sidebar to the painted page."""
    bar = window.side.bar
    at = [place.key for place in window.places].index(key)
    return timed(lambda: (bar.setCurrentIndex(at), window.repaint(), settle(app)))


def timed(work: Callable[[], object]) -> float:
    """The CPU time of a work in the window's own thread, which the owner waits for."""
    started = time.thread_time()
    work()
    return time.thread_time() - started


def settle(app: object) -> None:
    """Let all that waits be done."""
    for _ in range(3):
        app.processEvents()


if __name__ == "__main__":
    paint_bare() if sys.argv[1:] == ["bare"] else main()
