"""What was dropped, looked at: which tables there are, what each holds and fills, and what has to be asked.

Only the first lines and rows are read for this, so it is there at once however long the file is; the
questions are put to all of its rows before anything is taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path

from desktopapp.exchange import spans
from desktopapp.exchange.days import vote
from desktopapp.exchange.figures import Style, style
from desktopapp.exchange.headings import (
    CHOSEN,
    REMEMBERED,
    SYSTEM,
    WHY,
    Guess,
    Kind,
    Mapped,
    Recognised,
    Target,
    guessed,
    letters,
    normal,
    recognised,
)
from desktopapp.exchange.mapping import Said, counted_in, texts_of
from desktopapp.exchange.parsers import has_figure, is_percent, is_words
from desktopapp.exchange.regions import Cut, RawTable
from desktopapp.exchange.sheets import Read, read_source
from desktopapp.exchange.sources import Skipped, Source, content, gathered
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import MONTH, YEAR, Period
from desktopapp.sales.imports.answers import (
    COLUMN,
    DECIMAL,
    ORDER,
    PERCENT,
    PERIOD,
    UNIT,
    UNSAID,
    Answers,
    Question,
    combined,
    remembered,
    signed,
)
from desktopapp.sales.imports.contents import REMARKS
from desktopapp.sales.imports.doubts import doubt
from desktopapp.sales.imports.kinds import ENTITIES, SYSTEMS, by_key, system_named, tells_system
from desktopapp.sales.imports.lengthwise import lengthwise
from desktopapp.storage.fields import Count, Day, Moment, Money, Number, Share

HEAD = 400
"""How many lines of a text, or rows of a sheet, are looked at."""
SAMPLES = 3


@frozen
class ColumnSeen:
    """One column of a table: what it fills and why, how it is written, and what stands in it."""

    heading: str
    target: str
    """The name of what it fills; empty where it is kept among the other columns."""
    label: str
    """The marked text of what it fills."""
    why: Message | None
    suggested: str
    """The name of what it might fill."""
    suggestion: str
    """The marked text of that."""
    samples: tuple[str, ...]
    styles: tuple[tuple[str, str], ...] = ()
    """How it is read: `ORDER`, `PERCENT`, `UNIT` or `DECIMAL` with the answer that holds."""
    is_remark: bool = False
    """Whether it is what a program wrote beside rows it did not take in, which nobody wants back."""


@frozen
class Part:
    """One table of what was dropped."""

    key: str
    """What its answers go by."""
    source: Source
    original: str
    """The name of the file that was dropped: of the archive, where it lay in one."""
    table: RawTable
    system: str
    entity: str
    """Empty where it is not known what it holds."""
    meanings: Mapping[str, str]
    """What its system means by its headings."""
    guess: Guess
    questions: tuple[Question, ...]
    answers: Answers
    is_remembered: bool
    is_sure: bool
    """Whether what it holds is known, said or remembered, and not merely likely."""
    taken: bool
    why_not: Message | None = None
    """Why it is not taken in unless the owner says so."""
    period: str | None = None
    """The period of a payroll or of targets, as its title says it."""

    @property
    def file(self) -> str:
        """What it is called: the file, with the sheet where that says more."""
        name, sheet = self.source.name, self.table.name
        return f"{name} · {sheet}" if sheet and sheet != name and not self.table.separator else name

    @property
    def kind(self) -> Kind | None:
        """What its records are."""
        return by_key()[self.entity].kind if self.entity else None

    @property
    def columns(self) -> tuple[ColumnSeen, ...]:
        """Its columns, for showing."""
        return tuple(_seen(each, self) for each in self.guess.columns)


@frozen
class Drop:
    """Everything that was dropped at once."""

    parts: tuple[Part, ...]
    """In the order they are taken in."""
    skipped: tuple[Skipped, ...]
    read: Mapping[tuple[Source, Cut], Read] = field(default_factory=dict)
    """What was read of each file, so that it need not be read again when an answer changes."""

    @property
    def names(self) -> tuple[str, ...]:
        """The files that were dropped."""
        return tuple(dict.fromkeys(part.original for part in self.parts))


AnswersBy = Mapping[str, Answers]
NO_ANSWERS: AnswersBy = {}


def look(paths: Iterable[Path], answers: AnswersBy = NO_ANSWERS, before: Drop | None = None) -> Drop:
    """Everything dropped, before it is read to its end; nothing is written.

    `before` is how it was seen with other answers. Raises `Refused` with a clear sentence where
    nothing of it can be used.
    """
    sources, left = gathered(paths)
    reader = _Reader(dict(before.read) if before else {})
    skipped = list(left)
    parts: list[Part] = []
    for source in sources:
        try:
            read = reader.read(source, UNSAID.cut)
        except Refused as no:
            if len(sources) == 1 and not left:
                raise
            skipped.append(Skipped(source.name, no.message))
            continue
        skipped += [replace(each, name=f"{source.name} · {each.name}") for each in read.skipped]
        parts += (part_of(source, nth, reader, answers) for nth in range(len(read.tables)))
    if not parts:
        raise Refused(_nothing(skipped), "file")
    return Drop(tuple(sorted(_beside_others(parts), key=_order)), tuple(skipped), reader.known)


class _Reader:
    """Reads each file once for each way it is to be cut."""

    def __init__(self, known: dict[tuple[Source, Cut], Read]) -> None:
        self.known = known

    def read(self, source: Source, cut: Cut) -> Read:
        """The beginning of a file. Raises `Refused`."""
        if (source, cut) not in self.known:
            self.known[source, cut] = read_source(source, content(source), cut, HEAD)
        return self.known[source, cut]

    def table(self, source: Source, nth: int, cut: Cut) -> RawTable:
        """One table of it, no two headings of which are alike; as it is cut by itself where it cannot be cut so."""
        try:
            found = self.read(source, cut).tables
        except Refused:
            found = ()
        if nth >= len(found):
            found = self.read(source, UNSAID.cut).tables
        return seen(found[nth], source)


def seen(table: RawTable, source: Source) -> RawTable:
    """A table as it is looked at: no two headings alike, targets of many months in a row each."""
    return lengthwise(replace(table, heading=told_apart(table.heading)), source.name)


def _nothing(skipped: Sequence[Skipped]) -> Message:
    if len(skipped) == 1:
        return M("“{file}”: {why}", file=skipped[0].name, why=skipped[0].why)
    return M("There is no table among these files.")


def part_of(source: Source, nth: int, reader: _Reader, answers: AnswersBy) -> Part:
    """A table with what it holds and what has to be asked about it."""
    key = f"{source.path}|{source.shown}|{nth}"
    table = reader.table(source, nth, UNSAID.cut)
    first_seen = signed(table.heading)
    known = remembered(first_seen) if table.depth else None  # letters say nothing of a layout
    answer = replace(combined(answers.get(key), known), first_seen=first_seen)
    if answer.cut != UNSAID.cut:
        table = reader.table(source, nth, answer.cut)
    found = recognised(table.heading, [each.kind for each in ENTITIES], f"{source.name} {table.name}")
    best = _chosen(found, answer.entity)
    entity = next((each.key for each in ENTITIES if best and each.kind.key == best.entity), "")
    columns = tuple(Mapped(at, each or letters(at)) for at, each in enumerate(table.heading))
    part = Part(
        key, source, source.path.name, table, _told_system(table) or (best.system if best else ""), entity,
        best.meanings if best else {},
        Guess(columns), (), answer, known is not None, is_sure=_is_sure(found, answer), taken=False,
        period=_period(source, table),
    )  # fmt: skip
    return asked(part)


def _told_system(table: RawTable) -> str:
    """The system a table names itself, as those do that went out of this program."""
    at = next((at for at, heading in enumerate(table.heading) if tells_system(heading)), None)
    named = {cell for cell in table.columns[at] if cell} if at is not None else set()
    return system_named(str(named.pop())) if len(named) == 1 else ""


def asked(part: Part) -> Part:
    """The part with its columns mapped and what has to be asked, by all the rows that are at hand."""
    if part.kind is None:
        why = M("It is a table of sums, not of records.") if part.table.is_pivot else M(
            "What it holds could not be made out. Say what it is, if it is to be taken in."
        )
        return replace(part, why_not=why, taken=False)
    answer = part.answers
    filled = [any(cell not in ("", None) for cell in column) for column in part.table.columns]
    guess = guessed(
        part.table.heading, part.kind, part.meanings, answer.chosen, remembered=part.is_remembered, filled=filled
    )
    if wordy := _wordy(guess, part.table):
        chosen = {**answer.chosen, **dict.fromkeys(wordy, "")}
        guess = guessed(
            part.table.heading, part.kind, part.meanings, chosen, remembered=part.is_remembered, filled=filled
        )
    part = replace(part, guess=guess)
    part = replace(part, questions=tuple(_questions(part)))
    doubted = doubt(part.table, part.entity, is_sure=part.is_sure)
    taken = answer.taken if answer.taken is not None else part.is_remembered or not doubted
    return replace(part, taken=taken, why_not=doubted)


def _wordy(guess: Guess, table: RawTable) -> list[str]:
    """The headings of columns that say in words what their field counts; only where nobody said they fill it."""
    known = (each for each in guess.columns if each.target and each.why not in (CHOSEN, REMEMBERED, SYSTEM))
    return [each.heading for each in known if each.target and is_words(each.target.field, texts_of(table, each.at))]


def _order(part: Part) -> tuple[int, str]:
    keys = [each.key for each in ENTITIES]
    return keys.index(part.entity) if part.entity else len(keys), part.file


def _beside_others(parts: Sequence[Part]) -> Iterator[Part]:
    """People beside other records tell who is who; they go on the roster only where the owner says so."""
    others = any(part.entity not in ("", "roster") for part in parts)
    for part in parts:
        if part.entity == "roster" and others and part.answers.taken is None:
            why = M("It tells the names behind the owners' numbers. Tick it to put these people on the roster too.")
            yield replace(part, taken=False, why_not=why)
        else:
            yield part


def told_apart(heading: Sequence[str]) -> tuple[str, ...]:
    """Headings of which no two are alike."""
    seen: dict[str, int] = {}
    found = []
    for each in heading:
        name = normal(each)
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{each} ({seen[name]})" if name and seen[name] > 1 else each)
    return tuple(found)


def _chosen(found: Sequence[Recognised], said: str | None) -> Recognised | None:
    """What the owner said it is, or the best guess where it is no mere chance."""
    if said:
        key = by_key()[said].kind.key
        return next(each for each in found if each.entity == key)
    best = found[0]
    return best if best.is_likely else None


def _is_sure(found: Sequence[Recognised], answer: Answers) -> bool:
    """Whether what a table holds is beyond doubt: it was said, or one kind is known far enough and no other as well."""
    best, second = found[:2]
    return answer.entity is not None or (best.is_sure and best.score > second.score)


def _period(source: Source, table: RawTable) -> str | None:
    """The period a title, a sheet or a file is named by."""
    texts = (*table.above, table.name, source.name)
    found = next(filter(None, map(spans.found, texts)), None)
    if found is not None and found.months == YEAR:
        found = next(filter(None, (spans.part_of(found, text) for text in texts)), found)
    return str(found) if found else None


def _questions(part: Part) -> Iterator[Question]:
    for group in part.guess.missing:
        yield _which(group[0], [each.heading for each in part.guess.columns if each.target is None])
    for each in part.guess.rivals:
        yield _which(each.target, each.headings, is_rivalry=True)
    for column in part.guess.columns:
        yield from _about(column, part)
    period = part.answers.period or part.period
    if part.entity in ("payroll", "goal") and not _has(part, "period") and not _is_told(period, part.entity):
        yield Question(PERIOD, "period", M("Which period is it of? Write 2026-10, 2026Q4 or 2026."))


def _is_told(period: str | None, entity: str) -> bool:
    """Whether it is known which period a table is of; nobody is paid for a whole year at once."""
    return period is not None and (entity != "payroll" or Period.parse(period).months == MONTH)


def _has(part: Part, name: str) -> bool:
    return any(each.target is not None and each.target.name == name for each in part.guess.columns)


def _which(target: Target, headings: Sequence[str], *, is_rivalry: bool = False) -> Question:
    which = M("Which column is “{field}”?", field=Message(target.field.verbose_name))
    return Question(COLUMN, target.name, which, tuple((each, each) for each in headings), is_rivalry)


def _about(column: Mapped, part: Part) -> Iterator[Question]:
    """What has to be asked about how a column is written."""
    if column.target is None:
        return
    said = part.answers.said.get(column.heading, Said())
    texts, kind = texts_of(part.table, column.at), type(column.target.field)
    if kind in (Day, Moment) and said.order is None and not (found := vote(texts)).is_clear:
        which = M("“{heading}”: how is {cell} to be read?", heading=column.heading, cell=found.example)
        if found.is_mixed:
            which = M("“{heading}”: days and months stand in different orders. How is {cell} to be read? Rows that "
                      "cannot be read so are left out.", heading=column.heading, cell=found.example)  # fmt: skip
        yield Question(ORDER, column.heading, which, tuple((each, ORDER_WORDS[each]) for each in found.orders))
    if kind is Share and said.percent is None and any(texts) and has_figure(texts) and is_percent(
        column.heading, texts
    ) is None:
        if any(text.strip().endswith(("%", "％")) for text in set(texts)):
            return
        example = max(texts)
        which = M("“{heading}”: what does {cell} mean?", heading=column.heading, cell=example)
        options = (("share", M("{cell} of one: 1 is 100 %", cell=example)), ("percent", M("{cell} %", cell=example)))
        yield Question(PERCENT, column.heading, which, options)
    if kind in (Money, Number, Count) and said.decimal is None and not (told := style(texts)).is_sure:
        which = M("“{heading}”: how is {cell} to be read?", heading=column.heading, cell=told.example)
        yield Question(DECIMAL, column.heading, which, tuple(DECIMAL_WORDS.items()))


ORDER_WORDS = {
    "dmy": M("Day, then month, then year"),
    "mdy": M("Month, then day, then year"),
    "ymd": M("Year, then month, then day"),
}
PERCENT_WORDS = {"percent": M("Of a hundred: 85 is 85 %"), "share": M("Of one: 0.85 is 85 %")}
UNIT_WORDS = {
    "0": M("In yuan"),
    "3": M("In thousands (千元)"),
    "4": M("In tens of thousands (万元)"),
    "6": M("In millions (百万元)"),
    "8": M("In hundreds of millions (亿元)"),
}
DECIMAL_WORDS = {
    ".": M("The point stands before the part below one: 1,234.50"),
    ",": M("The comma stands before the part below one: 1.234,50"),
}


def _seen(column: Mapped, part: Part) -> ColumnSeen:
    texts = texts_of(part.table, column.at)
    samples = tuple(islice(dict.fromkeys(text for text in texts if text), SAMPLES))
    remark = normal(column.heading) in REMARKS
    hint = column.suggested if not remark else None
    suggested, suggestion = (hint.name, hint.field.verbose_name) if hint else ("", "")
    if column.target is None:
        return ColumnSeen(column.heading, "", "", None, suggested, suggestion, samples, is_remark=remark)
    why = M(WHY[column.why]) if column.why != "system" else M("{system}'s own heading", system=M(SYSTEMS[part.system]))
    label = column.target.field.verbose_name
    styles = tuple(_styles(column, part, texts))
    return ColumnSeen(column.heading, column.target.name, label, why, "", "", samples, styles)


def _styles(column: Mapped, part: Part, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """How the column is read where it could be read in other ways."""
    said = part.answers.said.get(column.heading, Said())
    kind = type(column.target.field) if column.target else None
    if kind in (Day, Moment):
        found = vote(texts)
        if order := said.order or next(iter(found.orders), None):
            yield ORDER, order if said.order or found.is_clear else ""
    if kind is Share:
        percent = said.percent if said.percent is not None else is_percent(column.heading, texts)
        yield PERCENT, "" if percent is None else "percent" if percent else "share"
    if kind is Money:
        yield UNIT, str(counted_in(part.table, column) if said.unit is None else said.unit)
    if kind in (Money, Number):
        told = style(texts)
        if kind is Number or said.decimal or told != Style():
            yield DECIMAL, said.decimal or (told.decimal if told.is_sure else "")
