"""The sheet customers are handed over by: from whom, to whom, filled in or blank; previewed before it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.sales import report
from desktopapp.sales.queries.portfolio import Customer
from desktopapp.team import queries as team
from ui.kit.desk import Desk
from ui.kit.preview import LANGUAGES, About, Job, Option, Preview


def handover(desk: Desk, parent: QWidget) -> Preview:
    """The preview; leavers can give, for their customers have to go to somebody."""
    people = [(row.id, row.name) for row in team.people(leavers=True)]
    here = {row.id for row in team.people()}
    names = dict(people)
    options = (
        LANGUAGES,
        Option("giver", N_("From"), people),
        Option("receiver", N_("To"), [(None, N_("Left open")), *(each for each in people if each[0] in here)]),
        Option("filled", N_("Content"), ((True, N_("Filled in")), (False, N_("Blank")))),
    )

    def make(path: Path, languages: Any, *, progress: object, **how: Any) -> object:
        del progress
        return report.handover(path, languages, today=desk.day, **how)

    def about(*, giver: int, **_chosen: Any) -> About:
        return About([(giver, names[giver])])

    def missing(language: Language, **how: Any) -> list[tuple[str, str]]:
        return list(report.missing_glyphs(language, today=desk.day, **how))

    return Preview(desk, Job(report.CODE, N_("Customer handover sheet"), make, options, about, missing), parent)


def handed_over(
    desk: Desk, giver: int, receiver: int, customers: Sequence[Customer], parent: QWidget
) -> Preview:  # fmt: skip
    """The preview of the sheet for customers that have just gone to another hand, as they were before."""
    names = {row.id: row.name for row in team.people(leavers=True)}

    def make(path: Path, languages: Any, *, progress: object, **_chosen: Any) -> object:
        del progress
        return report.handover(path, languages, giver=giver, receiver=receiver, today=desk.day, customers=customers)

    def about(**_chosen: Any) -> About:
        return About([(giver, names[giver])])

    def missing(_language: Language, **_how: Any) -> list[tuple[str, str]]:
        return list(report.undrawn(customers))

    return Preview(desk, Job(report.CODE, N_("Customer handover sheet"), make, (LANGUAGES,), about, missing), parent)


