"""What the window remembers of how the owner arranged things: beside his data, never in it."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QSettings


class Memory:
    """Arrangements by name. Without a settings file it remembers until the window is closed."""

    def __init__(self, kept: QSettings | None = None) -> None:
        self._kept = kept
        self._here: dict[str, str] = {}

    def recall(self, name: str) -> Any:
        """What was remembered under a name, none where nothing is, or nothing that can be read."""
        written = self._kept.value(name) if self._kept else self._here.get(name)
        try:
            return json.loads(written) if isinstance(written, str) else None
        except ValueError:
            return None

    def remember(self, name: str, value: Any) -> None:
        """Remember numbers, texts, lists and mappings of them."""
        written = json.dumps(value, ensure_ascii=False)
        if self._kept:
            self._kept.setValue(name, written)
        else:
            self._here[name] = written
