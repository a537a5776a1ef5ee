"""Everything of the firm in one folder: a table each as CSV, the usual papers as PDF, all dates as a calendar.

It is for the owner alone and holds what is private, pay for one. Only what nameless raters gave is left out: means
of it are all anybody was ever promised to be told.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

from desktopapp.areas import AREAS
from desktopapp.exchange.export import write_csv
from desktopapp.goals import queries as goals
from desktopapp.goals import report as goal_report
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.file_name import file_name, free
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import YEAR
from desktopapp.overview import daily, dates, sales_summary, standing, wording
from desktopapp.overview.own_data import WITHHELD
from desktopapp.printing.spec import form_title
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import report as review_report
from desktopapp.sales import queries as sales
from desktopapp.sales.imports.kinds import ENTITIES, SYSTEMS
from desktopapp.sales.imports.outgoing import Outgoing, outgoing
from desktopapp.sales.models import ENTITIES as CONTENTS
from desktopapp.storage import Record, held
from desktopapp.storage.fields import Ref
from desktopapp.team import queries as team
from desktopapp.team import report as team_report

OWN_WAY = frozenset(each.table for each in ENTITIES if each.table is not None)
"""Tables that go out in the columns they come in by."""
WHAT = N_("Everything of the firm")
"""What the log of what left the program calls it."""
Told = Callable[[int, int], object]


@frozen
class Exported:
    """What was written, and where."""

    folder: Path
    tables: int
    rows: int
    papers: int


@frozen
class _File:
    """One file to be written."""

    name: str
    what: str
    write: Callable[[Path], int]
    """Gives the number of rows, or of pages."""


def nobody(_part: int, _whole: int) -> None:
    """Where nobody wants to know how far it is."""


def export(into: Path, language_: Language, *, today: date, made: datetime, told: Told = nobody) -> Exported:
    """Write everything into a new folder below `into`, all of it or nothing.

    `told` hears which file of how many is next, and may stop it by raising. Raises `Fault` where the place
    cannot be written.
    """
    firm = team.firm()
    name = file_name(firm.name if firm else language_.text("TeamHelm"), today.isoformat(), ending="")
    tables, papers = list(_tables(language_)), list(_papers(language_, today, made))
    calendar = _File(language_.text(N_("Dates")) + ".ics", language_.text(N_("Dates")),
                     partial(dates.write, language=language_, today=today, made=made))  # fmt: skip
    files = [*tables, *papers, calendar]
    folder = free(into / name)
    part = folder.with_name(f"{folder.name}.part")
    try:
        part.mkdir(parents=True)
        counts = _write(part, files, told)
        _contents(part, files, counts, language_)
        part.replace(folder)
    except OSError as no:
        raise Fault(M("The folder {folder} cannot be written. Choose another place.", folder=str(into))) from no
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Exported(folder, len(tables), sum(counts[: len(tables)]), len(papers))


def _write(folder: Path, files: Sequence[_File], told: Told) -> list[int]:
    counts = []
    for nth, each in enumerate(files):
        told(nth, len(files))
        counts.append(each.write(folder / each.name))
    return counts


def _contents(folder: Path, files: Sequence[_File], counts: Sequence[int], words: Language) -> None:
    """What is in the folder, for whoever opens it years later."""
    heading = [words.text(each) for each in (N_("File"), N_("Content"), N_("Rows or pages"))]
    rows = ([each.name, each.what, count] for each, count in zip(files, counts, strict=True))
    write_csv(folder / (words.text(N_("Contents of this folder")) + ".csv"), heading, rows)


def _tables(words: Language) -> Iterator[_File]:
    titles, sold = dict(CONTENTS), outgoing(words)
    systems = Counter(each.entity for each in sold)
    for each in sold:
        title = words.text(titles[each.entity])
        system = words.text(SYSTEMS.get(each.system, each.system)) if systems[each.entity] > 1 else ""
        yield _File(file_name(title, system, ending=".csv"), title, partial(_write_outgoing, each))
    for area in AREAS:
        for table in area.tables:
            if not issubclass(table, Record) or table in WITHHELD or table in OWN_WAY or not _columns(table):
                continue
            title = words.text(table.wording.kind)
            named = file_name(words.text(area.title), title, ending=".csv")
            if cast("Any", table).select().exists():
                yield _File(named, title, partial(_write_table, table, words))


def _write_outgoing(of: Outgoing, path: Path) -> int:
    return write_csv(path, of.heading, of.rows())


def _columns(table: type[Record]) -> list[Any]:
    fields = cast("Any", table)._meta.sorted_fields
    return [each for each in fields if not each.primary_key and each.name not in table.wording.silent]


def _write_table(table: type[Record], words: Language, path: Path) -> int:
    fields: Any = table
    columns, called = _columns(table), cache(lambda kind, number: words.show(wording.called((kind, number))))
    every = held(fields.select().order_by(fields.id))
    names = [each.column_name for each in fields._meta.sorted_fields]
    heading = [words.text(each) for each in (N_("No."), *(column.verbose_name for column in columns))]

    def rows() -> Iterator[list[object]]:
        for values in every:
            said = dict(zip(names, values, strict=True))
            yield [said["id"], *(_cell(table, each, said, words, called) for each in columns)]

    return write_csv(path, heading, rows())


def _cell(
    table: type[Record], field: Any, said: dict[str, Any], words: Language, called: Callable[[str, int], str]
) -> object:
    raw = said[field.column_name]
    if isinstance(field, Ref):
        return "" if raw is None else called(wording.name(field.rel_model), raw)
    value = wording.value_of(table, field, raw, said)
    return words.show(value) if isinstance(value, bool | Message) or not _is_figure(value) else value


def _is_figure(value: object) -> bool:
    """Whether a file of cells takes it as it is."""
    return isinstance(value, Money | Decimal | int | date)


def _papers(words: Language, today: date, made: datetime) -> Iterator[_File]:
    firm, season = team.firm(), team.season()
    paper = tuple(map(language, (firm.paper if firm else "zh_CN").split()))
    now = season.of(today)
    if team.people():
        grades = standing.grades()
        yield _paper(words, team_report.CODE, today, partial(team_report.roster, languages=paper, today=today,
                                                             printed=made, grades=grades))  # fmt: skip
    yield _paper(words, daily.CODE, today, partial(daily.daily_list, languages=paper, today=today, printed=made))
    if sales.is_any():
        yield _paper(words, sales_summary.CODE, now, partial(sales_summary.summary, languages=paper, period=now,
                                                             today=today, printed=made))  # fmt: skip
    for period in dict.fromkeys((now, season.of(today, YEAR))):
        if goals.weight_sums(period):
            yield _paper(words, goal_report.code_of(period), period, partial(goal_report.forms, languages=paper,
                         period=period, today=today, printed=made))  # fmt: skip
    for cycle in reviews.cycles():
        code = review_report.code_of(reviews.form(cycle.id).kind)
        yield _paper(words, code, cycle.period, partial(review_report.review_forms, languages=paper,
                     cycle=cycle.id, filled=True, firm=firm, printed=made, period=cycle.period))  # fmt: skip


def _paper(words: Language, code: str, of: object, make: Callable[..., Any]) -> _File:
    title = words.text(form_title(code))
    return _File(file_name(title, words.show(of), ending=".pdf"), title, lambda path: int(make(path).pages))
