"""What was done, newest first, who it was about, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from desktopapp import storage
from desktopapp.areas import AREAS
from desktopapp.goals.models import Goal
from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import seal, wording
from desktopapp.overview.wording import BY_NAME, Line
from desktopapp.reviews.models import Event, Review
from desktopapp.sales.models import Account, Deal
from desktopapp.storage import Edited, Record, Row, Step, Trace
from desktopapp.team.models import Firm, Person

EVERY_TABLE = frozenset(BY_NAME)
"""The names the windows hear of a change by, for those who show something of everything."""
FEW = 12
"""Rows up to which a request is told row by row; more are counted."""
NAMED = 3
"""Records named where something stands in the way."""
SHOWN: frozenset[type[Record]] = frozenset({Person, Goal, Review, Event, Account, Deal})
"""The tables whose records have a page of their own to be shown on."""
COUNTED: Mapping[str, str] = {
    "insert": N_("{count} added"), "update": N_("{count} changed"), "delete": N_("{count} deleted")
}  # fmt: skip


@frozen
class Entry:
    """One request of the owner, as the list of what was done shows it."""

    unit: int
    words: Message
    at: datetime
    """In the time of this PC."""
    in_force: bool
    """False for what was undone, and for the undoing of it."""
    can_undo: bool
    was_undone: bool
    """Whether the owner took it back; an undoing was not taken back by being done again."""
    lines: tuple[Line, ...] = ()


def firm_history(limit: int = storage.REACH, before: int | None = None) -> list[Entry]:
    """What was done last, the newest first; before a request where one is named, to read on from there."""
    steps = storage.latest(limit, before)
    void, tallies = storage.settled(), storage.tallies([step.unit for step in steps])
    return [_entry(step, void, _told(step.unit, tallies[step.unit])) for step in steps]


def history(table: type[Record], record: int) -> list[Entry]:
    """What was done to one record and its parts, the newest first."""
    row = (wording.name(table), record)
    traces = sorted(_traces(row), key=lambda trace: trace.unit)
    by_unit = {unit: list(run) for unit, run in groupby(traces, key=lambda trace: trace.unit)}
    void = storage.settled()
    told = [(step, tuple(_of_record(row, by_unit[step.unit]))) for step in storage.steps(by_unit)]
    return [_entry(step, void, lines) for step, lines in told]


def _entry(step: Step, void: set[int], lines: Iterable[Line]) -> Entry:
    in_force = step.unit not in void
    can_undo = in_force and not step.is_lasting
    was_undone = not in_force and not step.is_reverting
    return Entry(step.unit, step.words, step.at.astimezone(), in_force, can_undo, was_undone, tuple(lines))


def _traces(row: Row) -> Iterator[Trace]:
    table, record = row
    yield from storage.traces_of(table, [record])
    for part in BY_NAME.values():
        field = cast("Any", getattr(part, part.wording.part_of, None))
        if part.wording.part_of and wording.name(field.rel_model) == table:
            numbers = storage.parts(wording.name(part), field.column_name, record)
            yield from storage.traces_of(wording.name(part), numbers)


def _of_record(row: Row, traces: list[Trace]) -> Iterator[Line]:
    """A request as the history of one record tells it."""
    as_whole = {trace.verb for trace in traces if (trace.table, trace.record) == row} & {"insert", "delete"}
    for trace in traces:
        each = (trace.table, trace.record)
        if each == row:
            yield from () if trace.verb == "delete" else wording.lines(trace)
        elif not as_whole:
            yield from _of_part(each, trace)


def _of_part(part: Row, trace: Trace) -> Iterator[Line]:
    if trace.verb == "delete":
        yield _came_or_went(trace)
        return
    table = BY_NAME[part[0]]
    told_already = {table.wording.part_of} | (set(table.wording.name) if trace.verb == "insert" else set())
    labels = {getattr(table, column).verbose_name for column in told_already}
    lines = wording.lines(trace, wording.called(part, within=True))
    yield from (line for line in lines if line.label not in labels)


def _told(unit: int, tallies: list[storage.Tally]) -> Iterator[Line]:
    """A request as the firm's history tells it: row by row where they are few."""
    if sum(tally.count for tally in tallies) > FEW:
        for tally in tallies:
            yield Line(BY_NAME[tally.table].wording.kind, None, M(COUNTED[tally.verb], count=tally.count), "insert")
        return
    traces = storage.traces_in(unit, FEW)
    several = len({(trace.table, trace.record) for trace in traces}) > 1
    as_whole = {(trace.table, trace.record) for trace in traces if trace.verb != "update"}
    for trace in traces:
        row = (trace.table, trace.record)
        if trace.verb == "update":
            yield from wording.lines(trace, wording.called(row) if several else None)
        elif wording.whole(row) == row or wording.whole(row) not in as_whole:
            yield _came_or_went(trace)


def _came_or_went(trace: Trace) -> Line:
    named = wording.called((trace.table, trace.record))
    kind = BY_NAME[trace.table].wording.kind
    old, new = (named, None) if trace.verb == "delete" else (None, named)
    return Line(kind, old, new, trace.verb)


def undoable() -> Step | None:
    """What undo would take back: the last request on which no signature rests."""
    return storage.undoable(seal.holds)


def redoable() -> Step | None:
    """What would be done again; never what would change something signed."""
    return storage.redoable(seal.holds)


def size(unit: int) -> int:
    """The records a request changed."""
    return storage.size(unit)


def undo(unit: int, told: Callable[[int, int], object] = lambda _part, _whole: None) -> None:
    """Take one request back, whatever was done since; `told` hears how far it is, and stops it by raising.

    Refused, naming them, where its records were edited since, or where a review it is about is signed.
    """
    seal.check(unit)
    try:
        storage.revert(unit, told)
    except Edited as no:
        raise Refused(M("{records} changed since, or others rest on it. Undo that first.", records=_listed(no))) from no


def _listed(no: Edited) -> Message:
    """The records in the way, a few of them by name."""
    wholes = list(dict.fromkeys(wording.whole(row) for row in no.rows))
    named = tuple(wording.spoken(row) for row in wholes[:NAMED])
    more = len(wholes) - NAMED
    return M("{records} and {count} more", records=named, count=more) if more > 0 else M("{records}", records=named)


def place(unit: int) -> Link | None:
    """Where the one record that a request was about is shown, if it is there."""
    wholes = {wording.whole((trace.table, trace.record)) for trace in storage.traces_in(unit, FEW + 1)}
    if len(wholes) != 1:
        return None
    [(table, record)] = wholes
    if BY_NAME[table] is Firm:
        return Link("settings")
    if BY_NAME[table] not in SHOWN or storage.missing(wholes):
        return None
    area = next(area.key for area in AREAS if BY_NAME[table] in area.tables)
    return Link(area, record, table)


def check() -> tuple[str, ...]:
    """What is wrong with the file; nothing where it is sound."""
    return storage.check_file()
