"""Files that are written whole or not at all, and are still there after a power cut."""

from __future__ import annotations

import os
import time
from pathlib import Path

PATIENCE = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries to give a file its name, while a virus scanner looks at the one that has it."""


def write(path: Path, data: bytes) -> None:
    """Write a file, or leave the one that is there as it was. Only its user may read it."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            part.chmod(0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        swap(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def swap(part: Path, path: Path) -> None:
    """Put a finished file in the place of another, and have that outlast a power cut."""
    for pause in PATIENCE:
        try:
            part.replace(path)
            break
        except PermissionError:
            time.sleep(pause)
    else:
        part.replace(path)
    settle(path.parent)


def sync(path: Path) -> None:
    """Make what was written into a file outlast a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make what was named or renamed in a folder outlast a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
