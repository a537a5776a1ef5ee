"""One encrypted SQLite file, written in units of work that leave a trail."""

from desktopapp.storage.file import check_file, close_file, default_folder, open_file
from desktopapp.storage.record import Record, held, keys, rows
from desktopapp.storage.search import Index
from desktopapp.storage.trail import (
    REACH,
    Added,
    Edited,
    Step,
    bulk,
    latest,
    made_by,
    redoable,
    revert,
    settled,
    undoable,
    unit_of,
)
from desktopapp.storage.unit import DB, observe, unit

__all__ = [
    "DB", "REACH", "Added", "Edited", "Index", "Record", "Step", "bulk", "check_file", "close_file", "default_folder",
    "held", "keys", "latest", "made_by", "observe", "open_file", "redoable", "revert", "rows", "settled", "undoable",
    "unit", "unit_of",
]  # fmt: skip
