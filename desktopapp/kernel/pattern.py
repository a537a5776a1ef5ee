"""Regular expressions compiled when they are first used: a start uses few of those that are declared."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Becomes the expression it stands for, one method at a time."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """An expression, to be used as what `re.compile` gives; once used, as fast."""
    return cast("re.Pattern[str]", _Late(text, flags))
