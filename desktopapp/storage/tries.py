"""Tries at a password: five are free, then each wrong one makes the next wait longer, also after a restart."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from desktopapp.storage.whole import write

NAME = "tries.json"
"""The file beside the data with the wrong tries in a row; there is none after a right one."""
FREE = 5
WAITS = (1, 2, 4, 8, 16, 30)
"""Seconds to wait, beginning with the last free try; the last goes on."""


class Tries:
    """The wrong tries in a row. Times are seconds of a clock that is never put back.

    Such a clock says nothing across a restart, so the wait that was left then begins anew.
    """

    def __init__(self, path: Path | None = None, now: float = 0.0) -> None:
        """Those that are written in a file, where there is one."""
        self._path = path
        self._wrong, self._until = _read(path), 0.0
        self._wait_from(now)

    def wait(self, now: float) -> float:
        """Seconds until another try is taken."""
        return max(0.0, self._until - now)

    def wrong(self, now: float) -> None:
        """One more was wrong."""
        self._wrong += 1
        self._wait_from(now)
        if self._path:
            with suppress(OSError):  # of a folder that cannot be written they are remembered until the end
                write(self._path, json.dumps({"wrong": self._wrong}).encode())

    def right(self) -> None:
        """One was right: they are forgotten."""
        self._wrong, self._until = 0, 0.0
        if self._path:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _wait_from(self, now: float) -> None:
        if self._wrong >= FREE:
            self._until = now + WAITS[min(self._wrong - FREE, len(WAITS) - 1)]


def _read(path: Path | None) -> int:
    try:
        return max(0, int(json.loads(path.read_bytes())["wrong"])) if path else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0
