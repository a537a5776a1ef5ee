"""The dry run: every row of what was dropped, read and compared with what is here, and nothing written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktopapp.exchange.headings import Guess
from desktopapp.exchange.mapping import Parsed, Problem, read, texts_of
from desktopapp.exchange.regions import RawTable
from desktopapp.exchange.sheets import read_source
from desktopapp.exchange.sources import content as bytes_of
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M
from desktopapp.sales import service
from desktopapp.sales.imports.answers import written
from desktopapp.sales.imports.contents import (
    PREFIX,
    Known,
    content_of,
    known_stages,
    once,
    stages_of,
)
from desktopapp.sales.imports.looking import Drop, Part, asked, seen
from desktopapp.sales.models import ImportBatch
from desktopapp.sales.service import Change, Coming, Content, Counts, Delivery, Meaning, Owner, StageSeen, Vanished
from desktopapp.sales.service.content import TABLES
from desktopapp.sales.service.links import REFERRED
from desktopapp.storage import held, rows
from desktopapp.team import imports as team

NAMES = 20
"""How many names of vanished records are told."""

Progress = Callable[[int, int], object]


def _nobody(_part: int, _whole: int) -> None:
    """Where nobody wants to know how far it is."""


@frozen
class Finding:
    """What taking one table in would do."""

    part: Part
    """With the questions that all of its rows raise."""
    counts: Counts
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    vanished: Vanished | None = None
    spoiled: tuple[tuple[str, str], ...] = ()
    """Columns whose numbers a spreadsheet cut short, so that they are none, each with one of them."""
    taken_in: date | None = None
    """When this very file was taken in before."""
    delivery: Delivery | None = None
    """None where something has to be asked first, or it is not to be taken in."""


@frozen
class Findings:
    """What taking everything in would do."""

    findings: tuple[Finding, ...]
    owners: tuple[Owner, ...]
    stages: tuple[StageSeen, ...]
    files: Mapping[str, bytes]
    """What was dropped, by its fingerprint, to be kept as it came."""

    @property
    def counts(self) -> Counts:
        """What it comes to."""
        return sum((each.counts for each in self.findings), Counts())

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What is to be handed in, in its order."""
        return tuple(each.delivery for each in self.findings if each.delivery)

    @property
    def is_asking(self) -> bool:
        """Whether something has to be said before it can be taken in."""
        return any(each.part.taken and each.part.questions for each in self.findings)


def examine(
    drop: Drop, *, today: date, stages: Mapping[str, Meaning] | None = None, progress: Progress = _nobody
) -> Findings:
    """Read every row and say what would become of it. `stages` is what the owner says stages count as."""
    known = {**known_stages(), **(stages or {})}
    people, files = _people_of(drop), _Files()
    found: list[Finding] = []
    contents: dict[int, Content] = {}
    for nth, part in enumerate(drop.parts):
        progress(nth, 2 * len(drop.parts))
        finding, content = _read_whole(part, files, Known(known, people, part.answers.period or part.period))
        found.append(finding)
        if content is not None:
            contents[nth] = content
    twice = _once_all(contents)
    coming: dict[str, Coming] = {}
    for nth, content in contents.items():
        progress(len(drop.parts) + nth, 2 * len(drop.parts))
        found[nth] = _compared(found[nth], files, content, twice[nth], coming, today)
        _announce(coming, content)
    progress(2 * len(drop.parts), 2 * len(drop.parts))
    owners, seen = service.owners_of(contents.values()), stages_of(contents.values(), stages or {})
    return Findings(tuple(found), owners, seen, dict(files.known.values()))


def _announce(coming: dict[str, Coming], content: Content) -> None:
    """Note what the drop brings that records after it may refer to."""
    if content.entity in REFERRED and "name" in content.columns:
        names = dict(zip(content.columns["external"], content.columns["name"], strict=True))
        before = coming.get(content.entity)
        coming[content.entity] = Coming({**before.names, **names} if before else names)


