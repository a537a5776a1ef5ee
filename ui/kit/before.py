"""A backup before many records change: made on the side, and only then is it done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import M
from ui.kit.desk import Desk


def backed_up(
    desk: Desk, count: int, act: Callable[[], object], failed: Callable[[Refused | Fault], object] | None = None, *,
    why: str,
) -> None:  # fmt: skip
    """Do what changes so many records; where they are many, once a backup holds everything as it is now.

    Where that cannot be made nothing is done, and `failed` hears why, or a box says so.
    """
    from desktopapp.overview import backups  # here, because the first window needs none of it

    if count < backups.MANY:
        act()
        return
    work = partial(backups.back_up_before, why=why, now=desk.now())
    desk.tasks.run(work, lambda _made: act(), failed, words=M("Backing up first…"))
