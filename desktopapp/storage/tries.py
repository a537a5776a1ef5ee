"""Tries at a password: five are free, then each wrong one makes the next wait longer."""

from __future__ import annotations

FREE = 5
WAITS = (1, 2, 4, 8, 16, 30)
"""Seconds to wait, beginning with the last free try; the last goes on."""


class Tries:
    """The wrong tries in a row. Times are seconds of a clock that is never put back."""

    def __init__(self) -> None:
        self._wrong, self._until = 0, 0.0

    def wait(self, now: float) -> float:
        """Seconds until another try is taken."""
        return max(0.0, self._until - now)

    def wrong(self, now: float) -> None:
        """One more was wrong."""
        self._wrong += 1
        if self._wrong >= FREE:
            self._until = now + WAITS[min(self._wrong - FREE, len(WAITS) - 1)]

    def right(self) -> None:
        """One was right: they are forgotten."""
        self._wrong, self._until = 0, 0.0
