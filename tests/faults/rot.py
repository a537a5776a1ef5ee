"""Damage to what lies on the disk: bits, bytes, pages, whole ends, on the file and on backups.

Each must be noticed before anything of the data is shown. A damaged file stays as it is, for whoever may mend it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import apsw
from peewee import DatabaseError

from desktopapp.kernel.errors import Fault
from desktopapp.storage import backup, close_file, file, recall, seal
from desktopapp.storage.file import CLEAN, NAME, Damaged
from tests.faults import deeds
from tests.faults.verdict import Report

LONG, SHORT = 500, 60
"""Damages of each: of a file closed well, of one that was not, of a backup."""
PAGE = 4096
SECTOR = 512

Damage = Callable[[bytearray, random.Random], None]


def _bit(held: bytearray, chance: random.Random) -> None:
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)


def _byte(held: bytearray, chance: random.Random) -> None:
    held[chance.randrange(len(held))] ^= chance.randrange(1, 256)


def _sector(held: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(held) // SECTOR) * SECTOR
    held[at : at + SECTOR] = chance.randbytes(SECTOR)


def _zeroed(held: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(held) // PAGE) * PAGE
    held[at : at + PAGE] = bytes(PAGE)


def _swapped(held: bytearray, chance: random.Random) -> None:
    one, other = (each * PAGE for each in chance.sample(range(len(held) // PAGE), 2))
    held[one : one + PAGE], held[other : other + PAGE] = held[other : other + PAGE], held[one : one + PAGE]


def _cut(held: bytearray, chance: random.Random) -> None:
    del held[chance.randrange(len(held)) :]


def _longer(held: bytearray, chance: random.Random) -> None:
    held.extend(chance.randbytes(chance.choice((1, SECTOR, PAGE))))


KINDS: Mapping[str, Damage] = {
    "a bit": _bit, "a byte": _byte, "a sector": _sector, "a page zeroed": _zeroed, "pages swapped": _swapped,
    "the end cut off": _cut, "something added": _longer,
}  # fmt: skip


def run(place: Path, *, short: bool = False, seed: int = 1) -> Report:
    """Damage each so often, in every way."""
    count, chance, wrong = SHORT if short else LONG, random.Random(seed), list[str]()
    firm = deeds.make(place / "firm")
    work = [*deeds.saves(14), deeds.IMPORT, deeds.BACKUP]
    held = deeds.states(firm, work)[-1]
    made = next((firm / file.BACKUPS).glob("*"))
    noticed = Counter[str]()
    for nth in range(count):
        kind = [*KINDS][nth % len(KINDS)]
        for where, is_noticed in _damaged(firm, made, place / "damaged", held, KINDS[kind], chance):
            noticed[where] += is_noticed
            if not is_noticed:
                wrong.append(f"{kind} of {where} was not noticed")
    figures = ", ".join(f"{noticed[where]} of {count} damages to {where} noticed" for where in WHERE)
    return Report(figures, wrong)


CLOSED, UNSEALED, BACKUP = "the closed file", "a file not closed well", "a backup"
WHERE = (CLOSED, UNSEALED, BACKUP)


def _damaged(
    firm: Path, made: Path, folder: Path, held: str, damage: Damage, chance: random.Random
) -> Iterator[tuple[str, bool]]:
    """Damage a file closed well, one that was not, and a backup; whether each was noticed."""
    for where in (CLOSED, UNSEALED):
        deeds.copied(firm, folder)
        if where == UNSEALED:
            (folder / seal.NAME).unlink()
        left = _damage(folder / NAME, damage, chance)
        yield where, _file_noticed(folder, held, is_sealed=where == CLOSED) and (folder / NAME).read_bytes() == left
    deeds.copied(firm, folder)
    path = folder / file.BACKUPS / made.name
    _damage(path, damage, chance)
    deeds.open_(folder)
    try:
        yield BACKUP, _backup_noticed(path, made)
    finally:
        close_file()


def _damage(path: Path, damage: Damage, chance: random.Random) -> bytes:
    held = bytearray(path.read_bytes())
    damage(held, chance)
    path.write_bytes(held)
    return bytes(held)


def _file_noticed(folder: Path, held: str, *, is_sealed: bool) -> bool:
    """Whether it is said to be damaged and not opened; or to be changed, and all it holds is as it was."""
    try:
        opened = deeds.open_(folder)
    except Fault as no:
        return isinstance(no, Damaged)
    try:
        return opened.found != CLEAN and deeds.state() == held
    except (DatabaseError, apsw.Error):
        return False
    finally:
        close_file()


def _backup_noticed(path: Path, made: Path) -> bool:
    """Whether a backup is refused; or all of what it holds is as it was."""
    try:
        recall.test(path)
    except backup.Unfit:
        return True
    try:
        return _held(path) == _held(made)
    except BadZipFile:
        return False


def _held(path: Path) -> list[bytes]:
    """The file, the keys and the manifest in a backup."""
    with ZipFile(path) as zipped:
        return [zipped.read(name) for name in (backup.DATABASE, backup.KEYS, backup.MANIFEST)]


def break_() -> None:
    """Have nothing looked through: neither a file that was not closed well, nor what comes out of a backup."""
    file._check = lambda _told: None
    recall.test = lambda path, *_more: backup.manifest(path)
