"""What is found after a fault: every acknowledged deed is there, the one under way wholly or not at all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from desktopapp.kernel.errors import Fault
from desktopapp.storage import DB, backup, close_file
from tests.faults import deeds

_SECRET = deeds.NOTE[:10].encode()
PATIENCE = 1.0
"""Seconds of work an opening may take, after whatever went before; the clock, which others stop too, is told beside."""


@dataclass(frozen=True)
class Report:
    """What is printed of one kind of fault, and what went wrong."""

    figures: str
    wrong: Sequence[str]


@dataclass
class Verdict:
    """What came of one kind of fault, over all its turns."""

    turns: int = 0
    lost: int = 0
    """Acknowledged deeds that were not there."""
    between: int = 0
    """States that were never one."""
    corrupt: int = 0
    """What could not be opened, or backups that were not sound."""
    plain: int = 0
    """Files in which the text of the firm could be read."""
    slowest: float = 0.0
    """Seconds an opening took at most, by the clock."""
    wrong: list[str] = field(default_factory=list)
    """Where it was not as it should be."""

    def judge(self, folder: Path, states: Sequence[str], acknowledged: int, where: str) -> None:
        """Open a folder, and see whether it holds one of the two states it may be in."""
        self.turns += 1
        readable = [path.name for path in folder.rglob("*") if path.is_file() and _SECRET in path.read_bytes()]
        self.plain += len(readable)
        self.wrong += [f"{where}: {name} can be read" for name in readable]
        begun, worked = time.perf_counter(), time.process_time()
        try:
            deeds.open_(folder)
            self.slowest = max(self.slowest, time.perf_counter() - begun)
            worked = time.process_time() - worked
            found = deeds.state()
            for each in backup.backups(backup.place()):
                backup.verify(each.path, DB.key)
            if acknowledged == len(states) - 1:  # all was done, the restore too: what it replaced is kept whole
                backup.inspect(next(folder.glob("before-*.db")), DB.key)
        except (Fault, apsw.Error, StopIteration) as no:
            self.corrupt += 1
            self.wrong.append(f"{where}: {no}")
            return
        finally:
            close_file()
        if found not in states[acknowledged : acknowledged + 2]:
            is_lost = found in states[:acknowledged]
            self.lost += is_lost
            self.between += not is_lost
            self.wrong.append(f"{where}: {'lost' if is_lost else 'between two states'}")
        if worked > PATIENCE:
            self.wrong.append(f"{where}: opening took {worked:.1f} s of work")

    def __str__(self) -> str:
        return (f"{self.lost} acknowledged deeds lost, {self.between} between two states, {self.corrupt} corrupt, "
                f"{self.plain} files readable without the key, opened again in {self.slowest * 1000:.0f} ms at "
                "most")  # fmt: skip
