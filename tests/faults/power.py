"""Power cuts: a day's work is written down as the disk hears it, and the power goes at any moment of it.

Of what was not yet synced the disk keeps what it likes, sector by sector and in any order. What it then
holds is opened as the next start would: every deed that was acknowledged is there, the one under way is
there wholly or not at all, and no backup that has its name is unsound.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktopapp.storage import close_file
from tests.faults import deeds
from tests.faults.disk import DELETE, OPEN, RENAME, SYNC, TRUNCATE, WRITE, Asked, heard
from tests.faults.verdict import Report, Verdict

LONG, SHORT = 5_000, 150
SECTOR = 512
SAVES = 28
"""Saves of a day that is cut."""
FORGETFUL, ORDERED, LOOSE = "forgetful", "ordered", "loose"
"""Disks: one that keeps nothing that was not synced, one that keeps names in their order, one that keeps anything."""


@dataclass
class Inode:
    """A file, by what is sure to be on the disk, and what was asked since."""

    sure: bytearray
    asked: list[Asked] = field(default_factory=list)

    def settle(self) -> None:
        """Take what was asked for sure."""
        for each in self.asked:
            _put(self.sure, each)
        self.asked.clear()

    def after_cut(self, keeps: Callable[[], bool]) -> bytes:
        """What is left: of each sector that was written since, what the disk kept."""
        left = bytearray(self.sure)
        for each in self.asked:
            for part in _sectors(each):
                if keeps():
                    _put(left, part)
        return bytes(left)


class Disk:
    """A disk, as far as it is known what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.names = {str(path.resolve()): Inode(bytearray(path.read_bytes())) for path in files}
        self.sure = dict(self.names)
        self.named: list[tuple[str, str, Inode | None]] = []
        """Names that were given, changed and taken since: old, new, of what."""

    def hear(self, asked: Asked) -> None:
        """Go on by one thing asked."""
        path = asked.path
        if asked.kind == OPEN and path not in self.names:
            self.names[path] = Inode(bytearray())
            self.named.append(("", path, self.names[path]))
        elif asked.kind == OPEN:
            self.names[path].asked.append(Asked(TRUNCATE, path))
        elif asked.kind in (WRITE, TRUNCATE):
            self.names[path].asked.append(asked)
        elif asked.kind == DELETE:
            if self.names.pop(path, None):
                self.named.append((path, "", None))
        elif asked.kind == RENAME:
            self.names[asked.to] = self.names.pop(path)
            self.named.append((path, asked.to, self.names[asked.to]))
        elif asked.kind == SYNC:
            self._sync(path)

    def cut(self, to: Path, disk: str, chance: random.Random) -> None:
        """Write down what is left of it when the power goes now."""
        odds = 0.0 if disk == FORGETFUL else chance.choice((0.1, 0.5, 0.9, 1.0))

        def keeps() -> bool:
            return chance.random() < odds

        names = dict(self.sure)
        few = chance.randint(0, len(self.named)) if odds else 0
        kept = self.named if disk == LOOSE else self.named[:few]
        for change in kept:
            if disk != LOOSE or keeps():
                _rename(names, change)
        for path, inode in names.items():
            place = to / Path(path).relative_to(self.folder.resolve())
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(inode.after_cut(keeps))

    def _sync(self, path: str) -> None:
        inode = self.names.get(path)
        if inode is None:  # a folder: what was named in it
            for change in self.named:
                _rename(self.sure, change)
            self.named.clear()
            return
        inode.settle()
        made = next((change for change in self.named if change[2] is inode and not change[0]), None)
        if made:  # SQLite syncs the folder with a file it has made, and journalling file systems the name with the file
            self.named.remove(made)
            _rename(self.sure, made)


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """Cut the power, half the times anywhere, half in a deed of each kind as often as in any other."""
    chance = random.Random(seed)
    firm, work = deeds.make(place / "firm"), deeds.day(SAVES)
    states = deeds.states(deeds.copied(firm, place / "reference"), work)
    log = recorded(deeds.copied(firm, place / "worked"), work)
    disk = Disk(deeds.copied(firm, place / "worked"))
    verdict, at, acknowledged = Verdict(), 0, 0
    for instant in sorted(_instant(log, chance) for _ in range(SHORT if short else LONG)):
        for each in log[at:instant]:
            if isinstance(each, int):
                acknowledged = each
            else:
                disk.hear(each)
        at, kind = instant, chance.choice((FORGETFUL, ORDERED, LOOSE))
        emptied(place / "cut")
        disk.cut(place / "cut", kind, chance)
        where = f"instant {instant} of {len(log)}, {kind} disk, {deeds.under_way(work, acknowledged)}"
        verdict.judge(place / "cut", states, acknowledged, where)
    return Report(f"{verdict.turns} power cuts: {verdict}", verdict.wrong)


def _instant(log: Sequence[Asked | int], chance: random.Random) -> int:
    if chance.random() < 0.5:
        return chance.randrange(len(log) + 1)
    ends = [0, *(at + 1 for at, each in enumerate(log) if isinstance(each, int))]
    nth = chance.randrange(1, len(ends))
    return chance.randint(ends[nth - 1], ends[nth])


def recorded(folder: Path, work: Sequence[deeds.Deed]) -> list[Asked | int]:
    """What the disk hears of this work; numbers stand where so many deeds were acknowledged."""
    log: list[Asked | int] = []

    def note(asked: Asked) -> None:
        if asked.kind in (WRITE, TRUNCATE, SYNC, DELETE, RENAME) or (asked.kind == OPEN and asked.is_new):
            log.append(asked)

    with heard(folder, note):
        deeds.open_(folder)
        for nth, deed in enumerate(work, 1):
            deed.do()
            log.append(nth)
        close_file()
    return log


def emptied(folder: Path) -> None:
    """Take every file out of a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    folder.mkdir(exist_ok=True)


def _rename(names: dict[str, Inode], change: tuple[str, str, Inode | None]) -> None:
    old, new, inode = change
    names.pop(old, None)
    if inode is not None:
        names[new] = inode


def _put(held: bytearray, asked: Asked) -> None:
    if asked.kind == TRUNCATE:
        del held[asked.at :]
        held.extend(bytes(max(0, asked.at - len(held))))
        return
    held.extend(bytes(max(0, asked.at - len(held))))
    held[asked.at : asked.at + len(asked.data)] = asked.data


def _sectors(asked: Asked) -> Iterator[Asked]:
    """A write, cut where sectors end; anything else is one."""
    if asked.kind != WRITE:
        yield asked
        return
    at, data = asked.at, asked.data
    while data:
        size = SECTOR - at % SECTOR
        yield Asked(WRITE, asked.path, at, data[:size])
        at, data = at + size, data[size:]


def break_() -> None:
    """Have the file written without waiting for the disk."""
    deeds.with_pragma("synchronous=off")
