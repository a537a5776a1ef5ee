"""Find anything: people by name and pinyin, and whatever else the areas offer."""

from __future__ import annotations

from collections.abc import Callable

from desktopapp.areas import AREAS
from desktopapp.kernel.area import Found
from desktopapp.kernel.errors import Fault
from desktopapp.storage import Index, faults, file

INDEX = Index(tuple(kind for area in AREAS for kind in area.finds))
MOST = 6
"""How many of a kind are shown: more is what a page's own filter is for."""


def search(text: str, most: int = MOST) -> list[Found]:
    """What answers to a text as typed, people first, in each kind what is or begins so before what holds it.

    Where it is the code of a paper, typed or scanned, what that stands for comes before all.
    """
    return [*(found for area in AREAS for found in area.coded(text)), *INDEX.find(text, most)]


def catch_up(told: Callable[[int, int], object] | None = None) -> int:
    """Have what was written since be found; gives how many changes that were. Best done on the side.

    Where the file cannot be written just now, nothing is lost: the next time takes it in.
    """
    if file.is_read_only():
        return 0
    try:
        with faults.worded():
            return INDEX.catch_up(told) if told else INDEX.catch_up()
    except Fault:
        return 0
