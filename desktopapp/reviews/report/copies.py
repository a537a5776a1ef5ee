"""Forms of the reviews on their way to paper: many in one file, each told by whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.printing.form import Booklet, Filled, Fonts, Group, Printed, unprintable
from desktopapp.printing.spec import Form
from desktopapp.reviews import rules
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.team.queries import FirmRow


@frozen
class Copy:
    """One form: what is written into it, whose it is, and the line that names each of its pages."""

    form: str | Form
    """Its code, or the form as it is stated for this copy."""
    filled: Filled
    name: str
    subject: str


def print_copies(
    path: Path,
    languages: tuple[Language, ...],
    copies: Iterable[Copy],
    count: int,
    *,
    firm: FirmRow | None,
    printed: datetime,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print forms one after another; `progress` is told of every one and may raise to stop: then no file is left."""
    forms = pages = 0
    with Booklet(path, languages, printed=printed, fonts=fonts, **(firm.head if firm else {})) as booklet:
        for forms, copy in enumerate(copies, 1):
            pages += booklet.form(copy.form, copy.filled, bookmark=copy.name, subject=copy.subject)
            progress(forms, count)
    return Printed(path, forms, pages)


def missing(copies: Iterable[Copy]) -> list[tuple[str, str]]:
    """Whose form holds characters that no font of ours can draw, and which."""
    found = ((copy.name, "".join(unprintable(copy.filled))) for copy in copies)
    return [(name, characters) for name, characters in found if characters]


def subject(first: Language, sheet: ReviewSheet) -> str:
    """What tells a loose page: whose, and of what period."""
    return first.text(M("{name} · {period}", name=sheet.name, period=sheet.period))


def in_sections(
    stated: rules.Form, dimensions: Sequence[rules.Dimension], rows: Iterable[Sequence[object]], *, weighs: bool = False
) -> list[Sequence[object] | Group]:
    """A row for each of these dimensions, under the heading of its section where a template has several."""
    found: list[Sequence[object] | Group] = []
    names = {each.id: each.name for each in stated.sections} if len(stated.sections) > 1 else {}
    before = ""
    for each, row in zip(dimensions, rows, strict=True):
        if each.section != before and each.section in names:
            weight = sum(other.weight for other in stated.dimensions if other.section == each.section)
            name = names[each.section]
            found.append(Group(M("{section} · {weight}%", section=name, weight=weight) if weighs else name))
        before = each.section
        found.append(row)
    return found


def both(text: Message) -> Both:
    """A message in both languages, as the content has its own."""
    return Both(*(language(code).text(text) for code in CODES))
