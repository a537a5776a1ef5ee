"""The record of an erasure on paper: what went, what is kept until when, and that nothing is left. It names nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.overview.privacy import Erased
from desktopapp.printing.form import Booklet, Filled, Printed
from desktopapp.printing.spec import Box, Column, Fields, Form, Signatures, Table
from desktopapp.team import queries as team
from desktopapp.team.models import CATEGORIES

CODE = "PD-02"
TITLES = dict(CATEGORIES)


def erasure(path: Path, done: Erased, languages: tuple[Language, ...]) -> Printed:
    """Print the record of an erasure."""
    firm = team.firm()
    went, left = _both(N_("What was erased")), _both(N_("What is kept, and until when"))
    filled = Filled(
        fields={"Number in the program": str(done.number), "Erased on": done.day,
                "Erased by": firm.owner if firm else None},
        rows={
            went.en: [(None, _both(TITLES[each]), count) for each, count in done.counts.items()],
            left.en: [(None, _both(TITLES[each]), _until(until)) for each, until in done.kept.items()],
        },
        texts={"What was looked through": _looked(done)},
    )  # fmt: skip
    with Booklet(path, languages, **(firm.head if firm else {})) as booklet:
        pages = booklet.form(_form(went, left), filled)
    return Printed(path, 1, pages)


def _form(went: Both, left: Both) -> Form:
    number, kind = Column(_both(N_("No.")), 14), Column(_both(N_("Kind of data")), 90)
    head = tuple(map(_both, (N_("Number in the program"), N_("Erased on"), N_("Erased by"))))
    sections = (
        Fields(_both(N_("Erasure")), 3, head),
        Table(went, (number, kind, Column(_both(N_("Records")), 71)), 3, has_total=False),
        Table(left, (number, kind, Column(_both(N_("Kept until")), 71)), 2, has_total=False),
        Box(_both(N_("What was looked through")), 3),
        Signatures((_both(N_("Erased by")), _both(N_("Witness"))), dated=True),
    )
    title = _both(N_("Record of an erasure of personal data"))
    return Form(CODE, title, landscape=False, official=False, pages=1, version=1, sections=sections)


def _looked(done: Erased) -> Message:
    if not done.is_whole:
        return M("The name stays until the last kind of data has gone. Backups from before: {count}.",
                 count=done.backups)  # fmt: skip
    left = sum(each.count for each in done.mentions)
    return M("Every column of every table and the trail: the name stands in {left} {left:place|places}. Backups from "
             "before: {count}; one that is put back is gone through again.", left=left, count=done.backups)  # fmt: skip


def _until(until: date | None) -> object:
    return until or M("Kept while somebody works here.")


def _both(text: str) -> Both:
    return Both(*(language(code).text(text) for code in CODES))
