"""The recovery sheet, on paper (RC-01): the code that opens the data when the password is forgotten."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from desktopapp.printing.form import Booklet, Filled, Printed
from desktopapp.storage import protection
from desktopapp.team import queries as team

CODE = "RC-01"
TITLE = N_("Recovery sheet")
SEPARATOR = "-"
GROUPS_IN_A_LINE = 4


def in_lines(code: str) -> str:
    """A code as it is shown: four groups in a line."""
    groups = code.split(SEPARATOR)
    return "\n".join("   ".join(groups[at : at + GROUPS_IN_A_LINE]) for at in range(0, len(groups), GROUPS_IN_A_LINE))


def sheet(
    path: Path, languages: tuple[Language, ...], *, code: str, today: date, printed: datetime | None = None
) -> Printed:
    """The code, what it is for, and who keeps it."""
    firm, store = team.firm(), protection.store()
    fields = {
        "Firm": firm.name if firm else "", "Date": today, "PC": store.host, "Number of the data": store.number,
        **{f"Group {nth}": group for nth, group in enumerate(code.split(SEPARATOR), 1)},
    }  # fmt: skip
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        pages = booklet.form(CODE, Filled(fields=fields))
    return Printed(path, 1, pages)
