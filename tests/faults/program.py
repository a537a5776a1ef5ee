"""The program as a process of its own: it opens a firm, does its work, tells of each deed it has kept, and waits."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from desktopapp.storage import close_file
from tests.faults import deeds


class Program:
    """One that runs, and has the folder open."""

    def __init__(self, folder: Path, work: Sequence[deeds.Deed], *, is_open: bool = True) -> None:
        self._hears, tells = os.pipe()
        waits, self._ends = os.pipe()
        if not (child := os.fork()):
            os.close(self._ends)
            _run(folder if is_open else None, work, tells, waits)
        self._child = child
        os.close(tells)
        os.close(waits)
        os.read(self._hears, 1)  # the file is open, or its work begins with opening it

    def killed(self, *, done: int = 0, after: float) -> int:
        """Kill it, so many seconds after it has done so many deeds; gives how many it has acknowledged."""
        heard = 0
        while heard < done:
            heard += len(os.read(self._hears, done - heard))
        time.sleep(after)
        os.kill(self._child, signal.SIGKILL)
        return heard + self._ended()

    def closed(self) -> int:
        """Let it do its work and close the file in good order; gives how many deeds it has acknowledged."""
        os.write(self._ends, b"e")
        return self._ended()

    def _ended(self) -> int:
        acknowledged = 0
        while told := os.read(self._hears, 1024):
            acknowledged += len(told)
        os.waitpid(self._child, 0)
        os.close(self._hears)
        os.close(self._ends)
        return acknowledged


def _run(folder: Path | None, work: Sequence[deeds.Deed], tells: int, waits: int) -> None:
    """In the process; does not come back."""
    try:
        if folder:
            deeds.open_(folder)
        os.write(tells, b"o")
        for deed in work:
            deed.do()
            os.write(tells, b"d")
        os.read(waits, 1)
        close_file()
    finally:
        os._exit(0)
