"""A firm of 100 MB, backed up, tested and put back, by the clock: what is put back is what was there, to the row."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from desktopapp.storage import DB, backup, close_file, file, recall
from tests.benchmarks import store
from tests.faults import deeds
from tests.faults.verdict import Report

RESTORE = 5.0
"""Seconds a restore may take, with everything it looks through."""
SHORT = 8 * 2**20
"""Bytes of the firm in a short run."""


def run(place: Path, *, short: bool = False) -> Report:
    """Put a backup back that is not the newest."""
    folder, wrong = place / "firm", list[str]()
    size = SHORT if short else store.SIZE
    with patch.dict(os.environ, {store.FOLDER: str(folder)}), patch.object(store, "SIZE", size):
        store.make()
    deeds.open_(folder)
    held, rows = deeds.state(), sum(file.counts().values())
    made, backing_up = _timed(lambda: backup.make("hand", now=deeds.NOW))
    for deed in deeds.saves(4):
        deed.do()
    backup.make("hand", now=deeds.NOW)
    later = deeds.state()
    _, testing = _timed(lambda: recall.test(made.path))
    kept, restoring = _timed(lambda: recall.restore(path=made.path, now=deeds.NOW))
    deeds.open_(folder)
    if deeds.state() != held or later == held:
        wrong.append("what was put back is not what was there")
    if backup.inspect(kept, DB.key)[1] != backup.manifest(backup.backups(backup.place())[0].path).head:
        wrong.append("what was replaced is not kept")
    close_file()
    size = (folder / file.NAME).stat().st_size / 2**20
    if restoring > RESTORE:
        wrong.append(f"restoring took {restoring:.1f} s")
    figures = (f"{size:.0f} MB, {rows:,} rows: backed up and looked through in {backing_up:.1f} s, tested in "
               f"{testing:.1f} s, put back in {restoring:.1f} s")  # fmt: skip
    return Report(figures, wrong)


def break_() -> None:
    """Have an old file put back for the one in the backup: the newest, whichever is chosen."""
    whole = recall._taken_out
    recall._taken_out = lambda folder, _path, *more: whole(folder, backup.backups(backup.place())[0].path, *more)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun
