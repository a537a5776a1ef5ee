"""Taking in what was dropped: whole, in one unit, and back out again whenever that is wanted."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from operator import add
from typing import Any

from peewee import fn

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import M
from desktopapp.sales.models import LOST, OPEN, VOID, WON, ImportBatch, Layout, Original, Stage, StageChange
from desktopapp.sales.service.content import (
    DEAL,
    TABLES,
    Content,
    Counts,
    Delivery,
    Meaning,
    Owner,
    Plan,
    StageSeen,
)
from desktopapp.sales.service.links import link_waiting
from desktopapp.sales.service.owners import remember
from desktopapp.sales.service.planning import plan
from desktopapp.storage import bulk, revert, rows, unit, unit_of
from desktopapp.team import service as roster
from desktopapp.team.imports import CHANGED, NEW

Files = Mapping[str, bytes]
"""What was dropped, by the fingerprint of each file."""
PIECE = 1 << 16
"""How many bytes are turned into text at once; fours become fives, so the pieces can be told apart again."""
Progress = Callable[[int, int], object]


def _nobody(_part: int, _whole: int) -> None:
    """Where nobody wants to know how far it is."""


def take_in(
    deliveries: Sequence[Delivery],
    *,
    owners: Mapping[str, int | None],
    seen: Iterable[Owner] = (),
    stages: Mapping[str, Meaning] | None = None,
    files: Files | None = None,
    today: date,
    progress: Progress = _nobody,
) -> Counts:
    """Take in all that was dropped as it was shown, in one unit; gives what it came to.

    `owners` says who the owners asked for are, None for nobody on the team, and `stages` what unknown
    stages count as. Taking the same files in again changes nothing. `progress` is called between the
    steps; what it raises stops the work, and nothing of it is kept.
    """
    whole = 3 * len(deliveries)
    counts = Counts()
    names = tuple(dict.fromkeys(each.original for each in deliveries))
    with unit("sales.import", M("Import {files}", files=names)):
        remember(tuple(seen), owners, today)
        _remember_stages(deliveries, stages or {})
        kept: dict[str, int] = {}
        for nth, each in enumerate(deliveries):
            progress(3 * nth, whole)
            counts += _taken(each, kept, files or {}, today, partial(_step, progress, 3 * nth, whole))
        progress(whole, whole)
    return counts


def _step(progress: Progress, before: int, whole: int, step: int) -> None:
    progress(before + step, whole)


def _taken(
    delivery: Delivery, kept: dict[str, int], files: Files, today: date, step: Callable[[int], object]
) -> Counts:
    if delivery.content is None:
        return _people(delivery, today)
    made = plan(delivery.content, delivery.how, today)
    step(1)
    counts = replace(
        delivery.counts, new=made.new, changed=made.changed, same=made.same, kept=made.kept, nobodys=made.nobodys
    )
    if made.new or made.changed:
        _write(delivery.content, made, _batch(delivery, delivery.content, counts, kept, files, today))
        step(2)
        link_waiting(delivery.content.system, delivery.content.entity)
        _remember_layout(delivery, today)
    return counts


def _people(delivery: Delivery, today: date) -> Counts:
    """Put people on the roster."""
    new = [line.values for line in delivery.people if line.does == NEW]
    changed = {line.person: line.values for line in delivery.people if line.does == CHANGED}
    if new or changed:
        roster.take_in(new, changed, today=today)
        _remember_layout(delivery, today)
    return replace(delivery.counts, new=len(new), changed=len(changed))


def undo_import(*, batch: int) -> None:
    """Take back all that a drop brought, whenever it came in. Raises `Edited` where its records were edited since."""
    if (number := unit_of(ImportBatch._meta.table_name, batch)) is not None:
        revert(number)


def packed(text: bytes) -> str:
    """Bytes as a text that takes little room in the file."""
    tight = zlib.compress(text, 1)
    pieces = (tight[at : at + PIECE] for at in range(0, len(tight), PIECE))
    return "".join(base64.b85encode(piece).decode() for piece in pieces)


def unpacked(text: str) -> bytes:
    """The bytes so kept."""
    step = PIECE // 4 * 5
    pieces = (text[at : at + step] for at in range(0, len(text), step))
    return zlib.decompress(b"".join(map(base64.b85decode, pieces))) if text else b""


def _batch(delivery: Delivery, content: Content, counts: Counts, kept: dict[str, int], files: Files, day: date) -> int:
    if delivery.sha256 in files and delivery.sha256 not in kept:
        kept[delivery.sha256] = _original(delivery, files[delivery.sha256])
    values = {
        "file": delivery.file[:260], "sha256": delivery.sha256, "original": kept.get(delivery.sha256),
        "system": content.system, "entity": content.entity, "signature": delivery.signature, "day": str(day),
        "rows": counts.rows, "new": counts.new, "changed": counts.changed, "same": counts.same,
        "rejected": counts.rejected, "vanished": counts.vanished,
        "seen": packed("\n".join(delivery.seen).encode()),
    }  # fmt: skip
    return _added(ImportBatch, values)


def _original(delivery: Delivery, content: bytes) -> int:
    """Keep a file as it came."""
    values = {"name": delivery.original[:260], "sha256": delivery.sha256, "size": len(content),
              "packed": packed(content)}  # fmt: skip
    return _added(Original, values)


def _added(table: Any, values: Mapping[str, Any]) -> int:
    """Add a row whose long texts the trail is not to hold a second time; gives its number."""
    bulk(table, [table._meta.fields[name] for name in values], [tuple(values.values())])
    number: int = table.select(fn.MAX(table.id)).scalar()
    return number


def _remember_layout(delivery: Delivery, today: date) -> None:
    """Keep how a file with these headings is read, so that the next is one click."""
    known = Layout.select().where(Layout.signature == delivery.signature).first()
    if known is None:
        Layout.create(signature=delivery.signature, file=delivery.file[:260], day=today, answers=delivery.answers)
    elif known.answers != delivery.answers:
        known.answers, known.file, known.day = delivery.answers, delivery.file[:260], today
        known.save()


def _remember_stages(deliveries: Iterable[Delivery], said: Mapping[str, Meaning]) -> None:
    """Give every stage of the deals a place in the funnel, as the owner said or as it was taken."""
    found: dict[str, StageSeen] = {}
    for each in deliveries:
        if each.content is not None and each.content.entity == DEAL:
            found |= {stage.label: stage for stage in each.stages}
    there = dict(rows(Stage.select(Stage.label, Stage.position)))
    last = max(there.values(), default=0)
    meant = [(label, said.get(label) or Meaning(stage.status, stage.probability)) for label, stage in found.items()]
    fresh = sorted((each for each in meant if each[0] not in there), key=lambda each: _place(each[1]))
    for position, (label, meaning) in enumerate(fresh, last + 1):
        Stage.create(label=label, status=meaning.status, probability=meaning.probability, position=position)


def _place(meaning: Meaning) -> tuple[int, Any]:
    """Open stages first, the less likely before the more likely."""
    order = [OPEN, WON, LOST, VOID]
    return order.index(meaning.status), meaning.probability if meaning.probability is not None else 2


def _write(content: Content, made: Plan, batch: int) -> None:
    table: Any = TABLES[content.entity]
    for row, number in made.renumbered:
        table.update(system=content.system, external=number).where(table.id == row).execute()
    said = {*made.names, "system", "batch"}
    silent = [field for field in table._meta.sorted_fields if field.name not in said and not field.primary_key]
    rest = (batch, *(field.db_value(field.default) for field in silent))
    fields = [table._meta.fields[name] for name in (*made.names, "system", "batch")]
    columns = [*fields, *silent]
    bulk(table, columns, map(add, made.adding, repeat((content.system, *rest))))
    if made.changing:
        bulk(table, columns, map(add, made.changing, repeat(rest)), key=(table.system, table.external), keep=silent)
    if made.moves:
        steps = (StageChange.deal, StageChange.day, StageChange.before, StageChange.after, StageChange.status,
                 StageChange.days)  # fmt: skip
        bulk(StageChange, steps, made.moves)
