"""Where the owner's data lies, and what can be seen of it from outside."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME, LOCK = "teamhelm.db", "app.lock"
"""The file, and the lock beside it."""


def default_folder() -> Path:
    """Where the owner's data lives unless he says otherwise: never under Documents, which is often synced."""
    if chosen := os.environ.get("TEAMHELM_DATA"):
        return Path(chosen)
    return usual_folder()


def usual_folder() -> Path:
    """Where programs of this system keep what belongs to one user of one PC."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "TeamHelm"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "TeamHelm"
    return Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share")) / "teamhelm"


def was_closed(folder: Path) -> bool:
    """Whether data is there that nobody has open, as far as can be seen: who has it open is written in the lock."""
    lock = folder / LOCK
    return (folder / NAME).is_file() and not (lock.exists() and lock.stat().st_size)
