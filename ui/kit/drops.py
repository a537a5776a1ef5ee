"""Files that are dropped on the window: which they are, and whether they are forms that come back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QMimeData

FORM = ".pdf"
PICTURES = (".jpg", ".jpeg", ".png")
"""What a form that was ticked on paper is photographed as."""

LISTS = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".zip")
"""What lists come as; a folder that holds one is a folder of lists."""
LOOKED_AT = 2_000
"""How many names in a folder are looked at before it is said what it is of."""


def dropped(mime: QMimeData) -> list[Path]:
    """The files and folders that are dropped."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def are_forms(paths: Sequence[Path]) -> bool:
    """Whether these are forms that came back, or folders of them, and no lists to be taken in."""
    return bool(paths) and all(map(_are_forms_only, paths))


def _are_forms_only(path: Path) -> bool:
    if not path.is_dir():
        return path.suffix.lower() in (FORM, *PICTURES)
    return not any(each.suffix.lower() in LISTS for each in islice(_within(path), LOOKED_AT))


def _within(folder: Path) -> Iterator[Path]:
    """What lies in a folder and in those within it, as far as they can be read."""
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)
