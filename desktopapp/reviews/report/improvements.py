"""An improvement plan on paper (PF-07), as it is agreed on, as it goes, and as it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.printing.form import Filled, Fonts, Printed, form
from desktopapp.printing.spec import Box, Form, Ticks
from desktopapp.reviews import queries
from desktopapp.reviews.models import MET, OTHER, ROLE, TRAIN, Checkpoint, Improvement
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.improvements import CheckpointLine, ImprovementRow, improvements
from desktopapp.reviews.report.copies import Copy, both, missing, print_copies, subject
from desktopapp.team import queries as team

IMPROVEMENT_CODE = "PF-07"
MISSED, AIMS, LOOKS = "1. Goals missed, with facts", "2. Improvement actions", "3. Weekly checks"
OUTCOME, EXTENDED = "4. Outcome", "Extend once"
TICKED = {MET: "Met", ROLE: "Change role", TRAIN: "Train", OTHER: "Other"}


def improvement_forms(
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
    """Print the plans after these reviews as they stand; blank ones where there are none."""
    copies = _copies(languages[0], reviews, filled=filled)
    return print_copies(
        path, languages, copies, len(copies), firm=firm, printed=printed, fonts=fonts, progress=progress
    )


def missing_in_improvements(language: Language, *, reviews: Sequence[int], filled: bool) -> list[tuple[str, str]]:
    """Whose form holds characters that no font of ours can draw, and which."""
    return missing(_copies(language, reviews, filled=filled))


def _copies(first: Language, reviews: Sequence[int], *, filled: bool) -> list[Copy]:
    plans = improvements(reviews) if filled else {}
    wanted = [each for each in reviews if each in plans] or reviews
    return [_copy(first, sheet, plans.get(sheet.id)) for sheet in queries.sheets(wanted)]


def _copy(first: Language, sheet: ReviewSheet, row: ImprovementRow | None) -> Copy:
    facts: dict[str, object] = {"Name": sheet.name, "Position": sheet.position or None,
                                "Last grade": sheet.grade or None}  # fmt: skip
    if row is None:
        return Copy(IMPROVEMENT_CODE, Filled(fields=facts, by_hand=True), sheet.name, subject(first, sheet))
    facts |= {
        "Term": M("{days} {days:day|days}",
                  days=(row.end - row.start).days), "Start": row.start, "Review date": row.end,
        "Weekly check": _weekday(row), "Witness": row.witness or None,
    }  # fmt: skip
    rows: dict[str, list[list[object]]] = {
        MISSED: [[each.item, each.required, each.actual, each.proof] for each in row.shortfalls],
        AIMS: [[each.goal, each.action, each.measure, each.by, each.support] for each in row.aims],
        LOOKS: [[each.day, _seen(first, each), each.coaching or None, None] for each in row.checkpoints],
    }
    ticked = [EXTENDED] if row.extended else []
    if row.result:
        ticked.append(TICKED[row.result])
    texts = {both(Message(Improvement.verdict.verbose_name)).en: row.verdict} if row.verdict else {}
    filled = Filled(
        fields=facts, rows={title: lines for title, lines in rows.items() if lines}, ticked={OUTCOME: ticked},
        texts=texts, by_hand=row.is_open,
    )  # fmt: skip
    return Copy(_judged() if texts else IMPROVEMENT_CODE, filled, sheet.name, subject(first, sheet))


def _weekday(row: ImprovementRow) -> Both | None:
    """The day of the week most looks are on."""
    days = [each.day.weekday() for each in row.checkpoints]
    if not days:
        return None
    usual = max(days, key=days.count)
    day = next(each.day for each in row.checkpoints if each.day.weekday() == usual)
    return Both(*(language(code).weekday(day) for code in CODES))


def _seen(first: Language, line: CheckpointLine) -> str | None:
    course = first.text(Checkpoint.course.label(line.course)) if line.course else ""
    if course and line.progress:
        return first.text(M("{course}: {progress}", course=course, progress=line.progress))
    return course or line.progress or None


@cache
def _judged() -> Form:
    """The form with what its result rests on."""
    whole = form(IMPROVEMENT_CODE)
    at = next(nth for nth, each in enumerate(whole.sections) if isinstance(each, Ticks)) + 1
    box = Box(both(Message(Improvement.verdict.verbose_name)), 2)
    return replace(whole, sections=(*whole.sections[:at], box, *whole.sections[at:]))
