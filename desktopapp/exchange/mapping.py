"""Headings to declared fields, and rows to values with what is wrong with the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import compress
from typing import TypeVar, cast

from peewee import Field

from desktopapp.exchange.export import unguarded
from desktopapp.exchange.parsers import NEEDED, Column, Stored, Wrong, is_plain, parsed
from desktopapp.exchange.sheets import RawTable
from desktopapp.kernel.clean import clean
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.starter import rows as starter_rows

HITS = 3
"""How many headings must be a system's own before a file is taken for one of its exports."""

_T = TypeVar("_T")
_HINTS = re.compile(r"\((元|必填|选填|是/否|required|optional)\)$")
_VARIANTS = str.maketrans({"帐": "账", "*": None, ":": None, "\ufeff": None})


@cache
def normal(heading: str) -> str:
    """A heading without what differs between files that mean the same: width, case, spaces, stars, 帐 for 账."""
    text = "".join(unicodedata.normalize("NFKC", heading).casefold().translate(_VARIANTS).split())
    return _HINTS.sub("", text)


@frozen
class Target:
    """A field a file may fill."""

    name: str
    field: Field
    meanings: tuple[str, ...] = ()
    """The words the table of aliases has for it, the best first."""
    headings: tuple[str, ...] = ()
    """Headings it is known by besides its own label."""
    required: bool = False


@frozen
class Mapped:
    """One column of a file and the field it fills, if any."""

    at: int
    heading: str
    target: Target | None = None


@frozen
class Recognised:
    """What the headings of a file say about where it comes from."""

    system: str
    """Empty where it is no known one."""
    entity: str
    meanings: Mapping[str, str]
    """Normal headings with the word the table of aliases has for each."""
    score: int
    """How many headings say so."""


@frozen
class Problem:
    """A cell that could not be taken in: where it stands in the file, and why."""

    row: int
    column: str
    value: str
    message: Message


@frozen
class Parsed:
    """The rows that can be taken in, column by column, and what is wrong with the others."""

    values: Mapping[str, Sequence[Stored]]
    """By the name of the target: a value for each row, as the file holds it."""
    rest: Mapping[str, Sequence[str]]
    """The columns nobody asked for that hold anything, by heading."""
    numbers: Sequence[int]
    """The number of each row in the file."""
    problems: tuple[Problem, ...] = ()
    rejected: int = 0


