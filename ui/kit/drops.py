"""Files that are dropped on the window: which they are, and whether they are forms that come back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

FORM = ".pdf"
PICTURES = (".jpg", ".jpeg", ".png")
"""What a form that was ticked on paper is photographed as."""


def dropped(mime: QMimeData) -> list[Path]:
    """The files and folders that are dropped."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def are_forms(paths: Sequence[Path]) -> bool:
    """Whether these are forms that came back, or folders of them, and no lists to be taken in."""
    return bool(paths) and all(path.suffix.lower() in (FORM, *PICTURES) or path.is_dir() for path in paths)
