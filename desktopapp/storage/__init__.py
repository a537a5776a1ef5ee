"""One encrypted SQLite file, written in units of work that leave a trail."""

from desktopapp.storage.file import check_file, close_file, default_folder, open_file
from desktopapp.storage.record import Record, keys, rows
from desktopapp.storage.trail import (
    Added,
    Edited,
    Step,
    bulk,
    latest,
    made_by,
    redoable,
    revert,
    undoable,
    unit_of,
)
from desktopapp.storage.unit import DB, observe, unit

__all__ = [
    "DB", "Added", "Edited", "Record", "Step", "bulk", "check_file", "close_file", "default_folder", "keys", "latest",
    "made_by", "observe", "open_file", "redoable", "revert", "rows", "undoable", "unit", "unit_of",
]  # fmt: skip
