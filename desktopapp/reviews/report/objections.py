"""An objection on paper (PF-08): what is held against a review, what was decided and why, and every version of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.printing.form import Filled, Fonts, Printed
from desktopapp.reviews import queries
from desktopapp.reviews.models import DISMISSED, PARTLY, UPHELD, WITHDRAWN
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.objections import ObjectionRow, objections, time_for
from desktopapp.reviews.queries.register import version, versions
from desktopapp.reviews.report.copies import Copy, missing, print_copies, subject
from desktopapp.reviews.rules.register import grouped
from desktopapp.team import queries as team

OBJECTION_CODE = "PF-08"
TEXT = "1. What is objected to, and why: which item, which facts and figures"
LATE, DECISION = "Why it is heard although late, if so", "2. Decision"
REASON, VERSIONS = "3. Reason of the decision", "4. Versions of the review, all of them kept"
TICKED: Mapping[str | None, Sequence[str]] = {
    UPHELD: ["Upheld"], PARTLY: ["Upheld in part"], DISMISSED: ["Not upheld"], WITHDRAWN: ["Withdrawn"],
}  # fmt: skip


def objection_forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    reviews: Sequence[int],
    filled: bool,
    firm: team.FirmRow | None,
    printed: datetime,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print the objections to these reviews as they stand; blank forms, with the time limit, where there are none."""
    copies = _copies(languages[0], reviews, filled=filled, firm=firm)
    return print_copies(
        path, languages, copies, len(copies), firm=firm, printed=printed, fonts=fonts, progress=progress
    )


def missing_in_objections(language: Language, *, reviews: Sequence[int], filled: bool) -> list[tuple[str, str]]:
    """Whose form holds characters that no font of ours can draw, and which."""
    return missing(_copies(language, reviews, filled=filled, firm=team.firm()))


def _copies(language: Language, reviews: Sequence[int], *, filled: bool, firm: team.FirmRow | None) -> list[Copy]:
    sheets = list(queries.sheets(reviews))
    raised = [(sheet, row) for sheet in sheets for row in objections(sheet.id)] if filled else []
    wanted: Sequence[tuple[ReviewSheet, ObjectionRow | None]] = raised or [(sheet, None) for sheet in sheets]
    return [Copy(OBJECTION_CODE, _filled(*each, firm), each[0].name, subject(language, each[0])) for each in wanted]


def _filled(sheet: ReviewSheet, row: ObjectionRow | None, firm: team.FirmRow | None) -> Filled:
    time = time_for(sheet.id, row.version if row else None)
    facts: dict[str, object] = {
        "Name": sheet.name, "Position": sheet.position or None, "Review period": sheet.period,
        "Reviewer": firm.owner if firm and firm.owner else None, "Signed on": time.signed if time else None,
        "In time until": time.last if time else None,
    }  # fmt: skip
    if row is None:
        return Filled(fields=facts, by_hand=True)
    texts = {TEXT: row.text, LATE: row.late, REASON: row.reason}
    return Filled(
        fields=facts | {"Raised on": row.raised, "Decided on": row.decided},
        texts={title: text for title, text in texts.items() if text},
        ticked={DECISION: TICKED.get(row.decision, ())},
        rows={VERSIONS: [_version(sheet.id, number) for number in _versions(row)]},
    )


def _versions(row: ObjectionRow) -> tuple[int, ...]:
    """The contested version and, once it is signed, the one that took its place."""
    return (row.version, row.became) if row.became else (row.version,)


def _version(review: int, number: int) -> Sequence[object]:
    entry = next(each for each in versions(review) if each.version == number)
    sheet = version(review, number)
    factor = None if sheet.factor is None else f"{sheet.factor:.2f}"
    total = None if sheet.total is None else f"{sheet.total.normalize():f}"
    return [str(number), str(entry.number), entry.day, total, entry.grade, factor, grouped(entry.code)]