class _Files:
    """What was dropped, read once, each with its fingerprint."""

    def __init__(self) -> None:
        self.known: dict[Path, tuple[str, bytes]] = {}

    def fingerprint(self, path: Path) -> str:
        """The fingerprint of a file that was dropped. Raises `Refused` where it is gone meanwhile."""
        if path not in self.known:
            try:
                held = path.read_bytes()
            except OSError as no:
                told = M("“{file}” cannot be opened. Is it there, and closed in Excel?", file=path.name)
                raise Refused(told, "file") from no
            self.known[path] = hashlib.sha256(held).hexdigest(), held
        return self.known[path][0]


def _people_of(drop: Drop) -> dict[str, str]:
    """Names by number of the source's own people, where the drop has a list of them."""
    found: dict[str, str] = {}
    for part in drop.parts:
        if part.entity != "roster":
            continue
        at = {each.target.name: each.at for each in part.guess.columns if each.target}
        if "external" not in at:
            continue
        table = _whole(part)
        texts = {name: texts_of(table, column) for name, column in at.items()}
        blank = [""] * len(table.numbers)
        names = zip(texts["external"], texts.get("name", blank), texts.get("last_name", blank),
                    texts.get("first_name", blank), strict=True)  # fmt: skip
        found |= {number.removeprefix(PREFIX): _called(name, last, first) for number, name, last, first in names}
    return found


def _called(name: str, last: str, first: str) -> str:
    if not first:
        return name or last
    whole = last or name
    return f"{whole}{first}" if not (whole + first).isascii() else f"{first} {whole}".strip()


def _whole(part: Part) -> RawTable:
    """All rows of a table of which only the first were looked at."""
    if part.table.is_whole:
        return part.table
    found = read_source(part.source, bytes_of(part.source), part.answers.cut).tables
    nth = int(part.key.rpartition("|")[2])
    return seen(found[nth], part.source)


def _read_whole(part: Part, files: _Files, known: Known) -> tuple[Finding, Content | None]:
    """A table read to its end; its records, unless something has to be asked first."""
    if not part.taken or part.kind is None:
        return Finding(part, Counts()), None
    whole = asked(replace(part, table=_whole(part)))
    if whole.questions:
        return Finding(whole, Counts(rows=len(whole.table.numbers))), None
    parsed = read(whole.table, whole.guess.columns, part.answers.said)
    counts = Counts(rows=len(whole.table.numbers), rejected=parsed.rejected)
    if part.entity == "roster":
        return _roster(whole, files, parsed, counts), None
    content = content_of(part.entity, part.system, parsed, replace(known, sums=_sums(whole, parsed)))
    seen = Finding(whole, counts, parsed.problems, spoiled=parsed.spoiled, taken_in=_taken_in(whole, files))
    return seen, content


def _sums(part: Part, parsed: Parsed) -> Sequence[str]:
    """The sums of the rows that are taken in, as they are written."""
    at = next((each.at for each in part.guess.columns if each.target and each.target.name in ("amount", "price")), None)
    if at is None:
        return ()
    texts = texts_of(part.table, at)
    if len(parsed.numbers) == len(texts):
        return texts
    good = set(parsed.numbers)
    return [text for text, number in zip(texts, part.table.numbers, strict=True) if number in good]


def _roster(part: Part, files: _Files, parsed: Parsed, counts: Counts) -> Finding:
    """People, as the roster would take them."""
    found = team.lines(_named(parsed), part.guess.columns)
    lines = [each for each in found if isinstance(each, team.Line)]
    problems = (*parsed.problems, *(each for each in found if isinstance(each, Problem)))
    does = Counter(line.does for line in lines)
    counts = replace(
        counts, new=does[team.NEW], changed=does[team.CHANGED], same=does[team.SAME],
        rejected=len({problem.row for problem in problems}),
    )  # fmt: skip
    delivery = _delivery(part, files, None, counts, people=lines)
    return Finding(
        part, counts, problems, spoiled=parsed.spoiled, taken_in=_taken_in(part, files), delivery=delivery
    )