@cache
def _aliases() -> Mapping[tuple[str, str], dict[str, str]]:
    """System and entity to normal headings with their meaning; a heading with two meanings has none."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in starter_rows("header_aliases"):
        layout = family(row["source_system"]), row["target_entity"]
        _agree(found.setdefault(layout, {}), row["header"], row["target_field"])
    return found


def _agree(known: dict[str, str], heading: str, meaning: str) -> None:
    """Note what a heading means, or that it means different things."""
    name = normal(heading)
    known[name] = meaning if known.get(name, meaning) == meaning else ""


def family(system: str) -> str:
    """The product behind a layout: its backup, its reports and its pages share their numbers."""
    return system.partition("_")[0]


def recognised(heading: Iterable[str], entities: Mapping[str, Sequence[Target]]) -> Recognised:
    """The content and the system that fit the whole set of headings best; the first of two that fit alike."""
    present = {normal(each) for each in heading if each}
    found = [_fitting(present, entity, targets) for entity, targets in entities.items()]
    return max(found, key=lambda each: each.score)


def _fitting(present: set[str], entity: str, targets: Sequence[Target]) -> Recognised:
    """How well headings fit one kind of content, by what a system calls it and by what we do."""
    systems = {system: known for (system, of), known in _aliases().items() if of == entity}
    found = ((len(present & known.keys()), system, known) for system, known in systems.items())
    hits, system, known = max(found, key=lambda each: each[0], default=(0, "", {}))
    if hits < max(HITS, len(present) / 3):
        system, known = "", agreed(entity)
    wanted = {meaning for target in targets for meaning in target.meanings}
    ours = _labels(targets)
    fit = sum(each in ours or known.get(each) in wanted for each in present)
    return Recognised(system, entity, known, hits + fit)


def agreed(entity: str) -> dict[str, str]:
    """What headings mean in every system that has them: for a file of no known system."""
    found: dict[str, str] = {}
    for (_, of), known in _aliases().items():
        for heading, meaning in known.items() if of == entity else ():
            _agree(found, heading, meaning)
    return found


def mapped(
    heading: Sequence[str],
    targets: Sequence[Target],
    meanings: Mapping[str, str],
    chosen: Mapping[str, str] | None = None,
) -> tuple[Mapped, ...]:
    """Each column with the field it fills.

    What the owner chose (heading to target, "" for none) stands above what the system means by
    a heading, and that above our own labels. Raises `Refused`, naming the headings, where one
    stands twice, two mean the same, or a needed one is missing.
    """
    _refuse_twice(heading)
    said = {normal(each): name for each, name in (chosen or {}).items()}
    taken = {at: None for at, each in enumerate(heading) if said.get(normal(each)) == ""}
    found: dict[int, Target] = {}
    for known, by_meaning in ((said, False), (meanings, True), (_labels(targets), False)):
        for target in (each for each in targets if each not in found.values()):
            words = target.meanings if by_meaning else (target.name,)
            if (at := _place(heading, target, words, known, {*taken, *found})) is not None:
                found[at] = target
    _refuse_missing(targets, found.values())
    return tuple(Mapped(at, each or _letters(at), found.get(at)) for at, each in enumerate(heading))


def _refuse_twice(heading: Sequence[str]) -> None:
    normals = [normal(each) for each in heading]
    twice = {each: None for each, name in zip(heading, normals, strict=True) if name and normals.count(name) > 1}
    if twice:
        raise Refused(M("Headings that stand twice in the file: {columns}.", columns=tuple(twice)), "file")


def _labels(targets: Sequence[Target]) -> Mapping[str, str]:
    """Our own labels, in every language, with the name of their target."""
    known: dict[str, str] = {}
    for target in targets:
        for label in (*(language(code).text(target.field.verbose_name) for code in CODES), *target.headings):
            known.setdefault(normal(label), target.name)
    return known


def _place(
    heading: Sequence[str], target: Target, words: tuple[str, ...], known: Mapping[str, str], taken: set[int]
) -> int | None:
    """The column known by the first of the words that any is known by."""
    for word in words:
        places = [at for at, each in enumerate(heading) if at not in taken and known.get(normal(each)) == word and each]
        if len(places) > 1:
            both = tuple(heading[at] for at in places)
            label = Message(target.field.verbose_name)
            raise Refused(M("The columns {columns} all mean “{field}”. Keep one.", columns=both, field=label), "file")
        if places:
            return places[0]
    return None


def _refuse_missing(targets: Sequence[Target], found: Iterable[Target]) -> None:
    present = tuple(found)
    missing = tuple(Message(each.field.verbose_name) for each in targets if each.required and each not in present)
    if missing:
        raise Refused(M("The file has no column for: {columns}.", columns=missing), "file")


def _letters(at: int) -> str:
    """A column without heading by the letters a spreadsheet gives it."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def read(table: RawTable, columns: Sequence[Mapped], day_first: Mapping[str, bool] | None = None) -> Parsed:
    """The rows of a table as values. `day_first` is what the owner answered for columns of dates, by heading.

    Raises `Refused` with the heading as its field where a column of dates has to be asked for.
    """
    numbers = table.numbers
    problems = [Problem(number, _letters(len(table.heading)), str(cell), _OVER) for number, cell in table.over]
    values: dict[str, Sequence[Stored]] = {}
    rest: dict[str, Sequence[str]] = {}
    for column in columns:
        texts = _texts(table, column.at)
        if column.target is None:
            if any(texts):
                rest[column.heading] = _cleaned(texts)
            continue
        values[column.target.name] = read_ = _read(column, column.target, texts, day_first or {})
        problems += _problems(column, read_, numbers)
    bad = {problem.row for problem in problems}
    good = [number not in bad for number in numbers] if bad else []
    return Parsed(
        {name: _kept(each, good) for name, each in values.items()},
        {name: _kept(each, good) for name, each in rest.items()},
        _kept(numbers, good),
        tuple(sorted(problems, key=lambda problem: problem.row)),
        len(bad),
    )


_OVER = M("This row has more cells than there are headings; a separator inside a text may be to blame.")


def _texts(table: RawTable, at: int) -> Sequence[str]:
    """The cells of a column as text: those of a text file as they are, those of a workbook as that would write them."""
    if table.separator:
        return cast("Sequence[str]", table.columns[at])
    cells = table.columns[at]
    return ["" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell) for cell in cells]


def _cleaned(texts: Sequence[str]) -> Sequence[str]:
    together = "".join(texts)
    return texts if "'" not in together and is_plain(together) else [clean(unguarded(text)) for text in texts]


def _read(column: Mapped, target: Target, texts: Sequence[str], day_first: Mapping[str, bool]) -> Sequence[Stored]:
    values = parsed(Column(target.field, column.heading, texts, day_first.get(column.heading)))
    if target.required and "" in values:
        return [NEEDED if value == "" else value for value in values]
    return values


def _problems(column: Mapped, values: Sequence[Stored], numbers: Sequence[int]) -> list[Problem]:
    if Wrong not in set(map(type, values)):
        return []
    return [
        Problem(number, column.heading, value.cell, value.message)
        for number, value in zip(numbers, values, strict=True)
        if isinstance(value, Wrong)
    ]


def _kept(values: Sequence[_T], good: Sequence[bool]) -> Sequence[_T]:
    return list(compress(values, good)) if good else values
