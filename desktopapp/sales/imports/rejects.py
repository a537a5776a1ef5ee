"""The rows that could not be taken in, as a file that can be mended and taken in again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktopapp.exchange.export import write_csv, write_xlsx
from desktopapp.exchange.mapping import Problem
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.sales.imports.contents import ADVICE
from desktopapp.sales.imports.examining import Finding

ROW, REASON, ADVISED = N_("Row"), N_("Reason"), N_("Advice")
"""What is written beside each row; columns of these names are passed over when the file comes back."""
_ENCODINGS = {"gb18030": "gb18030", "utf-16": "utf-16", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}


def write_rejects(path: Path, found: Finding, language: Language) -> int:
    """Write the rejected rows with all their columns, and where, why and what to do; gives how many.

    As a workbook or as a text in the encoding of the original, by the end of the name. Raises `Fault`.
    """
    heading = [*found.part.table.heading, *map(language.text, (ROW, REASON, ADVISED))]
    rows = _rows(found, language)
    if path.suffix.lower() == ".xlsx":
        return write_xlsx(path, heading, rows)
    return write_csv(path, heading, rows, encoding=_ENCODINGS.get(found.part.table.encoding, "utf-8-sig"))


def _rows(found: Finding, language: Language) -> Iterator[Sequence[object]]:
    table = found.part.table
    wrong: dict[int, list[Problem]] = {}
    for problem in found.problems:
        wrong.setdefault(problem.row, []).append(problem)
    for at, number in enumerate(table.numbers):
        if number in wrong:
            yield *(column[at] for column in table.columns), number, *_told(wrong[number], language)


def _told(problems: Sequence[Problem], language: Language) -> tuple[str, str]:
    reasons = (f"{problem.column}: {language.text(problem.message)}" for problem in problems)
    advised = (ADVICE[each.message.msgid] for each in problems if each.message.msgid in ADVICE)
    return " ".join(reasons), " ".join(dict.fromkeys(map(language.text, advised)))