def _named(parsed: Parsed) -> Parsed:
    """The list with whole names where it has only parts of them."""
    values = dict(parsed.values)
    last, first = values.pop("last_name", None), values.pop("first_name", None)
    values.pop("external", None)
    blank = [""] * len(parsed.numbers)
    if last or first:
        each = zip(values.get("name", blank), last or blank, first or blank, strict=True)
        values["name"] = [_called(*parts) for parts in each]
    return replace(parsed, values=values)


def _once_all(contents: dict[int, Content]) -> dict[int, int]:
    """Leave each record where it stands last, over all tables of the drop; how many each table loses."""
    later: dict[tuple[str, str], set[str]] = {}
    twice: dict[int, int] = {}
    for nth in reversed(contents):
        layout = contents[nth].entity, contents[nth].system
        contents[nth], twice[nth] = once(contents[nth], later.get(layout, ()))
        later.setdefault(layout, set()).update(contents[nth].columns["external"])
    return twice


def _compared(
    finding: Finding, files: _Files, content: Content, twice: int, coming: Mapping[str, Coming], today: date
) -> Finding:
    """What its records would do to those that are here."""
    part = finding.part
    plan = service.plan(content, part.answers.how, today, coming)
    counts = replace(
        finding.counts, new=plan.new, changed=plan.changed, same=plan.same, kept=plan.kept, nobodys=plan.nobodys,
        twice=twice,
    )  # fmt: skip
    numbers = _numbers(part, content)
    vanished = _vanished(part, content, numbers)
    counts = replace(counts, vanished=vanished.count if vanished else 0)
    delivery = _delivery(part, files, content, counts, seen=numbers)
    return replace(finding, counts=counts, changes=plan.changes, vanished=vanished, delivery=delivery)


def _delivery(part: Part, files: _Files, content: Content | None, counts: Counts, **more: Any) -> Delivery:
    confirmed = replace(part.answers, entity=part.entity, chosen=_confirmed(part.guess))
    stages = stages_of([content], {}) if content else ()
    return Delivery(
        part.file, part.original, files.fingerprint(part.source.path), part.answers.first_seen, written(confirmed),
        part.answers.how, content, counts, stages=stages, **more,
    )  # fmt: skip


def _confirmed(guess: Guess) -> dict[str, str]:
    """What every column fills, as it was shown and accepted."""
    return {each.heading: each.target.name if each.target else "" for each in guess.columns}


def _taken_in(part: Part, files: _Files) -> date | None:
    same = ImportBatch.sha256 == files.fingerprint(part.source.path)
    wanted = ImportBatch.select(ImportBatch.day).where(same, ImportBatch.entity == part.entity)
    return next((day for (day,) in rows(wanted.order_by(ImportBatch.id.desc()).limit(1))), None)


def _numbers(part: Part, content: Content) -> Sequence[str]:
    """Every number in the file, those of rows that cannot be taken in too: they have not vanished."""
    at = next((each.at for each in part.guess.columns if each.target and each.target.name == "external"), None)
    found: Sequence[str] = content.columns["external"]
    if at is None:
        return found
    return list({*found, *(text.removeprefix(PREFIX) for text in texts_of(part.table, at))})


def _vanished(part: Part, content: Content, numbers: Sequence[str]) -> Vanished | None:
    """What the last file with the same headings had and this one has not."""
    wanted = ImportBatch.select(ImportBatch.file, ImportBatch.seen).where(
        ImportBatch.signature == part.answers.first_seen,
        ImportBatch.system == content.system,
        ImportBatch.entity == content.entity,
    )
    last = next(iter(rows(wanted.order_by(ImportBatch.id.desc()).limit(1))), None)
    if last is None or not last[1]:
        return None
    gone = set(service.unpacked(last[1]).decode().split("\n")).difference(numbers)
    table: Any = TABLES[content.entity]
    called = next(getattr(table, name) for name in ("name", "customer", "owner") if name in table._meta.fields)
    here = held(table.select(table.external, called).where(table.system == content.system)) if gone else []
    names = sorted(str(name) for external, name in here if external in gone)
    return Vanished(last[0], len(names), tuple(names[:NAMES])) if names else None
