"""One encrypted SQLite file, written in units of work that leave a trail."""

from desktopapp.storage.bin import BIN, Deletion, deletions, empty, resting, restore
from desktopapp.storage.faults import fault_of
from desktopapp.storage.file import (
    CLEAN,
    Opened,
    check_file,
    close_file,
    derived_key,
    is_held,
    is_open,
    is_protected,
    is_read_only,
    open_file,
    shut,
)
from desktopapp.storage.lock import InUse
from desktopapp.storage.narrow import among, narrowed
from desktopapp.storage.past import (
    Row,
    Tally,
    Trace,
    deleted_values,
    missing,
    named,
    parts,
    said,
    tallies,
    touched,
    traces_in,
    traces_of,
)
from desktopapp.storage.reading import once, reading
from desktopapp.storage.record import Record, Wording, held, keys, rows
from desktopapp.storage.seal import Told
from desktopapp.storage.search import Index
from desktopapp.storage.slots import Locked
from desktopapp.storage.trail import (
    REACH,
    Added,
    Edited,
    Step,
    action_of,
    bulk,
    latest,
    made_by,
    redoable,
    revert,
    settled,
    size,
    steps,
    undoable,
    unit_of,
)
from desktopapp.storage.unit import DB, observe, unit

__all__ = [
    "BIN", "CLEAN", "DB", "REACH", "Added", "Deletion", "Edited", "InUse", "Index", "Locked", "Opened", "Record", "Row",
    "Step", "Tally", "Told", "Trace", "Wording", "action_of", "among", "bulk", "check_file", "close_file",
    "deleted_values", "deletions", "derived_key", "empty", "fault_of", "held", "is_held", "is_open",
    "is_protected", "is_read_only", "keys", "latest", "made_by", "missing", "named", "narrowed", "observe", "once",
    "open_file", "parts", "reading", "redoable", "resting", "restore", "revert", "rows", "said", "settled", "shut",
    "size", "steps", "tallies", "touched", "traces_in", "traces_of", "undoable", "unit", "unit_of",
]  # fmt: skip
