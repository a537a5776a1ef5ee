"""Self-assessments as they were handed in, on their form (PF-03)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import M
from desktopapp.printing.form import Filled, Fonts, Printed
from desktopapp.reviews import queries, rules
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.report.copies import Copy, both, in_sections, missing, print_copies, subject
from desktopapp.reviews.report.forms import SELF_CODE, SELF_GAIN, SELF_NEEDS, SELF_RESULTS, SELF_SCORES
from desktopapp.reviews.rules import told
from desktopapp.team import queries as team

PARTS = ("what", "proof", "whose")
"""What is asked of each result, a column each."""


def self_forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    reviews: Sequence[int],
    firm: team.FirmRow | None,
    printed: datetime,
    fonts: Fonts | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print what these people said of themselves; of who has not answered, what is known of him."""
    copies = (_copy(languages[0], sheet) for sheet in queries.sheets(reviews))
    return print_copies(
        path, languages, copies, len(reviews), firm=firm, printed=printed, fonts=fonts, progress=progress
    )


def missing_in_selves(language: Language, *, reviews: Sequence[int]) -> list[tuple[str, str]]:
    """Whose form holds characters that no font of ours can draw, and which."""
    return missing(_copy(language, sheet) for sheet in queries.sheets(reviews))


def _copy(language: Language, sheet: ReviewSheet) -> Copy:
    said = queries.answers(sheet.id)
    texts = {title: said[key] for key, title in (("gain", SELF_GAIN), ("needs", SELF_NEEDS)) if said.get(key)}
    filled = Filled(
        fields={"Name": sheet.name, "Position": sheet.position or None, "Period": sheet.period,
                "Date": said.get(rules.DATED)},
        rows={
            SELF_RESULTS: list(_results(said)) or [[None] * 4],
            SELF_SCORES: in_sections(sheet.form, sheet.form.dimensions, [
                [each.name, None if each.self_score is None else sheet.form.written(each.self_score),
                 said.get(f"example:{each.id}") or None] for each in sheet.dimensions
            ]),
        },
        texts=texts,
        titles={SELF_SCORES: both(M("Self scores ({scale})", scale=told.scale(sheet.form)))},
    )  # fmt: skip
    return Copy(SELF_CODE, filled, sheet.name, subject(language, sheet))


def _results(said: dict[str, str]) -> Iterator[list[object]]:
    """The results he named."""
    for nth in range(1, rules.RESULTS + 1):
        parts = [said.get(f"result:{nth}:{part}") for part in PARTS]
        if any(parts):
            yield [None, *parts]
