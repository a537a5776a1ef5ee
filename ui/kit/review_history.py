"""How somebody's reviews went, to be printed from wherever that is seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.team import queries as team
from ui.kit.preview import LANGUAGES, About, Job, Option


def history_of(person: int, name: str) -> Job:
    """The history of one person's reviews, or that of the whole team in one go."""
    from desktopapp.overview import review_history  # here, because pages are seen before paper is needed

    others = [(row.id, row.name) for row in team.people()]
    only = M("Only {name}", name=name)
    options = (LANGUAGES, Option("everyone", N_("People"), ((True, N_("Everybody")), (False, only)), 1))

    def whose(*, everyone: bool) -> list[tuple[int, str]]:
        return others if everyone else [(person, name)]

    def make(path: Path, languages: Any, *, everyone: bool = False, **how: Any) -> Any:
        people = [number for number, _ in whose(everyone=everyone)]
        return review_history.history_forms(path, languages, people=people, **how)

    def about(*, everyone: bool = False, **_chosen: object) -> About:
        return About(whose(everyone=everyone))

    def missing(language: Language, *, everyone: bool = False, **_chosen: object) -> Sequence[tuple[str, str]]:
        return review_history.missing_glyphs(language, people=[number for number, _ in whose(everyone=everyone)])

    return Job(review_history.CODE, N_("Review history"), make, options, about, missing)
